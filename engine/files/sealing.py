"""Sealed files: JSON that says its format and ends in the sha256 of all the rest, so that nobody changes it unseen.

The seal is that of the content, whatever its layout and the order of its entries. It shows that nothing was changed,
and not who wrote it, nor when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from engine.files.reading import read_whole
from engine.files.words import reason

Made = TypeVar("Made")

SEAL: Final = "seal"
"""The entry that holds the seal."""


class SealError(ValueError):
    """Why a sealed file is not believed: a sentence that begins with its name."""


class WrongContentError(ValueError):
    """What is wrong with the content of a sealed file; said by those who know what is to be in it."""


@dataclass(frozen=True)
class SealedKind:
    """What all sealed files of a kind have in common."""

    title: str
    """What such a file is, with its article, such as ``a locked forecast``."""
    entry: str
    """The entry that says its format, such as ``lock_format``."""
    format: int
    """The one that is read here."""
    largest: int
    """Bytes of such a file at most."""
    writer: str
    """The command that writes one."""
    unused: str
    """What is not done with one whose seal does not hold, such as ``so it is not scored``."""

    def read(self, path: Path, shown: str, made: Callable[[dict[str, Any]], Made]) -> Made:
        """What a file holds, ``made`` of its content; ``shown`` is its name in errors.

        Raises :class:`SealError` where it can't be read, is no such file, is of another format or damaged, or where its
        seal does not hold. ``made`` raises :class:`WrongContentError`.
        """
        content = self._content(path, shown)
        try:
            found = made(content)
        except WrongContentError as error:
            raise SealError(f"{shown} is damaged: {error}") from None
        if content.get(SEAL) != seal_of(content):
            raise SealError(f"{shown} is not what was written: its seal does not hold, {self.unused}")
        return found

    def _content(self, path: Path, shown: str) -> dict[str, Any]:
        what = self.title.removeprefix("a ")
        try:
            content = json.loads(read_whole(path, self.largest))
        except (FileNotFoundError, NotADirectoryError):
            raise SealError(f"{shown}: there is no such file") from None
        except OSError as error:
            raise SealError(f"{shown} can't be read: {reason(error)}") from None
        except (ValueError, RecursionError):
            raise SealError(f"{shown} is no {what}: it is no JSON") from None
        if not isinstance(content, dict) or (version := content.get(self.entry)) is None:
            raise SealError(f"{shown} is no {what}: `{self.writer}` writes one")
        if version != self.format or isinstance(version, bool):
            raise SealError(f"{shown} is {self.title} of format {version!r:.40}, and this version reads {self.format}")
        return content


def seal_of(content: Mapping[str, Any]) -> str:
    """The sha256 of plain content but for its seal, whatever the order of its entries."""
    return sha256_of({key: value for key, value in content.items() if key != SEAL})


def sha256_of(content: object) -> str:
    """The sha256 of plain content, whatever its layout."""
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
