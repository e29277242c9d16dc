"""The desk: news, actions with their odds, stances and votes. Everything a turn needs is here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from engine.play.plans import Later, now
from engine.play.session import OrderRefused
from engine.words import _
from tui.commands import bindings_of
from tui.course import Course
from tui.lines.actions import (
    BARRED,
    HOLD,
    barred_detail,
    barred_groups,
    barred_line,
    hold_line,
    impact_line,
    option_head,
    option_line,
    outlook_lines,
)
from tui.lines.cells import plain, row, stack
from tui.lines.head import axis, moves_in_words, status
from tui.lines.news import news_rows
from tui.lines.odds import legend
from tui.lines.stances import actor_rows, issue_lines
from tui.lines.votes import ballot_rows, count_line, heads, motion_line
from tui.screens.later import ask_moment, later_moments, putting_off
from tui.screens.panels import Panel, Panels
from tui.widgets.rows import Row, Rows
from tui.widgets.timeline import GameHead

if TYPE_CHECKING:
    from engine.play.ahead.board import PlanOdds
    from engine.play.session import Option
    from tui.match import Match


class Desk(Panels):
    """Your desk. Read the news (1), choose what to do (2: Enter), look at stances (3) and votes (4), then end the turn.

    Beside each action stand twenty futures, a letter each, and what it changes of your score beside doing nothing.
    """

    PLACE = "desk"
    BINDINGS = bindings_of("desk")
    PANELS: ClassVar = {
        "news": Panel(_("News"), "panel_1"),
        "actions": Panel(_("Actions"), "panel_2"),
        "stances": Panel(_("Stances"), "panel_3"),
        "votes": Panel(_("Votes"), "panel_4"),
    }
    PLACES = ("news", "stances", "actions", "votes")

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match
        self.issue_number, self.motion_number = 0, 0
        self.is_sorted = False
        self.course = Course(match, self)
        self.is_behind = False
        """Whether odds are known that the list of actions does not show yet."""

    def inside(self, name: str) -> Iterator[Widget]:
        """The list of a panel, with what stands above and below it."""
        if name in ("stances", "votes"):
            yield Static(id=f"{name}-head", classes="head")
        yield from super().inside(name)
        if name in ("actions", "votes"):
            yield Static(id=f"{name}-detail", classes="detail")

    def on_mount(self) -> None:
        """The first look."""
        self.show_panel("news")
        self.call_after_refresh(self.open_turn)
        self.call_after_refresh(self.begin)

    def begin(self) -> None:
        """What was asked when the game was left, or as this turn opens, is asked first."""
        self.course.take_up()

    def open_turn(self) -> None:
        """A new turn or another person: everything is written anew, and the odds are asked for."""
        self.match.ask_odds()
        self.write()

    def on_screen_resume(self) -> None:
        """Something may have been chosen on another screen."""
        if self.is_mounted and self.size.width and not self.course.is_resolving:
            self.write()

    # What is shown

    @property
    def own(self) -> str | None:
        """The seat whose desk this is."""
        return self.match.viewer

    def write(self) -> None:
        """Every panel as things stand."""
        session, glyphs = self.match.session, self.glyphs
        scenario = session.scenario
        width = self.size.width
        self.query_one(GameHead).show(
            status(scenario, session.turn, self.own, self.moves_in_words(), width, glyphs),
            axis(scenario, session.turn, self.own, width, glyphs),
        )
        self.write_tabs()
        self.query_one("#news-rows", Rows).show(news_rows(session, self.own, self.width_of("news")))
        self.write_actions()
        self.write_stances()
        self.write_votes()
        self.refresh_bindings()

    def moves_in_words(self) -> str:
        """How many moves are chosen of those that there are."""
        return "" if self.own is None else moves_in_words(self.match.scenario, self.match.session.orders(self.own))

    def write_actions(self) -> None:
        """The options with their odds."""
        rows = self.query_one("#actions-rows", Rows)
        rows.show(self.option_rows())
        self.write_option(rows.in_view)

    def option_rows(self) -> list[Row]:
        """Holding, what may be done, and what may not."""
        match, own = self.match, self.own
        if own is None or match.session.is_over:
            return [Row("watch", plain(_("You sit in no seat. x takes one; e lets the turn take its course.")))]
        scenario, glyphs, width = match.scenario, self.glyphs, self.width_of("actions")
        chosen = match.session.orders(own)
        rows = [
            Row(
                HOLD,
                hold_line(
                    scenario, not chosen.acts and not chosen.by_rule, match.marks, match.odds_of(None), width, glyphs
                ),
            )
        ]
        options = [explained.option for explained in match.session.view(own).legal]
        later = [option for option in chosen.moves if isinstance(option, Later)]
        for option in (*later, *self.in_order(options)):
            is_chosen = option in chosen.moves
            odds = match.odds_of(option)
            rows.append(Row(str(option), option_line(scenario, option, is_chosen, match.marks, odds, width, glyphs)))
        groups = barred_groups(match.session.view(own).options)
        if groups:
            rows.append(Row(None, plain(_("Not possible now"), "$text-muted")))
            rows += [Row(name, barred_line(scenario, group, width, glyphs)) for name, group in groups.items()]
        return rows

    def in_order(self, options: list[Option]) -> list[Option]:
        """The options as the scenario has them, or the best first."""
        board = self.match.board
        if not self.is_sorted or board is None or not board.futures:
            return options
        return sorted(options, key=lambda option: -self._score(option))

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

    def to_put_off(self, name: str | None) -> Option | None:
        """The option that a line stands for, which need not be possible yet; None where it stands for several."""
        if self.own is None or name is None or not name.startswith(BARRED):
            return self.option_of(name)
        group = barred_groups(self.match.session.view(self.own).options).get(name, [])
        return group[0].option if len(group) == 1 else None

    def write_option(self, name: str | None) -> None:
        """What the option in view would lead to."""
        detail = self.query_one("#actions-detail", Static)
        match, width = self.match, self.width_of("actions")
        if self.own is None or name is None or match.session.is_over:
            detail.update("")
            return
        if name.startswith(BARRED):
            groups = barred_groups(match.session.view(self.own).options)
            detail.update(stack(barred_detail(match.scenario, groups.get(name, [])) if name in groups else ()))
            return
        option = self.option_of(name)
        is_chosen = option is not None and option in match.plan
        plan = () if option is None else match.plan if is_chosen else match.plan_with(option)
        beside = _("holding") if len(plan) < 2 else _("the plan without it")
        is_tall = self.has_class("-tall")
        odds = match.odds_of(option)
        lines = [*option_head(match.scenario, match.explained(option))]
        impact = match.impact_of(option)
        if impact is not None:
            lines.append(impact_line(impact, None if is_tall else width))
        most = 5 if is_tall else 3
        lines += outlook_lines(match.scenario, match.marks, odds, width, self.glyphs, beside, most)
        detail.update(stack([*lines, *self.reading(odds)]))

    def reading(self, odds: PlanOdds | None) -> list[Content]:
        """What the letters mean, where there is room for it."""
        if not self.has_class("-tall"):
            return []
        return [legend(self.match.scenario, self.match.marks, odds)]

    @property
    def issue(self) -> str:
        """The issue in view."""
        issues = list(self.match.scenario.issues)
        return issues[self.issue_number % len(issues)]

    def write_stances(self) -> None:
        """Where everybody stands on the issue in view."""
        session, width = self.match.session, self.width_of("stances")
        head = issue_lines(session, self.issue, self.own, width, self.glyphs)
        self.query_one("#stances-head", Static).update(stack(head))
        self.query_one("#stances-rows", Rows).show(actor_rows(session, self.issue, self.own, width, self.glyphs))

    def write_votes(self) -> None:
        """How the members of a body would vote on the question in view."""
        scenario, width = self.match.scenario, self.width_of("votes")
        if not self.match.motions:
            self.query_one("#votes-head", Static).update(plain(_("Nobody votes in this scenario.")))
            return
        number = self.motion_number % len(self.match.motions)
        chamber, motion = self.match.motions[number]
        title = row(plain(chamber.title, "b"), plain(f"  {number + 1}/{len(self.match.motions)}", "$text-muted"))
        head = [title, *([motion_line(motion), heads(width)] if motion else [plain(chamber.rule)])]
        self.query_one("#votes-head", Static).update(stack(head))
        told = self.match.instructed(motion.question) if motion else {}
        rows = ballot_rows(chamber, motion, told, width, self.glyphs, self.match.session.level.candour)
        self.query_one("#votes-rows", Rows).show(rows)
        foot = count_line(scenario, chamber, motion, self.match.session.level.candour) if motion else Content("")
        self.query_one("#votes-detail", Static).update(foot)

    def odds_changed(self) -> None:
        """More is known of the odds; a list that is not in view waits until it is."""
        self.is_behind = self.course.is_resolving or not self.query_one("#actions").display
        if not self.is_behind:
            self.write_actions()

    def came_forward(self, name: str) -> None:
        """Panels are written for the width of the screen, so that only odds can have been waiting."""
        if self.is_behind:
            self.is_behind = False
            self.write_actions()

    # What is done

    def action_panel_1(self) -> None:
        """The news."""
        self.show_panel("news")

    def action_panel_2(self) -> None:
        """The actions."""
        self.show_panel("actions")

    def action_panel_3(self) -> None:
        """The stances."""
        self.show_panel("stances")

    def action_panel_4(self) -> None:
        """The votes."""
        self.show_panel("votes")

    @on(Rows.InView, "#actions-rows")
    def another_option(self, event: Rows.InView) -> None:
        """Show what it would lead to."""
        self.write_option(event.row)

    @on(Rows.Chosen, "#actions-rows")
    def choose(self, event: Rows.Chosen) -> None:
        """Choose the option in view, or leave it again."""
        if event.row is None or self.own is None or self.course.is_resolving:
            return
        if event.row.startswith(BARRED):
            self.notify(_("That can't be done now; below the list stands what it needs."), timeout=2, markup=False)
            return
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

    @on(Rows.Chosen, "#stances-rows")
    @on(Rows.Chosen, "#votes-rows")
    def open_actor(self, event: Rows.Chosen) -> None:
        """The dossier of the actor in view."""
        if event.row:
            self.brink.open_dossier(event.row)

    @on(Rows.Chosen, "#news-rows")
    def open_dispatch(self, event: Rows.Chosen) -> None:
        """The dossier of whoever a dispatch is about."""
        actor = (event.row or "").rpartition(":")[2]
        if actor in self.match.scenario.actors:
            self.brink.open_dossier(actor)

    def action_who(self) -> None:
        """The dossier of the actor in view, or of the own side."""
        rows = self.query_one(f"#{self.panel}-rows", Rows)
        name = rows.in_view or ""
        target = name.rpartition(":")[2]
        found = next((a for a in (name, target) if a in self.match.scenario.actors), self.own)
        if found:
            self.brink.open_dossier(found)

    def action_next(self) -> None:
        """The next issue or question."""
        self._turn_page(1)

    def action_previous(self) -> None:
        """The issue or question before."""
        self._turn_page(-1)

    def _turn_page(self, step: int) -> None:
        if self.panel == "votes":
            self.motion_number += step
            self.write_votes()
        else:
            self.issue_number += step
            self.write_stances()

    def action_sort(self) -> None:
        """The other order of the options."""
        self.is_sorted = not self.is_sorted
        self.write_actions()

    def action_undo(self) -> None:
        """Take back the latest choice."""
        if self.match.session.undo(self.own):
            self.after_choice()

    def action_redo(self) -> None:
        """Choose it again."""
        if self.match.session.redo(self.own):
            self.after_choice()

    def action_question(self) -> None:
        """What the own side is asked, once more."""
        if self.own is None or not self.match.forget_answers(self.own):
            self.notify(_("Nobody asks you anything now."), timeout=2)
            return
        self.course.ask_at_desk()

    def action_by_rule(self) -> None:
        """Leave the turn to the rule."""
        if self.own is not None and not self.match.session.is_over:
            self.match.session.leave_to_rule(self.own)
            self.after_choice()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is done while a turn takes its course; undo and redo only where there is something for them."""
        if self.course.is_resolving:
            return None
        if action == "undo":
            return self.match.session.may_undo(self.own) or None
        if action == "redo":
            return self.match.session.may_redo(self.own) or None
        return True

    def action_end_turn(self) -> None:
        """Hear the advisers, then let the turn take its course."""
        self.course.end_turn()

    def action_leave(self) -> None:
        """Back to the title; the game is kept."""
        self.brink.leave_game()

    def action_odds(self) -> None:
        """Every ending for the option in view."""
        from tui.screens.odds import OddsScreen

        rows = self.query_one("#actions-rows", Rows)
        self.app.push_screen(OddsScreen(self.match, self.option_of(rows.in_view)))

    def action_council(self) -> None:
        """The institutions."""
        from tui.screens.council import Council

        self.app.push_screen(Council(self.match, self.motion_number))

    def action_calendar(self) -> None:
        """The calendar."""
        from tui.screens.readers import Calendar

        self.app.push_screen(Calendar(self.match))

    def action_words(self) -> None:
        """The words that were given."""
        from tui.screens.readers import WordsGiven

        self.app.push_screen(WordsGiven(self.match))

    def action_archive(self) -> None:
        """The dispatches so far."""
        from tui.screens.readers import Archive

        self.app.push_screen(Archive(self.match))

    def action_ghost(self) -> None:
        """What really happened."""
        from tui.screens.readers import Ghost

        self.app.push_screen(Ghost(self.match))

    def action_briefing(self) -> None:
        """The own side once more."""
        from tui.screens.readers import Briefing

        self.app.push_screen(Briefing(self.match))

    def action_seats(self) -> None:
        """Who sits where."""
        from tui.screens.seats import Seats

        self.app.push_screen(Seats(self.match), lambda _changed: self.open_turn())

    def action_saves(self) -> None:
        """The games and branches."""
        from tui.screens.saves import Saves

        self.app.push_screen(Saves())
