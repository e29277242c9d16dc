"""No prize for atrocity, a brink that is reached, and a story that ends when it is decided."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from engine.batch.design.policies import OrdersSeat
from engine.batch.running.runner import play_out
from engine.rules import Rules
from engine.scenario.names import Reference
from tests.cuba.conftest import Played
from tests.hunting.outcomes import foregone, worth

pytestmark = pytest.mark.slow

SIDES = ("us", "ussr", "cuba", "un")
"""Those whom people play."""

SETTLED = ("open_trade", "secret_trade", "pledge", "retreat")
"""Ways in which the missiles leave without a shot."""

CLEAR = 10
"""So many points of a hundred are a clear margin."""


def test_nuclear_war_is_the_worst_for_everybody_and_war_for_those_who_play(rules: Rules) -> None:
    """Whoever has stances loses by it; bombs and landings score below every settlement.

    Moscow gives way for nothing in three games of a thousand, so that it takes many to say what that is worth.
    """
    found = worth(rules, runs=8_000)
    assert found.prizes("nuclear", margin=CLEAR) == []
    assert found.prizes("invasion", margin=CLEAR, sides=("ussr", "cuba", "un"), but=["nuclear"]) == []
    for war in ("invasion", "air_strike"):
        for side in SIDES:
            assert all(found.means[war][side] + CLEAR / 2 < found.means[way][side] for way in SETTLED), (war, side)


def test_the_brink_is_reached_about_as_often_as_it_was(played: Played) -> None:
    """The record reads nearness of war as 80 on 27 October; half of all games come as near."""
    assert 75 <= np.median(played.nearest) <= 86


@pytest.mark.parametrize("seats", [("us",), ("ussr",), ("us", "ussr")])
def test_a_careless_power_loses_the_world_in_one_game_of_ten_to_one_of_three(
    rules: Rules, seats: tuple[str, ...]
) -> None:
    """Random play from 24 October on, when ships meet at the line."""
    first, paces = rules.timeline.pace_of(dt.date(1962, 10, 24)), rules.timeline.paces
    days = range(first, paces, rules.timeline.paces_per_turn)
    world = rules.open(5, runs=500)
    play_out(rules, world, seats={side: OrdersSeat(dict.fromkeys(days, "random")) for side in seats})
    lost = world.cells[rules.layout.rows[Reference("flag", "nuclear")]].mean()
    assert 1 / 10 <= lost <= 1 / 3, lost


def test_a_story_ends_when_it_is_decided(rules: Rules) -> None:
    """No more than two days running on which all futures are one ending."""
    assert foregone(rules, games=3) == []
