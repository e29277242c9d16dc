"""Sobol's indices and Morris's effects: differences between rows that differ in one assumption only."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from engine.batch.analysis.chance import SEED, by_chance, either, judged, trend
from engine.batch.analysis.factors import Factor
from engine.batch.analysis.rows import Rows, whole_blocks
from engine.batch.design.designs import LEVELS
from engine.batch.errors import BatchError
from engine.batch.extras import extra
from engine.batch.statistics import Z_95
from engine.rules.arrays import Numbers

RESAMPLES = 200
"""Bootstrap samples behind an interval."""

FEWEST_RESAMPLES = 2
"""Those of SALib, whose own intervals know of rows only and are not used."""

MOST_AT_ONCE = 4_000_000
"""Numbers that are drawn anew together."""

STEP = LEVELS / (2 * (LEVELS - 1))
"""How much of its range an assumption moves through in Morris's trajectories."""


def of_sobol(rows: Rows) -> list[Factor]:
    """First-order and total indices (Saltelli and others, Computer Physics Communications 181, 2010, 259-270).

    ``chance`` is what the total index of an assumption would be that moves the runs as much, but to no side; of one
    that moves no run it is 0, as the index is.
    """
    from scipy.stats import rankdata  # half a second to load, and few need it

    width = rows.numbers.shape[1]
    kept = whole_blocks(rows, width + 2)
    outcome, apart = kept.averaged
    found = analysed("sobol", kept, outcome, Y=outcome, calc_second_order=False)
    blocks, spread = outcome.reshape(-1, width + 2), apart.reshape(-1, width + 2, apart.shape[1])
    ends = resampled(blocks, spread, sobol_indices)
    variance = float(blocks[:, [0, -1]].var())
    ranks = rankdata(kept.numbers, axis=0).reshape(-1, width + 2, width)
    steps = ranks[:, -1] - ranks[:, 0]
    rng = np.random.default_rng(SEED)
    factors = []
    for n, name in enumerate(kept.uncertainties):
        apart_here = spread[:, n + 1] - spread[:, 0]
        moved = by_chance(apart_here, rng)
        index, reach = float(found["ST"][n]), Z_95 * float(ends[1, n])
        chance, by_index = judged(index, (moved**2).mean(axis=0) / 2 / variance)
        p = either(by_index, trend(blocks[:, n + 1] - blocks[:, 0], apart_here, steps[:, n]))
        first, first_reach = float(found["S1"][n]), Z_95 * float(ends[0, n])
        more = {"first": first, "first_low": first - first_reach, "first_high": first + first_reach}
        factors.append(Factor(name, name, index, index - reach, index + reach, chance, p, more))
    return factors


def sobol_indices(blocks: Numbers) -> Numbers:
    """First-order and total indices, (2, samples, columns), of outcomes of shape (samples, blocks, columns + 2)."""
    centred = blocks - blocks.mean(axis=(1, 2), keepdims=True)
    a, b, between = centred[..., :1], centred[..., -1:], centred[..., 1:-1]
    variance = centred[..., [0, -1]].var(axis=(1, 2))[:, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        first = (b * (between - a)).mean(axis=1) / variance
        total = ((a - between) ** 2).mean(axis=1) / 2 / variance
    found: Numbers = np.nan_to_num(np.stack([first, total]), posinf=0.0, neginf=0.0)
    return found


def of_morris(rows: Rows) -> list[Factor]:
    """Elementary effects: mu* (Campolongo and others 2007), mu and sigma (Morris, Technometrics 33, 1991, 161-174).

    In units of the outcome, for a move through the whole range of an uncertainty. ``chance`` is what mu* would be of
    an assumption that moves the runs as much, but to no side; of one that moves no run it is 0, as mu* is.
    """
    width = rows.numbers.shape[1]
    kept = whole_blocks(rows, width + 1)
    outcome, apart = kept.averaged
    found = analysed("morris", kept, outcome, X=kept.numbers, Y=outcome, num_levels=LEVELS)
    moves = np.diff(kept.numbers.reshape(-1, width + 1, width), axis=1)
    at = np.abs(moves).argmax(axis=1)
    up = np.sign(moves.sum(axis=1))
    effects = _steps(outcome.reshape(-1, width + 1), at) / STEP
    spread = _steps(apart.reshape(-1, width + 1, apart.shape[1]), at[..., np.newaxis]) / STEP
    ends = resampled(effects, spread, lambda drawn: np.abs(drawn).mean(axis=1))
    rng = np.random.default_rng(SEED)
    factors = []
    for n, name in enumerate(kept.uncertainties):
        index, reach = float(found["mu_star"][n]), Z_95 * float(ends[n])
        chance, by_index = judged(index, np.abs(by_chance(spread[:, n], rng)).mean(axis=0))
        p = either(by_index, trend(effects[:, n], spread[:, n], up[:, n]))
        more = {"mu": float(found["mu"][n]), "sigma": float(found["sigma"][n])}
        factors.append(Factor(name, name, index, max(0.0, index - reach), index + reach, chance, p, more))
    return factors


def _steps(along: Numbers, at: Any) -> Numbers:
    """What each column's move changes: from (trajectories, points, ...) to (trajectories, columns, ...)."""
    changes: Numbers = np.take_along_axis(np.diff(along, axis=1), at, axis=1)
    return changes


def resampled(outcome: Numbers, apart: Numbers, statistic: Callable[[Numbers], Numbers]) -> Numbers:
    """The standard deviation of a statistic over samples in which blocks and runs are drawn anew.

    ``outcome`` has shape (blocks, columns), ``apart`` (blocks, columns, runs); the statistic gets (samples, blocks,
    columns), and its last axis but one is that of samples. Blocks of rows and runs are drawn independently of each
    other, since every block has the same runs (the pigeonhole bootstrap: Owen, Annals of Applied Statistics 1, 2007,
    386-411), which for noise of single cells makes intervals rather too wide than too narrow.
    """
    rng = np.random.default_rng(SEED)
    blocks, runs = len(outcome), apart.shape[-1]
    weights = rng.multinomial(runs, np.full(runs, 1 / runs), RESAMPLES).T / runs
    found = []
    for some in np.array_split(weights, max(1, RESAMPLES * outcome.size // MOST_AT_ONCE), axis=1):
        moved = np.moveaxis(outcome[..., np.newaxis] + apart @ some, -1, 0)
        which = rng.integers(0, blocks, moved.shape[:2])[..., np.newaxis]
        found.append(statistic(np.take_along_axis(moved, which, axis=1)))
    spread: Numbers = np.concatenate(found, axis=-2).std(axis=-2, ddof=1)
    return spread


def analysed(method: str, rows: Rows, outcome: Numbers, **given: Any) -> Any:
    """What SALib finds."""
    library = extra(f"SALib.analyze.{method}", "SALib", "analysis", "an analysis of sensitivity")
    if not np.ptp(outcome):
        raise BatchError("the outcome is the same at every design point: it hangs on nothing that varies")
    bounds = [[float(column.min()), float(column.max())] for column in rows.numbers.T]
    problem = {"num_vars": len(bounds), "names": list(rows.uncertainties), "bounds": bounds}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return library.analyze(problem, num_resamples=FEWEST_RESAMPLES, seed=SEED, **given)
