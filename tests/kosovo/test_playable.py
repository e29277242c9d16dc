"""Each side can win and lose: what sensible play, one key and no play at all are worth, on the same chance."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.balance import Balance, sensible_play, simple_policies
from engine.batch.analysis.strategies import play_side_by_side, sides
from engine.batch.design.agenda import Agenda
from engine.batch.design.policies import SEATS, Moment
from engine.rules import Rules
from engine.rules.decide import NO_MOVE

RUNS, KEY_RUNS, SEED = 500, 80, 2008

SIDES = ("serbia", "kosovo", "kosovo_serbs", "russia", "us", "eu")

CLEAR = {"serbia": 5.0, "kosovo": 15.0, "kosovo_serbs": 3.0, "russia": 5.0, "us": 7.0, "eu": 9.0}
"""Points of a hundred by which sensible play is ahead of holding, at least."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def agendas(rules: Rules) -> dict[str, Agenda]:
    """The sensible play of each side."""
    return sensible_play(rules.scenario)


@pytest.fixture(scope="module", params=SIDES)
def keys(request: pytest.FixtureRequest, rules: Rules, agendas: dict[str, Agenda]) -> Balance:
    """The scores of one side: sensible and random play, each option alone, and each key."""
    policies = {name: SEATS[name] for name in ("hold", "random")}
    policies |= {"sensible": agendas[request.param], **simple_policies(rules, request.param)}
    found = play_side_by_side(rules, request.param, tuple(policies.values()), KEY_RUNS, SEED)
    return Balance(request.param, dict(zip(policies, found, strict=True)))


def test_every_playable_side_has_a_sensible_play(rules: Rules, agendas: dict[str, Agenda]) -> None:
    """All six, and nobody else."""
    assert set(sides(rules)) == set(agendas) == set(SIDES)


@pytest.mark.parametrize("actor", SIDES)
def test_sensible_play_is_clearly_better_than_holding(rules: Rules, agendas: dict[str, Agenda], actor: str) -> None:
    """In 500 games each, by points that a player notices, and in most of the games."""
    held, played = play_side_by_side(rules, actor, (SEATS["hold"], agendas[actor]), RUNS, SEED)
    mean, low, _ = Balance(actor, {"hold": held, "sensible": played}).over("sensible")
    assert low > CLEAR[actor], mean
    assert (played > held).mean() > 0.75


def test_every_side_can_lose(keys: Balance) -> None:
    """Random play is worse than sensible play, and the worst single option is worse than holding."""
    _, low, _ = keys.over("sensible", "random")
    assert low > 1.0
    _, _, high = keys.over(keys.worst)
    assert high < -0.5, keys.worst


def test_no_side_wins_by_pressing_the_same_key(keys: Balance) -> None:
    """Neither one option whenever it is legal nor one place in the list is as good as sensible play."""
    _, low, _ = keys.over("sensible", keys.single)
    assert low > 0.0, keys.single


def test_no_option_promises_most_in_every_turn(rules: Rules) -> None:
    """Where all sides take what promises most, none takes the same action in more than a third of the turns."""
    world, runs = rules.open(SEED, 0, 40), 40
    taken: dict[str, Counter[str]] = {actor: Counter() for actor in SIDES}
    while world.turn < rules.scenario.turns and world.is_open.any():
        rules.open_turn(world)
        appraisal = rules.appraise(world)
        choice = rules.choose(world, appraisal)
        moment = Moment(rules, world, appraisal, choice.copy())
        for actor in SIDES:
            mine = SEATS["greedy"].decide(moment, actor)
            choice[rules.layout.actors[actor]] = mine
            taken[actor].update(rules.options[number].action for number in mine[mine != NO_MOVE])
        rules.play_turn(world, appraisal, choice)
    most = {actor: counts.most_common(1)[0] for actor, counts in taken.items()}
    assert {actor: one for actor, one in most.items() if one[1] > runs * rules.scenario.turns / 3} == {}
