"""A list to choose from, in a window of any size."""

from __future__ import annotations

from textual.widgets import OptionList


class Menu(OptionList):
    """An option list that bears keys while there is no room for a line of it."""

    def action_page_up(self) -> None:
        """Move by one page, where there is one: without room no line has a place."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move by one page, where there is one: without room no line has a place."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]
