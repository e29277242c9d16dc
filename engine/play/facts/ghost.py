"""History beside a game: what the real actor did in a turn's days, and how far this world has drifted from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from engine.play.facts.dossier import Quote, quotes_of
from engine.play.wording import short_date
from engine.rules.layout import NO_STAMP
from engine.scenario.history import History, HistoryEntry
from engine.scenario.models import Scenario
from engine.scenario.names import Reference, place_of, scale_of
from engine.scenario.sources import Sources
from engine.words import _

if TYPE_CHECKING:
    from engine.play.sight.seen import Played


@dataclass(frozen=True, slots=True)
class RealDeed:
    """Something that really happened, with the words of its sources or how else it is known."""

    on: dt.date
    title: str
    text: str | None
    quotes: tuple[Quote, ...]
    background: str | None
    actors: tuple[str, ...]
    does: tuple[tuple[str, str], ...]
    """The actions of the scenario that it corresponds to, each with its title; the actor's own where one is asked for.
    """


@dataclass(frozen=True, slots=True)
class Ghost:
    """What was really done in the days of a turn."""

    turn: int
    first: dt.date
    last: dt.date
    own: tuple[RealDeed, ...]
    """By the actor that was asked for."""
    others: tuple[RealDeed, ...]
    """By others, or by nobody."""


PATIENCE = 0.5
"""A flag that comes true so much of the story earlier or later than in reality counts as one that never does."""


@dataclass(frozen=True, slots=True)
class FlagDrift:
    """A flag that is true by now here, or was in reality, or both."""

    flag: str
    actor: str | None
    words: str
    here: dt.date | None
    """Since when it is true here; None where it is not."""
    in_reality: dt.date | None
    """Since when it was true in reality; None where it was not by the same day."""
    later: dt.date | None
    """When it came true in reality, where that was later: for the end of a game, not before."""

    apart: float
    """0, as it was, to 1, in one of the two alone: for how long it is true in only one of them so far, as a share of
    PATIENCE of the story."""

    @property
    def agrees(self) -> bool:
        """Whether it is true in both."""
        return self.here is not None and self.in_reality is not None


@dataclass(frozen=True, slots=True)
class IssueDrift:
    """An issue on which the history has a reading, and where this world stood on that day."""

    issue: str
    title: str
    here: float
    in_reality: float
    read_on: dt.date
    """The day of the latest reading."""
    share: float
    """The distance as a share of the scale."""
    assumed: str | None


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a world has drifted from the record by the opening of a turn."""

    on: dt.date
    flags: tuple[FlagDrift, ...]
    issues: tuple[IssueDrift, ...]
    figure: float
    """0, as it was, to 100, nothing in common: a mean over flags and issues. A flag of the world counts by the days for
    which it is true in only one of the two, a flag that actors have the mean of its holders; an issue counts the
    distance between the latest reading and where this world stood on its day, as a share of the scale."""


def ghost_of(scenario: Scenario, history: History, sources: Sources, actor: str | None, turn: int) -> Ghost:
    """What really happened in the days of a turn, that which an actor did apart from the rest."""
    first = scenario.date_of(turn)
    last = scenario.timeline.last_day_of(turn)
    entries = [entry for entry in history.entries if first <= entry.on <= last]
    own = [entry for entry in entries if actor in entry.actors]
    others = [entry for entry in entries if actor not in entry.actors]
    return Ghost(
        turn,
        first,
        last,
        tuple(_deed(scenario, sources, entry, actor) for entry in own),
        tuple(_deed(scenario, sources, entry, None) for entry in others),
    )


def _deed(scenario: Scenario, sources: Sources, entry: HistoryEntry, actor: str | None) -> RealDeed:
    does = [a for a in entry.does if actor is None or actor in scenario.members(scenario.choice(a).by)]
    return RealDeed(
        entry.on,
        entry.title,
        entry.text,
        quotes_of(entry.evidence, sources),
        entry.background,
        entry.actors,
        tuple((action, scenario.choice(action).title) for action in does),
    )


def drift_of(game: Played, history: History) -> Drift:
    """How far a game has drifted by the opening of its next turn, on what the history keeps track of."""
    return _drift(game.day, tuple(_flags(game, history, game.day)), tuple(_issues(game, history, game.day)))


def without_secrets(drift: Drift, tells: Callable[[Reference], bool]) -> Drift:
    """A drift on those flags alone that are told."""
    places = [Reference("actor_flag" if flag.actor else "flag", flag.flag, flag.actor or "") for flag in drift.flags]
    told = tuple(flag for flag, place in zip(drift.flags, places, strict=True) if tells(place))
    return _drift(drift.on, told, drift.issues)


def _drift(day: dt.date, flags: tuple[FlagDrift, ...], issues: tuple[IssueDrift, ...]) -> Drift:
    apart = [*_flags_apart(flags), *(issue.share for issue in issues)]
    return Drift(day, flags, issues, 100.0 * fmean(apart) if apart else 0.0)


