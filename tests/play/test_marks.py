"""Marks of endings: one letter each, the author's or one that fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.play.marks import PLAIN, marks_of
from engine.scenario.models import Ending, Scenario
from tests.scenario.minimal import check, load, replaced

FROZEN = "{id: frozen,"


def test_a_mark_is_the_authors_or_comes_from_the_title(tmp_path: Path) -> None:
    """Initials first."""
    assert marks_of(load(tmp_path)) == {"independent": "I", "frozen": "N"}
    assert marks_of(load(tmp_path, replaced(FROZEN, "{id: frozen, mark: I,"))) == {"independent": "N", "frozen": "I"}


@pytest.mark.parametrize("mark", ["II", "'!'", "Ж", "''"])
def test_a_mark_is_one_plain_letter_or_digit(tmp_path: Path, mark: str) -> None:
    """Anything else is told at its place."""
    (problem,) = check(tmp_path, replaced(FROZEN, f"{{id: frozen, mark: {mark},")).errors
    assert "endings.1.mark" in str(problem)


def test_the_same_mark_twice_is_an_error(tmp_path: Path) -> None:
    """With the line of the other."""
    text = replaced("{id: independent,", "{id: independent, mark: X,", replaced(FROZEN, "{id: frozen, mark: X,"))
    (problem,) = check(tmp_path, text).errors
    assert 'endings.1.mark: "X" marks an ending already, in line' in str(problem)


@given(
    titles=st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=100),
    marked=st.dictionaries(st.integers(0, 99), st.sampled_from(PLAIN), max_size=20),
)
def test_no_two_marks_are_the_same(titles: list[str], marked: dict[int, str], kosovo: Scenario) -> None:
    """For any titles, as many as a scenario may have; the author's marks stay."""
    own = {number: mark for mark, number in {mark: number for number, mark in marked.items()}.items()}
    endings = [
        Ending.model_construct(id=f"e{number}", title=title, mark=own.get(number))
        for number, title in enumerate(titles)
    ]
    marks = marks_of(kosovo.model_copy(update={"endings": tuple(endings)}))
    assert len(set(marks.values())) == len(marks) == len(titles)
    assert all(len(mark) == 1 and mark.isalnum() for mark in marks.values())
    assert all(marks[f"e{number}"] == mark for number, mark in own.items() if number < len(titles))


def test_kosovo_has_the_marks_of_its_author(kosovo: Scenario) -> None:
    """All eleven."""
    assert "".join(marks_of(kosovo).values()) == "WSNFPBICJUTQ"
