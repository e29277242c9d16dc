"""Scenarios that are not bundled: opened once by their path, they are found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from tests.tui.stage import SEED, open_stage
from tui.known import KNOWN_FILE, known_scenarios, remember
from tui.screens.choose import Choose
from tui.screens.crises import Crises
from tui.screens.desk import Desk
from tui.start import Start

pytestmark = pytest.mark.slow


async def test_a_game_of_ones_own_scenario_goes_on_from_the_title(home: Path, small: Crisis):
    """One process opens a scenario by its path and plays; the next, which was told no path, continues."""
    by_path = Start(scenario=small.name, seed=SEED, workers=0, futures=8)
    async with open_stage(home, start=by_path) as stage:
        await stage.at(Choose)
        await stage.sees("Russia")
        await stage.press("enter")
        await stage.at(Desk)
        game = stage.session.id
    async with open_stage(home) as stage:
        await stage.sees("Continue")
        await stage.press("enter")
        await stage.at(Desk)
        assert stage.session.id == game


async def test_the_list_of_crises_has_it(home: Path, small: Crisis):
    """Below those that come with the game; Enter leads to its sides."""
    remember(home, small.scenario.id, small.name)
    async with open_stage(home) as stage:
        stage.app.push_screen(Crises())
        await stage.at(Crises)
        await stage.sees(small.scenario.id)
        await stage.press("end", "enter")
        await stage.at(Choose)
        await stage.sees("Russia")


def test_the_latest_path_counts(tmp_path: Path):
    """What has moved is known by its new place, what is gone is not known, and the latest comes first."""
    places = [tmp_path / name for name in ("a", "b", "c")]
    for place in places:
        place.mkdir()
    remember(tmp_path, "one", str(places[0]))
    remember(tmp_path, "two", str(places[1]))
    remember(tmp_path, "one", str(places[2]))
    assert list(known_scenarios(tmp_path).items()) == [("one", str(places[2])), ("two", str(places[1]))]
    places[2].rmdir()
    assert dict(known_scenarios(tmp_path)) == {"two": str(places[1])}


@pytest.mark.parametrize("text", ["[1, 2]", "{", "one: 1\n"])
def test_a_damaged_list_is_an_empty_one(tmp_path: Path, text: str):
    """Nothing in it is believed, and it is written anew."""
    (tmp_path / KNOWN_FILE).write_text(text, encoding="utf-8")
    assert not known_scenarios(tmp_path)
    remember(tmp_path, "one", str(tmp_path))
    assert dict(known_scenarios(tmp_path)) == {"one": str(tmp_path)}


def test_where_nothing_can_be_written_it_is_not_remembered(tmp_path: Path):
    """A file in the way of the folder stops nobody."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    remember(tmp_path / "file", "one", str(tmp_path))
    assert not known_scenarios(tmp_path / "file")
