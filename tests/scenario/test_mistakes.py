"""Mistakes in the bundled scenarios, each in one place, are found first, at their line and column."""

from __future__ import annotations

import pytest

from engine.scenario.load import list_scenarios
from tests.scenario.mistakes import WAYS, Original, trials

EACH_WAY = 1
"""How many mistakes are made in each way; `python -m tests.scenario.mistakes` makes more of them."""


@pytest.mark.slow
def test_seeded_mistakes_are_found():
    """One in each of some twenty ways, and nothing is found in the unbroken files."""
    originals = [Original(name) for name in list_scenarios()]
    assert [original.findings for original in originals] == [()] * len(originals)
    made = list(trials(originals, EACH_WAY))
    assert len(made) >= 20
    assert sorted(trial.way for trial in made) == sorted(WAYS)
    assert all(trial.is_found for trial in made), [str(trial.found) for trial in made if not trial.is_found]
