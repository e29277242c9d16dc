"""Who makes the parts: this process, some processes on this machine, or a cluster (``engine.batch.running.cluster``).

They get parts and give back the bytes of their files, in any order; only the process that conducts the batch writes.
So a worker may die at any moment, and its part is simply made again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from engine.batch.running.making import Advance, Job, Made, Maker
from engine.batch.running.parts import Part

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

TRIES = 3
"""How often a part is tried whose worker dies."""


class MakersLostError(Exception):
    """Those who make the parts are gone, says why; what became of the parts before that is not theirs to tell."""


class Executor(Protocol):
    """Makes parts. It is a context: whatever it has started ends with it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def make(self, parts: Iterable[Part], advance: Advance) -> Iterator[Made]:
        """The parts, made, in any order; ``advance`` is told of the runs that have closed.

        Raises :class:`MakersLostError`.
        """


class InProcess:
    """Makes one part after the other, here."""

    def __init__(self, job: Job) -> None:
        self._maker = Maker(job)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Nothing was started."""

    def make(self, parts: Iterable[Part], advance: Advance) -> Iterator[Made]:
        """In the order of the parts."""
        return (self._maker.make(part, advance) for part in parts)


class Processes:
    """Makes parts in processes of their own, which are started anew (spawn), on every system alike.

    Each has its own pipe: so it is known which part a dead one was making, and each sees the end of its pipe, and
    ends, should this process be killed. (``concurrent.futures`` knows neither.)
    """

    def __init__(self, job: Job, workers: int) -> None:
        self._job, self._most = job, workers
        self._workers: list[_Worker] = []
        self._deaths: Counter[int] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.end()

    def make(self, parts: Iterable[Part], advance: Advance) -> Iterator[Made]:
        """As they are ready; a part whose worker died is made again, at most TRIES times in all."""
        from multiprocessing.connection import wait  # which a batch of one process does without

        waiting = _Waiting(parts)
        while waiting.has_more or any(worker.part for worker in self._workers):
            self._give_work(waiting)
            busy = {worker.pipe: worker for worker in self._workers if worker.part}
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index] # the stubs do not say that what is given comes back
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    advance(-worker.advanced)
                    waiting.put_back(self._bury(worker))
                    continue
                match answer:
                    case None:
                        worker.begin(self._job)
                    case int():
                        worker.advanced += answer
                        advance(answer)
                    case Made():
                        worker.part, worker.advanced = None, 0
                        yield answer
                    case _:
                        raise RuntimeError(f"a worker has failed:\n{answer}")

    def _give_work(self, waiting: _Waiting) -> None:
        idle = [worker for worker in self._workers if worker.part is None]
        while waiting.has_more and (idle or len(self._workers) < self._most):
            if not idle:
                self._workers.append(_Worker())
                idle.append(self._workers[-1])
            worker, part = idle.pop(), waiting.take()
            worker.give(part)

    def _bury(self, worker: _Worker) -> Part:
        """The part that a dead worker was making."""
        part = worker.part
        assert part is not None
        self._workers.remove(worker)
        code = worker.end()
        self._deaths[part.number] += 1
        if self._deaths[part.number] >= TRIES:
            raise MakersLostError(f"a worker died {TRIES} times while it made part {part.number} ({_death(code)})")
        return part


class _Waiting:
    """The parts that nobody has been given yet; each is made when it is looked at."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._rest, self._next = iter(parts), deque[Part]()

    @property
    def has_more(self) -> bool:
        """Whether there is another one."""
        if not self._next:
            self._next.extend(islice(self._rest, 1))
        return bool(self._next)

    def take(self) -> Part:
        """The next."""
        return self._next.popleft()

    def put_back(self, part: Part) -> None:
        """One that is to be made again, before all others."""
        self._next.appendleft(part)


class _Worker:
    """A process, the pipe to it, and the part that it is making."""

    def __init__(self) -> None:
        import multiprocessing  # which a batch of one process does without

        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.part: Part | None = None
        self.advanced = 0
        """Runs of the part that have closed."""
        self._is_ready = False
        self.process = context.Process(target=serve, args=(theirs,), daemon=True)
        with _deaf_to_interrupts(), _away_from_script():
            self.process.start()
        theirs.close()

    def begin(self, job: Job) -> None:
        """Tell it the job, and the part that waits, once it says that it is there.

        Not as an argument of the process: to hand over more than a pipe holds would wait for ever, were it to die
        while it starts.
        """
        self._is_ready = True
        with contextlib.suppress(OSError):  # it has died; its pipe will say so
            self.pipe.send(job)
            self.pipe.send(self.part)

    def give(self, part: Part) -> None:
        """The next part to make."""
        self.part = part
        if self._is_ready:
            with contextlib.suppress(OSError):  # as above
                self.pipe.send(part)

    def end(self) -> int | None:
        """Stop it; gives its exit code."""
        self.pipe.close()
        self.process.terminate()
        self.process.join(timeout=5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        return self.process.exitcode


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What is started here does not hear Ctrl-C, which is for the process that conducts the batch."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _away_from_script() -> Iterator[None]:
    """What is started here does not read the script that starts it: a job is made of this package's own values.

    So a script needs no guard, and need not even be a file: it may come by the standard input.
    """
    script = sys.modules["__main__"]
    spec, file = script.__spec__, vars(script).pop("__file__", None)
    script.__spec__ = None
    try:
        yield
    finally:
        script.__spec__ = spec
        if file is not None:
            script.__file__ = file


def serve(pipe: Connection) -> None:
    """What a worker does: say that it is there, be told the job, and make parts until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    with contextlib.suppress(EOFError, OSError):
        pipe.send(None)
        maker = Maker(pipe.recv())
        while True:
            part = pipe.recv()
            try:
                answer: Made | str = maker.make(part, pipe.send)
            except BrokenPipeError:
                return
            except Exception:  # noqa: BLE001 # whatever it is, it is told to the process that conducts the batch
                answer = traceback.format_exc()
            pipe.send(answer)


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return f"killed by {name}{', perhaps for want of memory' if name == 'SIGKILL' else ''}"
    return f"exit code {code}"
