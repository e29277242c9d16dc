"""Textual's driver for Linux and macOS, which gives the terminal back whatever happens to it or to the game."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import termios
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, Protocol, cast

from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.modes import LEFT_OVER
from tui.terminal.stopping import can_stop, stop_alone, stop_job, wait_for_terminal

if TYPE_CHECKING:
    from textual.app import App


class Guest(Protocol):
    """What an application has to say to where the terminal is gone, or stops the game."""

    def terminal_is_gone(self) -> None:
        """There is no terminal any more."""

    def stop_was_asked(self) -> None:
        """A signal has asked that the game be stopped."""

    def went_on(self) -> None:
        """The game goes on after it was stopped; everything is to be drawn anew."""


class GameDriver(LinuxDriver):
    """As Textual's, but it stops the whole job, reads on after what is no text, and lives without a terminal."""

    def __init__(self, app: App[Any], **named: Any) -> None:
        """The signals of jobs are handled from here on."""
        self._loop = asyncio.get_running_loop()
        self._guest = cast("Guest", app)
        self.can_stop_job = can_stop()
        """Whether Ctrl+Z may stop the game here."""
        self._is_stopping = False
        super().__init__(app, **named)
        if not self.can_stop_job:
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        assert sys.__stderr__ is not None
        self._file = cast("Any", Faithful(sys.__stderr__, self._terminal_is_gone))

    def stop(self, is_wanted: bool = False) -> bool:
        """Give the terminal back and stop, and come back when the job goes on; False where no shell waits for it.

        Where it ``is_wanted`` by a signal, this process stops even so.
        """
        if not self.can_stop_job:
            return False
        self._is_stopping = True
        self.suspend_application_mode()
        try:
            was_stopped = stop_job(signal.SIGTSTP)
            if is_wanted and not was_stopped:
                stop_alone()
            wait_for_terminal(self.fileno)
        finally:
            self.resume_application_mode()
            self._is_stopping = False
        return was_stopped or is_wanted

    def come_back(self) -> None:
        """Take the terminal up again after a stop that was not foretold."""
        wait_for_terminal(self.fileno)
        self.suspend_application_mode()
        self.resume_application_mode()

    def _sigtstp_application(self, *_: Any) -> None:
        self._loop.call_soon_threadsafe(self._guest.stop_was_asked)

    def _sigcont_application(self, *_: Any) -> None:
        if not self._is_stopping:
            self._loop.call_soon_threadsafe(self._guest.went_on)

    def stop_application_mode(self) -> None:
        """Also what Textual leaves switched on."""
        super().stop_application_mode()
        self.write(LEFT_OVER)

    def close(self) -> None:
        """What the terminal has reported meanwhile is not left to whoever reads next."""
        super().close()
        with contextlib.suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def run_input_thread(self) -> None:
        """Read on after what is no text in UTF-8, which is no key; a terminal that can't be read is gone."""
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except UnicodeDecodeError:
                continue
            except OSError:
                self._terminal_is_gone()
            return

    def _terminal_is_gone(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has been closed: the game has ended already
            self._loop.call_soon_threadsafe(self._guest.terminal_is_gone)


class Faithful:
    """A file that takes everything, also once there is nothing behind it any more."""

    def __init__(self, file: IO[str], lost: Callable[[], None]) -> None:
        """``lost`` is told when the file can't be written any more."""
        self._file: IO[str] | None = file
        self._lost = lost
        self._number = file.fileno()

    def write(self, text: str) -> int:
        """Write, or drop what can't be."""
        self._try(lambda file: file.write(text))
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        self._try(lambda file: file.flush())

    def fileno(self) -> int:
        """The number of the file, as it was."""
        return self._number

    def isatty(self) -> bool:
        """It is a terminal."""
        return True

    def _try(self, do: Callable[[IO[str]], object]) -> None:
        if self._file is None:
            return
        try:
            do(self._file)
        except OSError:
            self._file = None
            self._lost()
