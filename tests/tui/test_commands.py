"""One table of commands: keys, actions, footers, help and palette agree with it."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from textual.screen import Screen

import tui.screens
from engine.play.crisis import Crisis
from tests.tui.stage import SMALL, Stage, open_desk, open_stage
from tui.app import BrinkApp
from tui.commands import BY_ID, COMMANDS, commands_of
from tui.keys import key_in_words
from tui.screens.help import Help
from tui.screens.place import Asking, Place, Reader


def kinds(kind: type[Screen]) -> set[type[Screen]]:
    """A kind of screen and all that are made from it."""
    return {kind}.union(*(kinds(under) for under in kind.__subclasses__()))


def screens() -> list[type[Screen]]:
    """Every screen of the game that says by what name the table knows it."""
    for module in pkgutil.iter_modules(tui.screens.__path__):
        importlib.import_module(f"tui.screens.{module.name}")
    own = {found for kind in (Place, Asking) for found in kinds(kind) if found.__module__.startswith("tui.")}
    return sorted((found for found in own if "PLACE" in vars(found)), key=lambda found: found.__name__)


def game_screens() -> list[type[Screen]]:
    """The same without those that only others are made from."""
    return [screen for screen in screens() if screen.PLACE != "screen"]  # type: ignore[attr-defined]


def keys_at(place: str) -> list[str]:
    """Every key that does something on a screen, once for each command that has it."""
    return [key for command in commands_of(place) for key in command.keys.split(",")]


SWALLOWED = {
    "ctrl+b": "tmux",
    "ctrl+a": "screen",
    "ctrl+c": "interrupts",
    "ctrl+z": "stops",
    "ctrl+s": "stops output",
    "ctrl+backslash": "ends",
    "ctrl+d": "the end of input",
    "ctrl+j": "Enter in many terminals",
    "ctrl+m": "Enter",
    "ctrl+i": "Tab",
    "ctrl+h": "Backspace in many terminals",
    "ctrl+enter": "not told apart from Enter",
    "shift+enter": "not told apart from Enter",
    "ctrl+v": "pastes in many terminals",
    "f11": "the whole screen in many terminals",
    "f10": "the menu of many terminals",
}
"""Keys that do not reach a program, or mean something else; ctrl+q does, since the screens turn flow control off."""


def test_ids_and_words_are_unique_and_whole():
    """No two commands have one id; each has a label, a sentence, a key and a place."""
    assert len(BY_ID) == len(COMMANDS)
    for command in COMMANDS:
        assert command.label and command.text.endswith(".") and command.keys and command.places
        assert set(command.footer) <= set(command.places), f"{command.id}: a footer of a screen where it can't be done"


def test_every_place_of_the_table_is_a_screen():
    """The table names no screen that there is not."""
    known = {screen.PLACE for screen in game_screens()} | {"app", "screen"}  # type: ignore[attr-defined]
    named = {place for command in COMMANDS for place in command.places}
    assert named <= known, f"no screen is called {sorted(named - known)}"


@pytest.mark.parametrize("screen", game_screens(), ids=lambda screen: screen.__name__)
def test_every_command_has_its_action(screen):
    """Every command of the table can be done on the screens that it names."""
    for command in commands_of(screen.PLACE):
        holder = BrinkApp if "app" in command.places else screen
        assert hasattr(holder, f"action_{command.id}"), f"{holder.__name__} can't {command.id}"


@pytest.mark.parametrize("screen", [*game_screens(), BrinkApp], ids=lambda screen: screen.__name__)
def test_every_action_has_its_command(screen):
    """What a screen of the game can do, the table names; nothing is hidden."""
    place = getattr(screen, "PLACE", "app")
    known = {command.id for command in commands_of(place)} | {"quit"}
    own = {name.removeprefix("action_") for name in vars(screen) if name.startswith("action_")} - {"command_palette"}
    assert own <= known, f"without a command: {sorted(own - known)}"


@pytest.mark.parametrize("screen", game_screens(), ids=lambda screen: screen.__name__)
def test_no_key_has_two_meanings_on_a_screen(screen):
    """Each key does one thing on a screen."""
    keys = keys_at(screen.PLACE)
    twice = {key for key in keys if keys.count(key) > 1}
    own = {key for c in COMMANDS if screen.PLACE in c.places for key in c.keys.split(",")}
    assert not twice, f"{screen.PLACE}: {twice & own or twice}"


def test_no_key_is_one_that_terminals_keep():
    """Every key reaches the program under tmux, screen and the usual terminals."""
    for command in COMMANDS:
        for key in command.keys.split(","):
            assert key not in SWALLOWED, f"{command.id}: {key}: {SWALLOWED.get(key)}"
            assert not key.startswith("alt+"), f"{command.id}: {key} is sent as Esc and a letter"


@pytest.mark.slow
async def test_help_names_every_key_of_a_screen(home: Path):
    """Whoever asks for help on any screen reads each of its commands with its keys."""
    async with open_stage(home, (120, 60)) as stage:
        for screen in game_screens():
            place: str = screen.PLACE  # type: ignore[attr-defined]
            stage.app.push_screen(Help(place, screen.__doc__ or ""))
            await stage.at(Help)
            told = "\n".join(str(line) for line in stage.app.screen.lines(100))  # type: ignore[attr-defined]
            for command in commands_of(place):
                assert key_in_words(command.keys) in told, f"{place}: {command.keys}"
                assert command.label in told and command.text in told
            stage.app.pop_screen()


def footer_of(stage: Stage) -> str:
    """The line at the foot, as it is drawn."""
    return stage.text.splitlines()[-1]


def is_whole(stage: Stage) -> bool:
    """Whether every command of the footer lies within the terminal and is drawn."""
    bindings = [active.binding for active in stage.app.screen.active_bindings.values() if active.binding.show]
    return bool(bindings) and all(binding.description in footer_of(stage) for binding in bindings)


@pytest.mark.slow
@pytest.mark.parametrize("keys", ["", "e", "i", "f", "c", "a", "h", "b", "w", "x", "question_mark", "comma"])
async def test_footers_are_whole_at_eighty_columns(home: Path, small: Crisis, keys: str):
    """Nothing of a footer is cut on the smallest of the usual terminals."""
    async with open_desk(home, small, ("us",), SMALL) as stage:
        await stage.press("2", *([keys] if keys else []))
        assert is_whole(stage), footer_of(stage)


@pytest.mark.slow
async def test_the_palette_lists_commands_and_runs_them(home: Path, small: Crisis):
    """A few letters of a command's name find it, and Enter does it."""
    from tui.screens.readers import Calendar

    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("colon")
        await stage.until(lambda: "End turn" in stage.text)
        await stage.press(*"calend")
        await stage.until(lambda: "Calendar  (c)" in stage.text)
        await stage.press("down", "enter")
        await stage.at(Calendar)


async def test_the_palette_offers_what_the_screen_offers(home: Path, small: Crisis):
    """Every command that can be done now is found by its name, and none that can't."""
    from tui.palette import CommandProvider

    async with open_desk(home, small, ("us",)) as stage:
        provider = CommandProvider(stage.app.screen)
        names = {command.id for command in provider._offered()}
        expected = {command.id for command in commands_of("desk")} - {"palette", "undo", "redo", "speak"}
        assert names == expected, "nothing is there to be undone, and in this scenario nobody gives its word"


def test_readers_are_read_with_the_same_keys():
    """Screens that are read from top to bottom can be left by Esc like all others."""
    for kind in kinds(Reader):
        assert hasattr(kind, "action_leave")
