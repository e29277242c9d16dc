"""What an outcome hangs on: indices of sensitivity over the design points, by SALib.

The outcome of a design point is its mean over the runs, so what is analysed is how the mean depends on the
assumptions; chance within a point is not an assumption. How much of it is left in the means is said beside them.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.analysis import pawn
from engine.batch.analysis.measuring import Measure, PointMeans, point_means, title_of, unknown_name
from engine.batch.analysis.summary import levers, uncertainties
from engine.batch.design.designs import LEVELS
from engine.batch.extras import extra
from engine.batch.storage.manifest import BatchError
from engine.batch.storage.results import Results
from engine.rules.arrays import Numbers
from engine.scenario.problems import listed

if TYPE_CHECKING:
    import polars as pl

SOBOL, MORRIS, PAWN = "sobol", "morris", "pawn"

METHODS = (SOBOL, MORRIS, PAWN)
"""Ways of asking."""

RESAMPLES = 200
"""Bootstrap samples behind an interval."""

SEED = 1
"""Of the resampling, so that the same question has the same answer."""

NOISY = 0.1
"""The share of run-to-run noise from which it is warned of."""


@dataclass(frozen=True)
class Factor:
    """An uncertainty or a lever, and how much the outcome hangs on it."""

    name: str
    title: str
    index: float
    """What the ranking is by: Sobol's total index, Morris's mu*, PAWN's median."""
    low: float
    high: float
    """Of the index, 95 %."""
    matters: bool
    """Whether the index is more than chance: the interval is above what a factor without any effect would have."""
    more: Mapping[str, float]
    """Further numbers of the method."""


@dataclass(frozen=True)
class Sensitivity:
    """What an outcome hangs on."""

    outcome: str
    title: str
    method: str
    factors: tuple[Factor, ...]
    """The most important first."""
    points: int
    runs: float
    """Runs of a design point, on average, that have the outcome."""
    mean: float
    """Of the outcome, over the points."""
    noise_share: float | None
    """The share of the variance between points that is run-to-run noise; None with one run a point."""
    notes: tuple[str, ...]
    """What the reader should know."""

    @property
    def frame(self) -> pl.DataFrame:
        """A row for each factor, the most important first."""
        import polars as pl

        return pl.DataFrame(
            [
                {"rank": rank, "name": f.name, "title": f.title, "index": f.index, "low": f.low, "high": f.high}
                | {"matters": f.matters, **f.more}
                for rank, f in enumerate(self.factors, start=1)
            ]
        )


@dataclass(frozen=True)
class Sample:
    """Design points as a method reads them: rows of assumptions, and the outcome at each."""

    names: tuple[str, ...]
    numbers: Numbers
    """Shape (rows, names)."""
    outcome: Numbers
    """Shape (rows,)."""

    @property
    def problem(self) -> dict[str, Any]:
        """What SALib calls it."""
        bounds = [[float(column.min()), float(column.max())] for column in self.numbers.T]
        return {"num_vars": len(self.names), "names": list(self.names), "bounds": bounds}


