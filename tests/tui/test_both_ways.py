"""What is done on the screens can be done by the API, line by line and by command, and gives the same journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main as brink
from engine.play.crisis import Crisis
from engine.play.journal_format import Journal
from engine.play.levels import LEVELS
from engine.play.session import BALLOTS, Session
from engine.play.store import Store
from tests.play.tables import TABLE
from tests.tui.stage import SEED, open_desk
from tui.dialogue import Line
from tui.plain import PlainGame
from tui.screens.council import Council
from tui.screens.debrief import Debrief
from tui.screens.desk import Desk
from tui.screens.report import Report
from tui.settings import Settings

pytestmark = pytest.mark.slow

QUESTION = "table_resolution"
"""The question on which the seat votes; named like the action that tables it."""

ORDERS = """\
orders:
  0: {move: table_resolution, votes: {table_resolution: no}}
  1: rule
  3: {move: table_resolution, votes: {table_resolution: abstain}}
otherwise: hold
"""
"""The game that is played: tabled and voted down, once left to the rule, tabled again, and held from then on."""


def told(journal: Journal | dict[str, Any]) -> tuple[Any, str]:
    """What was done in each turn and where it led, without forecasts, which only players make."""
    content = journal if isinstance(journal, dict) else journal.model_dump(mode="json", by_alias=True)
    deeds = [
        {actor: {key: value for key, value in deed.items() if value} for actor, deed in turn.get("deeds", {}).items()}
        for turn in content["turns"]
    ]
    return deeds, content["digest"]


def by_api(crisis: Crisis) -> Journal:
    """The game by calls."""
    session = Session.new(crisis.rules, SEED, people=("us",), level=LEVELS["student"])
    while not session.is_over:
        if session.turn in (0, 3):
            session.choose("us", TABLE)
            session.vote("us", QUESTION, BALLOTS["no" if session.turn == 0 else "abstain"])
        elif session.turn == 1:
            session.leave_to_rule("us")
        session.end_turn()
    return session.journal()


async def by_keys(home: Path, crisis: Crisis) -> Journal:
    """The game by keys."""
    session = Session.new(crisis.rules, SEED, people=("us",), level=LEVELS["student"])
    async with open_desk(home, crisis, ("us",), session=session) as stage:
        stage.app.settings = Settings(confirm=False)
        while not session.is_over:
            turn = session.turn
            if turn in (0, 3):
                await stage.press("2", "home", "down", "enter", "i")
                await stage.at(Council)
                await stage.press("minus" if turn == 0 else "0", "escape")
                await stage.at(Desk)
            elif turn == 1:
                await stage.press("y")
            await stage.press("e")
            await stage.until(lambda: isinstance(stage.app.screen, Report))
            assert session.turn == turn + 1
            await stage.press("enter")
            await stage.until(lambda: isinstance(stage.app.screen, (Desk, Debrief)))
        return stage.kept


def lines_of_play() -> Iterator[str]:
    """What somebody types who plays the game line by line."""
    for turn in range(20):
        if turn in (0, 3):
            yield "1"
            yield f"v 1 {'no' if turn == 0 else 'abstain'}"
        elif turn == 1:
            yield "y"
        yield "e !"


def by_lines(home: Path, crisis: Crisis, typed: list[str]) -> Journal:
    """The game by lines."""
    left = list(typed)

    def read() -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    shown: list[str] = []
    game = PlainGame(Line(read, shown.append), Store(home / "lines"))
    game.play(crisis, Session.new(crisis.rules, SEED, people=("us",), level=LEVELS["student"]))
    assert game.game.session.is_over, "\n".join(shown[-20:])
    return game.store.journal(game.game.session.id)


def by_command(home: Path, crisis: Crisis) -> dict[str, Any]:
    """The game by `brink run`."""
    orders, saved = home / "orders.yaml", home / "run.json"
    orders.write_text(ORDERS, encoding="utf-8")
    run = ["run", crisis.name, "--seed", str(SEED), "--seat", "us", "--orders", str(orders), "--save", str(saved)]
    assert brink(run) == 0
    content: dict[str, Any] = json.loads(saved.read_text(encoding="utf-8"))
    return content


async def test_four_ways_to_play_give_one_journal(home: Path, small: Crisis):
    """Keys, calls, lines and the command line: the same deeds in every turn, and the same world at the end."""
    deeds, digest = told(by_api(small))
    assert deeds[0]["us"]["votes"] == {QUESTION: "no"} and deeds[1]["us"] == {"by_rule": True}
    assert told(await by_keys(home, small)) == (deeds, digest)
    assert told(by_lines(home, small, list(lines_of_play()))) == (deeds, digest)
    by_orders, same_digest = told(by_command(home, small))
    assert same_digest == digest
    assert [turn["us"].get("moves") for turn in by_orders[:5]] == [turn["us"].get("moves") for turn in deeds[:5]]


async def test_the_forecast_that_was_shown_is_kept_alike(home: Path, small: Crisis):
    """The odds with which a turn is sent stand in the journal, whichever way it was sent."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.knows_odds()
        board = stage.match.board
        assert board is not None
        await stage.end_turn()
        shown = stage.kept.turns[0].expected["us"]
        assert shown.futures == stage.match.futures
        for ending, share in board.baseline.shares.items():
            assert abs(shown.shares[ending] - share.share) < 1e-9
