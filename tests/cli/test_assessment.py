"""`brink backtest`, `brink lock` and `brink score`, one after the other."""

from __future__ import annotations

import json
from pathlib import Path

from tests.assessment.small import HISTORY
from tests.cli.conftest import Brink

RUNS = ("--runs", "12")


def test_a_scenario_is_held_against_what_happened_and_a_lock_is_scored(
    brink: Brink, small: str, tmp_path: Path
) -> None:
    """Every number of a score has an interval or is exact, a card is told to be stale, a lock is never written over."""
    (Path(small).parent / "history.yaml").write_text(HISTORY)
    answer = brink("backtest", small, *RUNS, "--json", "--card", "card.md", "--card", "card.json")
    assert answer.code == 0, answer.err
    values = json.loads(answer.out)
    assert values == json.loads((tmp_path / "card.json").read_text())
    for part in values["parts"]:
        for score in part["scores"]:
            for one in score["of"]:
                plays = one["forecaster"] in ("rule", "literal", "frozen", "random")
                assert (one["low"] is not None) == plays
    assert brink("backtest", small, "--check", "card.md").code == 0
    (Path(small).parent / "history.yaml").write_text(HISTORY.replace("was: 0.3", "was: 0.9"))
    stale = brink("backtest", small, "--check", "card.md")
    assert (stale.code, "of another state of the targets" in stale.out) == (1, True)
    assert brink("lock", small, *RUNS, "--out", "small.lock.json").code == 0
    again = brink("lock", small, *RUNS, "--out", "small.lock.json")
    assert (again.code, "never written over" in again.err) == (1, True)
    scored = brink("score", "small.lock.json", "--record", str(Path(small).parent / "history.yaml"), "--json")
    assert scored.code == 0, scored.err
    assert {row["was_known"] for row in json.loads(scored.out)["scores"]} == {True}
