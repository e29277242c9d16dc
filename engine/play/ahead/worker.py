"""A worker: a process of low priority that is told the scenario once, and then does one task after the other.

It ends as soon as whoever started it is gone, for then its standard input closes.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
import traceback
from typing import IO, Any

from engine.play.ahead.tasks import StoppedError, Task
from engine.play.ahead.wire import receive, send
from engine.rules import Rules

NICENESS = 5
"""By how much others go first."""


class Inbox:
    """What the worker is told, read by a thread of its own so that a task can be stopped half-way."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._stopped: set[int] = set()
        self.tasks: queue.SimpleQueue[tuple[int, Task]] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while True:
                match receive(self._pipe):
                    case ("stop", int() as job):
                        self._stopped.add(job)
                    case (int() as job, task):
                        self.tasks.put((job, task))
        finally:
            # Nobody waits for an answer any more, or what was said can't be read: either way this worker is done.
            os._exit(0)

    def check(self, job: int) -> None:
        """Raise StoppedError where nobody wants the results of a job any more."""
        if job in self._stopped:
            raise StoppedError


FUTURES = 1000
"""At least so many are played for the first list of options that anybody looks at."""


def answer(rules: Rules, inbox: Inbox, job: int, task: Task) -> tuple[str, Any]:
    """What came of a task: the word ``done``, ``stopped`` or ``failed``, and the result or the reason."""
    try:
        inbox.check(job)
        return "done", task.work(rules, lambda: inbox.check(job))
    except StoppedError:
        return "stopped", None
    except Exception:  # noqa: BLE001 # whatever it is, it is told to the process that waits for it
        return "failed", traceback.format_exc()


def main() -> None:
    """Be told the scenario, then answer each task."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever is printed must not come between the answers
    with contextlib.suppress(EOFError, OSError):
        rules = Rules(receive(sys.stdin.buffer))
        rules.machine.expect(FUTURES)
        rules.finish(rules.open(seed=0))  # what is made when it is first needed is made before anybody waits for it
        inbox = Inbox(sys.stdin.buffer)
        while True:
            job, task = inbox.tasks.get()
            send(out, answer(rules, inbox, job, task))


if __name__ == "__main__":
    main()
