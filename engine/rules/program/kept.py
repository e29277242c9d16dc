"""A program that was lowered once is kept in the user's cache, under its scenario and the code that is at work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

import numpy as np

from engine.files import arrays, cache
from engine.rules.program.program import NONE, Announcement, Program, Sites
from engine.rules.roster import Roster
from engine.scenario.canon import form_hash

KINDS: Final = ("option", "pass", "fail", "event")
"""Of an announcement's source."""

PLAIN: Final = ("registers", "most_due", "most_score", "ticks", "rows", "day")
"""Fields that are whole numbers."""

Arrays = Mapping[str, np.ndarray[Any, Any]]


def program_of(roster: Roster) -> Program:
    """The program of a scenario, from the cache where it is there."""
    key = cache.key_of("program", form_hash(roster.scenario))
    found = arrays.load(key)
    if found is not None:
        return unpacked(found, roster)
    from engine.rules.program.lowering import lower  # which only a scenario needs that is new

    program = lower(roster)
    arrays.keep(key, packed(program, roster))
    return program


def packed(program: Program, roster: Roster) -> dict[str, np.ndarray[Any, Any]]:
    """A program as arrays."""
    whole = {name: getattr(program, name) for name in _arrays()}
    sites = np.array([getattr(program.sites, field.name) for field in fields(Sites)], dtype=np.int64)
    news, gambles = (_rows(some, roster) for some in (program.announcements, program.gambles))
    plain = np.array([getattr(program, name) for name in PLAIN], dtype=np.int64)
    return {**whole, "sites": sites, "news": news, "gambles": gambles, "plain": plain, "pace": np.array([program.pace])}


def unpacked(found: Arrays, roster: Roster) -> Program:
    """A program from arrays."""
    given: dict[str, Any] = {name: found[name] for name in _arrays()}
    return Program(
        **given,
        sites=Sites(*found["sites"].tolist()),
        announcements=tuple(_announcement(row, roster) for row in found["news"].tolist()),
        gambles=tuple(_announcement(row, roster) for row in found["gambles"].tolist()),
        pace=float(found["pace"][0]),
        **dict(zip(PLAIN, found["plain"].tolist(), strict=True)),
    )


def _arrays() -> list[str]:
    others = ("sites", "announcements", "gambles", "pace", *PLAIN)
    return [field.name for field in fields(Program) if field.name not in others]


def _rows(some: tuple[Announcement, ...], roster: Roster) -> np.ndarray[Any, Any]:
    return np.array([_row(one, roster) for one in some], dtype=np.int32).reshape(-1, 5)


def _row(news: Announcement, roster: Roster) -> list[int]:
    outcome = NONE
    if news.outcome is not None:
        outcome = roster.occurrences[news.source].outcomes.index(news.outcome)
    return [KINDS.index(news.kind), news.source, outcome, news.effect, NONE if news.target is None else news.target]


def _announcement(row: list[int], roster: Roster) -> Announcement:
    kind, source, outcome, effect, target = row
    name = None if outcome == NONE else roster.occurrences[source].outcomes[outcome]
    return Announcement(KINDS[kind], source, name, effect, None if target == NONE else target)
