"""HTML that can't be broken by what stands in it: text is escaped unless it was made here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.scenario.problems import escaped

UNBROKEN = re.compile(r"(?<=\d) %(?!\w)")
"""Before a percent sign no line ends."""

VOID = frozenset({"meta", "br", "hr"})
"""Elements that hold nothing."""


class Html(str):
    """Markup, which is not escaped again."""

    __slots__ = ()


Piece = str | None | Iterable["Piece"]
"""What an element holds: text, markup, nothing, or several of them."""


def text(words: object) -> Html:
    """Words as they stand, with what can't be seen written as its code."""
    return Html(UNBROKEN.sub("\N{NO-BREAK SPACE}%", html.escape(escaped(str(words)), quote=True)))


def joined(*pieces: Piece) -> Html:
    """Several pieces, one after the other."""
    return Html("".join(_rendered(piece) for piece in pieces))


def _rendered(piece: Piece) -> str:
    if piece is None:
        return ""
    if isinstance(piece, Html):
        return piece
    return text(piece) if isinstance(piece, str) else "".join(_rendered(part) for part in piece)


def element(name: str, *inside: Piece, **attributes: str | None) -> Html:
    """An element; ``class_`` is the attribute ``class``, ``aria_label`` is ``aria-label``."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{joined(*inside)}</{name}>")


def paragraphs(*sentences: str) -> Html:
    """A paragraph for each text that says something."""
    return joined(element("p", words) for words in sentences if words)


def bullets(items: Iterable[Piece], **attributes: str | None) -> Html:
    """A list; nothing where there is nothing to list."""
    entries = [element("li", item) for item in items]
    return element("ul", entries, **attributes) if entries else Html("")


@dataclass(frozen=True)
class Table:
    """Rows under heads; the first column names the row, the others are numbers."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    def html(self, caption: str) -> Html:
        """A table that scrolls by itself where the page is narrow."""
        head = element("tr", (element("th", name, scope="col") for name in self.heads))
        body = (
            element("tr", element("th", row[0], scope="row"), (element("td", cell) for cell in row[1:]))
            for row in self.rows
        )
        whole = element("table", element("caption", caption), element("thead", head), element("tbody", *body))
        return element("div", whole, class_="scroll", tabindex="0", role="region", aria_label=f"Table: {caption}")
