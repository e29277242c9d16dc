"""What a dossier says that a seat believes, and since when."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.facts.beliefs import Believed, beliefs_about
from engine.play.game import Game
from engine.rules import Rules
from engine.scenario.names import Reference
from tests.belief import stories
from tests.scenario.minimal import load


def believed(folder: Path, text: str, actor: str, turns: int, *, is_candid: bool = False) -> dict[str, Believed]:
    """What North believes of another after some turns, by the title of what is believed."""
    game = Game(Rules(load(folder, text)), seed=2)
    game.is_candid = is_candid
    for _turn in range(turns):
        game.step()
    return {one.title: one for one in beliefs_about(game.seen_by("north"), actor)}


def test_a_bluff_is_believed_by_what_was_done(tmp_path: Path) -> None:
    """It moves in the turns in which South did something, and in those in which it did not."""
    one = believed(tmp_path, stories.STORY, "south", 6)["means it"]
    assert one.is_chance and one.start == pytest.approx(0.4, abs=0.05)
    assert one.shifts, "six turns tell something"
    for shift in one.shifts:
        assert (shift.after > shift.before) == any("Mobilise" in deed.words for deed in shift.deeds)
    assert one.now == pytest.approx(one.shifts[0].after, abs=0.1)


def test_a_stance_is_believed_by_votes(tmp_path: Path) -> None:
    """East moves with its ballots, and what it voted is said."""
    one = believed(tmp_path, stories.VOTES, "east", 4)["The border"]
    assert not one.is_chance and one.start == pytest.approx(40, abs=3)
    assert [deed.vote for shift in one.shifts for deed in shift.deeds][-1] in ("yes", "no", "abstain")


def test_who_sees_all_believes_nothing(tmp_path: Path) -> None:
    """A stance that lies open is no matter of belief; a secret is, at every level."""
    assert believed(tmp_path, stories.VOTES, "east", 2, is_candid=True).keys() == {"is tough"}
    assert "means it" in believed(tmp_path, stories.STORY, "south", 2, is_candid=True)


def test_what_was_no_open_question_is_not_named(tmp_path: Path) -> None:
    """The words of a secret that the scenario fixes would tell of it, however likely it is by now."""
    game = Game(Rules(load(tmp_path, stories.IN_SECRET)), seed=2)
    for _turn in range(4):
        game.step()
    seen = game.seen_by("north")
    assert seen.belief is not None
    assert 0.05 < seen.belief.mean(seen.belief.world.cells[game.rules.layout.rows[Reference("flag", "armed")]]) < 0.95
    assert {one.title for one in beliefs_about(seen, "south")}.isdisjoint({"has armed"})
    assert {"means it", "Arms"} <= {one.title for one in beliefs_about(seen, "south")}
