"""The desk: four panels, choices, undo, seats, and the ways to every other screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from engine.play.crisis import Crisis
from tests.play.tables import TABLE
from tests.tui.stage import LARGE, SMALL, open_desk
from tui.lines.acts import FEW, KIND
from tui.screens.council import Council
from tui.screens.desk import Desk
from tui.screens.odds import OddsScreen
from tui.screens.readers import Archive, Briefing, Calendar, DossierScreen, Ghost
from tui.screens.seats import Seats
from tui.screens.title import Title
from tui.widgets.rows import Rows

pytestmark = pytest.mark.slow

PANELS = {"1": "news", "2": "actions", "3": "stances", "4": "votes"}


async def test_keys_typed_in_one_go_reach_the_panel_that_they_open(home: Path, small: Crisis):
    """A panel has the keyboard as soon as its key was pressed, however fast the next ones come."""
    async with open_desk(home, small, ("us",)) as stage:
        for key in ("2", "down", "enter"):
            stage.app.post_message(Key(key, key if len(key) == 1 else None))
        await stage.until(lambda: stage.session.orders("us").moves == (TABLE,))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_each_panel_has_a_key_that_brings_the_keyboard_to_it(home: Path, small: Crisis, size: tuple[int, int]):
    """1 to 4 show a panel and give it the keyboard, whatever the size."""
    async with open_desk(home, small, ("us",), size) as stage:
        for key, name in PANELS.items():
            await stage.press(key)
            focused = stage.app.focused
            assert focused is not None and focused.id == f"{name}-rows"
            assert stage.app.screen.query_one(f"#{name}").display


async def test_a_large_desk_shows_all_panels_at_once(home: Path, small: Crisis):
    """Nothing has to be turned to at 120 columns and 40 rows; Tab goes from panel to panel."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        for words in ("1 Desk", "2 Actions", "3 Stances", "4 Votes", "Table a resolution", "Russia"):
            assert words in stage.text
        seen = set()
        for _panel in PANELS:
            await stage.press("tab")
            assert stage.app.focused is not None
            seen.add(stage.app.focused.id)
        assert seen == {f"{name}-rows" for name in PANELS.values()}


async def test_the_head_says_side_turn_and_deadline(home: Path, kosovo: Crisis):
    """Side, turn, date, moves left and days to the deadline are on the first line."""
    async with open_desk(home, kosovo, ("serbia",), SMALL) as stage:
        head = stage.text.splitlines()[0]
        for words in ("Serbia", "turn 1/", "2007", "moves 0/"):
            assert words in head
        assert "10 Dec" in head, head


async def test_enter_chooses_and_leaves_an_option_and_keeps_it(home: Path, small: Crisis):
    """The session and the file follow the keys; choosing is shown by a sign, not by colour."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("2", "down", "enter")
        assert stage.session.orders("us").moves == (TABLE,)
        assert "● Table a resolution" in stage.text and "○ Hold" in stage.text
        assert "moves 1/2" in stage.text
        assert stage.kept.pending.deeds["us"].moves
        await stage.press("enter")
        assert not stage.session.orders("us").moves
        assert "● Hold" in stage.text


async def test_undo_and_redo_until_the_turn_ends(home: Path, small: Crisis):
    """u takes back, r chooses again; neither does anything where there is nothing to do."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("u", "r")
        assert not stage.session.orders("us").moves
        await stage.press("2", "down", "enter")
        chosen = stage.session.orders("us").moves
        await stage.press("u")
        assert not stage.session.orders("us").moves
        assert not stage.kept.pending.deeds.get("us") or not stage.kept.pending.deeds["us"].moves
        await stage.press("r")
        assert stage.session.orders("us").moves == chosen


async def test_several_moves_and_the_last_gives_way(home: Path, small: Crisis):
    """Russia may warn two in one turn; what is full gives up its latest choice."""
    async with open_desk(home, small, ("russia",)) as stage:
        await stage.press("2", "down", "enter", "down", "enter")
        assert len(stage.session.orders("russia").moves) == 2
        assert "moves 2/2" in stage.text


async def test_what_cannot_be_done_is_listed_with_its_reason(home: Path, small: Crisis):
    """A barred option stands below the others and says what is missing; Enter on it chooses nothing."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        assert "Not possible now" in stage.text and "Recognise" in stage.text
        await stage.press("2", "down", "enter", "end", "enter")
        assert "can't be done now" in stage.told
        assert len(stage.session.orders("us").moves) == 1, "what was chosen stays chosen"


async def test_the_odds_of_each_line_are_shown_and_refined(home: Path, small: Crisis):
    """Letters and figures stand beside each option; they are those of the forecaster."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("2")
        await stage.knows_odds()
        board = stage.match.board
        assert board is not None
        share = board.baseline.shares["independent"].share
        await stage.sees(f"{round(100 * share)}%")
        assert "IIIII" in stage.text and f"{stage.match.futures} futures" in stage.text


