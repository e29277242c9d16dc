"""Golden playthroughs and the samples in the documents are what the program prints today."""

from __future__ import annotations

import pytest

from tests.goldens import TOP, documents, findings, golden_games, schema

REMEDY = "run `make goldens` and read the diff"


def test_the_schema_for_editors_is_that_of_the_models() -> None:
    """The first line of a scenario points to it."""
    path, text = schema()
    assert path.read_text(encoding="utf-8") == text, REMEDY


def test_the_reference_of_findings_is_that_of_the_table() -> None:
    """The reference is written from the pages that `brink check --explain` shows."""
    path, text = findings()
    assert path.read_text(encoding="utf-8") == text, REMEDY


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
