"""The way of a turn: from a desk through the advisers, other people's desks and the report to the next turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from engine.play.facts.asked import standing_with

if TYPE_CHECKING:
    from engine.play.record import Turn
    from tui.host import Host
    from tui.match import Match


class Open(Protocol):
    """A desk, as far as the way of a turn leads over it."""

    @property
    def brink(self) -> Host:
        """The application that shows it."""

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front."""

    def open_turn(self) -> None:
        """Lay out the open turn for the viewer."""


class Course:
    """Takes the turns of one game at the table their course."""

    def __init__(self, match: Match, desk: Open) -> None:
        self.match, self.desk = match, desk
        self.is_resolving = False
        """Whether a turn is taking its course; until it has, nothing can be done at the desk."""

    @property
    def app(self) -> Host:
        """The application that shows the desk."""
        return self.desk.brink

    def end_turn(self) -> None:
        """The viewer has decided: the advisers are heard, then the turn takes its course."""
        if self.match.session.is_over or self.is_resolving:
            return
        if self.match.viewer is not None and self.app.settings.confirm:
            from tui.screens.confirm import Confirm

            self.app.push_screen(Confirm(self.match), lambda sent: self._sent() if sent else None)
        else:
            self._sent()

    def _sent(self) -> None:
        if self.match.send():
            self.is_resolving = True
            self.app.run_worker(self._resolve, group="turn", thread=True)
        else:
            self._hand_over()

    def _resolve(self) -> None:
        """The turn takes its course while the screen goes on; called on a thread."""
        turn = self.match.end_turn()
        if turn is None:
            self.app.call_from_thread(self._stand_still)
        else:
            self.app.call_from_thread(self._report, turn)

    def _stand_still(self) -> None:
        """Somebody is asked in the middle of the turn; it goes on once everybody has been."""
        self.app.keep_game()
        self.ask(self.match.session.people, self._resume)

    def _resume(self) -> None:
        self.app.keep_game()
        self.app.run_worker(self._resolve, group="turn", thread=True)

    def ask(self, people: Sequence[str], then: Callable[[], None]) -> None:
        """Put the questions that people have to answer, one after the other, each to whoever sits there."""
        from tui.screens.question import Question

        match = self.match
        waiting = match.questions_to(*people)
        if not waiting:
            then()
            return
        standing = waiting[0]

        def put() -> None:
            self.app.push_screen(Question(match, standing), lambda _gone: self.ask(people, then))

        if standing.actor == match.viewer or len(match.session.people) < 2 or not self.app.settings.curtain:
            put()
            return
        from tui.screens.curtain import Curtain

        match.viewer = standing.actor
        title = match.scenario.actors[standing.actor].title
        self.app.push_screen(Curtain(title, match.moment_in_words), lambda _there: put())

    def take_up(self) -> None:
        """A game that was left in the middle of a turn goes on there."""
        if self.match.session.is_under_way:
            self.is_resolving = True
            self.ask(self.match.session.people, self._resume)
        else:
            self.ask_at_desk()

    def ask_at_desk(self) -> None:
        """Put the questions that the viewer has to answer as the turn opens."""
        if self.match.viewer is not None and self.match.questions_to(self.match.viewer):
            self.ask((self.match.viewer,), self.desk.open_turn)

    def ask_about(self, actor: str, ask: str) -> None:
        """Put one question of a person, answered or not."""
        from tui.screens.question import Question

        for standing in standing_with(self.match.session.game, actor):
            if standing.ask == ask and not self.is_resolving:
                self.app.push_screen(Question(self.match, standing), lambda _gone: self.desk.open_turn())

    def _report(self, turn: Turn) -> None:
        """Tell the turn, to each person as it was seen from there, then open the next."""
        self.is_resolving = False
        self.app.keep_game()
        if len(self.match.session.people) > 1 and not self.match.session.is_over:
            self._hand_over()
        else:
            self._tell(turn, self._after_report)

    def _tell(self, turn: Turn, then: Callable[[], None]) -> None:
        from tui.screens.report import Report

        self.match.has_told(turn)
        self.app.push_screen(Report(self.match, turn), lambda _gone: then())

    def _after_report(self) -> None:
        if self.match.session.is_over:
            from tui.screens.debrief import Debrief

            self.app.switch_screen(Debrief(self.match))
        else:
            self._hand_over()

    def _hand_over(self) -> None:
        """Another person's desk, behind a curtain."""
        match = self.match
        match.viewer = match.next_viewer
        several = len(match.session.people) > 1
        self.desk.show_panel("news")
        self.desk.open_turn()
        if several and self.app.settings.curtain and match.viewer is not None:
            from tui.screens.curtain import Curtain

            curtain = Curtain(match.scenario.actors[match.viewer].title, match.date_in_words)
            self.app.push_screen(curtain, lambda _there: self._welcome())
        else:
            self._welcome()

    def _welcome(self) -> None:
        """A person comes to the desk: what happened in the turn before is told first, then what is asked."""
        turn = self.match.untold
        if turn is None:
            self.ask_at_desk()
        else:
            self._tell(turn, self.ask_at_desk)
