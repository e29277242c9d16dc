"""The commands of an author: begin, prove, look over, compare."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli.schemas import SCHEMAS
from tests.cli.conftest import Answer, Brink
from tests.scenario.minimal import MINIMAL, replaced

CASE = """\
cases:
  lone:
    title: Kosovo declares, and nobody stirs
    seats: {kosovo: {2007-12-11: declare}}
    otherwise: hold
    then: [{at: 2007-12-18, holds: declared}, {holds: status > 90}]
"""
"""A case whose second claim does not hold."""


@pytest.fixture
def crisis(brink: Brink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new scenario in the working folder."""
    monkeypatch.chdir(tmp_path)
    assert brink("new", "strait").code == 0
    return "strait"


def written(folder: Path, text: str) -> str:
    """A scenario with this text in the working folder."""
    (folder / "other.yaml").write_text(text, encoding="utf-8")
    return "other.yaml"


def of_kind(answer: Answer, kind: str) -> list[dict[str, object]]:
    """The tests of one kind in a report for programs."""
    return [test for test in answer.json["tests"] if test["kind"] == kind]


@pytest.mark.slow
def test_a_new_scenario_can_be_used_at_once(brink: Brink, crisis: str) -> None:
    """Checked without a word, shown, run, played, tested, and looked over."""
    checked = brink("check", crisis)
    assert checked.code == 0
    assert "0 errors, 0 warnings" in checked.out
    for command in ("show", "run", "play"):
        answer = brink(command, crisis)
        assert answer.code == 0, command
        assert "The closed strait" in answer.out
    tested = brink("test", crisis, "--json")
    assert tested.code == 0
    assert {test["verdict"] for test in tested.json["tests"]} == {"pass"}
    looked_over = brink("dry-run", crisis, "--runs", 4000, "--paired", 0, "--json")
    assert looked_over.json["never"] == []


