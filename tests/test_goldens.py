"""Golden playthroughs, schemas and the reference are what the program gives today."""

from __future__ import annotations

import pytest

from tests.docs.pages import TOP, is_generated
from tests.goldens import golden_games, reference, schemas

REMEDY = "run `make goldens` and read the diff"


def test_the_schemas_for_editors_are_those_of_the_models() -> None:
    """The first line of a scenario points to one."""
    for path, text in schemas():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: {REMEDY}"


def test_the_reference_is_that_of_the_tables() -> None:
    """Each page is what `brink docs` writes today, and no other page says that it is."""
    found = dict(reference())
    for path, text in found.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: {REMEDY}"
    assert {page for page in (TOP / "docs" / "reference").glob("*.md") if is_generated(page)} == set(found)


@pytest.mark.slow
def test_golden_games_are_played_as_they_were() -> None:
    """Whole games, word for word."""
    for path, text in golden_games():
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(TOP)}: {REMEDY}"
