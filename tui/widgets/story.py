"""Widgets of a replay: the axis on which it can be moved, and a text that leaves the arrow keys to the screen."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from tui.lines.cells import stack
from tui.lines.replay import Shown, scrubber


class Scrubber(Static):
    """The calendar of a replay; a click goes to that day."""

    class Asked(Message):
        """A day was clicked, as a share of the calendar (0..1)."""

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    def show(self, shown: Shown) -> None:
        """Show where the replay is."""
        width = self.size.width or self.app.size.width
        glyphs = self.app.glyphs  # type: ignore[attr-defined]  # this application's
        self.update(stack(scrubber(shown, width, glyphs)))

    def on_click(self, event: events.Click) -> None:
        """Tell which day it was."""
        columns = max(1, self.size.width - 3)
        self.post_message(self.Asked(min(1.0, max(0.0, (event.x - 1) / columns))))


class Pages(VerticalScroll, inherit_bindings=False):
    """A text that scrolls up and down; left, right, Home and End are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False),
        Binding("down", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]
