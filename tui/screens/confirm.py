"""Before a turn is sent: the moves, their odds, advisers who disagree, and the player's own call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain, stack
from tui.lines.confirm import advice_lines, call_line, plan_lines
from tui.screens.place import Asking
from tui.widgets.feet import Feet

if TYPE_CHECKING:
    from tui.match import Match

STEP = 0.1
"""By how much a call is made surer or less sure."""


class Confirm(Asking[bool]):
    """Enter sends the turn, Esc goes back. With f you say which ending you expect; + and - say how surely."""

    PLACE = "confirm"
    BINDINGS = bindings_of("confirm")

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match
        self.ending, self.sure = match.call_in_mind
        self.heard_at = 0
        """Futures that were known when the advisers were asked last; at twice as many they are asked again."""
        self.advice: Content = plain(_("The advisers are thinking ...") if match.plan else "", "$text-muted")

    def compose(self) -> ComposeResult:
        """The plan, the advisers, the call."""
        with Vertical(classes="dialog"):
            with VerticalScroll(id="pages"):
                yield Static(id="plan")
                yield Static(id="advice")
            yield Static(id="call")
        yield Feet()

    def on_mount(self) -> None:
        """Show the plan at once, and the advisers when they have thought."""
        self.query_one("#pages").focus()
        self.call_after_refresh(self.write)
        self.hear()

    @work(thread=True, exclusive=True, group="advice")
    def hear(self) -> None:
        """Let the advisers think while the plan can be read already."""
        self.heard_at = self.match.board.futures if self.match.board is not None else 0
        found = stack(advice_lines(self.match, self.width, self.glyphs))
        if not get_current_worker().is_cancelled:
            self.bring(self.heard, found)

    def heard(self, advice: Content) -> None:
        """The advisers have thought."""
        self.advice = advice
        self.write()

    def on_resize(self) -> None:
        """Lines are broken anew."""
        self.call_after_refresh(self.write)

    def odds_changed(self) -> None:
        """More is known."""
        self.write()
        if self.match.board is not None and self.match.board.futures >= 2 * max(1, self.heard_at):
            self.hear()

    @property
    def width(self) -> int:
        """Cells inside the dialog."""
        return max(40, min(110, int(0.9 * self.size.width)) - 6)

    def write(self) -> None:
        """Everything as it is known now."""
        self.match.call_in_mind = (self.ending, self.sure)
        self.query_one("#plan", Static).update(stack(plan_lines(self.match, self.width, self.glyphs)))
        self.query_one("#advice", Static).update(self.advice)
        self.query_one("#call", Static).update(call_line(self.match, self.ending, self.sure, self.width))

    def action_send(self) -> None:
        """The call is noted, and the turn is sent."""
        if self.ending is not None and self.match.viewer is not None:
            self.match.session.call(self.match.viewer, self.ending, round(self.sure, 2))
        self.dismiss(True)

    def action_call(self) -> None:
        """The next ending; after the last one, no call."""
        endings = [None, *self.match.callable_endings]
        self.ending = endings[(endings.index(self.ending) + 1) % len(endings)]
        odds = self.match.plan_odds
        if self.ending is not None and odds is not None:
            self.sure = min(0.95, max(0.05, round(odds.shares[self.ending].share / STEP) * STEP))
        self.write()

    def action_more(self) -> None:
        """Surer."""
        self.sure = min(1.0, self.sure + STEP)
        self.write()

    def action_less(self) -> None:
        """Less sure."""
        self.sure = max(0.0, self.sure - STEP)
        self.write()
