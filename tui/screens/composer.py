"""The composer: a word to somebody in a few keys; how it is likely taken, and where it leads, before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from engine.play.session import OrderRefused
from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import stack
from tui.lines.speaking import Line, addressees, detail_lines, head_lines, saying_line, sayings, ways
from tui.screens.numbered import Numbered
from tui.screens.place import Asking
from tui.widgets.feet import Feet
from tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from tui.match import Match


class Composer(Numbered, Asking[bool]):
    """Choose to whom, what you ask, and what you give, with Enter or a number; Esc goes back a step.

    What you choose goes out when you end the turn. Beside an offer stands how likely it is taken; what follows is
    reckoned with that.
    """

    PLACE = "composer"
    BINDINGS = bindings_of("composer")

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match
        self.trail: list[Line] = []
        """What was chosen so far: whom, then what is asked."""
        self.has_changed = False

    def compose(self) -> ComposeResult:
        """Where the writer is, what may be chosen, and what the line in view means."""
        with Vertical(classes="dialog"), VerticalScroll(id="pages"):
            yield Static(id="whom")
            yield Rows(id="sayings")
            yield Static(id="saying-detail")
        yield Feet()

    def on_mount(self) -> None:
        """The first step."""
        self.call_after_refresh(self.go_to, [])

    def go_to(self, trail: list[Line]) -> None:
        """A step: the lines are shown, and where words are among them the odds of those are asked for."""
        self.trail = trail
        ready = [line.words[0].option for line in self.choices if line.is_word and line.words[0].explained.legal]
        if ready:
            self.match.weigh(ready)
        self.write()
        rows = self.query_one(Rows)
        rows.highlighted = 0
        rows.focus()
        self.write_detail(rows.in_view)

    @property
    def choices(self) -> list[Line]:
        """What may be chosen at this step."""
        if not self.trail:
            return addressees(self.match)
        return sayings(self.trail[0]) if len(self.trail) == 1 else ways(self.trail[1])

    @property
    def width(self) -> int:
        """Cells inside the dialog."""
        return max(40, min(110, int(0.9 * self.size.width)) - 6)

    def on_resize(self) -> None:
        """Lines are broken anew."""
        self.call_after_refresh(self.write)

    def odds_changed(self) -> None:
        """More is known."""
        self.write()

    def write(self) -> None:
        """Everything as it is known now."""
        self.query_one("#whom", Static).update(stack([*head_lines(self.match, self.trail), ""]))
        rows = self.query_one(Rows)
        rows.show(
            [
                Row(line.name, saying_line(self.match, number, line, self.width, self.glyphs))
                for number, line in enumerate(self.choices, 1)
            ]
        )
        self.write_detail(rows.in_view)

    def write_detail(self, name: str | None) -> None:
        """What the line in view means."""
        line = self.line_of(name)
        lines = [] if line is None else detail_lines(self.match, line, self.width, self.glyphs)
        self.query_one("#saying-detail", Static).update(stack(["", *lines]))

    def line_of(self, name: str | None) -> Line | None:
        """The line of a name."""
        return next((line for line in self.choices if line.name == name), None)

    def on_rows_in_view(self, event: Rows.InView) -> None:
        """Show what it means."""
        self.write_detail(event.row)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go on from there, or say it."""
        line = self.line_of(event.row)
        if line is None:
            return
        if line.is_word:
            self.say(line)
        else:
            self.go_to([*self.trail, line])

    def say(self, line: Line) -> None:
        """The word goes out with the turn; chosen once more it does not."""
        match, option = self.match, line.words[0].option
        assert match.viewer is not None
        was_chosen = option in match.plan
        try:
            match.toggle(match.viewer, option)
        except OrderRefused as refusal:
            self.notify(str(refusal), severity="warning", markup=False)
            return
        self.has_changed = True
        if was_chosen:
            self.go_to(self.trail)
        else:
            self.notify(_("It goes out when you end the turn."), timeout=2)
            self.dismiss(True)

    def look_at(self, number: int) -> None:
        """Bring a line into view; where it is already, or leads on, choose it."""
        if number > len(self.choices):
            return
        rows, line = self.query_one(Rows), self.choices[number - 1]
        is_in_view = rows.in_view == line.name
        rows.highlighted = number - 1
        if is_in_view or not line.is_word:
            rows.action_select()

    def action_leave(self) -> None:
        """A step back; from the first one to the desk."""
        if self.trail:
            self.go_to(self.trail[:-1])
        else:
            self.dismiss(self.has_changed)
