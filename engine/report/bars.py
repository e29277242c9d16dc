"""Drawings with a row for each thing: bars with intervals, signs of several arms side by side, ranges of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.report.canvas import SIZE, SMALL, Drawing, Format, Key, Sheet, fitted, lines, tall
from engine.report.style import GRID, INK, LOOKS, MUTED, NEAR, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PLAIN = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0}
"""What lies under text that stands over a grid."""

AXIS = 0.42
"""Inches under a plot for its axis."""


@dataclass(frozen=True)
class Mark:
    """A number with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Row:
    """A thing, its number in each arm (None where it has none), and what is said at the end of its row."""

    title: str
    marks: tuple[Mark | None, ...]
    said: str = ""


@dataclass(frozen=True)
class Scale:
    """What lies along the lower edge."""

    label: str
    low: float
    high: float
    shown: Callable[[float], str]
    zero: str = ""
    """What nought means, where it lies in the middle."""


@dataclass(frozen=True)
class _Layout:
    """Where the rows of a drawing are: titles to the left, or above where it is narrow."""

    paper: Format
    titles: tuple[str, ...]
    each: float
    """Inches that the marks of a row take."""
    left: float
    right: float

    @classmethod
    def of(cls, paper: Format, rows: Sequence[Row], each: float, right: float) -> _Layout:
        """For these rows; ``right`` inches are kept for what is said at their ends."""
        left = 0.08 if paper.is_narrow else 2.75
        room = paper.width - 0.1 if paper.is_narrow else left - 0.15
        titles = tuple(fitted(row.title, room, most=2 if paper.is_narrow else 3) for row in rows)
        return cls(paper, titles, each, left, right)

    def heights(self) -> list[float]:
        """Inches that each row takes."""
        taken = [tall(title.count("\n") + 1) for title in self.titles]
        if self.paper.is_narrow:
            return [own + self.each + 0.17 for own in taken]
        return [max(own, self.each) + 0.1 for own in taken]

    def middles(self) -> list[float]:
        """Where the marks of each row have their middle, from the top."""
        found, top = [], 0.0
        for height in self.heights():
            found.append(top + height - 0.08 - self.each / 2 if self.paper.is_narrow else top + height / 2)
            top += height
        return found

    def open(self, sheet: Sheet, top: float, scale: Scale) -> Axes:
        """A plot in inches downwards, with its titles and its axis."""
        heights = self.heights()
        total, wide = sum(heights), self.paper.width - self.left - self.right
        plot = sheet.axes(self.left, top, wide, total)
        plot.set_ylim(total, 0)
        plot.set_xlim(scale.low, scale.high)
        plot.set_yticks([])
        plot.spines["left"].set_visible(False)
        most = 4 if self.paper.is_narrow else 7
        plot.xaxis.set_major_locator(_ticks(most))
        plot.xaxis.set_major_formatter(lambda value, _: scale.shown(value))
        plot.grid(axis="x")
        if not self.paper.is_narrow:
            plot.set_xlabel(scale.label, fontsize=SMALL, color=MUTED)
        else:
            plot.set_xlabel(fitted(scale.label, wide, SMALL), fontsize=SMALL, color=MUTED)
        above = top
        for title, height, middle in zip(self.titles, heights, self.middles(), strict=True):
            if self.paper.is_narrow:
                sheet.write(0.02, above + 0.04, title, bbox=PLAIN)
            else:
                sheet.write(self.left - 0.12, top + middle, title, ha="right", va="center")
            above += height
        return plot


def _ticks(most: int) -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(most, steps=[1, 2, 2.5, 5, 10])


def _formatter(shown: Callable[[float], str]) -> Callable[[float, float], str]:
    return lambda value, _: shown(value)


