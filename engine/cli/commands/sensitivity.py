"""`brink sensitivity`: what an outcome hangs on."""

from __future__ import annotations

from typing import Any

from engine.batch.analysis.sensitivity import MORRIS, NOISY, PAWN, SOBOL, Factor, Sensitivity, sensitivity
from engine.batch.storage.results import Results
from engine.cli.arguments import Arguments
from engine.cli.figures import head, notes, number, plain
from engine.cli.paper import LOUD, QUIET, Paper, as_text, percent
from engine.cli.printing import print_json
from engine.cli.progress import at_work
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
    with at_work("finding what it hangs on"):
        results = Results.open(arguments.results)
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
