"""The numbers of a debrief."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine import batch
from engine.play import Game
from engine.play.ahead.crew import Crew
from engine.play.debrief import brier, call_scores, forecast_scores, rule_runs
from engine.play.standings import RuleRuns, standings_of
from engine.rules import Rules
from tests.scenario.minimal import load as load_minimal


@pytest.mark.parametrize(
    ("shares", "outcome", "score"),
    [
        ({"a": 1.0, "b": 0.0}, "a", 0.0),
        ({"a": 1.0, "b": 0.0}, "b", 2.0),
        ({"a": 0.5, "b": 0.5}, "a", 0.5),
        ({"a": 0.7, "b": 0.2, "c": 0.1}, "a", 0.14),
        ({"a": 1.0}, "b", 2.0),
    ],
)
def test_brier_scores_are_those_of_the_book(shares: dict[str, float], outcome: str, score: float) -> None:
    """The sum of squares over all endings: 0 for who knew, 2 for who was sure of something else."""
    assert brier(shares, outcome) == pytest.approx(score)


def test_forecasts_are_scored_beside_the_base_rates() -> None:
    """Turn by turn, in the mean, and as a share of what ignorance would have cost."""
    scores = forecast_scores([(0, {"a": 0.5, "b": 0.5}), (3, {"a": 1.0, "b": 0.0})], "a", {"a": 0.5, "b": 0.5})
    assert scores.by_turn == ((0, 0.5), (3, 0.0))
    assert (scores.mean, scores.base_rate, scores.skill) == (0.25, 0.5, 0.5)


def test_without_forecasts_there_is_only_ignorance() -> None:
    """Whoever was shown no odds has neither gained nor lost by them."""
    assert forecast_scores([], "a", {"a": 0.25, "b": 0.75}).skill == 0.0


def test_calls_are_scored_one_by_one() -> None:
    """Each is about one ending, and scores from 0 to 1."""
    scores = call_scores([(0, "a", 0.8), (2, "b", 0.4)], "a")
    assert scores is not None
    assert [score for _call, score in scores.calls] == pytest.approx([0.04, 0.16])
    assert scores.mean == pytest.approx(0.1)
    assert (scores.called, scores.happened) == pytest.approx((0.6, 0.5))
    assert call_scores([], "a") is None


@pytest.mark.parametrize(
    ("calls", "verdict"),
    [
        ([(turn, "a", 0.95) for turn in range(20)], "you judged well"),
        ([(turn, "a", 0.3) for turn in range(20)], "too little"),
        ([(turn, "b", 0.7) for turn in range(20)], "too much"),
        ([(0, "b", 0.6)], "you judged well"),
    ],
)
def test_a_verdict_needs_evidence(calls: list[tuple[int, str, float]], verdict: str) -> None:
    """Too sure or too doubtful is said only where it is beyond the noise."""
    scores = call_scores(calls, "a")
    assert scores is not None
    assert verdict in scores.in_words()


def test_one_call_is_told_of_as_one() -> None:
    """Not as 100% of one."""
    came, failed = call_scores([(0, "a", 0.7)], "a"), call_scores([(0, "a", 0.7)], "b")
    assert came is not None
    assert failed is not None
    assert came.in_words().startswith("Your call gave its ending 70%, and it came:")
    assert "it did not come" in failed.in_words()


@pytest.mark.slow
def test_rule_runs_are_those_of_a_batch_and_made_once(tmp_path: Path) -> None:
    """Made by others in pieces, they are the runs of the seed; asked for again, they are there."""
    rules = Rules(load_minimal(tmp_path))
    expected = batch.run(rules, 1200, 7)
    with Crew(rules, 1) as crew:
        runs = rule_runs(crew, 7, 1200)
        assert rule_runs(crew, 7, 1200) is runs
        assert rule_runs(crew, 8, 1200) is not runs
    assert np.array_equal(runs.endings, expected.endings)
    assert np.array_equal(runs.scores, expected.scores, equal_nan=True)
    assert runs.shares(rules) == {name: share.share for name, share in expected.shares().items()}


def test_a_standing_shows_where_a_score_is_among_others(tmp_path: Path) -> None:
    """By percent and by tens, for each playable side; nothing as long as the game goes on."""
    game = Game(Rules(load_minimal(tmp_path)), seed=1)
    scores = np.tile([5.0, 15.0, 15.0, 100.0], (len(game.actors), 1))
    others = RuleRuns(np.zeros(4, dtype=np.intp), scores)
    assert standings_of(game, others) == ()
    game.play()
    russia, us = standings_of(game, others)
    assert (russia.actor, us.actor) == ("russia", "us")
    assert us.bins == (1, 2, 0, 0, 0, 0, 0, 0, 0, 1)
    assert us.runs == 4
    assert us.bin == int(us.score // 10)
    assert us.percentile == 75.0
