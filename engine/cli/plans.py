"""What is going to be run, told before it starts, and what became of its design points, told at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.batch.design.experiment import DRAWN, amount_in_words
from engine.batch.design.families import Families
from engine.batch.statistics import Share
from engine.cli.paper import QUIET, Paper, as_text, percent
from engine.cli.progress import at_work, duration
from engine.prose import counted
from engine.scenario.checks.limits import decisions_of
from engine.scenario.problems import listed

if TYPE_CHECKING:
    from engine.batch import Tallies
    from engine.batch.design.designs import DesignPoint
    from engine.batch.design.plan import Plan
    from engine.batch.running.making import Job

WORTH_AN_ESTIMATE = 5_000
"""Runs from which it is worth finding out first how long they take."""

MANY_PROGRAMS = 50
"""Programs from which it is, since each takes its time to be made."""

MANY_DECISIONS = 10_000_000
"""Decisions in all from which it is: few runs of a large scenario."""

VERY_MANY_DECISIONS = 500_000_000
"""Decisions in all from which a batch of nothing else is announced, too."""

MOST_POINTS_TOLD = 24
"""Design points that are told one by one."""

MOST_ENDINGS_TOLD = 4
"""Endings of a design point that are told."""

SAMPLED = {
    "grid": "a grid",
    "list": "a list",
    "csv": "a table",
    "random": "points at random",
    "latin_hypercube": "a Latin hypercube",
    "sobol": "a Sobol sequence",
    "saltelli": "Saltelli's design",
    "morris": "Morris's trajectories",
}
"""What ways of choosing points are called."""


def announce(job: Job, workers: int, is_written: bool) -> None:
    """Say on the standard error output what is going to be run, and about what it will cost."""
    for line in announcement(job, workers, is_written):
        print(f"brink: {line}", file=sys.stderr, flush=True)


def announcement(job: Job, workers: int, is_written: bool) -> Iterator[str]:
    """The plan in sentences."""
    plan = job.plan
    if plan.experiment.title:
        yield plan.experiment.title
    points = counted(len(plan.points), "design point")
    yield f"{points}{' ' + made_of(plan) if len(plan.points) > 1 else ''}, {counted(plan.runs, 'run')} each" + (
        f": {counted(plan.total_runs, 'run')}" if len(plan.points) > 1 else ""
    )
    programs = Families(plan).programs
    if programs > 1:
        yield f"{counted(programs, 'program')}, since points differ in more than numbers"
    if plan.total_runs < WORTH_AN_ESTIMATE and programs < MANY_PROGRAMS and decisions(plan) < MANY_DECISIONS:
        return
    from engine.batch.running.estimate import estimate

    with at_work("finding out how long it takes"):
        cost = estimate(job, workers)
    if cost is None:
        yield "the first design points can't be run"
    else:
        yield f"about {duration(cost.seconds)}{' and ' + size(cost.bytes) + ' on disk' if is_written else ''}"


def decisions(plan: Plan) -> int:
    """What all runs of a plan weigh up together."""
    return decisions_of(plan.scenario) * plan.total_runs


def made_of(plan: Plan) -> str:
    """Where the design points come from."""
    points = plan.points
    how = SAMPLED.get(plan.sampling or "")
    names = [*points.uncertainties] if how else []
    parts = [f"{how} of {listed(names)}"] if how and names else []
    parts += [f"{counted(len(choices), 'choice')} of {lever}" for lever, choices in points.levers.items()]
    return f"({', '.join(parts)})"


def size(count: float) -> str:
    """A number of bytes as people say it."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            break
        count /= 1000
    return f"{count:.0f} {unit}" if count >= 10 or unit == "bytes" else f"{count:.1f} {unit}"


@dataclass(frozen=True)
class CountedArm:
    """An arm of a plan, and how often each ending closed its runs."""

    name: str
    """Such as ``kfor=halved``; empty where there is but one arm."""
    title: str
    points: tuple[int, ...]
    shares: dict[str, Share]


