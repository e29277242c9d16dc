"""Who knows what: what is drawn in secret, what is revealed to whom, and what nobody reckons with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.play import Game
from engine.rules import Rules
from engine.rules.options import Option
from engine.scenario.knowledge import Knowledge
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from tests.rules.test_turn import scenario

RUNS = 4_000


FLAGS = {"flags": {"done": "it is done"}, "actor_flags": {"seen": "has seen it"}}


def crisis(effects: list[dict[str, Any]], on: str = "2000-01-08", **keys: Any) -> Scenario:
    """A scenario with a secret flag of Ann's, in which an event of a day has these effects."""
    secrets = {"done": {"known_to": ["ann"]}, "seen": {}}
    events = {"storm": {"title": "Storm", "on": on, "effects": effects}} if effects else {}
    return scenario(**{**FLAGS, "events": events, "secrets": secrets, **keys})


def told(scenario: Scenario, thing: str = "done") -> list[bool]:
    """Whether Bob knows a thing when the second turn opens, and each turn after it, and at the end."""
    game, found = Game(Rules(scenario)), []
    asked = game.rules.reading(game.rules.parser.condition(f"knows.bob.{thing}"))
    while not game.is_over:
        game.step()
        found.append(bool(asked.read(game.world)[0][0]))
    return found


def test_what_is_revealed_is_known_from_the_next_phase_on_for_good() -> None:
    """The event of the third week tells Bob, and nothing makes him forget."""
    assert told(crisis([{"reveal": {"done": "bob"}}], "2000-01-15")) == [False, True, True, True, True]


def test_a_reveal_may_wait_like_any_effect() -> None:
    """In the drift of the pace in which it falls due."""
    assert told(crisis([{"reveal": {"done": "bob"}, "delay": "2w"}])) == [False, False, False, True, True]


def test_what_effects_may_reveal_has_a_row_and_nothing_else_has() -> None:
    """Ann knows the flag from the start; of flags that actors have, each knows its own."""
    rules = Rules(crisis([{"reveal": {"done": "actors", "seen.ann": "actors"}}]))
    rows = [reference for reference in rules.layout.rows if reference.kind == "knows"]
    assert rows == [Reference("knows", "done", "bob"), Reference("knows", "seen.ann", "bob")]
    assert not [row for row in Rules(crisis([{"add": {"status": "1"}}])).layout.rows if row.kind == "knows"]


def test_where_an_actor_stands_is_its_own_where_the_coders_doubt() -> None:
    """A stance without a spread is open to all."""
    stance = {"position": 20.0, "salience": 0.5}
    stances = {"ann": {"status": {**stance, "spread": 5.0}}, "bob": {"status": stance}}
    doubted = Knowledge(crisis([], actors={who: {"title": who, "stances": own} for who, own in stances.items()}))
    assert doubted.holders(Reference("position", "status", "ann")) == frozenset({"ann"})
    assert doubted.holders(Reference("position", "status", "bob")) is None


def test_hidden_types_are_drawn_before_the_first_pace() -> None:
    """A flag by its chance, each actor's by itself, a value by weights; the same draws whatever else is there."""
    secrets = {
        "done": {"chance": 0.3},
        "seen": {"chance": 0.6},
        "heat": {"among": {1.0: 1.0, 3.0: 2.0, 7.0: 1.0}},
    }
    values = {"heat": {"title": "Heat", "start": 0.0, "range": [0, 10]}}
    rules = Rules(crisis([], secrets=secrets, values=values))
    world, rows = rules.open(3, 0, RUNS), rules.layout.rows
    done, ann, bob = (
        world.cells[rows[place]]
        for place in (Reference("flag", "done"), *(Reference("actor_flag", "seen", who) for who in ("ann", "bob")))
    )
    assert done.mean() == pytest.approx(0.3, abs=0.03)
    assert ann.mean() == pytest.approx(0.6, abs=0.03)
    assert np.corrcoef(ann, bob)[0, 1] == pytest.approx(0, abs=0.05)
    heat = world.cells[rows[Reference("value", "heat")]]
    shares = {number: float((heat == number).mean()) for number in (1.0, 3.0, 7.0)}
    assert shares == pytest.approx({1.0: 0.25, 3.0: 0.5, 7.0: 0.25}, abs=0.03)
    since = world.cells[rows[Reference("since_flag", "done")]]
    assert (since == np.where(done == 1.0, 0.0, -1.0)).all()
    alone = Rules(crisis([], secrets={"done": {"chance": 0.3}}, values=values)).open(3, 0, RUNS)
    assert (alone.cells[rows[Reference("flag", "done")]] == done).all()


def test_what_is_unforeseen_takes_place_and_enters_no_gain() -> None:
    """Ann walks into it: what she reckons with is the other effect alone."""
    effects = [{"add": {"status": "1"}}, {"add": {"status": "-40"}, "unforeseen": True}]
    actors = {"ann": {"title": "Ann", "stances": {"status": {"position": 100.0, "salience": 1.0}}}}
    push = {"title": "Push", "by": "ann", "tempo": "1d", "once": True, "appeal": "100"}
    mined, free = (
        Rules(crisis([], actors=actors, actions={"push": {**push, "effects": some}}, secrets={}))
        for some in (effects, effects[:1])
    )
    gains = [
        rules.appraise(rules.open(1)).gain[rules.number_of[Option("ann", "push", None)], 0] for rules in (mined, free)
    ]
    assert gains[0] == gains[1] > 100.0
    assert [Game(rules).play()[-1].values["status"] for rules in (mined, free)] == [11.0, 51.0]
