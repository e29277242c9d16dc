"""Small drawings side by side: shares that grow with time, fans of numbers, and stances along a scale."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.report.canvas import SIZE, SMALL, Drawing, Format, Key, Sheet, fitted, lines, tall
from engine.report.style import EM, FAR, GRID, INK, LOOKS, MUTED, NEAR, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Calendar:
    """The days of a scenario."""

    start: dt.date
    days: float

    def months(self, most: int) -> list[tuple[float, str]]:
        """Firsts of months as days since the start, with their names; few enough to be read."""
        firsts = []
        year, month = self.start.year, self.start.month
        while (first := dt.date(year, month, 1)) <= self.start + dt.timedelta(days=math.ceil(self.days)):
            if first >= self.start:
                firsts.append(first)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if len(firsts) < 2:
            return self._weeks(most)
        step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120) if len(firsts) <= s * most), 240)
        kept = [first for first in firsts if (first.year * 12 + first.month - 1) % step == 0]
        return [((first - self.start).days, self._name(first, step)) for first in kept]

    @staticmethod
    def _name(first: dt.date, step: int) -> str:
        return f"{first.year}" if step >= 12 else f"{first:%b}" + (f"\n{first.year}" if first.month == 1 else "")

    def _weeks(self, most: int) -> list[tuple[float, str]]:
        step = max(1, math.ceil(self.days / most))
        days = range(0, math.floor(self.days) + 1, step)
        return [(day, f"{(date := self.start + dt.timedelta(days=day)).day} {date:%b}") for day in days]

    def mark(self, plot: Axes, most: int) -> None:
        """The axis of days under a plot."""
        ticks = self.months(most)
        plot.set_xticks([place for place, _ in ticks], [name for _, name in ticks])
        plot.set_xlim(0, self.days)


@dataclass(frozen=True)
class Curve:
    """A share at each of some days, with its interval."""

    shares: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]


@dataclass(frozen=True)
class CurvePanel:
    """The curves of all arms for one thing."""

    title: str
    curves: tuple[Curve, ...]


def grid_of(paper: Format, titles: Sequence[str], across: int, plot: float, top: float) -> tuple[Sheet, list[Any]]:
    """A sheet with titled plots side by side; ``plot`` inches tall each, under ``top`` inches for a key."""
    width = paper.width / across
    heads = [lines(title, width - 0.12, SMALL, 3) for title in titles]
    sizes = []
    for first in range(0, len(titles), across):
        most = max(len(head) for head in heads[first : first + across])
        sizes.append((tall(most, SMALL), tall(most, SMALL) + plot + 0.52))
    sheet = Sheet(paper.width, top + sum(size for _, size in sizes))
    plots, above = [], top
    for number, head in enumerate(heads):
        own, size = sizes[number // across]
        left = number % across * width
        sheet.write(left + 0.02, above + own - tall(len(head), SMALL), "\n".join(head), SMALL)
        plots.append(sheet.axes(left + 0.36, above + own + 0.07, width - 0.55, plot))
        if number % across == across - 1:
            above += size
    return sheet, plots


def curves(panels: Sequence[CurvePanel], days: Sequence[float], arms: Sequence[str], calendar: Calendar) -> Drawing:
    """The share of runs in which each thing had come about by each day."""

    def draw(paper: Format) -> Figure:
        key = Key(arms, paper)
        across = 2 if paper.is_narrow else 3
        sheet, plots = grid_of(paper, [panel.title for panel in panels], across, 0.95, key.height + 0.03)
        key.draw(sheet)
        for panel, plot in zip(panels, plots, strict=True):
            for look, curve in zip(LOOKS, panel.curves, strict=False):
                plot.fill_between(
                    days, curve.lows, curve.highs, step="post", color=look.colour, alpha=0.22, linewidth=0
                )
                width = FIRST if look is LOOKS[0] and len(arms) > 1 else FURTHER
                plot.step(days, curve.shares, where="post", color=look.colour, linestyle=look.dashes, linewidth=width)
            _ends(plot, days[-1], [curve.shares[-1] for curve in panel.curves])
            plot.set_ylim(0, 1)
            plot.set_yticks([0, 0.5, 1], ["0", "50", "100 %"])
            calendar.mark(plot, 3 if paper.is_narrow else 5)
            plot.grid(axis="y")
        return sheet.figure

    return draw


FIRST, FURTHER = 2.6, 1.4
"""Widths of lines: that of the first arm shows under the broken ones of the others where these coincide."""


def _ends(plot: Axes, day: float, values: Sequence[float]) -> None:
    """A sign at the end of each curve, the later the smaller, so that none hides another."""
    for number, (look, value) in enumerate(zip(LOOKS, values, strict=False)):
        size = max(3.4, 7.0 - 1.1 * number) if len(values) > 1 else 4.5
        edge: dict[str, Any] = {"markeredgecolor": PAPER, "markeredgewidth": 0.5}
        plot.plot([day], [value], color=look.colour, marker=look.marker, markersize=size, clip_on=False, **edge)


@dataclass(frozen=True)
class FanPanel:
    """How a number is spread at each of some days: ``q`` holds five rows, the quantiles 5, 25, 50, 75 and 95 %."""

    title: str
    low: float
    high: float
    low_name: str
    high_name: str
    q: tuple[tuple[float, ...], ...]
    others: tuple[tuple[float, ...], ...]
    """The medians of the other arms."""


def fans(panels: Sequence[FanPanel], days: Sequence[float], arms: Sequence[str], calendar: Calendar) -> Drawing:
    """Median, middle half and middle nine tenths of each number, on its whole scale."""

    def draw(paper: Format) -> Figure:
        key = Key(arms, paper)
        across = 2 if paper.is_narrow else 3
        sheet, plots = grid_of(paper, [panel.title for panel in panels], across, 1.15, key.height + 0.03)
        key.draw(sheet)
        for panel, plot in zip(panels, plots, strict=True):
            plot.fill_between(days, panel.q[0], panel.q[4], color=FAR, linewidth=0)
            plot.fill_between(days, panel.q[1], panel.q[3], color=NEAR, linewidth=0)
            for edge in (panel.q[0], panel.q[4]):
                plot.plot(days, edge, color=MUTED, linewidth=0.5)
            every = (panel.q[2], *panel.others)
            for look, median in zip(LOOKS, every, strict=False):
                width = FIRST if look is LOOKS[0] and len(every) > 1 else FURTHER
                plot.plot(days, median, color=look.colour, linestyle=look.dashes, linewidth=width)
            _ends(plot, days[-1], [median[-1] for median in every])
            plot.set_ylim(panel.low, panel.high)
            plot.set_yticks([panel.low, (panel.low + panel.high) / 2, panel.high])
            plot.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
            calendar.mark(plot, 3 if paper.is_narrow else 5)
            room = paper.width / across - 0.6
            for name, place, side in ((panel.low_name, panel.low, "bottom"), (panel.high_name, panel.high, "top")):
                said = fitted(name, room, SMALL - 1, 1)
                plot.text(calendar.days * 0.02, place, said, va=side, fontsize=SMALL - 1, color=MUTED)
        return sheet.figure

    return draw


@dataclass(frozen=True)
class Stand:
    """Where an actor stands, and how much it cares."""

    name: str
    position: float
    salience: float
    is_named: bool
    """Whether it is worth a name in the drawing."""


@dataclass(frozen=True)
class Spectrum:
    """An issue: its named scale, the actors on it, where the world starts, and where it ends (quantiles, if known)."""

    title: str
    scale: tuple[tuple[float, str], ...]
    stands: tuple[Stand, ...]
    start: float
    end: tuple[float, float, float, float, float] | None


BODY = 1.3
"""Inches of a spectrum between its names above and its scale below."""


def spectra(issues: Sequence[Spectrum]) -> Drawing:
    """For each issue its scale, with the actors where they stand: the larger and the higher, the more they care."""

    def draw(paper: Format) -> Figure:
        inner = paper.width - 0.5
        rows = [_names(issue, inner, paper) for issue in issues]
        legends = [_scale_lines(issue, inner) for issue in issues]
        sizes = [
            tall(1)
            + 0.12
            + 0.16 * (max((row for *_, row in own), default=-1) + 1)
            + BODY
            + 0.42
            + legend[1] * 0.15
            + 0.28
            for own, legend in zip(rows, legends, strict=True)
        ]
        sheet = Sheet(paper.width, sum(sizes))
        top = 0.0
        for issue, own, legend, size in zip(issues, rows, legends, sizes, strict=True):
            sheet.write(0.02, top, fitted(issue.title, paper.width, SIZE, 1), weight="bold")
            above = tall(1) + 0.12 + 0.16 * (max((row for *_, row in own), default=-1) + 1)
            _spectrum(sheet, issue, own, legend[0], top + above, inner)
            top += size
        return sheet.figure

    return draw


Placed = tuple[Stand, float, str, int]
"""An actor, where its name begins (inches), the name, and in which row above the plot (0 nearest to it)."""


def _names(issue: Spectrum, inner: float, paper: Format) -> list[Placed]:
    """Names in as few rows as they fit into without touching."""
    low, high = issue.scale[0][0], issue.scale[-1][0]
    ends: list[float] = []
    placed: list[Placed] = []
    named = sorted((stand for stand in issue.stands if stand.is_named), key=lambda s: (-s.salience, s.position))
    kept = named[: 5 if paper.is_narrow else 9]
    for stand in sorted(kept, key=lambda s: (s.position, s.name)):
        name = fitted(stand.name, 1.6, SMALL, 1)
        width = len(name) * SMALL * (EM + 0.03) / 72
        at = (stand.position - low) / (high - low) * inner
        left = min(max(-0.2, at - width / 2), inner + 0.25 - width)
        row = next((row for row, end in enumerate(ends) if left > end + 0.1), len(ends))
        ends[row:] = [left + width, *ends[row + 1 :]]
        placed.append((stand, left, name, row))
    return placed


def _scale_lines(issue: Spectrum, inner: float) -> tuple[list[tuple[float, float, str, int]], int]:
    """The names of the scale's points under it, in as many rows as they need."""
    low, high = issue.scale[0][0], issue.scale[-1][0]
    ends: list[float] = []
    placed = []
    for point, name in issue.scale:
        said = fitted(f"{point:g} {name}", inner * 0.8, SMALL, 1)
        width = len(said) * SMALL * (EM + 0.02) / 72
        at = (point - low) / (high - low) * inner
        left = min(max(-0.2, at - width / 2), inner + 0.25 - width)
        row = next((row for row, end in enumerate(ends) if left > end + 0.12), len(ends))
        ends[row:] = [left + width, *ends[row + 1 :]]
        placed.append((at, left, said, row))
    return placed, len(ends)


