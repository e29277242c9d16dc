"""Two games that differ in all that a seat can't know are the same to it, in all that it is told of them."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest

from engine.play.forecast import look_ahead
from engine.play.game import Game
from engine.play.levels import LEVELS, Prospects
from engine.rules import Rules
from tests.play.sight.worlds import SEAT, crisis_in, of_view, otherwise, told


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """Rules with secrets."""
    return crisis_in(tmp_path_factory.mktemp("secrets")).rules


@pytest.fixture(params=[(1, True), (3, True), (4, True), (1, False), (3, False)])
def pair(rules: Rules, request: pytest.FixtureRequest) -> tuple[Game, Game]:
    """A game after some turns, and the same with all otherwise that Washington can't know.

    Whether what coders doubt lies open, such as where Moscow stands, is a matter of the level.
    """
    seed, is_candid = request.param
    game = Game(rules, seed)
    for _turn in range(3):
        game.step()
    assert not game.is_over
    other = deepcopy(game)
    game.is_candid = other.is_candid = is_candid
    otherwise(other, SEAT, seed)
    assert game.digest() != other.digest()
    return game, other


def test_facts_are_the_same(pair: tuple[Game, Game]) -> None:
    """Turns, news, records, votes, what plans do at once, and the advisers; for whoever watches they are not."""
    here, there = pair
    assert told(here, SEAT) == told(there, SEAT)
    assert told(here, None) != told(there, None)


def test_views_are_the_same(pair: tuple[Game, Game]) -> None:
    """What a policy is given, and what it makes of it."""
    here, there = pair
    assert of_view(here.view(SEAT)) == of_view(there.view(SEAT))
    assert of_view(here.view("russia")) != of_view(there.view("russia")), "Moscow knows of its own pact"


def test_futures_are_the_same(pair: tuple[Game, Game]) -> None:
    """They start from what is believed, and so does that."""
    here, there = (look_ahead(game.rules, game.view(SEAT).world, SEAT, [()], 50)[0] for game in pair)
    assert np.array_equal(here.endings, there.endings)
    assert np.array_equal(here.scores, there.scores)
    beliefs = [game.believe(SEAT) for game in pair]
    assert beliefs[0] is not None and beliefs[1] is not None
    assert beliefs[0].logs.tobytes() == beliefs[1].logs.tobytes()
    assert beliefs[0].world.cells.tobytes() == beliefs[1].world.cells.tobytes()


@pytest.mark.parametrize("level", LEVELS)
def test_other_sides_look_ahead_alike(pair: tuple[Game, Game], level: str) -> None:
    """A side that thinks before it acts does not think of what it can't know."""
    orders = []
    for game in pair:
        others = LEVELS[level].looks_ahead
        plans = [(explained.option,) for explained in game.view(SEAT).legal]
        ahead = Prospects(game.view(SEAT))
        ahead.look(plans, 20)
        policies = others.policies(game, [SEAT])
        decided = {actor: policy.decide(game.view(actor)) for actor, policy in policies.items()}
        orders.append((decided, [ahead.scores(plan).tobytes() for plan in plans]))
    assert orders[0] == orders[1]
