"""Held against what happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from brinkmanship.loading import NO_SETTINGS, path_of
from engine import asked

if TYPE_CHECKING:
    from os import PathLike

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
