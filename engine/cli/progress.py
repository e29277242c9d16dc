"""How far a batch is, on the standard error output of a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.batch.running.progress import Pace


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[[Pace], None]]:
    """A bar with runs done, runs a second and the time that is left; nothing where there is no terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    words = TextColumn("{task.fields[words]}")
    with Progress(BarColumn(), words, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None, words="starting")
        yield lambda pace: shown.update(task, total=pace.total, completed=pace.done, words=in_words(pace))


def in_words(pace: Pace) -> str:
    """Runs done of how many, how fast, and how long it will take."""
    done = f"{pace.done:,} of {pace.total:,} runs"
    left = pace.left
    return done if left is None else f"{done}, {pace.speed:,.0f} a second, {duration(left)} left"


def duration(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
