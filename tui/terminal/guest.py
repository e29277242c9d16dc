"""An application that is a good guest of its terminal: it ends, stops and comes back as the shell's programs do."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import ClassVar

from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.widgets import Input

from engine.ending import HANG_UP
from engine.words import _

BREAK = getattr(signal, "SIGQUIT", signal.SIGINT)
"""The signal of Ctrl and backslash."""


class GuestApp(App[None]):
    """What the keys and signals of terminals do; whoever builds on it says what is kept, and what rests meanwhile."""

    BINDINGS: ClassVar = [
        Binding("ctrl+c", "interrupt", show=False, priority=True, system=True, id="interrupt"),
        Binding("ctrl+backslash", "break_off", show=False, priority=True, system=True, id="break_off"),
        Binding("ctrl+z", "stop", show=False, priority=True, system=True, id="stop"),
    ]
    """What these keys do to any program; they go before whatever has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.ended_by: int | None = None
        """The signal that has ended the game, or for which a key or the loss of the terminal stands."""
        self._listens: asyncio.AbstractEventLoop | None = None

    def action_finish(self) -> None:
        """Leave."""
        self.exit()

    def rest(self) -> None:
        """Work out nothing while the game is stopped."""

    def go_on(self) -> None:
        """Work on after a stop."""

    # Ended

    def get_driver_class(self) -> type[Driver]:
        """A driver that gives the terminal back whatever happens, in the place of Textual's for Linux and macOS."""
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from tui.terminal.driver import GameDriver

        return GameDriver

    def on_load(self) -> None:
        """From here on a signal is passed on; one that came before ends the game before it is seen."""
        self._listens = asyncio.get_running_loop()
        if self.ended_by is not None:
            self.action_finish()

    def be_told(self, number: int) -> None:
        """A signal has come that ends the game; called wherever the main thread happens to be."""
        self.ended_by = number
        if self._listens is not None:
            self._listens.call_soon_threadsafe(self.action_finish)

    def end_by(self, number: int) -> None:
        """Leave as if a signal had come."""
        if self.ended_by is None:
            self.ended_by = number
            self.action_finish()

    def terminal_is_gone(self) -> None:
        """There is nobody any more who sees the screens."""
        self.end_by(HANG_UP)

    def lose_terminal(self) -> None:
        """The same, told on another thread."""
        if self._listens is not None and not self._listens.is_closed():
            self._listens.call_soon_threadsafe(self.terminal_is_gone)

    def action_interrupt(self) -> None:
        """Copy what is marked; where nothing is, the key ends the game as it does any program."""
        field = self.focused
        marked = field.selected_text if isinstance(field, Input) else self.screen.get_selected_text()
        if marked:
            self.copy_to_clipboard(marked)
        else:
            self.end_by(signal.SIGINT)

    def action_break_off(self) -> None:
        """End the game, whatever is marked."""
        self.end_by(BREAK)

    # Stopped

    def action_stop(self) -> None:
        """Stop until the shell takes the game up again; where no shell waits for it, that is said."""
        self._put_down(is_wanted=False)

    def stop_was_asked(self) -> None:
        """A signal has asked that the game be stopped."""
        self._put_down(is_wanted=True)

    def _put_down(self, is_wanted: bool) -> None:
        stop: Callable[[bool], bool] | None = getattr(self._driver, "stop", None)
        self.rest()
        if stop is None or not stop(is_wanted):
            self.notify(_("No shell waits for this game, so it can't be stopped. Ctrl+Q leaves, and it is kept."))
        self.draw_anew()

    def went_on(self) -> None:
        """Somebody has stopped and continued the game without a word."""
        come_back: Callable[[], None] | None = getattr(self._driver, "come_back", None)
        if come_back is not None:
            come_back()
        self.draw_anew()

    def draw_anew(self) -> None:
        """Everything again, on a screen on which anything may stand."""
        self.refresh(layout=True)
        self.go_on()
