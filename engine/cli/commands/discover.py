"""`brink discover`: under which assumptions something happens."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from engine.batch.analysis.discovery import Discovery, Step, discover, in_words
from engine.batch.storage.results import Results
from engine.cli.arguments import Arguments
from engine.cli.figures import head, notes, number, plain, share_in_words
from engine.cli.paper import Paper, as_text, percent
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.prose import counted

MOST_STEPS = 12
"""Steps of the peeling that are told; those between them are left out."""


def execute(arguments: Arguments) -> int:
    """Reads, searches and prints."""
    with at_work("peeling"):
        results = Results.open(arguments.results)
        found = discover(results, arguments.when, arguments.often, arguments.step)
    if arguments.json:
        print_json(plain(as_json(results, found)))
    else:
        tell(Paper(), results, found)
    return 0


def tell(paper: Paper, results: Results, found: Discovery) -> None:
    """The box, how good it is, and what else there was to choose from."""
    head(paper, results, counted(found.points, "design point"))
    paper.heading(f"When: {found.when}")
    wanted = f"the {found.cases:,} of {found.points:,} design points"
    often = f"{number(100 * found.cut)} % of the runs or more"
    paper.put(as_text(f"It happens in {share_in_words(found.overall)} of all {sum(found.runs):,} runs."))
    paper.put(as_text(f"Looked for: {wanted} at which it happens in {often}."))
    paper.heading("The box", f"step {found.step.number} of the peeling (PRIM)")
    rows = [
        (
            in_words(results, limit),
            limit.title,
            f"{quasi(limit.quasi_p)}{' (may be chance)' if limit.may_be_chance else ''}",
        )
        for limit in found.limits
    ]
    if rows:
        paper.table(rows, heads=("limit", "assumption", "quasi-p"), indent=0)
    else:
        paper.put(as_text("No limit: no assumption makes it much more frequent."))
    paper.blank()
    inside, outside = share_in_words(found.inside), share_in_words(found.outside)
    step = found.step
    paper.put(
        as_text(f"Inside it happens in {inside} of {found.runs[0]:,} runs, outside in {outside} of {found.runs[1]:,}.")
    )
    paper.put(as_text(f"Coverage {percent(step.coverage)}: so many of the points looked for are in the box."))
    paper.put(as_text(f"Density {percent(step.density)}: so many of the points in the box are looked for."))
    paper.put(as_text(f"The box is {percent(step.mass)} of what was tried."))
    paper.heading("The trade-off", "--step K chooses another box")
    paper.table(
        (
            (
                str(step.number),
                percent(step.coverage, 0),
                percent(step.density, 0),
                percent(step.mass, 0),
                str(step.limits),
            )
            for step in some(found.steps, found.step)
        ),
        heads=("step", "coverage", "density", "of all", "limits"),
        right="rrrrr",
        indent=0,
    )
    notes(paper, found.notes)


def quasi(chance: float) -> str:
    """A chance, or that it is tiny."""
    return "< 0.001" if chance < 0.001 else f"{chance:.3f}"


def some(steps: tuple[Step, ...], chosen: Step) -> list[Step]:
    """Steps at even distances, with the first, the chosen and the last."""
    apart = max(1, -(-len(steps) // MOST_STEPS))
    return [s for s in steps if s.number % apart == 0 or s.number in (chosen.number, steps[-1].number)]


def as_json(results: Results, found: Discovery) -> dict[str, Any]:
    """The same in plain dictionaries and lists."""
    return {
        **{
            name: getattr(found, name)
            for name in ("when", "cut", "points", "cases", "overall", "inside", "outside", "runs")
        },
        "step": asdict(found.step),
        "limits": [{**asdict(limit), "words": in_words(results, limit)} for limit in found.limits],
        "steps": [asdict(step) for step in found.steps],
        "notes": list(found.notes),
        "caveats": list(results.caveats),
    }
