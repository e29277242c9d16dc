"""What the files of a scenario say at one moment: what a check finds in them, and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.play.workshop.choices import Played
from engine.scenario.files import read_text
from engine.scenario.findings import FINDINGS
from engine.scenario.findings.pages import page_lines
from engine.scenario.load import Report, check_scenario
from engine.scenario.models import Scenario
from engine.scenario.places import ScenarioPlace
from engine.scenario.problems import RANKS, Problem, Problems, ScenarioError
from engine.scenario.watched import Signature

__all__ = ["Draft", "Problem", "check", "explanation", "fit_scenario", "lines_of"]


@dataclass(frozen=True)
class Draft:
    """The files as they were saved last, and the game that was played in them again."""

    signature: Signature
    report: Report
    lines: Mapping[str, tuple[str, ...]]
    """Of each file in which something was found its lines, by the name that messages have for it."""
    played: Played | None
    """None where the scenario can't be used."""

    @property
    def findings(self) -> tuple[Problem, ...]:
        """Everything that was found, the gravest first, each kind in the order of the files."""
        return tuple(sorted(self.report.problems, key=lambda problem: RANKS[problem.severity]))

    def shown(self, problem: Problem) -> tuple[str, str] | None:
        """The line that a finding is about, and a caret below its column; None where it is about no line."""
        lines = self.lines.get(problem.file, ())
        if not 1 <= problem.line <= len(lines):
            return None
        return lines[problem.line - 1], " " * (problem.column - 1) + "^"


def check(name: str, place: ScenarioPlace) -> Report:
    """What a check finds, also where the file has gone."""
    try:
        return check_scenario(name)
    except ScenarioError as error:
        return Report(place.shown_as, error.problems, None)


def fit_scenario(report: Report) -> Scenario | None:
    """The scenario, where it can be used."""
    return None if report.errors or report.left_out else report.scenario


def lines_of(place: ScenarioPlace, report: Report) -> dict[str, tuple[str, ...]]:
    """The lines of each file in which something was found."""
    return {name: tuple(_lines(place, name)) for name in {problem.file for problem in report.problems}}


def _lines(place: ScenarioPlace, name: str) -> list[str]:
    path = place.file if name == place.shown_as else place.folder / _beside(place, name)
    return (read_text(path, Problems(name)) or "").splitlines()


def _beside(place: ScenarioPlace, name: str) -> Path:
    """A file's path from the scenario's folder, where it is in it."""
    path, folder = Path(name), Path(place.shown_as).parent
    return path.relative_to(folder) if path.is_relative_to(folder) else path


def explanation(code: str, width: int) -> Iterator[str]:
    """The page of a finding, for a number of columns; nothing where it has none."""
    finding = FINDINGS.get(code)
    return iter(()) if finding is None else page_lines(finding, width)
