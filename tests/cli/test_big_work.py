"""Long work is told while it goes on, bounded, and ended cleanly."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import asked
from engine.batch.running.progress import Pace
from engine.cli import progress
from engine.play import standings
from engine.play.game import Game
from engine.play.journal import read_journal
from engine.play.standings import COMPARED, rule_runs
from engine.rules import Rules, World
from tests.cli.conftest import Brink
from tests.scenario.minimal import load


def stopped_at(turn: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on somebody presses Ctrl-C in this turn."""
    step = Game.step

    def stop(game: Game, orders: Any = None) -> None:
        if game.turn == turn:
            raise KeyboardInterrupt
        step(game, orders)

    monkeypatch.setattr(Game, "step", stop)


def test_a_run_is_told_turn_by_turn_and_what_was_played_is_kept(
    brink: Brink, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two turns are on paper before the third is played; the save holds them, and says so."""
    stopped_at(2, monkeypatch)
    answer = brink("run", small, "--save", "kept.json")
    assert (answer.code, answer.err) == (130, "brink: interrupted; turns 0 to 1 are kept in kept.json\n")
    assert "turn 1\n" in answer.out
    assert "turn 2" not in answer.out
    assert len(read_journal("kept.json").turns) == 2
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert "turn 2 is open" in brink("replay", "kept.json", "--scenario", small).out
    stopped_at(2, monkeypatch)
    answer = brink("run", small)
    assert (answer.code, answer.err) == (130, "brink: interrupted\n")


def test_a_game_that_is_stopped_at_once_leaves_no_save(
    brink: Brink, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is one spoken of."""
    stopped_at(0, monkeypatch)
    answer = brink("run", small, "--save", "kept.json")
    assert (answer.code, answer.err) == (130, "brink: interrupted\n")
    assert not (tmp_path / "kept.json").exists()


@pytest.mark.parametrize("place", ["small.yaml", "nowhere/game.json"])
def test_a_save_that_cannot_be_written_is_told_before_the_game(brink: Brink, small: str, place: str) -> None:
    """Not after minutes of play."""
    answer = brink("run", small, "--save", place)
    assert (answer.code, answer.sentence.startswith(f"brink: {place} ")) == (1, True)


def stopped_after(seconds: float) -> None:
    """Somebody presses Ctrl-C."""
    time.sleep(seconds)
    raise KeyboardInterrupt


class Clock:
    """Processor time that passes only while turns are played, so much for each run."""

    def __init__(self, each: float, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        step = Rules.step

        def slow(rules: Rules, world: World) -> None:
            self.now += each * world.runs
            step(rules, world)

        monkeypatch.setattr(Rules, "step", slow)
        monkeypatch.setattr(standings, "time", self)

    def process_time(self) -> float:
        """As it stands."""
        return self.now


def test_scores_are_held_against_as_many_runs_as_there_is_time_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All where there is time; the first of them where there is less; none where they would say nothing."""
    rules = Rules(load(tmp_path))
    full = rule_runs(rules, 4, 10.0)
    assert full.runs == COMPARED
    clock = Clock(0.002, monkeypatch)
    few = rule_runs(rules, 4, 4.0)
    assert 20 <= few.runs < 200
    assert clock.now <= 4.5
    assert np.array_equal(few.endings, full.endings[: few.runs])
    assert np.array_equal(few.scores, full.scores[:, : few.runs])
    assert rule_runs(rules, 4, 0.1).runs == 0
    assert rule_runs(rules, 4, 0.0).runs == 0


def test_without_time_there_is_no_percentile(brink: Brink, small: str) -> None:
    """It is said, and how there would be one; in JSON it is null."""
    answer = brink("run", small, "--seconds", "0")
    assert "It is held against no runs (--seconds 0)." in " ".join(answer.out.split())
    content = brink("run", small, "--seconds", "0", "--json").json
    assert {(score["percentile"], score["runs"]) for score in content["scores"].values()} == {(None, 0)}
    content = brink("run", small, "--json").json
    assert {score["runs"] for score in content["scores"].values()} == {COMPARED}


def test_long_work_says_a_line_now_and_then_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it is and for how long; nothing where it is short."""
    monkeypatch.setattr(progress, "SILENCE", 0.05)
    monkeypatch.setattr(progress, "EVERY", 0.1)
    with progress.at_work("thinking"):
        pass
    assert capsys.readouterr().err == ""
    with progress.at_work("thinking"):
        time.sleep(0.4)
    lines = capsys.readouterr().err.splitlines()
    assert 1 <= len(lines) <= 5
    assert set(lines) == {"brink: thinking, 0 s so far"}
    with progress.progress_bar() as tell:
        pace = Pace(tell=tell)
        pace.want(100)
        time.sleep(0.15)
        pace.advance(50)
        pace.advance(1)
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("brink: 50 of 100 runs, ")


def test_long_work_shows_a_bar_in_a_terminal_and_wipes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor is there again afterwards; also where somebody stops the work."""

    class Terminal:
        encoding = "utf-8"

        def __init__(self) -> None:
            self.text = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            self.text += text
            return len(text)

        def flush(self) -> None:
            """All is there."""

    monkeypatch.setattr(progress, "SILENCE", 0.01)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with pytest.raises(KeyboardInterrupt), progress.at_work("thinking"):
        stopped_after(0.4)
    assert "thinking" in terminal.text
    assert terminal.text.rfind("\x1b[?25h") > terminal.text.rfind("\x1b[?25l")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1,000", 'not "1,000": write 1000 '),
        ("1.000.000", 'not "1.000.000": write 1000000 '),
        ("1'000", 'not "1\'000": write 1000 '),
        ("10k", 'not "10k": write 10000 '),
        ("2M", 'not "2M": write 2000000 '),
        ("1,00", 'not "1,00" ('),
        ("1.5", 'not "1.5" ('),
        ("1e99", "10000000, not 1000"),
        ("1.25e1", 'not "1.25e1" ('),
        ("1e8", "from 1 to 10000000, not 100000000 ("),
        ("99M", 'not "99M" ('),
    ],
)
def test_a_number_of_runs_that_is_written_otherwise_is_told_what_to_write(
    brink: Brink, small: str, text: str, says: str
) -> None:
    """Where it is clear what is meant."""
    answer = brink("batch", small, "--runs", text)
    assert (answer.code, says in answer.sentence) == (2, True)


@pytest.mark.parametrize(("text", "runs"), [("1e1", 10), ("1.2e1", 12), ("2E0", 2)])
def test_a_number_of_runs_may_have_an_exponent(brink: Brink, small: str, text: str, runs: int) -> None:
    """As calculators write it."""
    assert brink("batch", small, "--runs", text, "--json").json["runs"] == runs


@pytest.mark.slow
def test_the_command_line_refuses_what_python_refuses(brink: Brink, small: str, tmp_path: Path) -> None:
    """The number of runs, of points, and of both together, each with its limit; nothing is estimated first."""
    too_many_runs = brink("batch", small, "--runs", asked.MOST_RUNS + 1)
    assert (too_many_runs.code, f"from 1 to {asked.MOST_RUNS}" in too_many_runs.sentence) == (2, True)
    values = ",".join(str(n / 2000) for n in range(1, 1002))
    vary = ["--vary", f"temperature={values}"]
    both = brink("batch", small, "--runs", "1e6", *vary)
    assert "1,001 points of 1,000,000 runs are 1,001,000,000 runs: at most 1,000,000,000" in both.sentence
    points = brink("batch", small, "--runs", "1", *vary, "--vary", f"values.unrest.start={values}")
    assert "the design has 1,002,001 points: at most 1,000,000 are allowed" in points.sentence
    text = f"experiment_format: 1\nscenario: small-crisis\nruns: {asked.MOST_RUNS + 1}\n"
    (tmp_path / "experiment.yaml").write_text(text)
    in_file = brink("batch", small, "--experiment", "experiment.yaml")
    assert (in_file.code, "runs: should be at most 10,000,000" in in_file.sentence) == (1, True)
