"""What words bring into a scenario: whole entries, and what is added to actions that are there."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.scenario.models import Action, Ask, Effect, Event, Scenario, Secret, Words
from engine.scenario.models.state import Value
from engine.scenario.words.exchanges import trust_value

USUAL = Words.model_construct()
"""What a word is worth where a scenario does not say."""


@dataclass
class Spoken:
    """What words bring, part by part."""

    flags: dict[str, str] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    actor_flags: dict[str, str] = field(default_factory=dict)
    asks: dict[str, Ask] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    appeals: dict[str, dict[str, str]] = field(default_factory=dict)
    costs: dict[str, dict[str, str]] = field(default_factory=dict)
    leans: dict[str, dict[str, str]] = field(default_factory=dict)
    effects: dict[str, tuple[Effect, ...]] = field(default_factory=dict)
    readers: dict[str, set[str]] = field(default_factory=dict)
    """Who decides by how far somebody is trusted, by the name of the value."""

    ENTRIES = ("flags", "values", "actor_flags", "secrets", "actions", "asks", "events")

    @property
    def touched(self) -> tuple[str, ...]:
        """The actions to which something is added."""
        return tuple(dict.fromkeys((*self.effects, *self.leans)))

    def trust(self, scenario: Scenario, words: Words, who: str, whose: str, readers: Iterable[str]) -> str:
        """The value that says how far a side trusts another's word, by which some decide."""
        name = trust_value(who, whose)
        title = f"How far {scenario.in_text(who)} trusts the word of {scenario.in_text(whose)}"
        self.values[name] = Value(title=title, start=words.trust_of(who, whose), range=(0.0, 1.0))
        self.readers.setdefault(name, set()).update(readers)
        return name

    def hide_trust(self, scenario: Scenario, secret: Iterable[tuple[str, str]]) -> None:
        """What moves in secret is known to those alone who decide by it."""
        for who, whose in secret:
            name = trust_value(who, whose)
            self.secrets[name] = Secret(known_to=tuple(a for a in scenario.actors if a in self.readers[name]))

    def add_effect(self, act: str, effect: Effect) -> None:
        """Something that an act of somebody's own does besides."""
        self.effects[act] = (*self.effects.get(act, ()), effect)


def haste_of(scenario: Scenario, actor: str, act: str, within: float) -> float:
    """What draws to an act that is due: who neither gains nor loses by it waits for a quarter of the time it has."""
    loose = scenario.actors[actor].temperature or scenario.temperature
    return float(loose) * math.log(4 * scenario.actions[act].tempo / within)


def opening(scenario: Scenario, actor: str) -> str:
    """An actor's name at the head of a sentence: "The Soviet Union"."""
    name = scenario.in_text(actor)
    return name[:1].upper() + name[1:]
