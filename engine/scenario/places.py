"""Where scenarios live: bundled ones by name, others by path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from engine.expressions import nearest
from engine.scenario.problems import Problem, ScenarioError, quoted
from engine.scenario.spelling import there_are

ABOVE = Path(__file__).resolve().parents[2]
"""The folder that holds ``engine``: a checkout, or where packages are installed."""


def is_checkout() -> bool:
    """Whether the game runs from its repository, and not from where a package was installed."""
    return (ABOVE / "pyproject.toml").is_file()


def home_of_texts() -> Path:
    """The folder of ``scenarios`` and ``seeds``: the checkout, or the package that the wheel puts them into."""
    return ABOVE if is_checkout() else ABOVE / "brinkmanship"


BUNDLED = home_of_texts() / "scenarios"
"""The scenarios that come with the game, a folder each."""

SEEDS = home_of_texts() / "seeds"
"""The articles that every scenario may quote."""

SCENARIO_FILE, HISTORY_FILE, SOURCES_FOLDER = "scenario.yaml", "history.yaml", "sources"
CODERS_FOLDER, CARD_FILE = "coders", "card.json"
"""What a scenario's folder holds."""


@dataclass(frozen=True)
class ScenarioPlace:
    """The file of one scenario, and how messages call it."""

    file: Path
    shown_as: str
    is_found: bool = False
    """It was found in a folder that was named, and is not the file that was."""

    @property
    def folder(self) -> Path:
        """The folder that the scenario's file is in."""
        return self.file.parent

    def beside(self, name: str) -> str:
        """How messages call a neighbour of the scenario's file."""
        return str(Path(self.shown_as).parent / name)


def list_scenarios() -> tuple[str, ...]:
    """The names of the bundled scenarios, in alphabetical order."""
    if not BUNDLED.is_dir():
        return ()
    return tuple(sorted(folder.name for folder in BUNDLED.iterdir() if (folder / SCENARIO_FILE).is_file()))


def find_scenario(path_or_name: str | Path) -> ScenarioPlace:
    """The scenario of a name (a bundled one) or a path (a folder or file).

    Raises :class:`~engine.scenario.problems.ScenarioError` where there is none.
    """
    wanted = str(path_or_name)
    if isinstance(path_or_name, str) and wanted in list_scenarios():
        return ScenarioPlace(BUNDLED / wanted / SCENARIO_FILE, f"scenarios/{wanted}/{SCENARIO_FILE}")
    path = Path(wanted)
    try:
        if wanted and path.is_dir():
            return ScenarioPlace(path / SCENARIO_FILE, str(path / SCENARIO_FILE), is_found=True)
        is_there = path.exists()
    except (OSError, ValueError):
        is_there = False
    if is_there or not looks_like_name(wanted):
        return ScenarioPlace(path, wanted)
    raise ScenarioError([Problem(wanted, 0, 0, "error", "", unknown_scenario(wanted))])


def looks_like_name(wanted: str) -> bool:
    """Whether somebody who wrote this meant a name and not a path."""
    return re.fullmatch(r"[\w-]*", wanted) is not None


def unknown_scenario(name: str) -> str:
    """Which scenarios there are instead."""
    known = list_scenarios()
    near = nearest(name, known)
    hint = f', did you mean "{near}"?' if near else ""
    return f"there is no scenario {quoted(name)}{hint} ({there_are(known)})"
