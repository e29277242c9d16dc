"""Moves as they are written down in advance: when, and what; in experiments and in scripted tests."""

from __future__ import annotations

import datetime as dt
import re
from typing import get_args

from engine.prose import counted
from engine.scenario.fields import MOMENT, PolicyName
from engine.scenario.models import Action, Scenario
from engine.scenario.problems import listed, quoted
from engine.scenario.spelling import instead

POLICIES: tuple[str, ...] = get_args(PolicyName)
"""Policies that have a name wherever moves are written down."""

Move = tuple[str, str | None]
"""An action, and at whom it is directed."""


class OrderError(ValueError):
    """An order that can't be given; says why in a sentence."""


def pace_of(scenario: Scenario, when: object) -> int:
    """The pace in which something is to be done: a turn's first, or that of a day or moment. Raises OrderError."""
    tick, timeline = _pace(scenario, when), scenario.timeline
    if not 0 <= tick < timeline.paces:
        last = timeline.day_of(timeline.paces - 1)
        raise OrderError(
            f"{when} is outside the story, which has turns 0 to {scenario.turns - 1}, {scenario.start} to {last}"
        )
    return tick


def paces_before(scenario: Scenario, when: object) -> int:
    """How many paces have ended on a day, at a moment, or after a number of turns. Raises :class:`OrderError`."""
    timeline = scenario.timeline
    ticks = _pace(scenario, when)
    if isinstance(when, int) and 0 <= when <= scenario.turns:
        ticks = min(ticks, timeline.paces)
    if not 0 <= ticks <= timeline.paces:
        end = timeline.day_of(timeline.paces)
        raise OrderError(
            f"{when} is outside the story, which begins on {scenario.start} and has ended on {end}, "
            f"after {scenario.turns} turns"
        )
    return ticks


def _pace(scenario: Scenario, when: object) -> int:
    if isinstance(when, int):
        return when * scenario.timeline.paces_per_turn
    moment = moment_in(when) if isinstance(when, str) else None
    if moment is not None:
        return scenario.timeline.pace_of(moment)
    if isinstance(when, str) and re.fullmatch(MOMENT, when):
        raise OrderError(f"{quoted(when)} is no day of the calendar")
    raise OrderError(f"a turn is a number or a date such as 2007-12-10, not {quoted(when)}")


def moment_in(text: str) -> dt.datetime | None:
    """The moment that is written ``2007-12-10`` or ``2007-12-10 18:00``; None where there is none such."""
    if not re.fullmatch(MOMENT, text):
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def moment_in_words(moment: dt.datetime) -> str:
    """A moment as it is written: a day where it is the first of one."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment.time() != dt.time() else f"{moment:%Y-%m-%d}"


def called(scenario: Scenario, tick: int) -> str:
    """What a pace is called: its turn where one opens with it, else its day."""
    timeline = scenario.timeline
    return f"turn {timeline.turn_at(tick)}" if timeline.opens_turn(tick) else moment_in_words(timeline.moment_of(tick))


class OrderBook:
    """The orders of one seat as they come in: one a pace, no more moves in a turn than allowed, or a policy alone."""

    def __init__(self, scenario: Scenario, actor: str) -> None:
        self.scenario, self.actor = scenario, actor
        self.moves: dict[int, list[int]] = {}
        """By turn, the paces for which moves are ordered."""
        self.policies: set[int] = set()
        """Turns for which a policy is named."""

    def enter(self, tick: int, order: object) -> int:
        """The pace at which an order is followed: of a policy, which is asked once a turn, the first of its turn.

        Raises :class:`OrderError`.
        """
        timeline = self.scenario.timeline
        turn = timeline.turn_at(tick)
        moves = self.moves.setdefault(turn, [])
        if turn in self.policies or tick in moves or (isinstance(order, str) and moves):
            told = called(self.scenario, tick) if tick in moves else f"turn {turn}"
            raise OrderError(f"{told} has an order already")
        if isinstance(order, str):
            self.policies.add(turn)
            return timeline.paces_of(turn).start
        most = self.scenario.moves_per_turn
        if len(moves) == most:
            raise OrderError(f"a seat may make {counted(most, 'move')} a turn, and turn {turn} has so many")
        moves.append(tick)
        return tick


def move_of(scenario: Scenario, actor: str, what: str) -> Move | str:
    """A move of an actor, or the name of a policy. Raises :class:`OrderError`."""
    if what in POLICIES:
        return what
    name, colon, target = what.partition(":")
    mine = {key: action for key, action in scenario.choices.items() if actor in scenario.members(action.by)}
    if name not in mine:
        hint = instead(name, [*mine, *POLICIES], f"it has {listed(mine)}")
        raise OrderError(f"{actor} has no action {quoted(name)}{hint}")
    return name, target_of(scenario, mine[name], actor, target if colon else None)


def target_of(scenario: Scenario, action: Action, actor: str, target: str | None) -> str | None:
    """At whom an ordered action is directed. Raises :class:`OrderError`."""
    if action.one_of is None:
        if target is not None:
            raise OrderError(f"{quoted(action.title)} is directed at nobody: write it without {quoted(target)}")
        return None
    possible = [name for name in scenario.members(action.one_of) if name != actor]
    if target not in possible:
        said = "needs a target, after a colon" if target is None else f"can't be directed at {quoted(target)}"
        hint = instead(target or "", possible, f"it may be {listed(possible, last='or')}")
        raise OrderError(f"{quoted(action.title)} {said}{hint}")
    return target


def questions(scenario: Scenario) -> list[str]:
    """What members may be told how to vote on: actions that table a question, and each of their targets."""
    found: list[str] = []
    for name, action in scenario.actions.items():
        if action.vote is not None:
            targets = scenario.members(action.one_of) if action.one_of is not None else ()
            found += [name, *(f"{name}:{target}" for target in targets)]
    return found
