"""What the scenario has at stake: catastrophes pay nobody, and a story ends when it is decided."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from tests.hunting.outcomes import foregone, worth

POWDER_KEG = {
    "values.unrest.start": 0.95,
    "values.impatience.start": 0.95,
    "values.troops.start": 2,
    "values.posture.start": 0.1,
}
"""A Kosovo in which most games end in flames, so that there are enough to measure."""

CLEAR = 5
"""So many points of a hundred are a clear margin, where all endings are troubled."""

pytestmark = pytest.mark.slow


def test_a_country_in_flames_pays_nobody(kosovo: Scenario) -> None:
    """For each side that can be played it scores least of all endings but those that are as bad."""
    sides = [name for name, actor in kosovo.actors.items() if actor.playable]
    found = worth(Rules(with_settings(kosovo, POWDER_KEG)), 1500)
    assert len(found.means) >= 4
    assert found.prizes("turmoil", CLEAR, sides, but=("war", "partition")) == []


def test_a_story_ends_when_it_is_decided(kosovo: Scenario) -> None:
    """In seven games of eight there are no more than two weeks running in which all futures are one ending."""
    assert len(foregone(Rules(kosovo), games=8, futures=60)) <= 1
