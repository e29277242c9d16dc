"""Many runs of a scenario, made now or found in a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, SupportsIndex

from brinkmanship.loading import NO_SETTINGS, Wanted, load, path_of
from engine import asked
from engine.batch.storage.results import Results

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.batch.design.posterior import Posterior
    from engine.batch.running.progress import Pace
    from engine.scenario.models import Scenario
    from engine.scenario.overrides import Setting

    Several = Sequence[Setting] | NDArray[Any]
    """Values to try, one after the other."""

RUNS = 1000
"""Runs of each design point, where neither a number nor an experiment is given."""

NOTHING_VARIED: Mapping[str, Several] = {}


def batch(
    scenario: Wanted,
    runs: SupportsIndex | None = None,
    seed: SupportsIndex | None = None,
    *,
    set: Mapping[str, Setting] = NO_SETTINGS,  # noqa: A002  # as the command calls it
    vary: Mapping[str, Several] = NOTHING_VARIED,
    experiment: str | PathLike[str] | Mapping[str, Any] | None = None,
    posterior: str | PathLike[str] | None = None,
    certain: bool = False,
    out: str | PathLike[str] | None = None,
    until: float | None = None,
    trajectories: Literal["none", "summary", "all"] = "none",
    workers: int = 1,
    cluster: str | None = None,
    progress: Callable[[Pace], None] | None = None,
) -> Results:
    """Many runs of a scenario, into memory or, with ``out``, into a folder; the same question has the same answer.

    ``runs`` are those of each design point (1,000, or the experiment's own), under ``seed`` (1, or its own). ``set``
    gives values by path; ``vary`` lists of values to try, every combination; ``experiment`` is a file, or the same as
    a mapping; with ``posterior`` each run draws its numbers from a file that a calibration has written; where it is
    ``certain``, no run draws what is in doubt. With ``until`` the batch stops as soon as no 95 % interval of an ending
    reaches farther than that share to either side. A folder that was begun with the same question is gone on with.
    ``progress`` is told how far it is (runs ``done`` of ``wanted``).

    The results have ``runs``, a lazy frame with a row for each run (``point``, ``run``, ``ending``, ``day``, scores,
    first days and outcomes), ``designs``, a frame with a row for each design point, and ``table()``, both in one.

    Raises :class:`~brinkmanship.errors.BrinkmanshipError`, with every problem of what is asked.

    >>> results = batch("cuba-1962", 20, vary={"issues.war.start": [10, 30]})
    >>> results.table().columns[:4]
    ['point', 'issues.war.start', 'run', 'ending']
    >>> results.runs.collect().height
    40
    """
    from engine.batch.design.planning import plan_from_values
    from engine.batch.running.conduct import run_plan

    has_own = experiment is not None
    wanted = load(scenario)
    plan = plan_from_values(
        wanted,
        set,
        vary,
        experiment if experiment is None or isinstance(experiment, Mapping) else path_of("experiment", experiment),
        asked.whole("runs", RUNS, 1, asked.MOST_RUNS) if runs is None and not has_own else checked_runs(runs),
        asked.DEFAULT_SEED if seed is None and not has_own else checked_seed(seed),
        None if posterior is None else drawn_from(path_of("posterior", posterior), wanted),
        certain,
    )
    return run_plan(
        plan,
        None if out is None else Path(path_of("out", out)),
        workers=asked.whole("workers", workers, 1, asked.MOST_WORKERS),
        cluster=cluster,
        trajectories=trajectories,
        until=None if until is None else asked.half_width("until", until),
        progress=progress or quiet,
    )


def drawn_from(file: str | Path, scenario: Scenario) -> Posterior:
    """What runs of a scenario draw from. Raises :class:`~brinkmanship.errors.BatchError`."""
    from engine.batch.storage.posteriors import read_posterior

    return read_posterior(Path(file)).of(scenario)


def quiet(_: Pace) -> None:
    """Tells nobody how far a batch is."""


def checked_runs(runs: SupportsIndex | None) -> int | None:
    """A number of runs that may be asked for. Raises :class:`~brinkmanship.errors.ArgumentError`."""
    return None if runs is None else asked.whole("runs", runs, 1, asked.MOST_RUNS)


def checked_seed(seed: SupportsIndex | None) -> int | None:
    """A seed that there is. Raises :class:`~brinkmanship.errors.ArgumentError`."""
    return None if seed is None else asked.whole("seed", seed, 0, asked.LARGEST_SEED)


def results(folder: str | PathLike[str]) -> Results:
    """The results in a folder that ``batch(out=...)`` or ``brink batch --out`` has written, finished or not.

    Raises :class:`~brinkmanship.errors.BatchError`, also where a part of it is missing or damaged.
    """
    return Results.open(path_of("folder", folder))
