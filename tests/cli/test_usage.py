"""Wrong usage gets one sentence and exit 2, help comes at once, and nothing ends in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import __version__
from engine.cli.arguments import COMMANDS
from tests.cli.conftest import Brink

ROOT = Path(__file__).resolve().parents[2]

SLOW = ("numpy", "pydantic", "rich", "mesa", "yaml", "pandas", "polars", "textual")
"""What nobody needs in order to be told which commands there are."""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rnu", "x"), 'there is no command "rnu", did you mean "run"?'),
        (("run",), "required: SCENARIO"),
        (("run", "kosovo"), 'there is no scenario "kosovo", did you mean "kosovo-2007"?'),
        (("check", "nowhere/scenario.yaml"), "nowhere/scenario.yaml: there is no such file"),
        (("check", "."), "is a folder without a scenario: did you mean small.yaml?"),
        (("show", "bad\0name"), r"bad\x00name: there is no such file"),
        (("dossier", "SMALL", "rusia"), 'there is no actor "rusia", did you mean "russia"?'),
        (("power", "SMALL", "counsil"), 'there is no institution "counsil", did you mean "council"?'),
        (("power", "SMALL", "council", "--on", "soon"), "--on soon: a day is written year-month-day, such as 2007-"),
        (("dossier", "SMALL", "zzz"), "`brink show small-crisis` lists them"),
        (("run", "SMALL", "--seat", "uss", "--orders", "o.yaml"), 'there is no actor "uss", did you mean "us"?'),
        (("run", "SMALL", "--seat", "us"), "each --seat ACTOR needs its --orders FILE"),
        (("run", "SMALL", "--policy", "us"), "write ACTOR=POLICY"),
        (("run", "SMALL", "--policy", "uz=hold"), 'there is no actor "uz"'),
        (("run", "SMALL", "--policy", "us=gredy"), 'there is no policy "gredy", did you mean "greedy"?'),
        (("run", "SMALL", "--policy", "us=hold", "--policy", "us=greedy"), "about us twice: us=hold and us=greedy"),
        (
            ("run", "SMALL", "--policy", "us=hold", "--seat", "us", "--orders", "o"),
            "--seat us and --policy us=hold both say",
        ),
        (("run", "SMALL", "--seat", "us", "--seat", "us", "--orders", "o"), "--seat is given twice: us and us"),
        (("batch", "SMALL", "--runs", "5", "--runs", "6"), "--runs is given twice: 5 and 6"),
        (("run", "SMALL", "--seed", "5", "--seed", "5"), "--seed is given twice: 5 and 5"),
        (("batch", "SMALL", "--runs", "9", "--out", "a", "--out", "b"), "--out is given twice: a and b"),
        (("sensitivity", "r", "--outcome", "a", "--at", "l=x", "--at", "l=y"), "--at is given about l twice: l=x and"),
        (("run", "SMALL", "--seed", "-1"), "a seed is a whole number from 0 to 18446744073709551615, not -1"),
        (("run", "SMALL", "--seed", str(2**64)), "a seed is a whole number from 0 to 18446744073709551615"),
        (("run", "SMALL", "--seed", "9" * 5000), "a seed is a whole number"),
        (("run", "SMALL", "--seed", "1_0"), "a seed is a whole number"),
        (("run", "SMALL", "--seed", "\x1b[31m"), r'not "\x1b[31m"'),
        (("run", "SMALL", "--run", "-1"), "a run is a whole number from 0"),
        (("run", "SMALL", "--bogus"), "--bogus"),
        (("run", "SMALL", "--js"), "--js"),
        (("batch", "SMALL"), "is required: --runs"),
        (("batch", "SMALL", "--runs", "0"), "the number of runs is a whole number from 1 to 10000000, not 0"),
        (("batch", "SMALL", "--runs", "10000001"), "the number of runs is a whole number from 1 to 10000000"),
        (("explain", "SMALL", "--turn", "10", "--actor", "us"), "has turns 0 to 9 (2007-11-20 to 2008-01-28)"),
        (("explain", "SMALL", "--turn", "2009-01-01", "--actor", "us"), "there is no turn 2009-01-01"),
        (("explain", "SMALL", "--turn", "-1", "--actor", "us"), "there is no turn -1"),
        (
            ("explain", "SMALL", "--turn", "9", "--actor", "us", "--seed", "1"),
            "another --run or --seed may last longer",
        ),
        (("explain", "SMALL", "--turn", "0", "--actor", "su"), 'there is no actor "su"'),
    ],
)
def test_wrong_usage_gets_one_sentence(brink: Brink, small: str, arguments: tuple[str, ...], words: str) -> None:
    """Exit 2, nothing on the standard output, and the nearest spelling where there is one."""
    answer = brink(*(small if argument == "SMALL" else argument for argument in arguments))
    assert answer.code == 2
    assert answer.sentence.startswith("brink: ")
    assert words in answer.sentence


def test_a_file_that_cannot_be_read_is_said_so(brink: Brink, small: str) -> None:
    """Saves, and orders, that are not there."""
    assert brink("replay", "nowhere.json").sentence == "brink: nowhere.json: no such save"
    answer = brink("run", small, "--seat", "us", "--orders", "nowhere.yaml")
    assert (answer.code, answer.sentence) == (2, "nowhere.yaml: error: can't be read: there is no such file")
    answer = brink("run", small, "--save", "nowhere/game.json")
    assert (answer.code, "can't be written" in answer.sentence) == (1, True)
    assert brink("run", small, "--save", "n" * 300).code == 1


def test_version_and_help(brink: Brink) -> None:
    """Both are fine, and each command has help of its own."""
    assert brink("--version").out == f"brink {__version__}\n"
    assert all(command in brink("--help").out for command in COMMANDS)
    assert brink().out == brink("--help").out
    for command in COMMANDS:
        answer = brink(command, "--help")
        assert (answer.code, answer.err) == (0, "")


def test_ctrl_c_is_130_and_no_traceback(brink: Brink, small: str, monkeypatch) -> None:
    """As other programs do."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.batch.count_plan", interrupted)
    answer = brink("batch", small, "--runs", 3)
    assert answer.code == 130
    assert answer.sentence.startswith("brink: interrupted; nothing is kept: with --out DIR")


