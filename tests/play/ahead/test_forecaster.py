"""Live odds: the same whoever makes them, never stale, and there whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.play import Game
from engine.play.ahead import crew as crew_module
from engine.play.ahead.board import OddsBoard
from engine.play.ahead.crew import Crew
from engine.play.ahead.forecaster import Forecaster, cut
from engine.play.ahead.present import Present
from engine.play.ahead.process import Worker, WorkerLostError
from engine.play.ahead.tasks import Block, Futures
from engine.play.forecast import look_ahead
from tests.play.ahead.conftest import DECLARE

pytestmark = pytest.mark.slow

PLANS = ((), (DECLARE,), ())
MOST = 900
"""Futures of each plan: several blocks."""

PATIENCE = 300.0
"""Seconds; nothing here takes a tenth of it."""


def answer(forecaster: Forecaster) -> OddsBoard:
    """The last board of the present question."""
    while forecaster.next(PATIENCE) is not None:
        pass
    assert forecaster.board is not None
    return forecaster.board


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def worker_of(crew: Crew, place: int = 0) -> Worker:
    """A worker once it is there."""
    until(lambda: place in crew.hands)
    hand = crew.hands[place]
    assert isinstance(hand, Worker)
    return hand


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_the_odds_do_not_depend_on_the_workers(game: Game, workers: int) -> None:
    """With any number of them, the futures of a plan are those that looking ahead at once gives."""
    expected = look_ahead(game.rules, game.world, "kosovo", PLANS, MOST)
    with Forecaster(game.rules, workers) as forecaster:
        forecaster.ask(game.world, "kosovo", PLANS, most=MOST)
        board = answer(forecaster)
    row = game.rules.layout.actors["kosovo"]
    assert board.futures == MOST
    assert np.array_equal(board.closed, [forecast.endings for forecast in expected])
    assert np.array_equal(board.scores, [forecast.scores[row] for forecast in expected])


def test_blocks_follow_one_another(game: Game) -> None:
    """However they are cut, each future is made once, and a first block is small."""
    present = Present.of(game.world)
    asked = Futures(present, ({},) * 40, "kosovo", 1, 0, 0)
    tasks = [task for task in cut(asked, 500, 2) if isinstance(task, Futures)]
    assert [task.first for task in tasks] == [sum(t.futures for t in tasks[:number]) for number in range(len(tasks))]
    assert sum(task.futures for task in tasks) == 500
    assert tasks[0].futures < tasks[-2].futures


def test_the_plan_that_is_the_baseline_does_not_differ_from_it(game: Game) -> None:
    """All plans are played on the same chance."""
    with Forecaster(game.rules, 0) as forecaster:
        forecaster.ask(game.world, "kosovo", PLANS, most=MOST)
        board = answer(forecaster)
    assert np.array_equal(board.scores[0], board.scores[2])
    assert not board[DECLARE,].is_same


def test_what_was_asked_before_is_dropped(game: Game) -> None:
    """After a new question no board of an older one is given or told, though its blocks may still come in."""
    told: list[OddsBoard] = []
    with Forecaster(game.rules, 1, told.append) as forecaster:
        first = forecaster.ask(game.world, "kosovo", PLANS, most=100_000)
        assert forecaster.next(PATIENCE) is not None
        second = forecaster.ask(game.world, "us", [()], most=100)
        count = len(told)
        board = answer(forecaster)
    assert board.generation == second > first
    assert board.actor == "us"
    assert {late.generation for late in told[count + 1 :]} <= {second}


def test_a_late_block_changes_nothing(game: Game) -> None:
    """A block of an older question that comes in after a new one was asked is not added."""
    with Forecaster(game.rules, 0) as forecaster:
        old = forecaster.ask(game.world, "kosovo", PLANS, most=0)
        new = forecaster.ask(game.world, "kosovo", PLANS, most=0)
        came = np.zeros((3, len(game.rules.scenario.flags), 5), dtype=np.bool_)
        block = Block(0, np.zeros((3, 5), dtype=np.intp), np.zeros((3, 5)), came)
        forecaster._add(old, block)
        assert forecaster.board is not None
        assert forecaster.board.futures == 0
        forecaster._add(new, block)
        assert forecaster.board.futures == 5


def test_nothing_comes_of_what_was_cancelled(game: Game) -> None:
    """No board, and nobody waits for one."""
    with Forecaster(game.rules, 1) as forecaster:
        forecaster.ask(game.world, "kosovo", PLANS, most=100_000)
        forecaster.cancel()
        assert forecaster.next(PATIENCE) is None
        assert forecaster.board is None


def test_asking_does_not_wait_for_workers_to_start(game: Game) -> None:
    """A question is taken before anybody is there to answer it."""
    with Forecaster(game.rules, 1) as forecaster:
        forecaster.ask(game.world, "kosovo", PLANS, most=10)
        assert forecaster.board is not None
        assert forecaster.board.futures == 0
        assert answer(forecaster).futures == 10


def test_a_killed_worker_is_replaced_and_then_done_without(game: Game) -> None:
    """Killed once there is another, killed again this process goes on by itself and says so; the odds stay the same."""
    with Forecaster(game.rules, 1) as forecaster:
        forecaster.ask(game.world, "kosovo", PLANS, most=20_000)
        first = worker_of(forecaster.crew)
        os.kill(first.process.pid, signal.SIGKILL)
        until(lambda: forecaster.crew.hands.get(0) not in (None, first))
        assert forecaster.next(PATIENCE) is not None
        assert not forecaster.is_slow
        os.kill(worker_of(forecaster.crew).process.pid, signal.SIGKILL)
        until(lambda: forecaster.is_slow)
        forecaster.ask(game.world, "kosovo", PLANS, most=50)
        board = answer(forecaster)
    expected = look_ahead(game.rules, game.world, "kosovo", PLANS, 50)
    assert np.array_equal(board.closed, [forecast.endings for forecast in expected])


def test_without_a_single_worker_this_process_looks_ahead(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes can't be started, there are odds all the same."""

    def refuse(rules: object) -> Worker:
        raise WorkerLostError

    monkeypatch.setattr(crew_module, "Worker", refuse)
    with Forecaster(game.rules, 2) as forecaster:
        forecaster.ask(game.world, "kosovo", PLANS, most=10)
        assert answer(forecaster).futures == 10
        assert forecaster.is_slow


