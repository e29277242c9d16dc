"""The sections on numbers of a run: the outcomes of an experiment, and how content the sides are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from engine.batch.analysis.distributions import Distribution
from engine.batch.analysis.groups import Group, playable_sides
from engine.batch.statistics import Share
from engine.report.bars import Histogram, Mark, Row, Scale, Spread, SpreadPanel, dots, histograms, spreads
from engine.report.figure import Figure, Section
from engine.report.findings import percent_tick
from engine.report.markup import Html, Table, paragraphs
from engine.report.material import Material
from engine.report.words import between, day, first_few, number, percent, quoted, runs_of_100

Shown = Callable[[float], str]


def outcomes(material: Material) -> Section | None:
    """What was asked of each run."""
    columns = material.of_kind("outcome")
    if not columns:
        return None
    every = (material.lead, *material.others)
    spread = {arm.name: material.spread(arm, columns) for arm in every}
    empty = [c for c in columns if not any(spread[arm.name][c].had.count for arm in every)]
    columns = tuple(c for c in columns if c not in empty)
    shares = [c for c in columns if all(spread[arm.name][c].is_yes_no for arm in every)]
    numbers = [c for c in columns if c not in shares]
    figures = []
    if numbers:
        figures.append(_numbers(material, numbers, spread))
    if shares:
        figures.append(_shares(material, shares, spread))
    never = first_few([material.title(c) for c in empty], last="or")
    note = f"In no run was there a number for {never}." if empty else ""
    return Section("outcomes", "What was asked of each run", paragraphs(note), tuple(figures))


Spreads = dict[str, dict[str, Distribution]]


def shown_as(material: Material, column: str) -> Shown:
    """How a number of an outcome is written: days as dates."""
    said = material.manifest["outcomes"].get(column)
    is_day = isinstance(said, dict) and said.get("first") is not None
    start = material.scenario.start
    return (lambda value: day(start, value).rpartition(" ")[0]) if is_day else number


def quantiles(one: Distribution) -> tuple[float, float, float, float, float] | None:
    """Five quantiles; None where no run has a number."""
    found = (one.q05, one.q25, one.median, one.q75, one.q95)
    return None if None in found else found  # type: ignore[return-value]  # none of them is None here


def _numbers(material: Material, columns: Sequence[str], spread: Spreads) -> Figure:
    every = (material.lead, *material.others)
    rows = []
    for column in columns:
        shown = shown_as(material, column)
        for arm in every:
            one = spread[arm.name][column]
            title = material.title(column) + (f" ({arm.title})" if material.others else "")
            q = quantiles(one)
            cells = [shown(value) for value in q] if q else ["–"] * 5
            rows.append((title, percent(one.had.share), number(one.mean) if shown is number else "–", *cells))
    table = Table(("Outcome", "Runs with it", "Mean", "5 %", "25 %", "Median", "75 %", "95 %"), rows)
    lead = spread[material.lead.name]
    finding = " ".join(_outcome_finding(material, lead[column]) for column in columns[:2])
    if not material.others:
        panels = []
        for column in columns:
            edges, shares = material.histogram(material.lead, lead[column])
            panels.append(
                Histogram(material.title(column), edges, shares, lead[column].median, shown_as(material, column))
            )
        reading = "The higher a bar, the more runs have that number; the broken line is the median."
        return Figure("outcomes", "How the outcomes are spread", finding, reading, table, histograms(panels))
    rows_of = [
        SpreadPanel(
            material.title(column),
            tuple(
                Spread(f"{arm.title}{_mean_of(spread[arm.name][column], shown_as(material, column))}", q)
                for arm in material.drawn
                if (q := quantiles(spread[arm.name][column])) is not None
            ),
            shown_as(material, column),
        )
        for column in columns
    ]
    reading = (
        "Sign: the median, told at the right; the mean stands with it where over half of the runs have the least there "
        "is. Thick line: the middle half of the runs. Thin line: the middle nine "
        "tenths. Runs in which it never came about are left out."
    )
    return Figure("outcomes", "How the outcomes are spread", finding, reading, table, spreads(rows_of))


def _mean_of(one: Distribution, shown: Shown) -> str:
    """The mean, where more than half of the runs have the least there is, so that the median says little."""
    says_little = one.median == one.low and one.low != one.high and shown is number
    return f" (mean {number(one.mean)})" if says_little else ""


def _outcome_finding(material: Material, one: Distribution) -> str:
    shown = shown_as(material, one.column)
    q = quantiles(one)
    if q is None:
        return f"{quoted(material.title(one.column))} never came about here."
    low, median, high = q[0], q[2], q[4]
    title = quoted(material.title(one.column))
    if low == high:
        return f"{title} is {shown(median)} in at least nine of ten runs."
    if median == one.low and one.mean is not None and shown is number:
        usual = f"{title} is {shown(median)} in more than half of the runs, {number(one.mean)} on average"
        return f"{usual}, and at most {shown(high)} in 19 of 20."
    among_those = "" if one.had.share == 1 else f" that have it ({one.had.count:,} of {one.had.of:,})"
    where = f"lie at {shown(median)} or below" if shown is number else f"have it by {shown(median)}"
    return f"{title}: half of the runs{among_those} {where}, nine of ten between {shown(low)} and {shown(high)}."


def _shares(material: Material, columns: Sequence[str], spread: Spreads) -> Figure:
    every = (material.lead, *material.others)

    def share(arm: Group, column: str) -> Share:
        return material.held(arm, column)

    rows = [
        Row(
            material.title(c),
            tuple(Mark(s.share, s.low, s.high) for s in (share(arm, c) for arm in material.drawn)),
        )
        for c in columns
    ]
    first = columns[0]
    held = runs_of_100(share(material.lead, first).share)
    where = f" of {quoted(material.lead.title)}" if material.others else ""
    finding = f"{quoted(material.title(first))} holds in {held}{where}."
    table = Table(
        ("What", *((arm.title if material.others else "Share") for arm in every)),
        [
            (material.title(c), *(f"{percent(s.share)} ({between(s)})" for s in (share(arm, c) for arm in every)))
            for c in columns
        ],
    )
    highest = max((mark.high for row in rows for mark in row.marks if mark), default=1.0)
    scale = Scale("share of runs", 0, min(1.0, highest * 1.06), percent_tick)
    return Figure(
        "shares",
        "How often it came to this",
        finding,
        "Each sign is a share of runs, with its 95 % interval as a line.",
        table,
        dots(rows, material.titles, scale),
    )


def sides(material: Material) -> Section | None:
    """How content the sides are."""
    actors = playable_sides(material.results)
    columns = [f"score_{actor}" for actor in actors]
    if not columns:
        return None
    every = (material.lead, *material.others)
    spread = {arm.name: material.spread(arm, columns) for arm in every}
    lead = spread[material.lead.name]
    ranked = sorted(columns, key=lambda c: -(lead[c].median or 0.0))
    best, worst = ranked[0], ranked[-1]
    panels = list(_side_panels(material, ranked, spread))
    rows = []
    for column in ranked:
        for arm in every:
            one = spread[arm.name][column]
            title = material.title(column) + (f" ({arm.title})" if material.others else "")
            rows.append((title, *(number(v) for v in (one.mean, one.q05, one.q25, one.median, one.q75, one.q95))))
    finding = f"The median run gives {material.title(best)} {number(lead[best].median)} of 100"
    if best != worst:
        finding += f", and {material.title(worst)} {number(lead[worst].median)}"
    figure = Figure(
        "sides",
        "Scores of the sides",
        f"{finding}.",
        "100: the world ends exactly where the side stood at the start; 0: as far from it as the scales allow. A score "
        "measures how content a side may be, not how right it was. Sign: median; thick line: the middle half; thin "
        "line: the middle nine tenths of the runs.",
        Table(("Side", "Mean", "5 %", "25 %", "Median", "75 %", "95 %"), rows),
        spreads(panels),
    )
    return Section("sides", "Who is content", Html(""), (figure,))


def _side_panels(material: Material, columns: Sequence[str], spread: Spreads) -> Iterator[SpreadPanel]:
    if not material.others:
        rows = ((material.title(column), quantiles(spread[material.lead.name][column])) for column in columns)
        yield SpreadPanel("", tuple(Spread(title, q) for title, q in rows if q is not None), number, 0.0, 100.0)
        return
    for column in columns:
        found = tuple(
            Spread(arm.title, q) for arm in material.drawn if (q := quantiles(spread[arm.name][column])) is not None
        )
        if found:
            yield SpreadPanel(material.title(column), found, number, 0.0, 100.0)
