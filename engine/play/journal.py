"""Saves: a small journal of what the seats did, from which a game is played again.

Undo, branches, replays and bug reports are the same thing: the same seed, and the first moves of the journal.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

import engine
from engine.files import why_not_written, write_whole
from engine.play.game import Game
from engine.play.journal_format import (
    FORMAT,
    Journal,
    NewerSaveError,
    Place,
    SaveError,
    journal_from,
    order_of,
    sheets_of,
)
from engine.play.policies import Policy
from engine.play.under_way import IllegalMoveError
from engine.play.whereabouts import find_again
from engine.play.wording import days_in_words
from engine.rules import Rules
from engine.scenario.fields import HOURS_IN_DAY
from engine.scenario.load import load_scenario, scenario_hash
from engine.scenario.models import Scenario
from engine.scenario.problems import ScenarioError, escaped

__all__ = [
    "NewerSaveError",
    "SaveError",
    "as_bytes",
    "branch",
    "game_of",
    "journal_of",
    "load",
    "openings",
    "read_journal",
    "refuse_taken",
    "replay",
    "save",
    "scenario_of",
    "undo",
    "write",
]

ELSEWHERE = "where the one of then still is, --scenario PATH takes it from there"
"""What to do about a scenario that has been changed."""

LARGEST_FILE = 10_000_000
"""Bytes; a longer file is no save."""


def journal_of(game: Game, place: Place | None = None) -> Journal:
    """The journal of a game so far; ``place`` is where its scenario is, if it does not come with the game."""
    return Journal(
        journal_format=FORMAT,
        scenario=game.rules.scenario.id,
        scenario_hash=scenario_hash(game.rules.scenario),
        place=place,
        engine=engine.__version__,
        hours_in_pace=game.rules.timeline.hours_in_pace,
        seed=game.scenario_seed,
        run=game.run,
        people=game.people,
        turns=sheets_of(game),
        ending=game.ending.id if game.ending else None,
        digest=game.digest(),
    )


def replay(rules: Rules, journal: Journal, turns: int | None = None, seats: Mapping[str, Policy] | None = None) -> Game:
    """The game of a journal again, as far as ``turns`` (all, where None); afterwards ``seats`` decide.

    Raises :class:`SaveError` where the journal does not fit the scenario.
    """
    kept = journal.turns if turns is None else journal.turns[:turns]
    *_before, game = openings(rules, journal, len(kept))
    game.people = journal.people_at(len(kept))
    for actor, policy in (seats or {}).items():
        game.seat(actor, policy)
    return game


def openings(rules: Rules, journal: Journal, turns: int | None = None) -> Iterator[Game]:
    """The game of a journal at the opening of each turn up to ``turns``, and as it stands then: one game that moves on.

    Raises :class:`SaveError` where the journal does not fit the scenario.
    """
    kept = journal.turns[:turns]
    for actor in (*journal.people, *(actor for sheet in kept for actor in (*sheet.people, *sheet.deeds))):
        if actor not in rules.scenario.actors:
            raise SaveError(f'the save has a seat for "{escaped(actor)[:60]}", whom the scenario does not know')
    game = Game(rules, journal.seed, journal.run)
    yield game
    try:
        for sheet in kept:
            if game.is_over:
                raise SaveError("the save goes on after its story has closed")
            game.people = sheet.people
            game.step({actor: order_of(actor, deed) for actor, deed in sheet.deeds.items()})
            yield game
    except IllegalMoveError as error:
        raise SaveError(f"the save does not fit the scenario: {error}") from None


def undo(game: Game, turns: int = 1) -> Game:
    """The game as it stood some turns ago, with the same seats."""
    return branch(game, max(0, len(game.turns) - turns))


def branch(game: Game, turn: int) -> Game:
    """Another game with the same past up to the opening of a turn, and its own future."""
    other = replay(game.rules, journal_of(game), turn, game.policies())
    other.is_candid, other.free_sides = game.is_candid, game.free_sides
    return other


def save(game: Game, path: str | Path, overwrite: bool = False) -> None:
    """Write the journal of a game, whole or not at all; a file that is there stays unless ``overwrite``.

    Raises :class:`SaveError`.
    """
    if not overwrite:
        refuse_taken(path)
    write(journal_of(game), path)


def refuse_taken(path: str | Path) -> None:
    """Raises :class:`SaveError` where there is something at a path already, or no folder for it."""
    if os.path.lexists(path):
        raise SaveError(f"{path} is there already: choose another name")
    if not Path(path).parent.is_dir():
        raise SaveError(f"{path} can't be written: there is no such folder")


def write(journal: Journal, path: str | Path) -> None:
    """Write a journal, whole or not at all. Raises :class:`SaveError`."""
    try:
        write_whole(Path(path), as_bytes(journal))
    except OSError as error:
        raise SaveError(f"{path} can't be written: {why_not_written(error)}") from None


def as_bytes(journal: Journal) -> bytes:
    """A journal as it stands in its file."""
    return (json.dumps(journal.model_dump(), indent=1, ensure_ascii=False) + "\n").encode()


def load(path: str | Path, rules: Rules | None = None) -> Game:
    """The game of a save, played again and checked; the rule decides its seats from here on.

    Raises :class:`SaveError`, and leaves the file as it is.
    """
    journal = read_journal(path)
    try:
        return game_of(journal, rules)
    except SaveError as error:
        raise SaveError(f"{path}: {error}") from None


def game_of(journal: Journal, rules: Rules | None = None) -> Game:
    """The game of a journal, played again and checked; the rule decides its seats from here on.

    Raises :class:`SaveError`.
    """
    rules = rules or Rules(scenario_of(journal))
    if scenario_hash(rules.scenario) != journal.scenario_hash:
        raise SaveError(f'the scenario "{rules.scenario.id}" has changed since this was saved: {ELSEWHERE}')
    check_pace(journal, rules)
    game = replay(rules, journal)
    if game.digest() != journal.digest:
        raise SaveError(f"playing it again leads elsewhere; it was saved by version {escaped(journal.engine)[:40]}")
    return game


def check_pace(journal: Journal, rules: Rules) -> None:
    """Refuse a save of rules that went in other steps: the same moves would make another story. Raises SaveError."""
    timeline = rules.timeline
    then = journal.hours_in_pace or timeline.hours_in_turn
    if then != timeline.hours_in_pace:
        was, now = (days_in_words(hours / HOURS_IN_DAY) for hours in (then, timeline.hours_in_pace))
        raise SaveError(
            f"it was saved when the rules went in steps of {was}, and they go in steps of {now} now, which makes "
            f"another story of the same moves: version {escaped(journal.engine)[:40]} can go on with it"
        )


def read_journal(path: str | Path) -> Journal:
    """The journal in a file.

    Raises :class:`SaveError`.
    """
    content = _read(Path(path))
    version = content.get("journal_format") if isinstance(content, dict) else None
    if isinstance(version, int) and version > FORMAT:
        raise NewerSaveError(f"{path}: saved in format {version} by a newer version; this one reads up to {FORMAT}")
    try:
        return journal_from(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = escaped(".".join(str(part) for part in first["loc"]))[:80] or "the whole file"
        raise SaveError(f"{path}: this is no save, or it is damaged (at {where})") from None


def _read(path: Path) -> Any:
    try:
        if not path.is_file():
            raise SaveError(f"{path}: no such save")
        if path.stat().st_size > LARGEST_FILE:
            raise SaveError(f"{path}: too large for a save")
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SaveError(f"{path}: can't be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise SaveError(f"{path}: this is no save, or it is damaged") from None


def scenario_of(journal: Journal) -> Scenario:
    """The scenario that a journal names, from where it was. Raises :class:`SaveError`."""
    found = find_again(journal)
    try:
        return load_scenario(found)
    except ScenarioError as error:
        name = escaped(journal.scenario)[:60]
        raise SaveError(f'the scenario "{name}" of this save can\'t be used: {error.problems[0]}') from None
