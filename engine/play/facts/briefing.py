"""What a player reads before the first turn: the crisis in short, and a side of it within a minute and a half."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.play.facts.dossier import Quote, SeatLine, actions_of, asks_of, quotes_of, seats_of
from engine.play.wording import days_in_words, nearest_point, playable, short_date
from engine.rules.loss import loss_at
from engine.scenario.models import Action, Scenario
from engine.scenario.names import scale_of
from engine.words import _, ngettext

if TYPE_CHECKING:
    from engine.scenario.sources import Sources

WORDS_A_MINUTE = 230
"""How fast people read prose in their own language (Brysbaert 2019 found 238)."""

READING = 90
"""Seconds that the briefing of a side may take."""

WEIGHTIEST = 3
"""How many stances a briefing names."""

RED = 10.0
"""Points of the score that the named point of a scale costs a side, for it to be a red line."""

NEAREST = 3
"""How many friends and how many opponents a briefing names."""

SHARED = 0.5
"""The part of a side's salience that issues in common must have before two actors are compared."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of the calendar."""

    on: dt.date
    title: str
    summary: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """A side that may be played, in two sentences."""

    actor: str
    title: str
    wants: str | None
    fears: str | None


@dataclass(frozen=True, slots=True)
class ScenarioBriefing:
    """A crisis before its first turn."""

    scenario: str
    title: str
    summary: str | None
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...]
    start: dt.date
    end: dt.date
    turns: int
    step: str
    """The length of a turn, in words."""
    pace: str | None
    """The step of the rules, in words, where a turn has several."""
    moves: int
    """How many moves a side may make in a turn."""
    deadlines: tuple[Deadline, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """What a side wants on an issue, against where the world stands at the start."""

    issue: str
    title: str
    position: float
    position_in_words: str
    start: float
    start_in_words: str
    salience: float
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class RedLine:
    """The first named point of a scale, from the start away from what a side wants, that costs it dearly."""

    issue: str
    title: str
    point: float
    words: str
    costs: float
    """Points of 100 that a world at this point would cost the side."""


@dataclass(frozen=True, slots=True)
class Stake:
    """A way in which the story may close, and what that is to a side."""

    ending: str
    title: str
    points: float
    """0 (nothing could be worse for it) to 100."""
    text: str | None


@dataclass(frozen=True, slots=True)
class Deal:
    """Something that the side may do."""

    action: str
    title: str
    summary: str | None
    targets: int
    """How many others it may be aimed at."""


@dataclass(frozen=True, slots=True)
class Deals:
    """Actions of one kind."""

    kind: str
    """``vote``, ``target``, ``several``, ``once`` or ``again``."""
    title: str
    deals: tuple[Deal, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """Another actor, how far its stances are from a side's (0..1), and the issue on which they differ most."""

    actor: str
    title: str
    distance: float
    issue: str
    issue_title: str


@dataclass(frozen=True, slots=True)
class SideBriefing:
    """A side before the first turn."""

    actor: str
    title: str
    summary: str | None
    wants: str | None
    fears: str | None
    told: tuple[str, ...]
    """What it alone is told, in paragraphs."""
    stances: tuple[Want, ...]
    red_lines: tuple[RedLine, ...]
    stakes: tuple[Stake, ...]
    """Endings of which the scenario says what they are to it, the best first."""
    actions: tuple[Deals, ...]
    seats: tuple[SeatLine, ...]
    nearest: tuple[Kin, ...]
    farthest: tuple[Kin, ...]
    sources: tuple[str, ...]
    """Each source that is quoted for its stances: publisher, day, title."""

    @property
    def seconds(self) -> float:
        """How long the lines of this briefing take to read."""
        return seconds_to_read(briefing_lines(self))


def brief(scenario: Scenario) -> ScenarioBriefing:
    """The crisis in short."""
    deadlines = sorted(
        (e for e in scenario.calendar.values() if e.deadline and e.known_to is None), key=lambda entry: entry.on
    )
    sides = [(actor, scenario.actors[actor]) for actor in playable(scenario)]
    return ScenarioBriefing(
        scenario.id,
        scenario.title,
        scenario.summary,
        _paragraphs(scenario.briefing),
        scenario.authors,
        scenario.start,
        scenario.end,
        scenario.turns,
        days_in_words(scenario.step),
        days_in_words(scenario.timeline.pace_in_days) if scenario.timeline.paces_per_turn > 1 else None,
        scenario.moves_per_turn,
        tuple(Deadline(entry.on, entry.title, entry.summary) for entry in deadlines),
        tuple(Side(actor, record.title, record.wants, record.fears) for actor, record in sides),
    )


def brief_side(scenario: Scenario, actor: str, sources: Sources) -> SideBriefing:
    """A side in short; ``sources`` are those of the scenario's report."""
    record = scenario.actors[actor]
    kin = sorted(_kin(scenario, actor), key=lambda other: other.distance)
    near = kin[:NEAREST]
    return SideBriefing(
        actor,
        record.title,
        record.summary,
        record.wants,
        record.fears,
        _paragraphs(record.briefing),
        tuple(_wants(scenario, actor, sources)),
        tuple(_red_lines(scenario, actor)),
        stakes_of(scenario, actor),
        tuple(_deals(scenario, actor)),
        tuple(seats_of(scenario, actor)),
        tuple(near),
        tuple(reversed(kin[len(near) :][-NEAREST:])),
        tuple(_quoted(scenario, actor, sources)),
    )


def _paragraphs(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split("\n") if part.strip())


def _wants(scenario: Scenario, actor: str, sources: Sources) -> Iterator[Want]:
    stances = scenario.actors[actor].stances.items()
    for issue, stance in sorted(stances, key=lambda item: -item[1].salience)[:WEIGHTIEST]:
        rule = scenario.issues[issue]
        yield Want(
            issue,
            rule.title,
            stance.position,
            nearest_point(scenario, issue, stance.position),
            rule.start,
            nearest_point(scenario, issue, rule.start),
            stance.salience,
            quotes_of(stance.evidence, sources),
        )


def _red_lines(scenario: Scenario, actor: str) -> Iterator[RedLine]:
    """Sorted by what they cost."""
    found = []
    stances = scenario.actors[actor].stances
    total = sum(max(_loss(scenario, actor, issue, end) for end in scale_of(scenario, issue)) for issue in stances)
    for issue, stance in stances.items():
        rule, position = scenario.issues[issue], stance.position
        beyond = [p for p in rule.scale if abs(p - position) > abs(rule.start - position)]
        dear = [p for p in beyond if total and 100 * _loss(scenario, actor, issue, p) / total >= RED]
        if dear:
            point = min(dear, key=lambda p: abs(p - position))
            cost = 100 * _loss(scenario, actor, issue, point) / total
            found.append(RedLine(issue, rule.title, point, rule.scale[point], cost))
    yield from sorted(found, key=lambda line: -line.costs)


def stakes_of(scenario: Scenario, actor: str) -> tuple[Stake, ...]:
    """What the ways in which the story may close are to a side, where that is said; the best first."""
    told = [(ending, scenario.worth_of(ending, actor)) for ending in scenario.endings]
    found = [Stake(ending.id, ending.title, worth.points, worth.text) for ending, worth in told if worth is not None]
    return tuple(sorted(found, key=lambda stake: -stake.points))


def _loss(scenario: Scenario, actor: str, issue: str, point: float) -> float:
    """What it would cost an actor that the world stands at a point of an issue's scale."""
    (low, high), position = scale_of(scenario, issue), scenario.actors[actor].stances[issue].position
    hurt = loss_at(scenario.loss_of(issue), high - low, np.array(abs(point - position)))
    return _weight(scenario, actor, issue) * float(hurt)


def _weight(scenario: Scenario, actor: str, issue: str) -> float:
    low, high = scale_of(scenario, issue)
    return scenario.actors[actor].stances[issue].salience / (high - low)


def _deals(scenario: Scenario, actor: str) -> Iterator[Deals]:
    titles = {
        "vote": _("Questions to put to the vote"),
        "once": _("Steps to take only once"),
        "target": _("Aimed at one other"),
        "several": _("Aimed at several at once"),
        "again": _("Words and measures to use again"),
        "asked": _("What may be asked of you at any hour"),
    }
    sorted_out: dict[str, list[Deal]] = {kind: [] for kind in titles}
    for name, action in actions_of(scenario, actor).items():
        targets = len([who for who in scenario.members(action.aims or ()) if who != actor])
        sorted_out[_kind(action)].append(Deal(name, action.title, action.summary, targets))
    sorted_out["asked"] = [Deal(name, ask.title, ask.summary, 0) for name, ask in asks_of(scenario, actor).items()]
    yield from (Deals(kind, titles[kind], tuple(deals)) for kind, deals in sorted_out.items() if deals)


def _kind(action: Action) -> str:
    """What is most particular about an action."""
    if action.vote is not None:
        return "vote"
    if action.aims is not None:
        return "target" if action.each is None else "several"
    return "once" if action.once else "again"


def _kin(scenario: Scenario, actor: str) -> Iterator[Kin]:
    """Everybody who can be compared, by the mean distance of stances that the side's salience weighs."""
    own = scenario.actors[actor].stances
    cares = sum(stance.salience for stance in own.values())
    for other, record in scenario.actors.items():
        shared = [issue for issue in own if issue in record.stances]
        common = sum(own[issue].salience for issue in shared)
        if other == actor or not common or common < SHARED * cares:
            continue
        apart = {
            issue: _weight(scenario, actor, issue) * abs(own[issue].position - record.stances[issue].position)
            for issue in shared
        }
        most = max(apart, key=lambda issue: apart[issue])
        yield Kin(other, record.title, sum(apart.values()) / common, most, scenario.issues[most].title)


def _quoted(scenario: Scenario, actor: str, sources: Sources) -> Iterator[str]:
    quotes = [q for stance in scenario.actors[actor].stances.values() for q in quotes_of(stance.evidence, sources)]
    yield from dict.fromkeys(quote.head for quote in sorted(quotes, key=lambda quote: quote.date))


def seconds_to_read(lines: Sequence[str]) -> float:
    """How long some lines take to read."""
    return 60 * sum(len(line.split()) for line in lines) / WORDS_A_MINUTE


def briefing_lines(side: SideBriefing) -> list[str]:
    """The briefing of a side in lines; long lists of actions are cut to what can be read in the time."""
    head = list(_who_lines(side))
    tail = list(_company_lines(side))
    most = max((len(group.deals) for group in side.actions), default=0)
    for shown in range(most, 0, -1):
        actions = [_group_line(group, shown) for group in side.actions]
        if seconds_to_read([*head, *actions, *tail]) <= READING or shown == 1:
            return [*head, *actions, *tail]
    return [*head, *tail]


def _who_lines(side: SideBriefing) -> Iterator[str]:
    if side.summary:
        yield side.summary
    yield from (_("You alone are told: {text}").format(text=text) for text in side.told)
    if side.wants:
        yield _("You want: {wants}").format(wants=side.wants)
    if side.fears:
        yield _("You fear: {fears}").format(fears=side.fears)
    for want in side.stances:
        yield want_in_words(want)
    if side.red_lines:
        lines = "; ".join(f"{line.title}: {line.words}" for line in side.red_lines[:WEIGHTIEST])
        yield _("Red lines: {lines}.").format(lines=lines)
    if len(side.stakes) > 1:
        yield stake_in_words(_("At best: {ending}."), side.stakes[0])
        yield stake_in_words(_("At worst: {ending}."), side.stakes[-1])


def stake_in_words(head: str, stake: Stake) -> str:
    """An ending, and what it is to the side."""
    return " ".join(part for part in (head.format(ending=stake.title), stake.text) if part)


def want_in_words(want: Want) -> str:
    """A stance in a line."""
    return _("{issue}: {cares}; wants {wants}, and it stands at {start}.").format(
        issue=want.title,
        cares=cares_in_words(want.salience),
        wants=want.position_in_words,
        start=want.start_in_words,
    )


def cares_in_words(salience: float) -> str:
    """How much an actor cares."""
    if salience >= 0.7:
        return _("cares most of all")
    if salience >= 0.4:
        return _("cares much")
    return _("cares") if salience >= 0.2 else _("cares little")


def _group_line(group: Deals, shown: int) -> str:
    titles = "; ".join(deal.title for deal in group.deals[:shown])
    more = len(group.deals) - shown
    rest = "; " + ngettext("and {more} more", "and {more} more", more).format(more=more) if more > 0 else ""
    return f"{group.title}: {titles}{rest}."


def _company_lines(side: SideBriefing) -> Iterator[str]:
    if side.seats:
        yield _("You vote in: {bodies}.").format(bodies="; ".join(_seat_in_words(line) for line in side.seats))
    if side.nearest:
        yield _("You agree most with {actors}.").format(actors=_names(side.nearest))
    if side.farthest:
        yield _("You disagree most with {actors}.").format(actors=_names(side.farthest))


def _names(kin: Sequence[Kin]) -> str:
    return ", ".join(other.title for other in kin)


def _seat_in_words(line: SeatLine) -> str:
    extras = []
    if line.seat.until is not None:
        extras.append(_("until {day}").format(day=short_date(line.seat.until)))
    if line.has_veto:
        extras.append(_("your no blocks"))
    return f"{line.title} ({', '.join(extras)})" if extras else line.title
