"""What can come about in a scenario at all: a generous estimate of what each part of its state can ever be.

It starts from the opening and lets everything that may happen happen, again and again, until nothing new comes
about. So what it rules out can't happen in any run; what it leaves in may still be impossible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.expressions import Expression, Symbol, ranges
from engine.expressions.ranges import Range
from engine.scenario.doubts import ends_of
from engine.scenario.intervals import interval_of
from engine.scenario.knowledge import Knowledge
from engine.scenario.limits import PATIENCE
from engine.scenario.models import Action, Belief, Dynamic, Effect, Event, Scenario
from engine.scenario.names import (
    SELF,
    TARGET,
    Reference,
    coded_position,
    find_places,
    place_of,
    thing_of,
    whom,
)
from engine.scenario.noticing import with_notices
from engine.scenario.openings import certain, declared, exactly, opening
from engine.scenario.parsing import Parser
from engine.scenario.replies import can_call, replies_to
from engine.scenario.walk import (
    MEMBER,
    NOBODY,
    ChangeList,
    Scopes,
    changes_of_action,
    changes_of_event,
    formulas_of_action,
    formulas_of_event,
    path_of_choice,
    scopes_of,
    scopes_of_effects,
    texts_of_changes,
    words_of,
)
from engine.scenario.words.exchanges import MOST_WORTH
from engine.scenario.words.spelled import names_of_words
from engine.scenario.words.vows import vows

CAREFUL_STEPS = 8
"""After so many steps whatever still grows is taken to grow without end."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who ``self`` and ``target`` may be."""

    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    def has_option(self, action: Action) -> bool:
        """Whether an action has an actor and, where it is directed at somebody, somebody else as its target."""
        if action.aims is None:
            return bool(self.actors)
        return any(actor != target for actor in self.actors for target in self.targets)

    def who(self, word: str) -> tuple[str, ...]:
        """The actors that a word of a reference may stand for."""
        return {SELF: self.actors, TARGET: self.targets}.get(word, (word,))


STAGEHANDS = Cast()
"""Where neither word means anybody."""


