"""Words in sentences: several in a row, things by their number, a capital at the beginning."""

from __future__ import annotations

from collections.abc import Sequence


def series(words: Sequence[str], last: str = "and") -> str:
    """*a, b and c*; nothing where there are no words."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def counted(number: int, noun: str) -> str:
    """*1 run*, *2,000 runs*, *3 entries*."""
    many = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else many}"


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
