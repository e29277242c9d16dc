"""Words about votes, and about acts that table a question: what they are worth, and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from engine.rules import Rules
from engine.scenario.load import check_scenario, load_scenario
from engine.scenario.names import Reference
from engine.scenario.words.exchanges import agreed_flag, part_flag
from tests.reference.test_agreement import check_runs
from tests.words import TWO_RIVERS

RUNS = 150

COUNCIL: dict[str, Any] = {
    "title": "The council of the rivers",
    "seats": [{"actor": "north"}, {"actor": "south"}, {"actor": "east"}],
    "pass": {"yes": 2},
    "assumed": "made up for tests",
}
"""Three members, of whom two have to be for it."""

CANAL: dict[str, Any] = {
    "title": "Put the canal to the vote",
    "by": "east",
    "tempo": "3d",
    "cooldown": "2w",
    "when": "not dug",
    "vote": {
        "in": "council",
        "question": "Shall there be a canal?",
        "pass": [{"add": {"calm": -40}, "set": {"dug": True}}],
    },
    "assumed": "made up for tests",
}
"""The East wants it, the North does not, and the South not much."""

VOW: dict[str, Any] = {
    "title": "to vote for the canal",
    "by": "north",
    "vote": "canal",
    "as": "for",
    "to": "east",
    "within": "4w",
    "assumed": "made up for tests",
}
AID: dict[str, Any] = {
    "title": "to send the North money",
    "by": "east",
    "act": "aid",
    "to": "north",
    "within": "2w",
    "assumed": "made up for tests",
}
SEND: dict[str, Any] = {
    "title": "Send the North money",
    "by": "east",
    "tempo": "60d",
    "once": True,
    "cost": 0.05,
    "effects": [{"add": {"budget": 60}}],
    "assumed": "made up for tests",
}


def council(cast: str = "for", **changes: Any) -> dict[str, Any]:
    """A small crisis in which the North may give its vote for money."""
    written: dict[str, Any] = yaml.safe_load((TWO_RIVERS / "scenario.yaml").read_text(encoding="utf-8"))
    for key in ("threats", "texts", "flags", "secrets", "endings"):
        del written[key]
    written |= {
        "start": written["start"].isoformat(),
        "end": written["end"].isoformat(),
        "flags": {"dug": "there is a canal"},
        "institutions": {"council": COUNCIL},
        "actions": {"canal": CANAL | changes.pop("canal", {}), "aid": SEND},
        "undertakings": {"vow": VOW | {"as": cast, **changes.pop("vow", {})}, "aid": AID},
        "words": {"honour": 0.3, "trust": 0.9, "tempo": "4d"},
        "endings": [{"id": "rest", "title": "As it was"}],
    }
    return written | changes


class Voted:
    """Some runs of a crisis, to their ends."""

    def __init__(self, folder: Path, written: dict[str, Any]) -> None:
        (folder / "scenario.yaml").write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
        self.rules = Rules(load_scenario(folder, {}))
        self.world = self.rules.open(3, runs=RUNS)
        self.rules.finish(self.world)

    def share(self, flag: str) -> float:
        """In how many runs a flag is yes at the end."""
        return float((self.world.cells[self.rules.layout.rows[Reference("flag", flag)]] != 0).mean())

    @property
    def calm(self) -> np.ndarray:
        """The calm at the end of each run."""
        calm: np.ndarray = self.world.cells[self.rules.layout.rows[Reference("issue", "calm")]]
        return calm


@pytest.mark.parametrize("cast", ["for", "not against"])
def test_it_is_what_the_design_says(tmp_path: Path, cast: str):
    """Worths, gains, votes and words kept are those of the plain interpreter, to the last bit."""
    (tmp_path / "scenario.yaml").write_text(yaml.safe_dump(council(cast, end="2001-05-01")), encoding="utf-8")
    check_runs(load_scenario(tmp_path, {}), seed=5, runs=1)


def test_a_vote_is_sold_to_whom_it_is_worth_something(tmp_path: Path):
    """The canal falls without the North's vote, and passes with it; the North keeps its word for its honour."""
    found = Voted(tmp_path, council())
    agreed = agreed_flag("vow", "aid")
    assert found.share(agreed) > 0.7
    assert found.share(part_flag("kept", "vow", "aid")) > 0.8 * found.share(agreed)
    idle = Voted(tmp_path, council("against"))
    assert idle.share(agreed) < 0.05
    assert found.calm.mean() < idle.calm.mean() - 5


def test_whoever_votes_otherwise_breaks_its_word(tmp_path: Path):
    """As some do whom a broken word costs nothing."""
    faithless = council(words={"honour": 0.0, "trust": 0.9, "tempo": "4d"})
    assert Voted(tmp_path, faithless).share(part_flag("broken", "vow", "aid")) > 0.1


def test_a_vote_that_is_never_held_binds_nobody(tmp_path: Path):
    """Three months before anybody may put the question a vote on it is worth nothing."""
    found = Voted(tmp_path, council(canal={"when": "not dug and day >= 90"}))
    assert found.share(agreed_flag("vow", "aid")) < 0.05


def test_an_act_that_tables_a_question_may_be_promised(tmp_path: Path):
    """It counts by how likely it passes."""
    written = council()
    written["actions"]["canal"]["tempo"] = "300d"
    put = {"title": "to put it to the vote", "by": "east", "act": "canal", "to": "south", "within": "4w"}
    quiet = {"title": "not to pay", "by": "south", "refrain": "pay", "to": "east", "within": "4w"}
    pay = {"title": "Pay the North", "by": "south", "tempo": "20d", "effects": [{"add": {"calm": 8}}]}
    written["actions"]["pay"] = pay | {"assumed": "made up for tests"}
    made_up = {"assumed": "made up for tests"}
    written["undertakings"] = {"put": put | made_up, "quiet": quiet | made_up}
    (tmp_path / "scenario.yaml").write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
    check_runs(load_scenario(tmp_path, {}), seed=1, runs=1)


def test_what_is_said_of_votes_is_checked(tmp_path: Path):
    """Line by line: who has no seat, what tables no question, and what goes with what."""
    for change, code, message in (
        ({"vote": "aid"}, "E212", '"aid" tables no question: name an action that does (canal)'),
        ({"vote": "cannal"}, "E203", 'did you mean "canal"?'),
        ({"as": "abstain"}, "E108", "'not against'"),
        ({"act": "canal"}, "E107", "choose one of act, refrain, vote"),
    ):
        written = council(vow=change)
        (tmp_path / "scenario.yaml").write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
        problems = [str(problem) for problem in check_scenario(tmp_path, {}).problems if problem.code[0] == "E"]
        assert any(code in one and message in one for one in problems), (change, problems)
    council_of_two = COUNCIL | {"seats": COUNCIL["seats"][1:]}
    (tmp_path / "scenario.yaml").write_text(
        yaml.safe_dump(council(institutions={"council": council_of_two}), sort_keys=False), encoding="utf-8"
    )
    assert any("north has no seat" in str(problem) for problem in check_scenario(tmp_path, {}).problems)
