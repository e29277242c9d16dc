"""From a drawing to SVG for the page, and SVG and PNG for files; the same drawing gives the same bytes."""

from __future__ import annotations

import io
import logging
import re
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.batch.extras import extra
from engine.report.fonts import letters_of, put_fonts
from engine.report.markup import Html, text
from engine.report.style import EM, LOOKS, SIZE, SMALL, VARIABLES, Look, settings
from engine.scenario.problems import escaped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Format:
    """For which width something is drawn, in inches of 96 pixels."""

    name: str
    width: float

    @property
    def is_narrow(self) -> bool:
        """Whether it is for a phone."""
        return self is NARROW


WIDE: Final = Format("wide", 8.9)
NARROW: Final = Format("narrow", 3.73)
"""A phone of 390 pixels, less the margins of the page."""

DOTS: Final = 200
"""Dots an inch of a PNG."""

Drawing = Callable[[Format], "Figure"]
"""Draws a figure for a width."""

NO_METADATA: Final = dict.fromkeys(("Creator", "Date", "Format", "Type"))
"""Nothing that names a program or a day."""

REFERENCE = re.compile(r'(?<=url\(#)[^)]+(?=\))|(?<=href="#)[^"]+(?=")')
IDENTITY = re.compile(r' id="([^"]*)"')
PRECISE = re.compile(r"-?\d+\.\d{3,}")
"""Coordinates with more digits than a screen can show."""

FONT = re.compile(r"font: ([^;\"]*?)([\d.]+px) [^;\"]*")
BOLD = re.compile(r"bold|700")
TAG = re.compile(r"<[^>]*>")
COLOUR = re.compile("|".join(VARIABLES), re.IGNORECASE)


def need_plotting() -> None:
    """Raises :class:`~engine.batch.errors.BatchError` where there is no matplotlib."""
    extra("matplotlib", "matplotlib", "report", "a report")


class Sheet:
    """A figure whose parts are placed in inches, from its upper left corner."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self.figure: Figure = Figure(figsize=(width, height))

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """A plot."""
        bottom = self.height - top - height
        return self.figure.add_axes((left / self.width, bottom / self.height, width / self.width, height / self.height))

    def write(self, left: float, top: float, words: str, size: float = SIZE, **how: Any) -> None:
        """Text, hung from its upper left corner."""
        said = {"va": "top", "ha": "left", "linespacing": 1.15, **how}
        self.figure.text(left / self.width, 1 - top / self.height, words, fontsize=size, **said)


def lines(words: str, width: float, size: float = SIZE, most: int = 3) -> list[str]:
    """Words in lines that fit into so many inches, at most so many of them."""
    letters = max(6, int(width * 72 / (size * EM)))
    return textwrap.wrap(escaped(words), letters, max_lines=most, placeholder=" …") or [""]


def fitted(words: str, width: float, size: float = SIZE, most: int = 3) -> str:
    """The same as one text."""
    return "\n".join(lines(words, width, size, most))


def tall(count: int, size: float = SIZE) -> float:
    """How many inches so many lines take."""
    return count * size * 1.2 / 72


class Key:
    """Which arm is drawn how: told above the plots, with the line and the sign of each."""

    SAMPLE = 0.42
    """Inches of the line that is shown."""

    def __init__(self, titles: Sequence[str], paper: Format, looks: Sequence[Look] = LOOKS) -> None:
        self._paper, self._looks = paper, looks
        self._titles = list(titles) if len(titles) > 1 else []
        self._places = list(self._placed())
        self.height = (max(top for _, top, _ in self._places) + 0.3) if self._places else 0.0

    def _placed(self) -> Iterator[tuple[float, float, str]]:
        left, top = 0.0, 0.0
        for title in self._titles:
            words = fitted(title, self._paper.width - self.SAMPLE - 0.1, SMALL, most=1)
            width = self.SAMPLE + len(words) * SMALL * (EM + 0.02) / 72 + 0.25
            if left and left + width > self._paper.width:
                left, top = 0.0, top + 0.22
            yield left, top, words
            left += width

    def draw(self, sheet: Sheet, is_line: bool = True) -> None:
        """At the top of a sheet."""
        for look, (left, top, words) in zip(self._looks, self._places, strict=False):
            plot = sheet.axes(left, top, self.SAMPLE - 0.08, 0.17)
            plot.set_axis_off()
            dashes = look.dashes if is_line else "solid"
            plot.plot([0, 1], [0, 0], color=look.colour, linestyle=dashes, linewidth=1.8)
            plot.plot([0.5], [0], color=look.colour, marker=look.marker, markersize=6)
            plot.set_xlim(-0.1, 1.1)
            sheet.write(left + self.SAMPLE, top + 0.01, words, SMALL)


@contextmanager
def _drawing(salt: str) -> Iterator[None]:
    import matplotlib as mpl

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # a bold letter from a font that has no bold
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # letters that the measuring font lacks; the page is shown in another
        mpl.rcdefaults()
        mpl.rcParams.update(settings(salt))
        yield


def svg(draw: Drawing, paper: Format, salt: str) -> str:
    """A drawing as an SVG document without a heading."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = io.StringIO()
    with _drawing(salt):
        FigureCanvasSVG(draw(paper)).print_svg(buffer, metadata=NO_METADATA)
    whole = buffer.getvalue()
    drawn = re.sub(r"<!--.*?-->", "", whole[whole.index("<svg") :], flags=re.DOTALL)
    drawn = in_tags(drawn, lambda tag: PRECISE.sub(_rounded, tag))
    return re.sub(r"\n\s*(?=<)", "\n", drawn).strip() + "\n"


