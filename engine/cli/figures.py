"""Shares, days and other numbers of results, as people read them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from engine.batch.design.posterior import posterior_in, told_of
from engine.batch.statistics import Share
from engine.cli.paper import LOUD, QUIET, Paper, as_text, percent
from engine.prose import counted

if TYPE_CHECKING:
    from engine.batch.analysis.differences import Interval
    from engine.batch.storage.results import Results

RARE = 0.001
"""Shares below this are told as one in so many."""

DASH = "-"
"""Nothing to tell."""


MOST_SETTINGS = 12
"""Changes of a scenario that are told one by one."""


def head(paper: Paper, results: Results, said: str) -> None:
    """What the results are."""
    manifest = results.manifest
    paper.title(manifest["experiment"]["content"].get("title") or manifest["scenario"]["title"])
    paper.put(as_text(f"{manifest['scenario']['id']}, seed {manifest['seed']}, {said}", QUIET))
    tell_settings(paper, manifest["experiment"]["content"])
    tell_caveats(paper, results.caveats)


def tell_caveats(paper: Paper, caveats: Iterable[str]) -> None:
    """What whoever reads a number of results has to know: what is missing, and what is there and not counted."""
    for caveat in caveats:
        paper.put(as_text(f"Note: {caveat}.", LOUD))


CERTAIN = "nothing is in doubt: each number and each position is its best guess"
"""What is said of runs with ``--certain``."""


def tell_settings(paper: Paper, experiment: Mapping[str, Any]) -> None:
    """What was changed in the scenario for all runs, if anything was."""
    settings = experiment.get("set") or {}
    if settings:
        changed = [f"{path}={value}" for path, value in settings.items()]
        rest = f", and {len(changed) - MOST_SETTINGS:,} more" if len(changed) > MOST_SETTINGS else ""
        paper.put(as_text(f"changed: {', '.join(changed[:MOST_SETTINGS])}{rest}", QUIET))
    if experiment.get("certain"):
        paper.put(as_text(CERTAIN, QUIET))
    posterior = posterior_in(experiment)
    if posterior is not None:
        paper.put(as_text(f"each run draws one of {counted(posterior.points, 'point')} of a posterior:", QUIET))
        for line in told_of(posterior):
            paper.put(as_text(line, QUIET), indent=2)


def share_in_words(share: float) -> str:
    """A share in percent, or as one in so many where it is small."""
    return f"1 in {rounded(1 / share):,}" if 0.0 < share < RARE else percent(share, 1 if share >= 0.1 else 2)


def rounded(number: float) -> int:
    """To two digits."""
    digits = max(0, math.floor(math.log10(number)) - 1)
    return int(round(number, -digits))


def interval_in_words(low: float, high: float) -> str:
    """Both ends of an interval of a share."""
    digits = 1 if high - low >= 0.01 else 2
    return f"{percent(low, digits)} to {percent(high, digits)}"


def below(share: float) -> str:
    """The upper end of the interval of what no run had."""
    return "unknown" if share >= 1.0 else f"below {percent(share, 2) if share >= RARE / 10 else share_in_words(share)}"


def share_row(share: Share) -> tuple[str, str, str]:
    """A share, its interval, and how many runs it is."""
    return share_in_words(share.share), interval_in_words(share.low, share.high), f"{share.count:,}"


def number(value: float | None) -> str:
    """A number to about three digits."""
    if value is None or math.isnan(value):
        return DASH
    size = abs(value)
    digits = 0 if size >= 1000 or (size >= 100 and value == int(value)) else 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed_number(value: float) -> str:
    """A difference."""
    text = number(value)
    return f"+{text}" if value > 0 and text not in ("0", DASH) else text


def signed_points(value: float) -> str:
    """A difference of shares, in points of a hundred."""
    return f"{100 * value:+.{1 if abs(value) >= 0.01 else 2}f}"


FEW_DAYS = 60
"""A story of no more days than this is told in days, a longer one in weeks."""


def unit_of(results: Results) -> tuple[str, int]:
    """In what the moments of a story are counted, ``day`` or ``week``, and how many days that is."""
    told = results.manifest["scenario"]["content"]
    start, end = (dt.date.fromisoformat(told[which]) for which in ("start", "end"))
    return ("day", 1) if (end - start).days <= FEW_DAYS else ("week", 7)


def counted_in(days: int, day: float | None) -> str:
    """A day as the day or week of the story, from 1."""
    return DASH if day is None else str(int(day // days) + 1)


def date(results: Results, day: float | None) -> str:
    """A day of the story as a date."""
    start = dt.date.fromisoformat(results.manifest["scenario"]["content"]["start"])
    return DASH if day is None else (start + dt.timedelta(days=int(day))).isoformat()


def plain(value: Any) -> Any:
    """A value for JSON: no number that is none, and no date."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)


def interval(which: Interval, is_share: bool) -> str:
    """Both ends of the interval of a difference."""
    if not math.isfinite(which.width):
        return DASH
    said = signed_points if is_share else signed_number
    return f"{said(which.low)} to {said(which.high)}"


def notes(paper: Paper, which: tuple[str, ...]) -> None:
    """What the reader should know."""
    for note in which:
        paper.item(note, style=QUIET)


def batch_in_words(runs: int, points: int) -> str:
    """How large a batch is."""
    return counted(runs, "run") + (f" at {counted(points, 'design point')}" if points > 1 else "")
