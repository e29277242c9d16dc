"""The game as a process of its own, in a terminal that lives in memory."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import resource
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

TOP = Path(__file__).parents[2]

PRIVATE = re.compile(
    rb"\x1b\[[?<>=][0-9;:]*[$ ]?[a-zA-Z]|\x1bP.*?\x1b\\\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\\\)", re.DOTALL
)
"""Sequences that the terminal in memory does not know; it draws nothing for them."""


SWITCH = re.compile(rb"\x1b\[\?(?P<numbers>[0-9;]+)(?P<way>[hl])")
"""Modes that are switched on and off."""

NORMAL = {b"25": "cursor", b"7": "wrap"}
"""Modes that are usually on."""

KITTY = re.compile(rb"\x1b\[(?P<way>[<>])[0-9]*u")
"""Keys that are reported in another way from here on, and as before."""

QUERIES = {b"\x1b[?2048$p": 2048, b"\x1b[?2026$p": 2026}


class Terminal:
    """A child process with a terminal around it."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        largest_file: int | None = None,
        is_deaf: bool = False,
        shell: str | None = None,
        kind: str | None = "xterm-256color",
        closed: tuple[int, ...] = (),
    ) -> None:
        """``brink play`` with some arguments, or a shell that runs ``shell``, in which ``$BRINK`` is ``brink``.

        It may write no file larger than ``largest_file`` bytes; if it is deaf, it hears no SIGHUP. ``kind`` is what
        TERM says, and of the streams those with the numbers ``closed`` are.
        """
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.received = b""
        self._answered = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # whoever started the tests may hear none of these, and a child is deaf to what its parent is deaf to
            for unheard in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
                signal.signal(unheard, signal.SIG_DFL)
            if is_deaf:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
            for number in closed:
                os.close(number)
            self._become(home, arguments, largest_file, shell, kind)
        self.resize(*size)
        self.attributes = termios.tcgetattr(self.fd)
        """How the terminal treated lines and keys before anything ran in it."""

    def _become(
        self, home: Path, arguments: tuple[str, ...], largest_file: int | None, shell: str | None, kind: str | None
    ) -> None:
        """In the child: the game, or a shell."""
        if largest_file is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        surroundings = {
            **os.environ,
            "BRINK_HOME": str(home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(TOP),
            "BRINK": f"{sys.executable} -m engine.cli",
            "PS1": "prompt> ",
        }
        surroundings.pop("TERM", None)
        if kind is not None:
            surroundings["TERM"] = kind
        if shell is not None:
            os.execve("/bin/bash", ["bash", "--norc", "--noprofile", *shell.split()], surroundings)
        os.execve(sys.executable, [sys.executable, "-m", "engine.cli", "play", *arguments], surroundings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):
            os.close(self.fd)

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if "2048" in self.left_on:
            os.write(self.fd, b"\x1b[48;%d;%d;%d;%dt" % (rows, columns, rows * 16, columns * 8))

    def read(self, seconds: float) -> int:
        """Draw what comes within some time; how many bytes that were."""
        ready, _writing, _wrong = select.select([self.fd], [], [], seconds)
        if not ready:
            return 0
        try:
            found = os.read(self.fd, 65536)
        except OSError:
            return 0
        self.received += found
        self._answer()
        self.stream.feed(PRIVATE.sub(b"", found))
        return len(found)

    def _answer(self) -> None:
        """That reports of the size, and drawing in one go, can be had and are off, as new terminals say when asked."""
        for asked, number in QUERIES.items():
            if asked in self.received[self._answered :]:
                os.write(self.fd, b"\x1b[?%d;2$y" % number)
        self._answered = len(self.received)

    @property
    def left_on(self) -> set[str]:
        """What was switched on in the terminal and not off again, and what was off and not switched on."""
        on = {"cursor", "wrap"}
        for found in SWITCH.finditer(self.received):
            for number in found["numbers"].split(b";"):
                name = NORMAL.get(number, number.decode())
                (on.add if found["way"] == b"h" else on.discard)(name)
        for found in KITTY.finditer(self.received):
            (on.add if found["way"] == b">" else on.discard)("kitty keys")
        return on ^ {"cursor", "wrap"}

    @property
    def is_as_it_was(self) -> bool:
        """Whether all modes are off, and lines and keys are treated as they were."""
        return not self.left_on and termios.tcgetattr(self.fd) == self.attributes

    @property
    def text(self) -> str:
        """What is in view."""
        return "\n".join(self.screen.display)

    def until(self, words: str | Callable[[], bool], seconds: float = 300) -> None:
        """Until some words are in view, or something is so."""
        is_so = words if callable(words) else lambda: words in self.text
        end = time.monotonic() + seconds
        while not is_so():
            self.read(0.1)
            assert time.monotonic() < end, f"{words!r} did not come about:\n{self.text}"

    def press(self, keys: str) -> None:
        """Send some keys."""
        os.write(self.fd, keys.encode())

    def stop(self, number: int, seconds: float = 60) -> bool:
        """Stop the child by a signal; whether it did stop. What it draws before is read: it would wait for that."""
        os.kill(self.pid, number)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.1)
            pid, status = os.waitpid(self.pid, os.WUNTRACED | os.WNOHANG)
            if pid:
                return os.WIFSTOPPED(status)
        return False

    def kill(self) -> None:
        """End the child at once, as `kill -9` does."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def end(self, seconds: float = 300) -> int:
        """The exit status, once the child has ended by itself."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.1)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self.read(0.1):
                    pass
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it did not end:\n{self.text}")
