"""Where the scenario of a save is: saves remember the place, and it is looked for again from any folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from engine.play.journal_format import Place, SaveError
from engine.scenario.load import load_scenario, scenario_hash
from engine.scenario.places import find_scenario, list_scenarios
from engine.scenario.problems import ScenarioError, escaped

REMEDY = "--scenario PATH says where it is"
"""What to do where a scenario is not found."""


class Placed(Protocol):
    """What remembers a scenario: a journal, or a line in a list of saves."""

    @property
    def scenario(self) -> str:
        """Its id."""

    @property
    def scenario_hash(self) -> str:
        """The fingerprint of its content."""

    @property
    def place(self) -> Place | None:
        """Where it was."""


def place_of(asked: str) -> Place | None:
    """The place of the scenario of a name or path, to be remembered; None where it comes with the game.

    Nor is a path remembered that is no text in UTF-8, for no save could hold it.
    """
    if asked in list_scenarios():
        return None
    file = str(find_scenario(asked).file.absolute())
    try:
        (asked + file).encode()
    except UnicodeEncodeError:
        return None
    return Place(given=asked, path=file)


def find_again(saved: Placed, beside: Path | None = None) -> str:
    """The name or path under which the scenario of a save is now; the one with the same content, where there are more.

    It is looked for where it was, then from the folder of today and from ``beside``, the folder of the save, by the
    path by which it was asked for. Raises :class:`SaveError` with what to do.
    """
    found = [path for path in dict.fromkeys(_candidates(saved, beside)) if _is_there(path)]
    if not found:
        raise SaveError(_gone(saved))
    return next((path for path in found if len(found) == 1 or _has_content(path, saved.scenario_hash)), found[0])


def _candidates(saved: Placed, beside: Path | None) -> Iterator[str]:
    place = saved.place
    if place is not None:
        yield place.path
        yield str(Path(place.given).absolute())
        if beside is not None:
            yield str(beside.absolute() / place.given)
            yield str(beside.absolute() / Path(place.path).name)
    if saved.scenario in list_scenarios():
        yield saved.scenario


def _is_there(path: str) -> bool:
    try:
        return find_scenario(path).file.is_file()
    except (ScenarioError, OSError, ValueError):
        return False


def _has_content(path: str, content: str) -> bool:
    try:
        return scenario_hash(load_scenario(path)) == content
    except ScenarioError:
        return False


def _gone(saved: Placed) -> str:
    name = escaped(saved.scenario)[:60]
    if saved.place is None:
        return f'the scenario "{name}" of this save does not come with the game, and its place is not known: {REMEDY}'
    return f'the scenario "{name}" of this save is no longer at {escaped(saved.place.path)}: {REMEDY}'
