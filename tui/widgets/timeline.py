"""The head of every screen of a game: the side, the turn, the deadline; and the calendar on one fixed axis."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tui.lines.cells import fit


class GameHead(Static):
    """Two or three lines: who, when, how long until the deadline, and the axis of the calendar."""

    def show(self, status: Content, axis: tuple[Content, ...]) -> None:
        """Show them; each is a line of its own."""
        width = self.size.width or self.app.size.width
        self.update(Content("\n").join([fit(line, width) for line in (status, *axis)]))
