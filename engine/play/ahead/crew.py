"""A crew of workers, who do the tasks of several jobs, the newest job first.

Results come in the order of the tasks, whoever did them and whenever, so that what is made of them does not depend on
the number of workers. A worker that dies is replaced once, and its task is done again; where none is left, a thread of
this process takes over.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Any, Self

from engine.play.ahead.process import Hand, OwnHand, TaskFailedError, Worker, WorkerLostError
from engine.play.ahead.tasks import StoppedError, Task
from engine.rules.rulebook import Rules

MOST_WORKERS = 4
"""More cores than this are left to others."""

LIVES = 2
"""How often each worker is started at most."""

Deliver = Callable[[Any], None]
"""Told each result, in the order of the tasks; on a thread of the crew, one call at a time."""


def own_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Job:
    """Tasks that belong together."""

    def __init__(self, number: int, tasks: Iterable[Task], deliver: Deliver) -> None:
        self.number = number
        self.is_stopped = False
        self.error: str | None = None
        """Why it failed, if it did."""
        self._tasks = iter(tasks)
        self._deliver = deliver
        self._again: list[tuple[int, Task]] = []
        self._given, self._delivered = 0, 0
        self._is_exhausted = False
        self._results: dict[int, Any] = {}
        self._delivering = threading.Lock()
        self._over = threading.Event()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self._over.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is over; gives whether it is."""
        return self._over.wait(timeout)

    def take(self) -> tuple[int, Task] | None:
        """The next task and its place, if there is one; under the crew's lock."""
        if self.is_over:
            return None
        if self._again:
            return self._again.pop()
        task = None if self._is_exhausted else next(self._tasks, None)
        if task is None:
            self._is_exhausted = True
            self._end_if_done()
            return None
        self._given += 1
        return self._given - 1, task

    def give_back(self, place: int, task: Task) -> None:
        """A task that was not done; under the crew's lock."""
        self._again.append((place, task))

    def done(self, place: int, result: Any) -> None:
        """A result; delivered with those that waited for it."""
        with self._delivering:
            self._results[place] = result
            while self._delivered in self._results and not self.is_over:
                self._deliver(self._results.pop(self._delivered))
                self._delivered += 1
            self._end_if_done()

    def stop(self) -> None:
        """No result is delivered any more."""
        self.is_stopped = True
        self._over.set()

    def fail(self, error: str) -> None:
        """A task has failed, and with it all of the job."""
        self.error = error
        self._over.set()

    def _end_if_done(self) -> None:
        if self._is_exhausted and self._delivered == self._given:
            self._over.set()


class Crew:
    """Workers for one scenario; to be closed."""

    def __init__(self, rules: Rules, workers: int | None = None) -> None:
        """As many workers as there are cores, up to four; with 0 a thread of this process does all work."""
        self.rules = rules
        self.size = min(own_cores(), MOST_WORKERS) if workers is None else workers
        self.is_on_its_own = self.size == 0
        """Whether this process does the work itself."""
        self.hands: dict[int, Hand] = {}
        """Who works now, by place in the crew."""
        self._jobs: list[Job] = []
        self._count = 0
        self._change = threading.Condition()
        self._is_closed = False
        self._threads = [
            threading.Thread(target=self._serve, args=(place,), daemon=True, name=f"crew-{place}")
            for place in range(max(1, self.size))
        ]
        self._left = len(self._threads)
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def take_on(self, tasks: Iterable[Task], deliver: Deliver) -> Job:
        """A new job, which goes before those that there are; its tasks are asked for one by one."""
        with self._change:
            self._count += 1
            job = Job(self._count, tasks, deliver)
            self._jobs.append(job)
            if self._is_closed:
                job.stop()
            self._change.notify_all()
        return job

    def all(self, tasks: Sequence[Task], advance: Callable[[], None] = lambda: None) -> list[Any]:
        """The results of some tasks, once all are there; ``advance`` is told of each, on a thread of the crew.

        Raises StoppedError where the crew is closed first, and RuntimeError where a task has failed.
        """
        results: list[Any] = []

        def keep(result: Any) -> None:
            results.append(result)
            advance()

        job = self.take_on(tasks, keep)
        job.wait()
        if job.error is not None:
            raise RuntimeError(f"a task has failed:\n{job.error}")
        if job.is_stopped:
            raise StoppedError
        return results

    def stop(self, job: Job) -> None:
        """Nothing more is wanted of a job."""
        with self._change:
            was_over, hands = job.is_over, list(self.hands.values())
            job.stop()
        if not was_over:
            for hand in hands:
                hand.stop(job.number)

    def close(self) -> None:
        """Stop everything; every worker has ended when this returns."""
        with self._change:
            self._is_closed = True
            jobs = list(self._jobs)
            self._change.notify_all()
        for job in jobs:
            self.stop(job)
        for thread in self._threads:
            thread.join()

    def _serve(self, place: int) -> None:
        """Do tasks until the crew is closed, in one life of a worker after the other."""
        lives = 0 if self.size == 0 else LIVES
        for _ in range(lives):
            with contextlib.suppress(WorkerLostError):
                self._work(place, Worker(self.rules))
                return
        with self._change:
            self._left -= 1
            if self._left or self._is_closed:
                return
            self.is_on_its_own = True
        self._work(place, OwnHand(self.rules))

    def _work(self, place: int, hand: Hand) -> None:
        with self._change:
            self.hands[place] = hand
        try:
            while (next_task := self._next()) is not None:
                self._do(hand, *next_task)
        finally:
            with self._change:
                del self.hands[place]
            hand.end()

    def _next(self) -> tuple[Job, int, Task] | None:
        """The next task of the newest job that has one; waits for it, and gives None once the crew is closed."""
        with self._change:
            while not self._is_closed:
                for job in reversed(self._jobs):
                    taken = job.take()
                    if taken is not None:
                        return job, *taken
                self._jobs = [job for job in self._jobs if not job.is_over]
                self._change.wait()
        return None

    def _do(self, hand: Hand, job: Job, place: int, task: Task) -> None:
        try:
            result = hand.do(job.number, task)
        except WorkerLostError:
            with self._change:
                job.give_back(place, task)
                self._change.notify_all()
            raise
        except StoppedError:
            return
        except TaskFailedError as error:
            job.fail(str(error))
            return
        job.done(place, result)
