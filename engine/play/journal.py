"""Saves: a small journal of what the seats did, from which a game is played again.

Undo, branches, replays and bug reports are the same thing: the same seed, and the first moves of the journal.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import engine
from engine.play.game import Game, IllegalMoveError, SeatMove
from engine.play.policies import BY_RULE, Order, Policy, RulePolicy, ScriptPolicy
from engine.rules import Rules
from engine.rules.draws import LARGEST_SEED
from engine.rules.options import Option
from engine.rules.votes import ABSTAIN, BALLOTS, NO, YES
from engine.scenario.fields import ScenarioName
from engine.scenario.files import write_whole
from engine.scenario.load import load_scenario, scenario_hash
from engine.scenario.problems import ScenarioError, escaped

FORMAT: Final = 1
"""The version of the journal that this engine writes."""

LARGEST_FILE = 10_000_000
"""Bytes; a longer file is no save."""

VoteWord = Literal["yes", "abstain", "no"]

WORDS: Final[dict[int, VoteWord]] = {YES: "yes", ABSTAIN: "abstain", NO: "no"}


class SaveError(Exception):
    """A save that can't be read, does not fit the scenario, or can't be written."""


class Deed(BaseModel):
    """What one seat did in one turn."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    move: str | None
    """``action`` or ``action:target``; null for nothing."""
    by_rule: bool = False
    """Whether the seat left it to the rule."""
    votes: dict[str, VoteWord] = {}
    """How it voted, by question."""


class Journal(BaseModel):
    """Everything that a game can be played again from."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    journal_format: Literal[1]
    scenario: ScenarioName
    scenario_hash: str
    engine: str
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)]
    run: Annotated[int, Field(ge=0, lt=2**63)]
    seats: tuple[str, ...] = Field(strict=False)
    turns: tuple[dict[str, Deed], ...] = Field(strict=False)
    """What the seats did, turn by turn."""
    digest: str
    """The fingerprint of the state that this leads to."""


def journal_of(game: Game) -> Journal:
    """The journal of a game so far."""
    return Journal(
        journal_format=FORMAT,
        scenario=game.rules.scenario.id,
        scenario_hash=scenario_hash(game.rules.scenario),
        engine=engine.__version__,
        seed=game.scenario_seed,
        run=game.run,
        seats=tuple(actor for actor, agent in game.actors.items() if agent.is_seat),
        turns=tuple({actor: _deed(move) for actor, move in moves.items()} for moves in game.seat_moves),
        digest=game.digest(),
    )


def replay(rules: Rules, journal: Journal, turns: int | None = None, seats: Mapping[str, Policy] | None = None) -> Game:
    """The game of a journal again, as far as ``turns`` (all, where None); afterwards ``seats`` decide.

    Raises :class:`SaveError` where the journal does not fit the scenario.
    """
    kept = journal.turns if turns is None else journal.turns[:turns]
    actors = dict.fromkeys((*journal.seats, *(actor for deeds in kept for actor in deeds)))
    for actor in actors:
        if actor not in rules.scenario.actors:
            raise SaveError(f'the save has a seat for "{escaped(actor)[:60]}", whom the scenario does not know')
    scripts = {actor: _script(actor, kept) for actor in actors}
    game = Game(rules, journal.seed, journal.run, scripts)
    try:
        for _ in kept:
            if game.is_over:
                raise SaveError("the save goes on after its story has closed")
            game.step()
    except IllegalMoveError as error:
        raise SaveError(f"the save does not fit the scenario: {error}") from None
    for actor in actors:
        game.seat(actor, (seats or {}).get(actor))
    return game


def undo(game: Game, turns: int = 1) -> Game:
    """The game as it stood some turns ago, with the same seats."""
    return branch(game, max(0, len(game.turns) - turns))


def branch(game: Game, turn: int) -> Game:
    """Another game with the same past up to the opening of a turn, and its own future."""
    seats = {actor: agent.policy for actor, agent in game.actors.items() if agent.is_seat}
    again = replay(game.rules, journal_of(game), turn)
    for actor, policy in seats.items():
        again.seat(actor, policy)
    return again


def save(game: Game, path: str | Path, overwrite: bool = False) -> None:
    """Write the journal of a game, whole or not at all; a file that is there stays unless ``overwrite``.

    Raises :class:`SaveError`.
    """
    target = Path(path)
    if os.path.lexists(target) and not overwrite:
        raise SaveError(f"{target} is there already: choose another name")
    text = json.dumps(journal_of(game).model_dump(), indent=1, ensure_ascii=False) + "\n"
    try:
        write_whole(target, text.encode())
    except OSError as error:
        raise SaveError(f"{target} can't be written: {error.strerror}") from None


def load(path: str | Path, rules: Rules | None = None) -> Game:
    """The game of a save, played again and checked; the rule decides its seats from here on.

    Raises :class:`SaveError`, and leaves the file as it is.
    """
    journal = read_journal(path)
    rules = rules or Rules(_scenario_of(journal))
    if scenario_hash(rules.scenario) != journal.scenario_hash:
        raise SaveError(f'{path}: the scenario "{rules.scenario.id}" has changed since this was saved')
    game = replay(rules, journal)
    if game.digest() != journal.digest:
        raise SaveError(f"{path}: playing it again leads elsewhere; it was saved by version {journal.engine}")
    return game


def read_journal(path: str | Path) -> Journal:
    """The journal in a file.

    Raises :class:`SaveError`.
    """
    content = _read(Path(path))
    version = content.get("journal_format") if isinstance(content, dict) else None
    if isinstance(version, int) and version > FORMAT:
        raise SaveError(f"{path}: saved in format {version} by a newer version; this one reads format {FORMAT}")
    try:
        return Journal.model_validate(content)
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


def _scenario_of(journal: Journal) -> Any:
    try:
        return load_scenario(journal.scenario)
    except ScenarioError as error:
        name = escaped(journal.scenario)[:60]
        raise SaveError(f'the scenario "{name}" of this save can\'t be used: {error.problems[0]}') from None


def _deed(move: SeatMove) -> Deed:
    votes = {question: WORDS[vote] for question, vote in move.votes.items()}
    if move.move is BY_RULE:
        return Deed(move=None, by_rule=True, votes=votes)
    return Deed(move=None if move.move is None else str(move.move), votes=votes)


def _script(actor: str, turns: tuple[dict[str, Deed], ...]) -> ScriptPolicy:
    orders = {turn: _order(actor, deeds[actor]) for turn, deeds in enumerate(turns) if actor in deeds}
    return ScriptPolicy(orders, otherwise=RulePolicy())


def _order(actor: str, deed: Deed) -> Order:
    votes = {question: BALLOTS[word] for question, word in deed.votes.items()}
    if deed.by_rule:
        return Order(BY_RULE, votes)
    if deed.move is None:
        return Order(None, votes)
    action, _, target = deed.move.partition(":")
    return Order(Option(actor, action, target or None), votes)
