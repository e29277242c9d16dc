"""The folder of saves: each game a file of its own, written anew whenever something is decided, and never lost.

Beside each file stands the version before it (``.bak``). What is deleted goes to a folder ``trash``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.files import make_folders, move, reason, unfinished, why_not_written, write_whole
from engine.files.home import own_home
from engine.files.reading import read_whole
from engine.play.journal import LARGEST_FILE, as_bytes, read_journal
from engine.play.journal_format import Journal, NewerSaveError, Parent, Place, SaveError, as_title
from engine.play.last_played import note_played, ranks
from engine.play.session import Session
from engine.rules import Rules

TRASH = "trash"
"""The folder inside that of the saves in which deleted games lie."""

SUFFIX, BEFORE = ".json", ".json.bak"
"""How the files of a game end: as it is, and as it was before."""

MOST_SAVES = 10_000
"""Files that are listed."""

Under = dict[str | None, list["Saved"]]
"""The saves that branched from each, by id; under None, those that branched from none."""

Clock = Callable[[], dt.datetime]


def now() -> dt.datetime:
    """The moment, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def default_folder() -> Path:
    """Where the platform keeps what people have made, or where BRINK_HOME says."""
    home = own_home()
    if home is not None:
        return home / "saves"
    import platformdirs

    return platformdirs.user_data_path("brinkmanship", appauthor=False) / "saves"


@dataclass(frozen=True)
class Saved:
    """What a list of saves shows of one."""

    id: str
    title: str
    scenario: str = ""
    created: str | None = None
    saved: str | None = None
    turn: int = 0
    """How many turns have been played."""
    people: tuple[str, ...] = ()
    level: str | None = None
    parent: Parent | None = None
    ending: str | None = None
    """How the story has closed, if it has."""
    scenario_hash: str = ""
    place: Place | None = None
    """Where its scenario was, if it does not come with the game."""
    played: int = 0
    """Its place in the order in which games were played here, the last one highest; 0 where that is not known."""
    trouble: str | None = None
    """Why it can't be read, or that only the version before it can."""
    is_readable: bool = True

    @property
    def rank(self) -> tuple[int, str, str]:
        """How lately it was played: by the order of play, then by the clock."""
        return self.played, self.saved or "", self.id


@dataclass(frozen=True)
class Branch:
    """A saved game, and those that branched from it, in the order in which they did."""

    saved: Saved
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Written:
    """A game that was saved: the file, and what its players should know, if anything."""

    path: Path
    notice: str | None = None


