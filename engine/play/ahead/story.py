"""A game that was played, as a small value from which each of its turns can be opened again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.play.ahead.present import Present
from engine.play.forecast import Ballots, Moves, with_plans
from engine.play.plans import Plan, put_off
from engine.play.record import Turn
from engine.rules.arrays import Rows
from engine.rules.decide import NO_MOVE
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.rules.votes import ABSTAIN, NO, YES
from engine.rules.world import World
from engine.scenario.models import Scenario

if TYPE_CHECKING:
    from engine.play.game import Game


@dataclass(frozen=True)
class Chapter:
    """What everybody did in one turn, and what came of it."""

    moves: Plan
    """As the turn opened, or later in it."""
    told: Ballots
    """How seats voted, by question: what the rule did not decide."""
    cast: Ballots
    """How every member voted, by question."""
    passed: tuple[str, ...]
    """The questions that passed."""
    opening: tuple[str, ...]
    """Events that came due as the turn opened."""
    events: tuple[str, ...]
    """Events that happened in it afterwards."""

    def without(self, move: Option | None) -> Moves:
        """Everybody's moves but one; whoever made none holds."""
        moves: dict[str, Plan] = {}
        for option in self.moves:
            if option != move:
                moves[option.actor] = (*moves.get(option.actor, ()), option)
        return moves


@dataclass(frozen=True)
class Story:
    """A run and all of its turns."""

    seed: int
    run: int
    chapters: tuple[Chapter, ...]

    @classmethod
    def of(cls, game: Game) -> Story:
        """A game as far as it was played."""
        chapters = []
        for turn, seats in zip(game.turns, game.seat_moves, strict=True):
            told: dict[str, dict[str, int]] = {}
            for actor, move in seats.items():
                for question, ballot in move.votes.items():
                    told.setdefault(question, {})[actor] = ballot
            chapters.append(_chapter(game.rules.scenario, turn, told))
        return cls(game.scenario_seed, game.run, tuple(chapters))

    def worlds(self, rules: Rules) -> Iterator[World]:
        """The world at the opening of each turn, and at last as it stood at the end; each to be looked at at once."""
        world = rules.open(self.seed, self.run)
        for chapter in self.chapters:
            rules.open_pace(world)
            yield world
            play_turn(rules, world, chapter)
        if not rules.is_over(world):
            rules.open_pace(world)
        yield world

    def paces(self, rules: Rules) -> Iterator[World]:
        """The world at the opening of each pace that was played; each to be looked at at once."""
        world = rules.open(self.seed, self.run)
        for chapter in self.chapters:
            rules.open_pace(world)
            yield world
            play_pace(rules, world, chapter)
            while not rules.is_over(world) and not rules.timeline.opens_turn(world.tick):
                rules.open_pace(world)
                yield world
                play_pace(rules, world, chapter)

    def presents(self, rules: Rules) -> tuple[Present, ...]:
        """The same as values."""
        return tuple(Present.of(world) for world in self.worlds(rules))


def play_turn(rules: Rules, world: World, chapter: Chapter, without: Collection[str] = ()) -> None:
    """An open turn as it went, with everybody's moves and votes, but for some events."""
    play_pace(rules, world, chapter, without)
    while not rules.is_over(world) and not rules.timeline.opens_turn(world.tick):
        rules.open_pace(world, without=without)
        play_pace(rules, world, chapter, without)


def play_pace(rules: Rules, world: World, chapter: Chapter, without: Collection[str] = ()) -> None:
    """The pace of a turn that has opened."""
    moves = everybody(rules, chapter, world.tick)
    rules.play_pace(world, rules.appraise(world), moves, instructions=chapter.told, without=without)


def everybody(rules: Rules, chapter: Chapter, tick: int) -> Rows:
    """What everybody did in a pace of a turn, of shape (slots, actors, 1)."""
    nothing = np.full((len(rules.layout.actors), 1), NO_MOVE, dtype=np.intp)
    return with_plans(rules, nothing, [chapter.without(None)], tick)


def held(rules: Rules, moves: Moves) -> Moves:
    """The moves of all actors: those that are not named hold."""
    return {**dict.fromkeys(rules.actor_options, ()), **moves}


def _chapter(scenario: Scenario, turn: Turn, told: Ballots) -> Chapter:
    opens = scenario.timeline.moment_of(scenario.timeline.paces_of(turn.turn).start)
    cast = {
        vote.question: {
            **dict.fromkeys(vote.yes, YES),
            **dict.fromkeys(vote.abstain, ABSTAIN),
            **dict.fromkeys(vote.no, NO),
        }
        for vote in turn.votes
    }
    passed = tuple(vote.question for vote in turn.votes if vote.passed)
    moves = tuple(move.option if move.when == opens else put_off(move.option, move.when) for move in turn.moves)
    came = [event for event in turn.events if event.when == opens and scenario.events[event.event].on is not None]
    later = [event for event in turn.events if event not in came]
    opening, events = (tuple(event.event for event in some) for some in (came, later))
    return Chapter(moves, told, cast, passed, opening, events)
