"""The targets of a command: those beside a scenario, or those of another file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.batch.design.planning import plan_from_arguments
from engine.cli.failures import UsageError
from engine.cli.scenarios import fit_report
from engine.scenario.problems import ScenarioError, shortened

if TYPE_CHECKING:
    from engine.scenario.history import History
    from engine.scenario.models import Scenario
    from engine.scenario.sources import Sources


def scenario_and_targets(path_or_name: str, targets: str | None) -> tuple[Scenario, History | None]:
    """A scenario that can be used, and the history whose targets are taken.

    Raises :class:`UsageError` or :class:`~engine.scenario.problems.ScenarioError`.
    """
    report = fit_report(path_or_name)
    assert report.scenario is not None, "a report without errors has one"
    if targets is None:
        return report.scenario, report.history
    return report.scenario, history_in(targets, report.scenario, report.sources)


def as_set(scenario: Scenario, settings: Sequence[str], is_certain: bool = False) -> Scenario:
    """The scenario with the values of ``--set``, and without doubt if that is asked.

    Raises :class:`~engine.scenario.problems.ScenarioError`.
    """
    if not settings and not is_certain:
        return scenario
    plan = plan_from_arguments(scenario, settings, runs=1, is_certain=is_certain)
    return plan.arm(plan.points[0]).scenario


def history_in(file: str, scenario: Scenario, sources: Sources) -> History:
    """The history in a file. Raises :class:`UsageError` or :class:`~engine.scenario.problems.ScenarioError`."""
    from engine.scenario.load import read_history_at

    path = there(file)
    history, problems = read_history_at(path, file, sources, scenario)
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if history is None or errors:
        raise ScenarioError(errors)
    return history


def there(file: str) -> Path:
    """The path of a file. Raises :class:`UsageError` where there is none."""
    path = Path(file)
    try:
        what = "" if path.is_file() else "it is a folder" if path.is_dir() else "there is no such file"
    except (OSError, ValueError):
        what = "there is no such file"
    if what:
        raise UsageError(f"{shortened(file, 200)}: {what}")
    return path
