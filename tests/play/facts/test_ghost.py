"""History beside a game: what the real actor did, and how far the world has drifted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.play import Game
from engine.play.facts.ghost import drift_of, flag_told, ghost_of
from engine.play.policies import Order, ScriptPolicy
from engine.rules import Rules
from engine.rules.options import Option
from engine.scenario.history import History
from engine.scenario.load import Report
from tests.scenario.minimal import load

RECORD = {
    "history_format": 1,
    "entries": [
        {
            "on": "2007-12-20",
            "title": "Declared",
            "background": "it is known",
            "actors": ["kosovo"],
            "does": ["declare"],
            "sets": ["declared"],
            "stands": {"status": {"at": 75.0, "assumed": "as the scale says"}},
        },
        {
            "on": "2007-12-28",
            "title": "Recognised",
            "background": "it is known",
            "actors": ["us"],
            "does": ["recognise"],
            "sets": ["recognised.us"],
        },
    ],
}


def history(*entries: int) -> History:
    """Some entries of the record."""
    return History.model_validate({**RECORD, "entries": [RECORD["entries"][n] for n in entries]})  # type: ignore[index]


def declared(folder: Path, turn: int | None, turns: int) -> Game:
    """A game in which Kosovo declares in a turn, or never, and nobody else does anything."""
    orders = {} if turn is None else {turn: Order(Option("kosovo", "declare"))}
    seats = {actor: ScriptPolicy(orders if actor == "kosovo" else {}) for actor in ("kosovo", "us", "russia")}
    game = Game(Rules(load(folder)), seed=1, seats=seats)
    for _ in range(turns):
        game.step()
    return game


def titles(deeds: Sequence[object]) -> list[str]:
    """The titles of some deeds."""
    return [deed.title for deed in deeds]  # type: ignore[attr-defined]


def test_what_the_real_actor_did_in_a_turn(report: Report) -> None:
    """Its own deeds of those days with the words of the source, the others apart."""
    assert report.scenario is not None
    assert report.history is not None
    ghost = ghost_of(report.scenario, report.history, report.sources, "serbia", 1)
    assert (ghost.first, ghost.last) == (dt.date(2007, 11, 27), dt.date(2007, 12, 3))
    assert titles(ghost.own) == [
        "The last round ends without agreement",
        "The troika visits Belgrade and Pristina for the last time",
    ]
    assert ghost.own[0].does == (("vow_to_annul", "Announce that a declaration will be annulled"),)
    assert [quote.by for quote in ghost.own[0].quotes] == [None, "Fatmir Sejdiu", "Boris Tadic"]
    assert ghost.others == ()


def test_every_entry_of_the_calendar_is_told_once(report: Report) -> None:
    """Turn by turn, for any side, from the first day to the last."""
    assert report.scenario is not None
    assert report.history is not None
    told = []
    for turn in range(report.scenario.turns):
        ghost = ghost_of(report.scenario, report.history, report.sources, "eu", turn)
        told += [*titles(ghost.own), *titles(ghost.others)]
    inside = [e.title for e in report.history.entries if e.on >= report.scenario.start]
    assert sorted(told) == sorted(inside)


@pytest.mark.slow
def test_a_world_without_difference_has_not_drifted(tmp_path: Path) -> None:
    """Declared in the same week, and standing where the history says."""
    drift = drift_of(declared(tmp_path, 4, 5), history(0))
    assert [(flag.flag, flag.agrees) for flag in drift.flags] == [("declared", True)]
    assert drift.issues[0].here == pytest.approx(75.0)
    assert drift.figure == pytest.approx(0.0)


def test_a_flag_in_only_one_world_is_drift(tmp_path: Path) -> None:
    """Not declared here for five days so far, and 40 of 100 points away; half of the story makes a whole."""
    drift = drift_of(declared(tmp_path, None, 6), history(0))
    assert drift.flags[0].apart == pytest.approx((12 - 6) / 35)
    assert drift.figure == pytest.approx(100 * (6 / 35 + 0.4) / 2)
    assert flag_told(drift.flags[0]) == "independence is declared: here not, in reality 20 Dec"


def test_what_comes_later_is_kept_for_the_end(tmp_path: Path) -> None:
    """Declared early: in reality not yet; the later day is told when the game is over."""
    drift = drift_of(declared(tmp_path, 3, 4), history(0, 1))
    (flag,) = drift.flags
    assert (flag.here, flag.in_reality, flag.later) == (dt.date(2007, 12, 11), None, dt.date(2007, 12, 20))
    assert flag_told(flag) == "independence is declared: here 11 Dec, in reality not yet"
    assert flag_told(flag, is_over=True) == "independence is declared: here 11 Dec, in reality only on 20 Dec"


def test_flags_of_actors_count_as_one(tmp_path: Path) -> None:
    """Recognised in reality by one, here by none: that flag counts as one, beside the others."""
    drift = drift_of(declared(tmp_path, 4, 7), history(0, 1))
    assert [(flag.flag, flag.actor, flag.words) for flag in drift.flags] == [
        ("declared", None, "independence is declared"),
        ("recognised", "us", "United States has recognised the new state"),
    ]
    held = [flag.apart for flag in drift.flags]
    assert held[0] == 0 < held[1] < 0.2
    assert drift.figure == pytest.approx(100 * (sum(held) + drift.issues[0].share) / 3)


def test_what_comes_a_turn_early_is_little_drift_and_what_never_comes_is_all(tmp_path: Path) -> None:
    """A week before the day is a tenth of what a deed without any day counts, once the game is over."""
    early = drift_of(declared(tmp_path, 3, 10), history(0))
    assert early.flags[0].apart == pytest.approx((9 - 6) / 35)
    never = drift_of(declared(tmp_path, None, 10), history(0))
    assert never.flags[0].apart == 1


def test_a_reading_is_held_against_the_world_of_its_day(tmp_path: Path) -> None:
    """What has changed since does not count against it."""
    drift = drift_of(declared(tmp_path, 6, 8), history(0))
    assert drift.issues[0].here == pytest.approx(35.0)


def test_the_real_crisis_drifts_and_stays_between_its_ends(report: Report, game: Game) -> None:
    """Turn by turn a number from 0 to 100, with each flag named once."""
    assert report.history is not None
    game.play()
    drift = drift_of(game, report.history)
    assert 0 < drift.figure < 100
    names = [(flag.flag, flag.actor) for flag in drift.flags]
    assert len(names) == len(set(names))
    assert {issue.issue for issue in drift.issues} <= set(game.rules.scenario.issues)
