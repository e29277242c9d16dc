"""The application: settings, keys, the way from screen to screen, and the game at the table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender

from engine.words import _
from tui.commands import BY_ID, bindings_of
from tui.glyphs import SETS, Glyphs, speaks_unicode
from tui.known import known_scenarios, remember
from tui.palette import CommandProvider
from tui.screens.help import Help, key_in_words
from tui.screens.settings import SettingsScreen
from tui.settings import KEYS_FILE, SETTINGS_FILE, Settings, config_folder, read_keys, read_settings, write_settings
from tui.start import Start
from tui.terminal.guest import GuestApp
from tui.themes import ALL
from tui.widgets.scrolling import WholeCells

if TYPE_CHECKING:
    from engine.play.ahead.board import OddsBoard
    from engine.play.ahead.forecaster import Forecaster
    from engine.play.crisis import Crisis
    from engine.play.levels import Level
    from engine.play.session import Session
    from engine.play.store import Saved, Store
    from tui.match import Match


class BrinkApp(GuestApp):
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
        self.match: Match | None = None
        self.waiting: Forecaster | None = None
        """Workers that get ready while a briefing is read."""
        self.is_laying = False
        """Whether a desk is being laid: a second press or click does not lay another."""
        self.is_slow = False
        """Whether it has been said that the odds come slowly."""
        self.crises: dict[str, Crisis] = {}
        """Scenarios that have been opened, by name."""
        self.has_played = False
        """Whether a game was at the table."""
        self.unkept: dict[str, str] = {}
        """Why games that were at the table are not kept as they were last, by id."""

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

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is written in the footer: the first of those that a command has."""
        return key_in_words(binding.key)

    def on_mount(self) -> None:
        """The first screen, then what was wrong with the settings."""
        for theme in ALL:
            self.register_theme(theme)
        self.theme = self.settings.theme
        self.set_keymap(self.keys)
        self.take_signs()
        self.push_screen(self._first_screen())
        if self.start.save is not None:
            self.resume_file(self.start.save, self.start.scenario)
        for trouble in self._troubles:
            self.notify(trouble, title=_("Settings"), severity="warning", timeout=12, markup=False)

    def _first_screen(self) -> Screen[None]:
        if self.start.results is not None:
            from tui.screens.batches import Batches

            return Batches(Path(self.start.results))
        if self.start.draft is not None:
            from tui.screens.workshop import WorkshopScreen

            return WorkshopScreen(self.start.draft, self.start.seed, self.start.side)
        if self.start.scenario is not None and self.start.save is None:
            from tui.screens.choose import Choose

            return Choose(self.start.scenario)
        from tui.screens.title import Title

        return Title()

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

    async def action_quit(self) -> None:
        """Leave; games are kept after every choice, so nothing has to be asked."""
        self.action_finish()

    def action_finish(self) -> None:
        """Leave with the workers ended."""
        self.close_match()
        self.exit()

    def rest(self) -> None:
        """Nobody looks ahead while the game is stopped."""
        if self.match is not None:
            self.match.forecaster.cancel()

    def go_on(self) -> None:
        """Look ahead again."""
        if self.match is not None:
            self.match.ask_odds()

    # The game at the table

    def begin(self, crisis: Crisis, people: tuple[str, ...], level: Level, seed: int) -> None:
        """A new game, as soon as Mesa has been loaded."""
        if self.is_laying:
            return
        self.is_laying = True
        self.notify(_("The desk is being laid ..."), timeout=2)
        self.lay_desk(lambda: self._new_session(crisis, people, level, seed), crisis)

    def _new_session(self, crisis: Crisis, people: tuple[str, ...], level: Level, seed: int) -> Session:
        from engine.play.session import Session

        sides = ", ".join(crisis.scenario.actors[actor].title for actor in people) or _("nobody seated")
        title = _("{scenario}: {sides}, seed {seed}").format(scenario=crisis.scenario.id, sides=sides, seed=seed)
        return Session.new(crisis.rules, seed, people=people, level=level, title=title)

    def resume_game(self, saved: Saved) -> None:
        """Go on with a game of the store."""
        self._resume(lambda: self.name_of(saved), lambda crisis: self.store.load(saved.id, crisis.rules))

    def resume_file(self, path: str, scenario: str | None) -> None:
        """Go on with the game of a file; ``scenario`` is where its scenario is, if it is no longer where it was."""
        from engine.play.journal import SaveError, read_journal
        from engine.play.session import Session
        from engine.play.whereabouts import find_again

        try:
            journal = read_journal(path)
        except SaveError as error:
            self.complain(str(error))
            return
        self._resume(
            lambda: scenario or find_again(journal, Path(path).parent),
            lambda crisis: Session.of(journal, crisis.rules),
        )

    def _resume(self, find: Callable[[], str], session_of: Callable[[Crisis], Session]) -> None:
        """Find the scenario and read it, then make the session of a save."""
        from engine.play.journal import SaveError

        if self.is_laying:
            return
        self.is_laying = True

        def then(found: Crisis | Exception) -> None:
            if isinstance(found, Exception):
                self.complain(str(found))
            else:
                self.lay_desk(lambda: session_of(found), found)

        try:
            self.open_crisis(find(), then)
        except SaveError as error:
            self.complain(str(error))

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

    def complain(self, sentence: str) -> None:
        """Say what can't be done, long enough to be read."""
        self.is_laying = False
        self.notify(sentence, severity="error", timeout=15, markup=False)

    @work(thread=True, exclusive=True, group="lay")
    def lay_desk(self, make: Callable[[], Session], crisis: Crisis) -> None:
        """Make the session while the screen goes on, then show its desk."""
        from engine.play.journal import SaveError

        try:
            session = make()
        except SaveError as error:
            self.call_from_thread(self.complain, str(error))
            return
        self.call_from_thread(self.sit_down, crisis, session)

    def branch_off(self, make: Callable[[], Session], crisis: Crisis) -> None:
        """Go on with a branch that somebody has named."""

        def made() -> Session:
            from engine.play.journal import SaveError
            from engine.play.session import OrderRefused

            try:
                return make()
            except OrderRefused as refusal:
                raise SaveError(str(refusal)) from None

        self.notify(_("The desk is being laid ..."), timeout=2)
        self.lay_desk(made, crisis)

    def sit_down(self, crisis: Crisis, session: Session) -> None:
        """Show the desk of a session."""
        self.is_laying = False
        from engine.play.whereabouts import place_of
        from tui.match import Match
        from tui.screens.desk import Desk

        self.warm_up(crisis)
        ready, self.waiting = self.waiting, None
        assert ready is not None
        self.close_match()
        session.place = place_of(crisis.name)
        match = self.match = Match(crisis, session, self.store, ready, self.start.futures)
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if not session.is_over:
            self.push_screen(Desk(match))
            self.keep_game()
        else:
            from tui.screens.debrief import Debrief

            self.push_screen(Debrief(match))

    def warm_up(self, crisis: Crisis) -> None:
        """Let the workers get ready while the briefing is read."""
        from engine.play.ahead.forecaster import Forecaster

        if self.waiting is None or self.waiting.rules is not crisis.rules:
            if self.waiting is not None:
                self.waiting.close()
            self.waiting = Forecaster(crisis.rules, self.start.workers, self._odds_told)

    @cached_property
    def store(self) -> Store:
        """Where games are kept."""
        from engine.play.store import Store

        return Store(self.saves_folder)

    def _odds_told(self, board: OddsBoard) -> None:
        """Called on a thread of the forecaster."""
        self.post_message(self.OddsTold(board))

    class OddsTold(Message):
        """More is known of the odds."""

        def __init__(self, board: OddsBoard) -> None:
            super().__init__()
            self.board = board

    def on_brink_app_odds_told(self, event: OddsTold) -> None:
        """Let every screen know that shows odds."""
        if self.match is not None and self.match.forecaster.is_slow and self.start.workers != 0 and not self.is_slow:
            self.is_slow = True
            self.notify(_("No worker process is left to look ahead; the odds come slowly now."), severity="warning")
        if self.match is not None and self.match.take_in(event.board):
            for screen in self.screen_stack:
                tell = getattr(screen, "odds_changed", None)
                if tell is not None and screen.is_mounted:
                    tell()

    def keep_game(self) -> None:
        """Write the game down; what is unusual is said."""
        from engine.play.journal import SaveError

        if self.match is None:
            return
        game = self.match.session.id
        self.has_played = True
        try:
            notice = self.match.keep()
        except SaveError as error:
            self.unkept[game] = str(error)
            self.notify(str(error), title=_("Not kept"), severity="error", timeout=10, markup=False)
            return
        self.unkept.pop(game, None)
        if notice:
            self.notify(notice, severity="warning", timeout=10, markup=False)

    def leave_game(self) -> None:
        """Back to the title; the game is kept."""
        from tui.screens.title import Title

        self.close_match()
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.switch_screen(Title())

    def close_match(self) -> None:
        """Keep the game, and end all workers."""
        if self.waiting is not None:
            self.waiting.close()
            self.waiting = None
        if self.match is not None:
            self.keep_game()
            self.match.close()
            self.match = None

    def open_dossier(self, actor: str) -> None:
        """What is known of an actor."""
        from tui.screens.readers import DossierScreen

        if self.match is not None:
            self.push_screen(DossierScreen(self.match, actor))
