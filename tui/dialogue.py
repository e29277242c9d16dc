"""Lines of text that come and go: asked, answered, broken at a width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from tui.glyphs import ASCII, UNICODE, Glyphs

WIDTH = 78
"""Columns that lines are broken for."""


class EndOfInput(Exception):  # noqa: N818  # nothing has failed
    """Nobody answers any more."""


@dataclass(frozen=True)
class Line:
    """How lines come and go."""

    read: Callable[[], str]
    """The next line; raises EOFError where there is none."""
    write: Callable[[str], None]
    glyphs: Glyphs = UNICODE

    def tell(self, lines: Iterable[str | Content]) -> None:
        """Write some lines, broken at the width."""
        for line in lines:
            content = Content(line) if isinstance(line, str) else line
            for part in content.split("\n", allow_blank=True) or [content]:
                for piece in part.wrap(WIDTH) or [part]:
                    self.write(piece.plain.rstrip())

    def ask(self, prompt: str) -> str:
        """A question, and what is answered."""
        self.write(prompt)
        try:
            return self.read().strip()
        except EOFError:
            raise EndOfInput from None


def pick(words: str, names: Sequence[str], title: Callable[[str], str]) -> str | None:
    """One of several names: by its number, itself, its title, or how its title begins."""
    if words.isdigit() and 1 <= int(words) <= len(names):
        return names[int(words) - 1]
    wanted = words.strip().lower()
    exact = [name for name in names if wanted and wanted in (name.lower(), title(name).lower())]
    begins = [name for name in names if wanted and title(name).lower().startswith(wanted)]
    return next(iter((*exact, *begins)), None)


def signs(is_ascii: bool) -> Glyphs:
    """The signs for lines of text."""
    return ASCII if is_ascii else UNICODE
