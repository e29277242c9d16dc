"""What a name or a path on the command line stands for, before it is read."""

from __future__ import annotations

from pathlib import Path

from engine.cli.failures import UsageError
from engine.scenario.kinds import Kind, Recognised, recognise
from engine.scenario.places import ScenarioPlace, find_scenario, list_scenarios
from engine.scenario.problems import ScenarioError


def named(path_or_name: str) -> Recognised | None:
    """What is called so, where it is something else than a scenario; None where it is one, or can't be told."""
    if path_or_name in list_scenarios():
        return None
    found = recognise(Path(path_or_name))
    return None if found is None or found.kind is Kind.SCENARIO else found


def refuse_others(path_or_name: str) -> None:
    """Raises :class:`UsageError` for a file that is no scenario, with the command that is for it."""
    found = named(path_or_name)
    if found is not None:
        raise UsageError(f"{found.path} is {found.title}, no scenario: {found.advice}")


def place_of(path_or_name: str) -> ScenarioPlace:
    """Where a scenario is. Raises :class:`UsageError` where none is called so."""
    try:
        return find_scenario(path_or_name)
    except ScenarioError as error:
        raise UsageError(error.problems[0].message) from None
