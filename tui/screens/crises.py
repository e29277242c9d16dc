"""Which crisis: the bundled scenarios, each with what it is about as soon as it has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from engine.words import _
from tui.commands import bindings_of
from tui.known import known_scenarios
from tui.lines.briefing import crisis_lines
from tui.lines.cells import plain, stack
from tui.lines.trouble import trouble_lines
from tui.screens.place import Place
from tui.widgets.feet import Feet
from tui.widgets.menu import Menu

if TYPE_CHECKING:
    from engine.play.crisis import Crisis


class Crises(Place):
    """Choose a crisis, one of those that come with the game or one that you opened by its path: Enter goes on."""

    PLACE = "crises"
    BINDINGS = bindings_of("crises")

    def compose(self) -> ComposeResult:
        """Names on the left, what the one in view is about on the right."""
        from engine.play.crisis import list_scenarios

        yield Static(plain(_("Which crisis?"), "b $primary"), id="heading")
        with Horizontal():
            bundled = [Option(plain(name), id=name) for name in list_scenarios()]
            others = [Option(plain(name), id=path) for name, path in known_scenarios(self.brink.folder).items()]
            yield Menu(*bundled, *others, id="menu")
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="about")
        yield Feet()

    def on_mount(self) -> None:
        """The first one is in view."""
        self.query_one(OptionList).focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Read the scenario in view."""
        self.query_one("#about", Static).update(plain(_("Reading ..."), "$text-muted"))
        self.brink.open_crisis(event.option_id or "", self.while_here(self.show))

    def show(self, found: Crisis | Exception) -> None:
        """What it is about, if it is still the one in view."""
        menu = self.query_one(OptionList)
        in_view = menu.highlighted_option
        if isinstance(found, Exception):
            self.query_one("#about", Static).update(stack(trouble_lines(found)))
        elif in_view is not None and in_view.id == found.name:
            self.query_one("#about", Static).update(stack(crisis_lines(found)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """On to its sides."""
        from tui.screens.choose import Choose

        self.app.push_screen(Choose(event.option_id or ""))
