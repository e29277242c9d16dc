"""Files of coders: read beside a scenario, checked against it, pooled, and held against what runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario.coding.compared import compare
from engine.scenario.coding.pooling import coded
from engine.scenario.kept import usable_scenario
from engine.scenario.load import check_scenario, load_scenario
from engine.scenario.places import BUNDLED
from tests.cli.conftest import Brink, brink
from tests.scenario.minimal import MINIMAL, replaced, uncoded, write

__all__ = ["brink"]

INDEX = "sources:\n  memo: {file: memo.txt, date: 2007-12-01, title: A memo}\n"
MEMO = "The talks go on and on. Nobody knows for how long they will; nobody asks."

ANNA = """\
coding_format: 1
how: from the memo alone
codes:
  - actor: us
    issue: status
    position: 80
    low: 70
    high: 90
    salience: 0.4
    source: memo
    quote: The talks go on and on
  - {actor: russia, issue: status, position: 10, salience: 0.6, source: memo, quote: nobody asks}
"""

BEN = """\
coding_format: 1
how: from the memo alone, too
codes:
  - {actor: us, issue: status, position: 90, salience: 0.6, source: memo, quote: The talks go on and on}
"""


def folder_with(tmp_path: Path, text: str = MINIMAL, **coders: str) -> Path:
    """The small scenario with one source and some coders."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "memo.txt").write_text(MEMO)
    (tmp_path / "sources" / "index.yaml").write_text(INDEX)
    (tmp_path / "coders").mkdir()
    for name, content in coders.items():
        (tmp_path / "coders" / f"{name}.yaml").write_text(content)
    write(tmp_path, text)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", None),
        ("actor: us", "actor: usa", '4:12: error: codes.0.actor: unknown actor "usa", did you mean "us"?'),
        (
            "issue: status",
            "issue: statsu",
            '5:12: error: codes.0.issue: unknown issue "statsu", did you mean "status"?',
        ),
        ("source: memo", "source: memmo", '10:13: error: codes.0.source: unknown source "memmo", did you mean "memo"?'),
        (
            "go on and on",
            "went on and on",
            "11:12: error: codes.0.quote: the quote does not stand in memo",
        ),
        ("position: 80", "position: 180", "4:5: error: codes.0: position lies between low and high"),
        ("high: 90", "high: 900", "8:11: error: codes.0.high: 900 is off the scale of status, 0 to 100"),
        ("salience: 0.4", "salience: 4", "9:15: error: codes.0.salience: should be at most 1, is the number 4"),
        ("actor: russia", "actor: us", "12:13: error: codes.1.actor: us on status is coded in line 4 already"),
        ("position: 10, salience: 0.6, ", "", "12:5: error: codes.1: a code needs a position or a salience"),
        ("quote: nobody asks", "quote: Nobody knows, prefix: Who", "12:"),
        ("high:", "hgih:", '8:5: error: codes.0.hgih: unknown key "hgih", did you mean "high"?'),
    ],
)
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, old: str, new: str, told: str | None) -> None:
    """With the nearest spelling, and as an error for which the scenario can't be used."""
    report = check_scenario(folder_with(tmp_path, anna=ANNA.replace(old, new, 1)), {})
    found = [uncoded(str(problem)) for problem in report.problems if "anna.yaml" in problem.file]
    if told is None:
        assert found == []
        assert list(report.coders) == ["anna"]
        return
    assert len(found) == 1, found
    assert f"coders/anna.yaml:{told}" in found[0]
    assert report.errors


def test_a_link_and_a_file_of_another_format_are_refused(tmp_path: Path) -> None:
    """A stranger's folder shows nothing that lies elsewhere."""
    folder = folder_with(tmp_path, ben=BEN.replace("coding_format: 1", "coding_format: 2"))
    (folder / "coders" / "link.yaml").symlink_to(folder / "scenario.yaml")
    lines = [str(problem) for problem in check_scenario(folder, {}).problems]
    assert any("ben.yaml" in line and "coding_format" in line for line in lines)
    assert any("link.yaml" in line and "it is a link to another file" in line for line in lines)


def test_a_position_that_no_coder_allows_is_hinted_at(tmp_path: Path) -> None:
    """The range is that of all coders together, with their own bounds; a remark accepts it."""
    folder = folder_with(tmp_path, replaced("position: 90", "position: 95"), anna=ANNA, ben=BEN)
    hints = {hint.where: hint for hint in check_scenario(folder, {}).hints}
    hint = hints["actors.us.stances.status.position"]
    assert hint.code == "I708"
    assert "95 lies outside what 2 coders allow: 70 to 90" in hint.message
    assert load_scenario(folder, {}).actors["us"].stances["status"].position == 95


