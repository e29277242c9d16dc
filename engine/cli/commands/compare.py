"""`brink compare`: two arms, run by run on the same chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine import batch
from engine.batch.analysis.compare import (
    ENDING,
    HAPPENS,
    OUTCOME,
    SCORE,
    TIME,
    Comparison,
    Difference,
    as_row,
    compare,
    compare_choices,
)
from engine.batch.design.planning import plan_from_arguments
from engine.batch.storage.manifest import MANIFEST
from engine.batch.storage.results import Results
from engine.cli.arguments import COMPARED_RUNS, DEFAULT_SEED, Arguments
from engine.cli.failures import UsageError
from engine.cli.figures import DASH, interval, number, plain, share_in_words, signed_number, signed_points, tell_caveats
from engine.cli.paper import LOUD, QUIET, Paper, as_text, percent
from engine.cli.printing import print_json
from engine.cli.progress import progress_bar
from engine.cli.scenarios import scenario_of
from engine.prose import counted

HEADINGS = {
    ENDING: ("Endings", "share of runs; differences in points of a hundred"),
    HAPPENS: ("What happens at all", "share of runs"),
    TIME: ("When it happens", "day of the story, in pairs of runs in which it happens in both"),
    OUTCOME: ("Outcomes", "mean, or share of runs"),
    SCORE: ("Scores", "mean"),
}
"""Each kind of difference, and what its numbers are."""

LEVEL = 0.05
"""The share of intervals that miss by chance."""


def execute(arguments: Arguments) -> int:
    """Opens or runs both arms, compares and prints."""
    comparisons = compared(arguments)
    if arguments.json:
        print_json(plain({"comparisons": [as_json(comparison) for comparison in comparisons]}))
        return 0
    paper = Paper()
    for place, comparison in enumerate(comparisons):
        if place:
            paper.blank()
        tell(paper, comparison, arguments.every)
    return 0


def compared(arguments: Arguments) -> Sequence[Comparison]:
    """What is asked for: folders, or arms that are run now."""
    is_folder = (Path(arguments.results) / MANIFEST).exists()
    is_run = bool(arguments.set or arguments.against or arguments.experiment)
    if arguments.certain and not is_run:
        raise UsageError("--certain is for arms that are run now: of a scenario, with --set or --experiment")
    if is_run and (arguments.other is not None or is_folder):
        raise UsageError("--set, --against and --experiment are for a scenario, not for a folder of results")
    if arguments.other is not None:
        pair = (arguments.results, arguments.other)
        return (compare(Results.open(arguments.results), Results.open(arguments.other), pair),)
    if is_run:
        return in_one_go(arguments)
    if is_folder:
        return compare_choices(Results.open(arguments.results), arguments.lever)
    raise UsageError("name two folders of results, or a scenario and what is to be another: --set PATH=VALUE")


def in_one_go(arguments: Arguments) -> Sequence[Comparison]:
    """The arms of a scenario, run now."""
    if arguments.experiment is not None:
        if arguments.against:
            raise UsageError("an experiment names its arms itself: leave out --against")
        return compare_choices(run(arguments, arguments.set, arguments.experiment), arguments.lever)
    first, second = run(arguments, arguments.against), run(arguments, arguments.set)
    return (compare(first, second, (title(arguments.against), title(arguments.set))),)


def run(arguments: Arguments, settings: Sequence[str], experiment: str | None = None) -> Results:
    """One batch in memory."""
    plan = plan_from_arguments(
        scenario_of(arguments.results),
        settings,
        experiment=experiment,
        runs=COMPARED_RUNS if arguments.runs is None and experiment is None else arguments.runs,
        seed=DEFAULT_SEED if arguments.seed is None and experiment is None else arguments.seed,
        is_certain=arguments.certain,
    )
    with progress_bar() as progress:
        return batch.run_plan(plan, workers=arguments.workers, progress=progress)


def title(settings: Sequence[str]) -> str:
    """What an arm is called."""
    return ", ".join(settings) or "as it is"


def tell(paper: Paper, comparison: Comparison, every: bool) -> None:
    """What differs, kind by kind; what is the same within noise is counted."""
    paper.title(f"{comparison.second}, against {comparison.first}")
    at = f" at {counted(comparison.points, 'design point')}" if comparison.points > 1 else ""
    chance = "that share their chance" if comparison.share_chance else "of different seeds: nothing is paired"
    paper.put(as_text(f"{counted(comparison.pairs, 'pair')} of runs{at} {chance}; 95 % intervals", QUIET))
    tell_caveats(paper, comparison.caveats)
    if comparison.closes_apart:
        first, second = number(comparison.closing.first), number(comparison.closing.second)
        apart = signed_number(comparison.closing.difference)
        said = f"Runs close on day {first} before and on day {second} now, on average ({apart}): see the end."
        paper.put(as_text(said, LOUD))
    known = [one for one in comparison.differences if one.pairs > 1]
    for kind, (heading, aside) in HEADINGS.items():
        shown = [one for one in known if one.kind == kind and (every or not one.is_noise)]
        if shown:
            paper.heading(heading, aside)
            if kind == HAPPENS and comparison.closes_apart:
                heads = ("before", "now", "difference", "between", "open then", "both open", "what")
                paper.table(map(row_with_closing, shown), heads=heads, right="rrrrrrl", indent=0)
                continue
            heads = ("before", "now", "difference", "between", "unpaired", "times", "what")
            paper.table(map(row, shown), heads=heads, right="rrrrrrl", indent=0)
    paper.blank()
    for sentence in (*on_closing(comparison), *conclusions(known, every)):
        paper.put(as_text(sentence, QUIET))


def row(one: Difference) -> Sequence[Any]:
    """One difference."""
    said = share_in_words if one.is_share else number
    change = signed_points(one.difference) if one.is_share else signed_number(one.difference)
    times = DASH if one.narrower is None else f"{one.narrower:.1f}"
    return (
        said(one.first),
        said(one.second),
        as_text(change, QUIET if one.is_noise else LOUD),
        interval(one.interval, one.is_share),
        half(one),
        times,
        f"{one.title.rstrip('.')}{' (same within noise)' if one.is_noise else ''}",
    )


def row_with_closing(one: Difference) -> Sequence[Any]:
    """One difference in how often something happens at all, with what closing may have to do with it."""
    closing, before = one.closing, row(one)
    if closing is None:
        return *before[:4], "", "", before[-1]
    is_known = closing.open_first == closing.open_first
    open_then = f"{percent(closing.open_first, 0)}, {percent(closing.open_second, 0)}" if is_known else DASH
    both = closing.together
    while_open = f"{signed_points(both.difference)} ({interval(both.interval, is_share=True)})" if both else DASH
    title = f"{before[-1]} (may be closing)" if one.may_be_closing else before[-1]
    return *before[:4], open_then, as_text(while_open, LOUD if one.may_be_closing else QUIET), title


def on_closing(comparison: Comparison) -> Iterator[str]:
    """What it means that arms close at different times."""
    if not comparison.closes_apart:
        return
    yield (
        "A run closes with its ending, and nothing more happens in it: where runs close earlier, what comes late has "
        "less time. open then: the runs of either arm that are still open on the day on which it comes about in the "
        "middle run."
    )
    if comparison.share_chance:
        yield (
            "both open: the difference, of all pairs, counted only as long as both runs of a pair are open. Where it "
            "is none, or the other way round, the whole difference may tell of closing alone (may be closing)."
        )
    yield "Outcomes and scores are those of the day on which a run closed."


def half(one: Difference) -> str:
    """Half the width of the unpaired interval."""
    width = one.unpaired.width / 2
    return (number(100 * width) if one.is_share else number(width)) if width < float("inf") else DASH


def conclusions(known: Sequence[Difference], every: bool) -> Iterator[str]:
    """What the intervals are worth."""
    noise = sum(one.is_noise for one in known)
    if noise and not every:
        yield f"{noise} of {len(known)} differences are the same within noise (--all tells them)."
    found = len(known) - noise
    if found:
        yield f"Of so many differences, about {max(1, round(LEVEL * len(known)))} would stand out by chance alone."
    times = sorted(one.narrower for one in known if one.narrower is not None and not one.is_noise)
    if times:
        middle = times[len(times) // 2]
        yield "unpaired: how far the interval would reach to either side, had the arms been independent."
        yield (
            f"times: how many times narrower the interval is, as the runs share their chance; here {times[0]:.1f} to "
            f"{times[-1]:.1f}, in the middle {middle:.1f}. Where a change does much, the two runs of a pair must "
            "differ, and it is near 1."
        )


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The same in plain dictionaries and lists."""
    return {
        "first": comparison.first,
        "second": comparison.second,
        "pairs": comparison.pairs,
        "points": comparison.points,
        "share_chance": comparison.share_chance,
        "closing": {
            "first": comparison.closing.first,
            "second": comparison.closing.second,
            "difference": comparison.closing.difference,
            "low": comparison.closing.interval.low,
            "high": comparison.closing.interval.high,
            "apart": comparison.closes_apart,
        },
        "caveats": list(comparison.caveats),
        "differences": [as_row(one) for one in comparison.differences],
    }