def counted_arms(plan: Plan, tallies: Tallies) -> tuple[CountedArm, ...]:
    """The combinations of the levers' choices; without levers, few points that nobody drew, else all points."""
    found: dict[str, tuple[str, list[int]]] = {}
    is_told_apart = bool(plan.points.levers) or (plan.sampling not in DRAWN and len(plan.points) <= MOST_POINTS_TOLD)
    for point in plan.points:
        settings = point.settings if not plan.points.levers else {k: point.settings[k] for k in plan.points.levers}
        name = ", ".join(f"{key}={amount(plan, key, value)}" for key, value in settings.items())
        title = ", ".join(setting_in_words(plan, key, value) for key, value in settings.items())
        found.setdefault(name if is_told_apart else "", (title if is_told_apart else "", []))[1].append(point.number)
    if len(found) == 1:
        return (CountedArm("", "", tuple(range(len(plan.points))), tallies.shares()),)
    return tuple(CountedArm(name, title, tuple(p), tallies.shares(p)) for name, (title, p) in found.items())


def setting_in_words(plan: Plan, name: str, value: float | str) -> str:
    """A choice by its title, or a number after its name."""
    if isinstance(value, float):
        return f"{name} {amount(plan, name, value)}"
    return plan.experiment.levers[name].choices[value].title or value


def amount(plan: Plan, name: str, value: float | str) -> str:
    """A value as it is written: the name of a choice, or a number with what is done with it."""
    if isinstance(value, str):
        return value
    return amount_in_words(plan.experiment.uncertainties[name].apply, value)


def tell_points(paper: Paper, plan: Plan, tallies: Tallies) -> None:
    """How the runs of each design point end, where there are few; else from where to where each ending goes."""
    if len(plan.points) == 1:
        return
    if len(plan.points) <= MOST_POINTS_TOLD:
        paper.heading("Design points", f"and how the {counted(plan.runs, 'run')} of each end")
        rows: list[Sequence[str]] = [
            (in_words(plan, point), frequent(tallies.shares(point.number))) for point in plan.points
        ]
    else:
        paper.heading(
            "Design points",
            f"{len(plan.points):,} of them, {counted(plan.runs, 'run')} each: the least and the most of each ending",
        )
        rows = list(ranges(plan, tallies))
    paper.table(rows, indent=0)
    for number, message in sorted(tallies.failures.items())[:MOST_POINTS_TOLD]:
        paper.item(f"design point {number} could not be run: {message}")
    more = len(tallies.failures) - MOST_POINTS_TOLD
    if more > 0:
        paper.put(as_text(f"and {more:,} more could not be run", QUIET))


def points_as_json(plan: Plan, tallies: Tallies) -> list[dict[str, Any]]:
    """The same in plain dictionaries, for any number of points."""
    return [
        {
            "point": point.number,
            "settings": dict(point.settings),
            "endings": {ending: share.count for ending, share in tallies.shares(point.number).items()},
            "failed": tallies.failures.get(point.number),
        }
        for point in plan.points
    ]


def in_words(plan: Plan, point: DesignPoint) -> str:
    """The settings of a point."""
    return ", ".join(f"{name} {amount(plan, name, value)}" for name, value in point.settings.items()) or "as it is"


def frequent(shares: Mapping[str, Share]) -> str:
    """The endings in which most runs close; how many there are stands above."""
    ranked = sorted(shares.items(), key=lambda entry: -entry[1].count)
    told = [f"{ending} {percent(share.share)}" for ending, share in ranked[:MOST_ENDINGS_TOLD] if share.count]
    return ", ".join(told) or "could not be run"


def ranges(plan: Plan, tallies: Tallies) -> Iterator[Sequence[str]]:
    """For each ending, its smallest and its largest share at any point that could be run."""
    run = [tallies.shares(n) for n in range(len(plan.points)) if n not in tallies.failures]
    for ending in plan.scenario.endings:
        found = [shares[ending.id].share for shares in run]
        if found:
            yield ending.id, f"{percent(min(found))} to {percent(max(found))}", ending.title
