"""Knowledge: nobody decides by what it can't know, and no news tells a secret that nobody has revealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.expressions import Expression
from engine.scenario.checks.context import Context
from engine.scenario.checks.rumours import check_news
from engine.scenario.document import Path
from engine.scenario.doubts import ends_of
from engine.scenario.leaks import JUDGED, NOTHING, Leak, Sight, Things
from engine.scenario.models import Action, Belief, Effect, Scenario, Vote
from engine.scenario.names import SELF, TARGET, Reference, find_places, thing_of
from engine.scenario.problems import listed
from engine.scenario.shape import dotted
from engine.scenario.walk import (
    ChangeList,
    Formula,
    Scopes,
    changes_of_action,
    choices,
    formulas_of_action,
    formulas_of_amount,
    formulas_of_change,
    is_unforeseen,
    scopes_of,
)

BY_OPTION, BY_VOTE = "E321", "E322"
"""The findings: of those who do something, and of members who vote."""

Spot = tuple[Path, tuple[int, int], str, str, str]
"""Where something is read, through which measure, and the kind and name of what it is."""


@dataclass
class Breach:
    """Something that is read where some actors can't know it."""

    code: str
    leak: Leak
    places: dict[Reference, None] = field(default_factory=dict)
    """What is read: the same thing of one or several actors."""
    readers: dict[str, None] = field(default_factory=dict)
    """Who reads it, and does not know it."""


def check_knowledge(context: Context) -> None:
    """Notes every expression by which somebody decides and which reads what that actor can't know."""
    found = Breaches(context)
    if found.sight.knowledge.is_open:
        return
    for path, action in choices(context.scenario):
        if action.vote is not None:
            found.of_members(path, action, action.vote)
        found.of_options(path, action)
    found.note()
    check_news(context, found.sight)


