"""Key moments of a game: the turns in which most changed, with what it was that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.play.facts.headlines import is_milestone
from engine.play.wording import asked_in_words, named, parted
from engine.scenario.names import scale_of
from engine.words import _

if TYPE_CHECKING:
    from engine.play.retold.frame import Frame
    from engine.scenario.models import Scenario

MOST = 8
"""Key moments that a game has at most, its end included."""

LEAST = 0.05
"""The weight from which a turn is one."""

MOVED, ODDS_MOVED = 0.03, 0.1
"""The share of a scale, and of the odds that a player was shown, from which a change counts."""

PASSED, FAILED, MILESTONE, END = 0.2, 0.06, 0.2, 9.0
"""What a vote, a step that can't be taken back, and the end weigh, beside an issue's way across its whole scale: 1."""


@dataclass(frozen=True, slots=True)
class KeyMoment:
    """A turn in which much changed."""

    number: int
    """Of the frame to which the turn led."""
    weight: float
    reasons: tuple[str, ...]
    """What changed, the weightiest first."""


Change = tuple[float, str]
"""The weight of a change, and what it is."""


def key_moments(scenario: Scenario, frames: Sequence[Frame]) -> tuple[KeyMoment, ...]:
    """The turns in which most changed, in their order."""
    found = []
    for before, after in pairwise(frames):
        changes = sorted(_changes(scenario, before, after), key=lambda change: -change[0])
        weight = sum(weight for weight, _words in changes)
        if weight >= LEAST:
            found.append(KeyMoment(after.number, weight, tuple(words for _weight, words in changes)))
    weightiest = sorted(found, key=lambda moment: -moment.weight)[:MOST]
    return tuple(sorted(weightiest, key=lambda moment: moment.number))


def _changes(scenario: Scenario, before: Frame, after: Frame) -> Iterator[Change]:
    """What a turn changed."""
    turn = after.passed
    assert turn is not None, "only the first frame has no turn before it"
    # the story has closed
    if after.ending is not None:
        yield END, next(ending.title for ending in scenario.endings if ending.id == after.ending)
    # a question was decided
    for vote in turn.votes:
        question = asked_in_words(scenario, *parted(vote.question))
        weight, words = (PASSED, _("passed: {question}")) if vote.passed else (FAILED, _("failed: {question}"))
        yield weight, words.format(question=question)
    # somebody did what can't be taken back
    for move in turn.moves:
        if is_milestone(scenario.choice(move.option.action)):
            yield MILESTONE, f"{scenario.actors[move.option.actor].title}: {named(scenario, move.option)}"
    # the world moved on an issue
    for issue, rule in scenario.issues.items():
        low, high = scale_of(scenario, issue)
        way = after.stands.values[issue] - before.stands.values[issue]
        if abs(way) / (high - low) >= MOVED:
            yield abs(way) / (high - low), f"{rule.title} {way:+.0f}"
    # what a player was shown to expect was not what had been shown before
    way = _odds_moved(before, after)
    if way >= ODDS_MOVED:
        yield way, _("the odds that you saw moved by {percent}%").format(percent=f"{100 * way:.0f}")


def _odds_moved(before: Frame, after: Frame) -> float:
    """Which share of the odds that players were shown in one turn had another ending in the next; the largest."""
    first = before.sheet.expected if before.sheet else {}
    second = after.sheet.expected if after.sheet else {}
    ways = [
        sum(abs(second[actor].shares.get(e, 0.0) - first[actor].shares.get(e, 0.0)) for e in first[actor].shares) / 2
        for actor in first
        if actor in second
    ]
    return max(ways, default=0.0)
