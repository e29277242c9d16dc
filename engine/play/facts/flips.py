"""What would change a member's vote: the smallest move along one position, its own or the world's.

Each position is moved over its whole scale, everything else as it stands, and the rules' own leaning is asked at each
point; the nearest change is then closed in on by halving.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from engine.play.wording import reason_in_words
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.rulebook import Rules
from engine.rules.votes import ABSTAIN, BALLOTS, NO, YES, Leaning, Question
from engine.rules.world import World
from engine.scenario.models import Scenario
from engine.scenario.names import Reference, scale_of
from engine.words import _

POINTS = 51
"""Places on a scale that are looked at first; two changes nearer to each other than that may be missed."""

HALVINGS = 10
"""How often the gap around a change is halved: to a fifty-thousandth of the scale."""

SIDE_BY_SIDE = 1024
"""Worlds that are looked at together."""

WORDS = {ballot: word for word, ballot in BALLOTS.items()}


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest move of one position that changes a member's vote."""

    actor: str
    issue: str
    is_own: bool
    """Whether its own position moves; else where the world stands does."""
    now: float
    at: float
    """Where the vote changes; it is another one just beyond."""
    becomes: str
    """``yes``, ``abstain`` or ``no``."""
    share: float
    """The move as a share of the scale."""


@dataclass(frozen=True, slots=True)
class _Probe:
    """A position that is moved for a member: its row in the state, and the ends of its scale."""

    seat: int
    issue: str
    is_own: bool
    row: int
    now: float
    low: float
    high: float


def vote_of(leaning: Leaning) -> Rows:
    """The likeliest votes, the milder of equals: shape (members, runs)."""
    abstain = 1.0 - leaning.yes - leaning.no
    yes = (leaning.yes > abstain) & (leaning.yes > leaning.no)
    no = (leaning.no > abstain) & (leaning.no > leaning.yes)
    votes: Rows = np.where(yes, YES, np.where(no, NO, ABSTAIN))
    return votes


def flips_of(rules: Rules, world: World, question: Question) -> dict[str, Flip | None]:
    """For each sitting member, what would change its vote; None where nothing within any one scale would."""
    body = question.body(world.tick)
    votes = vote_of(rules.leaning(world, question))[:, 0]
    probes = list(_probes(rules, world, body.names))
    seats = np.array([probe.seat for probe in probes], dtype=np.intp)
    low = np.array([probe.low for probe in probes])
    span = np.array([probe.high for probe in probes]) - low
    places = low[:, np.newaxis] + span[:, np.newaxis] * np.linspace(0.0, 1.0, POINTS)
    asked = _votes_at(rules, question, world, probes, places)
    changed = asked != votes[seats][:, np.newaxis]
    near, far, found = _brackets(probes, places, changed)
    near, far = _halved(rules, question, world, [probes[i] for i in found], near, far, votes[seats[found]])
    becomes = _votes_at(rules, question, world, [probes[i] for i in found], far[:, np.newaxis])[:, 0]
    flips = [_flip(probes[i], body.names, far[k], int(becomes[k])) for k, i in enumerate(found)]
    best: dict[str, Flip | None] = dict.fromkeys(body.names)
    for flip in flips:
        other = best[flip.actor]
        if other is None or flip.share < other.share:
            best[flip.actor] = flip
    return best


def _probes(rules: Rules, world: World, names: tuple[str, ...]) -> Iterator[_Probe]:
    """Each member's own positions, then where the world stands, on the issues that it cares about."""
    rows = rules.layout.rows
    for seat, actor in enumerate(names):
        for issue, stance in rules.scenario.actors[actor].stances.items():
            if stance.salience > 0:
                low, high = scale_of(rules.scenario, issue)
                for reference in (Reference("position", issue, actor), Reference("issue", issue)):
                    row = rows[reference]
                    now = float(world.cells[row, 0])
                    yield _Probe(seat, issue, reference.kind == "position", row, now, low, high)


def _votes_at(rules: Rules, question: Question, world: World, probes: list[_Probe], places: Numbers) -> Rows:
    """The vote of each probe's member with the probe's position at each of its places: shape of ``places``."""
    votes = np.empty(places.shape, dtype=np.intp)
    chunk = max(1, SIDE_BY_SIDE // places.shape[1])
    for first in range(0, len(probes), chunk):
        part = probes[first : first + chunk]
        count = len(part) * places.shape[1]
        ahead = replace(world, guesses=None).multiplied(world.draws.repeated(count))
        rows = np.repeat([probe.row for probe in part], places.shape[1])
        seats = np.repeat([probe.seat for probe in part], places.shape[1])
        columns = np.arange(count)
        ahead.cells[rows, columns] = places[first : first + chunk].ravel()
        votes[first : first + chunk] = vote_of(rules.leaning(ahead, question))[seats, columns].reshape(len(part), -1)
    return votes


def _brackets(probes: list[_Probe], places: Numbers, changed: YesNo) -> tuple[Numbers, Numbers, Rows]:
    """The nearest change of each probe that has one: the last place without it, the first with it, and the probe."""
    near, far, found = [], [], []
    for number, probe in enumerate(probes):
        where = places[number][changed[number]]
        if len(where):
            beyond = float(where[np.abs(where - probe.now).argmin()])
            same = [place for place in places[number][~changed[number]] if min(probe.now, beyond) < place]
            between = [place for place in same if place < max(probe.now, beyond)]
            near.append(min(between, key=lambda place: abs(place - beyond)) if between else probe.now)
            far.append(beyond)
            found.append(number)
    return np.array(near), np.array(far), np.array(found, dtype=np.intp)


def _halved(
    rules: Rules, question: Question, world: World, probes: list[_Probe], near: Numbers, far: Numbers, votes: Rows
) -> tuple[Numbers, Numbers]:
    """The same brackets, narrowed: the vote is the present one at the near end and another at the far end."""
    for _step in range(HALVINGS if probes else 0):
        middle = (near + far) / 2.0
        changed = _votes_at(rules, question, world, probes, middle[:, np.newaxis])[:, 0] != votes
        near, far = np.where(changed, near, middle), np.where(changed, middle, far)
    return near, far


def _flip(probe: _Probe, names: tuple[str, ...], at: float, becomes: int) -> Flip:
    share = abs(at - probe.now) / (probe.high - probe.low)
    return Flip(names[probe.seat], probe.issue, probe.is_own, probe.now, float(at), WORDS[becomes], share)


def flip_in_words(scenario: Scenario, flip: Flip | None) -> str:
    """What would change a vote, in a line."""
    if flip is None:
        return _("nothing within the scale")
    texts = {
        (True, True): _("{votes} if its position on {issue} rises above {at} (now {now})"),
        (True, False): _("{votes} if its position on {issue} falls below {at} (now {now})"),
        (False, True): _("{votes} if the world stands above {at} on {issue} (now {now})"),
        (False, False): _("{votes} if the world stands below {at} on {issue} (now {now})"),
    }
    votes = {"yes": _("votes yes"), "abstain": _("abstains"), "no": _("votes no")}
    at, now = _apart(flip.at, flip.now)
    text = texts[flip.is_own, flip.at > flip.now]
    return text.format(votes=votes[flip.becomes], issue=reason_in_words(scenario, flip.issue), at=at, now=now)


def _apart(one: float, other: float) -> tuple[str, str]:
    """Two numbers with as few decimals as tell them apart, at most three."""
    for digits in range(4):
        first, second = f"{one:.{digits}f}", f"{other:.{digits}f}"
        if first != second:
            break
    return first, second
