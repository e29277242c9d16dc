"""Numbers in plain words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from engine.batch.statistics import Share
from engine.prose import series

PERCENT = "\N{NO-BREAK SPACE}%"
"""The sign, which never begins a line."""


def percent(share: float) -> str:
    """A share as a percentage, with as many digits as help: 57 %, 3.2 %, 0.04 %."""
    if share in (0.0, 1.0):
        return f"{100 * share:.0f}{PERCENT}"
    for digits in (0 if 0.1 <= share <= 0.9 else 1 if 0.01 <= share <= 0.999 else 2, 3, 4, 6):
        shown = f"{100 * share:.{digits}f}"
        if 0.0 < float(shown) < 100.0:
            return shown + PERCENT
    return f"{'less than 0.0001' if share < 0.5 else 'almost 100'}{PERCENT}"


def between(share: Share) -> str:
    """The interval of a share."""
    return f"{percent(share.low)} to {percent(share.high)}"


def runs_of_100(share: float) -> str:
    """How often, for people: *57 of 100 runs*, *3 of 1,000 runs*; never rounded to none or to all."""
    if share <= 0.0:
        return "no run"
    if share >= 1.0:
        return "every run"
    for of in (100, 1_000, 10_000, 100_000, 1_000_000):
        if 1 <= round(share * of) < of:
            return f"{round(share * of):,} of {of:,} runs"
    return "hardly any run" if share < 0.5 else "almost every run"


def number(value: float | None, digits: int = 3) -> str:
    """A number with as many digits as matter, and a dash for none."""
    if value is None or not math.isfinite(value):
        return "–"
    if abs(value) >= 10 ** (digits - 1):
        return f"{value:,.0f}".replace("-", "−")
    shown = f"{value:.{digits}g}".replace("-", "−")
    return "0" if shown in ("−0", "0.00") else shown


def points(difference: float) -> str:
    """A difference of two shares in percentage points, with its sign."""
    size = 100 * difference
    digits = 0 if abs(size) >= 10 else 1 if abs(size) >= 0.95 else 2
    return signed(f"{size:+.{digits}f}")


def change(difference: float) -> str:
    """A difference with its sign."""
    return "0" if not difference else ("+" if difference > 0 else "") + number(difference)


def signed(shown: str) -> str:
    """A number with a minus that is as wide as its plus, and no sign before nothing."""
    return shown.lstrip("+-") if not float(shown) else shown.replace("-", "−")


def day(start: dt.date, days: float | None) -> str:
    """A day as people write it."""
    if days is None or not math.isfinite(days):
        return "–"
    date = start + dt.timedelta(days=math.floor(days))
    return f"{date.day} {date:%b %Y}"


def quoted(words: str) -> str:
    """A title inside a sentence."""
    return f"“{words.rstrip('.')}”"


def name_of(words: str) -> str:
    """A title that may be a sentence, as a title."""
    return words.strip().rstrip(".")


def sentence(words: str) -> str:
    """With one full stop at the end."""
    kept = words.strip()
    return kept if not kept or kept[-1] in ".!?…" else f"{kept}."


def first_few(names: Sequence[str], most: int = 8, last: str = "and") -> str:
    """Titles in a sentence, and how many more there are."""
    rest = len(names) - most
    shown = [quoted(name) for name in names[:most]]
    return series([*shown, f"{rest} more"] if rest > 0 else shown, last)
