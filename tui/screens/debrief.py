"""After the game: the score among other games, the turning points, the forecasts, the record, and the other side."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.worker import get_current_worker

from engine.words import _
from tui.commands import bindings_of
from tui.lines.debrief import Findings, debrief_lines, revealed_lines
from tui.screens.readers import Archive, GameReader, Ghost

if TYPE_CHECKING:
    from engine.play.otherside import Revealed
    from tui.match import Match

EVERY = 0.3
"""Seconds between two reports of progress."""


class Debrief(GameReader):
    """The game is over. Read how it ended, what turned it, and how good the forecasts were.

    v shows the same game as an opponent saw it, p plays it again turn by turn, t begins anew with another chance.
    """

    PLACE = "debrief"
    BINDINGS = bindings_of("debrief")

    def __init__(self, match: Match) -> None:
        super().__init__(match, _("Debrief"))
        self.found = Findings()

    def on_mount(self) -> None:
        """Find out what takes a while, behind the text."""
        super().on_mount()
        self.find_out()

    @work(thread=True, exclusive=True, group="debrief")
    def find_out(self) -> None:
        """Play other games for comparison, then this one again from each of its turns."""
        from engine.play.ahead.story import Story
        from engine.play.ahead.tasks import StoppedError
        from engine.play.debrief import rule_runs
        from engine.play.standings import standings_of
        from engine.play.turning import turning_points

        match, crew = self.match, self.match.forecaster.crew
        game, worker, told = match.session.game, get_current_worker(), [0.0]

        def progress(done: int, wanted: int) -> None:
            if time.monotonic() - told[0] > EVERY:
                told[0] = time.monotonic()
                self.bring(self.know, replace(self.found, done=done, wanted=wanted))

        try:
            others = rule_runs(crew, game.scenario_seed)
            if worker.is_cancelled:
                return
            self.bring(self.know, Findings(others, standings_of(game, others)))
            turning = turning_points(crew, Story.of(game), match.viewer, progress)
        except StoppedError:
            return
        if not worker.is_cancelled:
            self.bring(self.know, replace(self.found, turning=turning))

    def know(self, found: Findings) -> None:
        """More has been found out."""
        self.found = found
        if self.is_mounted:
            self.write()

    def lines(self, width: int) -> Iterable[str | Content]:
        """The debrief, as far as it is known."""
        keys = _(
            "h tells the record turn by turn; v shows this game as an opponent saw it. "
            "In the confirmation of a turn f calls an ending, for a score of your own."
        )
        return debrief_lines(self.match, width, self.glyphs, self.found, keys)

    def action_leave(self) -> None:
        """Back to the title."""
        self.brink.leave_game()

    def action_archive(self) -> None:
        """All dispatches."""
        self.app.push_screen(Archive(self.match))

    def action_ghost(self) -> None:
        """The record turn by turn."""
        self.app.push_screen(Ghost(self.match))

    def action_replay(self) -> None:
        """This game again, turn by turn."""
        from tui.screens.replay import Replay

        self.app.push_screen(Replay.of_session(self.match.crisis, self.match.session))

    def action_saves(self) -> None:
        """The games and branches."""
        from tui.screens.saves import Saves

        self.app.push_screen(Saves())

    def action_other_side(self) -> None:
        """The same game as each opponent saw it, one after the other."""
        self.app.push_screen(OtherSide(self.match))

    def action_again(self) -> None:
        """The choice of a side, for another game: those who played sit where they sat, at the same level."""
        from tui.screens.choose import Choose

        name, session = self.match.crisis.name, self.match.session
        self.brink.leave_game()
        self.app.push_screen(Choose(name, session.people, session.level.id))


class OtherSide(GameReader):
    """The same game from the other side, with its reasons revealed. [ and ] go through the sides."""

    PLACE = "other_side"
    BINDINGS = bindings_of("other_side")

    def __init__(self, match: Match) -> None:
        super().__init__(match, _("From the other side"))
        playable = [actor for actor, record in match.scenario.actors.items() if record.playable]
        self.actors = [actor for actor in playable if actor not in match.session.people] or playable
        self.number = 0
        self.known: dict[str, tuple[Revealed, ...]] = {}

    def on_mount(self) -> None:
        """The first opponent."""
        super().on_mount()
        self.reveal(self.actor)

    @property
    def actor(self) -> str:
        """Whose view is shown."""
        return self.actors[self.number % len(self.actors)]

    @work(thread=True, group="reveal")
    def reveal(self, actor: str) -> None:
        """Play the game again as an actor saw it."""
        from engine.play.otherside import other_side

        found = other_side(self.match.session.game, actor)
        self.bring(self.know, actor, found)

    def know(self, actor: str, found: tuple[Revealed, ...]) -> None:
        """A view is known."""
        self.known[actor] = found
        if self.is_mounted:
            self.write()

    def lines(self, width: int) -> Iterable[str | Content]:
        """The view, or that it is being found out."""
        if self.actor not in self.known:
            return (
                _("The game is played again as {side} saw it ...").format(
                    side=self.match.scenario.actors[self.actor].title
                ),
            )
        return revealed_lines(self.match, self.actor, self.known[self.actor])

    def _turn_to(self, step: int) -> None:
        self.number += step
        if self.actor not in self.known:
            self.reveal(self.actor)
        self.write()
        self.query_one("#pages").scroll_home(animate=False)

    def action_next(self) -> None:
        """The next side."""
        self._turn_to(1)

    def action_previous(self) -> None:
        """The side before."""
        self._turn_to(-1)