def sensitivity(
    results: Results, outcome: str, method: str | None = None, at: Mapping[str, str] | None = None
) -> Sensitivity:
    """How an outcome hangs on the uncertainties (and, with PAWN, on the levers) of a design.

    ``outcome`` is an expression over the runs (see :mod:`engine.batch.analysis.measuring`); ``method`` the one that
    the design was made for where it is left out; ``at`` holds levers at a choice. Needs the extra ``analysis``.

    Raises :class:`~engine.batch.storage.manifest.BatchError`, also where the design does not suit the method.
    """
    measure = Measure.of(results.manifest, outcome, "the outcome")
    designs = chosen(results, at or {})
    names = tuple(name for name in uncertainties(results) if designs[name].n_unique() > 1)
    free = tuple(name for name in levers(results) if designs[name].n_unique() > 1)
    if not names and not free:
        raise BatchError("these results have one design point, or no uncertainties: there is nothing that varies")
    fits = suited(designs, names, free)
    method = method or (fits[0] if fits else PAWN)
    check_method(method, fits, designs.height)
    found = point_means(results, measure, designs["point"].to_list())
    notes = list(notes_on(found, designs, at or {}))
    if method == PAWN:
        factors = of_pawn(designs, found, names, free)
        if free and names:
            notes.append(f"a strong lever hides the rest: hold it with --at {free[0]}=CHOICE to see more")
    else:
        sample, more = averaged(designs, found, names, free, outcome)
        notes += more
        trim = whole_blocks(sample, len(names) + (2 if method == SOBOL else 1))
        if len(trim.outcome) < len(sample.outcome):
            lost = len(sample.outcome) - len(trim.outcome)
            notes.append(f"{lost} rows were left out: a point of theirs could not be run")
        noise = 0.0 if np.isnan(found.noise) else found.noise / max(1, choices_of(designs, free))
        factors = of_sobol(trim, found.noise_share) if method == SOBOL else of_morris(trim, noise)
    known = found.means[~np.isnan(found.means)]
    return Sensitivity(
        outcome,
        title_of(results.manifest, outcome),
        method,
        tuple(sorted((titled(results, f) for f in factors), key=lambda f: -f.index)),
        len(known),
        float(found.runs.mean()) if len(found.runs) else 0.0,
        float(known.mean()) if len(known) else float("nan"),
        None if np.isnan(found.noise) else found.noise_share,
        tuple(notes),
    )


def titled(results: Results, factor: Factor) -> Factor:
    """The factor with the title that people read."""
    return replace(factor, title=title_of(results.manifest, factor.name))


def chosen(results: Results, at: Mapping[str, str]) -> pl.DataFrame:
    """The design points at which the levers stand so."""
    import polars as pl

    designs = results.designs
    for lever, choice in at.items():
        if lever not in levers(results):
            raise unknown_name("lever", lever, levers(results) or ("none",))
        if choice not in set(designs[lever]):
            raise unknown_name(f"choice of {lever}", choice, dict.fromkeys(designs[lever]))
        designs = designs.filter(pl.col(lever) == choice)
    return designs.sort("point")


def notes_on(found: PointMeans, designs: pl.DataFrame, at: Mapping[str, str]) -> list[str]:
    """What the reader should know of the outcome at the points."""
    notes = []
    if at:
        notes.append(f"only at {listed(f'{lever}={choice}' for lever, choice in at.items())}")
    if len(found.points) < designs.height:
        notes.append(f"{designs.height - len(found.points)} design points could not be run")
    if found.noise_share >= NOISY and not np.isnan(found.noise):
        share = f"{100 * found.noise_share:.0f} % of the variance between design points"
        notes.append(f"{share} is run-to-run noise: more runs a point sharpen this")
    if np.isnan(found.noise):
        notes.append("with one run a point, noise can't be told from the effect of the assumptions")
    return notes


def suited(designs: pl.DataFrame, names: tuple[str, ...], free: tuple[str, ...]) -> list[str]:
    """The methods, but for PAWN, that the rows of a design have the structure for."""
    if not names:
        return []
    first = next(iter(by_choices(designs, free).values()))
    numbers = first.select(names).to_numpy()
    return [name for name, is_ in ((SOBOL, is_saltelli), (MORRIS, is_morris)) if is_(numbers)]


def by_choices(designs: pl.DataFrame, free: tuple[str, ...]) -> dict[Any, pl.DataFrame]:
    """The points at each combination of the levers' choices."""
    return designs.partition_by(free, as_dict=True, maintain_order=True) if free else {(): designs}


def choices_of(designs: pl.DataFrame, free: tuple[str, ...]) -> int:
    """How many combinations of the levers' choices there are."""
    return len(by_choices(designs, free))


