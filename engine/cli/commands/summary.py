"""`brink summary`: what the runs of a batch say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from engine.batch.analysis.distributions import Distribution
from engine.batch.analysis.measuring import title_of
from engine.batch.analysis.summary import Group, Summary, as_row, summarise
from engine.batch.storage.results import Results
from engine.cli.arguments import Arguments
from engine.cli.figures import batch_in_words, date, head, number, plain, share_in_words, share_row, week
from engine.cli.paper import QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.prose import counted
from engine.scenario.problems import listed

MOST_GROUP_ENDINGS = 5
"""Endings that are told of each group."""


def execute(arguments: Arguments) -> int:
    """Reads and prints."""
    results = Results.open(arguments.results)
    summary = summarise(results)
    if arguments.json:
        print_json(plain(as_json(summary)))
    else:
        tell(Paper(), results, summary)
    return 0


def tell(paper: Paper, results: Results, summary: Summary) -> None:
    """Part by part."""
    head(paper, results, batch_in_words(summary.runs, summary.points))
    tell_endings(paper, results, summary.all)
    if summary.groups:
        paper.heading("Compared", "the most frequent endings of each")
        for group in summary.groups:
            tell_group(paper, results, group)
    tell_times(paper, results, summary.times)
    tell_outcomes(paper, results, summary.outcomes)
    tell_scores(paper, results, summary.scores)
    failed = results.failures.height
    if failed:
        paper.blank()
        paper.put(as_text(f"{counted(failed, 'design point')} could not be run: see failures.parquet"))


def tell_endings(paper: Paper, results: Results, group: Group) -> None:
    """How often each ending, and which no run reached."""
    aside = "over all points, " if len(group.points) > 1 else ""
    paper.heading("Endings", f"{aside}with 95 % intervals (Wilson)")
    titles = results.manifest["endings"]
    reached = [(*share_row(share), titles[ending]) for ending, share in group.shares.items() if share.count]
    paper.table(reached, heads=("share", "between", "runs", "ending"), right="rrrl", indent=0)
    never = list(group.never())
    if never:
        most = max(group.at_most(ending) for ending in never)
        said = listed((titles[ending] for ending in never), most=len(never))
        bound = f"each below {share_in_words(most)} (95 %, rule of three)" if most < 1 else "too few runs to say more"
        paper.put(as_text(f"No run reached: {said}; {bound}.", QUIET))


def tell_group(paper: Paper, results: Results, group: Group) -> None:
    """The most frequent endings of some design points."""
    shares = sorted(group.shares.items(), key=lambda entry: -entry[1].count)
    titles = results.manifest["endings"]
    told = [f"{titles[e]} {share_in_words(s.share)}" for e, s in shares[:MOST_GROUP_ENDINGS] if s.count]
    lever = group.name.partition("=")[0]
    prefix = f"{title_of(results.manifest, lever)}: " if len(group.points) > 1 and lever != group.name else ""
    paper.item(f"{prefix}{group.title} ({counted(group.runs, 'run')}): {'; '.join(told)}")


def tell_times(paper: Paper, results: Results, times: Sequence[Distribution]) -> None:
    """When things happen."""
    came = [one for one in times if one.had.count]
    if came:
        paper.heading("When things first happen", "in those runs in which they do")
        rows = (
            (
                share_in_words(one.had.share),
                week(one.median),
                date(results, one.median),
                f"{week(one.q05)} to {week(one.q95)}",
                title_of(results.manifest, one.column),
            )
            for one in came
        )
        paper.table(rows, heads=("in runs", "week", "median", "weeks, 90 %", "what"), right="rrlrl", indent=0)
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

    def told(which: Sequence[Distribution]) -> list[dict[str, Any]]:
        return [{**as_row(one), "title": title_of(manifest, one.column)} for one in which]

    return {
        "scenario": manifest["scenario"]["id"],
        "seed": manifest["seed"],
        "runs": summary.runs,
        "points": summary.points,
        "endings": group_as_json(summary.all, manifest["endings"])["endings"],
        "groups": [group_as_json(group, manifest["endings"]) for group in summary.groups],
        "times": told(summary.times),
        "outcomes": told(summary.outcomes),
        "scores": told(summary.scores),
        "failed": summary.results.failures.height,
        "caveats": list(summary.results.caveats),
    }


def group_as_json(group: Group, titles: dict[str, str]) -> dict[str, Any]:
    """The endings of some design points."""
    endings = [
        {"id": ending, "title": titles[ending], **asdict(share), "share": share.share}
        | ({} if share.count else {"below": group.at_most(ending)})
        for ending, share in group.shares.items()
    ]
    return {"name": group.name, "title": group.title, "runs": group.runs, "endings": endings}
