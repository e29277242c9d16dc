"""Readers of single arguments: numbers within bounds, shares, pairs; each says in a sentence what it can't read."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable


def whole_number(what: str, least: int, most: int) -> Callable[[str], int]:
    """Reads a number within bounds."""

    def read(text: str) -> int:
        number = int(text) if re.fullmatch(r"-?[0-9]{1,20}", text) else None
        if number is None or not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{what} is a whole number from {least} to {most}, not {text[:40]}")
        return number

    return read


def half_width(text: str) -> float:
    """Reads half the width of an interval."""
    try:
        width = float(text)
    except ValueError:
        width = 0.0
    if not 0.0 < width < 0.5:
        raise argparse.ArgumentTypeError(f"a width is more than 0 and less than 0.5, such as 0.005, not {text[:40]}")
    return width


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
    number = float(text) if re.fullmatch(r"[0-9]{0,3}\.?[0-9]{1,12}", text) else 0.0
    if not 0.0 < number <= 1.0:
        raise argparse.ArgumentTypeError(f"a share is more than 0 and at most 1, not {text[:40]}")
    return number
