"""A turn from the council to the report, between two people, and to the debrief."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
from textual.screen import Screen

from engine.play.crisis import Crisis
from engine.play.levels import LEVELS
from engine.play.record import Turn
from engine.play.session import BALLOTS, Session
from tests.tui.stage import LARGE, SMALL, Stage, new_session, open_desk, open_stage
from tui.screens.choose import Choose
from tui.screens.confirm import Confirm
from tui.screens.council import Council
from tui.screens.curtain import Curtain
from tui.screens.debrief import Debrief, OtherSide
from tui.screens.desk import Desk
from tui.screens.readers import Archive, Calendar, DossierScreen, Ghost
from tui.screens.replay import Replay
from tui.screens.report import Report
from tui.screens.saves import Saves
from tui.screens.title import Title
from tui.settings import Settings

pytestmark = pytest.mark.slow


def votes(stage: Stage, actor: str) -> list[int]:
    """How a seat has been told to vote."""
    return list(stage.session.orders(actor).votes.values())


@pytest.mark.parametrize(("key", "ballot"), [("plus", "yes"), ("minus", "no"), ("0", "abstain")])
async def test_a_seat_is_told_how_to_vote(home: Path, small: Crisis, key: str, ballot: str):
    """+ - 0 on the institutions hold in the session and in the file, and y takes them back."""
    async with open_desk(home, small, ("russia",)) as stage:
        await stage.press("i")
        await stage.at(Council)
        assert "Shall the status be settled?" in stage.text
        await stage.press(key)
        assert votes(stage, "russia") == [BALLOTS[ballot]]
        assert list(stage.kept.pending.deeds["russia"].votes.values()) == [ballot]
        assert "told" in stage.text, stage.text
        await stage.press("y")
        assert votes(stage, "russia") == []


async def test_the_council_says_what_would_change_a_vote(home: Path, small: Crisis):
    """The member in view has its shares, what weighs, and what would flip it; w and Enter open its dossier."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        await stage.press("i")
        await stage.at(Council)
        assert "It changes its vote" in stage.text and "V veto" in stage.text
        assert "Its power by the rule alone: Shapley-Shubik 0.500 (1/2)" in stage.text
        for key in ("w", "enter"):
            await stage.press(key)
            await stage.at(DossierScreen)
            assert "Russia" in stage.text
            await stage.press("escape")
            await stage.at(Council)


async def test_questions_are_gone_through_both_ways(home: Path, kosovo: Crisis):
    """] and [ turn from question to question, around the end too."""
    async with open_desk(home, kosovo, ("serbia",), LARGE) as stage:
        await stage.press("i")
        await stage.at(Council)
        first, many = stage.text, len(stage.match.motions)
        await stage.press("left")
        assert f"{many}/{many}" in stage.text
        await stage.press("right")
        assert stage.text == first


async def test_whoever_has_no_vote_cannot_tell_one(home: Path, small: Crisis):
    """Where nobody sits the keys do nothing, and nothing breaks."""
    async with open_desk(home, small, ()) as stage:
        await stage.press("i", "plus", "minus", "0", "y")
        await stage.at(Council)
        assert not stage.session.people


async def test_the_confirmation_hears_advisers_and_takes_a_call(home: Path, small: Crisis):
    """The plan, advisers for and against, a call made surer and less sure; all in view at 80 by 24."""
    async with open_desk(home, small, ("us",), SMALL) as stage:
        await stage.knows_odds()
        await stage.press("2", "down", "enter")
        await stage.knows_odds()
        await stage.press("e")
        screen = await stage.at(Confirm)
        await stage.sees("strategist")
        assert "Table a resolution" in stage.text
        await stage.press("f")
        assert screen.ending is not None
        said = screen.sure
        await stage.press("plus")
        assert screen.sure == pytest.approx(said + 0.1)
        await stage.press("minus", "minus")
        assert screen.sure == pytest.approx(said - 0.1)
        assert f"{round(100 * screen.sure)}%" in stage.text, "the call is in view"
        await stage.press("enter")
        await stage.at(Report)
        called = stage.kept.turns[0].calls["us"]
        assert called == {screen.ending: pytest.approx(said - 0.1)}
        assert stage.kept.turns[0].expected["us"].futures == stage.match.futures


