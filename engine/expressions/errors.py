"""The one error of this package, and the nearest spelling that its messages offer."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum


class Fault(Enum):
    """What sort of mistake an expression has."""

    GRAMMAR = "it can't be read"
    UNKNOWN = "a name that nothing has"
    FUNCTION = "a function that there is not"
    KIND = "a number where a yes/no is needed, or the other way about"
    LENGTH = "too long, too deep or of too many parts"
    SIZE = "numbers too large, or a division by zero"


class ExpressionError(ValueError):
    """The text is not an expression that may be used here: one sentence, and the 0-based character it is about."""

    def __init__(self, message: str, offset: int, fault: Fault = Fault.GRAMMAR) -> None:
        super().__init__(message, offset)
        self.message = message
        self.offset = offset
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.message} (at character {self.offset})"


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate spelled most like the word, or None if none is close."""
    close = get_close_matches(word, sorted(set(candidates)), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return the end of a message about an unknown word: its nearest spelling, or nothing."""
    near = nearest(word, candidates)
    return f', did you mean "{near}"?' if near else ""
