"""Bargaining tables with known solutions: what each form of loss makes of them.

Black's median voter (1948), Fearon's range of deals that both prefer to war (1995), Nash's solution within it (1950).
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest

from engine.rules import Rules
from engine.rules.layout import Layout
from engine.scenario.names import Reference
from tests.rules.test_turn import scenario

MEDIAN, MEMBERS = 40.0, {"a": 10.0, "b": 25.0, "c": 40.0, "d": 70.0, "e": 90.0}
"""Five members and the one in the middle."""

FORMS: dict[str, Any] = {
    "absolute": "absolute",
    "quadratic": "quadratic",
    "gaussian": {"form": "gaussian", "width": 0.5},
    "zone": {"zone": 0.1},
    "reserve": {"reserve": 0.5, "steeper": 4.0},
}

EVEN, COST = 0.5, 0.1
"""The chance that the first side wins a war, and what a war costs each side."""


def standing(positions: dict[str, float]) -> dict[str, Any]:
    """Actors who stand there and care for nothing else."""
    stances = {name: {"status": {"position": at, "salience": 1.0}} for name, at in positions.items()}
    return {name: {"title": name.title(), "temperature": 0.001, "stances": own} for name, own in stances.items()}


def row(layout: Layout, kind: str, name: str, who: str = "") -> int:
    """Where something stands in the state."""
    return layout.rows[Reference(kind, name, who)]


def committee(form: str, **keys: Any) -> Rules:
    """A house that decides by majority whether the world goes where `offer` says."""
    vote = {"in": "house", "question": "There?", "pass": [{"set": {"status": "offer"}}]}
    house = {"title": "House", "seats": [{"actor": name} for name in MEMBERS], "pass": {"yes": 3}, "threshold": 0.0}
    return Rules(
        scenario(
            loss=FORMS[form],
            actors=standing(MEMBERS),
            values={"offer": {"title": "Offer", "start": 0.0, "range": (0.0, 100.0)}},
            institutions={"house": house},
            actions={"table": {"title": "Table", "by": "c", "tempo": "1d", "vote": vote}},
            **keys,
        )
    )


@pytest.mark.parametrize("form", ["absolute", "quadratic", "gaussian", "reserve"])
def test_the_median_voter_decides(form: str) -> None:
    """A proposal passes against the status quo if and only if it is nearer to the member in the middle."""
    rules = committee(form)
    pairs = [(now, to) for now in range(0, 101, 9) for to in range(0, 101, 7) if abs(now - 40) != abs(to - 40)]
    world = rules.open(1, runs=len(pairs))
    world.cells[row(rules.layout, "issue", "status")] = [now for now, _ in pairs]
    world.cells[row(rules.layout, "value", "offer")] = [to for _, to in pairs]
    chances = rules.passing(world, rules.questions[0])
    wanted = [abs(to - MEDIAN) < abs(now - MEDIAN) for now, to in pairs]
    sure = np.abs(chances - 0.5) > 0.49
    assert list(chances[sure] > 0.5) == [one for one, is_sure in zip(wanted, sure, strict=True) if is_sure]
    assert sure.mean() > 0.9


@pytest.mark.parametrize("form", ["absolute", "quadratic", "gaussian", "reserve"])
def test_proposals_come_to_rest_at_the_median(form: str) -> None:
    """Whatever is proposed by chance, week after week, the world ends where the member in the middle wants it."""
    storm = {
        "title": "A mood",
        "chance_per_week": "1",
        "outcomes": {f"at_{to}": {"title": "It", "effects": [{"set": {"offer": str(to)}}]} for to in range(0, 101, 20)},
    }
    rules = committee(form, end="2000-12-31", events={"mood": storm})
    world = rules.open(1, runs=64)
    rules.finish(world)
    assert set(world.cells[row(rules.layout, "issue", "status")]) == {40.0}


def table(form: str, ideals: tuple[float, float], spoils: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """What each side gains by a deal over a war, by the place of the deal: two arrays over 0, 0.25 ... 100.

    A war brings the world to the first of the spoils, or to the second, where the first side wins; both pay for it.
    """
    war = [{"set": {"status": str(spoils[0])}}, {"set": {"status": str(spoils[1])}, "chance": str(EVEN)}]
    both = {"by": ["ann", "bob"], "tempo": "1w"}
    rules = Rules(
        scenario(
            loss=FORMS[form],
            actors=standing({"ann": ideals[0], "bob": ideals[1]}),
            values={"offer": {"title": "Offer", "start": 0.0, "range": (0.0, 100.0)}},
            actions={
                "deal": {"title": "Deal", "effects": [{"set": {"status": "offer"}}], **both},
                "war": {"title": "War", "effects": war, "cost": {"of war": str(COST)}, **both},
            },
        )
    )
    world = rules.open(1, runs=401)
    world.cells[row(rules.layout, "value", "offer")] = np.linspace(0.0, 100.0, 401)
    gain = rules.appraise(world).gain
    by_option = {(option.actor, option.action): gain[number] for number, option in enumerate(rules.options)}
    first, second = (by_option[side, "deal"] - by_option[side, "war"] for side in ("ann", "bob"))
    return first, second


def bargaining_range(form: str, ideals: tuple[float, float], spoils: tuple[float, float]) -> tuple[float, float]:
    """The deals that both prefer to war: the lowest and the highest place."""
    first, second = table(form, ideals, spoils)
    agreed = np.flatnonzero((first >= 0) & (second >= 0)) / 4
    return float(agreed.min()), float(agreed.max())


WHOLE = {
    "absolute": (100 * (EVEN - COST), 100 * (EVEN + COST)),
    "quadratic": (100 * (1 - sqrt(1 - EVEN + COST)), 100 * sqrt(EVEN + COST)),
    "zone": (100 * (0.9 - 0.9 * (1 - EVEN) - COST), 100 * (0.1 + 0.9 * EVEN + COST)),
    "reserve": (100 * (1 - (1.5 + 2.5 * EVEN + COST) / 4), 100 * (1.5 + 2.5 * EVEN + COST) / 4),
}
"""Fearon's range between ideals at the ends of the scale that a war may reach: p - c to p + c where loss is linear."""


