"""Opening a folder of results: what belongs to it and is whole is found out; the rest is told, and never counted."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from engine.batch.errors import BatchError
from engine.batch.storage.entries import (
    DESIGNS,
    FAILURES,
    PART_FOLDERS,
    RUNS,
    SUMMARY,
    TRAJECTORIES,
    WITH_EVERY_RUN,
    WITH_RUNS,
    PartEntry,
    Seal,
)
from engine.batch.storage.manifest import COMPLETE, MANIFEST, Manifest
from engine.batch.storage.tables import damaged
from engine.files import NotPlainError, PlainName, digest, reason
from engine.prose import counted
from engine.scenario.problems import listed, shortened

TABLES = (".parquet", ".json")
"""How names at the top of a folder end that may be taken for results; a letter or a page beside them is no matter."""

OWN = {MANIFEST, DESIGNS, FAILURES, RUNS, TRAJECTORIES}

MOST_NAMED = 3
"""Files that a sentence names."""


@dataclass
class Opened:
    """A folder of results that has been looked through."""

    folder: Path
    manifest: Manifest
    plain: PlainName
    """The folder under a name that any library takes."""
    _names: dict[str, frozenset[str]] = field(default_factory=dict)
    """What is in each of its folders."""

    @classmethod
    def at(cls, folder: Path) -> Opened:
        """Raises :class:`BatchError`, in one sentence, where there is nothing to open."""
        manifest = Manifest.read(folder / MANIFEST)
        try:
            plain = PlainName(folder)
            names = {place: names_in(folder, place) for place in ("", TRAJECTORIES, *PART_FOLDERS)}
        except OSError as error:
            raise BatchError(f"{shortened(folder, 200)} can't be read: {reason(error)}") from None
        return cls(folder, manifest, plain, names)

    @cached_property
    def parts(self) -> tuple[PartEntry, ...]:
        """The parts of which the runs are there."""
        return tuple(part for part in self.manifest.parts if part.name in self._names[WITH_RUNS])

    @cached_property
    def missing(self) -> tuple[PartEntry, ...]:
        """The parts that are listed, and not there."""
        return tuple(part for part in self.manifest.parts if part.name not in self._names[WITH_RUNS])

    def has(self, name: str) -> bool:
        """Whether there is something of this name, such as ``trajectories/summary.parquet``."""
        place, _, last = name.rpartition("/")
        return last in self._names[place]

    def checked(self, name: str, seal: Seal | None) -> Path:
        """The path of a file, once its bytes are those that were written. Raises :class:`BatchError`."""
        path = self.folder / name
        if is_no_file(path):
            raise BatchError(
                f"{shortened(path, 200)} is no plain file: remove it and give the command of the batch again"
            )
        if seal is None or not is_sealed(path, seal):
            raise damaged(path)
        return self.plain.path / name

    def checked_parts(self, place: str) -> Iterator[tuple[PartEntry, Path]]:
        """Each part that is there with the path of its file in one of the folders, once that is known to be whole.

        Raises :class:`BatchError`.
        """
        for part in self.parts:
            if place in part.files:
                yield part, self.checked(f"{place}/{part.name}", part.files[place])

    def lacks_every_run(self) -> bool:
        """Whether a file with runs turn by turn is not there."""
        return any(part.name not in self._names[WITH_EVERY_RUN] for part in self.parts if WITH_EVERY_RUN in part.files)

    def caveats(self) -> Iterator[str]:
        """What whoever reads a number of these results has to know, in sentences without a full stop."""
        yield from self._lacking()
        if self.manifest.summary is not None and not self.has(SUMMARY):
            yield f"{SUMMARY} is missing: the command of the batch makes it again"
        if self.lacks_every_run():
            yield f"files are missing in {WITH_EVERY_RUN}: the command of the batch makes them again"
        strange = list(self._strange())
        if strange:
            verb = "is" if len(strange) == 1 else "are"
            yield f"{listed(strange, MOST_NAMED)} {verb} not in the manifest and not counted"

    def _lacking(self) -> Iterator[str]:
        m = self.manifest
        is_complete = m.status == COMPLETE
        there = sum(part.points * part.runs for part in self.parts)
        planned = m.points * (m.runs_per_point if is_complete else m.runs)
        of = f"{there:,} of {'at most ' if m.until and not is_complete else ''}{planned:,} runs are there"
        again = "the command of the batch makes the rest"
        if not is_complete:
            yield f"the batch has not finished: {of}; {again}"
        elif self.missing:
            names = listed([f"{RUNS}/{part.name}" for part in self.missing], MOST_NAMED)
            verb = "is" if len(self.missing) == 1 else "are"
            parts = counted(len(m.parts), "part")
            yield f"{len(self.missing):,} of {parts} {verb} missing ({names}): {of}; {again}"
        elif there != planned:
            yield f"the manifest lists fewer parts than were planned: {of}; {again}"

    def _strange(self) -> Iterator[str]:
        """Files that the manifest does not list, where results are."""
        listed_here = {name for name in self._names[""] if name not in OWN and name.endswith(TABLES)}
        yield from sorted(listed_here)
        own = {SUMMARY.rpartition("/")[2], *(place.rpartition("/")[2] for place in PART_FOLDERS if "/" in place)}
        yield from sorted(f"{TRAJECTORIES}/{name}" for name in self._names[TRAJECTORIES] if name not in own)
        for place in PART_FOLDERS:
            known = {part.name for part in self.manifest.parts if place in part.files}
            yield from sorted(f"{place}/{name}" for name in self._names[place] - known)


def names_in(folder: Path, place: str) -> frozenset[str]:
    """What is in one of the folders of results, but for hidden files; nothing where it is not there.

    Raises OSError where it is a link: what lies behind it is none of these results.
    """
    path = folder / place if place else folder
    if place and path.is_symlink():
        raise NotPlainError(errno.EINVAL, f"{place} in it is a link", str(path))
    try:
        return frozenset(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
    except FileNotFoundError:
        return frozenset()
    except NotADirectoryError:
        raise NotPlainError(errno.EINVAL, f"{place} in it is no folder", str(path)) from None


def is_sealed(path: Path, seal: Seal) -> bool:
    """Whether a file is a plain one with the bytes that were sealed; its size is looked at first."""
    try:
        return path.lstat().st_size == seal.size and digest(path) == (seal.size, seal.sha256)
    except OSError:
        return False


def is_no_file(path: Path) -> bool:
    """Whether there is something that is no plain file: a link, a pipe, a device, a folder."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def intruders(folder: Path) -> Iterable[Path]:
    """What is neither a plain file nor a folder, anywhere within a folder: links, pipes, devices. Raises OSError."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda found: found.name):
            if entry.is_dir(follow_symlinks=False):
                yield from intruders(Path(entry.path))
            elif not entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
