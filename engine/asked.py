"""Numbers that somebody asks for, on the command line or from Python: how large they may be, what is said if not."""

from __future__ import annotations

import operator
from typing import SupportsFloat, SupportsIndex

from engine.errors import ArgumentError

LARGEST_SEED = 2**64 - 1
"""Seeds are from 0 to this."""

LARGEST_RUN = 2**63 - 1
"""Run numbers are from 0 to this."""

MOST_RUNS = 10_000_000
"""Runs of one design point: intervals of shares reach three hundredths of a percentage point to either side then."""

MOST_WORKERS = 1024
"""Processes of one batch."""

MOST_POINTS = 1_000_000
"""Design points of one batch: each is read and compiled for itself."""

MOST_RUNS_IN_ALL = 1_000_000_000
"""Runs of all design points of one batch together: of Kosovo, four days on two cores, and two hundred gigabytes."""

MOST_RUNS_IN_MEMORY = 2_000_000
"""Runs of a batch whose results are kept in memory and not in a folder, at up to a kilobyte each."""

MOST_PARTS = 100_000
"""Parts of a batch that is written to a folder, each of up to 4,096 runs and with a line of its own in the manifest."""

MOST_BACKTEST_RUNS = 20_000
"""Runs of a backtest: more take much memory when they are drawn anew, and tell no more."""

MOST_CALIBRATION_POINTS = 10_000
"""Design points of each wave of a calibration: what each question comes to in each run of them is kept in memory."""

QUERY_SECONDS = 60.0
"""How long the answer to a question in SQL may take, where nothing is said."""

LONGEST_WAIT = 1_000_000.0
"""Seconds that anything may be told to take."""

DEFAULT_SEED = 1
"""The seed where none is given, so that the same question has the same answer."""


def whole(what: str, number: SupportsIndex | object, least: int, most: int) -> int:
    """A whole number within bounds, of Python or numpy. Raises :class:`~engine.errors.ArgumentError`."""
    try:
        found = None if isinstance(number, bool) else operator.index(number)  # type: ignore[arg-type]  # it may be any
    except TypeError:
        found = None
    if found is None or not least <= found <= most:
        raise ArgumentError(f"{what} is a whole number from {least} to {most}, not {said(number)}")
    return found


def half_width(what: str, number: SupportsFloat | object) -> float:
    """Half the width of an interval of shares. Raises :class:`~engine.errors.ArgumentError`."""
    width = as_float(number)
    if width is None or not 0.0 < width < 0.5:
        raise ArgumentError(f"{what} is more than 0 and less than 0.5, such as 0.005, not {said(number)}")
    return width


def share(what: str, number: SupportsFloat | object) -> float:
    """A share of runs. Raises :class:`~engine.errors.ArgumentError`."""
    found = as_float(number)
    if found is None or not 0.0 < found <= 1.0:
        raise ArgumentError(f"{what} is more than 0 and at most 1, not {said(number)}")
    return found


def seconds(what: str, number: SupportsFloat | object) -> float:
    """A time that something may take. Raises :class:`~engine.errors.ArgumentError`."""
    found = as_float(number)
    if found is None or not 0.0 <= found <= LONGEST_WAIT:
        raise ArgumentError(f"{what} is a number of seconds from 0 to {LONGEST_WAIT:g}, such as 30, not {said(number)}")
    return found


def as_float(number: object) -> float | None:
    """A number of Python or numpy; None for anything else, texts and yes-no among it."""
    if isinstance(number, (bool, str, bytes)) or not isinstance(number, SupportsFloat):
        return None
    return float(number)


def said(value: object) -> str:
    """What was given, as a message shows it: a text in quotation marks, so that "10" is not taken for 10."""
    from engine.scenario.problems import shortened

    short = shortened(value, 40)
    return f'"{short}"' if isinstance(value, str) else short
