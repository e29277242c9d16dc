"""`brink forecast`: what may come, given what had happened by a day."""

from __future__ import annotations

import math
from typing import Any

from engine.assessment.prospect import Prospect, Settled, Share, prospect
from engine.belief.record import Record
from engine.cli.arguments import DEFAULT_SEED, Arguments
from engine.cli.failures import UsageError
from engine.cli.paper import QUIET, Paper, as_text, percent
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.cli.targets import scenario_and_targets
from engine.play.wording import long_date
from engine.prose import counted
from engine.rules import Rules
from engine.scenario.certain import certain
from engine.scenario.history import History
from engine.scenario.models import Scenario

MOST_MOVED = 10
"""Of what is uncertain, so much is told: what the record says most of."""

FEW = 50
"""With fewer independent worlds than this, what is told is a rough guess, and that is said."""


def execute(arguments: Arguments) -> int:
    """Takes the record in, plays on from each world, and tells what comes of it."""
    scenario, history = scenario_and_targets(arguments.scenario, arguments.known)
    scenario = certain(scenario) if arguments.certain else scenario
    check(scenario, history, arguments)
    assert history is not None, "it was checked"
    with at_work(f"taking in what happened up to {arguments.last_day}"):
        rules = Rules(scenario)
        seed = DEFAULT_SEED if arguments.seed is None else arguments.seed
        found = prospect(Record(rules, history, arguments.last_day), seed, arguments.worlds)
    if arguments.json:
        print_json(as_json(scenario, found))
    else:
        tell(Paper(), scenario, found)
    return 0


def check(scenario: Scenario, history: History | None, arguments: Arguments) -> None:
    """Fail where there is no record, or the day is none of the story."""
    if history is None:
        raise UsageError(f"{scenario.id} has no history beside it: --known FILE names one")
    first, last = scenario.timeline.day_of(0), scenario.timeline.day_of(scenario.timeline.paces - 1)
    if not first <= arguments.last_day < last:
        raise UsageError(f"--until {arguments.last_day}: {scenario.id} goes from {first} to {last}")


def tell(paper: Paper, scenario: Scenario, found: Prospect) -> None:
    """Endings, flags and stances, and what the record weighs."""
    paper.title(scenario.title)
    record = found.record
    told = f"as known on {long_date(record.until)}: {counted(len(record.entries), 'entry')} of the record"
    paper.put(as_text(f"{told}, {found.worlds:,} worlds, seed {found.seed}", QUIET))
    paper.heading("How it may end")
    rows = []
    for ending, share in zip(scenario.endings, found.endings, strict=True):
        days = found.days.get(ending.id)
        when = "" if days is None else " to ".join(str(day) for day in days)
        rows.append((percent(share.share), between(share), when, ending.title))
    paper.table(rows, ("share", "95 %", "days, four of five", "ending"), right="rrll")
    if found.flags:
        paper.heading("What may become so")
        rows = [(percent(flag.share.share), between(flag.share), flag.day, flag.title) for flag in found.flags]
        paper.table(rows, ("share", "95 %", "half by", "what"), right="rrll")
    if found.settled:
        paper.heading("What the record says of what was uncertain")
        most = found.settled[:MOST_MOVED]
        rows = [(number(one.before), number(one.after), f"{one.moved:.2f}", one.name) for one in most]
        paper.table(rows, ("before", "now", "by so many spreads", "what"), right="rrrl")
    paper.heading("What it rests on")
    paper.item(f"The worlds that are left say as much as {found.independent:,.0f} independent ones.")
    if found.independent < FEW:
        paper.item("That is few: the scenario hardly tells this story by itself. More --worlds help.")
    paper.item(f"The logarithm of how likely the record is under the scenario: {found.likelihood:.1f}.")
    for step in found.unlikely:
        chance = "never" if step.chance < 1e-6 else f"in {percent(step.chance, 3)} of worlds"
        title = scenario.choice(step.known.action).title
        paper.item(f"{step.known.entry.on}, {title}: in that pace by itself {chance}.", style=QUIET)


def between(share: Share) -> str:
    """The ends of an interval."""
    return f"{percent(share.low)} to {percent(share.high)}"


def number(one: tuple[float, float]) -> str:
    """A mean and a spread."""
    return f"{one[0]:.1f} ±{one[1]:.1f}"


def as_json(scenario: Scenario, found: Prospect) -> dict[str, Any]:
    """The same for programs."""

    def shares(share: Share) -> dict[str, float]:
        return {"share": share.share, "low": share.low, "high": share.high}

    return {
        "scenario": scenario.id,
        "until": found.record.until.isoformat(),
        "worlds": found.worlds,
        "seed": found.seed,
        "independent": found.independent,
        "likelihood": found.likelihood if math.isfinite(found.likelihood) else None,
        "endings": {
            ending.id: {**shares(share), "days": [str(day) for day in found.days.get(ending.id, ())]}
            for ending, share in zip(scenario.endings, found.endings, strict=True)
        },
        "flags": {flag.name: {**shares(flag.share), "half_by": flag.day or None} for flag in found.flags},
        "uncertain": {one.name: _as_numbers(one) for one in found.settled},
        "steps": [
            {"on": step.known.entry.on.isoformat(), "action": step.known.action, "chance": step.chance}
            for step in found.steps
        ],
    }


def _as_numbers(one: Settled) -> dict[str, float]:
    names = ("mean_before", "spread_before", "mean", "spread")
    return dict(zip(names, (*one.before, *one.after), strict=True))