class Breaches:
    """What is read by actors who can't know it."""

    def __init__(self, context: Context) -> None:
        self.context, self.scenario = context, context.scenario
        self.sight = Sight(context.parser)
        self._found: dict[Spot, Breach] = {}

    def of_options(self, path: Path, action: Action) -> None:
        """What those who may do something read: of its conditions, amounts, effects and beliefs."""
        asked = [Reading.of(self, formula) for formula in formulas_of_action(path, action)]
        conditions = [one for one in asked if one.formula.path[len(path)] in ("when", "needs")]
        amounts = [one for one in asked if one.formula.path[len(path)] in ("appeal", "cost")]
        changes = list(changes_of_action(path, action))
        read = [*conditions, *amounts, *(one for change in changes for one in self.foreseen(change))]
        each = next((one for one in asked if one.formula.path[len(path) :] == ("targets", "each")), None)
        read += [] if each is None else [each]
        if not any(self.sight.may_leak(one.expression) for one in read):
            return
        for doer, target in pairs(self.scenario, action):
            reader = self.sight.reader(doer, doer, target)
            roots = [one.expression.root for one in conditions]
            for one, leaks in zip(conditions, reader.of_all(roots, NOTHING), strict=True):
                self.add(BY_OPTION, one.formula.path, doer, leaks)
            legal = NOTHING.union(*(reader.facts(root, holds=True) for root in roots))
            for one in amounts:
                self.add(BY_OPTION, one.formula.path, doer, reader.leaks(one.expression.root, legal))
            for aim in [target] if each is None else aims(self.scenario, action, doer):
                self.of_aim(doer, aim, legal, changes, each)

    def of_aim(
        self, doer: str, aim: str | None, legal: Things, changes: Iterable[ChangeList], each: Reading | None
    ) -> None:
        """What a doer reads of an act at somebody: whether it is meant, and what it expects to follow."""
        reader = self.sight.reader(doer, doer, aim)
        if each is not None:
            self.add(BY_OPTION, each.formula.path, doer, reader.leaks(each.expression.root, legal))
            legal |= reader.facts(each.expression.root, holds=True)
        for change in changes:
            me = doer if "self" in change.scopes else None
            self.of_changes(BY_OPTION, doer, change, me, aim, legal)

    def of_members(self, path: Path, action: Action, vote: Vote) -> None:
        """What the members read who vote on a question: of the lean, and of what follows."""
        leans = [
            Reading.of(self, formula)
            for formula in formulas_of_amount((*path, "vote", "lean"), vote.lean, scopes_of(action))
        ]
        changes = [change for change in changes_of_action(path, action) if change.path[-2] == "vote"]
        read = [*leans, *(one for change in changes for one in self.foreseen(change))]
        if not any(self.sight.may_leak(one.expression) for one in read):
            return
        targets = (None,) if action.one_of is None else self.scenario.members(action.one_of)
        for member in members(self.scenario, vote):
            for target in targets:
                reader = self.sight.reader(member, member, target)
                for one in leans:
                    self.add(BY_VOTE, one.formula.path, member, reader.leaks(one.expression.root))
                for change in changes:
                    self.of_changes(BY_VOTE, member, change, None, target, NOTHING)

    def of_changes(
        self, code: str, judge: str, changes: ChangeList, me: str | None, target: str | None, legal: Things
    ) -> None:
        """What a judge reads of effects or beliefs: of those that bear on an issue about which it cares."""
        reader = self.sight.reader(judge, me, target)
        for path, change in changes.items():
            amounts = list(self.amounts(path, change, changes.scopes, judge))
            if not amounts or is_unforeseen(change):
                continue
            known, holds = legal, None
            for one in self.provisos(path, change, changes.scopes):
                self.add(code, one.formula.path, judge, reader.leaks(one.expression.root, known))
                if one.formula.path[-1] == "when":
                    known |= reader.facts(one.expression.root, holds=True)
                    holds = reader.certain(one.expression.root)
            if holds is not False:
                for one in amounts:
                    self.add(code, one.formula.path, judge, reader.leaks(one.expression.root, known))

    def provisos(self, path: Path, change: Effect | Belief, scopes: Scopes) -> Iterator[Reading]:
        """The condition and the chance of an effect or belief, in this order."""
        return (Reading.of(self, formula) for formula in formulas_of_change(path, change, scopes))

    def foreseen(self, changes: ChangeList) -> Iterator[Reading]:
        """Every expression of effects and beliefs with which somebody may reckon."""
        for path, change in changes.items():
            if is_unforeseen(change):
                continue
            yield from self.provisos(path, change, changes.scopes)
            yield from self.amounts(path, change, changes.scopes)

    def amounts(
        self, path: Path, change: Effect | Belief, scopes: Scopes, judge: str | None = None
    ) -> Iterator[Reading]:
        """The amounts by which an effect or belief moves issues; those alone about which a judge cares."""
        cares = None if judge is None else self.scenario.actors[judge].stances
        for key in ("add", "set"):
            for name, text in getattr(change, key).items():
                places = find_places(self.scenario, scopes, name)
                assert places is not None, "the places were checked"
                is_issue = places.references[0].kind == "issue"
                if is_issue and (cares is None or (name in cares and ends_of(cares[name].salience) != (0.0, 0.0))):
                    yield Reading.of(self, Formula((*path, key, name), text, places.kind, scopes))

    def add(self, code: str, path: Path, reader: str, leaks: Iterable[Leak]) -> None:
        """One more who reads these where it can't know them."""
        for leak in leaks:
            spot = (path, leak.span, leak.measure, leak.place.kind, leak.place.id)
            breach = self._found.setdefault(spot, Breach(code, leak))
            breach.places[leak.place] = None
            breach.readers[reader] = None

    def note(self) -> None:
        """Notes them all, each where it is read."""
        for (path, (start, _), *_), breach in self._found.items():
            place = self.context.document.locate_within(path, start)
            message = told(self.sight, breach, path[2:])
            self.context.problems.note(breach.code, place, dotted(path), message)


@dataclass(frozen=True)
class Reading:
    """An expression in its place, parsed."""

    formula: Formula
    expression: Expression

    @classmethod
    def of(cls, breaches: Breaches, formula: Formula) -> Reading:
        """The expression of a formula that is known to be right."""
        return cls(formula, breaches.context.parsed(formula))


