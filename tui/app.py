"""The application: its first screen, and the way from what happens to the screens that show it."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.screen import Screen

from engine.words import _
from tui.commands import bindings_of
from tui.host import Host
from tui.palette import CommandProvider
from tui.screens.help import Help
from tui.screens.settings import SettingsScreen

if TYPE_CHECKING:
    from tui.match import Match


class BrinkApp(Host):
    """Brinkmanship on a terminal."""

    TITLE = "Brinkmanship"
    CSS_PATH = "brink.tcss"
    BINDINGS: ClassVar = bindings_of("app")
    COMMANDS: ClassVar = {CommandProvider}
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def on_mount(self) -> None:
        """The first screen, then what was wrong with the settings."""
        self.take_settings()
        self.push_screen(self._first_screen())
        if self.start.save is not None:
            self.resume_file(self.start.save, self.start.scenario)

    def _first_screen(self) -> Screen[None]:
        if self.start.results is not None:
            from tui.screens.batches import Batches

            return Batches(Path(self.start.results))
        if self.start.draft is not None:
            from tui.screens.workshop import WorkshopScreen

            return WorkshopScreen(self.start.draft, self.start.seed, self.start.side)
        if self.start.scenario is not None and self.start.save is None:
            from tui.screens.choose import Choose

            return Choose(self.start.scenario, self.start.people, self.start.level)
        from tui.screens.title import Title

        return Title()

    def show_title(self) -> None:
        """The title in the place of the screen in view."""
        from tui.screens.title import Title

        self.switch_screen(Title())

    def show_game(self, match: Match) -> None:
        """The desk of a game or, where it is over, its debrief."""
        if match.session.is_over:
            from tui.screens.debrief import Debrief

            self.push_screen(Debrief(match))
        else:
            from tui.screens.desk import Desk

            self.push_screen(Desk(match))

    def open_dossier(self, actor: str) -> None:
        """What is known of an actor."""
        from tui.screens.readers import DossierScreen

        if self.match is not None:
            self.push_screen(DossierScreen(self.match, actor))

    def action_help(self) -> None:
        """Help on the screen in view."""
        place = getattr(self.screen, "PLACE", "screen")
        if place != "help":
            self.push_screen(Help(place, cleandoc(self.screen.__doc__ or "")))

    def action_settings(self) -> None:
        """The settings, once."""
        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def action_palette(self) -> None:
        """The command palette."""
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """The same, as Textual calls it."""
        from textual.command import CommandPalette

        if not CommandPalette.is_open(cast(Any, self)):
            self.push_screen(CommandPalette(placeholder=_("A few letters of a command")))
