"""Under which assumptions something happens: PRIM finds the box of assumptions in which it is frequent.

Scenario discovery: Bryant and Lempert, "Thinking inside the box", Technological Forecasting and Social Change 77
(2010), 34-49; the algorithm: Friedman and Fisher, "Bump hunting in high-dimensional data", Statistics and Computing 9
(1999), 123-143; made by ema_workbench (Kwakkel, Environmental Modelling & Software 96, 2017).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.analysis.measuring import Measure, PointMeans, choice_title, point_means, title_of
from engine.batch.analysis.settings import choice_columns, levers, uncertainties
from engine.batch.errors import BatchError, QuestionError
from engine.batch.extras import extra
from engine.batch.storage.results import Results
from engine.rules.arrays import Numbers, YesNo

if TYPE_CHECKING:
    import polars as pl

FEWEST = 40
"""Design points that PRIM needs to say anything."""

PEEL = 0.05
"""The share of points that a step takes away."""

LEAST = 0.05
"""The share of points that is left at the end."""

RARE, COMMON = 0.05, 0.95
"""Where fewer or more of the design points than this have it in half their runs, the cut is elsewhere."""

UPPER_QUARTER = 0.75
"""Then the quarter of points in which it is most frequent is looked for."""

NEARLY = 0.02
"""How much balance a limit less is worth."""

ANY = 1e-9
"""Every box with a case of interest will do, since the step is chosen afterwards."""

BY_CHANCE = 0.05
"""A quasi-p value above this: the limit may be there by chance (Bryant and Lempert 2010)."""


@dataclass(frozen=True)
class Limit:
    """One assumption within the box."""

    name: str
    title: str
    low: float | None
    """From this number, where the box begins above the lowest that was tried."""
    high: float | None
    """Up to this number, where the box ends below the highest that was tried."""
    choices: tuple[str, ...]
    """Of a lever: the choices within the box."""
    quasi_p: float
    """The chance that as many cases of interest would be in the box if this limit meant nothing (binomial).

    Of points that repeat a row of numbers, at several choices of levers, as many are counted as there are rows.
    """

    @property
    def may_be_chance(self) -> bool:
        """Whether the limit can't be told from luck."""
        return self.quasi_p > BY_CHANCE


@dataclass(frozen=True)
class Step:
    """A box along the peeling."""

    number: int
    coverage: float
    """The share of all cases of interest that is within the box."""
    density: float
    """The share of the points in the box that are cases of interest."""
    mass: float
    """The share of all points that is within the box."""
    points: int
    limits: int
    """How many assumptions it limits."""

    @property
    def balance(self) -> float:
        """The harmonic mean of coverage and density."""
        both = self.coverage + self.density
        return 2 * self.coverage * self.density / both if both else 0.0


@dataclass(frozen=True)
class Discovery:
    """The box of assumptions in which something happens."""

    when: str
    cut: float
    """A design point is a case of interest if it happens in at least this share of its runs."""
    points: int
    cases: int
    runs: tuple[int, int]
    """Runs within the box and outside it."""
    overall: float
    """The share of all runs in which it happens."""
    inside: float
    """The share of runs within the box."""
    outside: float
    """The share of runs outside it."""
    step: Step
    limits: tuple[Limit, ...]
    steps: tuple[Step, ...]
    """The trade-off: every box of the peeling, from all points to the smallest."""
    notes: tuple[str, ...]

    @property
    def frame(self) -> pl.DataFrame:
        """A row for each step of the peeling."""
        import polars as pl

        names = ("number", "coverage", "density", "mass", "points", "limits", "balance")
        return pl.DataFrame([{name: getattr(step, name) for name in names} for step in self.steps])


def discover(results: Results, when: str, cut: float | None = None, step: int | None = None) -> Discovery:
    """The box of assumptions in which a condition on runs (see :mod:`engine.batch.analysis.measuring`) is frequent.

    A design point is a case of interest if the condition holds in at least the share ``cut`` of its runs: half of
    them, or, where hardly any or nearly all points have that, as often as in the upper quarter of the points. The
    box is the simplest step of the peeling with about the best balance of coverage and density, or ``step``.
    Needs the extra ``discovery``. Raises :class:`~engine.batch.errors.BatchError`.
    """
    measure = Measure.of(results.manifest, when, "--when", is_condition=True)
    found = point_means(results, measure)
    designs, notes = assumptions(results, found)
    if len(found.points) < FEWEST:
        raise BatchError(f"PRIM needs at least {FEWEST} design points; there are {len(found.points)}")
    cut = cut_of(found.means) if cut is None else cut
    cases = found.means >= cut
    if not found.means.any():
        raise BatchError("no run has it: there is nothing to find")
    if cases.all() or not cases.any():
        which = "every" if cases.all() else "no"
        often = f"{100 * cut:g} % of its runs{'' if cut >= 1 else ' or more'}"
        raise BatchError(f"{which} design point has it in {often}: choose another share of runs (--often)")
    box = peel(designs, cases)
    steps = tuple(steps_of(box))
    if step is not None and not 0 <= step < len(steps):
        raise QuestionError(f"there is no step {step}: the peeling has steps 0 to {len(steps) - 1}")
    best = balanced(steps) if step is None else steps[step]
    limits = by_rows(limits_of(results, box, best.number, designs), designs, cases)
    within = inside(designs, limits)
    return Discovery(
        when,
        cut,
        len(cases),
        int(cases.sum()),
        (int(found.runs[within].sum()), int(found.runs[~within].sum())),
        mean_over(found, np.ones(len(cases), dtype=bool)),
        mean_over(found, within),
        mean_over(found, ~within),
        best,
        limits,
        steps,
        tuple(notes),
    )


