"""The scenario that a command was called with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine.cli.failures import UsageError, unknown
from engine.cli.named import place_of, refuse_others
from engine.cli.progress import at_work
from engine.scenario.certain import certain
from engine.scenario.kept import usable_scenario
from engine.scenario.models import Scenario
from engine.scenario.problems import ScenarioError

if TYPE_CHECKING:
    from engine.rules import Rules
    from engine.scenario.load import Report
    from engine.scenario.places import ScenarioPlace


def report_on(path_or_name: str) -> Report:
    """What a check of a scenario finds.

    Raises :class:`UsageError` where there is no such scenario.
    """
    from engine.scenario.load import check_scenario

    with at_work(f"reading {_there(path_or_name).shown_as}"):
        return check_scenario(path_or_name)


def _there(path_or_name: str) -> ScenarioPlace:
    """Where a scenario is. Raises :class:`UsageError` where nothing is, or something else."""
    refuse_others(path_or_name)
    place = place_of(path_or_name)
    try:
        is_there = place.file.exists()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise UsageError(f"{place.shown_as}: there is no such file")
    return place


def fit_report(path_or_name: str) -> Report:
    """The same for a scenario that can be used.

    Raises :class:`UsageError` or :class:`~engine.scenario.problems.ScenarioError`.
    """
    report = report_on(path_or_name)
    if report.scenario is None or report.errors:
        raise ScenarioError(report.errors, report.left_out)
    return report


def scenario_of(path_or_name: str) -> Scenario:
    """A scenario that can be used: only the first time is it checked for that.

    Raises :class:`UsageError` or :class:`~engine.scenario.problems.ScenarioError`.
    """
    with at_work(f"reading {_there(path_or_name).shown_as}"):
        return usable_scenario(path_or_name)


def rules_of(path_or_name: str, is_certain: bool = False) -> Rules:
    """The rules of a scenario that can be used, without what is in doubt if that is asked."""
    from engine.rules import Rules

    scenario = scenario_of(path_or_name)
    if is_certain:
        scenario = certain(scenario)
    with at_work(f"compiling {scenario.id}"):
        return Rules(scenario)


def known_actor(scenario: Scenario, actor: str) -> str:
    """The same actor, once it is known to be in the scenario."""
    if actor not in scenario.actors:
        raise unknown("actor", actor, scenario.actors, f"`brink show {scenario.id}` lists them")
    return actor


def turn_of(scenario: Scenario, text: str) -> int:
    """The turn that a number or a day means."""
    from engine.play.orders import turn_at

    turn = turn_at(scenario, text)
    if turn is None:
        days = f"{scenario.start} to {scenario.date_of(scenario.turns) - dt.timedelta(days=1)}"
        raise UsageError(f"there is no turn {text[:40]}: {scenario.id} has turns 0 to {scenario.turns - 1} ({days})")
    return turn
