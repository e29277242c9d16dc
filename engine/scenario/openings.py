"""What each part of a scenario's state is when a story opens, and what it is held to."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions import ranges
from engine.expressions.ranges import Range
from engine.scenario.doubts import ends_of
from engine.scenario.knowledge import Knowledge, drawn_secrets, has_doubt
from engine.scenario.models import Scenario
from engine.scenario.names import Reference, coded_position, scale_of


def exactly(number: float) -> Range:
    """The interval of one number."""
    return number, number


def certain(truth: bool) -> Range:
    """The interval of a yes/no that is known."""
    return exactly(float(truth))


def opening(scenario: Scenario) -> Iterator[tuple[Reference, Range]]:
    """What each part of the state may be when the scenario opens."""
    for name, issue in scenario.issues.items():
        yield Reference("issue", name), ends_of(issue.start)
        for actor, record in scenario.actors.items():
            stance = record.stances.get(name)
            is_drawn = stance is not None and has_doubt(stance)
            position = coded_position(scenario, actor, name)
            yield Reference("position", name, actor), scale_of(scenario, name) if is_drawn else ends_of(position)
    yield from ((Reference("value", name), ends_of(value.start)) for name, value in scenario.values.items())
    yield from ((flag, ranges.NEVER) for flag in all_flags(scenario))
    for place, secret in drawn_secrets(scenario):
        yield place, ranges.MAYBE if secret.chance is not None else (min(secret.among), max(secret.among))


def declared(scenario: Scenario) -> Iterator[tuple[Reference, Range]]:
    """What each part of the state is held to."""
    for name in scenario.issues:
        yield Reference("issue", name), scale_of(scenario, name)
        yield from ((Reference("position", name, actor), scale_of(scenario, name)) for actor in scenario.actors)
    yield from ((Reference("value", name), value.range) for name, value in scenario.values.items())
    yield from ((flag, ranges.MAYBE) for flag in all_flags(scenario))


def all_flags(scenario: Scenario) -> Iterator[Reference]:
    """Every flag of the world and of each actor, whether each actor is asked each question, and what each may learn."""
    yield from (Reference("flag", name) for name in scenario.flags)
    yield from (Reference("actor_flag", name, actor) for name in scenario.actor_flags for actor in scenario.actors)
    yield from (Reference("asked", name, actor) for name in scenario.asks for actor in scenario.actors)
    learned = Knowledge(scenario).revealed
    yield from (Reference("knows", thing, actor) for thing, actors in learned.items() for actor in actors)
