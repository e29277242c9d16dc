"""Held against what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from brinkmanship.loading import NO_SETTINGS, path_of
from engine import asked

if TYPE_CHECKING:
    from os import PathLike

    from engine.assessment.calibration.frames import Calibration
    from engine.assessment.frames import Backtested
    from engine.scenario.overrides import Setting


def backtest(
    scenario: str | PathLike[str],
    runs: int = 1000,
    seed: int = asked.DEFAULT_SEED,
    set: Mapping[str, Setting] = NO_SETTINGS,  # noqa: A002  # as the command calls it
    workers: int = 1,
) -> Backtested:
    """What ``brink backtest`` finds: how a scenario does against the targets of its history, beside baselines.

    The frames ``scores``, ``gaps`` and ``answers``, all of it as plain ``values``, and the page ``card()``. With
    ``set`` some values of the scenario are others, as in :func:`brinkmanship.load`. Raises
    :class:`~brinkmanship.errors.ScenarioError`, and :class:`~brinkmanship.errors.AssessmentError` where no target is
    answered.

    >>> found = backtest("cuba-1962", runs=20)
    >>> found.scores.columns
    ['part', 'score', 'forecaster', 'value', 'low', 'high', 'targets', 'questions']
    """
    from engine.assessment.backtest import backtest as held
    from engine.assessment.frames import Backtested
    from engine.batch.design.planning import with_values
    from engine.scenario.load import check_scenario
    from engine.scenario.problems import ScenarioError

    runs = asked.whole("runs", runs, 2, asked.MOST_BACKTEST_RUNS)
    seed = asked.whole("seed", seed, 0, asked.LARGEST_SEED)
    workers = asked.whole("workers", workers, 1, asked.MOST_WORKERS)
    report = check_scenario(path_of("scenario", scenario))
    if report.scenario is None or report.errors:
        raise ScenarioError(report.errors, report.left_out)
    found = with_values(report.scenario, set) if set else report.scenario
    return Backtested(held(found, report.history, runs, seed, workers=workers))


def calibrate(
    scenarios: str | PathLike[str] | Sequence[str | PathLike[str]],
    over: str | PathLike[str] | Mapping[str, Any],
    points: int = 200,
    runs: int = 64,
    waves: int = 2,
    scored: int = 1000,
    seed: int = asked.DEFAULT_SEED,
    workers: int = 1,
) -> Calibration:
    """What ``brink calibrate`` finds: numbers of one or several scenarios, fitted to the fit facets of their histories.

    ``over`` is a file, or the same as a mapping: ``numbers``, each with a ``path`` (or ``every``, a name) and what it
    may be. The frames ``posterior`` (a row for each point that is kept), ``numbers``, ``diff`` and ``scores``, all of
    it as plain ``values``, and ``write(file)``, for ``batch(posterior=file)``. No scenario is changed.

    Raises :class:`~brinkmanship.errors.ScenarioError`, with every problem, and
    :class:`~brinkmanship.errors.AssessmentError` where there is nothing to fit to.

    >>> heat = {"heat": {"every": "temperature", "range": [0.5, 2]}}
    >>> found = calibrate("cuba-1962", {"numbers": heat}, points=20, runs=8, scored=20)
    >>> found.posterior.columns
    ['heat']
    """
    from engine.assessment.calibration.calibrating import calibrate as fitted
    from engine.assessment.calibration.frames import Calibration
    from engine.assessment.calibration.over import read_calibration
    from engine.assessment.calibration.running import Running, Size
    from engine.assessment.calibration.trial import crisis_of
    from engine.scenario.load import check_scenario
    from engine.scenario.problems import ScenarioError

    size = Size(
        asked.whole("points", points, 20, asked.MOST_CALIBRATION_POINTS),
        asked.whole("runs", runs, 8, asked.MOST_BACKTEST_RUNS),
        asked.whole("waves", waves, 1, 10),
        asked.whole("scored", scored, 2, asked.MOST_BACKTEST_RUNS),
    )
    seed = asked.whole("seed", seed, 0, asked.LARGEST_SEED)
    workers = asked.whole("workers", workers, 1, asked.MOST_WORKERS)
    named = scenarios if isinstance(scenarios, Sequence) and not isinstance(scenarios, str) else [scenarios]
    crises = []
    for scenario in named:
        report = check_scenario(path_of("scenarios", scenario))
        if report.scenario is None or report.errors:
            raise ScenarioError(report.errors, report.left_out)
        crises.append(crisis_of(report.scenario, report.history))
    wanted = over if isinstance(over, Mapping) else path_of("over", over)
    how = Running(size, seed, workers)
    return Calibration(fitted(crises, read_calibration(wanted, [one.scenario for one in crises]), how))
