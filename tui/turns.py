"""The way of a turn in lines: from a desk through other people's, questions and the report to the next turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.play.facts.asked import Standing
from engine.play.journal import SaveError
from engine.play.session import OrderRefused
from engine.play.wording import long_date
from engine.words import _
from tui.dialogue import WIDTH
from tui.lines.asked import answer_prompt, answer_rows, head_lines, numbered_answer
from tui.lines.confirm import advice_lines, plan_lines
from tui.lines.head import status
from tui.lines.letters import waiting_lines
from tui.lines.news import news_rows, opening_rows
from tui.lines.report import report_lines
from tui.telling import Teller

if TYPE_CHECKING:
    from engine.play.record import Turn

CURTAIN = 60
"""Blank lines between two people: more than a screen has."""


class Turns(Teller):
    """Takes the turns of a game line by line."""

    def keep(self) -> None:
        """Write the game down."""
        try:
            notice = self.game.keep()
        except SaveError as error:
            notice = str(error)
        if notice:
            self.line.tell([notice])

    def open_turn(self, is_reported: bool = False) -> None:
        """Where the game stands, and the news; what was reported of the last turn is not told again."""
        game = self.game
        self.line.tell(["", status(game.scenario, game.session.turn, game.viewer, "", WIDTH, self.line.glyphs)])
        rows = opening_rows if is_reported else news_rows
        self.line.tell(news.line for news in rows(game.session, game.viewer, WIDTH, self.has_briefed))
        if game.viewer is not None:
            self.line.tell(waiting_lines(game.seen, game.viewer, WIDTH))
            self.put_questions((game.viewer,))
        game.ask_odds()

    def end_turn(self, words: str) -> None:
        """The turn takes its course once everybody has decided."""
        game = self.game
        if game.viewer is not None:
            self.wait_for_odds()
            self.line.tell(plan_lines(game, WIDTH, self.line.glyphs))
            self.line.tell(advice_lines(game, WIDTH, self.line.glyphs))
            if words != "!" and self.line.ask(_("e sends the turn, anything else goes back:")).lower() != "e":
                return
        if game.send():
            self.take_course()
        else:
            self.hand_over()

    def take_course(self) -> None:
        """The turn goes on to its end, standing still wherever somebody at the table is asked."""
        game = self.game
        while (turn := game.end_turn()) is None:
            self.keep()
            self.put_questions(game.session.people)
        self.keep()
        if game.session.is_over:
            self.tell_turn(turn)
        else:
            self.hand_over(turn)

    def hand_over(self, played: Turn | None = None) -> None:
        """The next desk, behind a curtain where several people play; first what was seen there of the turn before."""
        game = self.game
        game.viewer = game.next_viewer
        if len(game.session.people) > 1:
            self.draw_curtain(game.viewer)
            played = game.untold
        if played is not None:
            self.tell_turn(played)
        self.open_turn(is_reported=played is not None)

    def draw_curtain(self, actor: str | None) -> None:
        """Nothing that one person reads is left in view when the next one sits down."""
        if actor is not None:
            self.line.tell([""] * CURTAIN)
            side = self.game.scenario.actors[actor].title
            self.line.ask(_("The desk of {side}. Hand over the keyboard, then press Enter:").format(side=side))

    def tell_turn(self, turn: Turn) -> None:
        """What happened in a turn, as it was seen from the desk in view."""
        game = self.game
        game.ask_odds()
        if not game.session.is_over:
            self.wait_for_odds()
        game.has_told(turn)
        self.line.tell(["", _("What happened in the turn from {day}").format(day=long_date(turn.date))])
        self.line.tell(report_lines(game, turn, WIDTH, self.line.glyphs))

    def put_questions(self, people: Sequence[str]) -> None:
        """What people are asked, one question after the other, with what may be said and its odds."""
        game = self.game
        for standing in game.questions_to(*people):
            if standing.actor != game.viewer and len(game.session.people) > 1:
                game.viewer = standing.actor
                self.draw_curtain(standing.actor)
            game.ask_odds_of(standing)
            self.line.tell(["", *head_lines(game, standing)])
            self.wait_for_board()
            self.line.tell(answer_rows(game, standing, WIDTH, self.line.glyphs))
            while not self._has_answered(standing, self.line.ask(answer_prompt(standing))):
                pass
            self.keep()

    def ask_again(self, words: str) -> None:
        """The questions of the own side once more, answered or not."""
        game = self.game
        if game.viewer is None or not game.forget_answers(game.viewer):
            raise OrderRefused(_("you are asked nothing"))
        self.put_questions((game.viewer,))
        game.ask_odds()

    def _has_answered(self, standing: Standing, words: str) -> bool:
        """Whether a line answers a question, or leaves it open; what it can't mean is said."""
        number = int(words) if words.isdigit() else numbered_answer(standing, words)
        if words.lower() not in ("t", "l", "") and not 1 <= number <= len(standing.answers):
            self.line.tell([_("That is none of them.")])
            return False
        try:
            self.game.answer(standing, standing.answers[number - 1].option if number else None)
        except OrderRefused as refusal:
            self.line.tell([str(refusal)])
            return False
        return True
