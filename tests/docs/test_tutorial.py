"""Whoever follows the tutorial for authors has, after each step, a scenario that is right and can be played."""

from __future__ import annotations

from pathlib import Path

from engine.play.game import Game
from engine.rules import Rules
from engine.scenario.load import check_scenario, load_scenario
from tests.cli.conftest import Brink, brink
from tests.docs.steps import TOP, blocks, follow

TUTORIAL = TOP / "docs" / "start" / "author.md"

__all__ = ["brink"]


def test_each_step_can_be_checked_and_played(tmp_path: Path) -> None:
    """Only the first has a warning, of which the page speaks, and a game of each runs to an ending."""
    steps = 0
    for name in follow(TUTORIAL, tmp_path):
        if name == "scenario.yaml":
            steps += 1
            report = check_scenario(tmp_path, {})
            warned = [problem.message for problem in report.problems]
            assert warned == (["has no action to take"] if steps == 1 else []), f"step {steps}"
            assert not report.errors
            game = Game(Rules(load_scenario(tmp_path, {})), seed=1)
            game.play()
            assert game.ending is not None
    assert steps == 7


def test_the_finished_scenario_keeps_its_promises(tmp_path: Path, brink: Brink) -> None:
    """Each passes; everything happens; each side has a dominant option, as the page says; its commands work."""
    list(follow(TUTORIAL, tmp_path / "dam"))
    tested = brink("test", tmp_path / "dam", "--json").json
    assert {test["name"]: test["verdict"] for test in tested["tests"] if test["verdict"] != "pass"} == {}
    assert len(tested["tests"]) == 5
    looked_over = brink("dry-run", tmp_path / "dam", "--runs", 4000, "--json").json
    assert looked_over["never"] == []
    assert all(side["dominant"] for side in looked_over["sides"])
    assert brink("explain", tmp_path / "dam", "--turn", 3, "--actor", "tarn").code == 0
    assert "They mean the same." in brink("diff", tmp_path / "dam", tmp_path / "dam", "--runs", 10).out


def test_the_steps_are_all_found() -> None:
    """A block that a reader is to write has a line above it that says where."""
    text = TUTORIAL.read_text(encoding="utf-8")
    assert text.count("```yaml") + text.count("```text") == len(list(blocks(TUTORIAL)))