def bars(rows: Sequence[Row], scale: Scale) -> Drawing:
    """A bar for each row, with its interval, and its number in words at its end."""

    def draw(paper: Format) -> Figure:
        said = max((len(row.said) for row in rows), default=0) * SMALL * EM_SAID / 72
        layout = _Layout.of(paper, rows, 0.17 if paper.is_narrow else 0.2, said + 0.12)
        total = sum(layout.heights())
        sheet = Sheet(paper.width, total + AXIS + 0.1)
        plot = layout.open(sheet, 0.04, scale)
        for row, middle in zip(rows, layout.middles(), strict=True):
            mark = row.marks[0]
            if mark is not None:
                plot.barh(middle, mark.value, height=layout.each, color=NEAR, edgecolor=LOOKS[0].colour, linewidth=0.9)
                plot.plot([mark.low, mark.high], [middle, middle], color=INK, linewidth=1.6)
                for end in (mark.low, mark.high):
                    plot.plot([end, end], [middle - 0.045, middle + 0.045], color=INK, linewidth=1.2)
            sheet.write(paper.width - said - 0.04, 0.04 + middle, row.said, SMALL, va="center")
        return sheet.figure

    return draw


EM_SAID = 0.6
"""Mean width of digits, in sizes of the text."""


def dots(rows: Sequence[Row], arms: Sequence[str], scale: Scale, first_look: int = 0) -> Drawing:
    """A sign with an interval for each arm in each row."""

    def draw(paper: Format) -> Figure:
        looks = LOOKS[first_look:]
        key = Key(arms, paper, looks)
        gap = 0.135
        layout = _Layout.of(paper, rows, gap * max(1, len(arms)), 0.12)
        total = sum(layout.heights())
        sheet = Sheet(paper.width, key.height + total + AXIS + 0.1)
        key.draw(sheet, is_line=False)
        plot = layout.open(sheet, key.height + 0.04, scale)
        if scale.zero:
            plot.axvline(0, color=INK, linewidth=1.0)
        tops = 0.0
        for number, (row, middle, height) in enumerate(zip(rows, layout.middles(), layout.heights(), strict=True)):
            if number:
                plot.axhline(tops, color=GRID, linewidth=0.6)
            tops += height
            for place, (look, mark) in enumerate(zip(looks, row.marks, strict=False)):
                if mark is None:
                    continue
                at = middle + (place - (len(row.marks) - 1) / 2) * gap
                plot.plot([mark.low, mark.high], [at, at], color=look.colour, linewidth=1.7, solid_capstyle="butt")
                plot.plot([mark.value], [at], color=look.colour, marker=look.marker, markersize=5.5, clip_on=False)
        return sheet.figure

    return draw


@dataclass(frozen=True)
class Spread:
    """Numbers of many runs: ``q`` are the quantiles 5, 25, 50, 75 and 95 %."""

    title: str
    q: tuple[float, float, float, float, float]


@dataclass(frozen=True)
class SpreadPanel:
    """Spreads on one scale; where it has no title, its rows are alike things and not arms."""

    title: str
    rows: tuple[Spread, ...]
    shown: Callable[[float], str]
    low: float | None = None
    high: float | None = None


def spreads(panels: Sequence[SpreadPanel]) -> Drawing:
    """For each panel a row for each spread: a thin line for 90 %, a thick one for 50 %, a sign for the median."""

    def draw(paper: Format) -> Figure:
        heads = [lines(panel.title, paper.width, SIZE, 2) if panel.title else [] for panel in panels]
        several = any(len(panel.rows) > 1 for panel in panels)
        left = (0.1 if paper.is_narrow else 3.2) if several else 0.1
        each = (0.42 if paper.is_narrow else 0.26) if several else 0.26
        sizes = [
            tall(len(head)) + 0.1 + each * len(panel.rows) + AXIS for head, panel in zip(heads, panels, strict=True)
        ]
        sheet = Sheet(paper.width, sum(sizes) + 0.05)
        top = 0.0
        for head, panel, size in zip(heads, panels, sizes, strict=True):
            if panel.title:
                sheet.write(0.02, top, "\n".join(head), weight="bold")
            _spread_panel(sheet, panel, (left, top + tall(len(head)) + 0.1), each, paper, several)
            top += size
        return sheet.figure

    return draw


