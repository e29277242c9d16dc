"""The replay: every turn again, fog, key moments, and taking over."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from engine.batch import Results
from engine.batch.analysis.browse import run_of
from engine.play.crisis import Crisis
from engine.play.session import Session
from engine.play.store import Store
from tests.play.tables import WARN_US
from tests.tui.conftest import SIZES, app_with
from tests.tui.screens import settled, text_of, until
from tui.app import BrinkApp
from tui.screens.desk import Desk
from tui.screens.replay import Replay
from tui.widgets.rows import Rows
from tui.widgets.story import Scrubber

pytestmark = pytest.mark.slow


@pytest.fixture
def session(small: Crisis) -> Session:
    """A game that has ended, with a move and the odds that were shown for it."""
    session = Session.new(small.rules, 7, people=("russia",), title="Mine [draft]")
    session.choose("russia", WARN_US)
    session.expect("russia", {"frozen": 0.75, "independent": 0.25}, 40)
    session.call("russia", "frozen", 0.9)
    while not session.is_over:
        session.end_turn()
    return session


async def shown(app: BrinkApp, pilot: object, replay: Replay) -> Replay:
    """The replay, once the game has been told."""
    app.push_screen(replay)
    await pilot.pause()  # type: ignore[attr-defined]
    await until(pilot, lambda: replay.told is not None)  # type: ignore[arg-type]
    await settled(pilot)  # type: ignore[arg-type]
    return replay


@pytest.mark.parametrize("size", SIZES)
async def test_every_turn_can_be_reached(small: Crisis, session: Session, size: tuple[int, int]) -> None:
    """Keys go a turn, five turns, to either end, and no line is wider than the screen."""
    app = app_with(small)
    async with app.run_test(size=size) as pilot:
        replay = await shown(app, pilot, Replay.of_session(small, session))
        last = len(session.game.turns)
        for key, number in [
            ("right", 1), ("right", 2), ("left", 1), ("greater_than_sign", 6), ("less_than_sign", 1),
            ("end", last), ("right", last), ("home", 0), ("left", 0),
        ]:  # fmt: skip
            await pilot.press(key)
            await pilot.pause()
            assert replay.number == number
            assert all(len(line) <= size[0] for line in text_of(app).splitlines())


async def test_what_was_shown_and_called_is_told(small: Crisis, session: Session) -> None:
    """The odds of the time, the call, and the player's move stand beside the turn."""
    app = app_with(small)
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(app, pilot, Replay.of_session(small, session))
        await pilot.press("right")
        await pilot.pause()
        text = text_of(app)
    assert "Mine [draft]" in text
    assert "Odds that Russia was shown (40 futures)" in text
    assert "75%" in text
    assert "Russia called: No decision, 90% sure" in text
    assert "● Russia: Warn: United States" in text


async def test_fog_hides_reasons_and_lifts(small: Crisis, session: Session) -> None:
    """Reasons and stances are there only while everything lies open."""
    app = app_with(small)
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(app, pilot, Replay.of_session(small, session))
        await pilot.press("right")
        await pilot.pause()
        assert "likely" not in text_of(app)
        assert "Where everybody stands" not in text_of(app)
        await pilot.press("v")
        await pilot.pause()
        text = text_of(app)
        assert "all open" in text
        assert "% likely" in text
        assert "Where everybody stands" in text
        await pilot.press("v")
        await pilot.pause()
        assert "fog: only news" in text_of(app)


async def test_key_moments_are_visited_in_order(small: Crisis, session: Session) -> None:
    """n goes through them to the end, N back."""
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        replay = await shown(app, pilot, Replay.of_session(small, session))
        assert replay.told is not None
        visited = []
        for _moment in replay.told.moments:
            await pilot.press("n")
            visited.append(replay.number)
        assert visited == list(replay.told.moments)
        assert "Key moment" in text_of(app)
        await pilot.press("n")
        assert replay.number == visited[-1]
        if len(visited) > 1:
            await pilot.press("N")
            assert replay.number == visited[-2]


