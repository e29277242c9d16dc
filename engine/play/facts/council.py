"""Institutions at one moment of a game: who sits, how they lean, how they would vote, and whether a text would pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.play.facts.flips import Flip, flips_of, vote_of
from engine.play.wording import asked_in_words, rule_in_words
from engine.rules.rulebook import Rules
from engine.rules.votes import ABSTAIN, BALLOTS, NO, YES, Body, Leaning, Question
from engine.rules.world import World
from engine.scenario.models import Institution, Scenario
from engine.words import _

if TYPE_CHECKING:
    from engine.play.sight.seen import Played

WORDS = {ballot: word for word, ballot in BALLOTS.items()}


@dataclass(frozen=True, slots=True)
class Member:
    """Who sits in an institution now."""

    actor: str
    title: str
    until: dt.date | None
    """The last day in the seat, where the term has one."""
    has_veto: bool
    weight: int | None
    """The weight of its vote, where votes are weighed."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """How a member leans on a question, and apart from it how it is likely to vote."""

    actor: str
    title: str
    has_veto: bool
    gain: float
    """What passing promises it: the lean, in units of gain."""
    vote: str
    """Its likeliest vote: ``yes``, ``abstain`` or ``no``."""
    sure: float
    """The chance of that vote (0..1)."""
    yes: float
    abstain: float
    no: float
    reason: str | None
    """The issue (or ``lean``) that weighs most in its gain; None where nothing does."""
    reason_amount: float


@dataclass(frozen=True, slots=True)
class Sponsor:
    """Somebody who may table a question."""

    actor: str
    title: str
    is_legal: bool
    """Whether it may do so in the open turn."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The likeliest votes counted; a veto is told apart from the count."""

    yes: int
    abstain: int
    no: int
    score: int
    """What the rule counts: votes, their surplus, or weights."""
    needed: int
    """What the score must reach."""
    vetoes: tuple[str, ...]
    """Members whose likeliest vote is a no that blocks."""
    is_enough: bool
    """Whether the count alone suffices."""
    passes: bool
    """Whether it passes when everybody votes as is likeliest."""


@dataclass(frozen=True, slots=True)
class Motion:
    """A question that may come up."""

    question: str
    action: str
    target: str | None
    words: str
    sponsors: tuple[Sponsor, ...]
    ballots: tuple[Ballot, ...]
    tally: Tally
    chance: float
    """The exact chance that it would pass if it were put to the vote now (0..1)."""

    @property
    def is_legal(self) -> bool:
        """Whether anybody may table it in the open turn."""
        return any(sponsor.is_legal for sponsor in self.sponsors)


@dataclass(frozen=True, slots=True)
class Chamber:
    """An institution as it sits in the open turn."""

    institution: str
    title: str
    summary: str | None
    rule: str
    members: tuple[Member, ...]
    motions: tuple[Motion, ...]


def chambers(game: Played) -> tuple[Chamber, ...]:
    """Every institution of the scenario, with each question that may come up in it."""
    return tuple(_chamber(game, name, body) for name, body in game.rules.scenario.institutions.items())


def motion_of(game: Played, question_id: str) -> Motion:
    """One question, on the world as it stands."""
    return _motion(game, game.rules.question(question_id))


def what_would_flip(game: Played, question_id: str) -> dict[str, Flip | None]:
    """For each sitting member, the smallest move of one position (its own or the world's) that changes its vote."""
    return flips_of(game.rules, game.world, game.rules.question(question_id))


def _chamber(game: Played, name: str, body: Institution) -> Chamber:
    scenario = game.rules.scenario
    questions = [question for question in game.rules.questions if question.vote.institution == name]
    return Chamber(
        name,
        body.title,
        body.summary,
        rule_in_words(scenario, body.passes),
        tuple(_members(scenario, body, game.day)),
        tuple(_motion(game, question) for question in questions),
    )


