"""The sections on histories: how they end, when things happen, how the world moves."""

from __future__ import annotations

from collections.abc import Sequence

from engine.batch.analysis.closing import share_open
from engine.batch.analysis.groups import Group
from engine.batch.statistics import Share
from engine.prose import counted
from engine.report.bars import (
    Mark,
    Row,
    Scale,
    bars,
    dots,
)
from engine.report.figure import Figure, Section
from engine.report.markup import Html, Table, paragraphs
from engine.report.material import Material
from engine.report.panels import Calendar, Curve, CurvePanel, FanPanel, curves, fans
from engine.report.words import between, day, first_few, number, percent, quoted, runs_of_100

RARELY = 0.005
"""Things that come about in fewer runs of every arm are told, but not drawn."""

SHARED_CHANCE = (
    " The same run has the same chance at every design point, so the interval reckons with fewer runs than there are."
)
"""Why intervals are wide where the runs are of several points."""

MOST_PANELS = 12
"""Curves that are drawn; the others are in the table."""


def among(material: Material) -> str:
    """Which runs a figure of one arm is about."""
    if material.is_everything:
        return f"all {counted(material.lead.runs, 'run')}"
    return f"the {counted(material.lead.runs, 'run')} of {quoted(material.lead.title)}"


def endings(material: Material) -> Section:
    """How the story ends."""
    figures = [_endings_of_lead(material)]
    if material.others:
        figures.append(_endings_by_arm(material))
    return Section("endings", "How it ends", _unreached(material), tuple(figures))


def _unreached(material: Material) -> Html:
    titles = material.manifest["endings"]
    never = material.summary.never()
    if not never:
        return paragraphs("Every ending of the scenario was reached by some run.")
    most = max(never.values())
    name = first_few([titles[ending] for ending in never], last="or")
    share = percent(most)
    return paragraphs(
        f"No run reached {name}. That does not make {'it' if len(never) == 1 else 'them'} impossible: "
        f"with so many runs{' of each arm' if material.others else ''}, a share below {share} may well stay unseen "
        "(95 % confidence)."
    )


def _ranked(material: Material, group: Group) -> list[tuple[str, Share]]:
    titles = material.manifest["endings"]
    found = [(titles[ending], share) for ending, share in group.shares.items() if share.count]
    return sorted(found, key=lambda pair: -pair[1].share)


def _endings_of_lead(material: Material) -> Figure:
    ranked = _ranked(material, material.lead)
    (first, share), *rest = ranked
    after = f", then {quoted(rest[0][0])} ({percent(rest[0][1].share)}; {between(rest[0][1])})" if rest else ""
    finding = (
        f"In {runs_of_100(share.share)} the story closes with {quoted(first)} "
        f"({percent(share.share)}; 95 % interval {between(share)}){after}."
    )
    reading = (
        f"Each bar is the share of {among(material)} that closed so; the black line is the 95 % interval (Wilson), "
        "which tells of chance between runs and of nothing else. At the end of each row: the share and the runs."
        + (SHARED_CHANCE if len(material.lead.points) > 1 else "")
    )
    highest = max(share.high for _, share in ranked)
    rows = [Row(title, (Mark(s.share, s.low, s.high),), f"{percent(s.share)} · {s.count:,}") for title, s in ranked]
    table = Table(
        ("Ending", "Runs", "Share", "95 % interval"),
        [(title, f"{s.count:,}", percent(s.share), between(s)) for title, s in ranked],
    )
    which = "" if material.is_everything else f": {material.lead.title}"
    return Figure(
        "endings",
        f"How the runs end{which}",
        finding,
        reading,
        table,
        bars(rows, Scale("share of runs", 0, min(1.0, highest * 1.06), percent_tick)),
    )


def percent_tick(value: float) -> str:
    """A share at an axis."""
    return f"{100 * value:g} %"


def _endings_by_arm(material: Material) -> Figure:
    titles, drawn = material.manifest["endings"], material.drawn
    reached = [e for e in titles if any(arm.shares[e].count for arm in drawn)]
    reached.sort(key=lambda e: -material.lead.shares[e].share)
    rows = [
        Row(
            titles[e],
            tuple(Mark(arm.shares[e].share, arm.shares[e].low, arm.shares[e].high) for arm in drawn),
        )
        for e in reached
    ]
    moves = max(
        ((arm, e) for arm in drawn[1:] for e in reached),
        key=lambda pair: abs(pair[0].shares[pair[1]].share - material.lead.shares[pair[1]].share),
    )
    arm, e = moves
    finding = (
        f"The largest shift: {quoted(titles[e])} closes {runs_of_100(material.lead.shares[e].share)} in "
        f"{quoted(material.lead.title)} and {runs_of_100(arm.shares[e].share)} in {quoted(arm.title)}."
    )
    highest = max(arm.shares[e].high for arm in drawn for e in reached)
    every = (material.lead, *material.others)
    table = Table(
        ("Ending", *(arm.title for arm in every)),
        [(titles[e], *(f"{percent(a.shares[e].share)} ({between(a.shares[e])})" for a in every)) for e in titles],
    )
    more = len(every) - len(drawn)
    return Figure(
        "endings-by-arm",
        "How the runs end, arm by arm",
        finding,
        "Each sign is the share of an arm's runs, with its 95 % interval as a line."
        + (f" {counted(more, 'further arm')} can be found in the table." if more else ""),
        table,
        dots(rows, material.titles, Scale("share of runs", 0, min(1.0, highest * 1.06), percent_tick)),
    )