class Attainable:
    """The interval of each part of the state over all runs and paces."""

    def __init__(self, scenario: Scenario, parser: Parser) -> None:
        scenario = self.scenario = with_notices(scenario)
        self.parser = parser
        self.knowledge = Knowledge(scenario)
        self._choices = scenario.choices
        self.days = scenario.timeline.days_until(scenario.timeline.paces)
        self.ranges = dict(opening(scenario))
        self.bounds = dict(declared(scenario))
        self.looks = 0
        self.possible: set[str] = set()
        """Actions that somebody can take."""
        self._replies = replies_to(scenario)
        self._growth: Counter[Reference] = Counter()
        self._measures: dict[str, Range] = {}
        self._known: dict[Cast, Known] = {}
        self._casts: dict[tuple[tuple[str, ...], tuple[str, ...] | None], Cast] = {}
        self._uses = {name: measures_in(measure) for name, measure in parser.measures.items()}
        self._readers = readers(scenario)
        self._due = dict.fromkeys(happenings(scenario))
        for vow in vows(scenario):
            for flag in (vow.kept, vow.broken):
                self.grow(Reference("flag", flag), ranges.MAYBE, adds=False)
        self.settle()

    def settle(self) -> None:
        """Lets things happen until nothing new comes about."""
        while self._due:
            part, name = next(iter(self._due))
            del self._due[part, name]
            match part:
                case "actions" | "asks":
                    self.act(name, self._choices[name])
                case "events":
                    self.happen(name, self.scenario.events[name])
                case "dynamics":
                    self.drift(self.scenario.dynamics[name])
            if self.looks > PATIENCE:
                self.ranges = dict(self.bounds)
                self.possible = set(self._choices)
                self.forget()
                return

    def interval(self, expression: Expression, cast: Cast = STAGEHANDS) -> Range:
        """What the values of an expression can be, where ``self`` and ``target`` are from this cast."""
        self.looks += len(expression.text)
        return interval_of(expression.root, self.known(cast))

    def known(self, cast: Cast = STAGEHANDS) -> Known:
        """What is attainable, told for the names of expressions; good until something new comes about."""
        if cast not in self._known:
            self._known[cast] = Known(self, cast)
        return self._known[cast]

    def can_hold(self, text: str, scopes: Scopes, cast: Cast) -> bool:
        """Whether a condition can ever hold."""
        return self.interval(self.parser.condition(text, scopes), cast)[1] > 0

    def measure(self, name: str) -> Range:
        """What a measure can be; those it stands on are worked out first, however long the chain."""
        waiting = [name]
        while name not in self._measures:
            missing = [used for used in self._uses[waiting[-1]] if used not in self._measures]
            if missing:
                waiting += missing
            else:
                last = waiting.pop()
                self._measures[last] = self.interval(self.parser.measures[last])
        return self._measures[name]

    def act(self, name: str, action: Action) -> None:
        """Does what an action can do, if anybody can ever take it."""
        cast = self.cast_of(action)
        if not self.is_possible(action, cast):
            return
        if name not in self.possible:
            self.possible.add(name)
            self._due.update(dict.fromkeys(("actions", reply) for reply in self._replies.get(name, ())))
        for changes in changes_of_action(path_of_choice(name), action):
            if not changes.is_belief:
                self.change(changes, cast)

    def cast_of(self, action: Action) -> Cast:
        """Who may take an action, and at whom it may be directed."""
        people = (action.by, action.aims)
        if people not in self._casts:
            targets = () if action.aims is None else self.scenario.members(action.aims)
            self._casts[people] = Cast(self.scenario.members(action.by), targets)
        return self._casts[people]

    def is_possible(self, action: Action, cast: Cast) -> bool:
        """Whether somebody of the cast can ever take an action."""
        return (
            cast.has_option(action)
            and self.is_called_for(action, cast)
            and (action.each is None or self.can_hold(action.each.each, scopes_of_effects(action), cast))
            and all(self.can_hold(text, scopes_of(action), cast) for text in (action.when, *action.needs.values()))
        )

    def is_called_for(self, action: Action, cast: Cast) -> bool:
        """Whether an action replies to nothing, or to something that can be done to somebody of the cast in time."""
        if action.reply_to is None:
            return True
        aims = None if action.targets is None else cast.targets
        return action.reply_to.within >= self.scenario.timeline.pace_in_days and any(
            can_call(self.scenario, deed, actor, aims)
            for deed in action.reply_to.action
            if deed in self.possible
            for actor in cast.actors
        )

    def forget(self) -> None:
        """Drops what was worked out, now that more has become possible."""
        self._measures = {}
        self._known = {}

    def happen(self, name: str, event: Event) -> None:
        """Lets an event happen, if it ever can."""
        if not self.is_event_possible(event):
            return
        for changes in changes_of_event(("events", name), event):
            outcome = event.outcomes[str(changes.path[3])] if len(changes.path) > 3 else None
            if outcome is None or self.interval(self.parser.number(outcome.weight))[1] > 0:
                self.change(changes, STAGEHANDS)

    def is_event_possible(self, event: Event) -> bool:
        """Whether an event can ever happen."""
        chances = [text for text in (event.chance, event.chance_per_week) if text is not None]
        return self.can_hold(event.when, NOBODY, STAGEHANDS) and all(
            self.interval(self.parser.number(text))[1] > 0 for text in chances
        )

    def drift(self, dynamic: Dynamic) -> None:
        """Lets something drift."""
        scopes = NOBODY if dynamic.each is None else MEMBER
        cast = STAGEHANDS if dynamic.each is None else Cast(self.scenario.members(dynamic.each))
        if self.can_hold(dynamic.when, scopes, cast):
            self.move(dynamic.per_week, scopes, cast, adds=True)

    def change(self, changes: ChangeList, cast: Cast) -> None:
        """Lets those effects of a list take place that can."""
        for effect in changes.changes:
            if self.is_effective(effect, changes.scopes, cast):
                self.move(effect.add, changes.scopes, cast, adds=True)
                self.move(effect.set, changes.scopes, cast, adds=False)
                self.put(effect, cast)
                self.reveal(effect, changes.scopes, cast)

    def put(self, effect: Effect | Belief, cast: Cast) -> None:
        """Puts a question to those whom an effect asks."""
        if isinstance(effect, Effect) and effect.ask is not None:
            to = self.scenario.members(self.scenario.asks[effect.ask].to)
            for word in whom(self.scenario, effect.ask, effect.of):
                for actor in cast.who(word):
                    if actor in to:
                        self.grow(Reference("asked", effect.ask, actor), ranges.MAYBE, adds=False)

    def reveal(self, effect: Effect | Belief, scopes: Scopes, cast: Cast) -> None:
        """Lets others learn what an effect reveals."""
        if isinstance(effect, Effect) and effect.reveal:
            parts = {SELF: cast.actors, TARGET: cast.targets}
            for name, who in effect.reveal.items():
                for place in self.knowledge.places(name, scopes, parts):
                    for actor in self.knowledge.learners(who, parts):
                        learned = Reference("knows", thing_of(place), actor)
                        if learned in self.ranges:
                            self.grow(learned, ranges.MAYBE, adds=False)

    def is_effective(self, effect: Effect | Belief, scopes: Scopes, cast: Cast) -> bool:
        """Whether an effect can ever take place."""
        if effect.when is not None and not self.can_hold(effect.when, scopes, cast):
            return False
        return effect.chance is None or self.interval(self.parser.number(effect.chance, scopes), cast)[1] > 0

    def move(self, written: Mapping[str, str], scopes: Scopes, cast: Cast, adds: bool) -> None:
        """Adds to places, or sets them."""
        for name, text in written.items():
            places = find_places(self.scenario, scopes, name)
            assert places is not None, "the places were checked"
            amount = self.interval(self.parser.expression(text, places.kind, scopes), cast)
            for reference in places.references:
                for who in cast.who(reference.who):
                    self.grow(Reference(reference.kind, reference.id, who), amount, adds)

    def grow(self, place: Reference, amount: Range, adds: bool) -> None:
        """Widens what a place can be by what is added to it, again and again, or by what it is set to."""
        found, bounds = self.ranges[place], self.bounds[place]
        if found == bounds:
            return  # it can be anything already
        (low, high), (lowest, highest) = found, bounds
        if adds:
            new = (lowest if amount[0] < 0 else low, highest if amount[1] > 0 else high)
        else:
            new = ranges.hull((found, ranges.clamped(amount, (lowest, lowest), (highest, highest))))
        if new != found:
            self._growth[place] += 1
            self.ranges[place] = new if self._growth[place] <= CAREFUL_STEPS else bounds
            self.forget()
            self._due.update(dict.fromkeys(self._readers.get(place.id, ())))


