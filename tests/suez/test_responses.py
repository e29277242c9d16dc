"""What the scenario tells when somebody decides otherwise: outcomes move as they should."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from engine.batch.design.policies import GreedySeat, HoldSeat, OrdersSeat, Seats
from engine.batch.running.runner import play_out
from engine.rules import Rules, World
from engine.rules.options import Option
from engine.rules.votes import ABSTAIN
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.overrides import Setting, with_settings

RUNS = 400

pytestmark = pytest.mark.slow


def end_of(rules: Rules, seats: Seats | None = None) -> World:
    """The world at the end of many runs."""
    world = rules.open(seed=1956, runs=RUNS)
    play_out(rules, world, (), seats)
    return world


def mean(rules: Rules, world: World, kind: str, name: str, who: str = "") -> float:
    """The mean of a row over the runs: for a flag, the share of runs that have it."""
    return float(world.cells[rules.layout.rows[Reference(kind, name, who)]].mean())


@pytest.fixture(scope="module")
def base(rules: Rules) -> World:
    """The scenario as it is."""
    return end_of(rules)


def test_a_pound_that_is_left_alone_keeps_london_in_egypt(suez: Scenario, rules: Rules, base: World) -> None:
    """Without the squeeze on sterling and oil London promises to withdraw far less often by December."""
    kept = {name: action for name, action in suez.actions.items() if name not in ("squeeze_sterling", "hold_oil")}
    alone = Rules(suez.model_copy(update={"actions": kept}))
    world = end_of(alone)
    promised = mean(rules, base, "actor_flag", "pledged", "uk")
    assert mean(alone, world, "actor_flag", "pledged", "uk") < promised - 0.2
    assert mean(alone, world, "value", "advance") > mean(rules, base, "value", "advance")


def test_without_the_vetoes_the_council_stops_the_expedition_oftener(rules: Rules, base: World) -> None:
    """When London and Paris abstain, the Council's call holds, and fewer landings follow."""
    lets = OrdersSeat(votes={"table_in_council": ABSTAIN, "table_soviet_text": ABSTAIN})
    world = end_of(rules, {"uk": lets, "france": lets})
    assert mean(rules, world, "flag", "council_stops") > 0.9
    assert mean(rules, base, "flag", "council_stops") < 0.02
    assert mean(rules, world, "flag", "landed") < mean(rules, base, "flag", "landed") - 0.1


def test_a_firm_cabinet_goes_farther(suez: Scenario, rules: Rules, base: World) -> None:
    """The resolve with which London starts decides how far its tanks come."""
    settings: Mapping[str, Setting] = {"values.resolve.start": 1}
    secrets = {name: secret for name, secret in suez.secrets.items() if name != "resolve"}
    firm = Rules(with_settings(suez.model_copy(update={"secrets": secrets}), settings))
    assert mean(firm, end_of(firm), "value", "advance") > mean(rules, base, "value", "advance") + 5


def test_london_is_served_better_by_the_rule_than_by_doing_nothing(rules: Rules, base: World) -> None:
    """A threat since August that is not even uttered leaves Cairo with the canal and the triumph: a point and more."""
    number = list(rules.scenario.actors).index("uk")
    difference = rules.scores(base)[number] - rules.scores(end_of(rules, {"uk": HoldSeat()}))[number]
    assert np.mean(difference) > 1


def test_what_cairo_answers_within_twelve_hours_decides_whether_there_are_bombs(rules: Rules) -> None:
    """Where it accepts, no aircraft of London's comes, and its president pays."""
    paces = range(rules.timeline.paces)
    answers = [f"twelve_hours_for_cairo.{answer}" for answer in ("accept", "reject")]
    accepted, rejected = (
        end_of(rules, {"egypt": OrdersSeat(dict.fromkeys(paces, Option("egypt", answer)))}) for answer in answers
    )
    assert mean(rules, accepted, "flag", "bombing") == 0 < mean(rules, rejected, "flag", "bombing")
    assert mean(rules, accepted, "issue", "standing") < mean(rules, rejected, "issue", "standing") - 30


def test_the_canal_zone_is_worth_having_and_costs_what_it_costs(suez: Scenario, rules: Rules, base: World) -> None:
    """A London that neither stops nor turns back scores higher where it holds the zone, and loses the pound oftener."""
    kept = {name: action for name, action in suez.actions.items() if name not in ("stop_at_midnight", "call_off")}
    goes_on = Rules(suez.model_copy(update={"actions": kept}))
    world = end_of(goes_on)
    number, ends = list(suez.actors).index("uk"), [ending.id for ending in suez.endings]
    of_london = goes_on.scores(world)[number]
    holds = world.ending == ends.index("occupied")
    assert holds.mean() > 0.05
    assert of_london[holds].mean() > rules.scores(base)[number][base.ending == ends.index("way_out")].mean() + 3
    assert mean(goes_on, world, "issue", "alliance") < mean(rules, base, "issue", "alliance") - 3
    assert mean(goes_on, world, "flag", "devalued") > mean(rules, base, "flag", "devalued")


@pytest.mark.parametrize("side", ["uk", "israel", "egypt", "us", "secretary_general"])
def test_sensible_play_beats_holding(rules: Rules, side: str) -> None:
    """Each playable side does clearly better by taking what promises most than by doing nothing."""
    assert rules.scenario.actors[side].playable
    number = list(rules.scenario.actors).index(side)
    gains = [rules.scores(end_of(rules, {side: seat}))[number] for seat in (GreedySeat(), HoldSeat())]
    difference = gains[0] - gains[1]
    assert np.mean(difference) - 1.96 * np.std(difference) / RUNS**0.5 > 2
