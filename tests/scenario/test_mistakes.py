"""Mistakes in the bundled scenarios, each in one place, are found first, at their line and column."""

from __future__ import annotations

import pytest

from engine.scenario.load import list_scenarios
from tests.scenario.mistakes import WAYS, Original, trials

EACH_WAY = 2
"""How many mistakes are made in each way; `python -m tests.scenario.mistakes` makes more of them."""

ENOUGH = 0.97
"""The share of mistakes that must be found at their place."""


@pytest.mark.slow
def test_seeded_mistakes_are_found():
    """Nearly all, in some twenty ways, and nothing is found in the unbroken files."""
    originals = [Original(name) for name in list_scenarios()]
    assert [original.findings for original in originals] == [()] * len(originals)
    made = list(trials(originals, EACH_WAY))
    assert len(made) >= 40
    assert {trial.way for trial in made} == set(WAYS)
    assert all(sum(trial.way == way for trial in made) == EACH_WAY for way in WAYS)
    assert sum(trial.is_found for trial in made) >= ENOUGH * len(made), [str(t.found) for t in made if not t.is_found]
