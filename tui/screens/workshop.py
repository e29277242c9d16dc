"""The workshop: a scenario's findings, a game that is played again after each save, its values and its calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from engine.play.session import OrderRefused
from engine.play.workshop.bench import Workshop
from engine.play.workshop.draft import Draft, explanation
from engine.play.workshop.figures import ExpressionError, Figure
from engine.words import _
from tui.commands import bindings_of
from tui.lines.actions import BARRED, HOLD
from tui.lines.cells import plain, stack
from tui.lines.head import axis, moves_in_words, status
from tui.lines.workshop import (
    KEPT,
    asked_lines,
    detail_lines,
    finding_rows,
    game_rows,
    option_of,
    timeline_rows,
    value_rows,
)
from tui.screens.panels import Panel, Panels
from tui.screens.place import Reader
from tui.widgets.rows import Row, Rows
from tui.widgets.timeline import GameHead

if TYPE_CHECKING:
    from engine.play.session import Option

LOOKS = 0.1
"""Seconds between two looks whether a file was saved."""

LONGEST = 1000
"""Characters of an expression that can be written."""


class WorkshopScreen(Panels):
    """Write in your own editor: after each save the findings (1) are new, and your choices are made again.

    Play the game (2) as far as you want to look, read what everything is worth (3), and what the calendar brings (4).
    """

    PLACE = "workshop"
    BINDINGS = bindings_of("workshop")
    PANELS: ClassVar = {
        "findings": Panel(_("Findings"), "findings"),
        "game": Panel(_("Game"), "game"),
        "values": Panel(_("Values"), "values"),
        "timeline": Panel(_("Timeline"), "timeline"),
    }
    PLACES = ("findings", "timeline", "game", "values")

    def __init__(self, name: str, seed: int | None = None, side: str | None = None) -> None:
        """For a scenario as :class:`Workshop` takes it; seed 1 where left out."""
        super().__init__()
        self.workshop = Workshop(name, 1 if seed is None else seed, side)
        self.kept: list[str] = []
        """The expressions that the author wrote."""
        self.is_looking = False

    def inside(self, name: str) -> Iterator[Widget]:
        """The list of a panel, and what stands below it."""
        yield from super().inside(name)
        if name in ("game", "values"):
            yield Static(id=f"{name}-detail", classes="detail")
        if name == "values":
            line = Input(id="answer", max_length=LONGEST, placeholder=_("An expression, such as those of the scenario"))
            line.display = False
            yield line

    def on_mount(self) -> None:
        """The first look, and then one after each save."""
        self.show_panel("findings")
        self.ask_whether_saved()
        self.set_interval(LOOKS, self.ask_whether_saved)

    # The file

    def ask_whether_saved(self) -> None:
        """Look at the files on a thread where one was saved."""
        if not self.is_looking and self.workshop.is_saved:
            self.is_looking = True
            self.look()

    @work(thread=True, group="look")
    def look(self) -> None:
        """The files as they are now, while the screen goes on."""
        draft = self.workshop.look()
        if not get_current_worker().is_cancelled:
            self.bring(self.take_in, draft)

    def take_in(self, draft: Draft) -> None:
        """Go on with what was read."""
        self.is_looking = False
        self.workshop.take_in(draft)
        self.write()

    # What is shown

    def write(self) -> None:
        """Every panel as things stand."""
        self.write_head()
        self.write_tabs()
        self._show("findings", finding_rows(self.workshop.draft, self.width_of("findings"), self.glyphs))
        self._show("game", game_rows(self.workshop, self.width_of("game"), self.glyphs))
        self._show("timeline", timeline_rows(self.workshop.session, self.width_of("timeline"), self.glyphs))
        self.write_option()

    def _show(self, name: str, rows: list[Row]) -> None:
        self.query_one(f"#{name}-rows", Rows).show(rows)

    def write_head(self) -> None:
        """The side, the turn, the calendar; the scenario's name while there is no game."""
        session, seat, width = self.workshop.session, self.workshop.seat, self.size.width
        head = self.query_one(GameHead)
        if session is None:
            head.show(plain(f" {self.workshop.name}", "b $primary"), ())
            return
        scenario, turn = session.scenario, session.turn
        moves = "" if seat is None else moves_in_words(session, seat)
        head.show(
            status(scenario, turn, seat, moves, width, self.glyphs), axis(scenario, turn, seat, width, self.glyphs)
        )

    @property
    def option(self) -> Option | None:
        """The option in view."""
        name = self.query_one("#game-rows", Rows).in_view
        return option_of(self.workshop.session, self.workshop.seat, name)

    @on(Rows.InView, "#game-rows")
    def write_option(self) -> None:
        """What the option in view means, and what it asks for."""
        session, seat, option = self.workshop.session, self.workshop.seat, self.option
        name = self.query_one("#game-rows", Rows).in_view or ""
        lines: Iterable[Content] = ()
        if session is not None and seat is not None and option is not None:
            lines = detail_lines(session, seat, name, option)
        self.query_one("#game-detail", Static).update(stack(lines))
        self.write_values()

    def write_values(self) -> None:
        """What everything is worth."""
        figures = self.workshop.figures
        if figures is not None:
            kept = [self.asked(text) for text in self.kept]
            self._show("values", value_rows(figures, self.option, kept, self.width_of("values"), self.glyphs))
        self.write_answer()

    def asked(self, text: str) -> Figure | str:
        """What an expression is worth, or what is wrong with it."""
        if self.workshop.session is None:
            return _("There is no game yet.")
        try:
            return self.workshop.evaluate(text, self.option)
        except ExpressionError as error:
            return f"{text}: {error}"

    def write_answer(self) -> None:
        """What the expression that is being written is worth."""
        line, detail = self.query_one("#answer", Input), self.query_one("#values-detail", Static)
        text = line.value.strip()
        detail.display = line.display and bool(text)
        if detail.display:
            found = self.asked(text)
            detail.update(asked_lines(found, self.width_of("values"), self.glyphs))

    # What is done

    def action_findings(self) -> None:
        """The findings."""
        self.show_panel("findings")

    def action_game(self) -> None:
        """The game."""
        self.show_panel("game")

    def action_values(self) -> None:
        """The values."""
        self.show_panel("values")

    def action_timeline(self) -> None:
        """The calendar."""
        self.show_panel("timeline")

    @on(Rows.Chosen, "#findings-rows")
    def explain(self, event: Rows.Chosen) -> None:
        """The page of the finding in view."""
        findings = self.workshop.findings
        if event.row is not None and int(event.row) < len(findings):  # a save may have come between
            problem = findings[int(event.row)]
            self.app.push_screen(Explanation(problem.code, problem.message))

    @on(Rows.Chosen, "#game-rows")
    def choose(self, event: Rows.Chosen) -> None:
        """Choose the option in view, or leave it again."""
        name = event.row or ""
        if name.startswith(BARRED):
            self.notify(_("That can't be done now; below the list stands what it needs."), timeout=2, markup=False)
        elif name == HOLD or self.option is not None:
            self._do(lambda: self.workshop.toggle(self.option))

    @on(Rows.Chosen, "#values-rows")
    def let_go(self, event: Rows.Chosen) -> None:
        """An expression of the author's is kept no longer."""
        if event.row is not None and event.row.startswith(KEPT):
            number = int(event.row.removeprefix(KEPT))
            self.kept = [text for place, text in enumerate(self.kept) if place != number]
            self.write_values()

    def action_by_rule(self) -> None:
        """Leave the turn to the rule."""
        session = self.workshop.session
        if session is not None and self.workshop.seat is not None and not session.is_over:
            self._do(self.workshop.leave_to_rule)

    def _do(self, choose: Callable[[], None]) -> None:
        try:
            choose()
        except OrderRefused as refusal:
            self.notify(str(refusal), severity="warning", markup=False)
            return
        self.write()

    def action_play_turn(self) -> None:
        """The turn takes its course."""
        if self.workshop.end_turn():
            self.write()

    def action_take_back(self) -> None:
        """Take back the latest choice, or the turn before."""
        if self.workshop.undo():
            self.write()

    def action_expression(self) -> None:
        """A line to write an expression on."""
        self.show_panel("values")
        line = self.query_one("#answer", Input)
        line.display = True
        line.focus()

    @on(Input.Changed, "#answer")
    def another_expression(self) -> None:
        """Its value is read while it is written."""
        self.write_answer()

    @on(Input.Submitted, "#answer")
    def keep_expression(self, event: Input.Submitted) -> None:
        """Keep it among the values, unless something is wrong with it."""
        text = event.value.strip()
        if not text:
            self.close_line()
        elif isinstance(self.asked(text), Figure):
            self.kept.append(text)
            self.close_line()

    def close_line(self) -> None:
        """Nothing is written any more; the keys are commands again."""
        line = self.query_one("#answer", Input)
        line.value = ""
        line.display = False
        self.query_one("#values-rows").focus()
        self.write_values()

    def action_leave(self) -> None:
        """Close the line that is written on; then, the program."""
        if self.query_one("#answer", Input).display:
            self.close_line()
        else:
            self.brink.action_finish()


class Explanation(Reader):
    """What a finding means, why it matters, and how it is put right."""

    PLACE = "explanation"
    BINDINGS = bindings_of("explanation")

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def lines(self, width: int) -> Iterable[str | Content]:
        """The page, as `brink check --explain` prints it."""
        found = [plain(line) for line in explanation(self.code, width)]
        return found or [plain(_("This finding has no page."))]
