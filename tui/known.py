"""Where scenarios that are not bundled were opened last, so that their games go on from the title.

Saves know their scenario by its id alone, since a path means nothing on another machine. ``scenarios.yaml`` in the
folder of the settings holds a path for each id.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from tui.settings import read_mapping, write_mapping

KNOWN_FILE = "scenarios.yaml"

MOST_KNOWN = 50
"""Scenarios that are remembered; the ones opened longest ago give way."""


def known_scenarios(folder: Path) -> Mapping[str, str]:
    """The path of each scenario by its id, the one opened last first; those that are gone are left out."""
    found, _troubles = read_mapping(folder / KNOWN_FILE)
    paths = {str(scenario): str(path) for scenario, path in found.items()}
    return {scenario: path for scenario, path in paths.items() if Path(path).exists()}


def remember(folder: Path, scenario: str, path: str) -> None:
    """Keep where a scenario is; where nothing can be written, it is not remembered."""
    place = str(Path(path).absolute())
    before = known_scenarios(folder)
    if next(iter(before.items()), None) == (scenario, place):
        return
    others = [(known, at) for known, at in before.items() if known != scenario]
    with contextlib.suppress(OSError):
        write_mapping(folder / KNOWN_FILE, dict([(scenario, place), *others][:MOST_KNOWN]))
