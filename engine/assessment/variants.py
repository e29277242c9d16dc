"""The scenario made simpler, for baselines that play: nothing moves, or everybody takes its stances at their word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from engine.scenario.models import Ask, Belief, Choice, Effect, Event, Scenario, Vote, Words
from engine.scenario.words.spoken import with_words, without_words

C = TypeVar("C", bound=Choice)

COLDEST = 0.001
"""A temperature at which whoever gains by something does it."""


def frozen(scenario: Scenario) -> Scenario:
    """The same rule in a world in which no issue, value or position ever moves.

    What an act would move is believed to follow, and does not. Flags still go up, so that it is known what was done.
    """
    return scenario.model_copy(
        update={
            "actions": {name: _frozen_choice(scenario, action) for name, action in scenario.actions.items()},
            "asks": {name: _frozen_ask(scenario, ask) for name, ask in scenario.asks.items()},
            "events": {name: _frozen_event(scenario, event) for name, event in scenario.events.items()},
            "dynamics": {},
            "expect": (),
        }
    )


def literal(scenario: Scenario) -> Scenario:
    """The same world in which only stances count, as they are coded.

    Without doubt about positions, without what draws an actor to an act, costs it or leans it to a vote, without words
    between sides, and without chance in what it chooses.
    """
    scenario = without_words(scenario)
    plain = {"appeal": "0", "cost": "0"}
    cold = {"temperature": COLDEST}
    actions = {
        name: action.model_copy(update={**plain, "vote": action.vote and action.vote.model_copy(update={"lean": "0"})})
        for name, action in scenario.actions.items()
    }
    asks = {
        name: ask.model_copy(
            update={**cold, "answers": {key: answer.model_copy(update=plain) for key, answer in ask.answers.items()}}
        )
        for name, ask in scenario.asks.items()
    }
    actors = {
        name: actor.model_copy(
            update={
                **cold,
                "stances": {key: stance.model_copy(update={"spread": 0.0}) for key, stance in actor.stances.items()},
            }
        )
        for name, actor in scenario.actors.items()
    }
    bodies = {name: body.model_copy(update=cold) for name, body in scenario.institutions.items()}
    changes = {"actions": actions, "asks": asks, "actors": actors, "institutions": bodies, "expect": (), **cold}
    silent = (scenario.words or Words()).model_copy(update={"spoken": False})
    return with_words(scenario.model_copy(update={**changes, "words": silent}))


def _frozen_choice(scenario: Scenario, choice: C) -> C:
    changes = {
        "effects": _flags_only(scenario, choice.effects),
        "expects": (*choice.expects, *_believed(scenario, choice.effects)),
    }
    vote: Vote | None = getattr(choice, "vote", None)
    if vote is not None:
        changes["vote"] = vote.model_copy(  # type: ignore[assignment]  # the fields of a choice differ in kind
            update={
                "passes": _flags_only(scenario, vote.passes),
                "fails": _flags_only(scenario, vote.fails),
                "pass_expects": (*vote.pass_expects, *_believed(scenario, vote.passes)),
                "fail_expects": (*vote.fail_expects, *_believed(scenario, vote.fails)),
            }
        )
    return choice.model_copy(update=changes)


def _frozen_ask(scenario: Scenario, ask: Ask) -> Ask:
    answers = {name: _frozen_choice(scenario, answer) for name, answer in ask.answers.items()}
    return ask.model_copy(update={"answers": answers})


def _frozen_event(scenario: Scenario, event: Event) -> Event:
    outcomes = {
        name: outcome.model_copy(update={"effects": _flags_only(scenario, outcome.effects)})
        for name, outcome in event.outcomes.items()
    }
    return event.model_copy(update={"effects": _flags_only(scenario, event.effects), "outcomes": outcomes})


def _flags_only(scenario: Scenario, effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """The effects without what they move; none that is left with nothing."""
    kept = []
    for effect in effects:
        flags = {place: to for place, to in effect.set.items() if not _moves(scenario, place)}
        if flags or effect.ask or effect.reveal:
            kept.append(effect.model_copy(update={"add": {}, "set": flags}))
    return tuple(kept)


def _believed(scenario: Scenario, effects: Iterable[Effect]) -> list[Belief]:
    """What they move of the issues, as beliefs."""
    found = []
    for effect in effects:
        adds = {place: by for place, by in effect.add.items() if place in scenario.issues}
        sets = {place: to for place, to in effect.set.items() if place in scenario.issues}
        if (adds or sets) and not effect.unforeseen:
            found.append(Belief.model_construct(when=effect.when, chance=effect.chance, add=adds, set=sets))
    return found


def _moves(scenario: Scenario, place: str) -> bool:
    return place in scenario.issues or place in scenario.values or "position" in place.split(".")
