"""`brink sensitivity`: what an outcome hangs on."""

from __future__ import annotations

from typing import Any

from engine.batch.analysis.sensitivity import MORRIS, NOISY, PAWN, SOBOL, Factor, Sensitivity, sensitivity
from engine.batch.design.assumed import plan_of_assumed
from engine.batch.running.conduct import run_plan
from engine.batch.storage.results import Results
from engine.cli.arguments import DEFAULT_SEED, Arguments
from engine.cli.arguments.batches import RUNS_EACH
from engine.cli.failures import UsageError
from engine.cli.figures import head, notes, number, plain
from engine.cli.paper import LOUD, QUIET, Paper, as_text, percent
from engine.cli.printing import print_json
from engine.cli.progress import at_work, progress_bar
from engine.cli.scenarios import scenario_of
from engine.prose import counted

EXPLAINED = {
    SOBOL: "Sobol's indices: the share of the variance that an assumption makes alone (first), and with others (total)",
    MORRIS: "Morris's effects: how far the outcome moves as an assumption goes through its range (mu*), its direction "
    "(mu), and how much that depends on the rest (sigma)",
    PAWN: "PAWN: how far the distribution of the outcome moves once an assumption is known, 0 to 1; up to the level of "
    "chance an index says nothing",
}
"""What the numbers of a method say."""

HEADS = {
    SOBOL: ("", "total", "between", "first", "between", "assumption"),
    MORRIS: ("", "mu*", "between", "mu", "sigma", "assumption"),
    PAWN: ("", "index", "between", "chance", "", "assumption"),
}
"""The columns of a method."""


def execute(arguments: Arguments) -> int:
    """Reads, analyses and prints."""
    results = of_assumed(arguments) if arguments.assumed is not None else of_folder(arguments)
    with at_work("finding what it hangs on"):
        found = sensitivity(results, arguments.outcome, arguments.method, dict(arguments.at))
    if arguments.json:
        print_json(plain({**as_json(found), "caveats": list(results.caveats)}))
        return 0
    paper = Paper()
    head(paper, results, f"{counted(found.points, 'design point')} of about {number(found.runs)} runs")
    paper.heading(f"What hangs on what: {found.title}", f"{number(found.mean)} on average")
    paper.put(as_text(EXPLAINED[found.method], QUIET))
    paper.blank()
    rows = [row(found.method, rank, factor) for rank, factor in enumerate(found.factors, start=1)]
    paper.table(rows, heads=HEADS[found.method], right="rrrrrl", indent=0)
    paper.blank()
    if found.noise_share is not None and found.noise_share < NOISY:
        said = f"Run-to-run noise is {percent(found.noise_share)} of the variance between design points."
        paper.put(as_text(said, QUIET))
    notes(paper, (*found.notes, found.multiplicity))
    return 0


def of_folder(arguments: Arguments) -> Results:
    """What a batch has written."""
    for option, value in (("--give-or-take", arguments.give_or_take), ("--runs", arguments.runs)):
        if value is not None:
            raise UsageError(f"{option} goes with --assumed, which runs a scenario")
    return Results.open(arguments.results)


def of_assumed(arguments: Arguments) -> Results:
    """Runs over all that a scenario assumes."""
    scenario, runs = scenario_of(arguments.results), arguments.runs or RUNS_EACH
    seed = DEFAULT_SEED if arguments.seed is None else arguments.seed
    plan = plan_of_assumed(scenario, arguments.assumed, runs, seed, arguments.give_or_take)
    with progress_bar() as progress:
        return run_plan(plan, workers=arguments.workers, progress=progress)


def row(method: str, rank: int, factor: Factor) -> tuple[Any, ...]:
    """One assumption."""
    more = factor.more
    tail: dict[str, tuple[str, str]] = {
        SOBOL: (number(more.get("first")), f"{number(more.get('first_low'))} to {number(more.get('first_high'))}"),
        MORRIS: (number(more.get("mu")), number(more.get("sigma"))),
        PAWN: (number(factor.chance), ""),
    }
    between = f"{number(factor.low)} to {number(factor.high)}"
    title = factor.title if factor.matters else f"{factor.title} (may be chance)"
    style = LOUD if factor.matters else QUIET
    return str(rank), number(factor.index), between, *tail[method], as_text(title, style)


def as_json(found: Sensitivity) -> dict[str, Any]:
    """The same in plain dictionaries and lists."""
    return {
        "outcome": found.outcome,
        "title": found.title,
        "method": found.method,
        "points": found.points,
        "runs_per_point": found.runs,
        "mean": found.mean,
        "noise_share": found.noise_share,
        "notes": list(found.notes),
        "multiplicity": found.multiplicity,
        "factors": found.frame.to_dicts(),
    }
