"""What the screens of a game stand on: the game at the table, how it begins, goes on and is kept."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from engine.words import _
from tui.home import Home
from tui.start import Start

if TYPE_CHECKING:
    from engine.play.ahead.board import OddsBoard
    from engine.play.ahead.forecaster import Forecaster
    from engine.play.crisis import Crisis
    from engine.play.levels import Level
    from engine.play.session import Session
    from engine.play.store import Saved
    from tui.match import Match


class Host(Home):
    """The application as its screens know it. Which screens there are, only what builds on it knows."""

    def __init__(self, start: Start | None = None, folder: Path | None = None) -> None:
        super().__init__(start, folder)
        self.match: Match | None = None
        self.waiting: Forecaster | None = None
        """Workers that get ready while a briefing is read."""
        self.is_laying = False
        """Whether a desk is being laid: a second press or click does not lay another."""
        self.is_slow = False
        """Whether it has been said that the odds come slowly."""
        self.has_played = False
        """Whether a game was at the table."""
        self.unkept: dict[str, str] = {}
        """Why games that were at the table are not kept as they were last, by id."""

    # Screens, which are known above

    @abstractmethod
    def show_title(self) -> None:
        """The title in the place of the screen in view."""

    @abstractmethod
    def show_game(self, match: Match) -> None:
        """The desk of a game or, where it is over, its debrief."""

    @abstractmethod
    def open_dossier(self, actor: str) -> None:
        """What is known of an actor."""

    @abstractmethod
    def action_help(self) -> None:
        """Help on the screen in view."""

    @abstractmethod
    def action_settings(self) -> None:
        """The settings."""

    # Leaving and resting

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

    # A game begins or goes on

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
        from engine.play.journal import SaveError
        from engine.play.session import Session
        from engine.play.store import read_file
        from engine.play.whereabouts import find_again

        def session_of(crisis: Crisis) -> Session:
            session = Session.of(journal, crisis.rules)
            session.kept_as = content_as
            return session

        try:
            journal, content_as = read_file(path)
        except SaveError as error:
            self.complain(str(error))
            return
        self._resume(lambda: scenario or find_again(journal, Path(path).parent), session_of)

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

        self.warm_up(crisis)
        ready, self.waiting = self.waiting, None
        assert ready is not None
        self.close_match()
        session.place = place_of(crisis.name)
        self.match = Match(crisis, session, self.store, ready, self.start.futures)
        self._clear_table()
        self.show_game(self.match)
        if not session.is_over:
            self.keep_game()

    def _clear_table(self) -> None:
        """No screen is left but the first."""
        while len(self.screen_stack) > 2:
            self.pop_screen()

    def warm_up(self, crisis: Crisis) -> None:
        """Let the workers get ready while the briefing is read."""
        from engine.play.ahead.forecaster import Forecaster
        from engine.play.forecast import Afterwards

        if self.waiting is None or self.waiting.rules is not crisis.rules:
            if self.waiting is not None:
                self.waiting.close()
            self.waiting = Forecaster(crisis.rules, self.start.workers, self._odds_told)
            self.waiting.afterwards = Afterwards(self.start.afterwards or Afterwards.RULE)

    def _odds_told(self, board: OddsBoard) -> None:
        """Called on a thread of the forecaster."""
        self.post_message(self.OddsTold(board))

    class OddsTold(Message):
        """More is known of the odds."""

        def __init__(self, board: OddsBoard) -> None:
            super().__init__()
            self.board = board

    def on_host_odds_told(self, event: OddsTold) -> None:
        """Let every screen know that shows odds; nobody, once the application ends and takes its screens apart."""
        if not self.is_running:
            return
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
        """Back to the title; the game is kept, unless nothing was done in it yet."""
        untouched = self.match.session.id if self.match is not None and self.match.session.is_untouched else None
        self.close_match()
        if untouched is not None:
            self.forget_game(untouched)
        self._clear_table()
        self.show_title()

    def forget_game(self, game_id: str) -> None:
        """Put a game away in which nothing was done."""
        from engine.play.journal import SaveError

        try:
            self.store.delete(game_id)
        except SaveError as error:
            self.notify(str(error), severity="warning", timeout=10, markup=False)

    def close_match(self) -> None:
        """Keep the game, and end all workers."""
        if self.waiting is not None:
            self.waiting.close()
            self.waiting = None
        if self.match is not None:
            self.keep_game()
            self.match.close()
            self.match = None