def balanced(steps: Sequence[Step]) -> Step:
    """The box with the fewest limits among those nearly as well balanced as the best."""
    near = max(step.balance for step in steps) - NEARLY
    return min((step for step in steps if step.balance >= near), key=lambda step: (step.limits, -step.balance))


def cut_of(means: Numbers) -> float:
    """In how many runs of a point it has to happen."""
    if RARE <= float((means >= 0.5).mean()) <= COMMON:
        return 0.5
    return max(float(np.quantile(means, UPPER_QUARTER)), float(means[means > 0].min(initial=1.0)))


def assumptions(results: Results, found: PointMeans) -> tuple[pl.DataFrame, list[str]]:
    """The settings of the points that have been run, those that vary; and what was left out."""
    import polars as pl

    rows = results.designs.filter(pl.col("point").is_in(found.points.tolist())).sort("point")
    names = [name for name in (*uncertainties(results), *levers(results)) if rows[name].n_unique() > 1]
    whole = [name for name in names if not rows[name].null_count()]
    if not whole:
        raise BatchError("these results have one design point, or no assumptions: there is nothing that varies")
    left_out = [name for name in names if name not in whole]
    return rows.select(whole), [f"{name} was left out: it is not set at every design point" for name in left_out]


def peel(designs: pl.DataFrame, cases: YesNo) -> Any:
    """ema_workbench's box, with its whole peeling."""
    prim = extra("ema_workbench.analysis.prim", "ema_workbench", "discovery", "the discovery of scenarios")
    pandas = extra("pandas", "pandas", "discovery", "the discovery of scenarios")
    table = pandas.DataFrame({name: np.asarray(designs[name].to_list()) for name in designs.columns})
    for name in choice_columns(designs):
        table[name] = pandas.Categorical(table[name])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search = prim.Prim(table, cases, threshold=ANY, peel_alpha=PEEL, mass_min=LEAST)
        return search.find_box()


def steps_of(box: Any) -> Sequence[Step]:
    """The boxes of the peeling."""
    return [
        Step(
            number,
            float(row["coverage"]),
            float(row["density"]),
            float(row["mass"]),
            int(row["n"]),
            int(row["res_dim"]),
        )
        for number, (_, row) in enumerate(box.peeling_trajectory.iterrows())
    ]


def limits_of(results: Results, box: Any, step: int, designs: pl.DataFrame) -> Sequence[Limit]:
    """What the box of a step limits, the least due to chance first."""
    whole, limited = box.box_lims[0], box.box_lims[step]
    quasi = box.qp[step]
    found = []
    for name in designs.columns:
        title = title_of(results.manifest, name)
        low, high = limited[name].iloc[0], limited[name].iloc[1]
        chances = [float(chance) for chance in quasi.get(name, ()) if chance >= 0]
        chance = min(chances, default=1.0)
        if isinstance(low, (set, frozenset)):
            if low != whole[name].iloc[0]:
                kept = tuple(choice for choice in dict.fromkeys(designs[name]) if choice in low)
                found.append(Limit(name, title, None, None, kept, chance))
            continue
        above = float(low) if low > whole[name].iloc[0] else None
        below = float(high) if high < whole[name].iloc[1] else None
        if above is not None or below is not None:
            found.append(Limit(name, title, above, below, (), chance))
    return sorted(found, key=lambda limit: limit.quasi_p)


def by_rows(limits: Sequence[Limit], designs: pl.DataFrame, cases: YesNo) -> tuple[Limit, ...]:
    """The limits with a quasi-p for which the points of one row of numbers are one case and not several."""
    numbers = [name for name in designs.columns if name not in choice_columns(designs)]
    row = designs.select(numbers).hash_rows().to_numpy() if numbers else np.arange(designs.height)
    if len(np.unique(row)) == designs.height:
        return tuple(limits)
    within = inside(designs, limits)
    found = []
    for limit in limits:
        without = inside(designs, [other for other in limits if other is not limit])
        rows = len(np.unique(row[within]))
        chance = at_least(rows * float(cases[within].mean()), rows, float(cases[without].mean()))
        found.append(replace(limit, quasi_p=max(limit.quasi_p, chance)))
    return tuple(sorted(found, key=lambda limit: limit.quasi_p))


def at_least(cases: float, of: int, share: float) -> float:
    """The chance that so many or more of some cases are of interest, whose number need not be whole (binomial)."""
    from scipy.special import betainc  # loaded only for those who discover

    return float(betainc(cases, of - cases + 1, share)) if cases > 0 and share < 1 else 1.0


def inside(designs: pl.DataFrame, limits: Sequence[Limit]) -> YesNo:
    """Which points are within the limits."""
    within = np.ones(designs.height, dtype=bool)
    for limit in limits:
        if limit.choices:
            within &= np.isin(designs[limit.name].to_list(), limit.choices)
            continue
        numbers = designs[limit.name].to_numpy()
        within &= (numbers >= (-np.inf if limit.low is None else limit.low)) & (
            numbers <= (np.inf if limit.high is None else limit.high)
        )
    return within


def mean_over(found: PointMeans, among: YesNo) -> float:
    """The share of runs at some points; not a number where there are none."""
    runs = found.runs[among]
    return float(np.average(found.means[among], weights=runs)) if runs.sum() else float("nan")


def in_words(results: Results, limit: Limit) -> str:
    """A limit as a phrase."""
    if limit.choices:
        return " or ".join(choice_title(results.manifest, limit.name, choice) for choice in limit.choices)
    if limit.low is not None and limit.high is not None:
        return f"{limit.low:.3g} to {limit.high:.3g}"
    return f"at least {limit.low:.3g}" if limit.low is not None else f"at most {limit.high:.3g}"