async def test_a_call_can_be_left_out_again(home: Path, small: Crisis):
    """After the last ending comes no call."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("e")
        screen = await stage.at(Confirm)
        for _ending in stage.match.callable_endings:
            await stage.press("f")
            assert screen.ending is not None
        await stage.press("f")
        assert screen.ending is None


async def test_esc_goes_back_from_the_confirmation(home: Path, small: Crisis):
    """Nothing is sent, and the moves stay chosen."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("2", "down", "enter", "e")
        await stage.at(Confirm)
        await stage.press("escape")
        await stage.at(Desk)
        assert stage.session.turn == 0 and stage.session.orders("us").moves


async def test_without_confirmation_a_turn_is_sent_at_once(home: Path, small: Crisis):
    """Whoever has turned the advisers off comes from the desk to the report."""
    async with open_desk(home, small, ("us",)) as stage:
        stage.app.settings = Settings(confirm=False)
        await stage.press("e")
        await stage.at(Report)


async def test_the_report_tells_the_turn_and_leads_on(home: Path, small: Crisis):
    """What happened stands in it; its keys lead to their screens and back; Enter opens the next turn."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        await stage.end_turn()
        assert "What happened" in stage.text and "Your side" in stage.text
        ways: dict[str, type[Screen]] = {"a": Archive, "c": Calendar, "h": Ghost, "i": Council, "w": DossierScreen}
        for key, screen in ways.items():
            await stage.press(key)
            await stage.at(screen)
            await stage.press("escape")
            await stage.at(Report)
        await stage.press("enter")
        desk = await stage.at(Desk)
        assert desk.panel == "news" and "turn 2/10" in stage.text


async def test_news_of_a_turn_are_in_panel_and_archive(home: Path, small: Crisis):
    """What the record tells stands on the desk and in the archive."""
    async with open_desk(home, small, ("us",), LARGE) as stage:
        await stage.end_turn()
        await stage.press("enter")
        await stage.at(Desk)
        dispatches = [d.text for d in stage.session.game.turns[0].dispatches]
        assert dispatches, "the seed gives news in the first turn"
        assert any(text in stage.text for text in dispatches)
        await stage.press("a")
        await stage.at(Archive)
        assert all(text[:60] in stage.text for text in dispatches)


async def test_a_curtain_hangs_between_two_people(home: Path, small: Crisis):
    """The second person's desk is seen by nobody before Enter; the turn goes on when both have sent it."""
    async with open_desk(home, small, ("russia", "us")) as stage:
        await stage.press("2", "down", "enter", "e")
        await stage.at(Confirm)
        await stage.press("enter")
        await stage.at(Curtain)
        assert "United States" in stage.text and "Hand over" in stage.text
        assert "Warn" not in stage.text, "nothing of the other desk"
        await stage.press("enter")
        await stage.at(Desk)
        assert stage.match.viewer == "us" and stage.session.turn == 0
        await stage.press("e")
        await stage.at(Confirm)
        await stage.press("enter")
        await stage.at(Curtain)
        assert stage.session.turn == 1
        assert "Russia" in stage.text
        await stage.press("escape")
        await stage.at(Report)
        assert stage.match.viewer == "russia"
        await stage.press("enter")
        await stage.at(Desk)
        assert stage.match.viewer == "russia"


async def test_each_person_reads_what_happened_behind_the_own_curtain(home: Path, small: Crisis):
    """The report of a turn comes to each of them once, before the desk."""
    async with open_desk(home, small, ("russia", "us")) as stage:
        stage.app.settings = Settings(confirm=False)
        await stage.press("e")
        await stage.at(Curtain)
        await stage.press("enter")
        await stage.at(Desk)
        await stage.press("e")
        for side in ("russia", "us"):
            await stage.at(Curtain)
            await stage.press("enter")
            await stage.at(Report)
            assert stage.match.viewer == side
            assert "What happened in the turn" in stage.text
            await stage.press("enter")
            await stage.at(Desk)
            assert stage.match.untold is None
            await stage.press("e")


async def test_the_curtain_can_be_left_out(home: Path, small: Crisis):
    """Two people who trust each other need none."""
    async with open_desk(home, small, ("russia", "us")) as stage:
        stage.app.settings = Settings(curtain=False, confirm=False)
        await stage.press("e")
        await stage.until(lambda: stage.match.viewer == "us")
        await stage.at(Desk)


LONG_STORY = 3
"""A seed whose game lasts until the last turn."""


def nearly_over(crisis: Crisis, people: tuple[str, ...]) -> Session:
    """A game whose last turn is open."""
    session = new_session(crisis, people, seed=LONG_STORY)
    while session.turn < crisis.scenario.turns - 1:
        session.end_turn()
    return session