@dataclass(frozen=True, slots=True)
class Known:
    """What is attainable, told for the names of expressions."""

    state: Attainable
    cast: Cast
    seen: dict[Reference, Range] = field(default_factory=dict, compare=False)
    """What has been worked out of ``self`` and ``target``."""

    def of(self, symbol: Symbol) -> Range:
        """The interval of a name's values."""
        reference = symbol.reference
        assert isinstance(reference, Reference)
        if reference.kind == "measure":
            return self.state.measure(reference.id)
        if reference.who:
            if reference not in self.seen:
                self.seen[reference] = self.of_each(reference, self.cast.who(reference.who))
            return self.seen[reference]
        return self.of_world(reference, symbol)

    def of_each(self, reference: Reference, actors: tuple[str, ...]) -> Range:
        """The interval of what any of these actors has or is."""
        return ranges.hull(self.of_actor(reference, actor) for actor in actors) if actors else ranges.NEVER

    def of_member(self, member: Symbol, actor: str) -> Range:
        """The interval of what one actor of a group has."""
        assert isinstance(member.reference, Reference)
        return self.of_actor(member.reference, actor)

    def of_world(self, reference: Reference, symbol: Symbol) -> Range:
        """The interval of something that belongs to no actor."""
        scenario, days = self.state.scenario, self.state.days
        match reference.kind:
            case "day":
                return 0.0, days
            case "since_entry":
                first = float((scenario.start - scenario.calendar[reference.id].on).days)
                return first, first + days
            case "since_flag":
                return self.since(Reference("flag", reference.id))
        return self.state.ranges.get(reference, (symbol.low, symbol.high))

    def of_actor(self, reference: Reference, actor: str) -> Range:
        """The interval of something that an actor has or is."""
        part_of_state = self.state.ranges.get(Reference(reference.kind, reference.id, actor))
        if part_of_state is not None:
            return part_of_state
        scenario = self.state.scenario
        match reference.kind:
            case "is":
                return certain(actor == reference.id)
            case "in":
                return certain(actor in scenario.groups[reference.id])
            case "knows":
                return self.of_knowing(reference.id, actor)
            case "coded":
                return ends_of(coded_position(scenario, actor, reference.id))
            case "capability":
                return ends_of(scenario.actors[actor].capability)
            case "salience":
                stance = scenario.actors[actor].stances.get(reference.id)
                return ends_of(stance.salience if stance else 0.0)
            case "worth" | "seen" | "dread" | "threat" | "signing" | "amends_up" | "amends_down":
                return -MOST_WORTH, MOST_WORTH
            case "possible":
                return 0.0, 1.0
        assert reference.kind == "since_actor_flag", reference.kind
        return self.since(Reference("actor_flag", reference.id, actor))

    def of_knowing(self, thing: str, actor: str) -> Range:
        """The interval of whether an actor knows something that no effect reveals to it; of a part of ``self`` or
        ``target`` either may be."""
        if {SELF, TARGET} & set(thing.split(".")):
            return ranges.MAYBE
        return certain(self.state.knowledge.knows(actor, place_of(self.state.scenario, thing)))

    def since(self, flag: Reference) -> Range:
        """How long ago a flag may have been set."""
        return exactly(-1.0) if self.state.ranges[flag] == ranges.NEVER else (-1.0, self.state.days)


