"""What may go wrong, in one sentence each."""

from __future__ import annotations

from collections.abc import Iterable

PROBLEMS, USAGE, INTERRUPTED = 1, 2, 130
"""Exit codes: something that was read is wrong; the command was called wrongly; somebody pressed Ctrl-C."""


class UsageError(Exception):
    """The command was called in a way that can't be right."""


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