def pairs(scenario: Scenario, action: Action) -> Iterator[tuple[str, str | None]]:
    """Who may do something, and at whom, one at a time."""
    for doer in scenario.members(action.by):
        if action.one_of is None:
            yield doer, None
        else:
            yield from ((doer, target) for target in scenario.members(action.one_of) if target != doer)


def aims(scenario: Scenario, action: Action, doer: str) -> Iterator[str]:
    """At whom an act at several at once may be directed."""
    return (actor for actor in scenario.members(action.aims or ()) if actor != doer)


def members(scenario: Scenario, vote: Vote) -> tuple[str, ...]:
    """Whoever ever sits where a question is decided."""
    return tuple(dict.fromkeys(seat.actor for seat in scenario.institutions[vote.institution].seats))


def told(sight: Sight, breach: Breach, where: Path) -> str:
    """What is wrong, and what would mend it there."""
    leak, readers = breach.leak, listed(breach.readers, 4)
    through = f" (through the measure {leak.measure})" if leak.measure else ""
    read = listed(map(spoken, breach.places), 3)
    *ways, last = remedies(sight, breach, where, readers)
    mended = f"{', '.join(ways)}, or {last}" if ways else last
    return f"reads {read}{through}, {secrecy(sight, breach)}: {mended}"


def spoken(place: Reference) -> str:
    """What is read, as expressions name it."""
    if place.kind == "asked":
        return f"asked.{place.id}.{place.who}"
    if place.kind in JUDGED:
        return f"{place.kind}.{place.who}.{place.id}"
    return f"knows.{place.who}.{place.id}" if place.kind == "knows" else thing_of(place)


def secrecy(sight: Sight, breach: Breach) -> str:
    """Who knows it, and who does not."""
    place, readers, scenario = breach.leak.place, listed(breach.readers, 4), sight.knowledge.scenario
    if place.kind == "knows":
        return f"and what {place.who} has learned only {place.who} knows, not {readers}"
    if place.kind in JUDGED:
        judges = "both sides" if place.kind in ("seen", "possible") else place.who
        return f"which {judges} alone can tell, not {readers}"
    holders = sight.knowledge.holders(place) or frozenset()
    who = listed([actor for actor in scenario.actors if actor in holders], 4) if holders else "nobody"
    if len(breach.places) > 1:
        told = scenario.secrets[place.id].known_to if place.id in scenario.secrets else ()
        who = listed(["the one whose it is", *told], 4)
    return f"known to {who} and not to {readers}"


def remedies(sight: Sight, breach: Breach, where: Path, readers: str) -> Iterator[str]:
    """What would mend it, each in some words."""
    leak, place = breach.leak, breach.leak.place
    if place.kind == "knows":
        yield "keep a flag for what is said of it, and read that"
    if place.kind in JUDGED:
        yield "read what is public of it"
        return
    if place.kind == "asked":
        yield f"add {readers} to asks.{place.id}.known_to"
    if place.kind == "entry":
        yield f"add {readers} to calendar.{place.id}.known_to"
    if place.kind == "position":
        yield f"read what was coded, {coded_instead(leak)}"
    if leak.guard and (where[0] != "vote" or where[1] == "lean"):
        can_learn = any(sight.knowledge.revealed.get(thing_of(one)) for one in breach.places)
        yield f"guard it with self.knows.{leak.guard}" + ("" if can_learn else f" and reveal it to {readers}")
    if place.id in sight.knowledge.scenario.secrets and place.kind != "knows":
        yield f"add {readers} to secrets.{place.id}.known_to"
        yield "read what is public of it"
    if where[0] == "effects" or where[:2] in (("vote", "pass"), ("vote", "fail")):
        yield "let nobody reckon with it (unforeseen)"


def coded_instead(leak: Leak) -> str:
    """The name under which everybody may read what was coded of a stance."""
    _, who, issue = leak.guard.split(".") if leak.guard else ("", "", leak.place.id)
    return f"{who}.coded.{issue}" if who in (SELF, TARGET) else ".".join(filter(None, ("coded", who, issue)))
