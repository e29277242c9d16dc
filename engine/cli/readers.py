"""Readers of single arguments: numbers within bounds, shares, pairs; each says in a sentence what it can't read."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from engine import asked
from engine.errors import ArgumentError


def whole_number(what: str, least: int, most: int) -> Callable[[str], int]:
    """Reads a number within bounds."""

    def read(text: str) -> int:
        number = _whole(text)
        try:
            return asked.whole(what, text if number is None else number, least, most)
        except ArgumentError as error:
            raise argparse.ArgumentTypeError(f"{error}{_meant(text, least, most)}") from None

    return read


def _whole(text: str) -> int | None:
    """The whole number that a text is: ``1000000`` or ``1e6``."""
    if re.fullmatch(r"-?[0-9]{1,20}", text):
        return int(text)
    if re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,20})?[eE]\+?[0-9]{1,2}", text):
        number = Decimal(text)
        return int(number) if number == number.to_integral_value() else None
    return None


def _meant(text: str, least: int, most: int) -> str:
    """What to write for a number whose digits are parted, or which ends in a word for thousands."""
    parted = re.fullmatch(r"([0-9]{1,3})([ ,.'_\u00a0\u202f])[0-9]{3}(\2[0-9]{3})*", text)
    short = re.fullmatch(r"([0-9]{1,6})([kKmM])", text)
    if parted:
        number = int(re.sub(r"[^0-9]", "", text))
    elif short:
        number = int(short[1]) * (1_000 if short[2] in "kK" else 1_000_000)
    else:
        return ""
    return f": write {number}" if least <= number <= most else ""


T = TypeVar("T")


def _judged(judge: Callable[..., T], *of: object) -> T:
    """What a judge of numbers lets pass; what it refuses is said as argparse wants it."""
    try:
        return judge(*of)
    except ArgumentError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def half_width(text: str) -> float:
    """Reads half the width of an interval."""
    return _judged(asked.half_width, "a width", _number(text))


def time_limit(text: str) -> float:
    """Reads a number of seconds."""
    return _judged(asked.seconds, "a time", _number(text))


def _number(text: str) -> float | str:
    """The number that a text is, or the text."""
    try:
        return float(text)
    except ValueError:
        return text


def pair(shape: str, example: str) -> Callable[[str], tuple[str, str]]:
    """Reads two words with an equals sign between them."""

    def read(text: str) -> tuple[str, str]:
        left, _, right = text.partition("=")
        if not (left and right):
            raise argparse.ArgumentTypeError(f"write {shape}, such as {example}, not {text[:40]}")
        return left, right

    return read


def day(text: str) -> dt.date:
    """Reads a day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"write a day as year-month-day, such as 2008-01-31, not {text[:40]}"
        ) from None


def share(text: str) -> float:
    """Reads a share of runs."""
    return _judged(asked.share, "a share", float(text) if re.fullmatch(r"[0-9]{0,3}\.?[0-9]{1,12}", text) else text)
