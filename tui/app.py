"""The application: settings, keys, the way from screen to screen, and the game at the table."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.screen import Screen

from engine.words import _
from tui.commands import BY_ID, bindings_of
from tui.glyphs import SETS, Glyphs
from tui.palette import CommandProvider
from tui.screens.help import Help
from tui.screens.settings import SettingsScreen
from tui.settings import KEYS_FILE, SETTINGS_FILE, Settings, config_folder, read_keys, read_settings, write_settings
from tui.themes import ALL

if TYPE_CHECKING:
    from engine.play.crisis import Crisis
    from tui.table import Table


@dataclass(frozen=True, slots=True)
class Start:
    """What is shown first: the title, the choice of a side, a save, or the runs of a batch."""

    scenario: str | None = None
    save: Path | None = None
    results: Path | None = None
    seed: int | None = None
    is_ascii: bool = False


class BrinkApp(App[None]):
    """Brinkmanship on a terminal."""

    TITLE = "Brinkmanship"
    CSS_PATH = "brink.tcss"
    BINDINGS: ClassVar = bindings_of("app")
    COMMANDS: ClassVar = {CommandProvider}
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, start: Start | None = None, folder: Path | None = None) -> None:
        """``folder`` holds settings; the platform's where left out."""
        super().__init__()
        self.start = start or Start()
        self.folder = folder or config_folder()
        self.settings, troubles = read_settings(self.folder)
        self.keys, wrong_keys = read_keys(self.folder, BY_ID)
        self._troubles = (*troubles, *wrong_keys)
        self.table: Table | None = None
        self.crises: dict[str, Crisis] = {}
        """Scenarios that have been opened, by name."""

    @property
    def glyphs(self) -> Glyphs:
        """The signs in use."""
        wanted = self.settings.glyphs
        if self.start.is_ascii or (wanted == "auto" and not speaks_unicode()):
            return SETS["ascii"]
        return SETS["unicode" if wanted == "auto" else wanted]

    @property
    def settings_file(self) -> Path:
        """Where settings are kept."""
        return self.folder / SETTINGS_FILE

    @property
    def keys_file(self) -> Path:
        """Where keys are changed."""
        return self.folder / KEYS_FILE

    @property
    def saves_folder(self) -> Path:
        """Where games are kept."""
        from engine.play.store import default_folder

        return default_folder()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Variables that a theme may leave out."""
        return {}

    def on_mount(self) -> None:
        """The first screen, then what was wrong with the settings."""
        for theme in ALL:
            self.register_theme(theme)
        self.theme = self.settings.theme
        self.set_keymap(self.keys)
        self.set_class(self.glyphs.name == "ascii", "-ascii")
        self.push_screen(self._first_screen())
        for trouble in self._troubles:
            self.notify(trouble, title=_("Settings"), severity="warning", timeout=12, markup=False)

    def _first_screen(self) -> Screen[None]:
        if self.start.results is not None:
            from tui.screens.batches import Batches

            return Batches(self.start.results)
        if self.start.scenario is not None:
            from tui.screens.choose import Choose

            return Choose(self.start.scenario)
        from tui.screens.title import Title

        return Title()

    def use(self, settings: Settings) -> None:
        """Change settings, and keep them."""
        self.settings = settings
        self.theme = settings.theme
        self.set_class(self.glyphs.name == "ascii", "-ascii")
        trouble = write_settings(self.folder, settings)
        if trouble:
            self.notify(trouble, severity="warning", markup=False)

    @work(thread=True, exit_on_error=False, group="open")
    def open_crisis(self, name: str, then: Callable[[Crisis | Exception], None]) -> None:
        """Read and compile a scenario while the screen goes on; ``then`` is called with it or with what is wrong."""
        from engine.play.crisis import ScenarioError, open_crisis

        found: Crisis | Exception
        try:
            found = self.crises.get(name) or open_crisis(name)
            self.crises[name] = found
        except ScenarioError as error:
            found = error
        self.call_from_thread(then, found)
        if not isinstance(found, Exception):
            import engine.play.game  # noqa: F401  Mesa takes a second, which passes behind the briefing

    def action_help(self) -> None:
        """Help on the screen in view."""
        place = getattr(self.screen, "PLACE", "screen")
        if place != "help":
            self.push_screen(Help(place, (self.screen.__doc__ or "").strip()))

    def action_settings(self) -> None:
        """The settings, once."""
        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def action_palette(self) -> None:
        """The command palette."""
        self.action_command_palette()

    async def action_quit(self) -> None:
        """Leave; games are kept after every choice, so nothing has to be asked."""
        self.action_finish()

    def action_finish(self) -> None:
        """Leave with the workers ended."""
        if self.table is not None:
            self.table.leave()
        self.exit()


def speaks_unicode() -> bool:
    """Whether the terminal can be expected to show lines and dots."""
    encoding = (getattr(sys.__stdout__, "encoding", None) or "ascii").lower()
    return "utf" in encoding and os.environ.get("TERM") not in ("linux", "dumb")

