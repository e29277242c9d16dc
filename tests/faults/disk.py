"""What of a folder is on the disk for good: only what was flushed outlives a loss of power."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Undo = tuple[Path, Callable[[], object]]
"""The folder in which something was changed, and how to change it back."""


class Disk:
    """Watches operations that succeed; a harsh disk, which keeps nothing that it was not told to flush."""

    def __init__(self) -> None:
        self._paths: dict[int, Path] = {}
        """What each handle is open on."""
        self._unflushed: dict[Path, None] = {}
        """Files whose content is not flushed."""
        self._entries: list[Undo] = []
        """Changes of folders that are not flushed, in their order."""

    @contextlib.contextmanager
    def seeing(self, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> Iterator[Callable[[Any], None]]:
        """Around an operation: told what it answered, once it has succeeded."""
        undo = self._undo(name, given)

        def seen(answer: Any) -> None:
            self._note(name, given, answer, undo)

        yield seen

    def lose_power(self, in_order: bool) -> None:
        """Take back what was not flushed: the latest first.

        Unless ``in_order``, the disk has put off some of it: what was changed last in its folder is there all the same.
        """
        kept = self._entries[-1][0] if self._entries and not in_order else None
        for path in self._unflushed:
            if path.is_file():
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        for folder, undo in reversed(self._entries):
            if folder != kept:
                with contextlib.suppress(FileNotFoundError):
                    undo()

    def _undo(self, name: str, given: tuple[Any, ...]) -> Undo | None:
        """How an operation could be taken back, found out before it is done."""
        if not given or not isinstance(given[0], (str, bytes, os.PathLike)):
            return None
        first = Path(os.fsdecode(given[0]))
        match name:
            case "open" | "mkdir" if not os.path.lexists(first):
                return first.parent, first.rmdir if name == "mkdir" else first.unlink
            case "unlink" | "remove" if first.is_file():
                content = first.read_bytes()
                return first.parent, lambda: first.write_bytes(content)
            case "replace" | "rename":
                return self._unrename(first, Path(os.fsdecode(given[1])))
        return None

    def _unrename(self, first: Path, second: Path) -> Undo:
        before = second.read_bytes() if second.is_file() else None

        def undo() -> None:
            second.rename(first)
            if before is not None:
                second.write_bytes(before)

        return second.parent, undo

    def _note(self, name: str, given: tuple[Any, ...], answer: Any, undo: Undo | None) -> None:
        if undo is not None and (name != "open" or os.path.lexists(given[0])):
            self._entries.append(undo)
        match name:
            case "open":
                self._paths[answer] = Path(os.fsdecode(given[0]))
            case "write":
                self._unflushed[self._paths.get(given[0], Path())] = None
            case "replace" | "rename":
                self._renamed(Path(os.fsdecode(given[0])), Path(os.fsdecode(given[1])))
            case "fsync":
                self._flushed(self._paths.get(given[0], Path()))

    def _renamed(self, first: Path, second: Path) -> None:
        self._unflushed.pop(second, None)
        if first in self._unflushed:
            self._unflushed[second] = self._unflushed.pop(first)

    def _flushed(self, path: Path) -> None:
        self._unflushed.pop(path, None)
        self._entries = [undo for undo in self._entries if undo[0] != path]
