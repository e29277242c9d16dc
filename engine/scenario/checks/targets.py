"""The targets of a history: what they name is in the scenario, their days in its calendar, their answers among it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from engine.expressions import ExpressionError, Kind
from engine.scenario.checks.context import Context
from engine.scenario.deeds import aims, doers, members, of_a_run
from engine.scenario.document import Path
from engine.scenario.models import EVERYONE
from engine.scenario.names import scale_of
from engine.scenario.problems import quoted
from engine.scenario.targets import (
    BallotOf,
    ByPosition,
    DayOf,
    Done,
    OrderOf,
    RangeOn,
    Target,
    ValueOn,
    WhichWere,
    WhoDid,
)


def check_targets(context: Context, targets: dict[str, Target]) -> None:
    """Notes everything in targets that does not fit the scenario."""
    for name, target in targets.items():
        path: Path = ("targets", name, target.kind)
        if target.given is not None:
            _expression(context, ("targets", name, "given"), target.given, Kind.YESNO)
        match target.statement:
            case Done() as done:
                _expression(context, (*path, "what"), done.what, Kind.YESNO)
                _day(context, (*path, "by"), done.by)
            case DayOf() as day:
                _expression(context, (*path, "of"), day.of, Kind.YESNO)
                if isinstance(day.was, dt.date):
                    _day(context, (*path, "was"), day.was)
            case ValueOn() | RangeOn() as number:
                _expression(context, (*path, "of"), number.of, Kind.NUMBER)
                _day(context, (*path, "on"), number.on)
            case WhoDid() as who:
                _who(context, path, who)
            case WhichWere() as which:
                _which(context, path, which)
            case OrderOf() as order:
                for side in ("first", "second"):
                    _expression(context, (*path, side), getattr(order, side), Kind.YESNO)
                _day(context, (*path, "by"), order.by)
            case BallotOf() as ballot:
                _ballot(context, path, ballot)


def _expression(context: Context, path: Path, text: str, kind: Kind) -> None:
    try:
        of_a_run(context.parser, text, kind)
    except ExpressionError as error:
        context.refuse(path, error)


def _day(context: Context, path: Path, day: dt.date) -> None:
    start, end = context.scenario.start, context.scenario.end
    if not start <= day <= end:
        context.note("E211", path, f"the story goes from {start} to {end}, and {day} is not in it")


def _by_position(context: Context, path: Path, told: ByPosition | None) -> None:
    if told is None:
        return
    issues = context.scenario.issues
    if told.issue not in issues:
        context.unknown((*path, "by_position", "issue"), "issue", told.issue, issues)
        return
    low, high = scale_of(context.scenario, told.issue)
    if not low <= told.point <= high:
        side = "above" if told.above is not None else "below"
        message = f"{told.point:g} is off the scale of {told.issue}, {low:g} to {high:g}"
        context.note("E402", (*path, "by_position", side), message)


def _who(context: Context, path: Path, who: WhoDid) -> None:
    scenario = context.scenario
    _day(context, (*path, "by"), who.by)
    _by_position(context, path, who.by_position)
    known = (*scenario.actors, *scenario.groups, EVERYONE)
    for place, word in enumerate(who.among):
        if word not in known:
            context.unknown((*path, "among", place), "actor or group", word, known)
    if who.does is not None and who.does not in scenario.choices:
        context.unknown((*path, "does"), "action", who.does, scenario.choices)
        return
    if who.flag is not None and who.flag not in scenario.actor_flags:
        context.unknown((*path, "flag"), "flag that actors have", who.flag, scenario.actor_flags)
        return
    if not set(who.among) <= set(known):
        return
    asked = scenario.members(who.among)
    if who.does is not None:
        may = doers(scenario, who.does)
        for place, word in enumerate(who.among):
            if not set(scenario.members((word,))) <= set(may):
                other = next(actor for actor in scenario.members((word,)) if actor not in may)
                context.note("E211", (*path, "among", place), f"{other} may never do {quoted(who.does)}")
    _among(context, (*path, "did"), who.did or (), asked, "actor who is asked about")


def _which(context: Context, path: Path, which: WhichWere) -> None:
    _day(context, (*path, "by"), which.by)
    for place, text in enumerate(which.of):
        _expression(context, (*path, "of", place), text, Kind.YESNO)
    _among(context, (*path, "were"), which.were or (), which.of, "statement that is asked about")


def _ballot(context: Context, path: Path, ballot: BallotOf) -> None:
    scenario = context.scenario
    _day(context, (*path, "on"), ballot.on)
    _by_position(context, path, ballot.by_position)
    asking = {name: action for name, action in scenario.actions.items() if action.vote is not None}
    if ballot.question not in asking:
        context.unknown((*path, "question"), "action that tables a question", ballot.question, asking)
        return
    directed = aims(scenario, ballot.question) if asking[ballot.question].one_of is not None else ()
    if directed and ballot.at not in directed:
        context.unknown((*path, "at"), "target", ballot.at or "", directed)
    elif not directed and ballot.at is not None:
        context.note("E211", (*path, "at"), f"{ballot.question} is directed at nobody")
    seen: dict[str, str] = {}
    for word in ("yes", "abstain", "no"):
        cast = getattr(ballot, word) or ()
        _among(context, (*path, word), cast, members(scenario, ballot.question), "member")
        for place, member in enumerate(cast):
            if member in seen:
                context.note("E204", (*path, word, place), f"{member} stands under {seen[member]} already")
            seen.setdefault(member, word)


def _among(context: Context, path: Path, words: Iterable[str], known: Collection[str], what: str) -> None:
    for place, word in enumerate(words):
        if word not in known:
            context.unknown((*path, place), what, word, known)