def _spectrum(
    sheet: Sheet,
    issue: Spectrum,
    names: Sequence[Placed],
    scale: Sequence[tuple[float, float, str, int]],
    top: float,
    inner: float,
) -> None:
    left = 0.25
    plot = sheet.axes(left, top, inner, BODY)
    low, high = issue.scale[0][0], issue.scale[-1][0]
    plot.set_xlim(low, high)
    plot.set_ylim(0, 1.12)
    plot.set_yticks([0, 0.5, 1], ["0", "", "1"])
    plot.spines["left"].set_visible(False)
    plot.set_xticks([point for point, _ in issue.scale], [""] * len(issue.scale))
    plot.grid(axis="y")
    for stand, begin, name, row in names:
        width = len(name) * SMALL * (EM + 0.03) / 72
        words_at = low + (begin + width / 2) / inner * (high - low)
        over = 1.12 + (0.16 * row + 0.02) / BODY * 1.12
        plot.plot(
            [stand.position, words_at], [stand.salience, over], color=GRID, linewidth=0.8, clip_on=False, zorder=1
        )
        plot.text(words_at, over, name, ha="center", va="bottom", fontsize=SMALL, clip_on=False)
    for stand in issue.stands:
        look = LOOKS[0] if stand.is_named else LOOKS[4]
        plot.plot(
            [stand.position],
            [stand.salience],
            marker="o",
            markersize=4 + 8 * stand.salience,
            markerfacecolor=look.colour,
            markeredgecolor=PAPER,
            markeredgewidth=0.8,
            alpha=0.85 if stand.is_named else 0.55,
            clip_on=False,
            zorder=3,
        )
    _world(sheet, issue, (left, top + BODY + 0.05), inner)
    for _, begin, said, row in scale:
        sheet.write(left + begin, top + BODY + 0.33 + 0.15 * row, said, SMALL, color=MUTED)


def _world(sheet: Sheet, issue: Spectrum, at: tuple[float, float], inner: float) -> None:
    """A strip under the scale: a line where the world starts, and the spread of where it ends."""
    low, high = issue.scale[0][0], issue.scale[-1][0]
    strip = sheet.axes(at[0], at[1], inner, 0.22)
    strip.set_axis_off()
    strip.set_xlim(low, high)
    strip.set_ylim(0, 1)
    if issue.end is not None:
        strip.plot([issue.end[0], issue.end[4]], [0.5, 0.5], color=INK, linewidth=1.1, solid_capstyle="butt")
        strip.plot([issue.end[1], issue.end[3]], [0.5, 0.5], color=MUTED, linewidth=6, alpha=0.5, solid_capstyle="butt")
        strip.plot([issue.end[2]], [0.5], marker="s", color=INK, markersize=6, clip_on=False)
    strip.plot(
        [issue.start], [0.5], marker="^", markerfacecolor=PAPER, markeredgecolor=INK, markersize=8, clip_on=False
    )
