"""Names of folders that libraries can't bear: what is no UTF-8, and what they take for a pattern."""

from __future__ import annotations

import tempfile
from pathlib import Path

PATTERN = "*?[]"
"""Characters that stand for others where a library takes a path for a pattern."""


class PlainName:
    """A folder under a name that any library takes as it stands: its own, or that of a link made for the while.

    The link lies in a folder for temporary files, and is gone with this object. Raises OSError.
    """

    def __init__(self, folder: Path, is_pattern: bool = False) -> None:
        """``is_pattern`` says whether a name with ``*``, ``?`` or brackets would be taken for a pattern."""
        self._given = folder.resolve(), is_pattern
        self.path = folder.resolve()
        self._place: tempfile.TemporaryDirectory[str] | None = None
        if not is_plain(self.path, is_pattern):
            self._place = tempfile.TemporaryDirectory(prefix="brink-", ignore_cleanup_errors=True)
            link = Path(self._place.name).resolve() / "results"
            if not is_plain(link, is_pattern):
                raise OSError(None, "the folder for temporary files has an odd name too", str(link.parent))
            link.symlink_to(self.path, target_is_directory=True)
            self.path = link

    def __reduce__(self) -> tuple[type[PlainName], tuple[Path, bool]]:
        """A copy has a link of its own."""
        return PlainName, self._given

    @property
    def is_linked(self) -> bool:
        """Whether the name is that of a link."""
        return self._place is not None


def is_plain(path: Path, is_pattern: bool) -> bool:
    """Whether a name is UTF-8 and, if that matters, no pattern."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return not (is_pattern and any(character in PATTERN for character in str(path)))
