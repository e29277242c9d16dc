"""The game as a process in a terminal: it starts, it ends, and whatever happens to it, nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from engine.play.store import Store
from tests.tui.terminal import TOP, Terminal

pytestmark = pytest.mark.slow

DOWN, ENTER, ESC, QUIT = "\x1b[B", "\r", "\x1b", "\x11"


def with_a_move(terminal: Terminal) -> None:
    """From the choice of a side to a desk on which the first option is chosen."""
    terminal.until("Russia")
    terminal.press(ENTER)
    terminal.until("turn 1/10")
    terminal.press("2")
    terminal.until("Warn")
    terminal.press(DOWN + ENTER)
    terminal.until("moves 1/2")


def chosen(home: Path, crisis: Crisis) -> int:
    """How many moves are chosen in the latest game of a home."""
    store = Store(home / "saves")
    latest = store.latest()
    assert latest is not None and latest.trouble is None
    return len(store.load(latest.id, crisis.rules).orders("russia").moves)


def test_it_starts_opens_a_panel_and_quits(home: Path, small: Crisis):
    """A first picture, a panel by its key, silence while nothing happens, and a terminal left as it was."""
    with Terminal(home, small.name, "--seed", "7") as terminal:
        with_a_move(terminal)
        terminal.until("2,000 futures", 60)
        assert any(terminal.read(2.0) == 0 for _again in range(15)), "it never comes to rest"
        assert [terminal.read(2.0) for _again in range(3)] == [0, 0, 0], "nothing is sent while nothing happens"
        terminal.press("3")
        terminal.until("the world:")
        terminal.press(QUIT)
        assert terminal.end() == 0
        assert b"\x1b[?1049l" in terminal.received and b"\x1b[?25h" in terminal.received


def test_killed_in_mid_turn_it_goes_on_from_the_title(home: Path, small: Crisis):
    """After kill -9 the title offers the game, and what was chosen is chosen."""
    with Terminal(home, small.name, "--seed", "7") as terminal:
        with_a_move(terminal)
        terminal.kill()
    assert chosen(home, small) == 1
    with Terminal(home) as terminal:
        terminal.until("Continue")


def test_without_room_for_saves_the_game_goes_on(home: Path, small: Crisis):
    """Where nothing can be written, that is said, the turn can be played, and leaving says so with exit code 1."""
    with Terminal(home, small.name, "--seed", "7", largest_file=64, size=(120, 40)) as terminal:
        terminal.until("Russia")
        terminal.press(ENTER)
        terminal.until("turn 1/10")
        terminal.until("Not kept")
        terminal.press("e")
        terminal.until("Send this turn?")
        terminal.press(ENTER)
        terminal.until("What happened")
        terminal.press(QUIT)
        assert terminal.end() == 1
        assert "the game is not kept: " in terminal.text
        assert "the disk is full" in terminal.text


def test_a_file_where_the_folder_should_be_is_said(home: Path, small: Crisis):
    """A file called saves gives a sentence, and the game goes on; so does leaving, by a signal too."""
    (home / "saves").write_text("not a folder", encoding="utf-8")
    with Terminal(home, small.name, "--seed", "7", size=(120, 40)) as terminal:
        terminal.until("Russia")
        terminal.press(ENTER)
        terminal.until("Not kept")
        terminal.press("2")
        terminal.until("Warn")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.end() == 1
        assert "the game is not kept: " in terminal.text
        assert ".json can't be written" in "".join(terminal.text.split("\n"))


def test_a_damaged_save_is_said(home: Path, tmp_path: Path):
    """A save that is no save: a sentence, no traceback, and the title below it."""
    damaged = tmp_path / "damaged.json"
    damaged.write_text('{"journal_format": 3, "turns": [', encoding="utf-8")
    with Terminal(home, "--load", str(damaged), size=(120, 40)) as terminal:
        terminal.until("damaged.json")
        assert "Traceback" not in terminal.text
        terminal.press(QUIT)
        assert terminal.end() == 0


def test_a_very_small_terminal_stays_usable(home: Path, small: Crisis):
    """At 40 by 10 the game neither ends nor loses its keys; when the window grows, all is there."""
    with Terminal(home, small.name, "--seed", "7", size=(40, 10)) as terminal:
        terminal.until("Russia")
        terminal.press(ENTER)
        terminal.until("turn 1/10")
        terminal.resize(80, 24)
        os.kill(terminal.pid, signal.SIGWINCH)
        terminal.press("2")
        terminal.until("Warn")
        terminal.press(QUIT)
        assert terminal.end() == 0


def test_without_a_terminal_it_says_so(home: Path):
    """In a pipe the screens are not opened, and the sentence names the way out."""
    command = [sys.executable, "-m", "engine.cli", "play"]
    done = subprocess.run(
        command, cwd=TOP, env={**os.environ, "BRINK_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "not a terminal" in done.stderr and "--plain" in done.stderr and "Traceback" not in done.stderr
