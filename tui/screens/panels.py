"""What screens of several panels have in common: one at a time where it is narrow, all at once where it is wide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.lines.cells import row
from tui.screens.place import Place
from tui.widgets.feet import Feet
from tui.widgets.rows import Rows
from tui.widgets.timeline import GameHead

LEFT = 0.61
"""The share of a large screen that its left column takes; the style sheet says the same."""


class Panel(NamedTuple):
    """A panel's title, and the command that brings it to the front."""

    title: str
    command: str


class Panels(Place):
    """A screen of a game in panels, each with a list ``#NAME-rows``."""

    PANELS: ClassVar[Mapping[str, Panel]] = {}
    """The panels, in the order of their keys."""
    PLACES: ClassVar[tuple[str, ...]] = ()
    """The same in the order in which they stand on a large screen, from the top left to the bottom right."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = next(iter(self.PANELS))

    def compose(self) -> ComposeResult:
        """The head, the panels, the keys."""
        yield GameHead(id="head")
        yield Static(id="tabs")
        with Container(id="panels"):
            for name in self.PLACES:
                with Vertical(id=name, classes="panel") as panel:
                    panel.border_title = f"{list(self.PANELS).index(name) + 1} {self.PANELS[name].title}"
                    yield from self.inside(name)
        yield Feet()

    def inside(self, name: str) -> Iterator[Widget]:
        """What stands in a panel."""
        yield Rows(id=f"{name}-rows")

    def on_resize(self, event: events.Resize) -> None:
        """Lines are as long as the screen is wide."""
        self.call_after_refresh(self.write)

    def width_of(self, name: str) -> int:
        """Cells inside a panel, less its border and the bar that scrolls it."""
        width = self.size.width
        if self.has_class("-wide") and self.has_class("-tall"):
            left = int(width * LEFT)
            width = left if self.PLACES.index(name) % 2 == 0 else width - left
        return max(30, width - 3)

    def write(self) -> None:
        """Every panel as things stand."""

    def write_tabs(self) -> None:
        """The names of the panels, for screens that show one at a time."""
        parts = []
        for number, (name, panel) in enumerate(self.PANELS.items(), 1):
            style = "b reverse" if name == self.panel else ""
            words = Content.from_markup(f"[@click=screen.{panel.command}] {number} $title [/]", title=panel.title)
            parts.append(words.stylize(style) if style else words)
        self.query_one("#tabs", Static).update(row(" ", Content(" ").join(parts)))

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front, and the keyboard to it."""
        self.panel = name
        for panel in self.PANELS:
            self.query_one(f"#{panel}").set_class(panel == name, "-active")
        # at once, so that keys typed quickly after it reach this panel
        self.set_focus(self.query_one(f"#{name}-rows"))
        self.write_tabs()
        self.call_after_refresh(self.came_forward, name)

    def came_forward(self, name: str) -> None:
        """A panel is in front now, and drawn; whatever it shows may have been waiting for that."""
        self.write()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The panel of the list that has the keyboard is the active one."""
        name = (event.widget.id or "").removesuffix("-rows")
        if name in self.PANELS and name != self.panel:
            self.show_panel(name)
