"""Ended from outside, by signals and keys: the terminal is as it was, the game is kept, the exit code is right."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from engine.ending import ENDINGS, name_of
from engine.play.crisis import Crisis
from tests.tui.terminal import Terminal
from tests.tui.test_process import QUIT, chosen, with_a_move

pytestmark = pytest.mark.slow

KEYS = {"ctrl+c": ("\x03", 130), "ctrl+backslash": ("\x1c", 131), "ctrl+q": (QUIT, 0)}


def test_every_signal_that_ends_a_program_is_heard():
    """But those that nothing can hear, that faults of the program send, that end nothing, and that Python ignores."""
    unheard = {"SIGKILL", "SIGSTOP", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGPIPE", "SIGXFSZ"}
    harmless = {"SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGINFO"}
    names = {name_of(number) for number in ENDINGS}
    assert {each.name for each in signal.valid_signals() if isinstance(each, signal.Signals)} - names <= (
        unheard | harmless | {"SIGRTMAX"}
    )
    assert all(number in ENDINGS for number in signal.valid_signals() if not isinstance(number, signal.Signals))


def workers_of(pid: int) -> set[int]:
    """The processes that a process has started."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return {int(word) for word in found.stdout.split()}


def are_gone(workers: set[int], seconds: float = 60) -> bool:
    """Whether some processes have ended within some time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            return True
        time.sleep(0.05)
    return False


def check(terminal: Terminal, code: int, home: Path, crisis: Crisis, workers: set[int]) -> None:
    """That the game has ended well."""
    assert workers
    assert terminal.end() == code
    assert not terminal.left_on
    assert terminal.is_as_it_was
    assert "Traceback" not in terminal.text
    assert "he game is kept" in terminal.text
    assert chosen(home, crisis) == 1
    assert are_gone(workers)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGRTMIN"])
def test_a_signal_ends_the_screens_well(home: Path, small: Crisis, name: str):
    """128 and the number of the signal, the sentence after the game is kept, no worker left."""
    number = signal.Signals[name]
    with Terminal(home, small.name, "--seed", "7") as terminal:
        with_a_move(terminal)
        workers = workers_of(terminal.pid)
        os.kill(terminal.pid, number)
        check(terminal, 128 + number, home, small, workers)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_ends_the_screens_well(home: Path, small: Crisis, key: str):
    """As its signal does; over a question too."""
    keys, code = KEYS[key]
    with Terminal(home, small.name, "--seed", "7") as terminal:
        with_a_move(terminal)
        terminal.press("e")
        terminal.until("Send this turn?")
        workers = workers_of(terminal.pid)
        terminal.press(keys)
        check(terminal, code, home, small, workers)


@pytest.mark.parametrize("name", ["SIGINT", "SIGQUIT"])
def test_a_second_signal_during_the_first_changes_nothing(home: Path, small: Crisis, name: str):
    """Three in a row, of two kinds."""
    number = signal.Signals[name]
    with Terminal(home, small.name, "--seed", "7") as terminal:
        with_a_move(terminal)
        workers = workers_of(terminal.pid)
        for again in (number, number, signal.SIGTERM):
            os.kill(terminal.pid, again)
            time.sleep(0.1)
        check(terminal, 128 + number, home, small, workers)


def in_a_shell(home: Path, scenario: str) -> Terminal:
    """A shell with jobs."""
    terminal = Terminal(home, shell="--noediting -i")
    terminal.until("prompt>")
    terminal.press(f"stty -a | head -2; $BRINK play {scenario} --seed 7; echo code $?\r")
    return terminal


def test_ctrl_z_stops_the_job_and_it_comes_back(home: Path, small: Crisis):
    """The shell has its terminal back; `fg` draws the game anew with everything switched on, and keys work."""
    with in_a_shell(home, small.name) as terminal:
        with_a_move(terminal)
        on = terminal.left_on
        terminal.press("\x1a")
        terminal.until("Stopped")
        assert not terminal.left_on
        terminal.press("echo typed in the $((1 + 1))nd shell\r")
        terminal.until("typed in the 2nd shell")
        terminal.press("bg\r")
        terminal.until(" &")
        time.sleep(0.5)
        terminal.press("jobs\r")
        terminal.until(lambda: terminal.text.count("Stopped") >= 2)
        assert not terminal.left_on
        terminal.press("fg\r")
        terminal.until("moves 1/2")
        terminal.until(lambda: terminal.left_on == on)
        terminal.press("3")
        terminal.until("the world:")
        terminal.press("\x1a")
        terminal.until("Stopped")
        terminal.press("kill -TERM %1; fg\r")
        terminal.until("The game is kept")
        assert not terminal.left_on
    assert chosen(home, small) == 1


def test_where_no_shell_waits_ctrl_z_is_told_and_bytes_that_are_no_keys_are_survived(home: Path, small: Crisis):
    """The game has the terminal for itself: it says so, and goes on; what comes then is no text in UTF-8.

    Sequences stop half-way, and there are reports that nobody asked for.
    """
    with Terminal(home, small.name, "--seed", "7", size=(120, 40)) as terminal:
        with_a_move(terminal)
        terminal.press("\x1a")
        terminal.until("No shell waits")
        for odd in (b"\xff", b"\xc3", b"\x80\x81", b"\x1b[", b"\x1b[<0;", b"\x1b[999;999R", b"\x1b]52;c;", b"\x00"):
            os.write(terminal.fd, odd)
            terminal.read(0.2)
        os.write(terminal.fd, b"\x1b\\\x1b")
        terminal.until(lambda: pressed(terminal, "3", "the world:"))
        workers = workers_of(terminal.pid)
        terminal.press(QUIT)
        check(terminal, 0, home, small, workers)


def pressed(terminal: Terminal, key: str, words: str) -> bool:
    """Whether a key has brought some words into view; what is pressed while a terminal comes back may be lost."""
    terminal.press(key)
    return words in terminal.text


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_stopped_by_somebody_else_it_comes_back_with_everything_on(home: Path, small: Crisis, number: int):
    """Whoever stops it need not be its shell; afterwards the terminal is as it was before the game."""
    with Terminal(home, small.name, "--seed", "7") as terminal:
        with_a_move(terminal)
        on = terminal.left_on
        assert terminal.stop(number)
        terminal.read(0.2)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(lambda: pressed(terminal, "3", "the world:"))
        terminal.until(lambda: terminal.left_on == on)
        workers = workers_of(terminal.pid)
        terminal.press(QUIT)
        check(terminal, 0, home, small, workers)


def test_any_size_of_the_window_is_survived_in_a_terminal_that_nobody_knows(home: Path, small: Crisis):
    """Down to one sign, and back; most new terminals can do what others can, so they get the screens."""
    with Terminal(home, small.name, "--seed", "7", kind="brink-9000") as terminal:
        with_a_move(terminal)
        for size in ((1, 1), (2, 1), (1, 60), (500, 2)):
            terminal.resize(*size)
            os.kill(terminal.pid, signal.SIGWINCH)
            terminal.read(0.5)
            terminal.press("3")
            terminal.read(0.3)
        terminal.resize(80, 24)
        os.kill(terminal.pid, signal.SIGWINCH)
        terminal.until("the world:")
        workers = workers_of(terminal.pid)
        terminal.press(QUIT)
        check(terminal, 0, home, small, workers)


# In lines


def in_lines(home: Path, *arguments: str, kind: str | None = "xterm") -> Terminal:
    """A game in lines, up to its first question."""
    terminal = Terminal(home, *arguments, kind=kind, size=(100, 50))
    terminal.until("What do you do?")
    terminal.press("1\r")
    terminal.until("Chosen:")
    return terminal


LINES = ("--plain", "--as", "russia", "--level", "student", "--seed", "7")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGALRM"])
def test_a_signal_ends_the_game_in_lines_well(home: Path, small: Crisis, name: str):
    """As it does the screens."""
    number = signal.Signals[name]
    with in_lines(home, small.name, *LINES) as terminal:
        workers = workers_of(terminal.pid)
        os.kill(terminal.pid, number)
        time.sleep(0.1)
        os.kill(terminal.pid, signal.SIGINT)
        check(terminal, 128 + number, home, small, workers)


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x1c", 131), ("\x04", 0)])
def test_a_key_ends_the_game_in_lines_well(home: Path, small: Crisis, key: str, code: int):
    """Ctrl+C, Ctrl and backslash, Ctrl+D."""
    with in_lines(home, small.name, *LINES) as terminal:
        workers = workers_of(terminal.pid)
        terminal.press(key)
        check(terminal, code, home, small, workers)


@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_a_game_whose_terminal_vanishes_is_kept_and_ends(home: Path, small: Crisis, plain: tuple[str, ...]):
    """With the signal of a hang-up or without."""
    for is_deaf in (False, True):
        terminal = Terminal(home, small.name, *(LINES if plain else ("--seed", "7")), is_deaf=is_deaf)
        if plain:
            terminal.until("What do you do?")
            terminal.press("1\r")
            terminal.until("Chosen:")
        else:
            with_a_move(terminal)
        workers = workers_of(terminal.pid)
        os.close(terminal.fd)
        _, status = os.waitpid(terminal.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 129
        assert chosen(home, small) == 1
        assert are_gone(workers)
        assert not (home / "fault.txt").exists()


@pytest.mark.parametrize("kind", ["dumb", None])
def test_a_terminal_that_places_no_text_gets_the_game_in_lines(home: Path, small: Crisis, kind: str | None):
    """A person is asked; nothing plays by itself, and nothing is sent that only other terminals obey."""
    with Terminal(home, small.name, "--as", "russia", "--level", "student", "--seed", "7", kind=kind) as terminal:
        terminal.until("What do you do?")
        assert "told in lines" in terminal.received.decode()
        assert b"\x1b" not in terminal.received
        terminal.press("q\r")
        assert terminal.end() == 0


@pytest.mark.parametrize(
    ("plain", "closed"),
    [((), (0,)), ((), (1,)), ((), (2,)), ((), (0, 1, 2)), (("--plain",), (0,)), (("--plain",), (1, 2))],
)
def test_streams_that_are_closed_end_in_a_code_and_no_traceback(
    home: Path, small: Crisis, plain: tuple[str, ...], closed: tuple[int, ...]
):
    """No file that is opened later takes their place."""
    with Terminal(home, small.name, *plain, "--seed", "7", closed=closed) as terminal:
        if 0 not in closed:
            terminal.press("q\r\x04\x04")
        code = terminal.end()
        assert (code, "Traceback" in terminal.text) == (0, False), terminal.text
