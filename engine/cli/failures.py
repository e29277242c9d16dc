"""What may go wrong, in one sentence each."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable

PROBLEMS, USAGE, INTERRUPTED = 1, 2, 130
"""Exit codes, beside 0.

1: what the command has read is wrong or does not hold, or something can't be written. 2: the words of the command are
wrong: an option or a value that can't be read, is out of bounds, is given twice or does not go with another, or the
name of something that is not there, be it a scenario, a file, a folder, an actor or a value. 130: somebody pressed
Ctrl-C; another signal gives 128 and its number.
"""


class UsageError(Exception):
    """The command was called in a way that can't be right."""


def names_nothing(arguments: Namespace) -> bool:
    """Whether the command names a file or folder to read that is not there."""
    given = vars(arguments)
    is_of_scenario = arguments.command == "compare" and any(map(given.get, ("set", "against", "experiment")))
    names = [given.get(name) for name in ("experiment", "other", *(() if is_of_scenario else ("results",)))]
    names += given.get("orders") or []
    names += [given.get("save")] if arguments.command in ("play", "replay") else []
    return any(name is not None and not os.path.lexists(name) for name in names)


def in_words(error: Exception) -> str:
    """What an error says; problems of a file as they are, so that editors find the line."""
    if getattr(error, "problems", None):
        return str(error)
    view = getattr(error, "view", None)
    return f"brink: {error}" if view is None else f"brink: {view.actor}: {error}"


def plain(text: str) -> str:
    """The text with nothing in it that a terminal obeys, line by line."""
    from engine.scenario.problems import escaped

    return "\n".join(escaped(line) for line in text.split("\n"))


def unknown(what: str, name: str, known: Iterable[str], hint: str = "") -> UsageError:
    """That there is no such thing, and the nearest spelling or where to look."""
    from engine.scenario.problems import quoted
    from engine.scenario.spelling import instead

    return UsageError(f"there is no {what} {quoted(name)}{instead(name, known, hint)}")
