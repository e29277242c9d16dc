"""Two worlds that differ in all that a seat can't know, and in nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.belief.eyes import SeatEyes
from engine.belief.kept import SECRETS
from engine.play.crisis import Crisis, open_crisis
from engine.play.game import Game
from engine.play.record import Asked, Dispatch, EventResult, Lapse, Move, Turn
from engine.play.sight.observer import Observer
from engine.play.sight.witness import Pace
from engine.rules.layout import NO_STAMP, NOT_ASKED
from engine.rules.options import Option
from engine.scenario.names import Reference
from tests.scenario.minimal import replaced, write
from tests.scenario.test_knowledge import STORY

SEAT = "us"
"""The seat that can't know of the pact, the arms, and who is armed."""

SECRETIVE = replaced("lean: 0.1 * self.is.kosovo", "lean: 0.4 * pact if self.is.russia else 0.1", STORY)
"""The same story, in which the pact bears on how Moscow votes."""


def crisis_in(folder: Path, text: str = SECRETIVE) -> Crisis:
    """A crisis with secrets."""
    return open_crisis(str(write(folder, text)))


def otherwise(game: Game, seat: str, seed: int) -> None:
    """Change everything in a game that a seat can't know: secrets, who has learned them, what was done unseen."""
    chance, rules, observer = np.random.default_rng(seed), game.rules, Observer(game.rules, seat)
    rows, cells = rules.layout.rows, game.world.cells
    learned = {thing for thing in rules.layout.knowledge.revealed if game_knows(game, thing, seat)}
    for place in rules.layout.knowledge.state():
        if place.kind in SECRETS and not observer.knows(place, learned):
            low, high = (bounds[rows[place]] for bounds in rules.layout.bounds)
            is_flag = place.kind != "value"
            cells[rows[place], 0] = float(chance.uniform() < 0.5) if is_flag else chance.uniform(low, high)
            if is_flag:
                stamp = rules.layout.stamps[rows[place]]
                cells[stamp, 0] = (
                    np.floor(chance.uniform(0, game.world.day[0] + 1)) if cells[rows[place], 0] else NO_STAMP
                )
    for row in (row for place, row in rows.items() if place.kind == "knows" and place.who != seat):
        cells[row, 0] = float(chance.uniform() < 0.5)
    for block in rules.blocks:
        for number, option in enumerate(block.options):
            if block.memory is not None and option in observer.kept.traceless:
                cells[block.memory + number, 0] = chance.choice([-1.0e9, 0.0, float(game.world.day[0])])
    for ask in observer.kept.questions:
        for actor in rules.scenario.members(rules.scenario.asks[ask].to):
            cells[rows[Reference("asked", ask, actor)], 0] = chance.choice([NOT_ASKED, float(game.world.day[0]) + 5])
    game.turns[:] = [changed(game, turn, observer) for turn in game.turns]
    for pace in game._witness.paces:
        unseen(game, pace, seat, chance)
    game.appraisal = rules.appraise(game.world)
    game._rule_choice = rules.decide(game.world, game.appraisal)
    if not game.is_candid:
        elsewhere(game, observer, learned, chance)
    game.appraisal = rules.appraise(game.world)
    game._seen.clear()
    game._minds.clear()


def elsewhere(game: Game, observer: Observer, learned: set[str], chance: np.random.Generator) -> None:
    """Let those stand somewhere else of whom a seat does not know where they stand."""
    rows, (low, high) = game.rules.layout.rows, game.rules.layout.bounds
    for place, row in rows.items():
        if place.kind == "position" and not observer.knows_position(place.id, place.who, learned):
            game.world.cells[row, 0] = chance.uniform(low[row], high[row])


def unseen(game: Game, pace: Pace, seat: str, chance: np.random.Generator) -> None:
    """Change what happened in a pace and a seat did not see: where the state stood, what was done, and events."""
    eyes = SeatEyes(game.rules, seat, game.is_candid)
    hidden = np.flatnonzero(~eyes.rows(pace.cells))
    pace.cells[hidden] = chance.choice([0.0, 1.0, 7.0], len(hidden))
    others = [option.actor != seat for option in game.rules.options]
    pace.legal[others] = chance.uniform(size=sum(others)) < 0.5
    secret = [number for number, heard in enumerate(eyes.eyes.options) if not heard]
    heard = tuple(number for number in pace.moves if number not in secret)
    pace.moves = (*heard, *(number for number in secret if chance.uniform() < 0.5))
    for number, is_heard in enumerate(eyes.eyes.events):
        if not is_heard:
            pace.events[number] = -1


def game_knows(game: Game, thing: str, actor: str) -> bool:
    """Whether an actor has learned something."""
    row = game.rules.layout.rows.get(Reference("knows", thing, actor))
    return row is not None and bool(game.world.cells[row, 0])


def changed(game: Game, turn: Turn, observer: Observer) -> Turn:
    """A turn in which more was done unseen, and secrets stood otherwise."""
    hidden = [option for option in game.rules.options if not observer.kept.hears_of(option)]
    assert hidden, "something can be done unseen"
    when, known_to = turn.moves[0].when if turn.moves else game.rules.timeline.moment_of(0), ("russia", "kosovo")
    unheard = [event for event in game.rules.scenario.events if not observer.kept.hears_of_event(event)]
    return replace(
        turn,
        moves=(
            *(move for move in turn.moves if observer.kept.hears(move.known_to)),
            Move(hidden[0], 0.5, 0.5, {}, known_to, when),
        ),
        events=(*turn.events, *(EventResult(event, None, when) for event in unheard)),
        dispatches=(
            *turn.dispatches,
            Dispatch(turn.date, "UNHEARD", "move", hidden[0].action, "russia", None, known_to),
        ),
        asked=(*turn.asked, Asked("offer", ("kosovo",), ("russia", "kosovo"), when)),
        lapses=(*turn.lapses, Lapse(when, Option("russia", "rearm"), ("UNHEARD",))),
        values={**turn.values, "arms": 0.123},
        flags={**turn.flags, "pact": turn.flags["pact"] != (SEAT not in turn.knows.get("pact", ()))},
    )