def in_tags(drawn: str, change: Callable[[str], str]) -> str:
    """A drawing with each tag changed; the text between them, which may say anything, is left as it is."""
    return TAG.sub(lambda found: change(found[0]), drawn)


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _at_home(tag: str, used: set[str], prefix: str) -> str:
    """A tag as it is in the page: with ids, colours and letters that fit there."""
    tag = REFERENCE.sub(lambda found: prefix + found[0], tag)
    tag = IDENTITY.sub(lambda found: f' id="{prefix}{found[1]}"' if found[1] in used else "", tag)
    tag = FONT.sub(lambda found: f"font-size: {found[2]}{'; font-weight: bold' if BOLD.search(found[1]) else ''}", tag)
    return COLOUR.sub(lambda found: f"var(--{VARIABLES[found[0].lower()]})", tag)


def png(draw: Drawing, paper: Format, salt: str) -> bytes:
    """A drawing as a PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    buffer = io.BytesIO()
    with _drawing(salt):
        figure = draw(paper)
        figure.set_dpi(DOTS)
        put_fonts(figure)
        FigureCanvasAgg(figure).print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()


def letters(draw: Drawing, paper: Format) -> frozenset[str]:
    """All letters of a drawing."""
    with _drawing(""):
        return letters_of(draw(paper))


def inline(draw: Drawing, paper: Format, name: str, alt: str) -> Html:
    """A drawing as a part of the page: its ids are its own, its colours and letters those of the page."""
    drawn = svg(draw, paper, name)
    prefix = f"{name}-{paper.name}-"
    used = {found for tag in TAG.findall(drawn) for found in REFERENCE.findall(tag)}
    drawn = in_tags(drawn, lambda tag: _at_home(tag, used, prefix))
    head, _, body = drawn.partition(">")
    box = re.search(r'viewBox="[^"]*"', head)
    assert box is not None, "matplotlib says how large its drawing is"
    title = f"{prefix}title"
    opening = f'<svg class="{paper.name}" {box[0]} role="img" aria-labelledby="{title}"><title id="{title}">'
    return Html(f"{opening}{text(alt)}</title>{body.strip()}")


__all__ = ["NARROW", "SIZE", "SMALL", "WIDE", "Drawing", "Format", "Key", "Sheet", "fitted", "lines", "tall"]
