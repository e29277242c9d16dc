"""Whether the parts of a scenario fit each other: names, expressions, numbers, dates."""

from __future__ import annotations

from engine.scenario.document import Document
from engine.scenario.models import Scenario
from engine.scenario.problems import Problems


def check_references(scenario: Scenario, document: Document, problems: Problems) -> None:
    """Notes everything that does not fit."""