async def test_stale_odds_are_dropped(home: Path, small: Crisis):
    """A board that answers an older question changes nothing."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.knows_odds()
        old = stage.match.board
        assert old is not None
        stage.match.ask_odds()
        assert not stage.match.take_in(old)
        await stage.knows_odds()
        assert stage.match.board is not old


async def test_options_in_order_of_the_best(home: Path, kosovo: Crisis):
    """o puts the best option first and back; the line in view stays in view."""
    async with open_desk(home, kosovo, ("serbia",), LARGE) as stage:
        await stage.press("2", "down")
        await stage.knows_odds()
        desk = await stage.at(Desk)
        rows = desk.query_one("#actions-rows", Rows)
        before, view = [row.id for row in desk.option_rows()], rows.in_view
        await stage.press("o")
        after = [row.id for row in desk.option_rows()]
        assert sorted(map(str, after)) == sorted(map(str, before)) and after != before
        assert rows.in_view == view
        scores = [desk._score(option) for option in map(desk.option_of, after) if option is not None]
        assert scores == sorted(scores, reverse=True)
        await stage.press("o")
        assert [row.id for row in desk.option_rows()] == before


async def test_brackets_turn_pages_of_stances_and_votes(home: Path, kosovo: Crisis):
    """] and [ go through issues, or through questions where the votes have the keyboard."""
    async with open_desk(home, kosovo, ("serbia",), LARGE) as stage:
        desk = await stage.at(Desk)
        first = desk.issue
        await stage.press("right_square_bracket")
        assert desk.issue != first and kosovo.scenario.issues[desk.issue].title in stage.text
        await stage.press("left_square_bracket")
        assert desk.issue == first
        await stage.press("4", "right")
        assert desk.motion_number == 1
        assert f"2/{len(stage.match.motions)}" in stage.text
        await stage.press("left")
        assert desk.motion_number == 0


@pytest.mark.parametrize(
    ("key", "screen", "words"),
    [
        ("i", Council, "Council"),
        ("c", Calendar, "The deadline"),
        ("a", Archive, "Dispatches"),
        ("h", Ghost, "What really happened"),
        ("b", Briefing, "Briefing"),
        ("w", DossierScreen, "United States"),
        ("f", OddsScreen, "If you hold"),
        ("x", Seats, "Seats"),
    ],
)
async def test_each_key_leads_to_its_screen_and_esc_back(home: Path, small: Crisis, key, screen, words: str):
    """From the desk to a screen and back to the same panel and line."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("2", "down")
        await stage.press(key)
        await stage.at(screen)
        await stage.sees(words)
        await stage.press("escape")
        desk = await stage.at(Desk)
        assert stage.app.focused is desk.query_one("#actions-rows")
        assert desk.query_one("#actions-rows", Rows).highlighted == 1


async def test_enter_on_a_member_or_a_stance_opens_the_dossier(home: Path, small: Crisis):
    """Whoever is in view in stances or votes can be read about."""
    async with open_desk(home, small, ("us",)) as stage:
        for panel in ("3", "4"):
            await stage.press(panel, "enter")
            await stage.at(DossierScreen)
            await stage.press("escape")
            await stage.at(Desk)


async def test_leaving_a_turn_to_the_rule(home: Path, small: Crisis):
    """y lets the rule decide, says so on the head, and can be undone."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("y")
        assert stage.session.orders("us").by_rule
        await stage.sees("left to the rule")
        await stage.press("u")
        assert not stage.session.orders("us").by_rule


async def test_a_seat_can_be_handed_over_and_taken(home: Path, small: Crisis):
    """x lists the seats; Enter hands one to the rules or takes one; the desk follows."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        await stage.press("x")
        await stage.at(Seats)
        assert "somebody at this terminal" in stage.text and "the game" in stage.text
        await stage.press("enter")
        assert set(stage.session.people) == {"us", "russia"}
        await stage.press("down", "enter")
        assert stage.session.people == ("russia",)
        await stage.press("escape")
        await stage.at(Desk)
        assert stage.match.viewer == "russia"
        assert "Russia" in stage.text.splitlines()[0]
        assert stage.kept.people == ("russia",)


async def test_a_click_on_a_tab_turns_to_its_panel(home: Path, small: Crisis):
    """The mouse turns pages and chooses options on a small screen."""
    async with open_desk(home, small, ("us",), SMALL) as stage:
        tab = stage.text.splitlines()[3].index("2 Actions")
        await stage.pilot.click(offset=(tab + 2, 3))
        await stage.pilot.pause()
        desk = await stage.at(Desk)
        assert desk.panel == "actions"
        line = next(n for n, text in enumerate(stage.text.splitlines()) if "Table a resolution" in text)
        await stage.pilot.click(offset=(10, line))
        await stage.pilot.pause()
        assert stage.session.orders("us").moves


async def test_who_leaves_the_desk_means_it(home: Path, small: Crisis):
    """The first Esc says so, the second leaves; a game in which nothing was done is not kept, any other is."""
    for keys, is_kept in (((), False), (("2", "down", "enter"), True)):
        async with open_desk(home, small, ("us",)) as stage:
            await stage.press(*keys, "escape")
            assert "Esc once more leaves the desk" in stage.told
            await stage.at(Desk)
            await stage.press("escape")
            await stage.at(Title)
            assert bool(stage.app.store.list()) == is_kept


async def test_many_targets_stand_behind_one_line(home: Path, kosovo: Crisis):
    """Enter opens and shuts them; what is chosen stands in view at any rate, and nothing else moves."""
    async with open_desk(home, kosovo, ("serbia",)) as stage:
        desk = await stage.at(Desk)
        names = [row.id for row in desk.option_rows()]
        kind = next(name for name in names if name and name.startswith(KIND))
        await stage.press("2")
        rows = desk.query_one("#actions-rows", Rows)
        rows.highlighted = names.index(kind)
        await stage.press("enter")
        opened = [row.id for row in desk.option_rows()]
        assert [name for name in opened if name in names] == names and len(opened) > len(names) + FEW
        await stage.press("down", "enter", "up", "enter")
        assert len(desk.option_rows()) == len(names) + 1
