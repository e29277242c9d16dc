"""What an ending is worth to a side counts in its score, once the story has closed so, and not before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.play.facts.briefing import brief_side, briefing_lines
from engine.play.facts.endings import score_in_words, score_of
from engine.play.game import Game
from engine.rules import Rules
from engine.scenario.models import Scenario
from tests.rules.test_turn import scenario
from tests.scenario.minimal import check, replaced

POOR = {"points": 10, "text": "Nothing that it came for is left.", "assumed": "for the test"}


def crisis(*, worth: dict[str, Any] | None = None, **keys: Any) -> Scenario:
    """A scenario in which Ann wants what stands, so that it fits her wholly, and which closes by itself."""
    stance = {"position": 50.0, "salience": 1.0}
    actors = {"ann": {"title": "Ann", "stances": {"status": stance}}, "bob": {"title": "Bob"}}
    endings = [{"id": "over", "title": "Over", "worth": worth or {}}]
    return scenario(actors=actors, endings=endings, **keys)


def played(**keys: Any) -> Game:
    """Such a story, told to its end."""
    game = Game(Rules(crisis(**keys)), seed=1)
    game.play()
    return game


def test_half_of_a_score_is_what_the_ending_is_worth() -> None:
    """And the other half how well the world fits; the whole where nothing is said."""
    fit, both = played().scores()["ann"], played(worth={"ann": POOR}).scores()["ann"]
    assert both == pytest.approx((fit + 10) / 2)
    assert played(worth={"bob": POOR}).scores() == {"ann": fit}


def test_how_much_it_weighs_may_be_said() -> None:
    """From nothing to all of it."""
    fit = played().scores()["ann"]
    assert played(worth={"ann": POOR}, ending_weighs=0.0).scores()["ann"] == fit
    assert played(worth={"ann": POOR}, ending_weighs=1.0).scores()["ann"] == 10.0


def test_an_open_story_has_no_ending_to_be_worth_anything() -> None:
    """The score on the way is how well the world fits."""
    game = Game(Rules(crisis(worth={"ann": POOR})), seed=1)
    assert game.scores() == Game(Rules(crisis()), seed=1).scores()


def test_an_own_entry_goes_before_that_of_a_group() -> None:
    """And a group stands for all others in it."""
    rich = POOR | {"points": 90}
    one, other = (played(worth=worth).scores()["ann"] for worth in ({"actors": POOR}, {"actors": POOR, "ann": rich}))
    assert other - one == pytest.approx(40)


def test_an_account_of_a_score_names_the_ending() -> None:
    """What is lacking of a hundred is told: for issues, and for the way it ended."""
    game = played(worth={"ann": POOR})
    line = score_of(game, "ann")
    assert line is not None
    assert line.score + line.missed + sum(gap.costs for gap in line.gaps) == pytest.approx(100)
    assert (line.missed, line.text) == (45.0, "Nothing that it came for is left.")
    assert "the way it ended (45 points)" in score_in_words(line)


def test_a_side_is_told_before_the_first_turn_what_it_may_come_to() -> None:
    """The best and the worst, with the words for them."""
    stance = {"position": 50.0, "salience": 1.0}
    ways = [
        {"id": "early", "title": "Early", "when": "day >= 99", "worth": {"ann": {"points": 80}}},
        {"id": "over", "title": "Over", "worth": {"ann": POOR}},
    ]
    story = scenario(actors={"ann": {"title": "Ann", "stances": {"status": stance}}}, endings=ways)
    side = brief_side(story, "ann", {})
    assert [stake.points for stake in side.stakes] == [80, 10]
    told = briefing_lines(side)
    assert "At best: Early." in told
    assert "At worst: Over. Nothing that it came for is left." in told


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        ("{rusia: {points: 1, assumed: x}}", "E203", 'did you mean "russia'),
        ("{russia: {points: 101, assumed: x}}", "E", "100"),
        ("{russia: {points: 1}}", "W704", "without evidence"),
        ("{powers: {points: 1, assumed: x}, actors: {points: 2, assumed: x}}", "E214", "in powers"),
        ("{union: {points: 1, assumed: x}}", "W215", "no stance"),
    ],
)
def test_what_is_wrong_with_a_worth_is_said(tmp_path: Path, written: str, code: str, said: str) -> None:
    """Where it stands, and what is allowed."""
    text = replaced("{id: frozen, title: No", f"{{worth: {written}, id: frozen, title: No")
    text = text.replace("actors:\n", "actors:\n  union: {title: Union}\n", 1)
    found = [one for one in check(tmp_path, text).problems if one.code.startswith(code) and "worth" in str(one)]
    assert found
    assert said in found[0].message