def test_new_says_what_it_wrote_and_what_comes_next(
    brink: Brink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file by its path, then commands."""
    monkeypatch.chdir(tmp_path)
    answer = brink("new", "a-crisis")
    for file in (path for path in Path("a-crisis").rglob("*") if path.is_file()):
        assert f"- {file}\n" in answer.out
    assert "brink check a-crisis" in answer.out


def test_new_is_refused_in_a_sentence(brink: Brink, crisis: str) -> None:
    """A bad name, a name that is taken, an origin that is not there; nothing is written."""
    assert "is there already" in brink("new", crisis).sentence
    assert 'such as "my-strait"' in brink("new", "My Strait").sentence
    assert "did you mean" in brink("new", "other", "--from", "kosovo-2008").sentence
    assert [path.name for path in Path().iterdir()] == ["strait"]


def test_tests_fail_with_exit_code_1(brink: Brink, small: str) -> None:
    """A case that fails names its first run, and the command that it prints shows that run."""
    answer = brink("test", written(Path(), MINIMAL + CASE), "--runs", 200)
    assert answer.code == 1
    assert "holds: status > 90: held in 0 of 20 runs, not in run 0" in " ".join(answer.out.split())
    command = "brink run other.yaml --seed 1 --run 0 --case lone"
    assert command in " ".join(answer.out.split())
    game = brink(*command.split()[1:])
    assert game.code == 0
    assert "Played as the case lone says" in game.out
    assert "Kosovo declares independence" in game.out
    assert brink("test", small, "--runs", 200).code == 0


def test_a_broken_invariant_can_be_seen(brink: Brink, tmp_path: Path, small: str) -> None:
    """By the command that is printed with its first run and day."""
    broken = replaced("never: recognised.us and not declared", "never: unrest > 0.42")
    answer = brink("test", written(tmp_path, broken), "--runs", 300, "--json")
    assert answer.code == 1
    (test,) = of_kind(answer, "never")
    assert test["verdict"] == "fail"
    words = str(test["command"]).split()
    day = str(test["notes"]).partition(", on ")[2].partition(";")[0]
    game = brink(*words[1:], "--json").json
    turn = [one["date"] for one in game["turns"]].index(day)
    assert game["turns"][turn]["values"]["unrest"] > 0.42
    assert all(earlier["values"]["unrest"] <= 0.42 for earlier in game["turns"][:turn])


def test_what_is_too_close_says_how_many_runs_would_tell(brink: Brink, tmp_path: Path, small: str) -> None:
    """It fails nothing; with so many runs there is a verdict."""
    share = brink("batch", small, "--runs", 2000, "--json").json["endings"][0]["share"]
    close = replaced("ending.independent, at_most: 0.99", f"ending.independent, at_most: {share + 0.03:.3f}")
    first = brink("test", written(tmp_path, close), "--runs", 100, "--json")
    assert first.code == 0
    (test,) = of_kind(first, "expect")
    assert test["verdict"] == "too close"
    assert isinstance(test["runs_needed"], int)
    assert 100 < test["runs_needed"] < 100_000
    assert f"about {test['runs_needed']:,} runs would tell" in str(test["notes"])


@pytest.mark.slow
def test_golden_playthroughs_are_written_kept_and_compared(brink: Brink, crisis: str) -> None:
    """Three games at first; a change of the rules shows in them, with the line and both texts."""
    assert of_kind(brink("test", crisis, "--json"), "golden") == []
    assert brink("test", crisis, "--update-goldens").out.count("written anew") == 3
    assert brink("test", crisis, "--update-goldens").out == "the golden playthroughs are as they were\n"
    (Path(crisis) / "golden" / "seed-3.txt").rename(Path(crisis) / "golden" / "seed-77.txt")
    tested = of_kind(brink("test", crisis, "--json"), "golden")
    assert [(test["name"], test["verdict"]) for test in tested] == [
        ("golden/seed-1.txt", "pass"),
        ("golden/seed-2.txt", "pass"),
        ("golden/seed-77.txt", "fail"),
    ]
    assert brink("test", crisis, "--update-goldens").out == "written anew: strait/golden/seed-77.txt\n"
    file = Path(crisis) / "scenario.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("turns more ships back", "turns back every ship"), encoding="utf-8"
    )
    answer = brink("test", crisis)
    assert answer.code == 1
    assert "turns back every ship" in answer.out
    assert "brink test strait --update-goldens" in answer.out


def test_a_scenario_without_tests_says_so(brink: Brink, tmp_path: Path, small: str) -> None:
    """Nothing is tested, and nothing fails."""
    text = MINIMAL[: MINIMAL.index("expect:")]
    answer = brink("test", written(tmp_path, text))
    assert (answer.code, "There is nothing to test" in " ".join(answer.out.split())) == (0, True)


def test_a_case_says_itself_who_sits_where(brink: Brink, small: str) -> None:
    """No other seats beside it, and no case that is not there."""
    assert "there is no case" in brink("run", small, "--case", "lone").sentence
    file = written(Path(), MINIMAL + CASE)
    assert 'did you mean "lone"?' in brink("run", file, "--case", "lonn").sentence
    assert "a case says itself" in brink("run", file, "--case", "lone", "--policy", "us=hold").sentence


def test_dry_run_tells_what_never_happens_and_what_is_best(brink: Brink, tmp_path: Path, small: str) -> None:
    """NEVER in capitals; each side with its best strategies; the same in JSON."""
    never = replaced("when: unrest > 0.25\n", "when: unrest > 0.999\n")
    answer = brink("dry-run", written(tmp_path, never), "--runs", 200, "--paired", 50)
    assert answer.code == 0
    assert "NEVER in 200 runs: clashes" in " ".join(answer.out.split())
    assert "NEVER" in next(line for line in answer.out.splitlines() if line.endswith("clashes"))
    assert "Russia  the best of" in answer.out
    report = brink("dry-run", "other.yaml", "--runs", 200, "--paired", 50, "--json").json
    assert report["never"] == ["event:clashes"]
    assert [side["actor"] for side in report["sides"]] == ["russia", "us"]
    assert all(one["interval"]["low"] is not None for side in report["sides"] for one in side["scored"])


def test_dry_run_repeats_the_reasons_that_the_scenario_states(brink: Brink, tmp_path: Path, small: str) -> None:
    """What has one is not told as a fault; what happens in spite of one is."""
    text = replaced("when: unrest > 0.25\n", "when: unrest > 0.999\n")
    stated = replaced("  clashes:\n", "  clashes:  # ok: never the guards are many\n", text)
    words = " ".join(brink("dry-run", written(tmp_path, stated), "--runs", 200, "--paired", 0).out.split())
    assert "never clashes the guards are many" in words
    assert "All else happened in some run." in words
    denied = replaced("  declare:\n", "  # ok: never nobody dares\n  declare:\n")
    answer = brink("dry-run", written(tmp_path, denied), "--runs", 200, "--paired", 0, "--json")
    assert answer.json["reasons"] == {"never": {"action:declare": "nobody dares"}, "dead": {}}
    words = " ".join(brink("dry-run", "other.yaml", "--runs", 200, "--paired", 0).out.split())
    assert "Happened, though the scenario says that it never does: declare." in words


def test_dry_run_tells_why_an_action_is_of_no_use(brink: Brink, tmp_path: Path, small: str) -> None:
    """With its reason where the scenario states one, and as something to look at where it does not."""
    costly = replaced("effects: [{when: target.is.us, add: {unrest: 0.02}}]", "effects: [{add: {status: 30}}]")
    told = brink("dry-run", written(tmp_path, costly), "--runs", 100, "--paired", 50).out
    assert "Of no use, and no reason stated: warn (russia)" in " ".join(told.split())
    stated = replaced("  warn:\n", "  # ok: dead it is a favour\n  warn:\n", costly)
    words = " ".join(brink("dry-run", written(tmp_path, stated), "--runs", 100, "--paired", 50).out.split())
    assert "no use warn (russia) it is a favour" in words
    assert "no reason stated: warn" not in words


def test_diff_tells_the_change_and_what_comes_of_it(brink: Brink, tmp_path: Path, small: str) -> None:
    """What was written before and now, and paired differences of the endings, also of one that is new."""
    text = replaced("tempo: 8w", "tempo: 9999w").replace(
        "  - {id: frozen,", "  - {id: uneasy, title: Uneasy, when: unrest > 0.35, at_end: true}\n  - {id: frozen,"
    )
    answer = brink("diff", small, written(tmp_path, text), "--runs", 400)
    assert answer.code == 0
    words = " ".join(answer.out.split())
    assert "2 differences in meaning: 1 added, 1 changed" in words
    assert "~ actions.declare.tempo Declare independence: tempo was 56d, now 69993d" in words
    report = brink("diff", small, "other.yaml", "--runs", 400, "--json").json
    endings = {d["name"]: d for d in report["comparison"]["differences"] if d["kind"] == "ending"}
    (time,) = (d for d in report["comparison"]["differences"] if (d["kind"], d["name"]) == ("time", "first_declared"))
    assert time["low"] > 0
    assert (endings["ending.uneasy"]["first"], endings["ending.uneasy"]["title"]) == (0, "Uneasy")
    assert brink("diff", small, "other.yaml", "--runs", 0, "--json").json["comparison"] is None


def test_diff_of_the_same_says_so(brink: Brink, tmp_path: Path, small: str) -> None:
    """Comments change nothing."""
    answer = brink("diff", small, written(tmp_path, f"# mine\n{MINIMAL}"), "--runs", 50)
    assert "They mean the same." in answer.out


@pytest.mark.slow
def test_schemas_are_printed_and_written(brink: Brink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One to the screen or a file, all into a folder; each is JSON of draft-07."""
    monkeypatch.chdir(tmp_path)
    for kind in SCHEMAS:
        assert brink("schema", kind).json["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert brink("schema", "--out", "one.json").out == "written: one.json\n"
    assert brink("schema", "all", "--out", "every").out.count("written: ") == len(SCHEMAS)
    assert json.loads(Path("one.json").read_text(encoding="utf-8")) == brink("schema").json
    assert "written into a folder" in brink("schema", "all").sentence


@pytest.mark.slow
def test_docs_are_printed_and_written(brink: Brink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same pages."""
    monkeypatch.chdir(tmp_path)
    printed = brink("docs").out
    assert brink("docs", "--out", "reference").code == 0
    for page in Path("reference").iterdir():
        assert page.read_text(encoding="utf-8").rstrip("\n") in printed
