"""The screen of saves: every game is there, and everything can be done with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from engine.play.crisis import Crisis
from engine.play.session import Session
from engine.play.store import Saved, Store
from tests.play.sight.worlds import crisis_in
from tests.tui.conftest import SIZES, app_with
from tests.tui.screens import settled, text_of, until
from tui.app import BrinkApp
from tui.lines.saves import card_lines
from tui.screens.desk import Desk
from tui.screens.replay import Replay
from tui.screens.saves import Saves
from tui.widgets.rows import Rows

pytestmark = pytest.mark.slow


def played(crisis: Crisis, store: Store, title: str, turns: int = 3) -> Session:
    """A game that has been kept."""
    session = Session.new(crisis.rules, 4, people=("russia",), title=title)
    for _turn in range(turns):
        session.end_turn()
    store.autosave(session)
    return session


def a_family(crisis: Crisis, store: Store) -> Session:
    """A game with two branches, one of them of the other, and a damaged file."""
    first = played(crisis, store, "The [first] game")
    child = first.branch(2, "Second try", people=("us",))
    while not child.is_over:
        child.end_turn()
    store.autosave(child)
    store.autosave(child.branch(1, "משחק שלישי"))
    (store.folder / "broken-1.json").write_text("{", encoding="utf-8")
    return first


async def opened(app: BrinkApp, pilot: object) -> Saves:
    """The screen of saves, once everything has been read."""
    screen = Saves()
    app.push_screen(screen)
    await pilot.pause()  # type: ignore[attr-defined]
    await until(pilot, lambda: screen.tree_of_saves is not None)  # type: ignore[arg-type]
    await settled(pilot)  # type: ignore[arg-type]
    return screen


def in_view(screen: Saves, saved: str) -> None:
    """Move to a save."""
    rows = screen.query_one(Rows)
    rows.highlighted = rows.get_option_index(saved)


@pytest.mark.parametrize("size", SIZES)
async def test_games_stand_under_those_from_which_they_branched(
    small: Crisis, store: Store, size: tuple[int, int]
) -> None:
    """Titles, sides, days, endings and what is wrong with a file are in view, brackets and all."""
    a_family(small, store)
    app = app_with(small)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        text = text_of(app)
    assert "The [first] game" in text
    assert "└─ Second try" in text
    assert "   └─ משחק שלישי" in text
    assert "turn 4/10, 11 December 2007" in text
    assert "ended: " in text
    assert "broken-1" in text
    assert "damaged" in text
    assert all(len(line) <= size[0] for line in text.splitlines())


async def test_signs_are_plain_where_that_is_asked_for(small: Crisis, store: Store) -> None:
    """With plain signs nothing but ASCII and the players' own words is on the screen."""
    from tui.start import Start

    played(small, store, "Plain")
    played(small, store, "Other")
    app = app_with(small, Start(is_ascii=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        assert text_of(app).isascii()


async def test_enter_goes_on_with_a_game_that_is_not_bundled_but_open(small: Crisis, store: Store) -> None:
    """The desk is that of the game in view, at its turn."""
    session = played(small, store, "Mine")
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Desk))
        assert app.match is not None
        assert (app.match.session.id, app.match.session.turn) == (session.id, 3)


async def test_a_scenario_that_is_nowhere_is_named(small: Crisis, store: Store) -> None:
    """Where the scenario has not been opened, it is said how it can be."""
    played(small, store, "Mine")
    app = BrinkApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "json --scenario PATH" in next(n.message for n in app._notifications)
        assert isinstance(app.screen, Saves)


async def test_a_branch_gets_its_turn_and_its_name(small: Crisis, store: Store) -> None:
    """A turn beyond the game is refused in a sentence; then the branch is kept and opened."""
    session = played(small, store, "Mine")
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("t")
        await pilot.pause()
        app.screen.query_one(Input).value = "9"
        await pilot.press("enter")
        await pilot.pause()
        assert "no whole number from 0 to 3" in text_of(app)
        app.screen.query_one(Input).value = "2"
        await pilot.press("enter")
        await pilot.pause()
        app.screen.query_one(Input).value = "Another way"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Desk))
    branches = {saved.title: saved for saved in store.list()}
    assert branches["Another way"].turn == 2
    assert branches["Another way"].parent is not None
    assert branches["Another way"].parent.id == session.id


async def test_renaming_takes_letters_as_letters(small: Crisis, store: Store) -> None:
    """While a name is written, no key is a command."""
    session = played(small, store, "Old")
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("t", "o", "p", "s", "enter")
        await settled(pilot)
        assert app.screen is screen
        assert "tops" in text_of(app)
    assert [saved.title for saved in store.list()] == ["tops"]
    assert store.load(session.id, small.rules).game.digest() == session.game.digest()


async def test_deleting_asks_and_moves_to_the_trash(small: Crisis, store: Store) -> None:
    """The first answer keeps the game; the other moves its file, which stays whole."""
    session = played(small, store, "Mine")
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("delete")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert (store.folder / f"{session.id}.json").exists()
        await pilot.press("delete")
        await pilot.pause()
        await pilot.press("down", "enter")
        await settled(pilot)
        assert "No game has been kept yet" in text_of(app)
    assert (store.folder / "trash" / f"{session.id}.json").exists()


async def test_a_damaged_file_says_why_and_stays(small: Crisis, store: Store) -> None:
    """Choosing it opens nothing and leaves the file as it is."""
    a_family(small, store)
    app = app_with(small)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        in_view(screen, "broken-1")
        await pilot.press("enter", "p", "t", "f2")
        await pilot.pause()
        assert app.screen is screen
        assert "The file stays where it is." in text_of(app)
    assert (store.folder / "broken-1.json").read_text(encoding="utf-8") == "{"


async def test_a_click_does_what_keys_do(small: Crisis, store: Store) -> None:
    """A click on a key of the footer opens the replay of the game in view."""
    played(small, store, "Mine")
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        line = text_of(app).splitlines()[-1]
        await pilot.click(offset=(line.index("Replay"), 23))
        await until(pilot, lambda: isinstance(app.screen, Replay))


async def test_the_preview_tells_the_latest_moves(small: Crisis, store: Store) -> None:
    """On a wide screen the game in view is told beside the tree."""
    session = Session.new(small.rules, 4, people=("russia",), title="Mine")
    session.choose("russia", next(e.option for e in session.view("russia").legal))
    session.end_turn()
    store.autosave(session)
    app = app_with(small)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        assert "The latest moves" in text_of(app)
        assert "Russia: Warn" in text_of(app)


def test_the_preview_keeps_the_secrets_of_a_game_of_two(tmp_path: Path) -> None:
    """While it goes on, it tells of those moves that both know; played alone, of all."""
    crisis = crisis_in(tmp_path)
    for people, words in (
        (("russia", "us"), "Russia: nothing that all of you know of"),
        (("russia",), "Russia: Rearm"),
    ):
        session = Session.new(crisis.rules, 4, people=people)
        session.choose("russia", next(e.option for e in session.view("russia").legal if e.option.action == "rearm"))
        session.end_turn()
        saved = Saved(session.id, session.title, crisis.scenario.id, people=people, turn=1)
        lines = card_lines(saved, {crisis.scenario.id: crisis.scenario}, session.journal(), 80)
        assert words in "\n".join(line if isinstance(line, str) else line.plain for line in lines)
