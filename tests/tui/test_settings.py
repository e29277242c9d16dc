"""Files that people write by hand: settings.yaml and keys.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from tests.tui.stage import LARGE, SMALL, open_desk, open_stage
from tui.commands import BY_ID
from tui.screens.confirm import Confirm
from tui.screens.help import Help
from tui.settings import KEYS_FILE, SETTINGS_FILE, Settings, known_keys, read_keys, read_settings, write_settings


def troubles_of(home: Path, settings: str) -> tuple[Settings, str]:
    """What a file of settings gives, and what is wrong with it."""
    (home / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    found, troubles = read_settings(home)
    return found, "\n".join(troubles)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theme: drak", 'theme: "drak" is none of dark, light, contrast, safe, did you mean "dark"?'),
        ("teme: dark", 'unknown setting "teme", did you mean "theme"?'),
        ("confirm: perhaps", "confirm: 'perhaps' should be true or false"),
        ("replay_seconds: 0", "replay_seconds: 0 is not between 0.1 and 60"),
        ("replay_seconds: .nan", "replay_seconds: nan is not between 0.1 and 60"),
        ("replay_seconds: soon", "replay_seconds: 'soon' should be a number"),
        ("theme: [dark]", "theme: "),
        ("theme: {a: b}", "theme: "),
        ("[dark]", "should hold names and values"),
        ("theme: 'dark", "line 1: the usual settings hold"),
        ("\tx", "the usual settings hold"),
        ("? {a: b}\n: c", "the usual settings hold"),
        ("a: &x [*x]", 'unknown setting "a"'),
        ("!!python/object/apply:os.getcwd []", "the usual settings hold"),
    ],
)
def test_bad_settings_are_said_and_left_out(home: Path, text: str, words: str):
    """What is wrong is told with the file, the value and the nearest spelling; the usual setting holds."""
    found, told = troubles_of(home, text)
    assert found == Settings()
    assert words in told and str(home / SETTINGS_FILE) in told


def test_what_is_right_in_a_bad_file_holds(home: Path):
    """One wrong line spoils no other."""
    found, told = troubles_of(home, "theme: light\nglyphs: runes\nreplay_seconds: 3\n")
    assert found == Settings(theme="light", replay_seconds=3.0)
    assert told.count("\n") == 0 and "glyphs" in told


def test_bytes_that_are_no_text_are_said(home: Path):
    """A file in another encoding ends in a sentence."""
    (home / SETTINGS_FILE).write_bytes(b"theme: \xff\xfe")
    found, troubles = read_settings(home)
    assert found == Settings() and "no YAML" in troubles[0]


def test_settings_survive_being_written(home: Path):
    """What is written is read again."""
    wanted = Settings(theme="safe", glyphs="ascii", confirm=False, curtain=False, replay_seconds=0.5)
    assert write_settings(home, wanted) is None
    assert read_settings(home) == (wanted, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("end_trun: t", 'unknown command "end_trun", did you mean "end_turn"?'),
        ("end_turn: u", 'end_turn: the key "u" is that of undo on the same screen'),
        ("end_turn: ctrl+q", 'the key "ctrl+q" is that of finish'),
        ("end_turn: true", "end_turn: write a key, such as ctrl+t, not True"),
        ("end_turn: ''", "write a key"),
        ("end_turn: [t]", "write a key"),
        ("end_turn: control+t", 'no key is called "control+t"'),
        ("end_turn: entre", 'no key is called "entre", did you mean "enter"?'),
        ("end_turn: 't,,z'", 'no key is called ""'),
        ("end_turn: '?'", 'the key "question_mark" is that of help'),
    ],
)
def test_bad_keys_are_said_and_left_out(home: Path, text: str, words: str):
    """A command in doubt keeps the key that it has."""
    (home / KEYS_FILE).write_text(text, encoding="utf-8")
    kept, troubles = read_keys(home, BY_ID)
    assert kept == {}
    assert len(troubles) == 1 and words in troubles[0], troubles


def test_two_commands_may_exchange_their_keys(home: Path):
    """What each gives up the other may have."""
    (home / KEYS_FILE).write_text("undo: r\nredo: u\n", encoding="utf-8")
    assert read_keys(home, BY_ID) == ({"undo": "r", "redo": "u"}, ())


def test_the_same_key_may_stand_on_different_screens(home: Path):
    """The replay's and the desk's commands never meet."""
    (home / KEYS_FILE).write_text("key_moment: e\n", encoding="utf-8")
    assert read_keys(home, BY_ID) == ({"key_moment": "e"}, ())


def test_a_sign_may_stand_for_its_key(home: Path):
    """Whoever writes ; means the key with that sign."""
    (home / KEYS_FILE).write_text("end_turn: ';, f5'\nundo: 5\n", encoding="utf-8")
    assert read_keys(home, BY_ID) == ({"end_turn": "semicolon,f5", "undo": "5"}, ())


def test_every_key_of_the_table_is_known():
    """What the table says may be written in the file too."""
    assert {key for command in BY_ID.values() for key in command.keys.split(",")} <= known_keys()


@pytest.mark.slow
async def test_a_changed_key_works_and_is_shown(home: Path, small: Crisis):
    """The new key ends the turn, the old one does nothing; footer, help and palette name the new one."""
    (home / KEYS_FILE).write_text("end_turn: ctrl+t\n", encoding="utf-8")
    async with open_desk(home, small, ("us",), SMALL) as stage:
        assert "^t End turn" in stage.text.splitlines()[-1]
        await stage.press("question_mark")
        await stage.at(Help)
        assert any("^t" in line and "End turn" in line for line in stage.text.splitlines())
        await stage.press("escape", "e")
        assert not isinstance(stage.app.screen, Confirm)
        await stage.press("ctrl+t")
        await stage.at(Confirm)


async def test_what_is_wrong_is_said_when_the_game_opens(home: Path):
    """Nobody has to look for a log."""
    (home / KEYS_FILE).write_text("end_trun: t\n", encoding="utf-8")
    (home / SETTINGS_FILE).write_text("theme: '[b]drak[/nope]'\n", encoding="utf-8")
    async with open_stage(home, LARGE) as stage:
        assert 'did you mean "end_turn"' in stage.told
        assert 'theme: "[b]drak[/nope]" is none of' in stage.told
        assert stage.app.theme == "dark"
