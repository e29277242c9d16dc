"""What the how-tos say to write is right: each is followed on the scenario that `brink new` makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.batch import run
from engine.play.game import Game
from engine.rules import Rules
from engine.scenario.creation import create
from engine.scenario.load import check_scenario, load_scenario
from tests.docs.steps import TOP, blocks, follow

HOW_TO = TOP / "docs" / "how-to"

FOLLOWED = ("institution", "deadline", "cascade", "uncertain-stances", "evidence")


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLLOWED)
def test_what_a_how_to_adds_is_right_and_can_be_played(tmp_path: Path, name: str) -> None:
    """No error and no warning, and what is new takes part in games."""
    folder = tmp_path / "crisis"
    create(folder)
    before = load_scenario(folder, {})
    assert list(follow(HOW_TO / f"{name}.md", folder))
    assert [str(problem) for problem in check_scenario(folder, {}).problems] == []
    after = load_scenario(folder, {})
    assert after != before
    assert run(Rules(after), 50, seed=1).runs == 50
    game = Game(Rules(after), seed=1)
    game.play()
    assert game.is_over


@pytest.mark.parametrize("name", FOLLOWED)
def test_every_block_of_a_how_to_is_followed(name: str) -> None:
    """None is only for show."""
    text = (HOW_TO / f"{name}.md").read_text(encoding="utf-8")
    assert text.count("```yaml") + text.count("```text") == len(list(blocks(HOW_TO / f"{name}.md")))


def test_links_between_documents_lead_somewhere() -> None:
    """To files that there are."""
    for path in (TOP / "docs").rglob("*.md"):
        for target in (part.split(")")[0] for part in path.read_text(encoding="utf-8").split("](")[1:]):
            if "://" not in target and not target.startswith("#"):
                assert (path.parent / target.partition("#")[0]).exists(), f"{path.relative_to(TOP)}: {target}"
