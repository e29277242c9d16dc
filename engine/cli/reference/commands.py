"""The page of the commands, made from the parser that reads them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from engine.cli.arguments import COMMANDS, whole_parser
from engine.cli.arguments.common import Parser
from engine.cli.failures import INTERRUPTED, PROBLEMS, USAGE
from engine.cli.reference.markdown import cell, table
from engine.prose import capital

INTRODUCTION = (
    "What can be asked of `brink`, and with which options. `brink --help` and `brink COMMAND --help` say the same at "
    "the terminal. Words in capitals stand for what you write in their place. An option whose name begins with two "
    "dashes is written whole, and its value behind a space or a `=`."
)

CODES = (
    (0, "done"),
    (PROBLEMS, "something is wrong with what was given: it has been told, and nothing of yours was changed"),
    (USAGE, "the command was not understood"),
    (INTERRUPTED, "interrupted with Ctrl-C; what was finished is kept"),
)
"""What a command ends with, and what that means."""


def commands_page() -> str:
    """Every command with what it takes."""
    parsers = parsers_by_name()
    parts = ["# Commands", INTRODUCTION, "## How a command ends", codes()]
    parts += [part for name, (summary, _) in COMMANDS.items() for part in command(name, summary, parsers[name])]
    return "\n\n".join(parts) + "\n"


def codes() -> str:
    """The table of exit codes."""
    return table(("code", "means"), ((f"`{code}`", meaning) for code, meaning in CODES))


def parsers_by_name() -> dict[str, Parser]:
    """The parser of each command."""
    actions = whole_parser()._actions
    [commands] = [action for action in actions if isinstance(action, argparse._SubParsersAction)]
    return dict(commands.choices)


def command(name: str, summary: str, parser: Parser) -> Iterable[str]:
    """One command: its heading, what it does, how it is written, and its options."""
    taken = [action for action in parser._actions if action.dest != "help"]
    positionals = [action for action in taken if not action.option_strings]
    options = [action for action in taken if action.option_strings]
    needed = [*positionals, *(option for option in options if option.required)]
    rest = ["[options]"] if set(options) - set(needed) else []
    yield f"## {name}"
    yield f"{capital(summary)}."
    yield f"```text\n{' '.join(['brink', name, *map(written, needed), *rest])}\n```"
    rows = [(f"`{written(action)}`", cell(str(action.help or ""))) for action in (*positionals, *options)]
    if rows:
        yield table(("written", "means"), rows)


def written(action: argparse.Action) -> str:
    """An argument as it is written: in square brackets where it may be left out, with what stands for its value."""
    if action.option_strings:
        names = ", ".join(action.option_strings)
        return f"{names} {value(action)}".rstrip()
    return f"[{value(action)}]" if action.nargs == "?" else value(action)


def value(action: argparse.Action) -> str:
    """What stands for the value of an argument; nothing where it takes none."""
    if action.nargs == 0:
        return ""
    name = str(action.metavar or "{" + ",".join(map(str, action.choices or ())) + "}")
    return f"[{name}]" if action.option_strings and action.nargs == "?" else name