def is_saltelli(numbers: Numbers) -> bool:
    """Whether rows are blocks of A, A with each column in turn from B, and B (Saltelli 2002), as SALib reads them."""
    rows, width = numbers.shape
    if rows % (width + 2) or np.isnan(numbers).any():
        return False
    blocks = numbers.reshape(-1, width + 2, width)
    a, b = blocks[:, :1], blocks[:, -1:]
    from_b = np.eye(width, dtype=bool)
    return bool((blocks[:, 1:-1] == np.where(from_b, b, a)).all()) and len(blocks) > 1


def is_morris(numbers: Numbers) -> bool:
    """Whether rows are trajectories that move one column after the other, each once (Morris 1991).

    Of a single uncertainty nothing can be seen: any rows would be trajectories.
    """
    rows, width = numbers.shape
    if width < 2 or rows % (width + 1) or np.isnan(numbers).any():
        return False
    moved = np.diff(numbers.reshape(-1, width + 1, width), axis=1) != 0
    return bool((moved.sum(axis=1) == 1).all() and (moved.sum(axis=2) == 1).all()) and rows > width + 1


def check_method(method: str, fits: list[str], points: int) -> None:
    """That the design suits the method. Raises :class:`~engine.batch.storage.manifest.BatchError`."""
    if method not in METHODS:
        raise unknown_name("method", method, METHODS)
    if method == PAWN:
        if points < 2 * pawn.FEWEST:
            raise BatchError(f"PAWN needs at least {2 * pawn.FEWEST} design points; there are {points}")
    elif method not in fits:
        wanted = {SOBOL: "Sobol's indices need the design saltelli", MORRIS: "Morris's effects need the design morris"}
        raise BatchError(f"{wanted[method]}, which these points are not: use --method pawn, or run that design")


def averaged(
    designs: pl.DataFrame, found: PointMeans, names: tuple[str, ...], free: tuple[str, ...], outcome: str
) -> tuple[Sample, list[str]]:
    """The rows of a sample, each with the mean outcome over the choices of the levers."""
    means = dict(zip(found.points.tolist(), found.means.tolist(), strict=True))
    if empty := sum(1 for mean in means.values() if np.isnan(mean)):
        other = outcome.removeprefix("first_")
        hint = f"ask whether it does: ever.{other}" if outcome.isidentifier() else "ask for what every run has"
        raise BatchError(f"at {empty:,} of {len(means):,} design points it never comes about in any run; {hint}")
    parts = list(by_choices(designs, free).values())
    numbers = parts[0].select(names).to_numpy()
    if any(not np.array_equal(part.select(names).to_numpy(), numbers) for part in parts):
        raise BatchError("the levers do not stand alike at each row of the design: hold them with --at LEVER=CHOICE")
    outcomes = np.array([[means.get(point, np.nan) for point in part["point"]] for part in parts])
    notes = [f"the mean over the choices of {listed(free)}"] if free else []
    return Sample(names, numbers, outcomes.mean(axis=0)), notes


def whole_blocks(sample: Sample, size: int) -> Sample:
    """The blocks of so many rows of which every point has an outcome; BatchError where fewer than two are left."""
    blocks = ~np.isnan(sample.outcome.reshape(-1, size)).any(axis=1)
    if blocks.sum() < 2:
        raise BatchError("too few rows of the design could be run")
    kept = np.repeat(blocks, size)
    return Sample(sample.names, sample.numbers[kept], sample.outcome[kept])


def of_sobol(sample: Sample, noise_share: float) -> list[Factor]:
    """First-order and total indices (Saltelli and others, Computer Physics Communications 181, 2010, 259-270).

    Intervals are those of SALib: bootstrap over the base points, normal, 95 %. An assumption without effect has a
    total index of about the share of run-to-run noise.
    """
    found = analysed("sobol", sample, Y=sample.outcome, calc_second_order=False)
    return [
        Factor(
            name,
            name,
            float(found["ST"][n]),
            float(found["ST"][n] - found["ST_conf"][n]),
            float(found["ST"][n] + found["ST_conf"][n]),
            bool(found["ST"][n] - found["ST_conf"][n] > noise_share),
            {
                "first": float(found["S1"][n]),
                "first_low": float(found["S1"][n] - found["S1_conf"][n]),
                "first_high": float(found["S1"][n] + found["S1_conf"][n]),
            },
        )
        for n, name in enumerate(sample.names)
    ]