def _flags(game: Played, history: History, day: dt.date) -> Iterator[FlagDrift]:
    """Those that are true in one of the two by now, of the kinds that the history sets or says never came true."""
    scenario = game.rules.scenario
    real = {flag: entry.on for entry in reversed(history.entries) for flag in entry.sets}
    for name in _tracked(scenario, history, real):
        flag, _dot, actor = name.partition(".")
        if not game.tells(place_of(scenario, name)):
            continue
        here = _since(game, flag, actor)
        on = real.get(name)
        by_now = on if on is not None and on < day else None
        if here is not None or by_now is not None:
            later = on if by_now is None else None
            words = flag_in_words(scenario, flag, actor)
            apart = _apart(scenario, here, by_now or (later if game.is_over else None), None if game.is_over else day)
            yield FlagDrift(flag, actor or None, words, here, by_now, later, apart)


def _apart(scenario: Scenario, here: dt.date | None, real: dt.date | None, now: dt.date | None) -> float:
    """How far two days lie apart, 0 within a pace; one that has not come is ``now``, and where that is None, never."""
    one, other = here or now, real or now
    if one is None or other is None:
        return 1.0
    days = abs((one - other).days) - (scenario.timeline.hours_in_pace / 24 - 1)
    return min(1.0, max(0.0, days) / (PATIENCE * (scenario.end - scenario.start).days))


def _tracked(scenario: Scenario, history: History, real: dict[str, dt.date]) -> Iterator[str]:
    """Flags of the world that the history names, and those of every actor of which it names one actor's."""
    named = {*real, *history.never}
    kinds = {name.partition(".")[0] for name in named if "." in name}
    yield from (flag for flag in scenario.flags if flag in named)
    for flag in scenario.actor_flags:
        if flag in kinds:
            yield from (f"{flag}.{actor}" for actor in scenario.actors)


def _since(game: Played, flag: str, actor: str) -> dt.date | None:
    """The day on which a flag became true in a game, where it is true."""
    kind = "since_actor_flag" if actor else "since_flag"
    days = game.read(Reference(kind, flag, actor))
    return None if days == NO_STAMP else game.rules.scenario.start + dt.timedelta(days=int(days))


def flag_in_words(scenario: Scenario, flag: str, actor: str) -> str:
    """What a flag means; that of an actor begins with the actor's name."""
    return f"{scenario.actors[actor].title} {scenario.actor_flags[flag]}" if actor else scenario.flags[flag]


def _issues(game: Played, history: History, day: dt.date) -> Iterator[IssueDrift]:
    """The latest reading of each issue, beside where this world stood when the turn of that day closed."""
    scenario = game.rules.scenario
    latest = {issue: (e.on, s) for e in history.entries if e.on < day for issue, s in e.stands.items()}
    for issue, rule in scenario.issues.items():
        if issue in latest:
            on, standing = latest[issue]
            low, high = scale_of(scenario, issue)
            here = _stood(game, issue, on)
            share = abs(here - standing.at) / (high - low)
            yield IssueDrift(issue, rule.title, here, standing.at, on, share, standing.assumed)


def _stood(game: Played, issue: str, on: dt.date) -> float:
    """Where an issue stood at the end of a day's turn; before the first, as the story opens."""
    scenario = game.rules.scenario
    closed = [turn for turn in game.turns if scenario.timeline.last_day_of(turn.turn) >= on]
    return closed[0].values[issue] if closed else game.read(Reference("issue", issue))


def _flags_apart(flags: tuple[FlagDrift, ...]) -> Iterator[float]:
    """Each flag of the world, and each flag that actors have, as one number from 0 to 1."""
    kinds: dict[str, list[float]] = {}
    for flag in flags:
        kinds.setdefault(flag.flag, []).append(flag.apart)
    yield from (fmean(apart) for apart in kinds.values())


def definition_of_drift() -> str:
    """What the figure of a drift means, in a sentence."""
    return _(
        "0 is as it was, 100 has nothing in common with it: a mean over flags, by the days for which they are true in "
        "only one of the two, and over issues, by their distance on the day of the reading as a share of the scale."
    )


def flag_told(drift: FlagDrift, is_over: bool = False) -> str:
    """*Kosovo declared independence. Here 12 Feb, in reality not yet*; the later day only once a game is over."""
    here = short_date(drift.here) if drift.here else _("not")
    if drift.in_reality:
        real = short_date(drift.in_reality)
    elif is_over and drift.later:
        real = _("only on {day}").format(day=short_date(drift.later))
    else:
        real = _("not in this time") if is_over else _("not yet")
    words = drift.words.rstrip(".")
    return _("{flag}: here {here}, in reality {real}").format(flag=words, here=here, real=real)
