"""How a turn goes: what takes place together, what comes later, and what closes a run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.play import Game
from engine.rules import Rules
from engine.scenario.models import Scenario


def scenario(**keys: Any) -> Scenario:
    """A scenario of two actors and one issue from 0 to 100, with whatever else is given."""
    crisis: dict[str, Any] = {
        "scenario_format": 1,
        "id": "test",
        "title": "Test",
        "start": "2000-01-01",
        "end": "2000-02-05",
        "pace": "1w",
        "step": "1w",
        "issues": {"status": {"title": "Status", "start": 50.0, "scale": {0.0: "low", 100.0: "high"}}},
        "values": {"unrest": {"title": "Unrest", "start": 1.0, "range": (0.0, 10.0)}},
        "flags": {"done": "it is done", "other": "so is the other"},
        "actors": {name: {"title": name.title()} for name in ("ann", "bob")},
        "endings": [{"id": "end", "title": "The end"}],
    }
    return Scenario.model_validate({**crisis, **keys})


def always(**keys: Any) -> dict[str, Any]:
    """An action that is as good as certain to be taken in each turn."""
    return {"title": "Act", "tempo": "1d", "appeal": "1000", **keys}


def values(game: Game, name: str) -> list[float]:
    """A value at the end of each turn."""
    return [turn.values[name] for turn in game.play()]


def test_additions_are_summed_then_things_are_set_then_held_to_their_range() -> None:
    """What is set wins whatever the order; sums are held to the range at the end only."""
    adds = [{"add": {"status": "+80"}}, {"add": {"status": "-80"}}]
    both = {"up": always(by="ann", effects=adds[:1]), "down": always(by="bob", effects=adds[1:])}
    assert set(values(Game(scenario(actions=both)), "status")) == {50.0}
    with_set = {**both, "down": always(by="bob", effects=[{"set": {"status": "20"}}])}
    assert set(values(Game(scenario(actions=with_set)), "status")) == {20.0}


def test_of_two_values_set_at_once_the_larger_wins() -> None:
    """The order of actors does not matter, and yes wins over no."""
    for first, second in (("30", "70"), ("70", "30")):
        actions = {
            "one": always(by="ann", effects=[{"set": {"status": first, "done": str(first == "70")}}]),
            "two": always(by="bob", effects=[{"set": {"status": second, "done": str(second == "70")}}]),
        }
        turns = Game(scenario(actions=actions)).play()
        assert {turn.values["status"] for turn in turns} == {70.0}
        assert all(turn.flags["done"] for turn in turns)


def test_decisions_of_a_turn_do_not_see_each_other() -> None:
    """Both may do what only one could do if they moved in turn."""
    actions = {"grab": always(by=["ann", "bob"], when="not done", effects=[{"set": {"done": "True"}}])}
    turns = Game(scenario(actions=actions)).play()
    assert [len(turn.moves) for turn in turns] == [2, 0, 0, 0, 0]


def test_a_delayed_effect_is_worked_out_at_once_and_falls_due_later() -> None:
    """The amount is that of the moment of the move; ten days are two turns of a week."""
    late = [{"delay": "10d", "add": {"unrest": "status / 50"}}, {"set": {"status": "100"}}]
    actions = {"act": always(by="ann", once=True, effects=late)}
    assert values(Game(scenario(actions=actions)), "unrest") == [1, 1, 2, 2, 2]


def test_the_news_of_a_delayed_effect_is_told_in_the_turn_in_which_it_falls_due() -> None:
    """Not when it is caused."""
    late = [{"delay": "10d", "add": {"unrest": "1"}, "dispatch": ["It has come."]}]
    turns = Game(scenario(actions={"act": always(by="ann", once=True, effects=late)})).play()
    assert [[dispatch.text for dispatch in turn.dispatches] for turn in turns] == [[], [], ["It has come."], [], []]


def test_a_dated_event_comes_due_when_the_first_turn_on_or_after_it_opens() -> None:
    """9 January falls into the turn of 8 January and is known on the 15th; 15 January is known the same day."""
    events = {
        "first": {"title": "First", "on": "2000-01-09", "effects": [{"add": {"unrest": "1"}}]},
        "second": {"title": "Second", "on": "2000-01-15", "effects": [{"add": {"unrest": "1"}}]},
    }
    assert values(Game(scenario(events=events)), "unrest") == [1, 1, 3, 3, 3]


def test_a_chance_per_week_does_not_depend_on_the_length_of_a_turn() -> None:
    """The share of runs that an event of 20 % a week has reached after five weeks is 1 - 0.8^5, by day or by week."""
    event = {"title": "It", "chance_per_week": "0.2", "once": True, "effects": [{"set": {"done": "True"}}]}
    for step in ("1d", "1w"):
        rules = Rules(scenario(step=step, events={"it": event}))
        world = rules.open(seed=3, runs=20_000)
        while world.tick < rules.scenario.turns:
            rules.step(world)
        share = world.cells[rules.layout.rows[next(r for r in rules.layout.rows if r.id == "done")]].mean()
        assert share == pytest.approx(1 - 0.8**5, abs=0.015)


def test_the_first_ending_that_holds_closes_a_run_and_nothing_moves_any_more() -> None:
    """A closed run keeps its state and its clock while others go on."""
    endings = [
        {"id": "late", "title": "Late", "when": "unrest > 0", "at_end": True},
        {"id": "early", "title": "Early", "when": "done"},
        {"id": "end", "title": "The end"},
    ]
    actions = {"act": {"title": "Act", "by": "ann", "tempo": "2w", "effects": [{"set": {"done": "True"}}]}}
    drift = {"rise": {"title": "Rise", "per_week": {"unrest": "1"}}}
    rules = Rules(scenario(actions=actions, dynamics=drift, endings=endings))
    world = rules.open(seed=1, runs=200)
    closed: dict[int, list[float]] = {}
    while world.tick < rules.scenario.turns:
        rules.step(world)
        for run in np.flatnonzero(~world.is_open):
            state = world.cells[:, run].tolist()
            assert closed.setdefault(int(run), state) == state
    names = {rules.scenario.endings[number].id for number in world.ending}
    assert names == {"late", "early"}
    assert len(set(world.day.tolist())) > 2


def test_a_flag_knows_since_when_it_is_up() -> None:
    """Minus one while it is down, then days since the opening of the turn in which it went up."""
    actions = {"act": always(by="ann", once=True, when="day >= 7", effects=[{"set": {"done": "True"}}])}
    dynamics = {"copy": {"title": "Copy", "per_week": {"unrest": "days_since.done + 1"}}}
    assert values(Game(scenario(actions=actions, dynamics=dynamics)), "unrest") == [1, 2, 10, 10, 10]


def test_cosponsors_table_one_question() -> None:
    """Two actors that table the same text in one turn are sponsors of one vote."""
    house = {"title": "House", "seats": [{"actor": "ann"}, {"actor": "bob"}], "pass": {"majority": True}}
    vote = {"in": "house", "question": "Shall it be?", "pass": [{"set": {"done": "True"}}], "lean": "1"}
    actions = {"table": always(by=["ann", "bob"], when="not done", vote=vote)}
    first, *rest = Game(scenario(institutions={"house": house}, actions=actions)).play()
    assert [(vote.question, vote.sponsors, vote.yes, vote.passed) for vote in first.votes] == [
        ("table", ("ann", "bob"), ("ann", "bob"), True)
    ]
    assert not any(turn.votes for turn in rest)


def test_order_of_actors_and_actions_in_the_file_does_not_change_effects() -> None:
    """The same certain moves lead to the same state however the file is sorted."""
    actions = {
        "up": always(by="ann", effects=[{"add": {"status": "5"}, "set": {"unrest": "3"}}]),
        "down": always(by="bob", effects=[{"add": {"status": "-2"}, "set": {"unrest": "2"}}]),
    }
    actors = {name: {"title": name.title()} for name in ("bob", "ann")}
    one = Game(scenario(actions=actions)).play()
    other = Game(scenario(actions=dict(reversed(actions.items())), actors=actors)).play()
    assert [turn.values for turn in one] == [turn.values for turn in other]
