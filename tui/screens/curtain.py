"""Between two people at one terminal: nothing of the one's desk is seen until the other is there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Middle
from textual.content import Content
from textual.widgets import Static

from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain, stack
from tui.screens.place import Asking
from tui.widgets.feet import Feet


class Curtain(Asking[bool]):
    """Waits for the person in a seat."""

    PLACE = "curtain"
    BINDINGS = bindings_of("curtain")

    def __init__(self, side: str, date: str) -> None:
        super().__init__()
        self.side, self.date = side, date

    def compose(self) -> ComposeResult:
        """Who is wanted."""
        with Middle():
            yield Static(
                stack(
                    (
                        plain(self.date, "$text-muted"),
                        "",
                        Content.from_markup(_("The desk of [b]$side[/b]"), side=self.side),
                        "",
                        _("Hand over the keyboard, then press Enter."),
                    )
                ),
                id="curtain",
            )
        yield Feet()

    def action_continue(self) -> None:
        """The person is there."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """There is no way around it but through it."""
        self.dismiss(True)
