"""Each side can win and lose: what sensible play, one key and no play at all are worth, on the same chance."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from benchmarks.balance import Balance, is_single, sensible_play, simple_policies
from engine.batch.analysis.strategies import play_side_by_side, sides
from engine.batch.design.agenda import Agenda
from engine.batch.design.policies import SEATS, BatchPolicy, Moment
from engine.rules import Rules
from engine.rules.decide import NO_MOVE
from engine.scenario.certain import certain
from engine.scenario.models import Scenario

RUNS, KEY_RUNS, SEED = 100, 8, 424242
"""Paired games of each policy, those in which the best and the worst key are found, and their chance, on which no
agenda was chosen."""

SIDES = ("serbia", "kosovo", "kosovo_serbs", "russia", "us", "eu")

CLEAR = {"serbia": 4.0, "kosovo": 12.0, "kosovo_serbs": 0.3, "russia": 3.0, "us": 6.0, "eu": 7.0}
"""Points of a hundred by which sensible play is ahead of holding, at least."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rules(kosovo: Scenario) -> Rules:
    """With every number at its best guess: a hundred games tell plays apart, and not what nobody knows."""
    return Rules(certain(kosovo))


@pytest.fixture(scope="module")
def agendas(rules: Rules) -> dict[str, Agenda]:
    """The sensible play of each side."""
    return sensible_play(rules.scenario)


@pytest.fixture(scope="module", params=SIDES)
def keys(request: pytest.FixtureRequest, rules: Rules, agendas: dict[str, Agenda]) -> Balance:
    """The scores of one side: holding, sensible and random play, each option alone, and each key."""
    policies = {name: SEATS[name] for name in ("hold", "random")}
    policies |= {"sensible": agendas[request.param], **simple_policies(rules, request.param)}
    return played(rules, request.param, policies, KEY_RUNS)


@pytest.fixture(scope="module")
def best(rules: Rules, agendas: dict[str, Agenda], keys: Balance) -> Balance:
    """The same in more games each of holding, of sensible play, and of the best and the worst single key."""
    single = {name: simple_policies(rules, keys.actor)[name] for name in (keys.single, harmful(keys))}
    policies = {"hold": SEATS["hold"], "random": SEATS["random"], "sensible": agendas[keys.actor], **single}
    return played(rules, keys.actor, policies, RUNS)


def harmful(keys: Balance) -> str:
    """The single key that is worse than holding by most in the middle one of the games."""
    beside = {name: float(np.median(scores - keys.scores["hold"])) for name, scores in keys.scores.items()}
    return min((name for name in beside if is_single(name)), key=lambda name: beside[name])


def played(rules: Rules, actor: str, policies: dict[str, BatchPolicy], runs: int) -> Balance:
    """One side played by several policies."""
    found = play_side_by_side(rules, actor, tuple(policies.values()), runs, SEED)
    return Balance(actor, dict(zip(policies, found, strict=True)))


def test_every_playable_side_has_a_sensible_play(rules: Rules, agendas: dict[str, Agenda]) -> None:
    """All six, and nobody else."""
    assert set(sides(rules)) == set(agendas) == set(SIDES)


def test_sensible_play_is_clearly_better_than_holding(best: Balance) -> None:
    """By points that a player notices, and in most of the games."""
    mean, low, _ = best.over("sensible")
    assert low > CLEAR[best.actor], mean
    assert (best.scores["sensible"] > best.scores["hold"]).mean() > 0.75


def test_no_side_wins_by_pressing_the_same_key(best: Balance) -> None:
    """Neither one option whenever it is legal nor one place in the list is as good as sensible play."""
    mean, low, _ = best.over("sensible", best.single)
    assert low > 0.0, (best.single, mean)


def test_every_side_can_lose(best: Balance) -> None:
    """Random play is worse than sensible play, and a single option is worse than holding, in the middle game.

    Of a mean over a hundred games a harm of half a point is within noise, such as that of Brussels's warnings to
    Belgrade (-.55 over 300 games); the middle game, by which it is chosen, is steadier.
    """
    ahead, _, _ = best.over("sensible", "random")
    assert ahead > 0.5
    middle = {name: float(np.median(s - best.scores["hold"])) for name, s in best.scores.items() if is_single(name)}
    assert min(middle.values()) < 0.0, middle


def test_no_option_promises_most_in_every_turn(rules: Rules) -> None:
    """Where all sides take what promises most, none takes the same action in half of the turns."""
    world, runs = rules.open(SEED, 0, 40), 40
    taken: dict[str, Counter[str]] = {actor: Counter() for actor in SIDES}
    while world.tick < rules.timeline.paces and world.is_open.any():
        rules.open_pace(world)
        appraisal = rules.appraise(world)
        choice = rules.decide(world, appraisal)[0]
        moment = Moment(rules, world, appraisal)
        for actor in SIDES:
            mine = SEATS["greedy"].decide(moment, actor)
            choice[rules.layout.actors[actor]] = mine
            taken[actor].update(rules.options[number].action for number in mine[mine != NO_MOVE])
        rules.play_pace(world, appraisal, choice)
    most = {actor: counts.most_common(1)[0] for actor, counts in taken.items()}
    assert {actor: one for actor, one in most.items() if one[1] > runs * rules.timeline.paces / 2} == {}