def test_help_loads_nothing_slow() -> None:
    """So that it comes at once."""
    code = (
        "import sys\nfrom engine.cli import main\nmain(['--help'])\nprint(sorted(set(sys.argv[1:]) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *SLOW], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shell", "code"),
    [
        ('"$PYTHON" -m engine.cli show "$SMALL" | head -n 1', 0),
        ('"$PYTHON" -m engine.cli show "$SMALL" --json | true', 0),
        ('"$PYTHON" -m engine.cli check "$SMALL" | true', 0),
        ('"$PYTHON" -m engine.cli show "$SMALL" > /dev/full', 1),
        ('"$PYTHON" -m engine.cli list --json >&-', 0),
        ('"$PYTHON" -m engine.cli run "$SMALL" >&- 2>&- <&-', 0),
        ('PYTHONIOENCODING=ascii "$PYTHON" -m engine.cli show "$SMALL" > /dev/null', 0),
        ('"$PYTHON" -m engine.cli show "$(printf \'\\377\')"', 2),
    ],
)
def test_odd_outputs_end_in_an_exit_code_and_no_traceback(small: str, tmp_path: Path, shell: str, code: int) -> None:
    """A pipe that closes, a full disk, no output at all, an old encoding, a name that is no text."""
    environment = {**os.environ, "PYTHON": sys.executable, "SMALL": str(tmp_path / small), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell],
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1


@pytest.mark.slow
def test_colour_is_only_for_terminals(small: str, tmp_path: Path) -> None:
    """NO_COLOR is obeyed even where colour is forced; the words are the same."""
    outputs = []
    for extra in ({}, {"FORCE_COLOR": "1"}, {"FORCE_COLOR": "1", "NO_COLOR": "1"}):
        environment = {**os.environ, **extra, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "TERM": "xterm-256color"}
        command = [sys.executable, "-m", "engine.cli", "show", small]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=300
        )
        outputs.append(done.stdout)
    plain, coloured, sober = outputs
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert "[3" not in sober