def _members(scenario: Scenario, body: Institution, day: dt.date) -> Iterator[Member]:
    rule = body.passes
    for seat in body.seats:
        if seat.is_held_on(day):
            weight = rule.weight_of(seat.actor) if rule.weights or rule.quota is not None else None
            yield Member(seat.actor, scenario.actors[seat.actor].title, seat.until, seat.actor in rule.veto, weight)


def _motion(game: Played, question: Question) -> Motion:
    rules, world = game.rules, game.world
    body, leaning = question.body(world.tick), rules.leaning(world, question)
    ballots = tuple(_ballots(rules, question, world, leaning))
    return Motion(
        question.id,
        question.action,
        question.target,
        asked_in_words(rules.scenario, question.action, question.target),
        tuple(_sponsors(game, question)),
        ballots,
        _tally(body, np.array([BALLOTS[ballot.vote] for ballot in ballots], dtype=np.intp)),
        float(rules.passing(world, question)[0]),
    )


def _sponsors(game: Played, question: Question) -> Iterator[Sponsor]:
    rates = game.appraisal.rates
    for number, option in enumerate(game.rules.options):
        if (option.action, option.target) == (question.action, question.target):
            title = game.rules.scenario.actors[option.actor].title
            yield Sponsor(option.actor, title, bool(rates[number, 0] > 0))


def _ballots(rules: Rules, question: Question, world: World, leaning: Leaning) -> Iterator[Ballot]:
    body, reasons = question.body(world.tick), rules.reasons(world, question)
    votes = vote_of(leaning)[:, 0]
    for seat, actor in enumerate(body.names):
        yes, no = float(leaning.yes[seat, 0]), float(leaning.no[seat, 0])
        chances = {YES: yes, ABSTAIN: max(0.0, 1.0 - yes - no), NO: no}
        top = max(reasons, key=lambda name: abs(float(reasons[name][seat, 0])))
        amount = float(reasons[top][seat, 0])
        yield Ballot(
            actor,
            rules.scenario.actors[actor].title,
            actor in body.institution.passes.veto,
            float(leaning.gain[seat, 0]),
            WORDS[int(votes[seat])],
            chances[int(votes[seat])],
            yes,
            chances[ABSTAIN],
            no,
            top if amount else None,
            amount,
        )


def _tally(body: Body, votes: np.ndarray) -> Tally:
    yes, no = votes == YES, votes == NO
    weights = np.array([body.institution.passes.weight_of(name) for name in body.names])
    count = body.count
    score = int(np.array(count.gain)[yes].sum() - np.array(count.loss)[no].sum())
    vetoes = tuple(name for name, blocks, against in zip(body.names, count.blocks, no, strict=True) if blocks & against)
    return Tally(
        int(weights[yes].sum()),
        int(weights[votes == ABSTAIN].sum()),
        int(weights[no].sum()),
        score,
        count.needed,
        vetoes,
        score >= count.needed and (bool(weights[yes].any()) or not count.someone_for),
        bool(count.passes(yes[:, np.newaxis], no[:, np.newaxis])[0]),
    )


def tally_in_words(scenario: Scenario, institution: str, tally: Tally) -> str:
    """The count against what is needed, and the vetoes apart from it."""
    rule = scenario.institutions[institution].passes
    if rule.yes is not None:
        counted = _("{yes} of {needed} needed").format(yes=tally.yes, needed=tally.needed)
    elif rule.quota is not None:
        counted = _("weight {score} of {needed} needed").format(score=tally.score, needed=tally.needed)
    elif rule.unanimous:
        counted = _("{no} against; none may be").format(no=tally.no)
    elif rule.share is not None:
        counted = _("{yes} for and {no} against; {share} needed").format(yes=tally.yes, no=tally.no, share=rule.share)
    else:
        counted = _("{yes} for and {no} against").format(yes=tally.yes, no=tally.no)
    blocking = [actor for actor in tally.vetoes if actor in rule.veto]
    if not blocking:
        return counted
    members = ", ".join(scenario.actors[actor].title for actor in blocking)
    return _("{count}; vetoed by {members}").format(count=counted, members=members)
