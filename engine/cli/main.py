"""From arguments to an exit code: finds the command, runs it, and says in one sentence what went wrong."""

from __future__ import annotations

import gc
import importlib
import keyword
import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from engine.cli.arguments import parse
from engine.cli.failures import INTERRUPTED, PROBLEMS, USAGE, UsageError, in_words, plain
from engine.errors import BrinkmanshipError

NO_PLUGINS = "PYDANTIC_DISABLE_PLUGINS"
"""Keeps pydantic from reading through every installed package for plugins, none of which is meant for the engine."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; 0 is fine, 1 means problems, 2 wrong usage.

    Where no arguments are given, they are those of the process, which then is there for this command alone.
    """
    try:
        code = _execute(sys.argv[1:] if argv is None else argv, is_alone=argv is None)
        _flush()
    except UsageError as error:
        return _say(str(error), USAGE)
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except BrokenPipeError:
        _let_go(sys.stdout)  # whoever read the output has read enough, as `head` does
        return 0
    except BrinkmanshipError as error:
        return _complain(in_words(error), PROBLEMS)
    except OSError as error:
        _let_go(sys.stdout)
        return _say(f"{error.filename or 'the output'}: {error.strerror or error}", PROBLEMS)
    except MemoryError:
        return _say("there is not enough memory for this", PROBLEMS)
    return code


def _execute(argv: Sequence[str], is_alone: bool) -> int:
    arguments = parse(argv)
    if arguments is None:
        return 0
    for stream in (sys.stdout, sys.stderr):
        _replace_what_cannot_be_encoded(stream)
    command = _load(arguments.command)
    if is_alone:
        gc.freeze()  # modules stay as long as the process, so that there is no garbage among them
    code: int = command.execute(arguments)
    return code


def _load(command: str) -> Any:
    """The module of a command; nothing is collected while modules are read."""
    os.environ.setdefault(NO_PLUGINS, "__all__")
    gc.disable()
    try:
        return importlib.import_module(f"engine.cli.commands.{_module_of(command)}")
    finally:
        gc.enable()


def _module_of(command: str) -> str:
    """The name of a command's module: one that is a word of Python has a stroke behind it."""
    return f"{command}_" if keyword.iskeyword(command) else command.replace("-", "_")


def _replace_what_cannot_be_encoded(stream: TextIO | None) -> None:
    """So that a name with an accent is no reason to stop on an old terminal."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _flush() -> None:
    """What can't be written is found out here, and not when Python leaves."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _let_go(stream: TextIO | None) -> None:
    """Send what is left of the output nowhere, so that Python does not stumble over it when it leaves."""
    try:
        handle = os.open(os.devnull, os.O_WRONLY)
        os.dup2(handle, stream.fileno() if stream is not None else handle)
        os.close(handle)
    except (OSError, ValueError):
        pass  # a stream that is no file has nothing to stumble over


def _say(sentence: str, code: int) -> int:
    return _complain(f"brink: {sentence}", code)


def _complain(words: str, code: int) -> int:
    try:
        print(plain(words), file=sys.stderr, flush=True)
    except OSError:
        _let_go(sys.stderr)
    return code
