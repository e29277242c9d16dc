"""`brink forecast`: what may come, given what had happened by a day."""

from __future__ import annotations

import json

import pytest

from engine.cli import main


def test_it_tells_what_may_come(capsys: pytest.CaptureFixture[str]) -> None:
    """Endings with intervals, the likelihood of the record, and the same twice."""
    words = ["forecast", "kosovo-2007", "--until", "2007-11-28", "--worlds", "12", "--json"]
    assert main(words) == 0
    told = capsys.readouterr().out
    found = json.loads(told)
    assert sum(one["share"] for one in found["endings"].values()) == pytest.approx(1.0)
    assert [step["action"] for step in found["steps"]] == ["vow_to_annul"]
    assert found["likelihood"] < 0
    assert main(words) == 0
    assert capsys.readouterr().out == told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--until", "2009-01-01"], "kosovo-2007 goes from 2007-11-20 to"),
        (["--until", "yesterday"], "write a day as year-month-day"),
        (["--until", "2008-01-01", "--known", "nowhere.yaml"], "nowhere.yaml: there is no such file"),
        ([], "--until"),
    ],
)
def test_what_it_refuses(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In a sentence."""
    assert main(["forecast", "kosovo-2007", *words]) == 2
    assert said in capsys.readouterr().err
