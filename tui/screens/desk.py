"""The desk: news, actions with their odds, stances and votes. Everything a turn needs is here."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain, row, stack
from tui.lines.head import axis, status
from tui.lines.letters import ASKED, GIVEN, desk_rows
from tui.lines.news import news_rows
from tui.lines.stances import actor_rows, issue_lines
from tui.lines.votes import ballot_rows, count_line, heads, motion_line
from tui.screens.choosing import Choosing
from tui.screens.panels import Panel
from tui.widgets.rows import Rows
from tui.widgets.timeline import GameHead

if TYPE_CHECKING:
    from tui.match import Match

TWICE = 3.0
"""Seconds within which Esc is pressed once more by who means to leave the desk."""


class Desk(Choosing):
    """Your desk. See who wants what of you, and the news (1); choose what to do (2: Enter); write to others (k); look
    at stances (3) and votes (4); then end the turn.

    Beside an act stand twenty futures, a letter each, where they are others than if you did nothing, and what it
    changes of your score. Behind a line with an arrow stands more; Enter opens it.
    """

    PLACE = "desk"
    BINDINGS = bindings_of("desk")
    PANELS: ClassVar = {
        "news": Panel(_("Desk"), "panel_1"),
        "actions": Panel(_("Actions"), "panel_2"),
        "stances": Panel(_("Stances"), "panel_3"),
        "votes": Panel(_("Votes"), "panel_4"),
    }
    PLACES = ("news", "stances", "actions", "votes")

    def __init__(self, match: Match) -> None:
        super().__init__(match)
        self.issue_number = 0
        self.leaves_at = -TWICE
        """When Esc was pressed last."""
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

    def on_screen_resume(self) -> None:
        """Something may have been chosen on another screen."""
        if self.is_mounted and self.size.width and not self.course.is_resolving:
            self.write()

    # What is shown

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
        width = self.width_of("news")
        on_desk = [*desk_rows(self.match, width), *news_rows(session, self.own, width)]
        self.query_one("#news-rows", Rows).show(on_desk)
        self.write_actions()
        self.write_stances()
        self.write_votes()
        self.refresh_bindings()

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

    @on(Rows.Chosen, "#stances-rows")
    @on(Rows.Chosen, "#votes-rows")
    def open_actor(self, event: Rows.Chosen) -> None:
        """The dossier of the actor in view."""
        if event.row:
            self.brink.open_dossier(event.row)

    @on(Rows.Chosen, "#news-rows")
    def open_dispatch(self, event: Rows.Chosen) -> None:
        """The question or the words in view, or the dossier of whoever a dispatch is about."""
        name = event.row or ""
        if name.startswith(ASKED) and self.own is not None:
            self.course.ask_about(self.own, name.removeprefix(ASKED))
            return
        if name.startswith(GIVEN):
            self.action_words()
            return
        actor = (event.row or "").rpartition(":")[2]
        if actor in self.match.scenario.actors:
            self.brink.open_dossier(actor)

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

    def action_question(self) -> None:
        """What the own side is asked, once more."""
        if self.own is None or not self.match.forget_answers(self.own):
            self.notify(_("Nobody asks you anything now."), timeout=2)
            return
        self.course.ask_at_desk()

    def action_end_turn(self) -> None:
        """Hear the advisers, then let the turn take its course."""
        self.course.end_turn()

    def action_leave(self) -> None:
        """Back to the title, where it is meant: at the second Esc; the game is kept."""
        pressed, self.leaves_at = self.leaves_at, time.monotonic()
        if self.leaves_at - pressed <= TWICE:
            self.brink.leave_game()
        else:
            self.notify(_("Esc once more leaves the desk; the game is kept."), timeout=TWICE)
