"""Endings: how it closed, what that is worth, and which ends are good and bad for a side."""

from __future__ import annotations

import pytest

from engine import batch
from engine.play import Game
from engine.play.facts.endings import (
    ending_of,
    prospects,
    prospects_in_words,
    score_in_words,
    score_of,
    shares_in_words,
)


def test_an_ending_is_told_once_it_is_there(small: Game) -> None:
    """Nothing before, and the scenario's words afterwards."""
    assert ending_of(small) is None
    small.play()
    ending = ending_of(small)
    assert ending is not None
    assert small.ending is not None
    assert (ending.ending, ending.turns) == (small.ending.id, len(small.turns))


def test_a_score_in_words(small: Game) -> None:
    """The dearest issues with their points; an actor without stances has none."""
    line = score_of(small, "us")
    assert line is not None
    assert score_in_words(line) == "39 of 100. What costs most: Status (61 points)."


def test_endings_from_best_to_worst(small: Game) -> None:
    """By the mean score in each; shares and runs are those of the batch."""
    many = batch.run(small.rules, 200, seed=1)
    found = prospects(many, "kosovo")
    assert [prospect.score for prospect in found] == sorted((p.score for p in found), reverse=True)
    assert sum(prospect.share for prospect in found) == pytest.approx(1.0)
    assert {p.ending: p.share for p in found} == {e: s.share for e, s in many.shares().items() if s.share}
    assert found[0].ending == "independent"
    assert prospects_in_words(found).startswith("Best for you: Independent (mean score ")
    assert prospects(many, "russia")[0].ending == "frozen"


def test_shares_in_words(small: Game) -> None:
    """The likeliest first, and none that did not happen."""
    assert shares_in_words(small.rules.scenario, {"independent": 0.25, "frozen": 0.75}) == (
        "No decision 75%, Independent 25%"
    )
    assert shares_in_words(small.rules.scenario, {"independent": 0.0, "frozen": 1.0}) == "No decision 100%"
