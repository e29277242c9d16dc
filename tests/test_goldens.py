"""Golden playthroughs and the samples in the documents are what the program prints today."""

from __future__ import annotations

import pytest

from tests.goldens import SAMPLE, TOP, documents, fresh_sample, golden_games, reference, schemas

REMEDY = "run `make goldens` and read the diff"


def test_the_schemas_for_editors_are_those_of_the_models() -> None:
    """The first line of a scenario points to one."""
    for path, text in schemas():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: {REMEDY}"


def test_the_reference_is_that_of_the_tables() -> None:
    """Each page is what `brink docs` writes today, and there is no other page beside them."""
    found = dict(reference())
    for path, text in found.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: {REMEDY}"
    assert set((TOP / "docs" / "reference").iterdir()) == set(found)


@pytest.mark.slow
def test_golden_games_are_played_as_they_were() -> None:
    """Whole games, word for word."""
    for path, text in golden_games():
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(TOP)}: {REMEDY}"


@pytest.mark.slow
def test_samples_in_documents_are_real() -> None:
    """Every block that claims to be output is."""
    for path, text in documents():
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(TOP)}: {REMEDY}"


def test_a_sample_that_takes_long_is_believed_while_its_mark_holds() -> None:
    """With another mark it is printed anew and marked; with its own it is left as it stands."""
    stale = "<!-- output of cuba-1962 as 0: brink show cuba-1962 | head 1 -->\n```text\nold\n```\n"
    fresh = SAMPLE.sub(fresh_sample, stale)
    assert "Cuba" in fresh
    assert "old" not in fresh
    assert " as 0:" not in fresh
    kept = fresh.replace("Cuba", "Tuba")
    assert SAMPLE.sub(fresh_sample, kept) == kept
