"""The line at the foot of every screen: the keys that matter there, each of which can be clicked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

from tui.lines.cells import row

ALWAYS = ("leave", "help", "palette")
"""Commands that stay in view where there is not room for all: with the palette the mouse reaches the rest."""

GAP = 1
"""Cells between two entries."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command at the foot: where it stands, and what it does to whom."""

    key: str
    label: str
    action: str
    doer: DOMNode
    is_possible: bool

    @property
    def line(self) -> Content:
        """The key and the word."""
        dim = "" if self.is_possible else " dim"
        return row(
            Content.styled(self.key, "$footer-key-foreground bold" + dim),
            Content.styled(f" {self.label}", "$footer-description-foreground" + dim),
        )


class Feet(Widget):
    """One widget and one line, so that no click is lost while keys come and go; the rest is in help and palette."""

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Keys change with the focus and with what is possible."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def _keys_changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def entries(self) -> list[Entry]:
        """What is shown, from left to right; what has no room gives way from the end."""
        found = list(self._offered())
        spare = [entry for entry in found if entry.action not in ALWAYS]
        while spare and self._width(found) > self.size.width:
            found.remove(spare.pop())
        return found

    def _offered(self) -> Iterator[Entry]:
        told: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.action not in told:
                told.add(binding.action)
                key = self.app.get_key_display(binding)
                yield Entry(key, binding.description, binding.action, active.node, active.enabled)

    @staticmethod
    def _width(entries: Sequence[Entry]) -> int:
        return sum(entry.line.cell_length + GAP for entry in entries) - GAP

    def render(self) -> Content:
        """The entries, one behind the other."""
        return Content(" " * GAP).join([entry.line for entry in self.entries()])

    async def on_click(self, event: events.Click) -> None:
        """A click on an entry does what its key does."""
        left = 0
        for entry in self.entries():
            right = left + entry.line.cell_length
            if left <= event.x < right:
                await self._do(entry)
                return
            left = right + GAP

    async def _do(self, entry: Entry) -> None:
        if not entry.is_possible:
            self.app.bell()
            return
        await self.app.run_action(entry.action, default_namespace=entry.doer)
