"""What an outcome hangs on: indices of sensitivity over the design points.

The outcome of a design point is its mean over the runs, so what is analysed is how the mean depends on the
assumptions; chance within a point is not an assumption. How much of it is left in the means is said beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from engine.batch.analysis import pawn
from engine.batch.analysis.effects import of_morris, of_sobol
from engine.batch.analysis.factors import LEVEL, METHODS, MORRIS, PAWN, SOBOL, Factor, Sensitivity, told_together
from engine.batch.analysis.measuring import Measure, title_of, unknown_name
from engine.batch.analysis.rows import Asked, Rows, asked, is_morris, is_saltelli, sampling, suited
from engine.batch.errors import BatchError
from engine.batch.storage.results import Results
from engine.prose import counted
from engine.scenario.problems import listed

__all__ = [
    "LEVEL",
    "METHODS",
    "MORRIS",
    "NOISY",
    "PAWN",
    "SOBOL",
    "Factor",
    "Sensitivity",
    "is_morris",
    "is_saltelli",
    "sensitivity",
    "told_together",
]

NOISY = 0.1
"""The share of run-to-run noise from which it is warned of."""

FEW_RUNS = 8
"""Runs of a point below which Student's t over runs is a rough guide."""


def sensitivity(
    results: Results, outcome: str, method: str | None = None, at: Mapping[str, str] | None = None
) -> Sensitivity:
    """How an outcome hangs on the uncertainties (and, with PAWN, on the levers) of a design.

    ``outcome`` is an expression over the runs (see :mod:`engine.batch.analysis.measuring`); ``method`` the one that
    the design was made for where it is left out; ``at`` holds levers at a choice. Sobol and Morris need the extra
    ``analysis``.

    Raises :class:`~engine.batch.errors.BatchError`, also where the design does not suit the method.
    """
    measure = Measure.of(results.manifest, outcome, "the outcome")
    question = asked(results, measure, at or {})
    rows, found = question.rows, question.found
    fits = suited(rows)
    method = method or fits or PAWN
    check_method(method, fits or sampling(results), rows)
    check_whole(question, outcome, method)
    ways = {SOBOL: of_sobol, MORRIS: of_morris, PAWN: pawn.of_pawn}
    factors = ways[method](rows)
    known = found.means[~np.isnan(found.means)]
    return Sensitivity(
        outcome,
        title_of(results.manifest, outcome),
        method,
        tuple(sorted((replace(f, title=title_of(results.manifest, f.name)) for f in factors), key=lambda f: -f.index)),
        len(known),
        float(found.runs.mean()) if len(found.runs) else 0.0,
        float(known.mean()) if len(known) else float("nan"),
        None if np.isnan(found.noise) else found.noise_share,
        tuple(notes_on(question, at or {}, method)),
    )


def notes_on(question: Asked, at: Mapping[str, str], method: str) -> Iterator[str]:
    """What the reader should know of the outcome at the points."""
    rows, found = question.rows, question.found
    if at:
        yield f"only at {listed(f'{lever}={choice}' for lever, choice in at.items())}"
    if len(found.points) < question.designs.height:
        yield f"{question.designs.height - len(found.points)} design points could not be run"
    if lost := int((~rows.is_whole).sum()):
        yield f"{counted(lost, 'row')} left out: at a point of theirs it can't be known"
    if found.noise_share >= NOISY and not np.isnan(found.noise):
        share = f"{100 * found.noise_share:.0f} % of the variance between design points"
        yield f"{share} is run-to-run noise: more runs a point sharpen this"
    if np.isnan(found.noise):
        yield "with one run a point, noise can't be told from the effect of the assumptions"
    elif method != PAWN and found.runs.max() < FEW_RUNS:
        yield f"with fewer than {FEW_RUNS} runs a point, what only shuffles chance is called real up to twice as often"
    if rows.crossed and rows.names:
        yield f"the mean over the choices of {listed(rows.crossed)}"


def check_method(method: str, fits: str | None, rows: Rows) -> None:
    """That the design suits the method. Raises :class:`~engine.batch.errors.BatchError`."""
    if method not in METHODS:
        raise unknown_name("method", method, METHODS)
    if method != PAWN:
        if method != fits:
            wanted = {
                SOBOL: "Sobol's indices need the design saltelli",
                MORRIS: "Morris's effects need the design morris",
            }
            raise BatchError(f"{wanted[method]}, which these points are not: use --method pawn, or run that design")
        return
    if fits is not None:
        design = {SOBOL: "saltelli"}.get(fits, fits)
        raise BatchError(
            f"PAWN needs rows that are drawn one by one, and those of a {design} design repeat each other's numbers, "
            "so that nobody could tell chance from an effect: leave out --method"
        )
    points = rows.outcome.size if not rows.names and not rows.drawn else len(rows.outcome)
    if points < 2 * pawn.FEWEST:
        what = "rows of uncertainties" if points < rows.outcome.size else "design points"
        raise BatchError(f"PAWN needs at least {2 * pawn.FEWEST} {what}; there are {points}")


def check_whole(question: Asked, outcome: str, method: str) -> None:
    """That it comes about where it must. Raises :class:`~engine.batch.errors.BatchError`."""
    rows, means = question.rows, question.found.means
    empty = int(np.isnan(means).sum())
    if not empty or (method == PAWN and rows.is_whole.any()):
        return
    other = outcome.removeprefix("first_")
    hint = f"ask whether it does: ever.{other}" if outcome.isidentifier() else "ask for what every run has"
    hold = f", or hold levers with --at {rows.crossed[0]}=CHOICE" if rows.crossed else ""
    raise BatchError(f"at {empty:,} of {len(means):,} design points it never comes about in any run; {hint}{hold}")
