"""What is decided now and in force on a day: when it falls due, what it is worth, and how it is told."""

from __future__ import annotations

from typing import Any

import pytest

from engine.play import Game
from engine.play.facts.particulars import particulars, particulars_of_move
from engine.scenario.models import Action
from tests.rules.executed import go_the_same_way
from tests.rules.test_turn import always, scenario, values

CALENDAR = {"vote": {"on": "2000-01-17", "title": "The vote"}, "feast": {"on": "2000-01-15", "title": "The feast"}}
"""Turns open on 1, 8, 15, 22 and 29 January."""


def act(**keys: Any) -> Game:
    """A game in which Ann acts in the first turn, by an action with these keys."""
    return Game(scenario(actions={"act": always(by="ann", once=True, **keys)}, calendar=CALENDAR))


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        ("vote", 3),
        ("feast", 2),
        ("2000-01-22", 3),
        ("2000-01-23", 4),
        ("2000-01-02", 1),
        ("2000-01-01", 1),
        ("1999-12-01", 1),
    ],
)
def test_an_effect_falls_due_in_the_first_turn_that_opens_on_its_day_or_later(day: str, opened: int) -> None:
    """After the turn in which it is caused, also where the day has come or passed."""
    game = act(effects=[{"on": day, "add": {"unrest": "1 + day / 7"}}])
    assert values(game, "unrest") == [2.0 if turn >= opened else 1.0 for turn in range(5)]


def test_a_day_after_the_last_opening_never_comes() -> None:
    """As with a delay that is longer than the calendar."""
    assert set(values(act(effects=[{"on": "2000-01-30", "add": {"unrest": "1"}}]), "unrest")) == {1.0}


def test_an_action_says_it_for_all_its_effects_that_do_not_say_it_themselves() -> None:
    """An effect with a delay or a day of its own keeps to that."""
    effects = [
        {"add": {"unrest": "1"}},
        {"delay": "1w", "add": {"unrest": "2"}},
        {"on": "2000-01-29", "add": {"unrest": "4"}},
    ]
    assert values(act(in_force="vote", effects=effects), "unrest") == [1, 3, 3, 4, 8]
    assert values(act(in_force="2w", effects=effects), "unrest") == [1, 3, 4, 4, 8]


def test_what_follows_from_a_vote_waits_too() -> None:
    """The vote is held at once."""
    body = {"title": "Body", "seats": [{"actor": "bob"}], "pass": {"yes": 1}}
    vote = {"in": "body", "question": "Shall it be?", "pass": [{"add": {"unrest": "1"}}], "lean": "100"}
    action = always(by="ann", once=True, in_force="vote", vote=vote)
    turns = Game(scenario(actions={"act": action}, calendar=CALENDAR, institutions={"body": body})).play()
    assert [len(turn.votes) for turn in turns] == [1, 0, 0, 0, 0]
    assert [turn.values["unrest"] for turn in turns] == [1, 1, 1, 2, 2]


def test_its_news_is_told_when_it_is_in_force() -> None:
    """And that of the move when it is made."""
    turns = act(
        in_force="vote", effects=[{"add": {"unrest": "1"}, "dispatch": "It holds."}], dispatch="It is done."
    ).play()
    told = [[dispatch.text for dispatch in turn.dispatches] for turn in turns]
    assert told == [["It is done."], [], [], ["It holds."], []]


def test_the_actor_reckons_with_it_in_full() -> None:
    """As with effects at once, whatever it has to wait for."""
    stances = {"ann": {"title": "Ann", "stances": {"status": {"position": 100.0, "salience": 1.0}}}}
    gains = []
    for when in ({}, {"in_force": "vote"}, {"in_force": "3w"}):
        action = {"title": "Act", "by": "ann", "tempo": "1w", "effects": [{"add": {"status": "20"}}], **when}
        game = Game(scenario(actors=stances, actions={"act": action}, calendar=CALENDAR))
        gains.append(game.explain("ann")[0].gain)
    assert gains == [pytest.approx(0.2)] * 3


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"effects": [{"add": {"unrest": "1"}}]}, []),
        ({"in_force": "vote", "effects": [{"add": {"unrest": "1"}}]}, ["In force on 17 January 2000 (The vote)."]),
        ({"in_force": "10d", "effects": [{"add": {"unrest": "1"}}]}, ["In force on 11 January 2000."]),
        ({"in_force": "1999-05-01", "effects": [{"add": {"unrest": "1"}}]}, ["In force on 8 January 2000."]),
        (
            {"effects": [{"add": {"unrest": "1"}}, {"on": "2000-01-20", "set": {"done": "True"}}]},
            ["Partly in force on 20 January 2000."],
        ),
        ({"effects": [{"delay": "2w", "add": {"unrest": "1"}}]}, []),
    ],
)
def test_players_are_told_from_when_on_it_holds(keys: dict[str, Any], told: list[str]) -> None:
    """Before it is done and after; a delay of a single effect is nothing that is announced."""
    game = act(**keys)
    crisis = game.rules.scenario
    assert list(particulars(crisis, game.explain("ann")[0])) == told
    game.step()
    assert list(particulars_of_move(crisis, game.turns[0].moves[0])) == told


def test_a_wait_is_kept_in_days() -> None:
    """So that two scenarios that say the same are the same."""
    actions = [Action.model_validate(always(by="ann", in_force=wait)) for wait in ("2w", "14d", "14.0d")]
    assert {action.in_force for action in actions} == {"14d"}


@pytest.mark.slow
def test_the_program_knows_days_in_force() -> None:
    """Run for run the same."""
    crisis = act(in_force="vote", effects=[{"chance": "0.5", "add": {"unrest": "1"}}]).rules.scenario
    assert go_the_same_way(crisis)


def test_an_entry_that_has_passed_is_not_named() -> None:
    """Its day is not that on which it holds."""
    game = act(in_force="feast", effects=[{"add": {"unrest": "1"}}], when="day >= 21")
    for _ in range(3):
        game.step()
    assert list(particulars(game.rules.scenario, game.explain("ann")[0])) == ["In force on 29 January 2000."]
