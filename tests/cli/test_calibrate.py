"""`brink calibrate`, and `brink batch --posterior` behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli.commands import calibrate as command
from tests.assessment.test_calibration import EARLY, HOT
from tests.cli.conftest import Brink

OVER = """\
calibration_format: 1
numbers:
  wait:
    title: how long it waits
    path: actions.declare.tempo
    log_range: [7, 280]
  pace:
    every: tempo
    range: [0.5, 2]
    scenario: other-crisis
"""

SIZE = ("--points", "20", "--runs", "8", "--waves", "1", "--scored", "20")


@pytest.fixture(name="hot")
def hot_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path of a small scenario with what happened, and of what is calibrated, in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(HOT)
    (tmp_path / "history.yaml").write_text(EARLY)
    (tmp_path / "over.yaml").write_text(OVER.partition("  pace:")[0])
    return "small.yaml"


def test_a_posterior_is_fitted_told_written_and_drawn_from(brink: Brink, hot: str, tmp_path: Path) -> None:
    """It is never written over unasked, the scenario stays as it was, and a batch says that it draws from it."""
    answer = brink("calibrate", hot, "--over", "over.yaml", *SIZE, "--out", "p.json")
    assert answer.code == 0, answer.err
    for said in ("Posterior", "how long it waits", "better by", "On facets that were left out", "written: p.json"):
        assert said in answer.out
    assert "20 design points of 8 runs, 160 runs in all" in answer.out
    assert (tmp_path / "small.yaml").read_text() == HOT
    again = brink("calibrate", hot, "--over", "over.yaml", *SIZE, "--out", "p.json")
    assert (again.code, "is there already" in again.sentence) == (1, True)
    first = (tmp_path / "p.json").read_bytes()
    told = brink("calibrate", hot, "--over", "over.yaml", *SIZE, "--out", "p.json", "--overwrite", "--json")
    assert (tmp_path / "p.json").read_bytes() == first
    assert told.json["numbers"][0]["name"] == "wait" and told.json["kept"] == 20
    batch = brink("batch", hot, "--posterior", "p.json", "--runs", "20", "--out", "res")
    assert batch.code == 0, batch.err
    assert "each run draws one of 20 points of a posterior:" in batch.out
    counted = brink("batch", hot, "--posterior", "p.json", "--runs", "20", "--json").json
    assert counted["posterior"]["seal"] == json.loads(first)["seal"]
    assert "one of 20 points" in brink("summary", "res").out


def test_a_posterior_of_another_state_is_refused(brink: Brink, hot: str, tmp_path: Path) -> None:
    """Once the file has changed, so has what it was fitted to."""
    assert brink("calibrate", hot, "--over", "over.yaml", *SIZE, "--out", "p.json").code == 0
    (tmp_path / "small.yaml").write_text(HOT.replace("tempo: 4w", "tempo: 5w"))
    changed = brink("batch", hot, "--posterior", "p.json", "--runs", "5")
    assert (changed.code, "of another state of small-crisis" in changed.sentence) == (1, True)
    nowhere = brink("batch", hot, "--posterior", "nowhere.json", "--runs", "5")
    assert (nowhere.code, "there is no such file" in nowhere.sentence) == (2, True)
    both = brink("batch", hot, "--posterior", "p.json", "--assumed", "5")
    assert (both.code, "do not go together" in both.sentence) == (2, True)


def test_each_crisis_is_left_out_in_turn(brink: Brink, hot: str, tmp_path: Path) -> None:
    """With what it shares with the other, on one table each."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "scenario.yaml").write_text(HOT.replace("id: small-crisis", "id: other-crisis"))
    (other / "history.yaml").write_text(EARLY)
    answer = brink("calibrate", hot, "other", "--over", "over.yaml", *SIZE, "--leave-one-out")
    assert answer.code == 0, answer.err
    for name in ("other-crisis", "small-crisis"):
        assert f"fitted to {name} alone: 20 design points" in " ".join(answer.out.split())
    told = brink("calibrate", hot, "other", "--over", "over.yaml", *SIZE, "--leave-one-out", "--json").json
    assert [one["fitted_to"] for one in told["crises"]] == [["other-crisis"], ["small-crisis"]]
    kept = brink("calibrate", hot, "other", "--over", "over.yaml", "--leave-one-out", "--out", "p.json")
    assert (kept.code, "leave out --out" in kept.sentence) == (2, True)
    alone = brink("calibrate", hot, "--over", "over.yaml", *SIZE, "--leave-one-out")
    assert (alone.code, "name several scenarios" in alone.sentence) == (1, True)
    own = OVER.replace("path: actions.declare.tempo", "every: tempo\n    scenario: small-crisis")
    (tmp_path / "over.yaml").write_text(own.replace("[7, 280]", "[0.5, 2]"))
    apart = brink("calibrate", hot, "other", "--over", "over.yaml", *SIZE, "--leave-one-out")
    assert (apart.code, "shares no number with the others" in apart.sentence) == (1, True)
    both = brink("calibrate", hot, "other", "--over", "over.yaml", *SIZE)
    assert both.code == 0 and "other-crisis: actions.warn.tempo" in both.out


def test_what_is_wrong_is_told_at_its_line(brink: Brink, hot: str, tmp_path: Path) -> None:
    """An unknown path with the nearest spelling, an empty range, a scenario named twice, a file that is not there."""
    (tmp_path / "over.yaml").write_text(OVER.partition("  pace:")[0].replace("declare.tempo", "declare.temp"))
    unknown = brink("calibrate", hot, "--over", "over.yaml", *SIZE)
    assert unknown.code == 1
    assert (
        unknown.err.startswith("over.yaml:5:11: error: numbers.wait.path.0:") and 'did you mean "tempo"?' in unknown.err
    )
    (tmp_path / "over.yaml").write_text(OVER.partition("  pace:")[0].replace("[7, 280]", "[7, 7]"))
    empty = brink("calibrate", hot, "--over", "over.yaml", *SIZE)
    assert (empty.code, "the lower end 7 is not below the upper end 7" in empty.err) == (1, True)
    (tmp_path / "history.yaml").write_text("history_format: 1\nentries: []\n")
    nothing = brink("calibrate", hot, "--over", "over.yaml", *SIZE)
    assert (nothing.code, "has no targets" in nothing.sentence) == (1, True)
    twice = brink("calibrate", "cuba-1962", "cuba-1962", "--over", "over.yaml")
    assert (twice.code, "cuba-1962 is named twice" in twice.sentence) == (2, True)
    nowhere = brink("calibrate", "cuba-1962", "--over", "nowhere.yaml")
    assert (nowhere.code, "nowhere.yaml: there is no such file" in nowhere.sentence) == (2, True)


def test_ctrl_c_leaves_nothing_behind(brink: Brink, hot: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever has been tried by then."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "posterior_file", stopped)
    answer = brink("calibrate", hot, "--over", "over.yaml", *SIZE, "--out", "p.json")
    assert (answer.code, answer.err) == (130, "brink: interrupted\n")
    assert not (tmp_path / "p.json").exists()