async def test_it_plays_by_itself_and_stops(small: Crisis, session: Session) -> None:
    """Turn follows turn to the end, where it stands still."""
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        from dataclasses import replace

        app.settings = replace(app.settings, replay_seconds=0.1)
        replay = await shown(app, pilot, Replay.of_session(small, session))
        await pilot.press("space")
        assert replay.clock is not None
        await until(pilot, lambda: replay.number == len(session.game.turns))
        await until(pilot, lambda: replay.clock is None)


async def test_days_lead_to_turns(small: Crisis, session: Session) -> None:
    """A number or a day is written, or a day of the calendar clicked; what is neither is refused in a sentence."""
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        replay = await shown(app, pilot, Replay.of_session(small, session))
        for answer, number in (("4", 4), ("2007-12-05", 2)):
            await pilot.press("j")
            await pilot.pause()
            app.screen.query_one(Input).value = answer
            await pilot.press("enter")
            await pilot.pause()
            assert replay.number == number
        await pilot.press("j")
        await pilot.pause()
        app.screen.query_one(Input).value = "soon"
        await pilot.press("enter")
        await pilot.pause()
        assert '"soon" is neither a turn' in text_of(app)
        await pilot.press("escape")
        await pilot.click(Scrubber, offset=(78, 1))
        await pilot.pause()
        assert replay.number == len(session.game.turns)
        await pilot.click(Scrubber, offset=(1, 1))
        await pilot.pause()
        assert replay.number == 0


async def test_a_seat_is_taken_over_with_the_same_past(small: Crisis, session: Session, store: Store) -> None:
    """The branch is kept, opened, and loaded again to the same world."""
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, Replay.of_session(small, session))
        await pilot.press("right", "right", "t")
        await pilot.pause()
        rows = app.screen.query_one(Rows)
        rows.highlighted = rows.get_option_index("us")
        await pilot.press("enter")
        await pilot.pause()
        app.screen.query_one(Input).value = "Washington"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Desk))
    kept = next(saved for saved in store.list() if saved.title == "Washington")
    again = store.load(kept.id, small.rules)
    assert (again.turn, again.people) == (2, ("us",))
    assert again.game.turns == session.game.turns[:2]


async def test_odds_that_come_while_the_game_ends_are_told_to_nobody(
    small: Crisis, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The desk may have lost its parts by then."""
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, Replay.of_session(small, session))
        await pilot.press("right", "right", "t")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        app.screen.query_one(Input).value = "Washington"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Desk) and app.match is not None and bool(app.match.board))
        assert app.match is not None and app.match.board is not None
        board = app.match.board
        await app.screen.query("#actions").remove()
        monkeypatch.setattr(app, "_running", False)
        app.on_host_odds_told(app.OddsTold(board))
        monkeypatch.undo()


async def test_nobody_takes_over_a_story_that_has_closed(small: Crisis, session: Session) -> None:
    """At the end it is said to go back first."""
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        replay = await shown(app, pilot, Replay.of_session(small, session))
        await pilot.press("end", "t")
        await pilot.pause()
        assert app.screen is replay


async def test_a_run_of_a_batch_ends_as_in_the_batch(small: Crisis, folder: Path) -> None:
    """The replay of a run says that it is the same history, and shows the ending that the table has."""
    results = Results.open(folder)
    run = run_of(results, 1, 7)
    assert run is not None
    app = app_with(small)
    async with app.run_test(size=(120, 40)) as pilot:
        replay = await shown(app, pilot, Replay.of_run(results, run, app.crises))
        await pilot.press("end")
        await pilot.pause()
        text = text_of(app)
        assert replay.told is not None
        assert replay.told.frames[-1].ending == run.ending
    assert f"The story has closed: {results.manifest['endings'][run.ending]}" in text
    assert replay.told.verdict.is_same
    assert "Ending and day are those of the batch" in text


async def test_a_game_that_cannot_be_told_says_why(small: Crisis, session: Session) -> None:
    """A journal that does not fit is a sentence, and the screen can be left."""
    from engine.play.retold.saved import SavedGame

    journal = session.journal().model_copy(update={"people": ("nobody_here",)})
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        replay = Replay(lambda: SavedGame(journal, small))
        app.push_screen(replay)
        await until(pilot, lambda: "can't be told again" in text_of(app))
        assert "nobody_here" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not replay
