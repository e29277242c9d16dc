"""The title: go on with the last game, begin one, look at old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain, row, stack
from tui.screens.place import AFTER_PAINT, Place
from tui.widgets.feet import Feet
from tui.widgets.menu import Menu

if TYPE_CHECKING:
    from engine.play.store import Saved

MOTTO = _("Take one side of a crisis. See the odds of what you do. Then try the other side.")

ITEMS = (
    ("new", _("New game"), _("Choose a crisis and a side")),
    ("saves", _("Games and branches"), _("Go on from any turn of any game; watch it again")),
    ("batches", _("Runs of a batch"), _("Open a folder of results")),
    ("settings", _("Settings"), _("Colours, signs, speed, keys")),
    ("help", _("Help"), _("How it is played")),
    ("quit", _("Quit"), ""),
)
"""What the title offers, always in this order."""


class Title(Place):
    """Start here: Enter chooses a line. A game in progress is always the first line."""

    PLACE = "title"
    BINDINGS = bindings_of("title")

    def compose(self) -> ComposeResult:
        """The name, what there is to do, and the latest game."""
        yield Static(stack((plain("B R I N K M A N S H I P", "b $primary"), plain(MOTTO, "$text-muted"))), id="banner")
        with Horizontal():
            yield Menu(*(_option(*item) for item in ITEMS), id="menu")
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="latest")
        yield Feet()

    def on_mount(self) -> None:
        """Look for the latest game while the title is there already."""
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """A game may have been played meanwhile; what is imported to find out waits until the title is drawn."""
        self.set_timer(AFTER_PAINT, self.look_for_latest)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def look_for_latest(self) -> None:
        """Read the folder of saves."""
        from engine.play.store import Store

        latest = Store(self.brink.saves_folder).latest()
        if latest is not None:
            self.bring(self.offer, latest)

    def offer(self, latest: Saved) -> None:
        """Put the latest game first."""
        menu = self.query_one(OptionList)
        prompt = _prompt(_("Continue"), latest.title)
        if menu.option_count > len(ITEMS):
            menu.replace_option_prompt_at_index(0, prompt)
        else:
            menu.set_options([Option(prompt, id="continue"), *(_option(*item) for item in ITEMS)])
            menu.highlighted = 0
        self.latest = latest
        self.query_one("#latest", Static).update(stack(latest_lines(latest)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        match event.option_id:
            case "continue":
                self.brink.resume_game(self.latest)
            case "new":
                from tui.screens.crises import Crises

                self.app.push_screen(Crises())
            case "saves":
                self.action_saves()
            case "batches":
                from tui.screens.folders import Folders

                self.app.push_screen(Folders())
            case "settings":
                self.brink.action_settings()
            case "help":
                self.brink.action_help()
            case _:
                self.brink.action_finish()

    def action_saves(self) -> None:
        """The games and branches."""
        from tui.screens.saves import Saves

        self.app.push_screen(Saves())

    def action_leave(self) -> None:
        """There is nothing before the title."""


def latest_lines(latest: Saved) -> list[str | Content]:
    """The card of a game."""
    from tui.lines.saved import saved_lines

    return [plain(_("The latest game"), "$text-muted"), plain(latest.title, "b"), *saved_lines(latest)]


def _option(name: str, title: str, about: str) -> Option:
    return Option(_prompt(title, about), id=name)


def _prompt(title: str, about: str) -> Content:
    return stack((plain(title, "b"), row("  ", plain(about, "$text-muted"))))
