"""Live odds: what every choice of a side would lead to, from a few futures at once to many while somebody thinks."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from engine.play.ahead.board import OddsBoard, empty_board
from engine.play.ahead.crew import Crew, Job
from engine.play.ahead.pair import LETTERS
from engine.play.ahead.present import Present
from engine.play.ahead.tasks import Block, Futures, Task
from engine.play.forecast import Afterwards, seed_ahead
from engine.play.plans import Plan
from engine.rules.rulebook import Rules
from engine.rules.world import World

MOST_FUTURES = 2000
"""Of each plan; more would not narrow an interval that anybody could see."""

FIRST_COLUMNS, COLUMNS = 130, 3000
"""Worlds side by side in the first block, for a quick answer, and in those that refine what is known.

Nothing is told that rests on fewer futures than a choice is shown as: four would look like a landslide.
"""

GOAL = 200
"""Futures of each plan that all workers together make before anything else is refined."""

LEAD = 1.1
"""By how much more a worker makes that does not have to make the first block."""

Tell = Callable[[OddsBoard], None]
"""Told each new board, on a thread of the forecaster."""


class Forecaster:
    """Asks a crew for futures, and keeps what is known of the newest question."""

    def __init__(self, rules: Rules, workers: int | None = None, tell: Tell | None = None) -> None:
        """``workers`` as in a crew."""
        self.crew = Crew(rules, workers)
        self.rules, self._tell = rules, tell
        self.afterwards = Afterwards.RULE
        """Who plays the side that asks in later turns."""
        self._job: Job | None = None
        self._news = threading.Condition()
        self._generation = 0
        self._board: OddsBoard | None = None
        self._seen: OddsBoard | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def is_slow(self) -> bool:
        """Whether there is no worker left, so that this process looks ahead by itself."""
        return self.crew.is_on_its_own

    @property
    def board(self) -> OddsBoard | None:
        """What is known of the newest question; None before the first, and once it was cancelled."""
        return self._board

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to come of the newest question."""
        return self._job is None or self._job.is_over

    def ask(self, world: World, actor: str, plans: Sequence[Plan], most: int = MOST_FUTURES) -> int:
        """A new question, at the open turn of a world of one run; whatever was asked before is dropped.

        The first of ``plans`` is what the rest are compared with; the rule decides for everybody else. Gives the
        generation, which the boards of the answer bear. Never waits.
        """
        assert plans, "without plans there is nothing to compare"
        self.cancel()
        lines = tuple({actor: plan} for plan in plans)
        with self._news:
            generation = self._generation
            self._board = empty_board(self.rules, generation, world.tick, actor, plans)
        futures = Futures(Present.of(world), lines, actor, seed_ahead(world), 0, 0, afterwards=self.afterwards)
        blocks = cut(futures, most, max(1, self.crew.size))
        self._job = self.crew.take_on(blocks, lambda block: self._add(generation, block))
        return generation

    def next(self, timeout: float | None = None) -> OddsBoard | None:
        """The newest board that was not given yet; waits for one, and gives None where none comes.

        Raises RuntimeError where a task has failed.
        """
        until = None if timeout is None else time.monotonic() + timeout
        with self._news:
            while True:
                board, job = self._board, self._job
                if board is not None and board.futures and board is not self._seen:
                    self._seen = board
                    return board
                if job is not None and job.error:
                    raise RuntimeError(f"a forecast has failed:\n{job.error}")
                left = None if until is None else until - time.monotonic()
                if self.is_done or (left is not None and left <= 0):
                    return None
                self._news.wait(0.05 if left is None else min(left, 0.05))

    def cancel(self) -> None:
        """Drop the question; workers stop within a turn of their futures."""
        with self._news:
            self._generation += 1
            self._board, job, self._job = None, self._job, None
            self._news.notify_all()
        if job is not None:
            self.crew.stop(job)

    def close(self) -> None:
        """End all workers."""
        self.cancel()
        self.crew.close()

    def _add(self, generation: int, block: Block) -> None:
        with self._news:
            if generation != self._generation or self._board is None:
                return
            board = self._board = self._board.with_block(block)
            self._news.notify_all()
        if self._tell is not None:
            self._tell(board)


def cut(asked: Futures, most: int, workers: int) -> Iterator[Task]:
    """The futures of all lines, a block after the other."""
    first = 0
    for futures in sizes(len(asked.lines), workers):
        if first >= most:
            return
        futures = min(most - first, futures)
        yield replace(asked, first=first, futures=futures)
        first += futures


def sizes(lines: int, workers: int) -> Iterator[int]:
    """How many futures each block has: few for a quick answer, then a share of the goal for each worker, then more.

    A block costs much whatever its width, so the goal is reached with as few blocks as there are workers.
    """
    quick = max(LETTERS, FIRST_COLUMNS // lines)
    yield quick
    left = GOAL - quick
    for others in range(workers - 1, 0, -1):
        share = min(left, math.ceil(LEAD * left / (others + 1)))
        if share > 0:
            yield share
        left -= share
    if left > 0:
        yield left
    while True:
        yield max(4, COLUMNS // lines)
