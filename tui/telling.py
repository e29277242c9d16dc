"""What is told of a game in lines of text: the lines are those of the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play.budget import moves_in
from engine.play.facts.power import power_now, powers_in_words
from engine.play.session import OrderRefused
from engine.words import _, ngettext
from tui.dialogue import WIDTH, Line, pick
from tui.lines.actions import barred_detail, barred_groups, impact_line, option_head, outlook_lines
from tui.lines.acts import kinds_of
from tui.lines.briefing import side_lines
from tui.lines.dossier import dossier_lines
from tui.lines.listing import listing_lines
from tui.lines.news import news_rows
from tui.lines.odds import afterwards_in_words
from tui.lines.speaking import Line as SpokenLine
from tui.lines.speaking import all_lines, detail_lines, spoken_lines
from tui.lines.stances import actor_rows, issue_lines
from tui.lines.votes import ballot_rows, count_line, motion_line
from tui.match import Match

if TYPE_CHECKING:
    from engine.play.facts.council import Chamber, Motion
    from engine.play.session import Option

ENOUGH, PATIENCE = 200, 20.0
"""Futures of each option that are waited for, and the seconds after which what is known has to do."""


class Teller:
    """Tells what is asked of the game at the table."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.match: Match | None = None
        self.has_briefed = False
        """Whether what is at stake was told before the game."""

    @property
    def game(self) -> Match:
        """The game that is played."""
        assert self.match is not None
        return self.match

    def tell_news(self, words: str) -> None:
        """What is known as the turn opens."""
        self.line.tell(row.line for row in news_rows(self.game.session, self.game.viewer, WIDTH))

    def tell_briefing(self, words: str) -> None:
        """The own side once more."""
        if self.game.viewer is not None:
            self.line.tell(side_lines(self.game.crisis, self.game.viewer))

    @property
    def options(self) -> list[Option | None]:
        """Holding, then what may be done, in the order of their numbers."""
        game = self.game
        if game.viewer is None:
            return [None]
        return [None, *game.acts]

    def wait_for_odds(self) -> None:
        """Until enough is known of every option, or patience ends."""
        game = self.game
        if game.viewer is None:
            return
        if not game.knows_odds:
            game.ask_odds()
        self.wait_for_board()

    def wait_for_board(self) -> None:
        """Until enough is known of what was asked last, or patience ends."""
        game = self.game
        for _turn in range(int(PATIENCE / 0.5)):
            if game.board is not None and game.board.futures >= ENOUGH:
                return
            board = game.forecaster.next(0.5)
            if board is not None:
                game.take_in(board)

    def tell_actions(self, words: str) -> None:
        """Each option with twenty futures and what it changes."""
        game = self.game
        if game.viewer is None:
            self.line.tell([_("You sit in no seat: take SIDE sits down, e ends the turn.")])
            return
        self.wait_for_odds()
        chosen = game.session.orders(game.viewer)
        self.line.tell(
            [
                _("Your moves: {n} of {most}. Letters are twenty futures:").format(
                    n=len(moves_in(game.session.rules, chosen.moves)), most=game.scenario.moves_per_turn
                ),
                ", ".join(f"{game.marks[e.id]} {e.title}" for e in game.scenario.endings),
            ]
        )
        self.line.tell(listing_lines(game, self.options, self.line.glyphs))
        ready = sum(word.explained.legal for word in game.words)
        if game.words:
            kinds = ", ".join(kinds_of(game.words))
            text = ngettext(
                "k: speak ({kinds}; {n} word may be said)", "k: speak ({kinds}; {n} words may be said)", ready
            )
            self.line.tell([text.format(kinds=kinds, n=ready)])

    def tell_words(self) -> None:
        """What may be said to others."""
        self.line.tell(all_lines(self.game, spoken_lines(self.game)))

    def tell_word(self, line: SpokenLine) -> None:
        """How a word would be taken, and where it leads."""
        word = line.words[0]
        if word.explained.legal:
            self.game.weigh([word.option])
            self.wait_for_board()
        self.line.tell(detail_lines(self.game, line, WIDTH, self.line.glyphs))

    def tell_odds(self, words: str) -> None:
        """Every ending for an option."""
        option = self.numbered(words) if words else None
        self.wait_for_odds()
        game = self.game
        odds = game.odds_of(option)
        self.line.tell(option_head(game.scenario, game.explained(option)))
        impact = game.impact_of(option)
        if impact is not None:
            self.line.tell([impact_line(impact)])
        self.line.tell(
            outlook_lines(game.scenario, game.marks, odds, WIDTH, self.line.glyphs, _("holding") if option else "", 99)
        )
        self.line.tell([afterwards_in_words(game.forecaster.afterwards)])

    def tell_barred(self, words: str) -> None:
        """What may not be done now."""
        game = self.game
        if game.viewer is not None:
            for group in barred_groups(game.session.view(game.viewer).options).values():
                self.line.tell(barred_detail(game.scenario, group))

    def tell_stances(self, words: str) -> None:
        """Everybody on one issue."""
        game = self.game
        issues = list(game.scenario.issues)
        names = [game.scenario.issues[issue].title for issue in issues]
        found = pick(words, issues, lambda issue: game.scenario.issues[issue].title)
        if found is None:
            self.line.tell(
                [*(f"{n} {name}" for n, name in enumerate(names, 1)), _("s and a number tells one of these.")]
            )
            return
        self.line.tell(issue_lines(game.session, found, game.viewer, WIDTH, self.line.glyphs))
        self.line.tell(row.line for row in actor_rows(game.session, found, game.viewer, WIDTH, self.line.glyphs))

    def tell_votes(self, words: str) -> None:
        """How a body would vote."""
        game = self.game
        found = self.motion(words)
        if found is None:
            self.line.tell(
                f"{n} {chamber.title}: {motion.words if motion else chamber.rule}"
                for n, (chamber, motion) in enumerate(game.motions, 1)
            )
            self.line.tell([_("v and a number tells one of these.")])
            return
        chamber, motion = found
        self.line.tell([chamber.title, chamber.rule, *([motion_line(motion)] if motion else [])])
        told = game.instructed(motion.question) if motion else {}
        candour = game.session.level.candour
        self.line.tell(row.line for row in ballot_rows(chamber, motion, told, WIDTH, self.line.glyphs, candour))
        if motion is not None:
            self.line.tell([count_line(game.scenario, chamber, motion, candour)])
        powers = powers_in_words(game.scenario, power_now(game.seen, chamber.institution))
        self.line.tell([powers] if powers else [])

    def motion(self, words: str) -> tuple[Chamber, Motion | None] | None:
        """A body and its question by their number."""
        is_one = words.isdigit() and 1 <= int(words) <= len(self.game.motions)
        return self.game.motions[int(words) - 1] if is_one else None

    def tell_dossier(self, words: str) -> None:
        """What is known of an actor."""
        actors = list(self.game.scenario.actors)
        found = pick(words, actors, lambda actor: self.game.scenario.actors[actor].title) if words else self.game.viewer
        if found is None:
            self.line.tell([_("Nobody is called {name}.").format(name=words[:60])])
        else:
            self.line.tell(dossier_lines(self.game, found, WIDTH, self.line.glyphs))

    def tell_end(self) -> None:
        """How it ended, and what that is worth."""
        from engine.play.ahead.story import Story
        from engine.play.debrief import rule_runs
        from engine.play.standings import standings_of
        from engine.play.turning import turning_points
        from tui.lines.debrief import Findings, debrief_lines

        game, crew = self.game.session.game, self.game.forecaster.crew
        others = rule_runs(crew, game.scenario_seed)
        found = Findings(others, standings_of(game, others), turning_points(crew, Story.of(game), self.game.viewer))
        self.line.tell(["", *debrief_lines(self.game, WIDTH, self.line.glyphs, found)])

    def numbered(self, words: str) -> Option | None:
        """An option by its number; None for holding. Raises :class:`OrderRefused`."""
        number = int(words) if words.isdigit() else -1
        if not 0 <= number < len(self.options):
            raise OrderRefused(_("there is no action {number}; a lists them").format(number=words[:20]))
        return self.options[number]