@pytest.mark.parametrize("form", WHOLE)
def test_the_range_of_deals_is_that_of_the_formula(form: str) -> None:
    """To a quarter of a point; whoever is averse to risk accepts more."""
    found = bargaining_range(form, (100.0, 0.0), (0.0, 100.0))
    assert found == pytest.approx(WHOLE[form], abs=0.25)


def test_the_solution_within_the_range_is_nashs() -> None:
    """The deal of the largest product is in the middle where both are alike, under each form."""
    for form in FORMS:
        first, second = table(form, (100.0, 0.0), (0.0, 100.0))
        products = np.where((first > 0) & (second > 0), first * second, 0.0)
        best = np.flatnonzero(products >= products.max() * (1 - 1e-9)) / 4
        assert (best.min() + best.max()) / 2 == pytest.approx(50.0)


def test_who_feels_where_a_position_lies() -> None:
    """Of a bargain far from its wish (20 to 60, wish at 100 or 90) a side makes no less of it where loss is linear.

    The least that it accepts falls by 1.75 points where loss is quadratic, by 3.75 with a reservation point.
    """
    found = {}
    for form in FORMS:
        least = [bargaining_range(form, (ideal, 0.0), (20.0, 60.0))[0] for ideal in (100.0, 90.0)]
        found[form] = least[0] - least[1]
    assert found["absolute"] == found["zone"] == 0.0
    assert found["quadratic"] == pytest.approx(1.75, abs=0.26)
    assert found["reserve"] == pytest.approx(3.75, abs=0.26)
    assert found["gaussian"] > 0.0
