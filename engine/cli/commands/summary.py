"""`brink summary`: what the runs of a batch say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from engine.batch.analysis.distributions import Distribution
from engine.batch.analysis.groups import Arm, Group
from engine.batch.analysis.measuring import title_of
from engine.batch.analysis.settings import levers
from engine.batch.analysis.summary import Summary, as_row, summarise
from engine.batch.storage.results import Results
from engine.cli.arguments import Arguments
from engine.cli.figures import (
    batch_in_words,
    below,
    counted_in,
    date,
    head,
    number,
    plain,
    share_in_words,
    share_row,
    unit_of,
)
from engine.cli.paper import QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.prose import counted
from engine.scenario.problems import listed

MOST_ENDINGS = 5
"""Endings that are told of each arm where arms are many."""

MOST_ARMS = 4
"""Arms that are told one after the other in full."""


def execute(arguments: Arguments) -> int:
    """Reads and prints."""
    with at_work("summing up"):
        results = Results.open(arguments.results)
        summary = summarise(results, dict(arguments.at))
    if arguments.json:
        print_json(plain(as_json(summary)))
    else:
        tell(Paper(), results, summary)
    return 0


def tell(paper: Paper, results: Results, summary: Summary) -> None:
    """Arm by arm: nothing is put together that somebody decides between."""
    head(paper, results, batch_in_words(summary.runs, summary.points))
    in_full = summary.arms if len(summary.arms) <= MOST_ARMS else summary.arms[:1]
    if len(summary.arms) > len(in_full):
        paper.heading("Arms", "the most frequent endings of each")
        for arm in summary.arms:
            tell_in_short(paper, results, arm.group)
    for arm in in_full:
        if len(summary.arms) > 1:
            paper.heading(f"== {arm.group.title}", counted(arm.group.runs, "run"))
        tell_arm(paper, results, arm)
    if len(summary.arms) > len(in_full):
        lever = next(iter(levers(results)), None)
        told = f"--at {lever}=CHOICE tells others in full" if lever else "--json tells all of them in full"
        paper.blank()
        paper.put(as_text(f"In full stands the first of {len(summary.arms)} arms; {told}.", QUIET))
    failed = results.failures.height
    if failed:
        paper.blank()
        paper.put(as_text(f"{counted(failed, 'design point')} could not be run: see failures.parquet"))


def tell_arm(paper: Paper, results: Results, arm: Arm) -> None:
    """Part by part."""
    tell_endings(paper, results, arm.group)
    tell_times(paper, results, arm.times)
    tell_outcomes(paper, results, arm.outcomes)
    tell_scores(paper, results, arm.scores)


def tell_endings(paper: Paper, results: Results, group: Group) -> None:
    """How often each ending, and which no run reached."""
    aside = f"over {counted(len(group.points), 'design point')}, " if len(group.points) > 1 else ""
    paper.heading("Endings", f"{aside}with 95 % intervals (Wilson{', by run' if aside else ''})")
    titles = results.manifest["endings"]
    reached = [(*share_row(share), titles[ending]) for ending, share in group.shares.items() if share.count]
    paper.table(reached, heads=("share", "between", "runs", "ending"), right="rrrl", indent=0)
    never = list(group.never())
    if never:
        most = max(group.at_most(ending) for ending in never)
        said = listed((titles[ending] for ending in never), most=len(never))
        paper.put(as_text(f"No run reached: {said}; each {below(most)} (95 %).", QUIET))


def tell_in_short(paper: Paper, results: Results, group: Group) -> None:
    """The most frequent endings of an arm."""
    shares = sorted(group.shares.items(), key=lambda entry: -entry[1].count)
    titles = results.manifest["endings"]
    told = [f"{titles[e]} {share_in_words(s.share)}" for e, s in shares[:MOST_ENDINGS] if s.count]
    paper.item(f"{group.title} ({counted(group.runs, 'run')}): {'; '.join(told)}")


def tell_times(paper: Paper, results: Results, times: Sequence[Distribution]) -> None:
    """When things happen."""
    came = [one for one in times if one.had.count]
    if came:
        paper.heading("When things first happen", "in those runs in which they do")
        unit, days = unit_of(results)
        rows = (
            (
                share_in_words(one.had.share),
                counted_in(days, one.median),
                date(results, one.median),
                f"{counted_in(days, one.q05)} to {counted_in(days, one.q95)}",
                title_of(results.manifest, one.column),
            )
            for one in came
        )
        paper.table(rows, heads=("in runs", unit, "median", f"{unit}s, 90 %", "what"), right="rrlrl", indent=0)
    never = [title_of(results.manifest, one.column).rstrip(".") for one in times if not one.had.count]
    if never:
        paper.put(as_text(f"In no run: {listed(never, most=len(never))}.", QUIET))


def tell_outcomes(paper: Paper, results: Results, outcomes: Sequence[Distribution]) -> None:
    """What comes of it."""
    if outcomes:
        paper.heading("Outcomes", "of the runs that have one")
        heads = ("mean", "sd", "5 %", "median", "95 %", "never", "outcome")
        paper.table(outcome_rows(results, outcomes), heads=heads, right="rrrrrrl", indent=0)


def outcome_rows(results: Results, outcomes: Sequence[Distribution]) -> Iterator[Sequence[str]]:
    """Numbers, or a share where an outcome is a yes or no."""
    for one in outcomes:
        title = title_of(results.manifest, one.column)
        never = share_in_words(1 - one.had.share) if one.had.count < one.had.of else ""
        if one.is_yes_no and one.mean is not None:
            yield share_in_words(one.mean), "", "", "", "", never, title
        else:
            yield *map(number, (one.mean, one.sd, one.q05, one.median, one.q95)), never, title


def tell_scores(paper: Paper, results: Results, scores: Sequence[Distribution]) -> None:
    """Who is content."""
    if scores:
        paper.heading("Scores", "how well the world at the end fits what a side wanted, 0 to 100")
        rows = (
            (*map(number, (one.mean, one.sd, one.q05, one.median, one.q95)), title_of(results.manifest, one.column))
            for one in scores
        )
        paper.table(rows, heads=("mean", "sd", "5 %", "median", "95 %", "side"), right="rrrrrl", indent=0)


def as_json(summary: Summary) -> dict[str, Any]:
    """The same in plain dictionaries and lists."""
    manifest = summary.results.manifest
    told = [arm_as_json(arm, manifest) for arm in summary.arms]
    return {
        "scenario": manifest["scenario"]["id"],
        "seed": manifest["seed"],
        "runs": summary.runs,
        "points": summary.points,
        **({name: only[name] for name in ALONE} if (only := told[0]) and len(told) == 1 else {}),
        "arms": told,
        "failed": summary.results.failures.height,
        "caveats": list(summary.results.caveats),
    }


ALONE = ("endings", "times", "outcomes", "scores")
"""What is told without its arm where there is only one."""


def arm_as_json(arm: Arm, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Everything of one arm."""

    def told(which: Sequence[Distribution]) -> list[dict[str, Any]]:
        return [{**as_row(one), "title": title_of(manifest, one.column)} for one in which]

    endings = [
        {"id": ending, "title": manifest["endings"][ending], **asdict(share), "share": share.share}
        | ({} if share.count else {"below": share.high})
        for ending, share in arm.group.shares.items()
    ]
    return {
        "name": arm.group.name,
        "title": arm.group.title,
        "points": len(arm.group.points),
        "runs": arm.group.runs,
        "endings": endings,
        "closing": told([arm.closing])[0],
        "times": told(arm.times),
        "outcomes": told(arm.outcomes),
        "scores": told(arm.scores),
    }
