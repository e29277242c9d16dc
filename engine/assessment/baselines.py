"""Forecasts that know little, against which the rule has to show what it is worth."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.assessment.questions import DAY, RANK, VALUE, Calendar, Question
from engine.assessment.scores import Distribution
from engine.assessment.variants import frozen, literal
from engine.batch.design.outcomes import Outcome, OutcomeWatch
from engine.rules import Rules
from engine.scenario.models import Scenario

EVER = 0.5
"""The chance that something ever comes about, of which nothing is known."""

LONGEST_VALUES = 201
"""Points at equal distances that stand for a number that may be anything between two bounds."""


@dataclass(frozen=True)
class Played:
    """A baseline that plays: a variant of the scenario, and a policy for everybody, or the rule."""

    name: str
    title: str
    variant: Callable[[Scenario], Scenario]
    policy: str | None


@dataclass(frozen=True)
class Reckoned:
    """A baseline that follows from the question alone."""

    name: str
    title: str
    forecast: Callable[[Question, Calendar], Distribution]


def uniform(question: Question, calendar: Calendar) -> Distribution:
    """Everything alike: a number anywhere in its range, any ballot, a first day on any pace of the calendar.

    Of a day it is taken for granted that it comes, which is hard to beat where it did; of a yes or no by a day, and of
    an order, the odds are even that it ever does.
    """
    if question.kind == DAY:
        return Distribution.evenly(calendar.days)
    if question.kind == VALUE:
        return Distribution.evenly(np.linspace(*question.bounds, LONGEST_VALUES))
    low, high = question.bounds
    if question.between is not None:
        lower, upper = max(low, question.between[0]), min(high, question.between[1])
        return Distribution.of_chance(max(0.0, upper - lower) / (high - low) if high > low else 1.0)
    if question.kind == RANK and not question.label:
        return _uniform_order(question, calendar)
    return (
        Distribution.evenly((0.0, 1.0, 2.0))
        if question.kind == RANK
        else Distribution.of_chance(EVER * question.elapsed)
    )


def _uniform_order(question: Question, calendar: Calendar) -> Distribution:
    """Two days drawn alike: both after the day until which it is asked, or never, or on one day, is neither."""
    by_then, paces = EVER * question.elapsed, question.elapsed * len(calendar.days)
    neither = (1.0 - by_then) ** 2 + by_then**2 / paces
    half = (1.0 - neither) / 2.0
    return Distribution(np.array([0.0, 1.0, 2.0]), np.array([half, neither, half]))


def position(question: Question, calendar: Calendar) -> Distribution:
    """The coded position through a logistic; what no target says is about positions, uniformly.

    The chance of doing it is 1 / (1 + exp(-d)), where d is by how many tenths of the scale the position lies on the
    side that speaks for it. Of a ballot, what is left is shared by abstention and no in the same way.
    """
    if question.position is None:
        return uniform(question, calendar)
    chance = 1.0 / (1.0 + math.exp(-question.position))
    if question.kind != RANK:
        return Distribution.of_chance(chance)
    return Distribution(np.array([0.0, 1.0, 2.0]), np.array([(1 - chance) ** 2, chance * (1 - chance), chance]))


class StatusQuo:
    """Nothing changes: what holds as the story opens holds, what does not never will, and members abstain."""

    def __init__(self, scenario: Scenario) -> None:
        self._rules = Rules(scenario)
        self._world = self._rules.open(0)

    def forecast(self, question: Question, calendar: Calendar) -> Distribution:
        """What the world is as the story opens."""
        if question.kind == RANK:
            return _certain(1.0)
        asked = question.outcomes[0]
        now = self._now(asked)
        if question.kind == VALUE:
            return _certain(now)
        if question.kind == DAY:
            return _certain(0.0 if now else calendar.end)
        if question.between is not None:
            return Distribution.of_chance(float(question.between[0] <= now <= question.between[1]))
        return Distribution.of_chance(float(now))

    def _now(self, outcome: Outcome) -> float:
        watch = OutcomeWatch(self._rules, {"now": Outcome(at_end=outcome.text)})
        return float(watch.values(self._world)["now"][0])


def _certain(value: float) -> Distribution:
    return Distribution(np.array([value]), np.array([1.0]))


def as_it_is(scenario: Scenario) -> Scenario:
    """The scenario itself."""
    return scenario


def reckoned(scenario: Scenario) -> Sequence[Reckoned]:
    """The baselines that play nothing."""
    return (
        Reckoned("uniform", "uniform over the calendar", uniform),
        Reckoned("status_quo", "nothing changes", StatusQuo(scenario).forecast),
        Reckoned("position", "coded position through a logistic", position),
    )


PLAYED = (
    Played("literal", "each does what it said", literal, "greedy"),
    Played("frozen", "the rule in a world that stands still", frozen, None),
    Played("random", "everybody plays at random", as_it_is, "random"),
)
"""The baselines that play."""

NAMES = ("uniform", "status_quo", "literal", "position", "frozen", "random")
"""All baselines, in the order in which they are told."""
