"""The dispatches of a turn in the order in which a player should read them, each with its weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.play.record import Dispatch, Turn
from engine.scenario.models import Action, Scenario

MAJOR, NOTABLE, MINOR = 3, 2, 1
"""The weights of a dispatch."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A dispatch, its weight (1 to 3), and whether it is colour, which changes nothing."""

    dispatch: Dispatch
    weight: int
    is_colour: bool
    concerns_player: bool
    """Whether the player's side did it or is its target."""


def headlines(scenario: Scenario, turn: Turn, player: str | None = None, is_open: bool = False) -> tuple[Headline, ...]:
    """The dispatches of a turn, the weightiest first and colour last; among equals as they came in.

    The first is the lead story. A player reads only what is known to its side, unless everything lies open.
    """
    read = [news for news in turn.dispatches if is_open or player is None or news.is_known_to(player)]
    found = [_headline(scenario, turn, dispatch, player) for dispatch in read]
    return tuple(sorted(found, key=lambda headline: (headline.is_colour, -headline.weight)))


def _headline(scenario: Scenario, turn: Turn, dispatch: Dispatch, player: str | None) -> Headline:
    concerns = player is not None and (player == dispatch.actor or dispatch.is_directed_at(player))
    if dispatch.kind == "event" and dispatch.known_to is None and is_colour(scenario, dispatch.about):
        return Headline(dispatch, MINOR, True, concerns)
    return Headline(dispatch, max(_weights(scenario, turn, dispatch, player)), False, concerns)


def _weights(scenario: Scenario, turn: Turn, dispatch: Dispatch, player: str | None) -> Iterator[int]:
    """What each rule says of a dispatch; the highest counts."""
    yield MINOR
    # a vote is always news, and one that passes changes the world
    if dispatch.kind == "vote":
        yield MAJOR if _passed(turn, dispatch.about) else NOTABLE
    # so is what a playable side does; a step that can't be taken back most of all
    if dispatch.kind == "move" and dispatch.actor is not None and scenario.actors[dispatch.actor].playable:
        yield MAJOR if is_milestone(scenario.choice(dispatch.about)) else NOTABLE
    # what is done to the player's side matters to the player
    if player is not None and dispatch.is_directed_at(player) and dispatch.kind != "event":
        yield MAJOR
    # a deadline that passes in this turn is news, and so is an event that moves more than a value
    if dispatch.kind == "event" and _is_deadline(scenario, dispatch):
        yield MAJOR
    if dispatch.kind == "event" and _moves_more_than_values(scenario, dispatch.about):
        yield NOTABLE
    if dispatch.kind in ("effect", "ask"):
        yield NOTABLE
    # what few are told is no colour, and on the day for which it is written it comes before all routine
    if dispatch.kind == "event" and dispatch.known_to is not None:
        yield MAJOR if scenario.events[dispatch.about].on == dispatch.date else NOTABLE


def _passed(turn: Turn, question: str) -> bool:
    return any(vote.passed for vote in turn.votes if vote.question == question)


def is_milestone(action: Action) -> bool:
    """Whether an action can be taken only once and sets a flag of the world."""
    return action.once and any("." not in place for effect in action.effects for place in effect.set)


def _is_deadline(scenario: Scenario, dispatch: Dispatch) -> bool:
    return any(entry.deadline and entry.on == dispatch.date for entry in scenario.calendar.values()) and (
        scenario.events[dispatch.about].on == dispatch.date
    )


def is_colour(scenario: Scenario, event: str) -> bool:
    """Whether an event changes nothing in the world."""
    return not any(_places(scenario, event))


def _moves_more_than_values(scenario: Scenario, event: str) -> bool:
    return any(place not in scenario.values for place in _places(scenario, event))


def _places(scenario: Scenario, event: str) -> Iterator[str]:
    """What an event may change, however it turns out."""
    record = scenario.events[event]
    outcomes = [effect for outcome in record.outcomes.values() for effect in outcome.effects]
    for effect in (*record.effects, *outcomes):
        yield from (*effect.add, *effect.set)
