"""Where a scenario has expressions, effects and news, and who ``self`` and ``target`` are there.

This is the one account of the format's scopes; each check goes through it instead of through the models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from engine.expressions import Kind
from engine.scenario.document import Path
from engine.scenario.fields import Texts
from engine.scenario.models import Action, Belief, Effect, Event, Scenario, Vote
from engine.scenario.names import SELF, TARGET

Scopes = frozenset[str]
"""Which of ``self`` and ``target`` mean somebody."""

NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
"""A dotted name."""

NOBODY: Scopes = frozenset()
MEMBER: Scopes = frozenset({SELF})


class News(Enum):
    """What a dispatch tells of, which decides its placeholders."""

    MOVE = "a move"
    VOTE = "a vote"
    EVENT = "an event"
    ASK = "a question to a side"


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression in its place."""

    path: Path
    text: str
    kind: Kind
    scopes: Scopes
    endings: bool = False
    """Whether it may ask how the run closed."""


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Effects (or beliefs) that are written in one list."""

    path: Path
    changes: Sequence[Effect | Belief]
    scopes: Scopes
    news: News
    owner: Path
    """The action, event or outcome that has them."""

    @property
    def is_belief(self) -> bool:
        """Whether they are only believed."""
        return str(self.path[-1]).endswith("expects")

    def items(self) -> Iterator[tuple[Path, Effect | Belief]]:
        """Each of them with its path."""
        return (((*self.path, number), change) for number, change in enumerate(self.changes))


@dataclass(frozen=True, slots=True)
class Text:
    """The variants of a dispatch, and what it tells of."""

    path: Path
    variants: Texts
    news: News
    owner: Path


def path_of_choice(name: str) -> Path:
    """Where an action stands, or an answer, which is called ``ASK.ANSWER``."""
    ask, _, answer = name.partition(".")
    return ("asks", ask, "answers", answer) if answer else ("actions", name)


def choices(scenario: Scenario) -> Iterator[tuple[Path, Action]]:
    """Every action and every answer, with its path."""
    return ((path_of_choice(name), action) for name, action in scenario.choices.items())


def scopes_of(action: Action) -> Scopes:
    """Who is meant in an action's own expressions."""
    return frozenset({SELF, TARGET} if action.one_of is not None else {SELF})


def scopes_of_effects(action: Action) -> Scopes:
    """Who is meant in what an action does and what is believed of it: also each of several at whom it is directed."""
    return frozenset({SELF, TARGET} if action.aims is not None else {SELF})


def says_target(change: Effect | Belief) -> bool:
    """Whether an effect or belief is worked out for each of several targets, since it says ``target``."""
    texts = [change.when or "", change.chance or "", *chain(*change.add.items(), *change.set.items())]
    if isinstance(change, Effect):
        texts += [*(change.of or ()), *chain(*((thing, *who) for thing, who in change.reveal.items()))]
        if any(f"{{{word}}}" in text for text in change.dispatch or () for word in (TARGET, TARGET.title())):
            return True
    return TARGET in words_of(texts)


def is_unforeseen(change: Effect | Belief) -> bool:
    """Whether nobody reckons with it, so that it enters no gain."""
    return isinstance(change, Effect) and change.unforeseen


def vote_scopes(action: Action) -> Scopes:
    """Who is meant in the effects of the vote that an action tables."""
    return scopes_of(action) - {SELF}


def change_lists(scenario: Scenario) -> Iterator[ChangeList]:
    """Every list of effects or beliefs."""
    for path, action in choices(scenario):
        yield from changes_of_action(path, action)
    for name, event in scenario.events.items():
        yield from changes_of_event(("events", name), event)


def changes_of_action(path: Path, action: Action) -> Iterator[ChangeList]:
    """What an action does and what is believed of it."""
    scopes = scopes_of_effects(action)
    yield ChangeList((*path, "effects"), action.effects, scopes, News.MOVE, path)
    yield ChangeList((*path, "expects"), action.expects, scopes, News.MOVE, path)
    if action.vote is not None:
        yield from changes_of_vote(path, action.vote, vote_scopes(action))


def changes_of_vote(path: Path, vote: Vote, scopes: Scopes) -> Iterator[ChangeList]:
    """What follows from either outcome of a vote."""
    lists: dict[str, Sequence[Effect | Belief]] = {
        "pass": vote.passes,
        "fail": vote.fails,
        "pass_expects": vote.pass_expects,
        "fail_expects": vote.fail_expects,
    }
    for key, changes in lists.items():
        yield ChangeList((*path, "vote", key), changes, scopes, News.VOTE, path)


def changes_of_event(path: Path, event: Event) -> Iterator[ChangeList]:
    """What follows from an event and its outcomes."""
    yield ChangeList((*path, "effects"), event.effects, NOBODY, News.EVENT, path)
    for name, outcome in event.outcomes.items():
        yield ChangeList((*path, "outcomes", name, "effects"), outcome.effects, NOBODY, News.EVENT, path)


