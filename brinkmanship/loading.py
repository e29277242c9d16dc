"""Scenarios by name or path."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from engine.asked import said
from engine.errors import ArgumentError
from engine.scenario.models import Scenario

if TYPE_CHECKING:
    from engine.scenario.load import Report
    from engine.scenario.overrides import Setting

Wanted = str | PathLike[str] | Scenario
"""How functions take a scenario: the name of a bundled one, a folder or a file, or one that was loaded."""

NO_SETTINGS: Mapping[str, Setting] = {}


def scenarios() -> tuple[str, ...]:
    """The names of the bundled scenarios, in alphabetical order."""
    from engine.scenario.places import list_scenarios

    return list_scenarios()


def load(scenario: Wanted, set: Mapping[str, Setting] = NO_SETTINGS) -> Scenario:  # noqa: A002  # as the command calls it
    """A scenario that can be used, with some of its values set to others.

    Paths and values are those of ``brink batch --set``: numbers, yes-no, texts and lists, and ``"*0.5"`` or ``"+10"``
    for a value that follows from the one that is there. Raises :class:`~brinkmanship.errors.ScenarioError`, with
    every problem of a file at its line.

    >>> load("cuba-1962").turns
    13
    >>> load("cuba-1962", set={"issues.war.start": 20}).issues["war"].start
    20.0
    """
    from engine.batch.design.planning import with_values
    from engine.scenario.load import load_scenario

    found = scenario if isinstance(scenario, Scenario) else load_scenario(path_of("scenario", scenario))
    return with_values(found, set) if set else found


def check(scenario: str | PathLike[str]) -> Report:
    """What ``brink check`` finds: ``problems``, each with its file, line and message; ``errors`` and ``warnings``.

    Raises :class:`~brinkmanship.errors.ScenarioError` only where there is no such scenario.

    >>> check("cuba-1962").errors
    ()
    """
    from engine.scenario.load import check_scenario

    return check_scenario(path_of("scenario", scenario))


def path_of(argument: str, given: object) -> str | Path:
    """A name as it stands, and a path as a Path. Raises :class:`~brinkmanship.errors.ArgumentError`."""
    if isinstance(given, str):
        return given
    if isinstance(given, PathLike):
        return Path(given)
    raise ArgumentError(f"{argument} is a name or a path, not {said(given)}")
