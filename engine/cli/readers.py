"""Readers of single arguments: numbers within bounds, shares, pairs; each says in a sentence what it can't read."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import TypeVar

from engine import asked
from engine.errors import ArgumentError


def whole_number(what: str, least: int, most: int) -> Callable[[str], int]:
    """Reads a number within bounds."""

    def read(text: str) -> int:
        number = int(text) if re.fullmatch(r"-?[0-9]{1,20}", text) else text
        return _judged(asked.whole, what, number, least, most)

    return read


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


def share(text: str) -> float:
    """Reads a share of runs."""
    return _judged(asked.share, "a share", float(text) if re.fullmatch(r"[0-9]{0,3}\.?[0-9]{1,12}", text) else text)
