"""Each side can win and lose: what sensible play, one key and no play at all are worth, on the same chance."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from benchmarks.balance import Balance, sensible_play, simple_policies
from engine.batch.analysis.strategies import play_side_by_side, sides
from engine.batch.design.agenda import Agenda
from engine.batch.design.policies import SEATS, Moment
from engine.rules import Rules

RUNS, KEY_RUNS, SEED = 500, 60, 2008

SIDES = ("serbia", "kosovo", "kosovo_serbs", "russia", "us", "eu")

CLEAR = {"serbia": 5.0, "kosovo": 15.0, "kosovo_serbs": 3.0, "russia": 5.0, "us": 7.0, "eu": 9.0}
"""Points of a hundred by which sensible play is ahead of holding, at least."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def agendas(rules: Rules) -> dict[str, Agenda]:
    """The sensible play of each side."""
    return sensible_play(rules.scenario)


@pytest.fixture(scope="module", params=SIDES)
def balance(request: pytest.FixtureRequest, rules: Rules, agendas: dict[str, Agenda]) -> Balance:
    """The scores of one side: 500 games each of holding, of sensible and of random play."""
    policies = {"hold": SEATS["hold"], "sensible": agendas[request.param], "random": SEATS["random"]}
    found = play_side_by_side(rules, request.param, tuple(policies.values()), RUNS, SEED)
    return Balance(request.param, dict(zip(policies, found, strict=True)))


def test_every_playable_side_has_a_sensible_play(rules: Rules, agendas: dict[str, Agenda]) -> None:
    """All six, and nobody else."""
    assert set(sides(rules)) == set(agendas) == set(SIDES)


def test_sensible_play_is_clearly_better_than_holding(balance: Balance) -> None:
    """By points that a player notices, and in most of the games."""
    mean, low, _ = balance.over("sensible")
    assert low > CLEAR[balance.actor], mean
    assert (balance.scores["sensible"] > balance.scores["hold"]).mean() > 0.75


def test_every_side_can_lose(balance: Balance) -> None:
    """Careless play is worse than sensible play, and in a good part of the games it ends below the middle hold."""
    _, low, _ = balance.over("sensible", "random")
    assert low > 1.0
    assert np.percentile(balance.scores["random"], 10) < np.median(balance.scores["hold"]) + 2.0


@pytest.mark.parametrize("actor", SIDES)
def test_no_side_wins_by_pressing_the_same_key(rules: Rules, agendas: dict[str, Agenda], actor: str) -> None:
    """Neither one option whenever it is legal nor one place in the list comes near sensible play."""
    policies = {"sensible": agendas[actor], **simple_policies(rules, actor)}
    found = play_side_by_side(rules, actor, tuple(policies.values()), KEY_RUNS, SEED)
    keys = Balance(actor, dict(zip(policies, found, strict=True)))
    _, low, _ = keys.over("sensible", keys.single)
    assert low > 0.5, keys.single


@pytest.mark.parametrize("actor", SIDES)
def test_no_option_is_best_in_every_turn(rules: Rules, agendas: dict[str, Agenda], actor: str) -> None:
    """What promises most changes: no action does so in more than half of the turns of sensible play."""
    world, runs = rules.open(SEED, 0, 20), 20
    own = rules.options[rules.actor_options[actor]]
    best: Counter[str] = Counter()
    while world.turn < rules.scenario.turns:
        rules.open_turn(world)
        appraisal = rules.appraise(world)
        by_rule = rules.choose(world, appraisal)
        moment = Moment(rules, world, appraisal, by_rule)
        gain = moment.gain(actor)
        best.update(own[number].action for number in np.argmax(gain, axis=0)[np.isfinite(gain).any(axis=0)])
        by_rule[rules.layout.actors[actor]] = agendas[actor].decide(moment, actor)
        rules.play_turn(world, appraisal, by_rule)
    assert best.most_common(1)[0][1] <= runs * rules.scenario.turns / 2, best
