"""Before a game: title, crises, choice of a side, settings, help."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from engine.play.levels import LEVELS
from tests.tui.stage import LARGE, SEED, SMALL, open_desk, open_stage
from tui.screens.choose import Choose
from tui.screens.crises import Crises
from tui.screens.desk import Desk
from tui.screens.help import Help
from tui.screens.settings import SettingsScreen
from tui.screens.title import Title
from tui.settings import SETTINGS_FILE, Settings, read_settings
from tui.start import Start

pytestmark = pytest.mark.slow


def choice(crisis: Crisis) -> Start:
    """Opened with a crisis, as `brink play SCENARIO` does."""
    return Start(scenario=crisis.name, seed=SEED, workers=0, futures=20)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_title_offers_what_there_is_to_do(home: Path, size: tuple[int, int]):
    """Every line of the title is in view, and there is nothing to go on with at first."""
    async with open_stage(home, size) as stage:
        for line in ("B R I N K", "New game", "Games and branches", "Runs of a batch", "Settings", "Help", "Quit"):
            assert line in stage.text
        assert "Continue" not in stage.text


async def test_esc_on_the_title_leads_nowhere(home: Path):
    """There is nothing before the title."""
    async with open_stage(home) as stage:
        await stage.press("escape")
        await stage.at(Title)


async def test_from_the_title_to_a_desk_by_enter_alone(home: Path, small: Crisis, monkeypatch: pytest.MonkeyPatch):
    """New game, a crisis, a side: three times Enter."""
    monkeypatch.setattr("engine.play.crisis.list_scenarios", lambda: (small.name,))
    async with open_stage(home, crises=(small,)) as stage:
        await stage.press("enter")
        await stage.at(Crises)
        await stage.sees(small.scenario.title)
        await stage.press("enter")
        await stage.at(Choose)
        await stage.sees("United States")
        await stage.press("enter")
        await stage.at(Desk)
        assert stage.session.people == ("russia",)
        assert stage.session.game.scenario_seed == SEED


async def test_a_crisis_that_cannot_be_played_says_why(home: Path, tmp_path: Path):
    """What is wrong with a scenario stands on the screen, and nothing can be begun."""
    broken = tmp_path / "scenario.yaml"
    broken.write_text("scenario_format: 1\nid: broken\n", encoding="utf-8")
    async with open_stage(home, LARGE, start=Start(scenario=str(broken))) as stage:
        await stage.sees("can't be played")
        assert "title" in stage.text
        await stage.press("enter")
        assert isinstance(stage.app.screen, Choose)


async def test_choosing_a_side_difficulty_and_people(home: Path, small: Crisis):
    """d changes the difficulty, Space seats another person, and both hold in the game."""
    async with open_stage(home, LARGE, (small,), choice(small)) as stage:
        screen = await stage.at(Choose)
        await stage.sees("United States")
        before = stage.text
        await stage.press("d")
        assert stage.text != before and screen.level_number == 1
        await stage.press("space", "down")
        assert screen.people == ["russia"]
        await stage.press("enter")
        await stage.at(Desk)
        assert stage.session.people == ("russia", "us")
        assert stage.session.level is LEVELS["attache"]


async def test_a_person_can_stand_up_again(home: Path, small: Crisis):
    """Space once more leaves the seat."""
    async with open_stage(home, LARGE, (small,), choice(small)) as stage:
        screen = await stage.at(Choose)
        await stage.sees("United States")
        await stage.press("space", "space")
        assert screen.people == []


async def test_watching_takes_no_seat(home: Path, small: Crisis):
    """The last line begins a game in which nobody sits, and its turns can be ended all the same."""
    from tui.screens.report import Report

    async with open_stage(home, LARGE, (small,), choice(small)) as stage:
        await stage.at(Choose)
        await stage.sees("Watch")
        await stage.press("end", "enter")
        await stage.at(Desk)
        assert stage.session.people == ()
        await stage.press("2")
        await stage.sees("You sit in no seat")
        await stage.press("e")
        await stage.at(Report)
        assert stage.session.turn == 1


async def test_a_game_can_be_gone_on_with_from_the_title(home: Path, small: Crisis):
    """Left by Esc, the game stands first on the title, and Enter goes on with what was chosen."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        await stage.press("2", "down", "enter")
        chosen = stage.session.orders("us")
        assert chosen.moves
        await stage.press("escape", "escape")
        await stage.at(Title)
        await stage.sees("Continue")
        await stage.press("enter")
        await stage.at(Desk)
        assert stage.session.orders("us") == chosen


