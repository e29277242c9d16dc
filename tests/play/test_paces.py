"""A turn of several paces in a game: people are asked once, orders may be put off, and the rule goes on day by day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from engine.executors import NUMBA, NUMPY
from engine.play.ahead.story import Story
from engine.play.forecast import Moves, chance_ahead, finish_turn, forecasts
from engine.play.game import Game
from engine.play.journal import SaveError, journal_of, load, replay, save
from engine.play.orders import OrdersError, read_orders
from engine.play.plans import Later, option_in, put_off
from engine.play.policies import BY_RULE, HoldPolicy, Order
from engine.play.refusals import OrderRefused
from engine.play.session import Session
from engine.play.under_way import IllegalMoveError, TooManyMovesError
from engine.rules import Rules
from engine.rules.decide import NO_MOVE
from engine.rules.machine import readiness
from engine.rules.options import Option
from engine.rules.votes import NO
from engine.scenario.names import Reference
from tests.scenario.minimal import MINIMAL
from tests.scenario.minimal import load as load_minimal

SEED = 7
DECLARE, WARN = Option("kosovo", "declare"), Option("russia", "warn", "us")
THURSDAY = dt.date(2007, 12, 13)
"""In turn 3, which opens on Tuesday the 11th, when a declaration becomes possible."""


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """The minimal scenario, day by day, with people who are asked once a week and may make three moves."""
    return Rules(load_minimal(tmp_path, MINIMAL.replace("pace: 1w\nstep: 1w", "step: 1w\nmoves_per_turn: 3")))


def quiet(rules: Rules) -> Game:
    """A game in which nobody does anything unless it is ordered."""
    return Game(rules, SEED, seats=dict.fromkeys(rules.scenario.actors, HoldPolicy()))


def test_a_game_of_turns_is_the_run_of_a_batch(rules: Rules) -> None:
    """The same cells to the last bit, though it is told in weeks; every move has the day on which it was made."""
    world = rules.open(SEED)
    rules.finish(world)
    game = Game(rules, SEED)
    game.play()
    assert np.array_equal(game.world.cells, world.cells)
    assert [turn.turn for turn in game.turns] == list(range(len(game.turns)))
    for turn in game.turns:
        last = rules.timeline.last_day_of(turn.turn)
        assert all(turn.date <= move.when.date() <= last for move in turn.moves)


def test_between_two_paces_the_turn_stands_still(rules: Rules) -> None:
    """The course of a turn gives each of its later days before that opens; what was decided stands for them all."""
    game = quiet(rules)
    days = [(moment.date(), float(game.world.day[0])) for moment in game.course()]
    assert days == [(dt.date(2007, 11, 20 + n), float(n)) for n in range(1, 7)]
    assert (game.turn, game.day) == (1, dt.date(2007, 11, 27))


def test_an_order_is_followed_on_the_day_that_it_names(rules: Rules) -> None:
    """The declaration falls on the Thursday."""
    game = quiet(rules)
    for _ in range(3):
        game.step()
    game.step({"kosovo": Order(put_off(DECLARE, THURSDAY))})
    (move,) = game.turns[-1].moves
    assert (move.option, move.when.date()) == (DECLARE, THURSDAY)
    assert game.turns[-1].days()[-1] >= THURSDAY
    assert not game.turns[-1].lapses


def test_an_order_that_can_not_be_done_on_its_day_lapses_and_is_told(rules: Rules) -> None:
    """The second of two declarations, which can be made once."""
    game = quiet(rules)
    for _ in range(3):
        game.step()
    game.step({"kosovo": Order((DECLARE, put_off(DECLARE, THURSDAY)))})
    (lapse,) = game.turns[-1].lapses
    assert (lapse.option, lapse.when.date()) == (DECLARE, THURSDAY)
    assert lapse.missing
    assert game.turns[-1].as_json()["lapsed"][0]["date"] == "2007-12-13"


@pytest.mark.parametrize("day", [dt.date(2007, 11, 20), dt.date(2007, 11, 27)])
def test_a_day_outside_the_turn_is_refused(rules: Rules, day: dt.date) -> None:
    """The first day needs no naming; the next turn has orders of its own."""
    with pytest.raises(
        IllegalMoveError, match="is no later day of this turn, which goes from 2007-11-20 to 2007-11-26"
    ):
        quiet(rules).step({"kosovo": Order(put_off(DECLARE, day))})


def test_days_do_not_stretch_the_budget(rules: Rules) -> None:
    """Four moves on four days are one too many."""
    plan = tuple(put_off(WARN, dt.date(2007, 11, 21 + n)) for n in range(4))
    with pytest.raises(TooManyMovesError):
        quiet(rules).step({"russia": Order(plan)})


def test_by_the_rule_means_in_every_pace(rules: Rules) -> None:
    """A seat that leaves its turn to the rule changes nothing."""
    alone, left = Game(rules, SEED), Game(rules, SEED)
    alone.play()
    while not left.is_over:
        left.step({"russia": Order(BY_RULE)})
    assert np.array_equal(alone.world.cells, left.world.cells)


def test_saves_keep_days(rules: Rules, tmp_path: Path) -> None:
    """Written and read again it is the same game; the journal says the day."""
    game = quiet(rules)
    for _ in range(3):
        game.step()
    game.step({"kosovo": Order(put_off(DECLARE, THURSDAY))})
    save(game, path := tmp_path / "game.json")
    assert '"declare@2007-12-13"' in path.read_text()
    assert load(path, rules).digest() == game.digest()
    assert replay(rules, journal_of(game), 3).digest() != game.digest()


def test_a_story_is_played_again_day_by_day(rules: Rules) -> None:
    """The openings of the story of a game are those of the game."""
    game = Game(rules, SEED)
    game.play()
    *_, last = Story.of(game).worlds(rules)
    assert np.array_equal(last.cells, game.world.cells)


def test_forecasts_follow_a_plan_through_its_turn(rules: Rules) -> None:
    """Whoever plans to declare on Thursday does so in every future; whoever holds does nothing the whole week."""
    game = quiet(rules)
    for _ in range(3):
        game.step()
    lines: list[Moves] = [{"kosovo": (put_off(DECLARE, THURSDAY),)}, {"kosovo": ()}]
    week = game.world.multiplied(chance_ahead(game.world, 0, 20).each(2))
    nothing = np.full((len(rules.layout.actors), 40), NO_MOVE, dtype=np.intp)
    rules.play_pace(week, rules.appraise(week), nothing)
    finish_turn(rules, week, lines)
    declared = week.cells[rules.layout.rows[Reference("flag", "declared")]]
    assert declared.tolist() == [1.0, 0.0] * 20
    assert [one.futures for one in forecasts(rules, game.world, lines, chance_ahead(game.world, 0, 20))] == [20, 20]


@pytest.mark.parametrize("executor", [NUMPY, NUMBA])
@pytest.mark.parametrize("runs", [1, 70])
def test_whoever_is_idle_holds_while_all_others_go_on(rules: Rules, executor: str, runs: int) -> None:
    """The rest of a turn at once is what it is phase by phase, where one side in half of the futures does nothing."""
    if executor == NUMBA and not readiness.is_installed():
        pytest.skip("numba is not installed")
    rules = Rules(rules.scenario, executor)
    at_once, by_phase = rules.open(9, runs=runs), rules.open(9, runs=runs)
    idle = np.zeros((len(rules.layout.actors), runs), dtype=np.bool_)
    idle[rules.layout.actors["kosovo"], ::2] = True
    told = {question.id: {"russia": NO} for question in rules.questions}
    rules.go_on(at_once, 5, idle, told)
    for _ in range(5):
        rules.open_pace(by_phase)
        appraisal = rules.appraise(by_phase)
        choice = rules.decide(by_phase, appraisal)
        choice[0][idle] = NO_MOVE
        rules.play_pace(by_phase, appraisal, choice, instructions=told)
    assert at_once.tick == by_phase.tick == 5
    assert np.array_equal(at_once.cells.view(np.int64), by_phase.cells.view(np.int64))


def test_a_save_of_rules_in_other_steps_is_refused_in_a_sentence(rules: Rules, tmp_path: Path) -> None:
    """One of format 3, when a turn was one step; the file is left alone."""
    game = quiet(rules)
    game.step()
    save(game, path := tmp_path / "game.json")
    old = path.read_text().replace('"journal_format": 4', '"journal_format": 3')
    path.write_text(old.replace(' "hours_in_pace": 24,\n', ""))
    before = path.read_bytes()
    with pytest.raises(SaveError, match="went in steps of 1 week, and they go in steps of 1 day now"):
        load(path, rules)
    assert path.read_bytes() == before


def test_at_a_table_a_move_can_be_put_off(rules: Rules) -> None:
    """Chosen, refused twice and with a day of another week, withdrawn, kept over a save."""
    session = Session.new(rules, SEED, people=["kosovo"])
    for _ in range(3):
        session.end_turn()
    later = put_off(DECLARE, THURSDAY)
    session.choose("kosovo", later)
    with pytest.raises(OrderRefused, match="chosen already"):
        session.choose("kosovo", later)
    with pytest.raises(OrderRefused, match="no later day of this turn"):
        session.choose("kosovo", put_off(DECLARE, dt.date(2007, 12, 20)))
    again = Session.of(session.journal(), rules)
    assert again.orders("kosovo").moves == (later,)
    session.withdraw("kosovo", later)
    assert not session.orders("kosovo").moves
    turn = again.end_turn()
    assert [move.when.date() for move in turn.moves if move.option == DECLARE] == [THURSDAY]


def test_a_move_is_written_with_its_day() -> None:
    """And read again as the same."""
    later = Later("russia", "warn", "us", on=dt.datetime(2007, 12, 13, 18))  # noqa: DTZ001 # of the story's own calendar
    assert str(later) == "warn:us@2007-12-13 18:00"
    assert option_in("russia", str(later)) == later
    assert option_in("russia", "warn:us") == later.now


def test_a_file_of_orders_names_days(rules: Rules, tmp_path: Path) -> None:
    """By the key or behind the move; two days of one turn are one plan, and no day of another turn is."""
    path = tmp_path / "orders.yaml"
    path.write_text("orders:\n  2007-12-13: declare\n")
    assert read_orders(path, rules, "kosovo").orders[3].move == put_off(DECLARE, THURSDAY)
    path.write_text("orders:\n  3: declare@2007-12-13\n")
    assert read_orders(path, rules, "kosovo").orders[3].move == put_off(DECLARE, THURSDAY)
    path.write_text("orders:\n  2007-11-27: warn:us\n  2007-11-29: warn:kosovo\n")
    plan = (WARN, put_off(Option("russia", "warn", "kosovo"), dt.date(2007, 11, 29)))
    assert read_orders(path, rules, "russia").orders[1].move == plan
    for wrong, told in (("3: declare@2007-12-20", "no later day of this turn"), ("3: declare@soon", "a day is year")):
        path.write_text(f"orders:\n  {wrong}\n")
        with pytest.raises(OrdersError, match=told):
            read_orders(path, rules, "kosovo")


def test_a_seat_says_how_it_votes_on_what_is_tabled_later_in_the_turn(rules: Rules) -> None:
    """On every question of its bodies, whoever may table it as the turn opens; what it says stands all week."""
    session = Session.new(rules, SEED, people=["us", "russia"])
    assert session.questions("russia") == ("table_resolution",)
    session.choose("us", put_off(Option("us", "table_resolution"), dt.date(2007, 11, 23)))
    session.vote("russia", "table_resolution", NO)
    (vote,) = session.end_turn().votes
    assert (vote.when.date(), "russia" in vote.no) == (dt.date(2007, 11, 23), True)
