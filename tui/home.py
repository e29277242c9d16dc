"""What all screens stand on: settings, keys, signs, and the scenarios that have been opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.scrollbar import ScrollBar, ScrollBarRender

from engine.words import _
from tui.commands import BY_ID
from tui.glyphs import SETS, Glyphs, speaks_unicode
from tui.keys import key_in_words
from tui.known import known_scenarios, remember
from tui.settings import KEYS_FILE, SETTINGS_FILE, Settings, config_folder, read_keys, read_settings, write_settings
from tui.start import Start
from tui.terminal.guest import GuestApp
from tui.themes import ALL
from tui.widgets.scrolling import WholeCells

if TYPE_CHECKING:
    from engine.play.crisis import Crisis
    from engine.play.store import Saved, Store


class Home(GuestApp):
    """The application without a game: it knows what a person likes, and where things are kept."""

    def __init__(self, start: Start | None = None, folder: Path | None = None) -> None:
        """``folder`` holds settings; the platform's where left out."""
        super().__init__()
        self.start = start or Start()
        self.folder = folder or config_folder()
        self.settings, troubles = read_settings(self.folder)
        self.keys, wrong_keys = read_keys(self.folder, BY_ID)
        self._troubles = (*troubles, *wrong_keys)
        self.crises: dict[str, Crisis] = {}
        """Scenarios that have been opened, by name."""

    def take_settings(self) -> None:
        """Draw and listen as the settings say; what is wrong with them is said."""
        for theme in ALL:
            self.register_theme(theme)
        self.theme = self.settings.theme
        self.set_keymap(self.keys)
        self.take_signs()
        for trouble in self._troubles:
            self.notify(trouble, title=_("Settings"), severity="warning", timeout=12, markup=False)

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

    @cached_property
    def store(self) -> Store:
        """Where games are kept."""
        from engine.play.store import Store

        return Store(self.saves_folder)

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is written in the footer: the first of those that a command has."""
        return key_in_words(binding.key)

    def use(self, settings: Settings) -> None:
        """Change settings, and keep them."""
        self.settings = settings
        self.theme = settings.theme
        self.take_signs()
        trouble = write_settings(self.folder, settings)
        if trouble:
            self.notify(trouble, severity="warning", markup=False)

    def take_signs(self) -> None:
        """Draw borders and bars with the signs in use."""
        is_ascii = self.glyphs.name == "ascii"
        self.set_class(is_ascii, "-ascii")
        ScrollBar.renderer = WholeCells if is_ascii else ScrollBarRender

    @work(thread=True, group="open")
    def open_crisis(self, name: str, then: Callable[[Crisis | Exception], None]) -> None:
        """Read and compile a scenario while the screen goes on; ``then`` is called with it or with what is wrong."""
        from engine.play.crisis import ScenarioError, list_scenarios, open_crisis

        found: Crisis | Exception
        try:
            found = self.crises.get(name) or open_crisis(name)
            self.crises[name] = found
            if name not in list_scenarios():
                remember(self.folder, found.scenario.id, name)
        except ScenarioError as error:
            found = error
        self.call_from_thread(then, found)
        if not isinstance(found, Exception):
            import engine.play.game  # noqa: F401  Mesa takes a second, which passes behind the briefing

    def name_of(self, saved: Saved) -> str:
        """The name or path under which the scenario of a game is now.

        Where the save does not say (of an older format), it is where a scenario of its name was opened last.

        Raises :class:`~engine.play.journal.SaveError`.
        """
        from engine.play.crisis import list_scenarios
        from engine.play.journal import SaveError
        from engine.play.whereabouts import find_again

        if saved.place is None and saved.scenario not in list_scenarios():
            opened = (name for name, crisis in self.crises.items() if crisis.scenario.id == saved.scenario)
            name = next(opened, None) or known_scenarios(self.folder).get(saved.scenario)
            if name is not None:
                return name
        try:
            return find_again(saved)
        except SaveError as error:
            file = self.store.folder / f"{saved.id}.json"
            raise SaveError(f"{error} (brink play --load {file} --scenario PATH)") from None
