"""Folders of results: those at hand, or any by its path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from engine.batch.errors import BatchError
from engine.batch.storage.manifest import COMPLETE, MANIFEST, Manifest
from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain, row, stack
from tui.screens.asking import AskText
from tui.screens.place import Place
from tui.widgets.feet import Feet
from tui.widgets.rows import Row, Rows

MOST = 50
"""Folders that are listed, the latest first."""

DEPTH = 2
"""How far below the current directory folders are looked for."""

TYPE = "path"
"""The row behind which a path is written."""


@dataclass(frozen=True)
class Found:
    """A folder of results, or one that says it is one and can't be read."""

    path: Path
    title: str
    about: str


class Folders(Place):
    """Folders that brink batch --out has written, here and below. Enter opens one; / takes any path."""

    PLACE = "folders"
    BINDINGS = bindings_of("folders")

    def __init__(self) -> None:
        super().__init__()
        self.found: Sequence[Found] | None = None

    def compose(self) -> ComposeResult:
        """The folders, the latest first."""
        yield Static(plain(_("Which results?"), "b $primary"), id="heading")
        yield Rows(id="runs")
        yield Feet()

    def on_mount(self) -> None:
        """Folders are looked for while the screen is there already."""
        self.write()
        self.query_one(Rows).focus()
        self.look()

    @work(thread=True, exclusive=True)
    def look(self) -> None:
        """Look for folders of results."""
        found = [described(path) for path in folders_below(Path.cwd())]
        if not get_current_worker().is_cancelled:
            self.bring(self.show, found)

    def show(self, found: Sequence[Found]) -> None:
        """They have been found."""
        self.found = found
        self.write()
        if found:
            self.query_one(Rows).highlighted = 0

    def write(self) -> None:
        """What is known now, and the way to any other."""
        other = Row(TYPE, plain(_("Another folder: write its path ..."), "$accent"))
        if self.found is None:
            rows = [Row(None, plain(_("Looking ..."), "$text-muted"))]
        else:
            rows = [Row(str(one.path), _line(one)) for one in self.found]
        if self.found == []:
            none = _("There are no results here. brink batch SCENARIO --runs 1000 --out FOLDER makes some.")
            rows = [Row(None, plain(none, "$text-muted"))]
        self.query_one(Rows).show([*rows, other])

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open it."""
        if event.row == TYPE:
            self.action_type_path()
        elif event.row is not None:
            self.open_folder(event.row)

    def action_type_path(self) -> None:
        """Any folder, by its path."""

        def doubt(answer: str) -> str | None:
            if (Path(answer).expanduser() / MANIFEST).is_file():
                return None
            return _("{path} holds no results of a batch: there is no {file} in it").format(path=answer, file=MANIFEST)

        self.app.push_screen(AskText(_("The path of a folder of results"), doubt=doubt), self._typed)

    def _typed(self, answer: str | None) -> None:
        if answer is not None:
            self.open_folder(str(Path(answer).expanduser()))

    def open_folder(self, path: str) -> None:
        """Its runs."""
        from tui.screens.batches import Batches

        self.app.push_screen(Batches(path))


def _line(found: Found) -> Content:
    return stack((row(plain(str(found.path), "b")), row("  ", plain(f"{found.title}  {found.about}", "$text-muted"))))


def folders_below(folder: Path) -> list[Path]:
    """Folders with a manifest, the latest first; hidden ones are left out."""
    manifests = sorted(_manifests(folder, DEPTH), key=_changed, reverse=True)
    return [_near(path.parent) for path in manifests[:MOST]]


def _manifests(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name == MANIFEST and entry.is_file():
            yield entry
        elif depth and not entry.name.startswith(".") and entry.is_dir() and not entry.is_symlink():
            yield from _manifests(entry, depth - 1)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _near(path: Path) -> Path:
    """As seen from the current directory."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def described(path: Path) -> Found:
    """What a folder holds, by its manifest; or what is wrong with that."""
    try:
        manifest = Manifest.read(path / MANIFEST)
        title = str(manifest.experiment.content.get("title") or manifest.scenario.title)
        facts = [
            _("{n} runs").format(n=f"{manifest.runs_done:,}"),
            *([_("{n} design points").format(n=manifest.points)] if manifest.points > 1 else []),
            _("seed {seed}").format(seed=manifest.seed),
            *([_("not finished")] if manifest.status != COMPLETE else []),
        ]
    except BatchError as error:
        return Found(path, _("can't be read:"), str(error))
    return Found(path, title, ", ".join(facts))
