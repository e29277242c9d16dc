"""What people read: text that wraps and is never cut, and in which nothing is obeyed by a terminal or by Rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from engine.cli.failures import plain

NARROWEST = 40
"""Columns below which text would be nothing but line breaks."""

BAR = 20
"""Characters of a bar."""

BETWEEN = 2
"""Spaces between two columns of a table."""

LEAST_WORDS = 12
"""Columns below which the words at the end of a row stand on a line of their own above its numbers."""

LOUD, QUIET, GOOD, BAD = "bold", "dim", "green", "red"


def as_text(words: str | Text, style: str = "") -> Text:
    """Words as they stand: brackets are brackets, and what can't be seen is written as its code."""
    return words if isinstance(words, Text) else Text(plain(words.replace("\t", " ")).rstrip("\n"), style)


class _Trimmed:
    """Something to print, without the spaces at the ends of its lines."""

    def __init__(self, inner: RenderableType) -> None:
        self.inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self.inner, options, pad=False):
            yield from _without_end_spaces(line)
            yield Segment.line()


def _without_end_spaces(line: Sequence[Segment]) -> Iterator[Segment]:
    kept = list(line)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        *before, last = kept
        yield from before
        yield Segment(last.text.rstrip(), last.style)


class _Hanging:
    """A text behind a mark, under whose beginning its further lines stand."""

    def __init__(self, mark: Text, words: Text) -> None:
        self.mark, self.words = mark, words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = cell_len(self.mark.plain) + 1
        room = options.update(width=max(1, options.max_width - width), overflow="fold")
        for number, line in enumerate(console.render_lines(self.words, room, pad=False)):
            if number:
                yield Segment(" " * width)
            else:
                yield from console.render_lines(self.mark, options, pad=False)[0]
                yield Segment(" ")
            yield from line
            yield Segment.line()


class _Printer(Console):
    """Leaves it to the command line to say what happens when nobody reads on."""

    def on_broken_pipe(self) -> None:
        """Pass the error on, where Rich would leave the program."""
        raise BrokenPipeError


class Paper:
    """Prints on the standard output, as wide as the terminal; or, so many columns wide, into something else."""

    def __init__(self, file: IO[str] | None = None, columns: int | None = None) -> None:
        is_plain = True if file is not None else None
        self.console = _Printer(file=file, width=columns, no_color=is_plain, markup=False, emoji=False, highlight=False)
        if self.console.width < NARROWEST:
            self.console.width = NARROWEST
        self.is_rich_in_signs = self.console.encoding.startswith("utf")

    def put(self, what: RenderableType, indent: int = 0) -> None:
        """Anything that Rich prints."""
        shown = Padding(what, (0, 0, 0, indent), expand=False) if indent else what
        self.console.print(_Trimmed(shown), end="")

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def title(self, words: str) -> None:
        """What all of this is about."""
        self.put(as_text(words, LOUD))

    def heading(self, words: str, aside: str = "") -> None:
        """The beginning of a part, with a line under it."""
        line = as_text(words, LOUD)
        if aside:
            line = Text.assemble(line, "  ", as_text(aside, QUIET))
        self.blank()
        self.put(line)
        length = min(self.console.width, cell_len(line.plain))
        self.put(Text(("─" if self.is_rich_in_signs else "-") * length, QUIET))

    def paragraphs(self, words: str, indent: int = 0, style: str = "") -> None:
        """A text of one or more paragraphs."""
        for number, part in enumerate(part for part in words.split("\n") if part.strip()):
            if number:
                self.blank()
            self.put(as_text(part.strip(), style), indent)

    def item(self, words: str | Text, mark: str | Text = "-", indent: int = 0, style: str = "") -> None:
        """An entry of a list; its further lines stand under the first."""
        self.put(_Hanging(Text(mark, QUIET) if isinstance(mark, str) else mark, as_text(words, style)), indent)

    def table(
        self,
        rows: Iterable[Sequence[str | Text]],
        heads: Sequence[str] = (),
        right: str = "",
        indent: int = 2,
        first: int = 0,
    ) -> None:
        """Rows of columns that fold where they are narrow.

        ``right`` has an r for each column that is set to the right; ``first`` is the least width of the first column.
        """
        entries = [[as_text(cell) for cell in row] for row in rows]
        titles = [as_text(head) for head in heads]
        if self._is_crowded([titles, *entries], right, indent):
            self._stacked(titles, entries, right, indent)
        else:
            self.put(grid_of(titles, entries, right, first), indent)

    def _is_crowded(self, entries: Sequence[Sequence[Text]], right: str, indent: int) -> bool:
        """Whether the words in the last column, behind numbers, would be left no room to be read in."""
        *numbers, words = widths(entries) or (0,)
        is_behind_numbers = bool(numbers) and right[: len(numbers)] == "r" * len(numbers)
        room = self.console.width - indent - sum(numbers) - BETWEEN * len(numbers)
        return is_behind_numbers and right[len(numbers) :] == "l" and room < min(words, LEAST_WORDS)

    def _stacked(self, heads: Sequence[Text], entries: Sequence[Sequence[Text]], right: str, indent: int) -> None:
        """Each row as its words, and under them its numbers."""
        columns = widths([heads, *entries])[:-1]
        if heads:
            quiet = [[Text(head.plain, QUIET) for head in heads[:-1]]]
            self.put(grid_of((), quiet, right, 0, columns), indent)
        for *numbers, words in entries:
            self.put(words, indent)
            self.put(grid_of((), [numbers], right, 0, columns), indent)

    def bar(self, share: float) -> Text:
        """A share from 0 to 1 as a bar."""
        full, empty = ("█", "░") if self.is_rich_in_signs else ("#", ".")
        filled = max(0, min(BAR, round(share * BAR)))
        return Text.assemble((full * filled, "cyan"), (empty * (BAR - filled), QUIET))


def widths(entries: Iterable[Sequence[Text]]) -> tuple[int, ...]:
    """How wide each column of a table would like to be."""
    columns = zip(*(row for row in entries if row), strict=True)
    return tuple(max(cell_len(cell.plain) for cell in column) for column in columns)


def grid_of(
    heads: Sequence[Text], entries: Sequence[Sequence[Text]], right: str, first: int, least: Sequence[int] = ()
) -> Table:
    """A table; ``first`` is the least width of its first column, or ``least`` those of all."""
    grid = Table(
        box=None, padding=(0, BETWEEN, 0, 0), pad_edge=False, show_header=bool(heads), header_style=QUIET, expand=False
    )
    for number in range(len(entries[0]) if entries else 0):
        set_right = right[number : number + 1] == "r"
        grid.add_column(
            heads[number] if heads else Text(""),
            justify="right" if set_right else "left",
            overflow="fold",
            no_wrap=set_right,
            min_width=least[number] if least else first if number == 0 else None,
        )
    for row in entries:
        grid.add_row(*row)
    return grid


def signed(amount: float, digits: int = 1, is_judged: bool = False) -> Text:
    """A change with its sign; green for more and red for less where more is better."""
    rounded = round(amount, digits) + 0.0
    if not rounded:
        return Text(f"{0:.{digits}f}", QUIET)
    tone = GOOD if rounded > 0 else BAD
    return Text(f"{rounded:+.{digits}f}", tone if is_judged else "")


def percent(share: float, digits: int = 1) -> str:
    """A share as a percentage."""
    return f"{100 * share:.{digits}f}%"
