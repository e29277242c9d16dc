"""Options in lines of text: one a line, many targets of one action together, and what one of them does at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.play.store import Store
from tests.scenario.minimal import MINIMAL
from tui.dialogue import Line
from tui.plain import PlainGame

pytestmark = pytest.mark.slow

MANY = ("turkey", "norway", "albania", "croatia")


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """The minimal scenario, with air thick enough for warnings, and four more states that may be warned."""
    more = "".join(f"  {name}: {{title: {name.title()}}}\n" for name in MANY)
    text = MINIMAL.replace("measures:\n", f"{more}measures:\n", 1).replace("start: 0.2, range", "start: 0.5, range", 1)
    text = text.replace("targets: [us, kosovo]", f"targets: [us, kosovo, {', '.join(MANY)}]", 1)
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def said(scenario: Path, *answers: str) -> list[str]:
    """What is told to somebody who sits in Russia's seat and answers so."""
    lines: list[str] = []
    waiting: Iterator[str] = iter(answers)

    def read() -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    game = PlainGame(Line(read, lines.append), Store(scenario.parent / "saves"))
    assert game.begin(str(scenario), 3, ("russia",), "student") == 0
    return lines


def test_many_targets_of_one_action_stand_together(scenario: Path) -> None:
    """The action is named once, and each target keeps the number by which it is chosen."""
    lines = said(scenario, "a", "2", "a")
    assert sum("Warn (the same as holding unless told):" in line for line in lines) == 2
    text = " ".join(line.strip() for line in lines)
    assert "1 United States, 2 Kosovo, 3 Turkey" in text
    assert "2 Kosovo (chosen)" in text
    assert any(line.startswith(" 0 Hold: do nothing this turn (chosen)") for line in lines)


def test_what_an_option_does_at_once_is_told(scenario: Path) -> None:
    """Besides its odds, the numbers of its effects; nothing of holding."""
    told = [line for line in said(scenario, "o 1", "o 0") if line.startswith("At once:")]
    assert told == ["At once: your score 0.00; Unrest +0.02"]


def test_news_of_a_turn_is_told_once(scenario: Path) -> None:
    """The report of a turn holds its news, and the next turn opens without them; n tells them again."""
    lines = said(scenario, "1", "e", "e", "n")
    report = lines.index("What happened in the turn from 20 November 2007")
    opening = next(n for n, line in enumerate(lines) if "turn 2/" in line)
    again = lines.index("The turn from 20 November 2007")
    assert report < opening < again
