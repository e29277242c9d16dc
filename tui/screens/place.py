"""What all screens have in common: their keys, their size classes, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, Generic, ParamSpec, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.glyphs import Glyphs
from tui.lines.cells import plain, stack
from tui.widgets.feet import Feet

if TYPE_CHECKING:
    from tui.host import Host

Answer = TypeVar("Answer")
P = ParamSpec("P")

AFTER_PAINT = 0.05
"""Seconds after which a screen has been drawn, so that heavy imports on a thread do not hold it up."""

WIDE, TALL = 110, 34
"""Columns and rows from which the desk shows all its panels at once."""

FIRST = 2
"""Screens of the application while its first one is in view, Textual's blank one among them."""


class Ours(Screen[Answer], Generic[Answer]):
    """What the screens of the game and its questions share."""

    PLACE: ClassVar[str] = "screen"
    """The name by which the table of commands knows it."""

    @property
    def brink(self) -> Host:
        """The application, as screens know it."""
        return cast("Host", self.app)

    @property
    def glyphs(self) -> Glyphs:
        """The signs in use."""
        return self.brink.glyphs

    @property
    def is_first(self) -> bool:
        """Whether nothing lies below it but the blank screen that Textual keeps there."""
        return len(self.app.screen_stack) <= FIRST

    def while_here(self, then: Callable[P, None]) -> Callable[P, None]:
        """The same function, which does nothing once the screen has been left."""

        def guarded(*found: P.args, **named: P.kwargs) -> None:
            if self in self.app.screen_stack:
                then(*found, **named)

        return guarded

    def bring(self, then: Callable[P, None], *found: P.args, **named: P.kwargs) -> None:
        """Bring what a thread has found to the screen, unless it has been left; called on the thread."""
        self.app.call_from_thread(self.while_here(then), *found, **named)


class Place(Ours[None]):
    """A screen of the game."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012  # as Textual declares it

    def action_leave(self) -> None:
        """Back to the screen before, or to the title where the game began with this one."""
        if self.is_first:
            self.brink.show_title()
        else:
            self.dismiss()


class Asking(Ours[Answer | None], ModalScreen[Answer | None], Generic[Answer]):
    """A question over another screen; None where it was left unanswered."""

    def action_leave(self) -> None:
        """Without an answer."""
        self.dismiss(None)


class Reader(Place):
    """A screen to be read from top to bottom."""

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        self.heading = heading

    def head(self) -> Iterable[Widget]:
        """What stands above the text and stays there."""
        return (Static(plain(self.heading, "b $primary"), id="heading"),)

    def lines(self, width: int) -> Iterable[str | Content]:
        """The text, for a number of columns."""
        return ()

    def compose(self) -> ComposeResult:
        """The heading, the text, the keys."""
        yield from self.head()
        with VerticalScroll(id="pages"):
            yield Static(id="page")
        yield Feet()

    def on_mount(self) -> None:
        """The text can be scrolled at once."""
        self.query_one("#pages").focus()
        self.write()

    def on_resize(self) -> None:
        """Lines are broken anew."""
        self.write()

    def write(self) -> None:
        """Show the text as it is now."""
        width = max(20, self.size.width - 4)
        self.query_one("#page", Static).update(stack(self.lines(width)))