def test_a_failed_task_is_told(game: Game) -> None:
    """A fault of the program does not pass for a forecast that takes long."""
    with Forecaster(game.rules, 1) as forecaster:
        broken = Futures(Present.of(game.world), ({},), "nobody", 1, 0, 5)
        with pytest.raises(RuntimeError, match="KeyError: 'nobody'"):
            forecaster.crew.all([broken])


def test_closing_ends_the_workers(game: Game) -> None:
    """Also in the middle of a question."""
    forecaster = Forecaster(game.rules, 2)
    processes = [worker_of(forecaster.crew, place).process for place in (0, 1)]
    forecaster.ask(game.world, "kosovo", PLANS, most=100_000)
    forecaster.close()
    assert all(process.returncode is not None for process in processes)


ORPHAN = """
import sys, time
from engine.play.ahead.crew import Crew
from engine.rules import Rules
from engine.scenario.load import load_scenario
crew = Crew(Rules(load_scenario(sys.argv[1], {})), 2)
while len(crew.hands) < 2:
    time.sleep(0.01)
print(*(hand.process.pid for hand in crew.hands.values()), flush=True)
time.sleep(600)
"""
"""Starts two workers, and says which."""


def test_workers_go_with_whoever_started_them(game: Game, tmp_path: Path) -> None:
    """Even where that was killed, and could tell them nothing."""
    command = [sys.executable, "-c", ORPHAN, f"{tmp_path}/scenario.yaml"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(workers) == 2
        assert all(is_running(pid) for pid in workers)
        parent.kill()
    until(lambda: not any(is_running(pid) for pid in workers))


def is_running(pid: int) -> bool:
    """Whether a process is there, and not only waits to be buried."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_worker_knows_no_mesa() -> None:
    """What looks ahead loads nothing slow."""
    command = "import engine.play.ahead.worker, sys; print('mesa' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
