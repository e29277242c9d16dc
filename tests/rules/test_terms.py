"""Appeals, costs and leans of several parts: each is a term by its name, they are summed, and may read stances."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.play.wording import reason_in_words
from engine.rules import Rules
from engine.rules.options import Option
from engine.scenario.changes import changes
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from tests.rules.test_turn import scenario
from tests.scenario.minimal import check, replaced

COSTS = {"not in company": "0.25 * (not done)", "far from its wish": "abs(self.position.status - status) / 100"}
STANCE = {"position": 80.0, "salience": 1.0}


def act(**keys: Any) -> dict[str, Any]:
    """An act of Ann that moves nothing."""
    return {"title": "Act", "by": "ann", "tempo": "1w", "effects": [{"add": {"unrest": "1"}}], **keys}


def crisis(position: float = 80.0, **keys: Any) -> Scenario:
    """A scenario in which Ann, who stands somewhere on status, may act."""
    actors = {"ann": {"title": "Ann", "stances": {"status": {**STANCE, "position": position}}}, "bob": {"title": "Bob"}}
    return scenario(actors=actors, **keys)


def test_each_part_is_a_term_by_its_name() -> None:
    """A cost takes away, an appeal adds; what is written as 0 is no term."""
    rules = Rules(crisis(actions={"act": act(cost=COSTS, appeal={"for honour": "0.5", "for nothing": "0"})}))
    account = rules.account(rules.open(1), Option("ann", "act"))
    wanted = {"appeal.for honour": 0.5, "cost.not in company": -0.25, "cost.far from its wish": -0.3}
    assert account.terms == pytest.approx(wanted)
    assert list(account.terms) == list(wanted)
    told = [reason_in_words(rules.scenario, name) for name in account.terms]
    assert told == ["for honour", "not in company", "far from its wish"]


def test_parts_are_summed() -> None:
    """The gain of the option is the sum, to the bit that one cost after the other gives."""
    rules = Rules(crisis(actions={"act": act(cost={"one": "0.1", "two": "0.2"}, appeal={"a": "0.7", "b": "0.3"})}))
    world = rules.open(1, runs=4)
    gain = rules.appraise(world).gain
    assert np.all(gain == (0.0 + 0.7 + 0.3 - 0.1) - 0.2)
    assert rules.account(rules.open(1), Option("ann", "act")).gain == gain[0, 0]


def test_a_part_may_hang_on_a_stance() -> None:
    """Who stands farther away pays more, and moves less."""
    rates = []
    for position in (55.0, 95.0):
        rules = Rules(crisis(position, actions={"act": act(cost=COSTS)}))
        rates.append(float(rules.appraise(rules.open(1)).rates[0, 0]))
    assert rates[0] > rates[1] * np.exp(0.35 / 0.05)


def test_leans_are_terms_too() -> None:
    """Each part of a lean is a reason of every member, by its name."""
    seats = [{"actor": "ann"}, {"actor": "bob"}]
    vote = {
        "in": "house",
        "question": "Shall it be?",
        "pass": [{"set": {"done": "True"}}],
        "lean": {"law": "0.25", "own wish": "self.position.status / 100"},
    }
    bodies = {"house": {"title": "House", "seats": seats, "pass": {"majority": True}}}
    rules = Rules(crisis(actions={"act": act(vote=vote)}, institutions=bodies))
    world, (question,) = rules.open(1), rules.questions
    reasons = rules.reasons(world, question)
    assert {name: list(amount[:, 0]) for name, amount in reasons.items()} == {
        "lean.law": [0.25, 0.25],
        "lean.own wish": [0.8, 0.5],
    }
    assert list(rules.leaning(world, question).gain[:, 0]) == pytest.approx([1.05, 0.75])


def test_one_part_can_be_set_by_its_path() -> None:
    """By its words, as they stand; what is above it is no single value."""
    before = crisis(actions={"act": act(cost=COSTS)})
    after = with_settings(before, {"actions.act.cost.not in company": 0.75})
    assert after.actions["act"].costs == {
        "cost.not in company": "0.75",
        "cost.far from its wish": COSTS["far from its wish"],
    }
    (change,) = changes(before, after)
    assert change.path == ("actions", "act", "cost", "not in company")


WRONG = [
    ("    cost: {in company: 0.1, alone: nowhere}\n", "E203", "actions.recognise.cost.alone"),
    ("    cost: {}\n", "E109", "actions.recognise.cost"),
    ("    cost: {in company: [1, 2]}\n", "E103", "actions.recognise.cost.in company"),
    ("    cost: [0.1, 0.2]\n", "E103", "actions.recognise.cost"),
    ("    appeal: {a great deal: 5}\n", "I317", "actions.recognise.appeal.a great deal"),
    ("    cost: {a present: -0.2}\n", "I317", "actions.recognise.cost.a present"),
]


@pytest.mark.parametrize(("written", "code", "where"), WRONG)
def test_a_mistake_in_a_part_is_told_where_it_stands(tmp_path: Path, written: str, code: str, where: str) -> None:
    """By the words of the part, in its line."""
    found = check(tmp_path, replaced("    tempo: 4w\n", "    tempo: 4w\n" + written)).problems
    assert [problem.where for problem in found if problem.code == code] == [where]
