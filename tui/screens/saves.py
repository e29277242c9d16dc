"""Games and branches as a tree: go on, branch, rename, watch again, move to the trash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static
from textual.worker import get_current_worker

from engine.play.crisis import ScenarioError, open_crisis
from engine.play.journal_format import SaveError
from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain, stack
from tui.lines.saves import card_lines, tree_rows
from tui.screens.asking import AskChoice, AskText
from tui.screens.place import WIDE, Place
from tui.widgets.feet import Feet
from tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from engine.play.crisis import Crisis, Scenario
    from engine.play.journal_format import Journal
    from engine.play.retold.frames import Source
    from engine.play.session import Session
    from engine.play.store import Branch, Saved

KEEP, TRASH = "keep", "trash"
"""Answers to whether a game goes to the trash."""


class Saves(Place):
    """Every game that is kept, under the one from which it branched. Enter goes on with the game in view.

    t begins a branch from any of its turns, p plays it again turn by turn, F2 gives it another name, Del moves it to
    the trash folder. A damaged file is named and stays where it is.
    """

    PLACE = "saves"
    BINDINGS = bindings_of("saves")

    def __init__(self) -> None:
        super().__init__()
        self.tree_of_saves: Sequence[Branch] | None = None
        self.by_id: Mapping[str, Saved] = {}
        self.scenarios: dict[str, Scenario] = {}
        """Those that have been read, by id."""
        self.journal: Journal | None = None
        """Of the game in view."""

    def compose(self) -> ComposeResult:
        """The tree and, where there is room, the game in view."""
        yield Static(plain(_("Games and branches"), "b $primary"), id="heading")
        with Horizontal():
            yield Rows(id="saves")
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="save")
        yield Feet()

    def on_mount(self) -> None:
        """The folder is read while the screen is there already."""
        self.query_one(Rows).show([Row(None, plain(_("Reading ..."), "$text-muted"))])
        self.query_one(Rows).focus()
        self.look()

    def on_screen_resume(self) -> None:
        """Games may have been played meanwhile."""
        if self.tree_of_saves is not None:
            self.look()

    def on_resize(self) -> None:
        """Lines are broken anew."""
        self.call_after_refresh(self.write)

    @work(thread=True, exclusive=True, group="look")
    def look(self) -> None:
        """Read the folder of saves, then the scenarios that they are of."""
        found = self.brink.store.tree()
        if get_current_worker().is_cancelled:
            return
        self.bring(self.show, found)
        for saved in {(saved.scenario, saved.place): saved for saved in _all(found) if saved.scenario}.values():
            if saved.scenario in self.scenarios:
                continue
            try:
                crisis = self._crisis(saved)
            except (ScenarioError, SaveError):  # what can't be read is said when somebody wants to go on with it
                continue
            if not get_current_worker().is_cancelled:
                self.bring(self.know, crisis)

    def _crisis(self, saved: Saved) -> Crisis:
        """The scenario of a game. Raises ``ScenarioError`` and ``SaveError``; takes a while."""
        opened, name = self.brink.crises, self.brink.name_of(saved)
        if name not in opened:
            opened[name] = open_crisis(name)
        return opened[name]

    def show(self, found: Sequence[Branch]) -> None:
        """The folder has been read."""
        is_first = self.tree_of_saves is None
        self.tree_of_saves = found
        self.by_id = {saved.id: saved for saved in _all(found)}
        self.write()
        if is_first and self.by_id:
            latest = max(self.by_id.values(), key=lambda saved: (saved.is_readable, saved.rank))
            rows = self.query_one(Rows)
            rows.highlighted = rows.get_option_index(latest.id)
        self.preview()

    def know(self, crisis: Crisis) -> None:
        """A scenario has been read, so that days and titles can be told."""
        self.scenarios[crisis.scenario.id] = crisis.scenario
        self.write()

    @property
    def saved(self) -> Saved | None:
        """The game in view."""
        return self.by_id.get(self.query_one(Rows).in_view or "")

    def write(self) -> None:
        """Everything as it is known now."""
        if self.tree_of_saves is None or not self.is_mounted:
            return
        rows = self.query_one(Rows)
        width = max(20, (self.size.width * 3 // 5 if self.size.width >= WIDE else self.size.width) - 7)
        match = self.brink.match
        at_table = match.session.id if match is not None else None
        none = [
            Row(
                None,
                plain(_("No game has been kept yet. Begin one from the title: it is kept by itself."), "$text-muted"),
            )
        ]
        rows.show(tree_rows(self.tree_of_saves, self.scenarios, at_table, width, self.glyphs) or none)
        self.write_card()

    def write_card(self) -> None:
        """The game in view."""
        saved = self.saved
        journal = (
            self.journal if saved is not None and self.journal is not None and self.journal.id == saved.id else None
        )
        lines = card_lines(saved, self.scenarios, journal, 40) if saved is not None else ()
        self.query_one("#save", Static).update(stack(lines))

    def on_rows_in_view(self, event: Rows.InView) -> None:
        """Another game is in view."""
        self.write_card()
        self.preview()

    @work(thread=True, exclusive=True, group="preview")
    def preview(self) -> None:
        """Read the game in view."""
        saved = self.saved
        if saved is None or not saved.is_readable:
            return
        try:
            journal = self.brink.store.journal(saved.id)
        except SaveError:  # it has gone meanwhile; the list says so when it is read again
            return
        if not get_current_worker().is_cancelled:
            self.bring(self.previewed, journal)

    def previewed(self, journal: Journal) -> None:
        """The game in view has been read."""
        if self.is_mounted:
            self.journal = journal
            self.write_card()

    # What can be done with the game in view

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go on with it."""
        saved = self._usable()
        if saved is None:
            return
        match = self.brink.match
        if match is not None and match.session.id == saved.id and not match.session.is_over:
            self.dismiss()
        else:
            self.brink.resume_game(saved)

    def _usable(self) -> Saved | None:
        """The game in view, if it can be opened; else it is said why not."""
        saved = self.saved
        if saved is None:
            return None
        if not saved.is_readable:
            self.brink.complain(saved.trouble or _("This file can't be read."))
            return None
        try:
            self.brink.name_of(saved)
        except SaveError as error:
            self.brink.complain(str(error))
            return None
        return saved

    def action_replay(self) -> None:
        """Watch it again."""
        saved = self._usable()
        if saved is not None:
            from tui.screens.replay import Replay

            self.app.push_screen(Replay(lambda: self._source(saved)))

    def _source(self, saved: Saved) -> Source:
        """The game of a save, to be told again. Raises ``SaveError``; takes a while."""
        from engine.play.journal import SaveError
        from engine.play.retold.saved import SavedGame

        try:
            return SavedGame(self.brink.store.journal(saved.id), self._crisis(saved))
        except ScenarioError as error:
            raise SaveError(str(error)) from None

    def action_branch(self) -> None:
        """Another game with the same past."""
        saved = self._usable()
        if saved is None:
            return
        last = saved.turn if saved.ending is None else max(0, saved.turn - 1)
        question = _("After which turn? 0, the start, to {last}").format(last=last)

        def doubt(answer: str) -> str | None:
            if answer.isdecimal() and int(answer) <= last:
                return None
            return _('"{answer}" is no whole number from 0 to {last}').format(answer=answer, last=last)

        def then(answer: str | None) -> None:
            if answer is not None:
                self._name_branch(saved, int(answer))

        self.app.push_screen(AskText(question, str(last), doubt), then)

    def _name_branch(self, saved: Saved, turn: int) -> None:
        title = _("{title}, from turn {n}").format(title=saved.title, n=turn)[:120]

        def then(name: str | None) -> None:
            if name is not None:
                self._open_branch(saved, turn, name)

        self.app.push_screen(AskText(_("A name for the branch"), title), then)

    def _open_branch(self, saved: Saved, turn: int, name: str) -> None:
        def opened(found: Crisis | Exception) -> None:
            if isinstance(found, Exception):
                self.brink.complain(str(found))
                return
            store = self.brink.store

            def make() -> Session:
                return store.load(saved.id, found.rules).branch(turn, name)

            self.brink.branch_off(make, found)

        self.brink.open_crisis(self.brink.name_of(saved), self.while_here(opened))

    def action_rename(self) -> None:
        """Another name."""
        saved = self.saved
        if saved is None or not saved.is_readable:
            return

        def then(name: str | None) -> None:
            if name is not None:
                self._rename(saved, name)

        self.app.push_screen(AskText(_("Another name for this game"), saved.title), then)

    def _rename(self, saved: Saved, name: str) -> None:
        match = self.brink.match
        if match is not None and match.session.id == saved.id:
            match.session.title = name
            self.brink.keep_game()
        else:
            try:
                self.brink.store.rename(saved.id, name)
            except SaveError as error:
                self.brink.complain(str(error))
        self.look()

    def action_delete(self) -> None:
        """To the trash, once it has been asked for."""
        saved, match = self.saved, self.brink.match
        if saved is None:
            return
        if match is not None and match.session.id == saved.id:
            self.notify(_("This game is at the table: leave it first."), timeout=6)
            return
        where = self.brink.store.folder / "trash"
        answers = [(KEEP, _("Keep it")), (TRASH, _("Move it to the trash folder"))]
        question = _("Move this game away? {title}").format(title=saved.title)
        about = _("It stays in {where}, from where it can be taken back.").format(where=where)

        def then(answer: str | None) -> None:
            if answer == TRASH:
                self._delete(saved)

        self.app.push_screen(AskChoice(question, answers, about), then)

    def _delete(self, saved: Saved) -> None:
        try:
            self.brink.store.delete(saved.id)
        except SaveError as error:
            self.brink.complain(str(error))
        self.look()


def _all(branches: Sequence[Branch]) -> list[Saved]:
    """Every save of a tree."""
    return [saved for branch in branches for saved in (branch.saved, *_all(branch.branches))]
