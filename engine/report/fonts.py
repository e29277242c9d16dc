"""Fonts for the letters of a drawing: the measuring font first, then those of this machine that have what it lacks.

An SVG keeps its text as text, and whoever shows it finds the letters. A PNG is drawn here, so its letters have to be
found here; where no font has them, that is said in the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HOME_FONT: Final = "DejaVu Sans"
"""The font that comes with matplotlib: the same on every machine."""

BOXES: Final = "Last Resort"
"""The beginning of names of fonts that have a box for every letter."""

ADVICE: Final = "a font such as Noto Sans, Noto Sans CJK or GNU Unifont has them"


@dataclass(frozen=True)
class Choice:
    """Families in their order, and the letters that none of them has."""

    families: tuple[str, ...]
    missing: frozenset[str] = frozenset()


def choose(letters: Iterable[str]) -> Choice:
    """The fewest families that have these letters, as far as there are any: each the one that has most of the rest."""
    wanted = frozenset(letter for letter in letters if not letter.isspace() and letter.isprintable())
    missing = wanted - covered(HOME_FONT, wanted)
    families = [HOME_FONT]
    while missing:
        found = {family: covered(family, missing) for family in installed()}
        best = max(found, key=lambda family: len(found[family]), default=HOME_FONT)
        if not found.get(best):
            break
        families.append(best)
        missing -= found[best]
    return Choice(tuple(families), missing)


def covered(family: str, letters: frozenset[str]) -> frozenset[str]:
    """Those letters that a family has."""
    has = _numbers(family)
    return frozenset(letter for letter in letters if ord(letter) in has)


def installed() -> Iterator[str]:
    """The families of this machine in alphabetical order, those without serifs first."""
    yield from sorted(_files(), key=lambda name: ("Sans" not in name, name))


def _files() -> dict[str, str]:
    """The file of each upright family, the one whose weight is nearest to that of text."""
    from matplotlib.font_manager import fontManager

    upright = [font for font in fontManager.ttflist if font.style == "normal" and not font.name.startswith(BOXES)]
    by_weight = sorted(upright, key=lambda font: (-abs(weight_of(font.weight) - 400), font.fname))
    return {font.name: font.fname for font in by_weight}


def weight_of(weight: int | str) -> int:
    """A weight as a number."""
    return weight if isinstance(weight, int) else 700 if "bold" in weight else 400


@cache
def _numbers(family: str) -> frozenset[int]:
    """The numbers of the letters that a family has; none where its file can't be read."""
    from matplotlib.ft2font import FT2Font

    try:
        return frozenset(FT2Font(_files()[family]).get_charmap())
    except (KeyError, OSError, RuntimeError, ValueError):
        return frozenset()


def letters_of(figure: Figure) -> frozenset[str]:
    """All letters of a drawing."""
    return frozenset("".join(text.get_text() for text in texts_of(figure)))


def texts_of(figure: Figure) -> list[Any]:
    """All texts of a drawing that are seen."""
    from matplotlib.text import Text

    return [text for text in figure.findobj(Text) if text.get_text()]


def put_fonts(figure: Figure) -> Choice:
    """Give each text of a drawing the families that have its letters; where some have none, say so at the foot."""
    choice = choose(letters_of(figure))
    if len(choice.families) > 1:
        for text in texts_of(figure):
            text.set_fontfamily(list(choice.families))
    if choice.missing:
        boxes = "Boxes stand for letters of which the machine that drew this has no font."
        figure.text(0.995, 0.004, boxes, ha="right", va="bottom", fontsize=6)
    return choice


def in_words(missing: frozenset[str]) -> str:
    """What whoever asked for the pictures should know."""
    some = "".join(sorted(missing)[:8])
    more = f" and {len(missing) - 8} more" if len(missing) > 8 else ""
    where = "they are boxes in the PNG figures, and right in the page and the SVG figures"
    return f"no font of this machine has the letters {some}{more}: {where}; {ADVICE}"
