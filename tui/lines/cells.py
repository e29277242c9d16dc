"""Text measured in cells: fitted, put side by side, and drawn as bars and scales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from tui.glyphs import Glyphs

QUIET, LOUD, GOOD, BAD = "$text-muted", "b", "$text-success", "$text-error"
"""Styles by what they say; each stands beside a word or sign that says the same."""


def plain(text: str, style: str = "") -> Content:
    """Text as it stands, brackets and all, on one line."""
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return Content.styled(text, style) if style else Content(text)


def fit(text: str | Content, width: int, align: str = "left", glyphs: Glyphs | None = None) -> Content:
    """Exactly ``width`` cells: cut with an ellipsis where longer, padded where shorter."""
    content = Content(text) if isinstance(text, str) else text
    if width <= 0:
        return Content("")
    if content.cell_length > width:
        sign = glyphs.ellipsis if glyphs else "…"
        content = content[: _cells(content.plain, width - 1)] + sign
    space = width - content.cell_length
    return content.pad_left(space) if align == "right" else content.pad_right(space)


def _cells(text: str, width: int) -> int:
    """How many characters from the start fit into a number of cells."""
    used = 0
    for number, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return number
    return len(text)


def row(*parts: str | Content) -> Content:
    """Parts one behind the other."""
    return Content("").join([Content(part) if isinstance(part, str) else part for part in parts])


def stack(lines: Iterable[str | Content]) -> Content:
    """Lines one below the other."""
    return Content("\n").join([Content(line) if isinstance(line, str) else line for line in lines])


def hang(head: Content, text: Content, width: int) -> Content:
    """A text behind a head, broken into lines that all begin where the first one does."""
    indent = head.cell_length
    room = width - indent
    if room < 16 or text.cell_length <= room:
        return row(head, text)
    first, *rest = text.wrap(room)
    return stack([row(head, first.rstrip()), *(row(" " * indent, line.rstrip()) for line in rest)])


def bar(share: float, width: int, glyphs: Glyphs, style: str = "$primary") -> Content:
    """A share of 0 to 1 as a bar on a track of fixed length, with its ends marked."""
    inner = max(0, width - 2)
    eighths = max(0.0, min(1.0, share)) * inner * (len(glyphs.parts) + 1)
    whole, part = divmod(round(eighths), len(glyphs.parts) + 1)
    filled = glyphs.full * whole + (glyphs.parts[part - 1] if part else "")
    return row(
        Content.styled(glyphs.left, QUIET),
        Content.styled(filled, style),
        Content(" " * (inner - len(filled))),
        Content.styled(glyphs.right, QUIET),
    )


def scale(places: Sequence[tuple[float, str, str]], width: int, glyphs: Glyphs) -> Content:
    """A scale of fixed length with signs on it: each a share of 0 to 1, a sign and a style; later ones lie on top."""
    if width <= 0:
        return Content("")
    cells = [(glyphs.track, QUIET)] * width
    for share, sign, style in places:
        cells[min(width - 1, max(0, round(share * (width - 1))))] = (sign, style)
    return row(*(Content.styled(sign, style) if style else Content(sign) for sign, style in cells))


def signed(number: float, digits: int = 1) -> str:
    """A number with its sign; what rounds to nothing has none."""
    text = f"{number:+.{digits}f}"
    return text[1:] if float(text) == 0 else text


def percent(share: float) -> str:
    """A share in whole percent; what is not quite nothing or everything says so."""
    if 0 < share <= 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{100 * share:.0f}%"


def sized(text: str, width: int) -> str:
    """Plain text of exactly ``width`` cells."""
    return set_cell_size(text, width)
