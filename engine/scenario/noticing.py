"""What is noticed by chance: a secret that may be noticed brings an event for each of those who may notice it."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

from engine.scenario.knowledge import Knowledge
from engine.scenario.models import Effect, Event, Scenario
from engine.scenario.names import Reference, thing_of

LONGEST = 60
"""Letters that the name of an event has at most."""

TITLE = 120
"""Letters that its title has at most."""


def with_notices(scenario: Scenario) -> Scenario:
    """A scenario with the events by which its secrets are noticed, behind its own."""
    found = notices_of(scenario)
    return scenario.model_copy(update={"events": {**scenario.events, **found}}) if found else scenario


def without_notices(scenario: Scenario) -> Scenario:
    """The same without them, as it was written."""
    found = notices_of(scenario)
    own = {name: event for name, event in scenario.events.items() if found.get(name) != event}
    return scenario.model_copy(update={"events": own}) if found else scenario


def notices_of(scenario: Scenario) -> Mapping[str, Event]:
    """By their names, the events by which those learn of secrets by chance who don't know them."""
    found = Knowledge(scenario).noticing()
    return {name_of(place, actor): _event(scenario, place, actor, chance) for place, actor, chance in found}


def name_of(place: Reference, actor: str) -> str:
    """What the event is called by which an actor notices something."""
    return f"{actor}_notices_{thing_of(place).replace('.', '_')}"[:LONGEST]


def _event(scenario: Scenario, place: Reference, actor: str, chance: float) -> Event:
    thing = thing_of(place)
    is_so = "" if place.kind == "value" else f"{thing} and "
    title = f"{scenario.actors[actor].title} notices: {_words(scenario, place)}"
    return Event(
        title=shorten(title, TITLE, placeholder=" ..."),
        when=f"{is_so}not knows.{actor}.{thing}",
        chance_per_week=repr(1.0 - (1.0 - chance) ** 7),
        effects=(Effect(reveal={thing: (actor,)}),),
        known_to=(actor,),
        assumed=scenario.secrets[place.id].assumed,
        evidence=scenario.secrets[place.id].evidence,
    )


def _words(scenario: Scenario, place: Reference) -> str:
    if place.kind == "value":
        return scenario.values[place.id].title
    if place.kind == "flag":
        return scenario.flags[place.id]
    return f"{scenario.actors[place.who].title} {scenario.actor_flags[place.id]}"
