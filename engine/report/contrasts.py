"""The sections that compare: arms with each other, and assumptions by how much hangs on them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from engine.batch import BatchError
from engine.batch.analysis.compare import ENDING, HAPPENS, TIME, Comparison, Difference, compare_choices
from engine.batch.analysis.differences import Interval
from engine.batch.analysis.sensitivity import MORRIS, PAWN, SOBOL, Sensitivity, sensitivity, told_together
from engine.batch.analysis.settings import levers, uncertainties
from engine.prose import capital, counted
from engine.report.bars import Mark, Row, Scale, dots
from engine.report.figure import Figure, Section
from engine.report.markup import Html, Table, bullets, joined, paragraphs
from engine.report.material import Material
from engine.report.style import LOOKS
from engine.report.words import change, first_few, name_of, number, points, quoted, sentence, signed

MOST_ROWS = 12
"""Differences that are drawn."""

MOST_OUTCOMES = 4
"""Outcomes whose sensitivity is told."""


Compared = list[tuple[str, tuple[Comparison, ...]]]
"""By lever, each choice against its base; under an empty name, each design point against the first."""


def comparisons(material: Material) -> tuple[Compared, list[str]]:
    """What is compared, and why other things are not."""
    results = material.results
    found: Compared = []
    silent = []
    for lever in levers(results) or ([""] if material.others else []):
        try:
            every = compare_choices(results, lever or None)
        except BatchError as error:
            silent.append(f"{material.title(lever)}: {sentence(str(error))}")
        else:
            found += [(lever, every)] if every else []
    return found, silent


def contrasts(material: Material, found: Compared, silent: Sequence[str]) -> Section | None:
    """What each choice changes."""
    figures = tuple(_contrast(material, lever, every, len(found) > 1) for lever, every in found)
    title = "What the choices change"
    if not figures:
        return Section("contrasts", title, bullets(silent)) if silent else None
    words = paragraphs(
        "All arms share their chance: run 17 of one has the same luck as run 17 of another, so that what differs "
        "between them is due to what was changed. A difference is the other arm less the base, and its 95 % interval "
        "is that of the pairs. Where the interval holds 0, the two are the same as far as these runs can tell. Many "
        "things are compared at once, so that about one in twenty intervals misses by chance alone."
    )
    drawn = [comparison for _, every in found for comparison in every[: len(LOOKS) - 1]]
    return Section("contrasts", title, joined(words, bullets([*of_closing(drawn), *silent])), figures)


def telling(comparison: Comparison) -> list[Difference]:
    """The differences of shares that are more than noise, the largest first; flags before the days of outcomes.

    Not those that may come of closing alone: see :func:`of_closing`.
    """
    outcomes = {one.name for one in comparison.differences if not one.name.startswith("first_")}
    found = [one for one in comparison.differences if one.is_share and not one.is_noise and not one.may_be_closing]
    return sorted(found, key=lambda one: (-abs(one.difference), one.kind == HAPPENS and one.name in outcomes))


def of_closing(every: Sequence[Comparison]) -> Iterator[str]:
    """For each arm whose runs close earlier or later, what differs perhaps for no other reason."""
    for comparison in every:
        if not comparison.closes_apart:
            continue
        first, second = number(comparison.closing.first), number(comparison.closing.second)
        said = (
            f"Runs of {quoted(comparison.second)} close on day {second} on average, those of "
            f"{quoted(comparison.first)} on day {first}. A run closes with its ending, and nothing more happens in it, "
            "so that what comes late has less time where runs close earlier."
        )
        left = list(_of_closing_alone(comparison))
        gone = (
            "As long as both runs of a pair are open, there is no such difference in what follows, which is not drawn: "
        )
        yield f"{said} {gone}{'; '.join(left)}." if left else said


def _of_closing_alone(comparison: Comparison, most: int = 8) -> Iterator[str]:
    found = [one for one in comparison.differences if one.may_be_closing]
    for one in sorted(found, key=lambda one: -abs(one.difference))[:most]:
        assert one.closing is not None
        assert one.closing.together is not None
        both = points(one.closing.together.difference)
        yield f"{quoted(one.title)} ({points(one.difference)} points, {both} while both are open)"
    if len(found) > most:
        yield f"{len(found) - most} more, which the table has"


def named(one: Difference) -> str:
    """What differs."""
    what = {ENDING: "the ending ", HAPPENS: ""}.get(one.kind, "")
    return f"{what}{quoted(one.title)}"


def told(comparison: Comparison, most: int = 2) -> str:
    """The largest differences of two arms in a sentence."""
    large: dict[tuple[float, float], Difference] = {}
    for one in telling(comparison):
        large.setdefault((one.first, one.second), one)
    said = "; ".join(f"{named(one)} in {more_or_fewer(one)}" for one in list(large.values())[:most])
    return f"{quoted(comparison.second)} against {quoted(comparison.first)}: {said}."


def told_of_all(every: Sequence[Comparison], most: int) -> list[str]:
    """A sentence for each arm that differs, and one for those that do not."""
    same = [comparison for comparison in every if not telling(comparison)]
    sentences = [told(comparison, most) for comparison in every if comparison not in same]
    if same:
        arms = first_few([comparison.second for comparison in same], last="nor")
        said = f"{arms} can't be told from" if len(same) == 1 else f"Neither {arms} can be told from"
        sentences.append(f"{said} {quoted(same[0].first)} in any share of runs.")
    return sentences


def more_or_fewer(one: Difference) -> str:
    """A difference of shares for people."""
    way = "more" if one.difference > 0 else "fewer"
    ends = sorted(abs(end) for end in (one.interval.low, one.interval.high))
    size, low, high = (points(value).lstrip("+") for value in (abs(one.difference), *ends))
    return f"{size} {way} of 100 runs (95 % interval {low} to {high})"


def _contrast(material: Material, lever: str, every: tuple[Comparison, ...], is_one_of_many: bool) -> Figure:
    drawn = every[: len(LOOKS) - 1]
    keys, among = _largest(drawn)
    by_key = [{(one.kind, one.name): one for one in comparison.differences} for comparison in drawn]
    rows = []
    for key in keys:
        found = [own.get(key) for own in by_key]
        first = next(one for one in found if one is not None)
        title = f"Ending: {first.title}" if first.kind == ENDING else name_of(first.title)
        rows.append(Row(title, tuple(None if one is None else _mark(one) for one in found)))
    named_lever = f": {material.title(lever)}" if is_one_of_many else ""
    more = among - len(keys)
    reading = (
        "Each sign is a difference in percentage points, with its paired 95 % interval as a line. Right of 0: in more "
        f"runs than in {quoted(every[0].first)}."
        + (f" Drawn are the {len(keys)} largest, arm by arm, of {among} that are more than noise." if more > 0 else "")
    )
    reach = max((abs(end) for row in rows for mark in row.marks if mark for end in (mark.low, mark.high)), default=1.0)
    scale = Scale("difference in percentage points", -reach * 1.05, reach * 1.05, points_tick, zero="no difference")
    titles = [comparison.second for comparison in drawn]
    against = quoted(every[0].first)
    heading = f"{quoted(titles[0])} against {against}" if len(titles) == 1 else f"Each choice against {against}"
    finding = "\n".join(told_of_all(drawn, 2))
    if not rows:
        rows = [Row("Nothing differs by more than noise", tuple(None for _ in titles))]
    return Figure(
        f"contrasts-{lever}" if lever else "contrasts",
        heading + named_lever,
        finding,
        reading,
        _contrast_table(every),
        dots(rows, titles, scale, first_look=1),
    )


Key = tuple[str, str]
"""The kind and the name of what differs."""


def _largest(drawn: Sequence[Comparison]) -> tuple[list[Key], int]:
    """The differences that are drawn, each arm's largest in turn, and how many there are that are more than noise.

    What has the same numbers in all arms as something else (an ending and its flag, say) is drawn once.
    """
    by_key = [{(one.kind, one.name): one for one in comparison.differences} for comparison in drawn]
    seen: set[tuple[Any, ...]] = set()
    size: dict[Key, float] = {}
    queues = [deque((one.kind, one.name) for one in telling(comparison)) for comparison in drawn]
    kept: list[Key] = []
    while any(queues):
        for queue in queues:
            while queue:
                key = queue.popleft()
                found = tuple((own[key].first, own[key].second) if key in own else None for own in by_key)
                if key in size or found in seen:
                    continue
                seen.add(found)
                size[key] = max(abs(own[key].difference) for own in by_key if key in own)
                kept.append(key)
                break
    chosen = kept[:MOST_ROWS]
    return sorted(chosen, key=lambda key: -size[key]), len(kept)


def _mark(one: Difference) -> Mark:
    return Mark(100 * one.difference, 100 * one.interval.low, 100 * one.interval.high)


def points_tick(value: float) -> str:
    """Points at an axis, with their sign."""
    return "0" if not value else signed(f"{value:+g}")


def _contrast_table(every: tuple[Comparison, ...]) -> Table:
    rows = []
    for comparison in every:
        for one in comparison.differences:
            if one.pairs < 2 or not (one.first or one.second):
                continue
            shown = points if one.is_share else change
            unit = " (share, points)" if one.is_share else " (days, where in both)" if one.kind == TIME else ""
            first, second = ((f"{100 * v:.3g} %" if one.is_share else number(v)) for v in (one.first, one.second))
            verdict = "same within noise" if one.is_noise else "may be closing" if one.may_be_closing else "differs"
            both = one.closing.together if one.closing else None
            while_open = f"{points(both.difference)} ({limits_of(both.interval)})" if both else "–"
            limits = f"{shown(one.interval.low)} to {shown(one.interval.high)}"
            kind = "Ending: " if one.kind == ENDING else ""
            title = f"{comparison.second}: {kind}{one.title}{unit}"
            rows.append((title, first, second, shown(one.difference), limits, while_open, verdict))
    heads = ("What", "Base", "This arm", "Difference", "95 % interval (paired)", "While both are open", "Verdict")
    return Table(heads, rows)


def limits_of(interval: Interval) -> str:
    """Both ends of the interval of a difference of shares."""
    return f"{points(interval.low)} to {points(interval.high)}"


def hinges(material: Material) -> Section | None:
    """On which assumptions the outcomes hang."""
    if not uncertainties(material.results):
        return None
    title, found = "What it hangs on", []
    silent: dict[str, list[str]] = {}
    for outcome in hinging(material):
        try:
            found.append(sensitivity(material.results, outcome))
        except BatchError as error:
            silent.setdefault(str(error), []).append(material.title(outcome))
    words = paragraphs(
        "How much an outcome, as its mean over the runs of a design point, depends on each assumption within the range "
        "that was tried. A small index says that an assumption matters little there, not that it matters nowhere. "
        f"{sentence(capital(told_together(found)))}"
        if found
        else ""
    )
    left_out = bullets(f"Left out for {quoted_all(names)}: {sentence(reason)}" for reason, names in silent.items())
    return Section("hinges", title, joined(words, left_out), tuple(map(_hinge, found)))


def quoted_all(names: Sequence[str]) -> str:
    """Several titles."""
    return ", ".join(quoted(name) for name in names)


def hinging(material: Material) -> Iterator[str]:
    """The ending that is nearest to even, and the first outcomes of the experiment."""
    shares = material.lead.shares
    if shares:
        yield "ending." + min(shares, key=lambda e: abs(shares[e].share - 0.5))
    yield from material.of_kind("outcome")[: MOST_OUTCOMES - 1]


METHODS = {
    SOBOL: "Sobol's total index: the share of the variance between design points that would be left if all other "
    "assumptions were known.",
    MORRIS: "Morris's mu*: how far the outcome moves, on average, when the assumption alone moves through its range.",
    PAWN: "PAWN: how far the distribution of the outcome moves when the assumption is known (median distance of "
    "Kolmogorov and Smirnov, 0 to 1). Even what has no effect has an index above 0.",
}


def _hinge(found: Sensitivity) -> Figure:
    rows = [
        Row(f.title if f.matters else f"{f.title} (not more than chance)", (Mark(f.index, f.low, f.high),))
        for f in found.factors
    ]
    matters = [f for f in found.factors if f.matters]
    if matters:
        also = f", then on {quoted(matters[1].title)}" if len(matters) > 1 else ""
        finding = f"{quoted(found.title)} hangs most on {quoted(matters[0].title)}{also}."
    else:
        finding = f"{quoted(found.title)} hangs on none of these by more than chance."
    notes = "".join(f" {sentence(capital(note))}" for note in found.notes)
    highest = max(f.high for f in found.factors)
    lowest = min(0.0, *(f.low for f in found.factors))
    table = Table(
        ("Assumption", "Index", "95 % interval", "More than chance", "p", "p, all together (Holm)"),
        [
            (
                f.title,
                number(f.index),
                f"{number(f.low)} to {number(f.high)}",
                "yes" if f.matters else "no",
                number(f.p),
                number(p),
            )
            for f, p in zip(found.factors, found.corrected, strict=True)
        ],
    )
    scale = Scale(f"index ({found.method})", lowest, highest * 1.06 or 1.0, lambda value: f"{value:g}")
    return Figure(
        f"hinges-{found.outcome.replace('.', '-')}",
        found.title,
        f"{finding} Over {counted(found.points, 'design point')}.",
        METHODS[found.method] + notes,
        table,
        dots(rows, [""], scale),
    )


__all__ = ["Html", "comparisons", "contrasts", "hinges", "told_of_all"]
