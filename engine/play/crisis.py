"""A scenario ready to be played: its rules, what really happened, and the sources that it quotes."""

from __future__ import annotations

from dataclasses import dataclass

from engine.rules import Rules
from engine.scenario.history import History
from engine.scenario.load import check_scenario
from engine.scenario.models import Scenario
from engine.scenario.places import list_scenarios
from engine.scenario.problems import ScenarioError
from engine.scenario.sources import Sources

__all__ = ["Crisis", "History", "Scenario", "ScenarioError", "list_scenarios", "open_crisis"]


@dataclass(frozen=True)
class Crisis:
    """What a game of a scenario needs."""

    name: str
    """The bundled name or the path by which it was asked for."""
    rules: Rules
    history: History | None
    sources: Sources

    @property
    def scenario(self) -> Scenario:
        """The scenario itself."""
        return self.rules.scenario


def open_crisis(name: str) -> Crisis:
    """The scenario of a bundled name, a folder or a file, compiled.

    Raises :class:`~engine.scenario.problems.ScenarioError`, with every error, where it can't be used.
    """
    report = check_scenario(name)
    if report.scenario is None or report.errors:
        raise ScenarioError(report.errors, report.left_out)
    return Crisis(name, Rules(report.scenario), report.history, report.sources)