def formulas(scenario: Scenario) -> Iterator[Formula]:
    """Every expression but those of measures and of amounts, in the order of the format."""
    for path, action in choices(scenario):
        yield from formulas_of_action(path, action)
    for name, undertaking in scenario.undertakings.items():
        yield Formula(("undertakings", name, "when"), undertaking.when, Kind.YESNO, MEMBER)
    for name, text in scenario.texts.items():
        yield Formula(("texts", name, "when"), text.when, Kind.YESNO, NOBODY)
    for name, dynamic in scenario.dynamics.items():
        scopes = MEMBER if dynamic.each is not None else NOBODY
        yield Formula(("dynamics", name, "when"), dynamic.when, Kind.YESNO, scopes)
    for name, event in scenario.events.items():
        yield from formulas_of_event(("events", name), event)
    for number, ending in enumerate(scenario.endings):
        if ending.when is not None:
            yield Formula(("endings", number, "when"), ending.when, Kind.YESNO, NOBODY)
    yield from formulas_of_tests(scenario)
    for changes in change_lists(scenario):
        for path, change in changes.items():
            yield from formulas_of_change(path, change, changes.scopes)


def formulas_of_tests(scenario: Scenario) -> Iterator[Formula]:
    """The conditions of expectations and cases, which may ask how the run closed."""
    for number, expectation in enumerate(scenario.expect):
        for key in ("chance", "given", "never"):
            text = getattr(expectation, key)
            if text is not None:
                yield Formula(("expect", number, key), text, Kind.YESNO, NOBODY, endings=True)
    for name, case in scenario.cases.items():
        for number, claim in enumerate(case.then):
            path: Path = ("cases", name, "then", number, claim.kind)
            yield Formula(path, claim.text, Kind.YESNO, NOBODY, endings=True)


def formulas_of_action(path: Path, action: Action) -> Iterator[Formula]:
    """The expressions of an action, but for its effects."""
    scopes = scopes_of(action)
    yield Formula((*path, "when"), action.when, Kind.YESNO, scopes)
    for words, need in action.needs.items():
        yield Formula((*path, "needs", words), need, Kind.YESNO, scopes)
    if action.each is not None:
        yield Formula((*path, "targets", "each"), action.each.each, Kind.YESNO, scopes_of_effects(action))
    yield from formulas_of_amount((*path, "appeal"), action.appeal, scopes)
    yield from formulas_of_amount((*path, "cost"), action.cost, scopes)
    if action.vote is not None:
        yield from formulas_of_amount((*path, "vote", "lean"), action.vote.lean, scopes)


def formulas_of_amount(path: Path, amount: str | Mapping[str, str], scopes: Scopes) -> Iterator[Formula]:
    """The expressions of an appeal, cost or lean: one, or each of its parts under its words."""
    if isinstance(amount, str):
        yield Formula(path, amount, Kind.NUMBER, scopes)
    else:
        for words, text in amount.items():
            yield Formula((*path, words), text, Kind.NUMBER, scopes)


def formulas_of_event(path: Path, event: Event) -> Iterator[Formula]:
    """The expressions of an event, but for its effects."""
    yield Formula((*path, "when"), event.when, Kind.YESNO, NOBODY)
    for key in ("chance", "chance_per_week"):
        text = getattr(event, key)
        if text is not None:
            yield Formula((*path, key), text, Kind.NUMBER, NOBODY)
    for name, outcome in event.outcomes.items():
        yield Formula((*path, "outcomes", name, "weight"), outcome.weight, Kind.NUMBER, NOBODY)


def formulas_of_change(path: Path, change: Effect | Belief, scopes: Scopes) -> Iterator[Formula]:
    """The condition and the chance of an effect or belief."""
    if change.when is not None:
        yield Formula((*path, "when"), change.when, Kind.YESNO, scopes)
    if change.chance is not None:
        yield Formula((*path, "chance"), change.chance, Kind.NUMBER, scopes)


def texts_of_changes(lists: Iterable[ChangeList]) -> Iterator[str]:
    """The expressions of effects and beliefs: conditions, chances and amounts."""
    for changes in lists:
        for path, change in changes.items():
            yield from (formula.text for formula in formulas_of_change(path, change, changes.scopes))
            yield from (*change.add.values(), *change.set.values())


def words_of(texts: Iterable[str]) -> set[str]:
    """The parts of all names in these texts, but for those of endings."""
    names = chain.from_iterable(NAME.findall(text) for text in texts)
    return set(chain.from_iterable(name.split(".") for name in names if not name.startswith("ending.")))


def texts(scenario: Scenario) -> Iterator[Text]:
    """Every dispatch."""
    for path, action in choices(scenario):
        yield from _text((*path, "dispatch"), action.dispatch, News.MOVE, path)
        if action.vote is not None:
            yield from _text((*path, "vote", "passed"), action.vote.passed, News.VOTE, path)
            yield from _text((*path, "vote", "failed"), action.vote.failed, News.VOTE, path)
    for name, ask in scenario.asks.items():
        yield from _text(("asks", name, "dispatch"), ask.dispatch, News.ASK, ("asks", name))
    for name, event in scenario.events.items():
        yield from _text(("events", name, "dispatch"), event.dispatch, News.EVENT, ("events", name))
        for key, outcome in event.outcomes.items():
            where: Path = ("events", name, "outcomes", key, "dispatch")
            yield from _text(where, outcome.dispatch, News.EVENT, ("events", name))
    for changes in change_lists(scenario):
        for path, change in changes.items():
            if isinstance(change, Effect):
                yield from _text((*path, "dispatch"), change.dispatch, changes.news, changes.owner)


def _text(path: Path, variants: Texts | None, news: News, owner: Path) -> Iterator[Text]:
    if variants is not None:
        yield Text(path, variants, news, owner)
