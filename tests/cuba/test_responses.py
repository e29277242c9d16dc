"""What the scenario tells when something is changed: outcomes move the way that the record says they should.

Both arms share their chance, so that some hundred runs show a difference.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.batch.design.policies import BatchPolicy, GreedySeat, HoldSeat
from engine.batch.running.runner import play_out
from engine.rules import Rules, World
from engine.rules.arrays import Numbers
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.overrides import Setting, with_settings

RUNS = 400
GAMES = 60

ASSURANCE = "agreed_assurance_for_quiet_withdrawal"
"""The bargain that Robert Kennedy's private word makes."""

pytestmark = pytest.mark.slow


def end_of(scenario: Scenario, settings: Mapping[str, Setting] | None = None) -> tuple[Rules, World]:
    """The world at the end of many runs, with some settings."""
    rules = Rules(with_settings(scenario, settings or {}))
    world = rules.open(seed=1962, runs=RUNS)
    rules.finish(world)
    return rules, world


def share(found: tuple[Rules, World], kind: str, name: str) -> float:
    """The mean of a row over the runs: for a flag, the share of runs that have it."""
    rules, world = found
    return float(world.cells[rules.layout.rows[Reference(kind, name)]].mean())


@pytest.fixture(scope="module")
def base(cuba: Scenario) -> tuple[Rules, World]:
    """The scenario as it is."""
    return end_of(cuba)


def test_where_the_room_leans_to_a_strike_there_are_more_strikes(cuba: Scenario, base: tuple[Rules, World]) -> None:
    """And fewer settlements."""
    found = end_of(cuba, {"values.strike_mood.start": 0.85, "actors.us.stances.pressure.position": 80})
    assert share(found, "flag", "struck") > share(base, "flag", "struck") + 0.2
    assert share(found, "flag", "withdrawing") < share(base, "flag", "withdrawing")


def test_where_private_words_are_believed_the_private_promise_counts(cuba: Scenario, base: tuple[Rules, World]) -> None:
    """Trust carries it, and distrust does not."""
    trusting = end_of(cuba, {"words.trust": 0.6})
    distrusting = end_of(cuba, {"words.trust": 0})
    assert share(trusting, "flag", ASSURANCE) > share(distrusting, "flag", ASSURANCE) + 0.03
    assert share(trusting, "flag", "withdrawing") > share(distrusting, "flag", "withdrawing")


def test_accidents_rise_with_alert_and_closeness(cuba: Scenario, base: tuple[Rules, World]) -> None:
    """Forces on high alert and ships near the line make for more of them; lost U-2s rather frighten Moscow sooner."""
    found = end_of(cuba, {"values.soviet_alert.start": 0.9, "values.closeness.start": 0.8})
    for accident in ("hunted", "astray"):
        assert share(found, "flag", accident) > share(base, "flag", accident)


def test_a_moscow_set_on_standing_fast_settles_less(cuba: Scenario, base: tuple[Rules, World]) -> None:
    """The pull of the hard line keeps ships on course and letters unwritten."""
    secrets = {name: secret for name, secret in cuba.secrets.items() if name != "resolve"}
    found = end_of(cuba.model_copy(update={"secrets": secrets}), {"values.resolve.start": 0.95})
    assert share(found, "flag", "withdrawing") < share(base, "flag", "withdrawing") - 0.05
    assert share(found, "flag", "running") >= share(base, "flag", "running")


@pytest.mark.parametrize("side", ["us", "ussr", "cuba", "un"])
def test_a_side_that_plays_its_hand_does_better_than_one_that_holds_it(rules: Rules, side: str) -> None:
    """Taking the best option of each day beats doing nothing, on the same chance."""

    def scores(seat: BatchPolicy) -> Numbers:
        world = rules.open(seed=77, runs=GAMES)
        play_out(rules, world, seats={side: seat})
        found: Numbers = rules.scores(world)[rules.layout.actors[side]]
        return found

    assert (scores(GreedySeat()) - scores(HoldSeat())).mean() > 2
