"""Institutions: every body and question, how each member leans and would vote, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from engine.play.facts.council import Chamber, Motion, what_would_flip
from engine.play.facts.power import power_in_words, power_now
from engine.play.session import BALLOTS, OrderRefused
from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain, row, stack
from tui.lines.head import axis, status
from tui.lines.votes import ballot_rows, count_line, heads, may_see_leans, member_lines, motion_line
from tui.screens.place import Place
from tui.widgets.feet import Feet
from tui.widgets.rows import Rows
from tui.widgets.timeline import GameHead

if TYPE_CHECKING:
    from engine.play.facts.flips import Flip
    from tui.match import Match


class Council(Place):
    """A question at a time: [ and ] go through them. Lean is a matter of degree, a vote is not, so both are shown.

    If your seat votes here, + - 0 tell it how, should the question be tabled this turn.
    """

    PLACE = "council"
    BINDINGS = bindings_of("council")

    def __init__(self, match: Match, number: int = 0) -> None:
        super().__init__()
        self.match, self.number = match, number
        self.flips: dict[str, dict[str, Flip | None]] = {}

    def compose(self) -> ComposeResult:
        """The head, the question, its members, what would change the vote of the one in view."""
        yield GameHead(id="head")
        with Vertical(id="votes", classes="panel -active"):
            yield Static(id="votes-head", classes="head")
            yield Rows(id="votes-rows")
            yield Static(id="votes-count", classes="detail")
            yield Static(id="votes-detail", classes="detail")
        yield Feet()

    def on_mount(self) -> None:
        """The members can be gone through at once."""
        self.query_one(Rows).focus()
        self.call_after_refresh(self.write)

    def on_resize(self) -> None:
        """Lines are as long as the screen is wide."""
        self.call_after_refresh(self.write)

    @property
    def in_view(self) -> tuple[Chamber, Motion | None] | None:
        """The body and the question in view."""
        motions = self.match.motions
        return motions[self.number % len(motions)] if motions else None

    def write(self) -> None:
        """The question in view, as things stand."""
        match, width, glyphs = self.match, self.size.width - 4, self.glyphs
        turn = match.session.turn
        self.query_one(GameHead).show(
            status(match.scenario, turn, match.viewer, "", self.size.width, glyphs),
            axis(match.scenario, turn, match.viewer, self.size.width, glyphs),
        )
        head = self.query_one("#votes-head", Static)
        if self.in_view is None:
            head.update(plain(_("Nobody votes in this scenario.")))
            return
        chamber, motion = self.in_view
        count = f"  {self.number % len(match.motions) + 1}/{len(match.motions)}"
        lines = [
            row(plain(chamber.title, "b $primary"), plain(count, "$text-muted")),
            plain(chamber.rule, "$text-muted"),
        ]
        lines += [motion_line(motion), heads(width)] if motion else [plain(chamber.summary or "")]
        head.update(stack(lines))
        told = match.instructed(motion.question) if motion else {}
        candour = match.session.level.candour
        self.query_one(Rows).show(ballot_rows(chamber, motion, told, width, glyphs, candour))
        foot = count_line(match.scenario, chamber, motion, candour) if motion else plain("")
        self.query_one("#votes-count", Static).update(foot)
        self.write_member()
        self.refresh_bindings()

    @on(Rows.InView)
    def write_member(self) -> None:
        """Why the member in view leans so, and what would change its vote."""
        detail = self.query_one("#votes-detail", Static)
        if self.in_view is None:
            detail.update("")
            return
        chamber, motion = self.in_view
        if motion is None:
            detail.update("")
            return
        actor = self.query_one(Rows).in_view
        ballot = next((ballot for ballot in motion.ballots if ballot.actor == actor), None)
        if ballot is None:
            detail.update("")
            return
        power = power_in_words(power_now(self.match.seen, chamber.institution), ballot.actor)
        if not may_see_leans(self.match.session, ballot.actor, self.match.viewer):
            closed = _("At this difficulty the reasons of others are theirs.")
            detail.update(stack([plain(closed, "$text-muted"), plain(power, "$text-muted")]))
            return
        if motion.question not in self.flips:
            self.flips[motion.question] = what_would_flip(self.match.seen, motion.question)
        flip = self.flips[motion.question].get(ballot.actor)
        detail.update(stack(member_lines(self.match.scenario, ballot, flip, power)))

    @on(Rows.Chosen)
    def action_who(self) -> None:
        """The dossier of the member in view."""
        actor = self.query_one(Rows).in_view
        if actor:
            self.brink.open_dossier(actor)

    def action_next(self) -> None:
        """The next question."""
        self.number += 1
        self.write()

    def action_previous(self) -> None:
        """The question before."""
        self.number -= 1
        self.write()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a seat that may vote on the question can be told how."""
        if action.startswith("vote_"):
            return self._may_tell() or None
        return True

    def _may_tell(self) -> bool:
        match = self.match
        motion = self.in_view[1] if self.in_view else None
        if motion is None or match.viewer is None or match.session.is_over:
            return False
        return motion.question in match.session.questions(match.viewer)

    def _tell(self, ballot: int | None) -> None:
        motion = self.in_view[1] if self.in_view else None
        if motion is None or self.match.viewer is None:
            return
        try:
            self.match.session.vote(self.match.viewer, motion.question, ballot)
        except OrderRefused as refusal:
            self.notify(str(refusal), severity="warning", markup=False)
            return
        self.brink.keep_game()
        self.write()

    def action_vote_yes(self) -> None:
        """The seat votes yes."""
        self._tell(BALLOTS["yes"])

    def action_vote_no(self) -> None:
        """The seat votes no."""
        self._tell(BALLOTS["no"])

    def action_vote_abstain(self) -> None:
        """The seat abstains."""
        self._tell(BALLOTS["abstain"])

    def action_vote_rule(self) -> None:
        """The seat votes as it leans."""
        self._tell(None)
