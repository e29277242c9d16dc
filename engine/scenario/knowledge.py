"""Who knows what of the state: what is open to all, what somebody always knows, and what effects may reveal to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from engine.scenario.doubts import ends_of
from engine.scenario.models import Effect, Scenario, Secret, Stance
from engine.scenario.names import SELF, TARGET, Reference, find_places, named_actors, thing_of
from engine.scenario.walk import change_lists, choices

Parts = Mapping[str, tuple[str, ...]]
"""Whom ``self`` and ``target`` may mean."""


class Knowledge:
    """The knowledge that a scenario gives to its actors."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def holders(self, place: Reference) -> frozenset[str] | None:
        """Who knows something of the state from the start and always; None where everybody does.

        A secret is known to whom it names, and a flag that actors have to the one whose it is besides; where an actor
        stands, to itself, unless the coders had no doubt; that a question stands, to the one who is asked and to those
        who learn that it is asked; a day of the calendar, to those who see it coming.
        """
        match place.kind:
            case "flag" | "value" | "since_flag":
                return self._told(place.id)
            case "actor_flag" | "since_actor_flag":
                told = self._told(place.id)
                return None if told is None else told | {place.who}
            case "position":
                stance = self.scenario.actors[place.who].stances.get(place.id)
                return frozenset({place.who}) if stance is not None and has_doubt(stance) else None
            case "asked":
                known_to = self.scenario.asks[place.id].known_to
                return None if known_to is None else frozenset({*self.scenario.members(known_to), place.who})
            case "entry" | "since_entry":
                known_to = self.scenario.calendar[place.id].known_to
                return None if known_to is None else frozenset(self.scenario.members(known_to))
        return None

    def knows(self, actor: str, place: Reference) -> bool:
        """Whether an actor knows something of the state from the start and always."""
        holders = self.holders(place)
        return holders is None or actor in holders

    @cached_property
    def is_open(self) -> bool:
        """Whether everybody knows everything, so that nothing can be found out."""
        s = self.scenario
        doubted = any(has_doubt(stance) for actor in s.actors.values() for stance in actor.stances.values())
        told = [one.known_to for some in (s.asks, s.calendar) for one in some.values()]
        return not (s.secrets or doubted or any(known_to is not None for known_to in told))

    @cached_property
    def revealed(self) -> Mapping[str, tuple[str, ...]]:
        """By what effects may reveal or somebody notice, in the order of the state, those who may learn it that way."""
        learned: dict[str, set[str]] = {}
        for effect, scopes, parts in self._revealing():
            for name, who in effect.reveal.items():
                for place in self.places(name, scopes, parts):
                    knowers = {actor for actor in self.learners(who, parts) if not self.knows(actor, place)}
                    learned.setdefault(thing_of(place), set()).update(knowers)
        for place, actor, _chance in self.noticing():
            learned.setdefault(thing_of(place), set()).add(actor)
        return {
            thing: tuple(actor for actor in self.scenario.actors if actor in learned[thing])
            for thing in (map(thing_of, self.state()) if learned else ())
            if learned.get(thing)
        }

    def noticing(self) -> Iterator[tuple[Reference, str, float]]:
        """Every secret that somebody may notice who does not know it, who, and how likely that is on a day (0..1)."""
        for place in self.state():
            secret = self.scenario.secrets.get(place.id) if place.kind != "position" else None
            for who, chance in secret.noticed.items() if secret else ():
                watchers = (actor for actor in self.scenario.members((who,)) if not self.knows(actor, place))
                yield from ((place, actor, chance) for actor in watchers)

    def places(self, name: str, scopes: frozenset[str], parts: Parts) -> Iterator[Reference]:
        """What an effect reveals under a name, for everybody whom ``self`` and ``target`` may mean."""
        found = find_places(self.scenario, scopes, name)
        for place in found.references if found else ():
            yield from (Reference(place.kind, place.id, who) for who in parts.get(place.who, (place.who,)))

    def learners(self, who: tuple[str, ...], parts: Parts) -> tuple[str, ...]:
        """The actors that a list of them, of groups, of ``self`` and ``target`` stands for."""
        named = [actor for word in who for actor in parts.get(word) or named_actors(self.scenario, word)]
        return tuple(dict.fromkeys(named))

    def state(self) -> Iterator[Reference]:
        """Whatever may be a secret, in the order of the state."""
        s = self.scenario
        yield from (Reference("value", value) for value in s.values)
        yield from (Reference("flag", flag) for flag in s.flags)
        yield from (Reference("actor_flag", flag, actor) for flag in s.actor_flags for actor in s.actors)
        yield from (Reference("position", issue, actor) for issue in s.issues for actor in s.actors)

    def _told(self, name: str) -> frozenset[str] | None:
        secret = self.scenario.secrets.get(name)
        return None if secret is None else frozenset(self.scenario.members(secret.known_to))

    def _revealing(self) -> Iterator[tuple[Effect, frozenset[str], Parts]]:
        """The effects that reveal something, with the words that mean somebody there, and whom they may mean."""
        s = self.scenario
        doers = {path: (s.members(action.by), s.members(action.aims or ())) for path, action in choices(s)}
        for changes in change_lists(s):
            by, at = doers.get(changes.owner, ((), ()))
            parts = {SELF: by, TARGET: at}
            for change in changes.changes:
                if isinstance(change, Effect) and change.reveal:
                    yield change, changes.scopes, parts


def has_doubt(stance: Stance) -> bool:
    """Whether coders doubt where an actor stands, so that others can't know it."""
    return ends_of(stance.spread) != (0.0, 0.0)


def drawn_secrets(scenario: Scenario) -> Iterator[tuple[Reference, Secret]]:
    """What is drawn before the first pace: flags and values of the world, and flags of each actor."""
    for name, secret in scenario.secrets.items():
        if secret.chance is not None and name in scenario.actor_flags:
            yield from ((Reference("actor_flag", name, actor), secret) for actor in scenario.actors)
        elif secret.chance is not None:
            yield Reference("flag", name), secret
        elif secret.among:
            yield Reference("value", name), secret