def _spread_panel(
    sheet: Sheet, panel: SpreadPanel, at: tuple[float, float], each: float, paper: Format, several: bool
) -> None:
    left, top = at
    height = each * len(panel.rows)
    plot = sheet.axes(left, top, paper.width - left - 0.75, height)
    plot.set_ylim(height, 0)
    lowest, highest = min(row.q[0] for row in panel.rows), max(row.q[4] for row in panel.rows)
    margin = (highest - lowest) * 0.04 or 1.0
    plot.set_xlim(
        lowest - margin if panel.low is None else panel.low, highest + margin if panel.high is None else panel.high
    )
    plot.set_yticks([])
    plot.spines["left"].set_visible(False)
    plot.xaxis.set_major_locator(_ticks(4 if paper.is_narrow else 7))
    plot.xaxis.set_major_formatter(lambda value, _: panel.shown(value))
    plot.grid(axis="x")
    for number, row in enumerate(panel.rows):
        look = LOOKS[number % len(LOOKS)] if panel.title else LOOKS[0]
        middle = each * (number + (0.68 if several and paper.is_narrow else 0.5))
        plot.plot([row.q[0], row.q[4]], [middle, middle], color=look.colour, linewidth=1.3, solid_capstyle="butt")
        plot.plot(
            [row.q[1], row.q[3]], [middle, middle], color=look.colour, linewidth=6, alpha=0.45, solid_capstyle="butt"
        )
        plot.plot([row.q[2]], [middle], color=look.colour, marker=look.marker, markersize=6, clip_on=False)
        sheet.write(paper.width - 0.68, top + middle, panel.shown(row.q[2]), SMALL, va="center")
        if several and paper.is_narrow:
            sheet.write(
                0.02, top + each * number + 0.02, fitted(row.title, paper.width - 0.8, SMALL, 1), SMALL, bbox=PLAIN
            )
        elif several:
            sheet.write(
                left - 0.12, top + middle, fitted(row.title, left - 0.15, SMALL, 1), SMALL, ha="right", va="center"
            )


@dataclass(frozen=True)
class Histogram:
    """How many runs there are in each of some equal steps of a number."""

    title: str
    edges: tuple[float, ...]
    shares: tuple[float, ...]
    median: float | None
    shown: Callable[[float], str]


def histograms(panels: Sequence[Histogram]) -> Drawing:
    """One plot a number, with its median."""

    def draw(paper: Format) -> Figure:
        across = 1 if paper.is_narrow else 3
        width = paper.width / across
        heads = [lines(panel.title, width - 0.15, SIZE, 2) for panel in panels]
        down = -(-len(panels) // across)
        size = tall(2) + 1.05 + AXIS
        sheet = Sheet(paper.width, size * down)
        for number, (head, panel) in enumerate(zip(heads, panels, strict=True)):
            left, top = number % across * width, number // across * size
            sheet.write(left + 0.02, top, "\n".join(head))
            plot = sheet.axes(left + 0.08, top + tall(2) + 0.06, width - 0.32, 0.95)
            steps = [high - low for low, high in zip(panel.edges[:-1], panel.edges[1:], strict=True)]
            plot.bar(
                panel.edges[:-1],
                panel.shares,
                width=steps,
                align="edge",
                color=NEAR,
                edgecolor=LOOKS[0].colour,
                linewidth=0.5,
            )
            plot.set_xlim(panel.edges[0], panel.edges[-1])
            plot.set_ylim(0, max(panel.shares, default=0.0) * 1.25 or 1.0)
            plot.set_yticks([])
            plot.spines["left"].set_visible(False)
            plot.xaxis.set_major_locator(_ticks(3))
            plot.xaxis.set_major_formatter(_formatter(panel.shown))
            if panel.median is not None:
                plot.axvline(panel.median, color=INK, linewidth=1.4, linestyle=(0, (4, 2)))
                right = panel.median > (panel.edges[0] + panel.edges[-1]) / 2
                sheet_words = f" median {panel.shown(panel.median)} "
                plot.text(
                    panel.median,
                    plot.get_ylim()[1],
                    sheet_words,
                    ha="right" if right else "left",
                    va="top",
                    fontsize=SMALL,
                )
        return sheet.figure

    return draw


__all__ = ["Histogram", "Mark", "Row", "Scale", "Spread", "SpreadPanel", "bars", "dots", "histograms", "spreads"]
