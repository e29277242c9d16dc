"""A question to a side, put while the turn stands still: what may be said, with the odds of each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from engine.play.facts.parley import ACCEPT, COUNTER
from engine.play.session import OrderRefused
from engine.words import _
from tui.commands import bindings_of
from tui.lines.asked import answer_rows, detail_lines, head_lines, keys_line
from tui.lines.cells import stack
from tui.screens.numbered import Numbered
from tui.screens.place import Asking
from tui.widgets.feet import Feet
from tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from engine.play.facts.asked import Standing
    from engine.play.session import Option
    from tui.match import Match

OPEN = "open"
"""The name of the line that says nothing; answers are named by their options, which have a dot."""


class Question(Numbered, Asking[bool]):
    """1 to 6 choose an answer and Enter gives it; t leaves the question open while there is time."""

    PLACE = "question"
    BINDINGS = bindings_of("question")

    def __init__(self, match: Match, standing: Standing) -> None:
        super().__init__()
        self.match, self.standing = match, standing

    def compose(self) -> ComposeResult:
        """What is asked, the answers, and what the one in view would lead to."""
        with Vertical(classes="dialog"), VerticalScroll(id="pages"):
            yield Static(id="asked")
            yield Rows(id="answers")
            yield Static(id="answer-detail")
        yield Feet()

    def on_mount(self) -> None:
        """The answers are in view at once, their odds as they become known."""
        self.match.ask_odds_of(self.standing)
        self.call_after_refresh(self.begin)

    def begin(self) -> None:
        """The first look, at what is chosen already or at the first answer."""
        self.write()
        rows = self.query_one("#answers", Rows)
        rows.focus()
        self.write_detail(rows.in_view)

    def on_resize(self) -> None:
        """Lines are broken anew."""
        self.call_after_refresh(self.write)

    def odds_changed(self) -> None:
        """More is known."""
        self.write()

    @property
    def width(self) -> int:
        """Cells inside the dialog."""
        return max(40, min(110, int(0.9 * self.size.width)) - 8)

    def write(self) -> None:
        """Everything as it is known now."""
        match, width, glyphs = self.match, self.width, self.glyphs
        self.query_one("#asked", Static).update(stack([*head_lines(match, self.standing), ""]))
        names = [*(str(e.option) if e.legal else None for e in self.standing.answers), OPEN]
        lines = answer_rows(match, self.standing, width, glyphs)
        rows = [Row(name, line) for name, line in zip(names, lines, strict=True)]
        shown = self.query_one("#answers", Rows)
        shown.show(rows)
        self.write_detail(shown.in_view)

    def write_detail(self, name: str | None) -> None:
        """What the answer in view would lead to."""
        lines = detail_lines(self.match, self.standing, self.option_of(name), self.width, self.glyphs)
        self.query_one("#answer-detail", Static).update(stack(["", *lines, keys_line(self.standing)]))

    def option_of(self, name: str | None) -> Option | None:
        """The answer that a line stands for; None says nothing."""
        return next((e.option for e in self.standing.legal if str(e.option) == name), None)

    def on_rows_in_view(self, event: Rows.InView) -> None:
        """Show what it would lead to."""
        self.write_detail(event.row)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """That is the answer."""
        self.say(self.option_of(event.row))

    def say(self, option: Option | None) -> None:
        """Give an answer, or leave the question open."""
        try:
            self.match.answer(self.standing, option)
        except OrderRefused as refusal:
            self.notify(str(refusal), severity="warning", markup=False)
            return
        self.dismiss(True)

    def look_at(self, number: int) -> None:
        """Bring an answer into view; where it is already, that is the answer."""
        if number > len(self.standing.answers):
            return
        explained = self.standing.answers[number - 1]
        if not explained.legal:
            self.notify(_("That can't be said now."), timeout=2, markup=False)
            return
        rows = self.query_one("#answers", Rows)
        if rows.in_view == str(explained.option):
            self.say(explained.option)
        else:
            rows.highlighted = number - 1

    def give(self, word: str) -> None:
        """Give the answer that begins with a word, where there is one; several of a kind are looked at in turn."""
        alike = [e for e in self.standing.answers if e.option.said.startswith(word)]
        legal = [e for e in alike if e.legal]
        if not alike:
            return
        if not legal:
            self.notify(_("That can't be said now."), timeout=2, markup=False)
        elif len(legal) == 1:
            self.say(legal[0].option)
        else:
            rows = self.query_one("#answers", Rows)
            names = [str(e.option) for e in legal]
            place = names.index(rows.in_view) + 1 if rows.in_view in names else 0
            rows.highlighted = [str(e.option) for e in self.standing.answers].index(names[place % len(names)])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of answers are offered where there are such answers."""
        word = {"accept": ACCEPT, "refuse": "refuse", "counter": COUNTER}.get(action)
        return word is None or any(e.option.said.startswith(word) for e in self.standing.answers)

    def action_accept(self) -> None:
        """Take what is offered."""
        self.give(ACCEPT)

    def action_refuse(self) -> None:
        """Refuse it."""
        self.give("refuse")

    def action_counter(self) -> None:
        """Ask for something else instead."""
        self.give(COUNTER)

    def action_think(self) -> None:
        """Nothing is said yet."""
        self.say(None)

    def action_leave(self) -> None:
        """The same as thinking it over: a question is never lost."""
        self.say(None)