def times(material: Material) -> Section:
    """When things come about."""
    columns = material.of_kind("first")
    found = {column: [material.arrived(arm, column) for arm in material.drawn] for column in columns}
    seen = [c for c in columns if max(arm[-1].share for arm in found[c]) >= RARELY]
    seen.sort(key=lambda c: -found[c][0][-1].share)
    unseen = [material.title(c) for c in columns if c not in seen]
    of = " of any arm" if material.others else ""
    note = f"In fewer than 1 of 200 runs{of}: {first_few(unseen, 20)}." if unseen else ""
    if not seen:
        return Section("times", "When things happen", paragraphs("Nothing that the scenario watches came about.", note))
    shown = seen[: MOST_PANELS - 1]
    left = (
        f" Drawn are the {len(shown)} most frequent; the table has all {len(seen)}." if len(seen) > len(shown) else ""
    )
    whose = f" of {quoted(material.lead.title)}" if material.others else ""
    calendar = Calendar(material.scenario.start, material.days[-1])
    panels = [CurvePanel("Runs still open", tuple(_curve(material.still_open(arm)) for arm in material.drawn))]
    panels += [
        CurvePanel(f"{material.title(c)}: {percent(found[c][0][-1].share)}", tuple(map(_curve, found[c])))
        for c in shown
    ]
    figure = Figure(
        "times",
        "By when things had happened",
        _time_finding(material, shown[0]) + (" " + _time_finding(material, shown[1]) if len(shown) > 1 else ""),
        "Each curve climbs to the share of runs in which this had happened by that day; the tinted band is the 95 % "
        f"interval, day by day. The share in each title is that{whose} at the end. A run closes with its ending, and "
        "nothing more happens in it: the first drawing says how many are still open. Closing competes with what might "
        "have come, so that a curve is a cumulative incidence (that of Aalen and Johansen, which is the plain share of "
        "all runs where nothing but closing ends one) and grows flat as runs close, whatever would have come later."
        + left,
        _time_table(material, seen),
        curves(panels, material.days, material.titles, calendar),
    )
    return Section("times", "When things happen", paragraphs(note), (figure,))


def _curve(shares: Sequence[Share]) -> Curve:
    return Curve(tuple(s.share for s in shares), tuple(s.low for s in shares), tuple(s.high for s in shares))


def _time_finding(material: Material, column: str) -> str:
    one = material.spread(material.lead, [column])[column]
    start = material.scenario.start
    when = f", in half of these by {day(start, one.median)}" if one.had.count else ""
    return f"{quoted(material.title(column))} comes true in {runs_of_100(one.had.share)}{when}."


def _time_table(material: Material, columns: Sequence[str]) -> Table:
    start, rows = material.scenario.start, []
    by_arm = [
        (arm, material.spread(arm, columns), material.closing_days(arm)) for arm in (material.lead, *material.others)
    ]
    for column in columns:
        for arm, spread, closes in by_arm:
            one = spread[column]
            title = material.title(column) + (f" ({arm.title})" if material.others else "")
            quantiles = (day(start, one.q05), day(start, one.median), day(start, one.q95))
            is_open = "–" if one.median is None else percent(share_open(closes, one.median))
            rows.append((title, percent(one.had.share), between(one.had), *quantiles, is_open))
    heads = ("What", "Share of runs", "95 % interval", "5 % by", "Half by", "95 % by")
    return Table((*heads[:3], *(f"{head} (of those)" for head in heads[3:]), "Runs open by then"), rows)


def movements(material: Material) -> Section:
    """How the world moves."""
    title = "How the world moves"
    panels, rows = [], []
    for name, said, low, high, low_name, high_name in material.followed():
        fan = material.fan(material.lead, name)
        if fan is None or len(fan[0]) != len(material.days):
            continue
        others = tuple(f[2] for arm in material.drawn[1:] if (f := material.fan(arm, name)) is not None)
        panels.append(FanPanel(said, low, high, low_name, high_name, fan, others))
        ends = [number(row[-1]) for row in fan]
        rows.append((said, number(fan[2][0]), ends[2], f"{ends[1]} to {ends[3]}", f"{ends[0]} to {ends[4]}"))
    if not panels:
        missing = "The batch did not keep how the world moves: add --trajectories to `brink batch` to see it here."
        return Section("movements", title, paragraphs(missing))
    is_one = len(material.lead.points) == 1
    what = "runs" if is_one else "design points (of the mean over their runs)"
    arms = " The lines of the other arms are their medians." if material.others else ""
    most = max(panels, key=lambda p: abs(p.q[2][-1] - p.q[2][0]) / (p.high - p.low))
    figure = Figure(
        "movements",
        "Issues and values, turn by turn",
        f"What moves most is {quoted(most.title)}: the median goes from {number(most.q[2][0])} to "
        f"{number(most.q[2][-1])}, and nine of ten {what.partition(' (')[0]} end between {number(most.q[0][-1])} and "
        f"{number(most.q[4][-1])}.",
        f"Line: the median. Dark band: the middle half of the {what}. Light band: the middle nine tenths. Each on its "
        f"whole scale, whose ends are named where they have names.{arms}",
        Table(("What", "Start", "Median at the end", "Middle half", "Middle nine tenths"), rows),
        fans(panels, material.days, material.titles, Calendar(material.scenario.start, material.days[-1])),
    )
    return Section("movements", title, Html(""), (figure,))
