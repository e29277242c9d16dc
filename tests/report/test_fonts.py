"""Pictures are drawn in fonts that have their letters, and say so where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.report import fonts
from engine.report.canvas import WIDE, Sheet, png, svg

font_manager: Any = pytest.importorskip("matplotlib.font_manager")

RARE = "\N{CUNEIFORM SIGN A}"
"""A letter that hardly a machine has a font for."""


@pytest.fixture
def rare_font(tmp_path: Path) -> Iterator[str]:
    """The name of a font, known for one test, that has one rare letter: a square."""
    builder: Any = pytest.importorskip("fontTools.fontBuilder")
    pens: Any = pytest.importorskip("fontTools.pens.ttGlyphPen")
    pen = pens.TTGlyphPen(None)
    for move, at in ((pen.moveTo, (0, 0)), (pen.lineTo, (0, 700)), (pen.lineTo, (700, 700)), (pen.lineTo, (700, 0))):
        move(at)
    pen.closePath()
    square = pen.glyph()
    font = builder.FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "a"])
    font.setupCharacterMap({ord(RARE): "a"})
    font.setupGlyf({".notdef": square, "a": square})
    font.setupHorizontalMetrics({".notdef": (800, 0), "a": (800, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Rare Sans", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.save(tmp_path / "rare.ttf")
    manager = font_manager.fontManager
    before = list(manager.ttflist)
    manager.addfont(tmp_path / "rare.ttf")
    fonts._numbers.cache_clear()
    yield "Rare Sans"
    manager.ttflist[:] = before
    fonts._numbers.cache_clear()


def sheet_of(words: str) -> Any:
    """A drawing with some words."""

    def draw(_: Any) -> Any:
        sheet = Sheet(3, 1)
        sheet.write(0.1, 0.1, words)
        return sheet.figure

    return draw


def test_letters_of_the_home_font_need_no_other() -> None:
    """Latin, Greek, Cyrillic, and signs; spaces are no letters."""
    assert fonts.choose("Äß Ωж →×\n") == fonts.Choice((fonts.HOME_FONT,))


def test_a_font_of_the_machine_steps_in(rare_font: str) -> None:
    """After the home font, whose letters stay as they are."""
    assert fonts.choose(f"a{RARE}") == fonts.Choice((fonts.HOME_FONT, rare_font))
    figure = sheet_of(f"a{RARE}")(WIDE)
    assert not fonts.put_fonts(figure).missing
    assert [text.get_fontfamily() for text in fonts.texts_of(figure)] == [[fonts.HOME_FONT, rare_font]]


def test_where_no_font_has_a_letter_the_picture_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """At its foot, and in a sentence for whoever asked for it; an SVG keeps the letter as text."""
    monkeypatch.setattr(fonts, "installed", lambda: iter(()))
    figure = sheet_of(RARE)(WIDE)
    assert fonts.put_fonts(figure).missing == {RARE}
    assert "no font" in "".join(text.get_text() for text in fonts.texts_of(figure))
    assert RARE in fonts.in_words(frozenset(RARE))
    assert RARE in svg(sheet_of(RARE), WIDE, "salt")
    assert png(sheet_of(RARE), WIDE, "salt") != png(sheet_of("a"), WIDE, "salt")


def test_no_font_of_boxes_counts() -> None:
    """One that has a box for every letter has no letter."""
    assert not [family for family in fonts.installed() if family.startswith(fonts.BOXES)]
