"""Turning points: what made a game end as it did."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from engine.play import Game
from engine.play.ahead.crew import Crew
from engine.play.ahead.story import Story
from engine.play.ahead.tasks import StoppedError
from engine.play.policies import HoldPolicy, Order, Policy, ScriptPolicy
from engine.play.turning import EXAMINED, TurningPoints, turning_points
from engine.rules import Rules
from engine.rules.options import Option
from engine.rules.votes import YES
from tests.scenario.minimal import load as load_minimal
from tests.scenario.minimal import replaced

pytestmark = pytest.mark.slow

DECLARE = Option("kosovo", "declare")

SELDOM = replaced("tempo: 8w", 'tempo: 8w\n    cost: "1"', replaced("add: {status: 40}", "add: {status: 60}"))
"""A declaration decides everything, and by the rule hardly anybody would make it."""

CLASHES_DECIDE = replaced(
    "  - {id: independent",
    "  - {id: violent, title: Violent, when: unrest > 0.9}\n  - {id: independent",
    replaced(
        "    when: unrest > 0.25\n    chance_per_week: 0.15 * unrest\n    effects: [{add: {unrest: 0.2}}]",
        "    when: unrest > 0.1\n    chance_per_week: 0.15 * unrest\n    effects: [{add: {unrest: 1}}]",
        SELDOM,
    ),
)
"""Clashes, which nobody decides, end it as well."""


def found(game: Game, actor: str | None, workers: int = 0) -> TurningPoints:
    """The turning points of a game."""
    with Crew(game.rules, workers) as crew:
        return turning_points(crew, Story.of(game), actor)


@pytest.fixture
def declared(tmp_path: Path) -> Game:
    """A game in which Kosovo declares in the sixth turn; nobody else may do much."""
    seats: dict[str, Policy] = {"kosovo": ScriptPolicy({5: Order(DECLARE)}, HoldPolicy()), "us": HoldPolicy()}
    game = Game(Rules(load_minimal(tmp_path, SELDOM)), seed=2, seats=seats)
    game.play()
    assert game.ending is not None
    assert game.ending.id == "independent"
    return game


def test_the_move_that_decided_comes_first(declared: Game) -> None:
    """It was a decision and not chance, and it helped whoever wanted it."""
    points = found(declared, "kosovo")
    first = points.causes[0]
    assert (first.turn, first.kind, first.option) == (5, "move", DECLARE)
    assert first.change.score_change.mean > 10
    largest = points.largest[0]
    assert largest.turn == 5
    assert largest.decided is not None
    assert largest.chanced is not None
    assert largest.decided.size > 2 * largest.chanced.size


def test_an_event_that_decided_comes_first_too(tmp_path: Path) -> None:
    """It is chance and not a decision."""
    rules = Rules(load_minimal(tmp_path, CLASHES_DECIDE))
    game = next(g for seed in range(100) if (g := Game(rules, seed)).play() and g.ending and g.ending.id == "violent")
    points = found(game, "russia")
    first = points.causes[0]
    assert (first.kind, first.id) == ("event", "clashes")
    assert first.turn == len(game.turns) - 1
    assert points.largest[0].chanced is not None
    assert points.largest[0].chanced.size > 0.5


def test_a_vote_that_could_not_go_otherwise_moves_nothing(tmp_path: Path) -> None:
    """A vote is weighed against what it might have been, and Russia would always have used its veto here."""
    table = Option("us", "table_resolution")
    seats = {"us": ScriptPolicy({1: Order(table, {"table_resolution": YES})}, HoldPolicy())}
    game = Game(Rules(load_minimal(tmp_path, SELDOM)), seed=2, seats=seats)
    game.play()
    assert [vote.passed for vote in game.turns[1].votes] == [False]
    votes = [cause for swing in found(game, "us").swings for cause in swing.causes if cause.kind == "vote"]
    assert [(vote.turn, vote.id) for vote in votes] in ([], [(1, "table_resolution")])
    assert all(vote.change.size < 0.1 for vote in votes)


def test_odds_go_from_the_opening_to_the_end(declared: Game) -> None:
    """At the end there is one ending and one score; swings lead from each opening to the next."""
    points = found(declared, "kosovo")
    assert declared.ending is not None
    assert len(points.openings) == len(declared.turns) + 1
    assert points.openings[-1].shares[declared.ending.id].share == 1.0
    assert points.openings[-1].score.mean == pytest.approx(declared.scores()["kosovo"])
    assert [swing.turn for swing in points.swings] == list(range(len(declared.turns)))
    assert len(points.largest) == EXAMINED
    assert points.swings[3].change is points.openings[4]


def test_turning_points_do_not_depend_on_the_workers(declared: Game) -> None:
    """The same numbers from this process and from two others."""
    alone, together = found(declared, "russia", 0), found(declared, "russia", 2)
    assert [(c.turn, c.id, c.change.size) for c in alone.causes] == [
        (c.turn, c.id, c.change.size) for c in together.causes
    ]
    for one, other in zip(alone.openings, together.openings, strict=True):
        assert np.array_equal(one.scores, other.scores)


def test_a_game_without_a_side_has_turning_points(declared: Game) -> None:
    """By its endings alone."""
    assert found(declared, None).causes[0].option == DECLARE


def test_a_story_is_the_game(declared: Game) -> None:
    """Played again from what its record says, it ends in the same state."""
    *_, last = Story.of(declared).worlds(declared.rules)
    assert np.array_equal(last.cells, declared.world.cells)
    assert np.array_equal(last.ending, declared.world.ending)


def test_progress_is_told_and_the_search_can_be_ended(declared: Game) -> None:
    """Whoever waits sees how far it is, and is freed when the crew is closed."""
    seen: list[tuple[int, int]] = []
    crew = Crew(declared.rules, 0)

    def look(done: int, of: int) -> None:
        seen.append((done, of))
        if done == 5:
            threading.Thread(target=crew.close).start()

    with pytest.raises(StoppedError):
        turning_points(crew, Story.of(declared), "kosovo", look)
    assert [done for done, _of in seen][:5] == [1, 2, 3, 4, 5]
    assert all(done <= of for done, of in seen)
