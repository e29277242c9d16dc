"""Which side: the briefing of the one in view, the difficulty, and how many people sit at the terminal."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain, row, stack
from tui.screens.place import AFTER_PAINT, Place
from tui.widgets.feet import Feet
from tui.widgets.menu import Menu

if TYPE_CHECKING:
    from engine.play.crisis import Crisis

WATCH = "*"
"""The line that takes no side; no actor is called so."""

SEEDS = 1_000_000
"""Seeds from which one is drawn: few enough that people can copy one down."""


class Choose(Place):
    """Take a side: Enter begins. Read on the right what it wants, what it fears, and what it may do."""

    PLACE = "choose"
    BINDINGS = bindings_of("choose")

    def __init__(self, scenario: str, people: Sequence[str] = (), level: str | None = None) -> None:
        """``people`` are sides that are taken already: the first is in view, and where there are several, they sit."""
        super().__init__()
        self.scenario_name, self.first = scenario, next(iter(people), None)
        self.crisis: Crisis | None = None
        self.people = list(people) if len(people) > 1 else []
        self.level_number = 0
        if level is not None:
            from engine.play.levels import LEVELS

            self.level_number = list(LEVELS).index(level)

    def compose(self) -> ComposeResult:
        """Sides on the left, the briefing on the right, difficulty and people below."""
        yield Static(plain(_("Reading the scenario ..."), "b $primary"), id="heading")
        with Horizontal():
            yield Menu(id="menu")
            with VerticalScroll(id="card"):
                yield Static(id="about")
        yield Static(id="level")
        yield Static(id="people")
        yield Feet()

    def on_mount(self) -> None:
        """Read it while the screen is there already."""
        self.query_one(OptionList).focus()
        self.set_timer(AFTER_PAINT, lambda: self.brink.open_crisis(self.scenario_name, self.while_here(self.show)))

    def show(self, found: Crisis | Exception) -> None:
        """The sides of the scenario, or what is wrong with it."""
        if isinstance(found, Exception):
            from tui.lines.trouble import trouble_lines

            self.query_one("#heading", Static).update(plain(self.scenario_name, "b"))
            self.query_one("#about", Static).update(stack(trouble_lines(found)))
            return
        from engine.play.wording import playable

        self.crisis = found
        self.brink.warm_up(found)
        self.query_one("#heading", Static).update(plain(found.scenario.title, "b $primary"))
        menu = self.query_one(OptionList)
        sides = [Option(self.side(actor), id=actor) for actor in playable(found.scenario)]
        menu.set_options([*sides, Option(plain(_("Watch")), id=WATCH)])
        menu.highlighted = 0 if self.first is None else menu.get_option_index(self.first)
        self.write()

        if self.is_first:
            self.look_for_kept()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def look_for_kept(self) -> None:
        """Whether a game of this crisis waits to be gone on with; who came by the title has seen it there."""
        latest = self.brink.store.latest()
        if latest is not None and self.crisis is not None and latest.scenario == self.crisis.scenario.id:
            self.bring(self.tell_of_kept)

    def tell_of_kept(self) -> None:
        """Name the way to it."""
        assert self.crisis is not None
        kept = plain("   " + _("A game is kept: Esc, then Continue"), "$accent")
        self.query_one("#heading", Static).update(row(plain(self.crisis.scenario.title, "b $primary"), kept))

    def side(self, actor: str) -> Content:
        """A side, with a sign where a person has sat down."""
        assert self.crisis is not None
        sign = self.glyphs.chosen if actor in self.people else " "
        return row(sign, " ", plain(self.crisis.scenario.actors[actor].title))

    def in_view(self) -> str | None:
        """The side in view; None for no side."""
        option = self.query_one("#menu", OptionList).highlighted_option
        return None if option is None or option.id == WATCH else option.id

    def on_option_list_option_highlighted(self) -> None:
        """Show the briefing of the side in view, from its beginning."""
        self.write()
        self.query_one("#card").scroll_home(animate=False)

    def write(self) -> None:
        """The briefing, the difficulty, the people."""
        from engine.play.levels import LEVELS
        from tui.lines.briefing import level_line, people_line, side_lines, watch_lines

        if self.crisis is None:
            return
        actor = self.in_view()
        about = watch_lines() if actor is None else side_lines(self.crisis, actor)
        self.query_one("#about", Static).update(stack(about))
        self.query_one("#level", Static).update(level_line(tuple(LEVELS.values())[self.level_number]))
        self.query_one("#people", Static).update(people_line(self.crisis, self.people))

    def action_level(self) -> None:
        """The next difficulty."""
        from engine.play.levels import LEVELS

        self.level_number = (self.level_number + 1) % len(LEVELS)
        self.write()

    def action_seat(self) -> None:
        """Another person sits down at the side in view, or stands up."""
        actor = self.in_view()
        if actor is not None:
            self.people = [p for p in self.people if p != actor] if actor in self.people else [*self.people, actor]
            menu = self.query_one(OptionList)
            menu.replace_option_prompt(actor, self.side(actor))
            self.write()

    def on_option_list_option_selected(self) -> None:
        """Begin with the side in view and whoever has sat down."""
        self.action_start()

    def action_start(self) -> None:
        """Begin the game."""
        from engine.play.levels import LEVELS

        if self.crisis is None:
            return
        actor = self.in_view()
        people = tuple(dict.fromkeys((*self.people, *((actor,) if actor else ()))))
        seed = self.brink.start.seed
        self.brink.begin(
            self.crisis,
            people,
            tuple(LEVELS.values())[self.level_number],
            secrets.randbelow(SEEDS) if seed is None else seed,
        )