class Store:
    """A folder of saves."""

    def __init__(self, folder: str | Path, clock: Clock = now) -> None:
        """The folder is made when something is saved; ``clock`` says what time it is."""
        self.folder, self._clock = Path(folder), clock
        self._is_clear = False
        """Whether what killed games have left has been cleared away."""

    def autosave(self, session: Session) -> Written:
        """Keep a game as it is now; where somebody else has saved it meanwhile, as a branch of its own.

        Raises :class:`SaveError`; the game can go on all the same.
        """
        notice = None
        if self._is_foreign(session):
            notice = f'"{session.title}" was saved by somebody else meanwhile, so this game goes on as a branch of it'
            session.part_ways(f"{session.title} (branch)")
        moment = self._clock().isoformat()
        session.created = session.created or moment
        path = self._path(session.id)
        content = as_bytes(session.journal(moment))
        session.offered_as = fingerprint(content)
        self._write(path, content)
        session.kept_as = session.offered_as
        note_played(self.folder, session.id)
        return Written(path, notice)

    def list(self) -> tuple[Saved, ...]:
        """Every save, the one played last first; those that can't be read come last, with the reason."""
        played = ranks(self.folder)
        found = [replace(self._saved(game_id), played=played.get(game_id, 0)) for game_id in self._ids()]
        found.sort(key=lambda saved: (saved.is_readable, saved.rank), reverse=True)
        return tuple(found)

    def tree(self) -> tuple[Branch, ...]:
        """Every save under the one from which it branched, the oldest first; one whose parent is gone stands alone."""
        saves = sorted(self.list(), key=lambda saved: (saved.created or "", saved.id))
        known = {saved.id: saved for saved in saves}
        under: Under = {}
        for saved in saves:
            under.setdefault(_hangs_on(saved, known), []).append(saved)
        return _grown(under, None)

    def load(self, game_id: str, rules: Rules | None = None) -> Session:
        """The game of a save, played again; from the version before it where the save is damaged.

        Raises :class:`SaveError`, and leaves the files as they are.
        """
        content_as = self._on_disk(game_id)  # before it is read: whoever saves meanwhile is not written over
        path, journal = self._readable(game_id)
        try:
            session = Session.of(journal.model_copy(update={"id": game_id}), rules)
        except SaveError as error:
            raise SaveError(f"{path}: {error}") from None
        session.kept_as = content_as
        return session

    def journal(self, game_id: str) -> Journal:
        """What a save holds, or the version before it where it is damaged. Raises :class:`SaveError`."""
        return self._readable(game_id)[1].model_copy(update={"id": game_id})

    def latest(self) -> Saved | None:
        """The save with which to go on: the one played last of those that can be read and are not over."""
        return next((saved for saved in self.list() if saved.is_readable and saved.ending is None), None)

    def rename(self, game_id: str, title: str) -> None:
        """Give a game another title; one that somebody plays is renamed there, and saved. Raises :class:`SaveError`."""
        _, journal = self._readable(game_id)
        self._write(self._path(game_id), as_bytes(journal.model_copy(update={"title": as_title(title)})))

    def delete(self, game_id: str) -> None:
        """Move a game to the trash. Raises :class:`SaveError`."""
        files = [path for path in (self._path(game_id), self._path(game_id, BEFORE)) if path.exists()]
        if not files:
            raise SaveError(f"{self._path(game_id)}: no such save")
        try:
            for path in files:
                self._discard(path)
        except OSError as error:
            raise SaveError(f"{files[0]} can't be deleted: {reason(error)}") from None

    def _ids(self) -> Iterator[str]:
        """Of every game that has a file."""
        try:
            names = sorted(path.name for path in self.folder.iterdir())[:MOST_SAVES]
        except OSError:
            return
        endings = re.compile(rf"([a-z0-9][a-z0-9_-]{{0,99}})(?:{re.escape(BEFORE)}|{re.escape(SUFFIX)})")
        yield from dict.fromkeys(match[1] for name in names if (match := endings.fullmatch(name)))

    def _saved(self, game_id: str) -> Saved:
        path = self._path(game_id)
        try:
            return _described(game_id, read_journal(path))
        except NewerSaveError as error:
            return Saved(game_id, game_id, trouble=str(error), is_readable=False)
        except SaveError as error:
            trouble = str(error)
        try:
            before = _described(game_id, read_journal(self._path(game_id, BEFORE)))
        except SaveError:
            return Saved(game_id, game_id, trouble=trouble, is_readable=False)
        return replace(before, trouble=f"{trouble}; the version before it is used")

    def _readable(self, game_id: str) -> tuple[Path, Journal]:
        """The save of a game, or the version before it where the save is damaged."""
        path, before = self._path(game_id), self._path(game_id, BEFORE)
        try:
            return path, read_journal(path)
        except NewerSaveError:
            raise
        except SaveError as error:
            try:
                return before, read_journal(before)
            except SaveError:
                raise error from None

    def _write(self, path: Path, content: bytes) -> None:
        """The version that is there stays beside it, whatever happens."""
        try:
            make_folders(path.parent)
            self._clear()
            if path.exists():
                self._keep(path)
            write_whole(path, content)
        except OSError as error:
            raise SaveError(f"{path} can't be written: {why_not_written(error)}") from None

    def _clear(self) -> None:
        """Take away, once, what processes that are no more have left half written."""
        if self._is_clear:
            return
        self._is_clear = True
        for path in unfinished(self.folder):
            with contextlib.suppress(OSError):
                path.unlink()

    def _keep(self, path: Path) -> None:
        """Put a good version beside the file, and a damaged one into the trash."""
        try:
            read_journal(path)
        except SaveError:
            self._discard(path)
        else:
            write_whole(path.with_suffix(BEFORE), path.read_bytes())

    def _discard(self, path: Path) -> None:
        """Move a file to the trash, beside others of its name."""
        trash = self.folder / TRASH
        make_folders(trash)
        move(path, _free(trash / path.name))

    def _is_foreign(self, session: Session) -> bool:
        """Whether the file of a game is not what the session read or wrote."""
        there = self._on_disk(session.id)
        return there is not None and there not in (session.kept_as, session.offered_as)

    def _on_disk(self, game_id: str) -> str | None:
        return content_of(self._path(game_id))

    def _path(self, game_id: str, suffix: str = SUFFIX) -> Path:
        return self.folder / f"{game_id}{suffix}"


def read_file(path: str | Path) -> tuple[Journal, str | None]:
    """What any save holds, and a name for its content, by which its game is gone on with rather than branched from.

    Raises :class:`SaveError`. The name is taken first: whoever saves in between is not written over.
    """
    content_as = content_of(Path(path))
    return read_journal(path), content_as


def content_of(path: Path) -> str | None:
    """A name for what a file holds; None where it can't be read, or is too large for a save."""
    try:
        return fingerprint(read_whole(path, LARGEST_FILE))
    except (OSError, ValueError):
        return None


def fingerprint(content: bytes) -> str:
    """A name for the content of a file."""
    return hashlib.sha256(content).hexdigest()


def _free(path: Path) -> Path:
    """The path, or one like it that nothing has."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}.{number}")
    return free


def _described(game_id: str, journal: Journal) -> Saved:
    return Saved(
        game_id,
        journal.title or game_id,
        journal.scenario,
        journal.created,
        journal.saved,
        len(journal.turns),
        journal.people,
        journal.level,
        journal.parent,
        journal.ending,
        journal.scenario_hash,
        journal.place,
    )


def _hangs_on(saved: Saved, known: Mapping[str, Saved]) -> str | None:
    """The save from which one branched; None where it is not there, or hangs on itself by a damaged file."""
    seen: set[str] = set()
    above: Saved | None = saved
    while above is not None and above.id not in seen:
        seen.add(above.id)
        above = known.get(above.parent.id) if above.parent else None
    return saved.parent.id if above is None and saved.parent and saved.parent.id in known else None


def _grown(under: Under, root: str | None) -> tuple[Branch, ...]:
    return tuple(Branch(saved, _grown(under, saved.id)) for saved in under.get(root, ()))