async def test_settings_go_through_their_values_and_are_kept(home: Path):
    """Enter moves a setting on; the file holds it at once; the next start reads it."""
    async with open_stage(home) as stage:
        await stage.press("comma")
        await stage.at(SettingsScreen)
        assert str(home / SETTINGS_FILE)[:20] in stage.text.replace("\n", "")
        await stage.press("enter")
        assert stage.app.theme == "light"
        assert read_settings(home) == (Settings(theme="light"), ())
        await stage.press("down", "enter", "enter")
        assert stage.app.glyphs.name == "ascii"
        await stage.press("down", "enter", "down", "enter", "down", "enter")
        kept, troubles = read_settings(home)
        assert not troubles
        assert (kept.confirm, kept.curtain, kept.replay_seconds) == (False, False, 3.0)
        await stage.press("comma")
        assert len(stage.app.screen_stack) == 3, "the settings are opened once"
        await stage.press("escape")
        await stage.at(Title)


async def test_settings_that_cannot_be_kept_are_used_all_the_same(home: Path):
    """A folder that can't be written gives a sentence, and the colours change."""
    (home / SETTINGS_FILE).mkdir()
    async with open_stage(home, LARGE) as stage:
        await stage.press("comma", "enter")
        assert stage.app.theme == "light"
        assert "can't be written" in stage.told


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_is_about_the_screen_below(home: Path, small: Crisis, key: str):
    """Help on the desk tells of the desk; help on help opens no second one."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        await stage.press(key)
        await stage.at(Help)
        assert "Your desk" in stage.text and "End turn" in stage.text
        depth = len(stage.app.screen_stack)
        await stage.press(key)
        assert len(stage.app.screen_stack) == depth
        await stage.press("escape")
        await stage.at(Desk)


async def test_quit_keeps_the_game(home: Path, small: Crisis):
    """ctrl+q leaves at once; what was chosen is in the file."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("2", "down", "enter")
        store, game = stage.app.store, stage.session.id
        await stage.pilot.press("ctrl+q")
        assert stage.app.match is None
        assert store.load(game, small.rules).orders("us").moves


async def test_the_mouse_chooses_too(home: Path, small: Crisis):
    """A click on a line of the title does what Enter does."""
    async with open_stage(home) as stage:
        line = next(number for number, text in enumerate(stage.text.splitlines()) if "Settings" in text)
        await stage.pilot.click(offset=(8, line))
        await stage.at(SettingsScreen)


async def test_who_names_a_side_and_a_level_has_them_before_the_eyes(home: Path, small: Crisis):
    """Of one side the briefing is in view, and Enter begins; of two, both have sat down."""
    one = Start(scenario=small.name, people=("us",), level="envoy", seed=SEED, workers=0, futures=8)
    async with open_stage(home, start=one) as stage:
        await stage.sees("Difficulty Envoy")
        await stage.press("enter")
        await stage.at(Desk)
        assert (stage.session.people, stage.session.level.id) == (("us",), "envoy")
    two = Start(scenario=small.name, people=("russia", "us"), seed=SEED, workers=0, futures=8)
    async with open_stage(home, start=two) as stage:
        await stage.sees("Russia")
        await stage.press("enter")
        await stage.at(Desk)
        assert stage.session.people == ("russia", "us")


async def test_escape_from_the_first_screen_leads_to_the_title(home: Path, small: Crisis):
    """Who named a scenario on the command line sees its sides first; the title lies behind them, and offers games."""
    by_name = Start(scenario=small.name, seed=SEED, workers=0, futures=8)
    async with open_stage(home, start=by_name) as stage:
        await stage.sees("Russia")
        assert "A game is kept" not in stage.text
        await stage.press("enter")
        await stage.at(Desk)
    async with open_stage(home, start=by_name) as stage:
        await stage.sees("A game is kept: Esc, then Continue")
        await stage.press("escape")
        await stage.at(Title)
        await stage.sees("Continue")
        await stage.press("enter")
        await stage.at(Desk)