@asynccontextmanager
async def open_debrief(home: Path, crisis: Crisis) -> AsyncIterator[Stage]:
    """The application with the debrief of a game."""
    session = nearly_over(crisis, ("us",))
    session.end_turn()
    async with open_stage(home, LARGE, (crisis,)) as stage:
        stage.app.sit_down(crisis, session)
        await stage.at(Debrief)
        yield stage


async def test_the_last_turn_leads_to_the_debrief(home: Path, small: Crisis):
    """After the last report stands the debrief, which finds comparisons and turning points by itself."""
    async with open_desk(home, small, ("us",), LARGE, nearly_over(small, ("us",))) as stage:
        await stage.end_turn()
        assert stage.session.is_over
        await stage.press("enter")
        screen = await stage.at(Debrief)
        await stage.until(lambda: screen.found.turning is not None)
        await stage.settled()
        assert "Debrief" in stage.text and "2,000" in "\n".join(map(str, screen.lines(100)))
        ways: dict[str, type[Screen]] = {"a": Archive, "h": Ghost, "v": OtherSide, "p": Replay, "s": Saves}
        for key, other in ways.items():
            await stage.press(key)
            await stage.at(other)
            await stage.settled()
            await stage.press("escape")
            await stage.at(Debrief)


async def test_the_other_side_reveals_its_reasons(home: Path, small: Crisis):
    """The same game as the opponent saw it."""
    async with open_debrief(home, small) as stage:
        await stage.press("v")
        screen = await stage.at(OtherSide)
        await stage.until(lambda: screen.actor in screen.known)
        await stage.sees("Russia")
        await stage.press("right")
        await stage.press("left")
        assert screen.number == 0


async def test_another_game_of_the_same_crisis(home: Path, small: Crisis):
    """t leads from the debrief to the choice of a side; Esc from it to the title."""
    async with open_debrief(home, small) as stage:
        await stage.press("t")
        again = await stage.at(Choose)
        assert stage.app.match is None
        assert (again.first, list(LEVELS)[again.level_number]) == ("us", "attache"), "the same side, at the same level"
        await stage.press("escape")
        await stage.at(Title)


async def test_nothing_is_done_while_a_turn_takes_its_course(
    home: Path, small: Crisis, monkeypatch: pytest.MonkeyPatch
):
    """Keys and clicks that come while the turn is worked out choose and leave nothing; then comes the report."""
    may_go_on = Event()

    def slowly(session: Session) -> Turn | None:
        assert may_go_on.wait(60)
        return go_on(session)

    go_on = Session.go_on
    async with open_desk(home, small, ("russia",)) as stage:
        monkeypatch.setattr(Session, "go_on", slowly)
        await stage.press("2", "e")
        await stage.at(Confirm)
        await stage.press("enter")
        desk = await stage.at(Desk)
        before = stage.session.journal()
        await stage.press("down", "enter", "e", "u", "y", "escape")
        await stage.pilot.click(offset=(10, 8))
        assert stage.app.screen is desk
        assert stage.session.journal() == before
        may_go_on.set()
        await stage.at(Report)
        assert stage.session.turn == 1


async def test_what_a_thread_finds_too_late_is_dropped(home: Path, small: Crisis):
    """From the moment a screen is left, while it is still being taken down, nothing is brought to it any more."""
    async with open_desk(home, small, ("russia",)) as stage:
        await stage.press("e")
        confirm = await stage.at(Confirm)
        heard: list[int] = []
        late = confirm.while_here(heard.append)
        late(1)
        confirm.action_leave()
        late(2)
        await stage.at(Desk)
        late(3)
        assert heard == [1]


async def test_a_call_is_still_there_after_a_look_at_the_desk(home: Path, small: Crisis):
    """Esc leaves the confirmation with the call as it was; the next turn begins without one."""
    async with open_desk(home, small, ("russia",)) as stage:
        await stage.press("e")
        await stage.at(Confirm)
        await stage.press("f", "plus")
        call = stage.match.call_in_mind
        assert call[0] is not None
        await stage.press("escape")
        await stage.at(Desk)
        await stage.press("e")
        confirm = await stage.at(Confirm)
        assert (confirm.ending, confirm.sure) == call
        await stage.press("enter")
        await stage.at(Report)
        assert stage.match.call_in_mind[0] is None
