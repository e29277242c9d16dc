"""The formats of saves: what is written is read, and what an older version wrote is read too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.play.journal import SaveError, as_bytes, journal_of, load, read_journal, save
from engine.play.session import LEVELS, Session
from engine.rules import Rules
from tests.play.tables import TABLE, WARN_US

FIRST = {
    "journal_format": 1,
    "scenario": "small-crisis",
    "engine": "0.1.0",
    "seed": 2,
    "run": 0,
    "seats": ["russia", "us"],
    "turns": [
        {
            "russia": {"move": "warn:us", "by_rule": False, "votes": {"table_resolution": "abstain"}},
            "us": {"move": "table_resolution", "by_rule": False, "votes": {}},
        },
        {"russia": {"move": None, "by_rule": False, "votes": {}}, "us": {"move": None, "by_rule": True, "votes": {}}},
    ],
}
"""A save as the first version wrote it, without what depends on the scenario."""


def same_game(crisis: Rules) -> Session:
    """The game of that save, played at a table."""
    session = Session.new(crisis, 2, people=["russia", "us"])
    session.choose("russia", WARN_US)
    session.vote("russia", "table_resolution", 0)
    session.choose("us", TABLE)
    session.end_turn()
    session.leave_to_rule("us")
    session.end_turn()
    return session


def first_format(crisis: Rules, path: Path, **changes: Any) -> Path:
    """The file of that save."""
    now = journal_of(same_game(crisis).game)
    content = {**FIRST, "scenario_hash": now.scenario_hash, "digest": now.digest, **changes}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_save_of_format_1_is_read_and_left_alone(crisis: Rules, tmp_path: Path) -> None:
    """The same game; saved again it is of the format of today."""
    path = first_format(crisis, tmp_path / "old.json")
    before = path.read_bytes()
    game = load(path, crisis)
    assert game.turns == same_game(crisis).game.turns
    assert path.read_bytes() == before
    save(game, tmp_path / "new.json")
    assert json.loads((tmp_path / "new.json").read_text())["journal_format"] == 4
    assert load(tmp_path / "new.json", crisis).turns == game.turns


def test_a_session_goes_on_from_a_save_of_format_1(crisis: Rules, tmp_path: Path) -> None:
    """With nobody at the table, at the easiest level, under the scenario's title."""
    session = Session.of(read_journal(first_format(crisis, tmp_path / "old.json")), crisis)
    assert (session.people, session.level, session.title) == ((), LEVELS["student"], "A small crisis")
    session.take("us")
    session.end_turn()
    assert [sheet.people for sheet in session.sheets] == [(), (), ("us",)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"turns": [{"us": {"move": "table_resolution", "moves": []}}]}, "damaged"),
        ({"seed": -1}, r"damaged \(at seed\)"),
        ({"digest": "0"}, "leads elsewhere"),
        ({"title": "A title that this format did not have"}, "damaged"),
        ({"journal_format": 5}, "by a newer version; this one reads up to 4"),
    ],
)
def test_a_damaged_save_of_format_1_is_refused(crisis: Rules, tmp_path: Path, changes: dict, words: str) -> None:
    """In one sentence."""
    with pytest.raises(SaveError, match=words):
        load(first_format(crisis, tmp_path / "old.json", **changes), crisis)


def test_writing_reading_and_writing_gives_the_same_bytes(crisis: Rules, tmp_path: Path) -> None:
    """With a title, calls, odds, a parent and orders of the open turn."""
    session = same_game(crisis).branch(1, "Wenn aber Moskau „nein“ sagt")
    session.leave_to_rule("us")
    session.call("russia", "frozen", 0.1)
    session.expect("russia", {"frozen": 0.2, "independent": 0.8}, 40)
    content = as_bytes(session.journal("2026-01-02T03:04:05+00:00"))
    (tmp_path / "a.json").write_bytes(content)
    assert as_bytes(read_journal(tmp_path / "a.json")) == content


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "../escape"),
        ("saved", "yesterday"),
        ("parent", {"id": "a", "turn": -1}),
        ("turns", [{"calls": {"us": {"frozen": 2}}}]),
        ("turns", [{"expected": {"us": {"shares": {}, "futures": 0}}}]),
        ("pending", {"deeds": {"us": {"votes": {"table_resolution": "perhaps"}}}}),
        ("title", "x" * 121),
    ],
)
def test_what_no_version_writes_is_damage(crisis: Rules, tmp_path: Path, key: str, value: Any) -> None:
    """The place is named."""
    content = {**same_game(crisis).journal().model_dump(mode="json"), key: value}
    (tmp_path / "a.json").write_text(json.dumps(content))
    with pytest.raises(SaveError, match=rf"damaged \(at {key}"):
        read_journal(tmp_path / "a.json")
