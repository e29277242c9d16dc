"""Turning points of a game: how the odds stood turn by turn, and which moves, votes and events moved them most.

Each opened turn is played on many times by the rule. How the odds change from one opening to the next is a swing. It
has two parts: what everybody decided, against what they might have, and then how chance went. Within the largest
swings, each move and event is taken away, and each vote left to the rule again, on the same chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.play.ahead.crew import Crew
from engine.play.ahead.pair import Pair
from engine.play.ahead.present import Present
from engine.play.ahead.story import Chapter, Story, held, play_turn
from engine.play.ahead.tasks import Block, Futures, Task, block_of
from engine.play.forecast import UNTOLD, Ballots, Breath, Forecast, Moves, forecasts
from engine.rules.draws import Draws, stream_key
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.rules.world import World

OPENING_FUTURES = 400
"""Futures from the opening of each turn."""

CAUSE_FUTURES = 200
"""Futures with and without each move, vote and event."""

PART = 100
"""Futures that are one piece of work."""

EXAMINED = 4
"""Turns, those with the largest swings, in which causes are looked for."""

Progress = Callable[[int, int], None]
"""Told how many pieces of work are done, of how many so far; on a thread of the crew."""


@dataclass(frozen=True)
class Cause:
    """One move, vote or event, and what it did: the odds with it beside those without it.

    Without a vote means that it is taken again: one that could not go otherwise moves nothing. A playable side that
    held is compared with leaving its turn to the rule: not to act is a decision too.
    """

    turn: int
    kind: str
    """``move``, ``hold``, ``vote`` or ``event``."""
    id: str
    """``action`` or ``action:target`` of a move, the actor that held, the id of a question or an event."""
    option: Option | None
    """The move, where it is one."""
    change: Pair


@dataclass(frozen=True)
class Swing:
    """How the odds changed from the opening of a turn to that of the next, or to the end."""

    turn: int
    change: Pair
    """The next opening beside this one."""
    decided: Pair | None = None
    """All moves as they were made, beside what everybody might have done; None where it was not looked into."""
    chanced: Pair | None = None
    """The next opening beside those moves: votes, events and other chance."""
    causes: tuple[Cause, ...] = ()
    """The largest first."""


@dataclass(frozen=True)
class TurningPoints:
    """What made a game end as it did, for one side or for nobody in particular."""

    actor: str | None
    openings: tuple[Pair, ...]
    """The odds at the opening of each turn, and the end, each beside the one before it (the first beside itself)."""
    swings: tuple[Swing, ...]
    """Of every turn, in order."""

    @property
    def largest(self) -> tuple[Swing, ...]:
        """The swings that were looked into, the largest first."""
        examined = (swing for swing in self.swings if swing.decided is not None)
        return tuple(sorted(examined, key=lambda swing: -swing.change.size))

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Everything that moved the odds beyond the noise, the largest first."""
        found = (cause for swing in self.swings for cause in swing.causes if not cause.change.is_same)
        return tuple(sorted(found, key=lambda cause: -cause.change.size))


@dataclass(frozen=True)
class Openings:
    """The world at the opening of each turn of a story, and at its end."""

    story: Story

    def work(self, rules: Rules, breath: Breath) -> tuple[Present, ...]:
        """All of them."""
        found = []
        for world in self.story.worlds(rules):
            breath()
            found.append(Present.of(world))
        return tuple(found)


@dataclass(frozen=True)
class Afterwards:
    """Futures of the opening after a turn as it went, and as it would have gone without each of some events."""

    present: Present
    chapter: Chapter
    events: tuple[str, ...]
    actor: str | None
    seed: int
    futures: int

    def work(self, rules: Rules, breath: Breath) -> Block:
        """A line for the turn as it went, and one for each event."""
        chance = Draws(self.seed, 0, self.futures)
        found: list[Forecast] = []
        for without in ((), *((event,) for event in self.events)):
            found += forecasts(rules, self._next_opening(rules, without), [{}], chance, breath)
        return block_of(rules, 0, found, self.actor)

    def _next_opening(self, rules: Rules, without: tuple[str, ...]) -> World:
        """The turn played on its own chance, with everybody's moves and votes as they were."""
        world = self.present.world(rules)
        play_turn(rules, world, self.chapter, without)
        if not rules.is_over(world):
            rules.open_pace(world, without=without)
        return world


def turning_points(
    crew: Crew, story: Story, actor: str | None, progress: Progress = lambda done, of: None
) -> TurningPoints:
    """The turning points of a story for a side; waits for them.

    Raises StoppedError where the crew is closed before they are found.
    """
    return _Search(crew, story, actor, progress).find()


