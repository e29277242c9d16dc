"""The history beside a scenario: who and what it names is in the scenario, and its readings lie on the scales."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.scenario.checks.context import Context
from engine.scenario.checks.sourcing import check_quotes
from engine.scenario.checks.targets import check_targets
from engine.scenario.document import Document, Path
from engine.scenario.history import History, HistoryEntry
from engine.scenario.models import Scenario
from engine.scenario.names import scale_of
from engine.scenario.problems import Problems, listed, quoted
from engine.scenario.sources import Sources


def check_history_quotes(history: History, sources: Sources, document: Document, problems: Problems) -> None:
    """Notes each quote of a history that is not proved."""
    for number, entry in enumerate(history.entries):
        check_quotes(("entries", number, "evidence"), entry.evidence, sources, document, problems)
        for issue, standing in entry.stands.items():
            path = ("entries", number, "stands", issue, "evidence")
            check_quotes(path, standing.evidence, sources, document, problems)
    for name, target in history.targets.items():
        check_quotes(("targets", name, "evidence"), target.evidence, sources, document, problems)


def check_history_names(history: History, scenario: Scenario, document: Document, problems: Problems) -> None:
    """Notes each name of a history that the scenario does not know, and each reading off its scale."""
    context = Context(scenario, document, problems)
    known = dict.fromkeys(known_flags(scenario))
    for number, entry in enumerate(history.entries):
        path: Path = ("entries", number)
        for place, actor in enumerate(entry.actors):
            if actor not in scenario.actors:
                context.unknown((*path, "actors", place), "actor", actor, scenario.actors)
        _check_deeds(context, path, entry)
        _check_flags(context, (*path, "sets"), entry.sets, known)
        _check_standings(context, path, entry)
    _check_flags(context, ("never",), history.never, known)
    _check_never(context, history)
    check_targets(context, history.targets)


def _check_deeds(context: Context, path: Path, entry: HistoryEntry) -> None:
    """Each action is there, and one of the entry's actors may take it."""
    scenario = context.scenario
    for place, action in enumerate(entry.does):
        where = (*path, "does", place)
        if action not in scenario.choices:
            context.unknown(where, "action", action, scenario.choices)
            continue
        by = scenario.members(scenario.choices[action].by)
        if not set(by) & set(entry.actors) and set(entry.actors) <= set(scenario.actors):
            context.note("E207", where, f"none of the entry's actors may do this: {listed(by)} may")


def _check_flags(context: Context, path: Path, flags: tuple[str, ...], known: Collection[str]) -> None:
    """A flag of the world stands alone, one of an actor before the actor's name."""
    for place, flag in enumerate(flags):
        if flag not in known:
            context.unknown((*path, place), "flag", flag, known)


def known_flags(scenario: Scenario) -> Iterator[str]:
    """Every flag that may become true: ``declared``, ``recognised.us``."""
    yield from scenario.flags
    yield from (f"{flag}.{actor}" for flag in scenario.actor_flags for actor in scenario.actors)


def _check_standings(context: Context, path: Path, entry: HistoryEntry) -> None:
    """Each issue is there, and its reading lies on its scale."""
    for issue, standing in entry.stands.items():
        where = (*path, "stands", issue)
        if issue not in context.scenario.issues:
            context.unknown(where, "issue", issue, context.scenario.issues, key=True)
            continue
        low, high = scale_of(context.scenario, issue)
        if not low <= standing.at <= high:
            context.note("E402", (*where, "at"), f"{standing.at:g} is off the scale of {issue}, {low:g} to {high:g}")


def _check_never(context: Context, history: History) -> None:
    """What never became true is set by no entry."""
    happened = {flag for entry in history.entries for flag in entry.sets}
    for place, flag in enumerate(history.never):
        if flag in happened:
            context.note("E208", ("never", place), f"{quoted(flag)} is set by an entry")
