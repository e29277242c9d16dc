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


class Terminal:
    """A child process with a terminal around it."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        largest_file: int | None = None,
        is_deaf: bool = False,
    ) -> None:
        """``brink`` with some arguments.

        It may write no file larger than ``largest_file`` bytes; if it is deaf, it hears no SIGHUP.
        """
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.received = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            if is_deaf:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
            self._become(home, arguments, largest_file)
        self.resize(*size)

    def _become(self, home: Path, arguments: tuple[str, ...], largest_file: int | None) -> None:
        """In the child: the game."""
        if largest_file is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        surroundings = {
            **os.environ,
            "BRINK_HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(TOP),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
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
        self.stream.feed(PRIVATE.sub(b"", found))
        return len(found)

    @property
    def text(self) -> str:
        """What is in view."""
        return "\n".join(self.screen.display)

    def until(self, words: str | Callable[[], bool], seconds: float = 60) -> None:
        """Until some words are in view, or something is so."""
        is_so = words if callable(words) else lambda: words in self.text
        end = time.monotonic() + seconds
        while not is_so():
            self.read(0.1)
            assert time.monotonic() < end, f"{words!r} did not come about:\n{self.text}"

    def press(self, keys: str) -> None:
        """Send some keys."""
        os.write(self.fd, keys.encode())

    def kill(self) -> None:
        """End the child at once, as `kill -9` does."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def end(self, seconds: float = 60) -> int:
        """The exit status, once the child has ended by itself."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.1)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it did not end:\n{self.text}")
