"""Every size and every theme: nothing cut, nothing by colour alone, focus and place kept."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.color import Color

from engine.play.crisis import Crisis
from engine.play.facts.calendar import agenda_at
from engine.play.wording import short_date
from tests.tui.stage import LARGE, SMALL, Stage, open_desk
from tests.tui.test_commands import is_whole
from tui.glyphs import ASCII, UNICODE
from tui.lines.head import status
from tui.screens.confirm import Confirm
from tui.screens.report import Report
from tui.settings import THEMES, Settings
from tui.start import Start
from tui.widgets.rows import Rows

pytestmark = pytest.mark.slow

SIZES = ((60, 20), SMALL, (100, 30), LARGE, (200, 60))

TOUR = "1234cbfiwxhas"
"""Keys of the desk that show a panel or another screen."""


def fits(stage: Stage) -> None:
    """Fails where a line is wider than the terminal, or where the footer is cut."""
    width = stage.app.size.width
    for strip in stage.app.screen._compositor.render_strips():
        assert strip.cell_length <= width
    if width >= SMALL[0]:
        assert is_whole(stage), stage.text.splitlines()[-1]


@pytest.mark.parametrize(
    ("size", "theme"), zip(SIZES, cycle(THEMES), strict=False), ids=lambda part: part if isinstance(part, str) else None
)
async def test_every_screen_at_every_size_and_in_every_theme(
    home: Path, small: Crisis, size: tuple[int, int], theme: str
):
    """A tour through a turn: no line is too wide, no footer is cut, no colour is missing, the call is in view."""
    async with open_desk(home, small, ("us",), size) as stage:
        stage.app.use(Settings(theme=theme))
        for key in TOUR:
            await stage.press(key)
            await stage.settled()
            fits(stage)
            if not key.isdigit():
                await stage.press("escape")
        await stage.press("e")
        await stage.at(Confirm)
        await stage.press("f")
        fits(stage)
        assert "Your call" in stage.text, "the call is in view"
        await stage.press("enter")
        await stage.at(Report)
        fits(stage)


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_the_first_line_is_whole_at_every_width(kosovo: Crisis, width: int):
    """Side, turn, deadline and moves stand on it in every turn, for the side with the longest name too."""
    scenario = kosovo.scenario
    for actor in (actor for actor, record in scenario.actors.items() if record.playable):
        title = scenario.actors[actor].title
        for turn in range(scenario.turns):
            line = status(scenario, turn, actor, "moves 0/2", width, UNICODE).plain
            assert cell_len(line) <= width
            assert line.strip().startswith(title[:6]) and f"turn {turn + 1}/" in line and "moves 0/2" in line, line
            deadline = agenda_at(scenario, turn).next_deadline
            assert deadline is None or short_date(deadline.on) in line, line


async def test_resizing_keeps_focus_and_place(home: Path, small: Crisis):
    """The same list has the keyboard and the same line is in view, whatever happens to the window."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        await stage.press("2", "down", "down")
        rows = stage.app.focused
        assert isinstance(rows, Rows)
        line = rows.in_view
        for size in (*SIZES, (40, 10), SMALL):
            await stage.pilot.resize_terminal(*size)
            await stage.pilot.pause()
            assert stage.app.focused is rows and rows.in_view == line
            assert len(stage.text.splitlines()) == size[1]
        assert "2 Actions" in stage.text


async def test_resizing_keeps_the_place_of_a_reader(home: Path, kosovo: Crisis):
    """A text that was scrolled stays scrolled."""
    async with open_desk(home, kosovo, ("serbia",), SMALL) as stage:
        await stage.press("b", "pagedown")
        pages = stage.app.screen.query_one("#pages")
        await stage.until(lambda: pages.scroll_y > 0)
        await stage.pilot.resize_terminal(100, 24)
        await stage.pilot.pause()
        assert pages.scroll_y > 0


def colours(svg: str) -> set[Color]:
    """The colours of a picture of the screen, without those of the window around it."""
    body = svg[svg.index("</style>") :] + re.sub(r"@font-face.*?}", "", svg[: svg.index("</style>")], flags=re.DOTALL)
    found = {Color.parse(word) for word in re.findall(r"#[0-9a-f]{6}\b", body)}
    return found - {Color.parse(word) for word in ("#ff5f57", "#febc2e", "#28c840", "#c5c8c6")}


async def test_no_color_gives_greys_only(home: Path, small: Crisis, monkeypatch: pytest.MonkeyPatch):
    """With NO_COLOR no screen of a turn shows a colour."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_desk(home, small, ("us",), LARGE) as stage:
        for keys in (("2", "down", "enter"), ("i",), ("escape", "e"), ("f",)):
            await stage.press(*keys)
            await stage.settled()
            seen = colours(stage.app.export_screenshot())
            assert seen and all(c.r == c.g == c.b for c in seen), [c.hex for c in seen if not c.r == c.g == c.b]


async def test_a_theme_changes_no_word(home: Path, small: Crisis):
    """The same is said in each."""
    async with open_desk(home, small, ("us",), SMALL) as stage:
        await stage.knows_odds()
        plain = stage.text
        for theme in THEMES:
            stage.app.use(Settings(theme=theme))
            await stage.pilot.pause()
            assert stage.text == plain, theme


def contrast(one: str, other: str) -> float:
    """How well two colours can be told apart (WCAG 2), 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """How light a colour is."""
    parts = [part / 255 for part in Color.parse(colour).rgb]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_themes_can_be_read():
    """Text of every theme reaches 4.5 on its background; that of high contrast 7."""
    from tui.themes import ALL

    for theme in ALL:
        assert theme.background
        least = 7 if theme.name == "contrast" else 4.5
        for colour in (theme.foreground, theme.primary, theme.accent, theme.warning, theme.error, theme.success):
            assert colour and contrast(colour, theme.background) >= (least if colour != theme.error else 4.5), (
                f"{theme.name}: {colour} on {theme.background}"
            )


async def test_outcomes_and_choices_have_letters_and_signs(home: Path, small: Crisis):
    """What colour says, a letter or a sign says too: endings, chosen, barred, votes."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        await stage.knows_odds()
        await stage.press("2", "down", "enter")
        await stage.knows_odds()
        for words in ("IIII", "NN", "● Table", "○ Hold", "× Recognise", "V veto", "Y yes"):
            assert words in stage.text
        assert re.search(r"[+-]\d+\.\d±", stage.text), "changes have a sign"


async def test_ascii_signs_are_ascii(home: Path, small: Crisis):
    """With --ascii no screen of a turn shows a sign outside ASCII; letters of names stay."""
    start = Start(is_ascii=True, workers=0, futures=20)
    async with open_desk(home, small, ("us",), SMALL, start=start) as stage:
        for key in [*TOUR, "e"]:
            await stage.press(key)
            await stage.settled()
            odd = {letter for letter in stage.text if not letter.isascii() and not letter.isalpha()}
            assert not odd, f"{key}: {odd}\n{stage.text}"
            if not key.isdigit():
                await stage.press("escape")
        await stage.press("colon")
        await stage.sees("Desk")
        assert stage.text.isascii()


def test_both_sets_of_signs_are_one_cell_wide():
    """Signs stand in columns; a wider one would push the rest."""
    for signs in (UNICODE, ASCII):
        for name in ("chosen", "free", "barred", "here", "wanted", "track", "axis", "today", "full", "up", "down"):
            assert cell_len(getattr(signs, name)) == 1, name
