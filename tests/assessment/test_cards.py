"""The bundled cards are those that would be made now: `make cards` makes them anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.assessment.card import card, hashes_in, seed_in, stale
from engine.assessment.identity import FIRST_RUNS, hashes
from engine.assessment.measured import measure
from engine.assessment.questions import questions_of
from engine.scenario.load import check_scenario, list_scenarios
from engine.scenario.places import BUNDLED, CARD_FILE

CARDS = Path(__file__).parents[2] / "docs" / "cards"


@pytest.mark.slow
@pytest.mark.parametrize("name", list_scenarios())
def test_a_card_is_not_stale(name: str) -> None:
    """By the hashes of scenario, targets, first runs and method, which cost eight runs; and both forms are of one."""
    page = (CARDS / f"{name}.md").read_text(encoding="utf-8")
    report = check_scenario(name)
    assert report.scenario is not None and report.history is not None
    questions = [q for q in questions_of(report.scenario, report.history) if q.truth is not None]
    measured = measure(report.scenario, questions, FIRST_RUNS, seed_in(page))
    assert stale(page, hashes(report.scenario, report.history, measured)) == [], "make cards"
    values = json.loads((BUNDLED / name / CARD_FILE).read_text(encoding="utf-8"))
    assert values["hashes"] == hashes_in(page)
    assert card(values, f"brink backtest {name} --runs {values['runs']} --seed {values['seed']} --stances") == page