def test_pooled_values_are_the_middle_and_the_range(tmp_path: Path) -> None:
    """A spread for which the range is the middle 95 %."""
    stance = coded(check_scenario(folder_with(tmp_path, anna=ANNA, ben=BEN), {}).coders)["us", "status"]
    pooled = stance.pooled("mean")
    assert (pooled.position, pooled.between, pooled.salience) == (85, (70, 90), 0.5)
    assert pooled.spread == pytest.approx(20 / 3.92)
    assert stance.pooled("median").position == 85


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ("position: 85, salience: 0.5, coders: mean", ""),
        ("position: 85.4, salience: 0.5, coders: median", ""),
        ("position: 84, salience: 0.5, coders: mean", "84 is not the mean of the coders, as coders says: that is 85"),
        ("position: 85, salience: 0.4, coders: mean", "0.4 is not the mean of the coders, as coders says: that is 0.5"),
        ("position: 85, salience: 0.5, coders: midian", 'is "median" or "mean"'),
    ],
)
def test_what_claims_to_be_pooled_has_to_be(tmp_path: Path, numbers: str, told: str) -> None:
    """What stands in the scenario runs, so the claim is checked; a rounded number is true."""
    text = MINIMAL.replace("position: 90", numbers.partition(", salience")[0])
    assert "salience: 0.5" in text
    rest = numbers.partition(", salience: ")[2]
    text = text.replace("salience: 0.5", f"salience: {rest}", 1)
    report = check_scenario(folder_with(tmp_path, text, anna=ANNA, ben=BEN), {})
    found = [problem.message for problem in report.errors]
    assert (found == []) if not told else any(told in message for message in found) or found, found


def test_nobody_has_coded_it(tmp_path: Path) -> None:
    """Then a stance can't be what coders say together."""
    text = replaced("position: 90", "position: 90, coders: median")
    (error,) = check_scenario(folder_with(tmp_path, text), {}).errors
    assert (error.code, error.message) == ("E709", "no coder has coded this stance")


def test_a_scenario_is_checked_again_when_a_coder_has_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept of a check does not outlive its files."""
    monkeypatch.setenv("BRINK_HOME", str(tmp_path / "home"))
    place = folder_with(tmp_path, anna=ANNA)
    usable_scenario(place)
    (place / "coders" / "anna.yaml").write_text(ANNA.replace("actor: us", "actor: usa"))
    with pytest.raises(Exception, match='unknown actor "usa"'):
        usable_scenario(place)


def test_kosovo_was_coded_twice_from_its_articles() -> None:
    """Every quote is proved; where the scenario leaves both coders, a remark says why."""
    report = check_scenario(BUNDLED / "kosovo-2007")
    assert list(report.coders) == ["coder-a", "coder-b"]
    assert not [problem for problem in report.problems if "coders/" in problem.file]
    assert report.scenario is not None
    found = compare(report.scenario, report.coders)
    hinted = {problem.where for problem in report.silenced if problem.code == "I708"}
    assert hinted == {f"actors.{out.stance.actor}.stances.{out.stance.issue}.position" for out in found.outside}
    assert found.agreed[0].position.units > 40


def test_brink_coders_tells_agreement_and_differences(brink: Brink, tmp_path: Path) -> None:
    """In words, for programs, and as stances to write; a scenario without coders says so."""
    folder = folder_with(tmp_path, anna=ANNA, ben=BEN)
    told = brink("coders", folder)
    assert told.code == 0
    assert "United States on Status, position: anna 80, ben 90" in told.out
    content = brink("coders", folder, "--json").json
    assert content["stances"][0]["mean"]["position"] == 85
    assert content["agreement"][0]["position"]["units"] == 1
    (louder,) = content["saliences_outside"]
    assert (louder["actor"], louder["salience"], louder["between"]) == ("russia", 0.9, [0.6, 0.6])
    pooled = brink("coders", folder, "--pool", "mean").out
    assert "  status: {position: 85, salience: 0.5, spread: 5.1, coders: mean}  # 70 to 90, anna, ben" in pooled
    assert "2 coders agree by Krippendorff's" in brink("check", folder).out
    checked = brink("check", folder / "coders" / "anna.yaml")
    assert checked.code == 0
    assert "a coder's file" in checked.out
    (folder / "coders" / "anna.yaml").unlink()
    (folder / "coders" / "ben.yaml").unlink()
    none = brink("coders", folder)
    assert (none.code, "has no coders" in none.err) == (2, True)


def test_a_copy_takes_its_coders_with_it(brink: Brink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the sources that they quote."""
    folder = folder_with(tmp_path, anna=ANNA)
    monkeypatch.chdir(tmp_path)
    assert brink("new", "copied", "--from", folder).code == 0
    report = check_scenario(tmp_path / "copied", {})
    assert (report.errors, list(report.coders)) == ((), ["anna"])
