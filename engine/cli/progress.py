"""What goes on while somebody waits, on the standard error output: a bar in a terminal, else a line now and then."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from engine.batch.running.progress import Pace

SILENCE = 2.0
"""Seconds that may pass before anything is said."""

EVERY = 30.0
"""Seconds between two lines where there is no terminal."""


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[[Pace], None]]:
    """How far many runs are: how many are done, how many a second, and the time that is left."""
    if sys.stderr is None:
        yield lambda _: None
    elif not sys.stderr.isatty():
        yield _Lines().tell
    else:
        with _bar() as shown:
            task = shown.add_task("", total=None, words="starting")
            yield lambda pace: shown.update(task, total=pace.total, completed=pace.done, words=in_words(pace))


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(BarColumn(), TextColumn("{task.fields[words]}"), console=Console(stderr=True), transient=True)


class _Lines:
    """A line now and then."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def tell(self, pace: Pace) -> None:
        """How far it is, unless something was said a short while ago."""
        if time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            _say(in_words(pace))


@contextlib.contextmanager
def at_work(words: str) -> Iterator[None]:
    """Says what goes on, and for how long, as soon as it takes more than a moment."""
    if sys.stderr is None:
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell_until, args=(done, words, time.monotonic()), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell_until(done: threading.Event, words: str, begun: float) -> None:
    """In a terminal every second, and wiped away at the end; else line after line."""
    if done.wait(SILENCE):
        return
    if not sys.stderr.isatty():
        while not done.wait(EVERY - SILENCE if time.monotonic() - begun < EVERY - 1 else EVERY):
            _say(f"{words}, {duration(time.monotonic() - begun)} so far")
        return
    with _bar() as shown:
        task = shown.add_task("", total=None, words=words)
        while not done.wait(0.2):
            shown.update(task, words=f"{words}, {duration(time.monotonic() - begun)}")


def _say(words: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
        print(f"brink: {words}", file=sys.stderr, flush=True)


def in_words(pace: Pace) -> str:
    """Runs done of how many, how fast, and how long it will take."""
    done = f"{pace.done:,} of {pace.total:,} runs"
    left = pace.left
    return done if left is None else f"{done}, {speed(pace.speed)}, {duration(left)} left"


def speed(runs: float) -> str:
    """Runs a second, or a minute where they are few."""
    return f"{runs:,.0f} a second" if runs >= 1 else f"{60 * runs:.1g} a minute"


def duration(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{minutes // 60} h {minutes % 60} min" if hours < 48 else f"{round(hours / 24):,} days"
