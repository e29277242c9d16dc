"""Small questions over another screen: a line of text, or one of a few answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain
from tui.screens.place import Asking
from tui.widgets.feet import Feet
from tui.widgets.rows import Row, Rows

Doubt = Callable[[str], str | None]
"""Says in a sentence what is wrong with an answer; None where nothing is."""


class AskText(Asking[str]):
    """Write an answer; Enter gives it, Esc leaves without one."""

    PLACE = "asking"
    BINDINGS = bindings_of("asking")

    def __init__(self, question: str, text: str = "", doubt: Doubt = lambda _answer: None) -> None:
        super().__init__()
        self.question, self.text, self.doubt = question, text, doubt

    def compose(self) -> ComposeResult:
        """The question, the line to write on, what is wrong with it."""
        with Vertical(classes="dialog"):
            yield Static(plain(self.question, "b $primary"), id="question")
            yield Input(self.text, id="answer", max_length=120)
            yield Static(id="doubt")
        yield Feet()

    def on_mount(self) -> None:
        """Ready to be written on."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong may have been put right."""
        self.query_one("#doubt", Static).update("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the answer, unless something is wrong with it."""
        answer = event.value.strip()
        wrong = self.doubt(answer) if answer else _("Write something, or leave with Esc.")
        if wrong:
            self.query_one("#doubt", Static).update(plain(wrong, "$text-error"))
        else:
            self.dismiss(answer)


class AskChoice(Asking[str]):
    """Choose an answer with Enter or a click; Esc leaves without one."""

    PLACE = "asking"
    BINDINGS = bindings_of("asking")

    def __init__(self, question: str, answers: Sequence[tuple[str, str | Content]], about: str = "") -> None:
        """``answers`` are names with what is shown for them."""
        super().__init__()
        self.question, self.about = question, about
        self.answers = [Row(name, line if isinstance(line, Content) else plain(line)) for name, line in answers]

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(classes="dialog"):
            yield Static(plain(self.question, "b $primary"), id="question")
            if self.about:
                yield Static(plain(self.about, "$text-muted"), id="about")
            yield Rows(id="answers")
        yield Feet()

    def on_mount(self) -> None:
        """The first answer is in view."""
        rows = self.query_one(Rows)
        rows.show(self.answers)
        rows.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """That is the answer."""
        self.dismiss(event.row)
