"""The acts of a desk: what may be done, with its odds; choosing it, leaving it again, and putting it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import Static

from engine.play.budget import WORDS_A_TURN
from engine.play.plans import now
from engine.play.session import OrderRefused
from engine.words import _
from tui.lines.actions import (
    BARRED,
    HOLD,
    barred_detail,
    impact_line,
    option_head,
    outlook_lines,
)
from tui.lines.acts import KIND, SHUT, SPEAK, act_rows, barred_acts
from tui.lines.cells import plain, stack
from tui.lines.head import moves_in_words
from tui.lines.odds import legend
from tui.screens.later import ask_moment, later_moments, putting_off
from tui.screens.leads import Leads
from tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from engine.play.ahead.board import PlanOdds
    from engine.play.odds import Explained
    from engine.play.session import Option
    from tui.match import Match


class Choosing(Leads):
    """A desk, as far as its acts go."""

    def __init__(self, match: Match) -> None:
        super().__init__(match)
        self.best_first: tuple[Option, ...] | None = None
        """The acts as they stood best first when that was asked for; None in the order of the scenario."""
        self.opened: set[str] = set()
        """The lines behind which more stands that are open."""

    def moves_in_words(self) -> str:
        """How many moves are chosen of those that there are."""
        return "" if self.own is None else moves_in_words(self.match.session, self.own)

    def write_actions(self) -> None:
        """The options with their odds."""
        rows = self.query_one("#actions-rows", Rows)
        rows.show(self.option_rows())
        self.write_option(rows.in_view)

    def option_rows(self) -> list[Row]:
        """Holding, words, what may be done, and what may not."""
        if self.own is None or self.match.session.is_over:
            return [Row("watch", plain(_("You sit in no seat. x takes one; e lets the turn take its course.")))]
        return act_rows(self.match, self.best_first, self.opened, self.width_of("actions"), self.glyphs)

    def _score(self, option: Option) -> float:
        board = self.match.board
        plan = self.match.plan if option in self.match.plan else self.match.plan_with(option)
        return board[plan].score.mean if board is not None and plan in board.odds else 0.0

    def option_of(self, name: str | None) -> Option | None:
        """The option that a line stands for."""
        if self.own is None or name is None:
            return None
        legal = (explained.option for explained in self.match.session.view(self.own).legal)
        return next((option for option in (*self.match.plan, *legal) if str(option) == name), None)

    @property
    def barred(self) -> dict[str, list[Explained]]:
        """What is not possible now, by the names of its lines."""
        return {} if self.own is None else barred_acts(self.match, self.match.session.view(self.own).options)

    def to_put_off(self, name: str | None) -> Option | None:
        """The option that a line stands for, which need not be possible yet; None where it stands for several."""
        if name is None or not name.startswith(BARRED):
            return self.option_of(name)
        group = self.barred.get(name, [])
        return group[0].option if len(group) == 1 else None

    def write_option(self, name: str | None) -> None:
        """What the line in view means, or what it would lead to."""
        is_known = self.own is not None and name is not None and not self.match.session.is_over
        lines = self.detail_of(name) if is_known and name is not None else []
        self.query_one("#actions-detail", Static).update(stack(lines))

    def detail_of(self, name: str) -> list[Content]:
        """What stands below the list for a line of it."""
        match = self.match
        if name.startswith(BARRED):
            return list(barred_detail(match.scenario, self.barred[name])) if name in self.barred else []
        if name == SPEAK:
            free = _(
                "Words cost no move; {n} may be sent in one turn. Enter writes one, and says how it is likely taken."
            )
            return [plain(free.format(n=WORDS_A_TURN))]
        if name == SHUT:
            return [plain(_("Enter shows what is not possible now, and what each lacks."))]
        if name.startswith(KIND):
            choice = match.scenario.choice(name.removeprefix(KIND))
            return [
                plain(choice.title, "b"),
                plain(choice.summary or ""),
                plain(_("Enter shows at whom."), "$text-muted"),
            ]
        return self.outlook_of(self.option_of(name))

    def outlook_of(self, option: Option | None) -> list[Content]:
        """What an option would lead to; None holds."""
        match, width = self.match, self.width_of("actions")
        is_chosen = option is not None and option in match.plan
        plan = () if option is None else match.plan if is_chosen else match.plan_with(option)
        beside = "" if option is None else _("holding") if len(plan) < 2 else _("the plan without it")
        is_tall = self.has_class("-tall")
        odds = match.odds_of(option)
        lines = [*option_head(match.scenario, match.explained(option))]
        impact = match.impact_of(option)
        if impact is not None:
            lines.append(impact_line(impact, None if is_tall else width))
        most = 5 if is_tall else 3
        lines += outlook_lines(match.scenario, match.marks, odds, width, self.glyphs, beside, most)
        return [*lines, *self.reading(odds)]

    def reading(self, odds: PlanOdds | None) -> list[Content]:
        """What the letters mean, where there is room for it."""
        if not self.has_class("-tall"):
            return []
        return [legend(self.match.scenario, self.match.marks, odds)]

    @on(Rows.InView, "#actions-rows")
    def another_option(self, event: Rows.InView) -> None:
        """Show what it would lead to."""
        self.write_option(event.row)

    @on(Rows.Chosen, "#actions-rows")
    def choose(self, event: Rows.Chosen) -> None:
        """Choose the option in view, or leave it again; open what stands behind a line, or shut it."""
        if event.row is None or self.own is None or self.course.is_resolving:
            return
        if event.row == SPEAK:
            self.action_speak()
        elif event.row.startswith(KIND) or event.row == SHUT:
            self.opened ^= {event.row}
            self.write_actions()
        elif event.row.startswith(BARRED):
            self.notify(_("That can't be done now; below the list stands what it needs."), timeout=2, markup=False)
        else:
            self.order(None if event.row == HOLD else self.option_of(event.row))

    def order(self, option: Option | None) -> None:
        """Choose an option, now or later, or leave it again; None holds."""
        if self.own is None:
            return
        try:
            self.match.toggle(self.own, option)
        except OrderRefused as refusal:
            self.notify(str(refusal), severity="warning", markup=False)
            return
        self.after_choice()

    def action_later(self) -> None:
        """The option in view, for a later day of the turn."""
        option = self.to_put_off(self.query_one("#actions-rows", Rows).in_view)
        if not later_moments(self.match):
            self.notify(_("The rules take this turn in one step, so nothing can be put off."), timeout=2)
        elif self.panel != "actions" or option is None:
            self.notify(_("Look at one action first (2); then t chooses it for later."), timeout=2)
        else:
            self.app.push_screen(ask_moment(self.match, now(option)), putting_off(self.match, now(option), self.order))

    def after_choice(self) -> None:
        """Keep it, look ahead from it, show it."""
        self.brink.keep_game()
        if not self.match.knows_odds:
            self.match.ask_odds()
        self.write()

    def action_sort(self) -> None:
        """The acts best first, as they stand now, or as the scenario has them; they stay so until it is asked again."""
        board = self.match.board
        if self.best_first is not None:
            self.best_first = None
        elif board is None or not board.futures:
            self.notify(_("The odds are being worked out ..."), timeout=2)
        else:
            self.best_first = tuple(sorted(self.match.acts, key=lambda option: -self._score(option)))
        self.write_actions()

    def action_undo(self) -> None:
        """Take back the latest choice."""
        if self.match.session.undo(self.own):
            self.after_choice()

    def action_redo(self) -> None:
        """Choose it again."""
        if self.match.session.redo(self.own):
            self.after_choice()

    def action_by_rule(self) -> None:
        """Leave the turn to the rule."""
        if self.own is not None and not self.match.session.is_over:
            self.match.session.leave_to_rule(self.own)
            self.after_choice()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is done while a turn takes its course; undo and redo only where there is something for them."""
        if self.course.is_resolving:
            return None
        if action == "speak":
            return bool(self.match.words)
        if action == "undo":
            return self.match.session.may_undo(self.own) or None
        if action == "redo":
            return self.match.session.may_redo(self.own) or None
        return True

    def action_odds(self) -> None:
        """Every ending for the option in view."""
        from tui.screens.odds import OddsScreen

        rows = self.query_one("#actions-rows", Rows)
        self.app.push_screen(OddsScreen(self.match, self.option_of(rows.in_view)))