class _Search:
    """Looks for turning points."""

    def __init__(self, crew: Crew, story: Story, actor: str | None, progress: Progress) -> None:
        self._crew, self._rules, self._story, self._actor = crew, crew.rules, story, actor
        self._endings = tuple(ending.id for ending in self._rules.scenario.endings)
        self._seed = stream_key(f"turning points of run {story.run} of seed {story.seed}")
        self._progress, self._done, self._wanted = progress, 0, 0

    def find(self) -> TurningPoints:
        """First the openings, then what happened in the turns with the largest swings."""
        presents: tuple[Present, ...] = self._all([Openings(self._story)])[0]
        blocks: list[Block] = self._all([self._futures(present, ({},), OPENING_FUTURES) for present in presents])
        odds = [self._pair(block, 0, blocks[max(0, turn - 1)], 0) for turn, block in enumerate(blocks)]
        swings = [Swing(turn, change) for turn, change in enumerate(odds[1:])]
        for swing in sorted(swings, key=lambda swing: -swing.change.size)[:EXAMINED]:
            turn = swing.turn
            swings[turn] = self._examined(swing, presents[turn], blocks[turn], blocks[turn + 1])
        return TurningPoints(self._actor, tuple(odds), tuple(swings))

    def _examined(self, swing: Swing, present: Present, before: Block, after: Block) -> Swing:
        """A swing with its parts and causes."""
        chapter = self._story.chapters[swing.turn]
        votes, events = tuple(chapter.cast), self._events_after(swing.turn)
        idle = self._idle(chapter)
        went_so = held(self._rules, chapter.without(None))
        lines = (
            went_so,
            *(held(self._rules, chapter.without(move)) for move in chapter.moves),
            *({other: plan for other, plan in went_so.items() if other != actor} for actor in idle),
        )
        tasks: list[Task] = [
            *(self._futures(present, lines, PART, first, chapter.told) for first in range(0, CAUSE_FUTURES, PART)),
            *(self._voted(present, lines[0], chapter, question) for question in ((None, *votes) if votes else ())),
            Afterwards(present, chapter, events, self._actor, self._seed, CAUSE_FUTURES),
        ]
        *others, went = self._all(tasks)
        played, voted = joined(others[: CAUSE_FUTURES // PART]), others[CAUSE_FUTURES // PART :]
        causes = [
            *(
                Cause(swing.turn, "move", str(move), move, self._pair(played, 0, played, line))
                for line, move in enumerate(chapter.moves, start=1)
            ),
            *(
                Cause(swing.turn, "hold", actor, None, self._pair(played, 0, played, line))
                for line, actor in enumerate(idle, start=1 + len(chapter.moves))
            ),
            *(
                Cause(swing.turn, "vote", question, None, self._pair(voted[0], 0, otherwise, 0))
                for question, otherwise in zip(votes, voted[1:], strict=False)
            ),
            *(
                Cause(swing.turn, "event", event, None, self._pair(went, 0, went, line))
                for line, event in enumerate(events, start=1)
            ),
        ]
        return replace(
            swing,
            decided=self._pair(played, 0, before, 0),
            chanced=self._pair(after, 0, played, 0),
            causes=tuple(sorted(causes, key=lambda cause: (cause.change.is_same, -cause.change.size))),
        )

    def _idle(self, chapter: Chapter) -> tuple[str, ...]:
        """The playable sides that made no move in a turn."""
        moved = {move.actor for move in chapter.moves}
        actors = self._rules.scenario.actors
        return tuple(a for a in self._rules.actor_options if actors[a].playable and a not in moved)

    def _events_after(self, turn: int) -> tuple[str, ...]:
        """What happened between the opening of a turn and the next: in it, and then what came due."""
        chapters = self._story.chapters
        then = chapters[turn + 1].opening if turn + 1 < len(chapters) else ()
        return tuple(dict.fromkeys((*chapters[turn].events, *then)))

    def _futures(
        self, present: Present, lines: tuple[Moves, ...], futures: int, first: int = 0, ballots: Ballots = UNTOLD
    ) -> Futures:
        return Futures(present, lines, self._actor, self._seed, first, futures, ballots)

    def _voted(self, present: Present, moves: Moves, chapter: Chapter, question: str | None) -> Futures:
        """Everybody votes as they did, but for one question on which the rule decides for all, with its chance."""
        ballots = {other: cast for other, cast in chapter.cast.items() if other != question}
        return self._futures(present, (moves,), CAUSE_FUTURES, ballots=ballots)

    def _all(self, tasks: Sequence[Task]) -> list[Any]:
        self._wanted += len(tasks)
        return self._crew.all(tasks, self._advance)

    def _advance(self) -> None:
        self._done += 1
        self._progress(self._done, self._wanted)

    def _pair(self, block: Block, line: int, other: Block, beside: int) -> Pair:
        """A line beside another, over the futures that both have."""
        futures = min(block.futures, other.futures)
        return Pair(
            self._endings,
            block.endings[line, :futures],
            block.scores[line, :futures],
            other.endings[beside, :futures],
            other.scores[beside, :futures],
        )


def joined(blocks: Sequence[Block]) -> Block:
    """Blocks of the same lines, one after the other."""
    return Block(
        blocks[0].first,
        np.concatenate([block.endings for block in blocks], axis=1),
        np.concatenate([block.scores for block in blocks], axis=1),
        np.concatenate([block.came for block in blocks], axis=2),
    )
