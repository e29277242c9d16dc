"""What is kept from an actor, by the scenario alone: what it is not told of, whatever happens in a game."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.expressions import Expression, Symbol
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.scenario.knowledge import Parts
from engine.scenario.models import Effect, Scenario
from engine.scenario.names import SELF, TARGET, Reference
from engine.scenario.walk import (
    ChangeList,
    changes_of_action,
    changes_of_event,
    formulas_of_action,
    formulas_of_change,
    path_of_choice,
)

SECRETS = ("value", "flag", "actor_flag")
"""What of the state may be a secret that play keeps. Where others stand is shown as the level of difficulty has it."""


def has_secrets(scenario: Scenario) -> bool:
    """Whether a scenario keeps anything from anybody: a secret, or news of which only some learn."""
    kinds = (scenario.actions, scenario.events, scenario.asks, scenario.calendar)
    told = [one.known_to for some in kinds for one in some.values()]
    return bool(scenario.secrets) or any(known_to is not None for known_to in told)


@dataclass(frozen=True)
class Deed:
    """An option or an event, and what it does."""

    source: Option | str
    is_heard: bool
    """Whether the observer learns of it."""
    places: frozenset[Reference]
    """What it may change."""
    effects: tuple[Effect, ...]
    learners: frozenset[str]
    """Who may learn something by it."""


class Kept:
    """What one actor is not told of."""

    def __init__(self, rules: Rules, actor: str) -> None:
        self.rules, self.scenario, self.actor = rules, rules.scenario, actor
        self.knowledge = rules.layout.knowledge

    @cached_property
    def nothing(self) -> bool:
        """Whether the scenario keeps nothing from anybody."""
        return not has_secrets(self.scenario)

    @cached_property
    def places(self) -> frozenset[Reference]:
        """The secrets that it does not know from the start."""
        state = (place for place in self.knowledge.state() if place.kind in SECRETS)
        return frozenset(place for place in state if not self.knowledge.knows(self.actor, place))

    @cached_property
    def unreported(self) -> frozenset[Reference]:
        """What only acts and events change of which it does not learn, a secret by declaration or not."""
        heard: dict[Reference, bool] = {}
        for deed in self.deeds:
            for place in deed.places:
                heard[place] = heard.get(place, False) or deed.is_heard
        return frozenset(place for place, is_heard in heard.items() if not is_heard)

    @cached_property
    def traceless(self) -> frozenset[Option | str]:
        """Options, and events by their ids, of which it does not learn and which change only what is kept from it.

        Whether they were done, when, and what they have put off, is then kept from it as well.
        """
        return frozenset(deed.source for deed in self.deeds if not deed.is_heard and self._is_kept(deed))

    @cached_property
    def questions(self) -> frozenset[str]:
        """The questions to others of which it does not learn, and which are put only by what leaves no trace to it."""
        found = {ask for ask in self.scenario.asks if not self._hears_of_ask(ask)}
        for deed in self.deeds:
            if deed.source not in self.traceless:
                found -= {effect.ask for effect in deed.effects if effect.ask is not None}
        return frozenset(found)

    def hears(self, audience: tuple[str, ...] | None) -> bool:
        """Whether it is among those who learn of something; None stands for everybody."""
        return audience is None or self.actor in audience

    def hears_of(self, option: Option) -> bool:
        """Whether it would learn of an option, were that taken."""
        choice = self.scenario.choice(option.action)
        return self.hears(self.scenario.audience(choice.known_to, option.actor, option.target, *self.aims(option)))

    def aims(self, option: Option) -> tuple[str, ...]:
        """At whom an option may be directed all at once."""
        choice = self.scenario.choice(option.action)
        return self.scenario.members(choice.aims or ()) if choice.one_of is None else ()

    def hears_of_event(self, event: str) -> bool:
        """Whether it learns of an event that happens."""
        return self.hears(self.scenario.audience(self.scenario.events[event].known_to))

    def bears_on(self, doer: str) -> bool:
        """Whether something that is kept from it bears on what another does, and how likely that is."""
        if doer not in self._bears_on:
            self._bears_on[doer] = doer != self.actor and self._reads_secrets(doer)
        return self._bears_on[doer]

    @cached_property
    def _bears_on(self) -> dict[str, bool]:
        return {}

    def _reads_secrets(self, doer: str) -> bool:
        own = [name for name, choice in self.scenario.choices.items() if doer in self.scenario.members(choice.by)]
        if any(isinstance(source, Option) and source.actor == doer for source in self.traceless):
            return True
        return any(self._is_private(one, name) for name in own for read in self._read(name) for one in read.symbols())

    def _read(self, name: str) -> Iterator[Expression]:
        """Everything that whoever decides on an action or an answer reads."""
        path, choice, parser = path_of_choice(name), self.scenario.choice(name), self.rules.parser
        for formula in formulas_of_action(path, choice):
            yield parser.expression(formula.text, formula.kind, formula.scopes)
        for changes in changes_of_action(path, choice):
            for where, change in changes.items():
                for formula in formulas_of_change(where, change, changes.scopes):
                    yield parser.expression(formula.text, formula.kind, formula.scopes)
                for text in (*change.add.values(), *change.set.values()):
                    yield parser.expression(text, None, changes.scopes)

    def _is_private(self, symbol: Symbol, choice: str) -> bool:
        """Whether what is read for a choice is kept from it; that an answer is asked for is no more than the answer."""
        reference = symbol.reference
        assert isinstance(reference, Reference)
        if reference.kind == "measure":
            read = self.rules.parser.measures[reference.id].symbols()
            return any(self._is_private(one, choice) for one in read)
        if reference.kind == "asked":
            return choice.partition(".")[0] != reference.id and not self._hears_of_ask(reference.id)
        if reference.kind == "since_entry":
            return not self.knowledge.knows(self.actor, reference)
        return reference.kind == "knows" or reference.id in self._hidden

    @cached_property
    def _hidden(self) -> frozenset[str]:
        return frozenset(place.id for place in self.places)

    # Everything that changes the world

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """All of it."""
        options = (self._of_option(option) for option in self.rules.options)
        return (*options, *(self._of_event(event) for event in self.scenario.events))

    def _of_option(self, option: Option) -> Deed:
        choice = self.scenario.choice(option.action)
        changes = changes_of_action(path_of_choice(option.action), choice)
        parts = {SELF: (option.actor,), TARGET: (option.target,) if option.target else self.aims(option)}
        return self._deed(option, choice.vote is not None or self.hears_of(option), changes, parts)

    def _of_event(self, event: str) -> Deed:
        changes = changes_of_event(("events", event), self.scenario.events[event])
        return self._deed(event, self.hears_of_event(event), changes, {})

    def _deed(self, source: Option | str, is_heard: bool, changes: Iterable[ChangeList], parts: Parts) -> Deed:
        lists = [one for one in changes if not one.is_belief]
        effects = tuple(change for one in lists for change in one.changes if isinstance(change, Effect))
        places = {
            place
            for one in lists
            for change in one.changes
            for name in (*change.add, *change.set)
            for place in self.knowledge.places(name, one.scopes, parts)
        }
        told = [words for effect in effects for words in effect.reveal.values()]
        learners = frozenset(who for words in told for who in self.knowledge.learners(words, parts))
        return Deed(source, is_heard, frozenset(places), effects, learners)

    def _is_kept(self, deed: Deed) -> bool:
        """Whether everything that follows from something is kept from it."""
        asked = (effect.ask for effect in deed.effects if effect.ask is not None)
        return (
            deed.places <= self.places
            and self.actor not in deed.learners
            and not any(self._hears_of_ask(ask) for ask in asked)
        )

    def _hears_of_ask(self, ask: str) -> bool:
        one = self.scenario.asks[ask]
        return self.hears(self.scenario.audience(one.known_to, *self.scenario.members(one.to)))