def of_morris(sample: Sample, noise: float) -> list[Factor]:
    """Elementary effects: mu* (Campolongo and others 2007), mu and sigma (Morris, Technometrics 33, 1991, 161-174).

    In units of the outcome, for a move through the whole range of an uncertainty; bootstrap over the trajectories.
    ``chance`` is mu* of an assumption without effect, where ``noise`` is the variance of a point's mean by chance:
    the mean size of a normal number with the variance of the difference of two points, over the step.
    """
    chance = math.sqrt(2 * noise) * math.sqrt(2 / math.pi) / (LEVELS / (2 * (LEVELS - 1)))
    least = chance + 1e-9 * float(np.ptp(sample.outcome))
    found = analysed("morris", sample, X=sample.numbers, Y=sample.outcome, num_levels=LEVELS)
    return [
        Factor(
            name,
            name,
            float(found["mu_star"][n]),
            max(0.0, float(found["mu_star"][n] - found["mu_star_conf"][n])),
            float(found["mu_star"][n] + found["mu_star_conf"][n]),
            bool(found["mu_star"][n] - found["mu_star_conf"][n] > least),
            {"mu": float(found["mu"][n]), "sigma": float(found["sigma"][n]), "chance": chance},
        )
        for n, name in enumerate(sample.names)
    ]


def analysed(method: str, sample: Sample, **given: Any) -> Any:
    """What SALib finds."""
    library = extra(f"SALib.analyze.{method}", "SALib", "analysis", "an analysis of sensitivity")
    if not np.ptp(sample.outcome):
        raise BatchError("the outcome is the same at every design point: it hangs on nothing that varies")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return library.analyze(sample.problem, num_resamples=RESAMPLES, seed=SEED, **given)


def of_pawn(designs: pl.DataFrame, found: PointMeans, names: tuple[str, ...], free: tuple[str, ...]) -> list[Factor]:
    """PAWN (see :mod:`engine.batch.analysis.pawn`): SALib's index of a number; of a lever, with each choice as a slice.

    The interval is a bootstrap over the design points. Even a factor without effect has an index above 0;
    ``chance`` is below which 95 % of the indices lie when the outcomes are shuffled.
    """
    import polars as pl

    kept = {int(p): m for p, m in zip(found.points, found.means, strict=True) if not np.isnan(m)}
    rows = designs.filter(pl.col("point").is_in(list(kept)))
    outcome = np.array([kept[point] for point in rows["point"]])
    if len(outcome) < 2 * pawn.FEWEST or not np.ptp(outcome):
        raise BatchError("too few design points have different outcomes: it hangs on nothing that varies here")
    number = max(2, min(pawn.SLICES, len(outcome) // pawn.FEWEST))
    library = extra("SALib.analyze.pawn", "SALib", "analysis", "an analysis of sensitivity")
    medians = {}
    if names:
        sample = Sample(names, rows.select(pl.col(names).fill_null(np.nan)).to_numpy(), outcome)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            analysis = library.analyze(sample.problem, sample.numbers, sample.outcome, S=number)
        medians = dict(zip(names, analysis["median"], strict=True))
    rng = np.random.default_rng(SEED)
    factors = []
    for name in (*names, *free):
        column = rows[name].to_numpy()
        groups = pawn.slices(column, number) if name in names else pawn.choices(column)
        index = float(medians.get(name, pawn.index(groups, outcome)))
        low, high = pawn.interval(groups, outcome, rng, RESAMPLES)
        chance = pawn.by_chance(groups, outcome, rng, RESAMPLES)
        factors.append(Factor(name, name, index, low, high, index > chance, {"chance": chance}))
    return factors
