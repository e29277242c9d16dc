"""A list of lines that keeps its place when its lines are written anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.widgets.menu import Menu


class Row(NamedTuple):
    """A line with the name by which it is found again; a line without a name can't be chosen."""

    id: str | None
    line: Content


class Rows(Menu):
    """An option list whose lines change while somebody is in it."""

    class InView(Message):
        """Another line is in view."""

        def __init__(self, rows: Rows, name: str | None) -> None:
            super().__init__()
            self.rows, self.row = rows, name

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    class Chosen(InView):
        """A line was chosen."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # as Textual calls it
        super().__init__(id=id, markup=False)
        self._shown: list[Row] = []

    @property
    def in_view(self) -> str | None:
        """The name of the line in view."""
        option = self.highlighted_option
        return None if option is None else option.id

    def show(self, rows: Sequence[Row]) -> None:
        """Write the lines; those that are there stay, and the line in view stays in view."""
        if [row.id for row in rows] == [row.id for row in self._shown]:
            for number, (new, old) in enumerate(zip(rows, self._shown, strict=True)):
                if not new.line.is_same(old.line):
                    self.replace_option_prompt_at_index(number, new.line)
        else:
            wanted = self.in_view
            place = self.highlighted or 0
            with self.prevent(OptionList.OptionHighlighted):
                self.set_options([Option(row.line, id=row.id, disabled=row.id is None) for row in rows])
                names = [row.id for row in rows]
                if rows:
                    self.highlighted = (
                        names.index(wanted) if wanted and wanted in names else self._next_free(names, place)
                    )
            self.post_message(self.InView(self, self.in_view))
        self._shown = list(rows)

    def _next_free(self, names: Sequence[str | None], place: int) -> int | None:
        free = [number for number, name in enumerate(names) if name is not None]
        return min(free, key=lambda number: abs(number - place), default=None)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell it by its name."""
        event.stop()
        self.post_message(self.InView(self, event.option_id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell it by its name."""
        event.stop()
        self.post_message(self.Chosen(self, event.option_id))