Happening = tuple[str, str]
"""Something that may happen: the part of the scenario that it stands in, and its name."""


def happenings(scenario: Scenario) -> Iterator[Happening]:
    """Everything that may happen."""
    for part in ("actions", "events", "dynamics"):
        yield from ((part, name) for name in getattr(scenario, part))
    yield from (("asks", name) for name in scenario.answers)


def measures_in(expression: Expression) -> list[str]:
    """The measures that an expression uses."""
    references = [symbol.reference for symbol in expression.symbols()]
    return [ref.id for ref in references if isinstance(ref, Reference) and ref.kind == "measure"]


def readers(scenario: Scenario) -> dict[str, list[Happening]]:
    """For each name, what may happen because of it: whatever has the name in an expression, or in a measure there."""
    behind = names_of_words(scenario)
    for name, measure in scenario.measures.items():
        behind[name] = expanded(words_of([measure.value]), behind)
    kept = (*scenario.flags, *scenario.values, *scenario.actor_flags)
    for word in (*scenario.texts, *scenario.undertakings, *scenario.threats, "trust"):
        # what is written ``signed.treaty`` is kept as ``signed_treaty``
        behind.setdefault(word, set()).update(name for name in kept if word in name)
    found: dict[str, list[Happening]] = {}
    for happening in happenings(scenario):
        for word in expanded(words_of(texts_of(scenario, happening)), behind):
            found.setdefault(word, []).append(happening)
    return found


def expanded(words: set[str], behind: dict[str, set[str]]) -> set[str]:
    """The words, with those behind each measure among them."""
    return words.union(*(behind.get(word, ()) for word in words))


def texts_of(scenario: Scenario, happening: Happening) -> Iterator[str]:
    """The expressions of something that may happen."""
    part, name = happening
    if part == "dynamics":
        yield scenario.dynamics[name].when
        yield from scenario.dynamics[name].per_week.values()
        return
    path = (part, name)
    if part in ("actions", "asks"):
        action = scenario.actions[name] if part == "actions" else scenario.answer(name)
        yield from (formula.text for formula in formulas_of_action(path, action))
        yield from texts_of_changes(changes_of_action(path, action))
    else:
        yield from (formula.text for formula in formulas_of_event(path, scenario.events[name]))
        yield from texts_of_changes(changes_of_event(path, scenario.events[name]))
