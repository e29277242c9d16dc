"""Tables on paper: words are read as words, however many numbers stand before them, and nothing is obeyed."""

from __future__ import annotations

import io

import pytest

from engine.cli.paper import LEAST_WORDS, Paper

HEADS = ("before", "now", "difference", "between", "what")
ROWS = [
    ("35.0%", "4.00%", "-31.0", "-35.6 to -26.5", "The League guarantees passage"),
    ("1.0%", "100.0%", "+99.0", "+98.0 to +99.9", "Shots"),
]


def lines(columns: int) -> list[str]:
    """A table of numbers with their words, on paper so wide."""
    sheet = io.StringIO()
    Paper(sheet, columns).table(ROWS, heads=HEADS, right="rrrrl", indent=0)
    return sheet.getvalue().splitlines()


def test_words_stand_behind_the_numbers_where_there_is_room() -> None:
    """And fold in their column."""
    assert lines(80)[1].endswith("-35.6 to -26.5  The League guarantees passage")
    assert lines(60)[1].endswith("-35.6 to -26.5  The League")


def test_words_without_room_stand_above_their_numbers() -> None:
    """In the same columns, row after row; no line is a letter long."""
    head, first, numbers, second, others = lines(50)
    assert (head.split(), first, second) == ([*HEADS[:-1]], "The League guarantees passage", "Shots")
    assert [numbers.split(), others.split()] == [" ".join(row[:-1]).split() for row in ROWS]
    assert len(head) == len(numbers) == len(others)


@pytest.mark.parametrize("columns", range(44, 100, 7))
def test_all_words_are_there_at_any_width(columns: int) -> None:
    """Whole."""
    told = " ".join(" ".join(lines(columns)).split())
    assert {word for row in ROWS for cell in row for word in cell.split()} <= set(told.split())
    assert min(map(len, lines(columns))) >= min(LEAST_WORDS, len("Shots"))


def test_heads_are_obeyed_by_no_terminal() -> None:
    """They may come from a query in SQL."""
    sheet = io.StringIO()
    Paper(sheet, 80).table([["1"]], heads=["a\x1b]8;;http://x\x07"], right="r")
    assert "\x1b" not in sheet.getvalue()
    assert "\\x1b]8;;http://x\\x07" in sheet.getvalue()
