"""A scenario with its expressions parsed, its groups spelled out and its dates counted in days."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from engine.expressions import Expression, Kind
from engine.scenario import fields, models
from engine.scenario.models import Scenario
from engine.scenario.names import Reference, find_places, scale_of
from engine.scenario.parsing import Parser

NOBODY: frozenset[str] = frozenset()
ME = frozenset({"self"})


class Option(NamedTuple):
    """Something an actor may do, perhaps to another."""

    action: str
    target: str | None


@dataclass(frozen=True)
class Change:
    """An amount, and the places that it goes to."""

    places: tuple[Reference, ...]
    amount: Expression

    @property
    def issue(self) -> str | None:
        """The issue it moves, if it moves one."""
        return self.places[0].id if self.places[0].kind == "issue" else None


@dataclass(frozen=True)
class EffectProgram:
    """An effect or a belief."""

    when: Expression | None
    chance: Expression | None
    draw: int | None
    """Which uniform of its stream decides, where it has a chance."""
    paces_later: int
    not_before: float
    """The day before which it does not fall due."""
    adds: tuple[Change, ...]
    sets: tuple[Change, ...]
    ask: str | None = None
    """The question that it puts, if it does."""
    asked: tuple[str, ...] = ()
    """To whom: actors, ``self`` and ``target``."""
    reveals: tuple[tuple[tuple[Reference, ...], tuple[str, ...]], ...] = ()
    """What is revealed, and to whom: actors, ``self`` and ``target``."""
    unforeseen: bool = False

    @property
    def says_target(self) -> bool:
        """Whether it asks for, or changes, anything of the target."""
        texts = [part for part in (self.when, self.chance) if part is not None]
        texts += [change.amount for change in (*self.adds, *self.sets)]
        references = [symbol.reference for text in texts for symbol in text.symbols()]
        references += [place for change in (*self.adds, *self.sets) for place in change.places]
        references += [place for places, _ in self.reveals for place in places]
        words = {
            word for found in references if isinstance(found, Reference) for word in (found.who, *found.id.split("."))
        }
        return "target" in (*self.asked, *words, *(who for _, learners in self.reveals for who in learners))


@dataclass(frozen=True)
class SeatProgram:
    """A seat, and the first and last day on which it is held."""

    actor: str
    first: float
    last: float


@dataclass(frozen=True)
class VoteProgram:
    """A question: who decides it, how it is counted, and what follows."""

    institution: str
    seats: tuple[SeatProgram, ...]
    rule: models.PassRule
    threshold: float
    temperature: float | None
    leans: tuple[Expression, ...]
    passes: tuple[EffectProgram, ...]
    fails: tuple[EffectProgram, ...]
    pass_expects: tuple[EffectProgram, ...]
    fail_expects: tuple[EffectProgram, ...]

    @property
    def veto(self) -> tuple[str, ...]:
        """Whose vote against blocks."""
        return self.rule.veto

    def weight_of(self, member: str) -> int:
        """How many votes a member casts; 1, unless the rule gives weights."""
        return self.rule.weights.get(member, 1)

    def is_carried(self, yes: int, no: int, seated: int) -> bool:
        """Whether these votes for and against carry a question, vetoes apart."""
        rule = self.rule
        if rule.yes is not None:
            return yes >= rule.yes
        if rule.quota is not None:
            return yes >= rule.quota
        if rule.majority:
            return yes > no
        if rule.unanimous:
            return no == 0 and seated > 0
        share: Fraction = rule.share or Fraction(1)
        return yes > 0 and yes * (share.denominator - share.numerator) >= no * share.numerator


@dataclass(frozen=True)
class ActionProgram:
    """An action."""

    name: str
    conditions: tuple[Expression, ...]
    once: bool
    cooldown: float | None
    replies_to: tuple[str, ...]
    """The actions that it replies to, within so many days; none where it replies to nothing."""
    within: float
    each: Expression | None
    """For whom of the others it has to hold that the act is directed at them, all at once."""
    among: tuple[str, ...]
    tempo: float
    effects: tuple[EffectProgram, ...]
    expects: tuple[EffectProgram, ...]
    appeals: tuple[Expression, ...]
    costs: tuple[Expression, ...]
    vote: VoteProgram | None


@dataclass(frozen=True)
class AskProgram:
    """A question to a side."""

    to: tuple[str, ...]
    within: float
    temperature: float | None
    answers: dict[str, ActionProgram]
    """By the id of the answer."""


@dataclass(frozen=True)
class OutcomeProgram:
    """A way in which an event may turn out."""

    name: str
    weight: Expression
    effects: tuple[EffectProgram, ...]


@dataclass(frozen=True)
class EventProgram:
    """An event; ``day`` is the day on which it comes due, where it has a date."""

    name: str
    day: int | None
    when: Expression
    chance: Expression | None
    chance_per_week: Expression | None
    once: bool
    effects: tuple[EffectProgram, ...]
    outcomes: dict[str, OutcomeProgram]


@dataclass(frozen=True)
class DynamicProgram:
    """A drift, of each of some actors or of the world."""

    each: tuple[str | None, ...]
    when: Expression
    per_week: tuple[Change, ...]


@dataclass(frozen=True)
class EndingProgram:
    """A way in which the run may close."""

    name: str
    when: Expression | None
    at_end: bool


def question_name(action: str, target: str | None) -> str:
    """What a question is called in records and streams."""
    return action if target is None else f"{action}:{target}"


class Program:
    """Everything that a run asks of its scenario, worked out once."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.parser = Parser(scenario)
        written = min(1.0, scenario.step) if scenario.pace is None else scenario.pace
        self.pace = Fraction(round(written * 24), 24)
        self.days = float(self.pace)
        self.weeks = self.days / 7
        self.paces = math.ceil(self.day_of(scenario.end) / self.pace)
        self.paces_in_turn = round(scenario.step / written)
        self.scales = {issue: scale_of(scenario, issue) for issue in scenario.issues}
        self.ranges = {name: value.range for name, value in scenario.values.items()}
        self.groups = {name: scenario.members((name,)) for name in scenario.groups} | {"actors": tuple(scenario.actors)}
        self.entries = {name: self.day_of(entry.on) for name, entry in scenario.calendar.items()}
        self.measures = self.parser.measures
        self.actions = {name: self.action(name, action) for name, action in scenario.actions.items()}
        self.asks = {name: self.ask(name, ask) for name, ask in scenario.asks.items()}
        self.options = {actor: list(self.options_of(actor)) for actor in scenario.actors}
        self.questions = list(self.all_questions())
        self.events = [self.event(name, event) for name, event in scenario.events.items()]
        self.dynamics = [self.dynamic(dynamic) for dynamic in scenario.dynamics.values()]
        self.endings = [
            EndingProgram(e.id, None if e.when is None else self.condition(e.when, NOBODY), e.at_end)
            for e in scenario.endings
        ]

    def day_of(self, date: fields.Date) -> int:
        """Days from the start."""
        return (date - self.scenario.start).days

    def condition(self, text: str, scopes: frozenset[str]) -> Expression:
        """A parsed yes/no."""
        return self.parser.expression(text, Kind.YESNO, scopes=scopes)

    def number(self, text: str, scopes: frozenset[str]) -> Expression:
        """A parsed number."""
        return self.parser.expression(text, Kind.NUMBER, scopes=scopes)

    def amounts(self, written: str | dict[str, str], scopes: frozenset[str]) -> tuple[Expression, ...]:
        """The parsed parts of an appeal, cost or lean: one, or several under their names."""
        texts = [written] if isinstance(written, str) else written.values()
        return tuple(self.number(text, scopes) for text in texts)

    def options_of(self, actor: str) -> Iterable[Option]:
        """What an actor may do, in the order of the scenario; never to itself."""
        for name, action in self.scenario.actions.items():
            if actor in self.scenario.members(action.by):
                if action.targets is None or action.each is not None:
                    yield Option(name, None)
                else:
                    targets = self.scenario.members(action.one_of or ())
                    yield from (Option(name, target) for target in targets if target != actor)

    def all_questions(self) -> Iterable[tuple[str, str | None]]:
        """The questions that may be tabled, in the order in which they are voted on."""
        for name, action in self.scenario.actions.items():
            if action.vote is not None:
                targets = (None,) if action.one_of is None else self.scenario.members(action.one_of)
                yield from ((name, target) for target in targets)

    def action(self, name: str, action: models.Action) -> ActionProgram:
        """An action with its conditions, amounts and vote parsed."""
        others = NOBODY if action.targets is None or action.each else frozenset({"target"})
        scopes = ME | others
        wide = scopes | {"target"} if action.each else scopes
        return ActionProgram(
            name,
            tuple(self.condition(text, scopes) for text in (action.when, *action.needs.values())),
            action.once,
            action.cooldown,
            action.reply_to.action if action.reply_to else (),
            action.reply_to.within if action.reply_to else 0.0,
            self.condition(action.each.each, ME | {"target"}) if action.each else None,
            self.scenario.members(action.each.of) if action.each else (),
            action.tempo,
            self.effects(action.effects, wide, action.in_force),
            self.effects(action.expects, wide),
            self.amounts(action.appeal, scopes),
            self.amounts(action.cost, scopes),
            None if action.vote is None else self.vote(action.vote, others, action.in_force),
        )

    def ask(self, name: str, ask: models.Ask) -> AskProgram:
        """A question with the conditions and amounts of its answers parsed."""
        answers = {}
        for key, answer in ask.answers.items():
            conditions = tuple(self.condition(text, ME) for text in (answer.when, *answer.needs.values()))
            parts = self.effects(answer.effects, ME, answer.in_force), self.effects(answer.expects, ME)
            amounts = self.amounts(answer.appeal, ME), self.amounts(answer.cost, ME)
            answers[key] = ActionProgram(
                f"{name}.{key}", conditions, False, None, (), 0.0, None, (), 1.0, *parts, *amounts, None
            )
        return AskProgram(self.scenario.members(ask.to), ask.within, ask.temperature, answers)

    def vote(self, vote: models.Vote, others: frozenset[str], in_force: str | None) -> VoteProgram:
        """A vote; its effects know no actor, its lean knows the member."""
        institution = self.scenario.institutions[vote.institution]
        return VoteProgram(
            vote.institution,
            tuple(self.seat(seat) for seat in institution.seats),
            institution.passes,
            institution.threshold,
            institution.temperature,
            self.amounts(vote.lean, ME | others),
            self.effects(vote.passes, others, in_force),
            self.effects(vote.fails, others, in_force),
            self.effects(vote.pass_expects, others),
            self.effects(vote.fail_expects, others),
        )

    def seat(self, seat: models.Seat) -> SeatProgram:
        """A seat with its days counted."""
        first = -math.inf if seat.since is None else self.day_of(seat.since)
        last = math.inf if seat.until is None else self.day_of(seat.until)
        return SeatProgram(seat.actor, first, last)

    def event(self, name: str, event: models.Event) -> EventProgram:
        """An event with its chances and outcomes parsed."""
        return EventProgram(
            name,
            None if event.on is None else self.day_of(event.on),
            self.condition(event.when, NOBODY),
            None if event.chance is None else self.number(event.chance, NOBODY),
            None if event.chance_per_week is None else self.number(event.chance_per_week, NOBODY),
            event.once,
            self.effects(event.effects, NOBODY),
            {
                key: OutcomeProgram(key, self.number(outcome.weight, NOBODY), self.effects(outcome.effects, NOBODY))
                for key, outcome in event.outcomes.items()
            },
        )

    def dynamic(self, dynamic: models.Dynamic) -> DynamicProgram:
        """A drift with its owners spelled out."""
        scopes = NOBODY if dynamic.each is None else ME
        each = (None,) if dynamic.each is None else self.scenario.members(dynamic.each)
        return DynamicProgram(each, self.condition(dynamic.when, scopes), self.changes(dynamic.per_week, scopes))

    def effects(
        self, effects: Iterable[models.Effect | models.Belief], scopes: frozenset[str], in_force: str | None = None
    ) -> tuple[EffectProgram, ...]:
        """Effects or beliefs, those with a chance numbered in the order written; ``in_force`` says when all are due."""
        parsed: list[EffectProgram] = []
        chances = 0
        for effect in effects:
            paces_later, not_before = self.wait(effect, in_force)
            parsed.append(
                EffectProgram(
                    None if effect.when is None else self.condition(effect.when, scopes),
                    None if effect.chance is None else self.number(effect.chance, scopes),
                    None if effect.chance is None else chances,
                    paces_later,
                    not_before,
                    self.changes(effect.add, scopes),
                    self.changes(effect.set, scopes),
                    getattr(effect, "ask", None),
                    self.asked_by(effect),
                    self.revealed_by(effect, scopes),
                    getattr(effect, "unforeseen", False),
                )
            )
            chances += effect.chance is not None
        return tuple(parsed)

    def wait(self, effect: models.Effect | models.Belief, in_force: str | None) -> tuple[int, float]:
        """How many paces an effect waits at least, and until which day; what it says itself goes first."""
        if isinstance(effect, models.Belief):
            return 0, -math.inf
        delay, day = effect.delay, effect.on
        if delay is None and day is None and in_force is not None:
            if in_force[0].isdigit() and in_force.endswith("d"):
                delay = float(in_force[:-1])
            else:
                day = in_force
        if day is not None:
            return 1, self.entries[day] if day in self.entries else self.day_of(dt.date.fromisoformat(day))
        if delay is None:
            return 0, -math.inf
        return max(math.ceil(Fraction(delay).limit_denominator(10**6) / self.pace), 1), -math.inf

    def asked_by(self, effect: models.Effect | models.Belief) -> tuple[str, ...]:
        """Whom an effect asks: all whom it may, or those of them that it names."""
        if isinstance(effect, models.Belief) or effect.ask is None:
            return ()
        may = self.scenario.members(self.scenario.asks[effect.ask].to)
        if effect.of is None:
            return may
        named = [who for who in may if who in self.scenario.members(effect.of)]
        return (*named, *(part for part in ("self", "target") if part in effect.of))

    def revealed_by(
        self, effect: models.Effect | models.Belief, scopes: frozenset[str]
    ) -> tuple[tuple[tuple[Reference, ...], tuple[str, ...]], ...]:
        """What an effect reveals, and to whom."""
        found = []
        for name, who in effect.reveal.items() if isinstance(effect, models.Effect) else ():
            places = find_places(self.scenario, scopes, name)
            assert places is not None, name
            learners = (*self.scenario.members(who), *(part for part in ("self", "target") if part in who))
            found.append((places.references, learners))
        return tuple(found)

    def changes(self, changes: fields.Changes, scopes: frozenset[str]) -> tuple[Change, ...]:
        """Each amount with the places that it goes to."""
        parsed = []
        for name, text in changes.items():
            places = find_places(self.scenario, scopes, name)
            assert places is not None, name
            parsed.append(Change(places.references, self.parser.expression(text, places.kind, scopes=scopes)))
        return tuple(parsed)
