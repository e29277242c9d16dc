"""A folder of results: how the runs ended, and any of them as a replay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static
from textual.worker import get_current_worker

from engine.batch.analysis.browse import (
    BY_ENDING,
    BY_RUN,
    PAGE,
    Page,
    RunRow,
    Standout,
    Wanted,
    arms,
    browsed,
    endings_of,
    median_run,
    odd_ones,
    page_of,
    place_of,
    run_of,
)
from engine.batch.errors import BatchError
from engine.batch.storage.results import Results
from engine.words import _
from tui.commands import bindings_of
from tui.lines.batches import (
    AFTER,
    BEFORE,
    batch_lines,
    heads,
    median_in_words,
    name_of,
    odd_in_words,
    place_line,
    run_rows,
    share_lines,
    shown_columns,
)
from tui.lines.cells import percent, plain, row, stack
from tui.screens.asking import AskChoice, AskText
from tui.screens.place import Place
from tui.widgets.feet import Feet
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from engine.batch.analysis.groups import Group

ALL = "*"
"""The answer that filters nothing."""


@dataclass(frozen=True)
class Opened:
    """What is known of a folder, and what of it is in view."""

    results: Results
    columns: tuple[str, ...]
    arms: tuple[tuple[int, str], ...]
    group: Group
    wanted: Wanted
    page: Page
    picked: RunRow | None = None
    """A run that is to be in view."""
    why: str = ""
    """Why it was picked."""


@dataclass
class Odd:
    """The odd ones out of what is in view, and how many of them have been shown."""

    of: Wanted | None = None
    found: tuple[Standout, ...] = ()
    shown: int = field(default=0)


class Batches(Place):
    """The runs of a batch. Enter opens the run in view as a replay, from which it can be taken over.

    / shows only the runs with one ending, d only those of one design point, o changes the order. m goes to the run in
    the middle, z to a run that is unlike the others; what is said of them stands above the table.
    """

    PLACE = "batches"
    BINDINGS = bindings_of("batches")

    def __init__(self, path: str | Path) -> None:
        super().__init__()
        self.path = Path(path)
        self.opened: Opened | None = None
        self.odd = Odd()

    def compose(self) -> ComposeResult:
        """What was run, how it ended, the runs."""
        yield Static(id="heading")
        yield Static(id="shares")
        yield Static(id="runs-head")
        yield Rows(id="runs")
        yield Feet()

    def on_mount(self) -> None:
        """The folder is read while the screen is there already."""
        self.query_one(Rows).focus()
        self.query_one("#heading", Static).update(plain(_("Reading ..."), "$text-muted"))
        self.read(self.first_view)

    def on_resize(self) -> None:
        """Lines are broken anew."""
        self.call_after_refresh(self.write)

    @work(thread=True, exclusive=True, group="read")
    def read(self, look: Callable[[], Opened | str]) -> None:
        """Look something up in the folder; a sentence says that there is nothing."""
        worker = get_current_worker()
        found: Opened | str
        try:
            found = look()
        except BatchError as error:
            found = str(error)
        if not worker.is_cancelled:
            self.bring(self.take_in, found)

    def first_view(self) -> Opened:
        """The folder as it is opened."""
        results = Results.open(self.path)
        wanted = Wanted()
        return Opened(
            results, browsed(results), arms(results), endings_of(results, None), wanted, page_of(results, wanted)
        )

    def take_in(self, found: Opened | str) -> None:
        """Something has been looked up."""
        if not self.is_mounted:
            return
        if isinstance(found, Opened):
            self.opened = found
            self.refresh_bindings()
            self.write()
            self._put_in_view(found.picked)
        elif self.opened is None:
            self.query_one("#heading", Static).update(plain(_("These results can't be opened"), "b $text-error"))
            self.query_one("#shares", Static).update(plain(found))
        else:
            self.brink.complain(found)

    def _put_in_view(self, run: RunRow | None) -> None:
        rows = self.query_one(Rows)
        name = name_of(run) if run is not None else None
        if name is not None and any(option.id == name for option in rows.options):
            rows.highlighted = rows.get_option_index(name)

    def write(self) -> None:
        """Everything as it is known now."""
        opened = self.opened
        if opened is None:
            return
        width, results = self.size.width - 2, opened.results
        has_points = len(opened.arms) > 1
        arm = dict(opened.arms).get(opened.wanted.point) if opened.wanted.point is not None else None
        columns = shown_columns(opened.columns, opened.wanted.order, width - 8 - 6 * has_points)
        head = self.query_one("#heading", Static)
        head.styles.height = "auto"
        head.update(stack(batch_lines(results, opened.group, arm)))
        self.query_one("#shares", Static).update(
            stack(share_lines(results, opened.group, opened.wanted, width, self.glyphs))
        )
        why = [plain(opened.why, "$accent")] if opened.why else []
        self.query_one("#runs-head", Static).update(
            stack(
                (
                    *why,
                    place_line(results, opened.page, opened.wanted),
                    row("  ", heads(results, columns, has_points, width - 6, self.glyphs)),
                )
            )
        )
        self.query_one(Rows).show(run_rows(results, opened.page, columns, has_points, width - 6, self.glyphs))

    def look_at(self, wanted: Wanted, first: int = 0) -> None:
        """Other runs, or the same in another order."""
        opened = self.opened
        assert opened is not None, "nothing can be asked before the folder is open"

        def look() -> Opened:
            is_same_arm = wanted.point == opened.wanted.point
            group = opened.group if is_same_arm else endings_of(opened.results, wanted.point)
            page = page_of(opened.results, wanted, first)
            return replace(opened, group=group, wanted=wanted, page=page, picked=None, why="")

        self.read(look)

    def pick(self, find: Callable[[Opened], tuple[RunRow, str] | None], otherwise: str) -> None:
        """Put a run into view, with what is said of it."""
        opened = self.opened
        assert opened is not None, "nothing can be asked before the folder is open"

        def look() -> Opened | str:
            found = find(opened)
            if found is None:
                return otherwise
            run, why = found
            place, wanted = place_of(opened.results, opened.wanted, run), opened.wanted
            if place is None:  # it is among all runs, though not among those in view
                wanted = Wanted(order=wanted.order)
                place = place_of(opened.results, wanted, run) or 0
            group = opened.group if wanted == opened.wanted else endings_of(opened.results, None)
            page = page_of(opened.results, wanted, place)
            return replace(opened, group=group, wanted=wanted, page=page, picked=run, why=why)

        self.read(look)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Turn the page, or open a run."""
        opened = self.opened
        if opened is None or event.row is None:
            return
        if event.row == BEFORE:
            self.look_at(opened.wanted, opened.page.first - PAGE)
        elif event.row == AFTER:
            self.look_at(opened.wanted, opened.page.end)
        else:
            self.open_run(next(run for run in opened.page.rows if name_of(run) == event.row))

    def open_run(self, run: RunRow) -> None:
        """The run, turn by turn."""
        from tui.screens.replay import Replay

        assert self.opened is not None, "a run is one of an open folder"
        self.app.push_screen(Replay.of_run(self.opened.results, run, dict(self.brink.crises)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be looked up before the folder is open; a design of one point leaves no choice."""
        if action in ("leave", "help"):
            return True
        if self.opened is None:
            return None
        return len(self.opened.arms) > 1 if action == "arm" else True

    def action_filter(self) -> None:
        """Only the runs with one ending."""
        opened = self.opened
        if opened is None:
            return
        titles = opened.results.manifest["endings"]
        shares = opened.group.shares
        answers = [
            (ending, f"{titles[ending]}  {share.count:,}  {percent(share.share)}")
            for ending, share in shares.items()
            if share.count
        ]
        self.app.push_screen(AskChoice(_("Only runs that end with"), [(ALL, _("all endings")), *answers]), self._filter)

    def _filter(self, answer: str | None) -> None:
        if answer is not None and self.opened is not None:
            self.look_at(replace(self.opened.wanted, ending=None if answer == ALL else answer))

    def action_arm(self) -> None:
        """Only the runs of one design point."""
        opened = self.opened
        if opened is None:
            return
        answers = [(ALL, _("all of them together")), *((str(point), f"{point}: {said}") for point, said in opened.arms)]
        self.app.push_screen(AskChoice(_("Only runs of the design point"), answers), self._choose_arm)

    def _choose_arm(self, answer: str | None) -> None:
        if answer is not None and self.opened is not None:
            self.look_at(replace(self.opened.wanted, point=None if answer == ALL else int(answer)))

    def action_sort_runs(self) -> None:
        """The next order."""
        opened = self.opened
        if opened is None:
            return
        orders: Sequence[str] = (BY_RUN, BY_ENDING, *opened.columns)
        following = orders[(orders.index(opened.wanted.order) + 1) % len(orders)]
        self.look_at(replace(opened.wanted, order=following))

    def action_median(self) -> None:
        """The run in the middle, by what the table is ordered by, else by the first number that there is."""

        def find(opened: Opened) -> tuple[RunRow, str] | None:
            ordered = opened.wanted.order in opened.columns
            column = opened.wanted.order if ordered else opened.columns[0] if opened.columns else None
            found = median_run(opened.results, opened.wanted, column) if column is not None else None
            return None if found is None else (found.row, median_in_words(opened.results, found))

        if self.opened is not None:
            self.pick(find, _("These runs have no number by which one of them is in the middle."))

    def action_odd_one(self) -> None:
        """A run that is unlike the others; again, the next such."""

        def find(opened: Opened) -> tuple[RunRow, str] | None:
            wanted = replace(opened.wanted, order=BY_RUN)
            if self.odd.of != wanted:
                self.odd = Odd(wanted, odd_ones(opened.results, wanted))
            if not self.odd.found:
                return None
            found = self.odd.found[self.odd.shown % len(self.odd.found)]
            self.odd.shown += 1
            return found.row, odd_in_words(opened.results, found)

        if self.opened is not None:
            self.pick(find, _("There are too few of these runs for one to be odd."))

    def action_jump(self) -> None:
        """A run by its number."""
        if self.opened is None:
            return

        def doubt(answer: str) -> str | None:
            return None if answer.isdecimal() else _('"{answer}" is no number of a run').format(answer=answer)

        self.app.push_screen(AskText(_("Which run? Its number"), doubt=doubt), self._jump)

    def _jump(self, answer: str | None) -> None:
        if answer is None or self.opened is None:
            return

        def find(opened: Opened) -> tuple[RunRow, str] | None:
            point = opened.wanted.point if opened.wanted.point is not None else opened.arms[0][0]
            found = run_of(opened.results, point, int(answer))
            return None if found is None else (found, "")

        self.pick(find, _("These results have no run {n}.").format(n=answer))
