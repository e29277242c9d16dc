"""From arguments to an exit code: finds the command, runs it, and says in one sentence what went wrong."""

from __future__ import annotations

import errno
import gc
import importlib
import keyword
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from engine.cli.arguments import parse
from engine.cli.failures import INTERRUPTED, PROBLEMS, USAGE, UsageError, in_words, names_nothing, plain
from engine.cli.streams import fill_in_streams, flush, let_go, take_what_cannot_be_encoded
from engine.ending import HANG_UP, exit_code, interruptible, name_of
from engine.errors import BrinkmanshipError

QUICK = {"PYDANTIC_DISABLE_PLUGINS": "__all__", "OPENBLAS_NUM_THREADS": "1"}
"""Keeps pydantic from reading through every installed package for plugins, none of which is meant for the engine; and
numpy from beginning threads for matrices, which nothing here multiplies."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; 0 is fine, 1 means problems, 2 wrong usage, 128 and a number that this signal has ended it.

    Where no arguments are given, they are those of the process, which then is there for this command alone.
    """
    if argv is not None:
        return _answer(argv, is_alone=False)
    fill_in_streams()
    with interruptible(is_last=True) as interruption:
        code = _answer(sys.argv[1:], is_alone=True)
    if interruption.heard is not None and code in (0, INTERRUPTED) and interruption.heard != signal.SIGINT:
        return exit_code(interruption.heard)
    return code


def _answer(argv: Sequence[str], is_alone: bool) -> int:
    """The exit code of a command; what went wrong is said."""
    try:
        code = _execute(argv, is_alone)
        flush()
    except UsageError as error:
        return _say(str(error), USAGE)
    except KeyboardInterrupt as ended:
        return _leave(getattr(ended, "number", signal.SIGINT))
    except BrokenPipeError:
        let_go(sys.stdout)  # whoever read the output has read enough, as `head` does
        return 0
    except BrinkmanshipError as error:
        return _complain(in_words(error), USAGE if error.is_of_the_command else PROBLEMS)
    except OSError as error:
        if error.errno == errno.EIO and error.filename is None:
            return _leave(HANG_UP)  # written to a terminal that is gone, before its signal came
        let_go(sys.stdout)
        return _say(f"{error.filename or 'the output'}: {error.strerror or error}", PROBLEMS)
    except MemoryError:
        return _say("there is not enough memory for this", PROBLEMS)
    return code


def _leave(number: int) -> int:
    """Say by what a command was ended, if anybody can still read it; its exit code."""
    sentence = "interrupted" if number == signal.SIGINT else f"ended by {name_of(number)}"
    try:
        flush()
    except OSError:
        let_go(sys.stdout)
    return _say(sentence, exit_code(number))


def _execute(argv: Sequence[str], is_alone: bool) -> int:
    arguments = parse(argv)
    if arguments is None:
        return 0
    for stream in (sys.stdout, sys.stderr):
        take_what_cannot_be_encoded(stream)
    command = _load(arguments.command)
    if is_alone:
        gc.freeze()  # modules stay as long as the process, so that there is no garbage among them
    try:
        code: int = command.execute(arguments)
    except BrinkmanshipError as error:
        is_misused = error.is_of_the_command or names_nothing(arguments)
        return _complain(in_words(error), USAGE if is_misused else PROBLEMS)
    return code


def _load(command: str) -> Any:
    """The module of a command; nothing is collected while modules are read."""
    for name, setting in QUICK.items():
        os.environ.setdefault(name, setting)
    gc.disable()
    try:
        return importlib.import_module(f"engine.cli.commands.{_module_of(command)}")
    finally:
        gc.enable()


def _module_of(command: str) -> str:
    """The name of a command's module: one that is a word of Python has a stroke behind it."""
    return f"{command}_" if keyword.iskeyword(command) else command.replace("-", "_")


def _say(sentence: str, code: int) -> int:
    return _complain(f"brink: {sentence}", code)


def _complain(words: str, code: int) -> int:
    try:
        print(plain(words), file=sys.stderr, flush=True)
    except OSError:
        let_go(sys.stderr)
    return code
