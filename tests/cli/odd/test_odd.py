"""`brink odd`: every part of a scenario is in its description, and those in the documents are of today."""

from __future__ import annotations

import re

import pytest

from engine.cli.odd import odd_of
from engine.scenario.load import check_scenario
from tests.cli.conftest import Brink, brink
from tests.docs.pages import TOP
from tests.scenario.minimal import MINIMAL, replaced

__all__ = ["brink"]

ELEMENTS = (
    "1. Purpose and patterns",
    "2. Entities, state variables and scales",
    "3. Process overview and scheduling",
    "4. Design concepts",
    "5. Initialisation",
    "6. Input data",
    "7. Submodels",
)
"""The seven elements of the protocol, in its order."""


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted((TOP / "docs" / "reference" / "odd").glob("*.md")), ids=lambda page: page.stem)
def test_a_bundled_scenario_is_described_as_it_is_today(page) -> None:
    """`make goldens` writes the pages anew; every record of the scenario is on its page."""
    report = check_scenario(page.stem)
    text, scenario = odd_of(report), report.scenario
    assert text == page.read_text(encoding="utf-8"), f"{page.name} is stale: run `make goldens` and read the diff"
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(ELEMENTS)
    assert scenario is not None
    kinds = (
        "issues",
        "values",
        "flags",
        "actors",
        "groups",
        "institutions",
        "calendar",
        "measures",
        "actions",
        "events",
    )
    missing = [name for kind in kinds for name in getattr(scenario, kind) if f"`{name}`" not in text]
    assert missing == []
    widths = [{line.replace("\\|", "").count("|") for line in part.strip().split("\n")} for part in tables(text)]
    assert all(len(width) == 1 for width in widths)


def tables(text: str) -> list[str]:
    """The tables of a page."""
    return re.findall(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE)


def test_each_scenario_has_its_page() -> None:
    """No more and no fewer than are bundled."""
    from engine.scenario.load import list_scenarios

    assert [page.stem for page in sorted((TOP / "docs" / "reference" / "odd").glob("*.md"))] == list(list_scenarios())


def test_what_changes_in_a_scenario_changes_its_page(brink: Brink, small: str, tmp_path) -> None:
    """A start, a stance, a rule; the command prints the page and nothing else."""
    told = brink("odd", small)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("<!-- Made by `brink odd small-crisis`")
    assert "`us`" in told.out
    assert "90 (0.5)" in told.out
    (tmp_path / "small.yaml").write_text(replaced("position: 90", "position: 80, spread: 4"))
    assert "80 ±4 (0.5)" in brink("odd", small).out
    (tmp_path / "small.yaml").write_text(MINIMAL.replace("by: kosovo", "by: kosova"))
    assert brink("odd", small).code == 1
