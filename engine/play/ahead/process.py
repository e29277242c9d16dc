"""Who does a task: a worker process, or this process itself."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Protocol

import engine
from engine.play.ahead.tasks import StoppedError, Task
from engine.play.ahead.wire import receive, send
from engine.rules.rulebook import Rules

WORKER = "engine.play.ahead.worker"
"""The module that a worker runs."""

PATIENCE = 2.0
"""Seconds that a worker has to end by itself."""


class WorkerLostError(Exception):
    """A worker process has died, or can't be started."""


class TaskFailedError(Exception):
    """A task has failed; the message says where."""


class Hand(Protocol):
    """Does tasks, one after the other."""

    def do(self, job: int, task: Task) -> Any:
        """The result; StoppedError, TaskFailedError or WorkerLostError where there is none."""

    def stop(self, job: int) -> None:
        """The results of a job are no longer wanted; from any thread, and at once."""

    def end(self) -> None:
        """No more tasks."""


class Worker:
    """A process of its own, and the two pipes to it.

    Started plainly: what multiprocessing does besides does not work under a screen that has taken standard error.
    """

    def __init__(self, rules: Rules) -> None:
        """May raise WorkerLostError."""
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", WORKER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                process_group=0,  # Ctrl-C is for the game alone
            )
        except OSError as error:
            raise WorkerLostError(str(error)) from None
        self._writing = threading.Lock()
        self._tell(rules.scenario)

    def do(self, job: int, task: Task) -> Any:
        """The result, or an error; waits for it."""
        self._tell((job, task))
        assert self.process.stdout is not None
        try:
            word, result = receive(self.process.stdout)
        except (EOFError, OSError, ValueError):
            raise WorkerLostError(f"exit code {self.process.poll()}") from None
        if word == "stopped":
            raise StoppedError
        if word == "failed":
            raise TaskFailedError(result)
        return result

    def stop(self, job: int) -> None:
        """Stop its tasks of a job."""
        with contextlib.suppress(WorkerLostError):
            self._tell(("stop", job))

    def end(self) -> None:
        """Close its input, at which it ends; kill it where it does not."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _tell(self, message: Any) -> None:
        assert self.process.stdin is not None
        try:
            with self._writing:
                send(self.process.stdin, message)
        except (OSError, ValueError):
            raise WorkerLostError(f"exit code {self.process.poll()}") from None


def _environment() -> dict[str, str]:
    """This process's own, with this very engine first on the path, and one thread for each worker."""
    here = str(Path(engine.__file__).parents[1])
    path = os.pathsep.join(part for part in (here, os.environ.get("PYTHONPATH")) if part)
    return {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class OwnHand:
    """This process itself: slower, and at the cost of the screen, where no worker can be had."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._stopped: set[int] = set()

    def do(self, job: int, task: Task) -> Any:
        """The result, or StoppedError."""
        return task.work(self._rules, lambda: self._check(job))

    def stop(self, job: int) -> None:
        """Stop its tasks of a job."""
        self._stopped.add(job)

    def end(self) -> None:
        """Nothing to close."""

    def _check(self, job: int) -> None:
        if job in self._stopped:
            raise StoppedError
