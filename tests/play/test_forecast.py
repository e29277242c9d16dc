"""Looking ahead: futures of the present world."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.play import Game
from engine.play.forecast import Afterwards, forecasts, look_ahead
from engine.play.policies import BY_RULE, Answer, ByRule, GreedyPolicy, HoldPolicy, Policy, View, plan_of
from engine.rules import Rules
from engine.rules.draws import Draws
from engine.rules.options import Option
from engine.rules.program.program import FIRST_ROW
from engine.scenario.names import Reference
from tests.scenario.minimal import MINIMAL, replaced
from tests.scenario.minimal import load as load_minimal

DECLARE = Option("kosovo", "declare")


@pytest.fixture
def game(tmp_path: Path) -> Game:
    """The minimal scenario at the turn in which a declaration becomes legal."""
    game = Game(Rules(load_minimal(tmp_path)), seed=5)
    while not any(option.option == DECLARE for option in game.view("kosovo").legal):
        game.step()
    return game


def test_choices_side_by_side_are_choices_one_by_one(game: Game) -> None:
    """What one choice leads to does not depend on what else is looked at."""
    both = look_ahead(game.rules, game.world, "kosovo", [(), (DECLARE,)], 50)
    alone = look_ahead(game.rules, game.world, "kosovo", [(DECLARE,)], 50)[0]
    assert np.array_equal(both[1].scores, alone.scores)
    assert np.array_equal(both[1].endings, alone.endings)


def test_declaring_is_better_for_kosovo_than_holding(game: Game) -> None:
    """In this little world a declaration pays."""
    hold, declare = look_ahead(game.rules, game.world, "kosovo", [(), (DECLARE,)], 200)
    assert declare.mean_score("kosovo") > hold.mean_score("kosovo")
    assert sum(declare.shares().values()) == pytest.approx(1)


def test_looking_ahead_leaves_the_world_as_it_is(game: Game) -> None:
    """And twice gives the same."""
    before = game.digest()
    one, other = (look_ahead(game.rules, game.world, "kosovo", [(DECLARE,)], 20)[0] for _ in range(2))
    assert game.digest() == before
    assert np.array_equal(one.scores, other.scores)


def test_what_is_due_later_comes_due_in_the_futures_too(game: Game) -> None:
    """A delayed effect that is under way is not lost when the world is multiplied."""
    row = game.rules.layout.rows[Reference("issue", "status")]
    as_it_is = look_ahead(game.rules, game.world, "kosovo", [()], 50)[0]
    game.world.due.append(np.zeros(1, np.intp), game.world.tick + 1, FIRST_ROW + row, 0, np.full(1, -30.0))
    with_more_to_come = look_ahead(game.rules, game.world, "kosovo", [()], 50)[0]
    assert with_more_to_come.mean_score("kosovo") < as_it_is.mean_score("kosovo")


class Greedy(GreedyPolicy):
    """Does what promises most, and answers by the rule."""

    def answer(self, view: View, ask: str) -> Answer:
        """By the rule."""
        return BY_RULE


class Hold(HoldPolicy):
    """Does nothing, and answers by the rule."""

    def answer(self, view: View, ask: str) -> Answer:
        """By the rule."""
        return BY_RULE


@pytest.mark.parametrize("afterwards", [Afterwards.HOLD, Afterwards.GREEDY])
def test_who_plays_afterwards(afterwards: Afterwards, tmp_path: Path) -> None:
    """Each future is the game in which that side is so decided for, with the chance of the future."""
    rules, seed, runs = Rules(load_minimal(tmp_path, replaced(", spread: 5", "", MINIMAL))), 5, 12
    policy: Policy = Hold() if afterwards is Afterwards.HOLD else Greedy()
    world = rules.open(seed)
    rules.open_pace(world)
    games = [Game(rules, seed, run, {"kosovo": policy}) for run in range(runs)]
    opening = games[0].allowed(games[0].view("kosovo"), plan_of(policy.decide(games[0].view("kosovo"))))
    assert not isinstance(opening, ByRule)
    (found,) = forecasts(rules, world, [{"kosovo": opening}], Draws(seed, 0, runs), afterwards=afterwards)
    for run, game in enumerate(games):
        game.play()
        assert found.scores[:, run].tolist() == rules.scores(game.world)[:, 0].tolist()
