"""The parts of a page that a reader follows: files to write, and what is typed into a terminal with what it prints.

A block whose title names a file is that file, or with ``, added`` what is added to it. A block of the language
``console`` is typed: what stands after ``$ `` is a command, what stands under it is what it prints, and a line ``...``
there stands for lines that are left out. A comment just above a block says what is special about it:

- ``<!-- not run: why -->`` nothing of it is run; the commands of `brink` in it must still be some that there are;
- ``<!-- fails: why -->`` the commands end with another code than 0;
- ``<!-- kept: SCENARIO as MARK -->`` it takes long, and is run only where what it depends on has another mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).parents[2]

BLOCK = re.compile(
    r"^(?:<!-- (?P<remark>[^\n]*?) -->\n+)?^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)

TITLE = re.compile(r'title="(?P<file>[\w./-]+)(?P<added>, added)?"')

CONTINUED = "\\"
"""At the end of a line of a command: it goes on in the next."""

LEFT_OUT = "..."
"""A line of it stands for lines that were printed and are not shown."""


@dataclass(frozen=True)
class Block:
    """One block of code of a page, and where its body begins and ends in the text."""

    remark: str
    language: str
    title: str
    body: str
    start: int
    end: int

    @property
    def is_typed(self) -> bool:
        """It is a session at a terminal."""
        return self.language == "console"

    @property
    def file(self) -> str | None:
        """The file that a reader writes it to."""
        match = TITLE.fullmatch(self.title)
        return match["file"] if match else None

    @property
    def is_added(self) -> bool:
        """It is added to what the file holds."""
        match = TITLE.fullmatch(self.title)
        return bool(match and match["added"])

    def exchanges(self) -> Iterator[Exchange]:
        """Each command of a session, with what stands under it."""
        lines = self.body.splitlines()
        starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
            end = start
            while lines[end].endswith(CONTINUED):
                end += 1
            yield Exchange(tuple(lines[start : end + 1]), tuple(lines[end + 1 : following]))


@dataclass(frozen=True)
class Exchange:
    """A command as it is typed, and the lines that a page shows under it."""

    typed: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def command(self) -> str:
        """In one line."""
        parts = (line.removesuffix(CONTINUED).strip() for line in self.typed)
        return " ".join(parts).removeprefix("$ ")

    def renewed(self, printed: str) -> tuple[str, ...]:
        """What a page should show of what is printed now: as many lines from the same places."""
        return laid_out(self.shown, tuple(printed.rstrip("\n").splitlines()))


def laid_out(shown: tuple[str, ...], printed: tuple[str, ...]) -> tuple[str, ...]:
    """As many lines before the first gap and after the last as before; between gaps, from the same first line on."""
    pieces = divided_at_gaps(shown)
    if len(pieces) == 1:
        return printed
    head, *between, tail = pieces
    kept = list(printed[: len(head)])
    for piece in between:
        begin = printed.index(piece[0])
        kept += [LEFT_OUT, *printed[begin : begin + len(piece)]]
    return (*kept, LEFT_OUT, *(printed[-len(tail) :] if tail else ()))


def divided_at_gaps(shown: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The runs of lines between gaps; the first and the last may be empty."""
    pieces: list[list[str]] = [[]]
    for line in shown:
        if line == LEFT_OUT:
            pieces.append([])
        else:
            pieces[-1].append(line)
    return [tuple(piece) for piece in pieces]


def blocks(text: str) -> Iterator[Block]:
    """The blocks of code of a page, in their order."""
    for match in BLOCK.finditer(text):
        language, _, title = match["info"].partition(" ")
        yield Block(match["remark"] or "", language, title, match["body"], match.start("body"), match.end("body"))


def pages() -> list[Path]:
    """Every page that a person writes."""
    found = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")]
    return sorted(path for path in found if not is_generated(path))


def is_generated(page: Path) -> bool:
    """Whether `brink docs` or `brink odd` writes it."""
    return page.read_text(encoding="utf-8").startswith("<!-- Made by `brink ")
