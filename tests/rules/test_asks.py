"""Questions to a side: when they are put, what the rule and seats answer, and what takes place in silence."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from engine.batch.design.policies import SEATS, OrdersSeat, Seating, Seats
from engine.play import Game
from engine.play.policies import BUILT_IN, Order, ScriptPolicy
from engine.rules import Rules
from engine.rules.layout import NOT_ASKED
from engine.rules.options import Option
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from tests.asked import lost_plane
from tests.rules.test_turn import scenario

RUNS = 400


def asking(**keys: Any) -> dict[str, Any]:
    """A question to Ann: yes moves the world up, no leaves it."""
    answers = {"yes": {"title": "Yes", "effects": [{"add": {"status": "10"}}]}, "no": {"title": "No"}}
    return {"title": "Yes?", "to": "ann", "within": "1w", "otherwise": "no", "answers": answers, **keys}


def crisis(effects: list[dict[str, Any]], on: str = "2000-01-01", **keys: Any) -> Scenario:
    """A scenario in which an event of a day has these effects."""
    events = {"storm": {"title": "Storm", "on": on, "effects": effects}}
    return scenario(asks={"ok": asking(**keys.pop("ask", {}))}, events=events, **keys)


def said(game: Game) -> list[list[str]]:
    """What was done in each turn."""
    return [[str(move.option) for move in turn.moves] for turn in game.play()]


def test_what_the_calendar_puts_is_answered_at_once() -> None:
    """In the decide phase of the same turn, which is the first after it was put."""
    turns = said(Game(crisis([{"ask": "ok"}])))
    assert len(turns[0]) == 1
    assert turns[0][0] in ("ok.yes", "ok.no")
    assert all(not moves for moves in turns[1:])


def test_what_a_delayed_effect_puts_is_asked_when_it_falls_due() -> None:
    """In the drift of its turn, so that it is answered in the next."""
    turns = said(Game(crisis([{"ask": "ok", "delay": "2w"}])))
    assert [len(moves) for moves in turns] == [0, 0, 0, 1, 0]


def test_the_rule_answers_by_the_logit_over_what_is_legal() -> None:
    """Whatever the length of a turn, in proportion to exp(gain / temperature): nothing is no answer."""
    answers = {"yes": {"title": "Yes", "appeal": "1"}, "no": {"title": "No"}}
    for days in ("1w", "1d"):
        rules = Rules(crisis([{"ask": "ok"}], step=days, ask={"answers": answers, "temperature": 0.5}))
        world = rules.open(7, runs=20_000)
        rules.open_pace(world)
        given = Counter(rules.decide(world, rules.appraise(world))[1, 0].tolist())
        shares = {rules.options[number].action: count / 20_000 for number, count in given.items()}
        assert shares["ok.yes"] == pytest.approx(1 / (1 + np.exp(-2)), abs=0.01)
        assert sum(shares.values()) == 1


def test_answers_that_are_not_legal_are_not_given() -> None:
    """The answer of silence always is, so that there always is one."""
    answers = {"yes": {"title": "Yes", "when": "done", "appeal": "9"}, "no": {"title": "No"}}
    assert said(Game(crisis([{"ask": "ok"}], ask={"answers": answers})))[0] == ["ok.no"]


def test_a_question_that_stands_is_not_put_again() -> None:
    """The moment by which it is to be answered stays, and its news is told once."""
    game = Game(crisis([{"ask": "ok"}, {"ask": "ok"}], ask={"dispatch": "{To} is asked."}))
    asked = Reference("asked", "ok", "ann")
    assert game.read(asked) == 7
    turn = game.play()[0]
    assert [text.text for text in turn.dispatches] == ["Ann is asked."]
    assert [(put.ask, put.actors) for put in turn.asked] == [("ok", ("ann",))]
    assert game.read(asked) == NOT_ASKED


def test_an_answer_may_put_its_question_again() -> None:
    """What is answered is asked no longer before what follows takes place."""
    answers = {"later": {"title": "Later", "effects": [{"ask": "ok"}]}, "no": {"title": "No", "cost": "99"}}
    turns = said(Game(crisis([{"ask": "ok"}], ask={"answers": answers})))
    assert turns == [["ok.later"]] * 5


def test_in_silence_the_answer_of_otherwise_takes_place_when_the_time_is_out() -> None:
    """In the first turn that opens at that moment or later; until then the question stands."""
    game = Game(crisis([{"ask": "ok"}], ask={"within": "8d"}), seats={"ann": BUILT_IN["hold"]})
    assert said(game) == [[], [], ["ok.no"], [], []]


def test_a_seat_answers_as_it_is_told() -> None:
    """Beside its move, which an answer does not use up; a question left open is answered later."""
    actions = {"act": {"title": "Act", "by": "ann", "tempo": "1w"}}
    orders = {0: Order(Option("ann", "act")), 1: Order(Option("ann", "act"), answers=(Option("ann", "ok.yes"),))}
    game = Game(crisis([{"ask": "ok"}], actions=actions, ask={"within": "3w"}), seats={"ann": ScriptPolicy(orders)})
    assert said(game)[:3] == [["act"], ["act", "ok.yes"], []]
    assert [str(answer) for answer in game.seat_moves[1]["ann"].answers] == ["ok.yes@2000-01-08"]


def test_only_those_are_asked_whom_the_effect_names() -> None:
    """All whom the question is for by default; of those who act, whoever does and is one of them."""
    both = {"to": ["ann", "bob"]}
    for effect, asked in (({"ask": "ok"}, {"ann", "bob"}), ({"ask": "ok", "of": "bob"}, {"bob"})):
        game = Game(crisis([effect], ask=both))
        assert {move.option.actor for move in game.play()[0].moves} == asked
    act = {
        "title": "Act",
        "by": ["ann", "bob"],
        "tempo": "1d",
        "appeal": "1000",
        "effects": [{"ask": "ok", "of": "self"}],
    }
    rules = Rules(scenario(asks={"ok": asking()}, actions={"act": act}))
    world = rules.open(0)
    rules.step(world)
    rows = rules.layout.block("asked", "ok")
    assert (world.cells[rows, 0] != NOT_ASKED).tolist() == [True, False]


def play(rules: Rules, seats: Seats) -> tuple[np.ndarray[Any, Any], Counter[str]]:
    """Runs in lockstep with these seats: how they closed, and what was done."""
    world, done = rules.open(5, runs=RUNS), Counter[str]()

    class Seen:
        """Counts moves and answers."""

        def moves(self, _world: Any, _appraisal: Any, choice: Any) -> None:
            done.update(str(rules.options[number]) for number in choice[choice >= 0].flat)

        def decision(self, *_: Any) -> None: ...

        event = effect = asked = decision

    seating = Seating(rules, seats)
    while not rules.is_over(world):
        seating.step(world, Seen())
    return world.ending, done


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hold", "greedy", "random"])
def test_policies_answer_too(name: str) -> None:
    """In a batch as in a game: one that holds says nothing, the others say something at once."""
    rules = lost_plane()
    endings, done = play(rules, {"west": SEATS[name]})
    for run in range(10):
        game = Game(rules, 5, run, seats={"west": BUILT_IN[name]})
        game.play()
        assert game.world.ending[0] == endings[run]
    loud = sum(done[f"bomb_the_battery.{answer}"] for answer in ("bomb", "demand"))
    assert (loud > 0) == (name != "hold")


def test_orders_of_a_batch_answer_on_their_day() -> None:
    """An order that is an answer says nothing of the move of its turn."""
    rules = lost_plane()
    _, done = play(rules, {"west": OrdersSeat({4: Option("west", "bomb_the_battery.bomb")}, SEATS["hold"])})
    assert done["bomb_the_battery.bomb"] == RUNS
    assert done["patrol"] > 0


def test_runs_are_the_same_alone_and_side_by_side() -> None:
    """Also where questions stand in some runs only."""
    rules = lost_plane()
    world = rules.open(9, runs=64)
    rules.finish(world)
    for run in (0, 31, 63):
        alone = rules.open(9, run)
        rules.finish(alone)
        assert (alone.cells[:, 0] == world.cells[:, run]).all()


def test_a_turn_of_any_length_asks_and_answers_alike() -> None:
    """Where nobody sits, only the pace counts; questions are answered pace by pace."""
    closed = []
    for step in (1.0, 7.0):
        rules = lost_plane(pace=0.25, step=step)
        world = rules.open(3, runs=50)
        rules.finish(world)
        closed.append(world.cells)
    assert (closed[0] == closed[1]).all()
