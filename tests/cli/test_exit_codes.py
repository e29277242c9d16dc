"""One rule for exit codes: 2 where the words of the command are wrong, 1 where what it reads is, for every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cli.arguments import COMMANDS
from tests.cli.conftest import Brink

WORDS: list[str] = [
    "show nowhere",
    "show nowhere/scenario.yaml",
    "check nowhere/scenario.yaml",
    "check --explain E9999",
    "check SMALL --baseline nowhere.txt",
    "check",
    "list --bogus",
    "dossier SMALL nobody",
    "odd nowhere",
    "power SMALL nobody",
    "power SMALL council --on someday",
    "coders SMALL",
    "coders nowhere",
    "run SMALL --orders nowhere.yaml --seat us",
    "run SMALL --case none",
    "run SMALL --policy us=none",
    "run SMALL --seed x",
    "run SMALL --seconds -1",
    "explain SMALL --turn 99 --actor us",
    "explain SMALL --turn 0 --actor nobody",
    "replay nowhere.json",
    "play --plain --load nowhere.json",
    "play SMALL --plain --level none",
    "play SMALL --level none",
    "play SMALL --as nobody",
    "play --as us",
    "play --load x.json --as us",
    "batch SMALL --runs 0",
    "batch SMALL --runs 5 --until 3",
    "batch SMALL --runs 5 --set nothing=1",
    "batch SMALL --runs 5 --set temperature=99",
    "batch SMALL --runs 5 --set temperature=0.1 --set temperature=0.1",
    "batch SMALL --runs 5 --vary nothing=1,2",
    "batch SMALL --runs 5 --vary temperature=1,1",
    "batch SMALL --experiment nowhere.yaml",
    "batch SMALL --experiment right.yaml --set temperature=0.1",
    "batch SMALL --experiment right.yaml --vary temperature=0.1,0.2",
    "compare nowhere nowhere",
    "compare SMALL --set nothing=1",
    "compare SMALL --experiment nowhere.yaml",
    "compare out --lever none",
    "summary nowhere",
    "sensitivity nowhere --outcome x",
    "sensitivity out --outcome nothing",
    "sensitivity out --outcome unrest_then --method none",
    "discover nowhere --when x",
    "discover out --when nothing",
    "calibrate SMALL",
    "calibrate nowhere --over right.yaml",
    "calibrate cuba-1962 --over nowhere.yaml",
    "calibrate cuba-1962 cuba-1962 --over right.yaml",
    "calibrate SMALL --over right.yaml --points 1",
    "calibrate SMALL --over right.yaml --leave-one-out --out p.json",
    "batch SMALL --runs 5 --posterior nowhere.json",
    "batch SMALL --posterior right.yaml --assumed 5",
    "backtest nowhere",
    "backtest SMALL --runs 1",
    "backtest SMALL --targets nowhere.yaml",
    "backtest SMALL --check nowhere.md",
    "forecast nowhere --until 2008-01-01",
    "forecast SMALL",
    "forecast SMALL --until 2008-01-01",
    "forecast SMALL --until someday",
    "forecast cuba-1962 --until 2008-01-01",
    "forecast cuba-1962 --until 1962-10-20 --worlds 0",
    "forecast cuba-1962 --until 1962-10-20 --known nowhere.yaml",
    "lock SMALL --targets nowhere.yaml",
    "score nowhere.json",
    "query nowhere select",
    "query out selct",
    "query out DELETE",
    "report nowhere",
    "test SMALL --runs 0",
    "dry-run nowhere",
    "diff SMALL nowhere",
    "upgrade nowhere",
    "new Bad-Name",
    "schema none",
    "docs --bogus",
    "doctor --bogus",
    "completion none",
    "export nowhere out.csv",
    "try",
]
"""Commands whose words are wrong."""

READ: list[str] = [
    "show broken.yaml",
    "check broken.yaml",
    "dossier broken.yaml us",
    "power broken.yaml council",
    "coders broken.yaml",
    "odd broken.yaml",
    "run broken.yaml",
    "run SMALL --orders broken.yaml --seat us",
    "run SMALL --save SMALL",
    "explain broken.yaml --turn 0 --actor us",
    "replay broken.yaml",
    "batch broken.yaml --runs 5",
    "batch SMALL --experiment broken.yaml",
    "batch SMALL --runs 5 --out broken.yaml",
    "compare SMALL --experiment broken.yaml",
    "compare broken.yaml --set temperature=0.1",
    "summary empty",
    "compare empty out",
    "sensitivity empty --outcome x",
    "discover empty --when x",
    "calibrate broken.yaml --over right.yaml",
    "calibrate SMALL --over right.yaml",
    "calibrate cuba-1962 --over broken.yaml",
    "calibrate SMALL --over right.yaml --out SMALL",
    "batch SMALL --runs 5 --posterior right.yaml",
    "backtest broken.yaml",
    "backtest SMALL",
    "backtest SMALL --targets broken.yaml",
    "forecast broken.yaml --until 2008-01-01",
    "forecast SMALL --until 2008-01-01 --known broken.yaml",
    "lock SMALL",
    "lock SMALL --out right.yaml",
    "score right.yaml",
    "query empty select",
    "report empty",
    "report out --out SMALL",
    "test broken.yaml",
    "dry-run broken.yaml",
    "diff SMALL broken.yaml",
]
"""Commands that read what is wrong, or can't write."""

RIGHT = """experiment_format: 1
scenario: small-crisis
runs: 3
set: {temperature: 0.2}
outcomes: {unrest_then: {at_end: unrest}}
"""


@pytest.fixture
def place(brink: Brink, small: str, tmp_path: Path) -> str:
    """A folder with a small scenario, results, and things that are none."""
    (tmp_path / "broken.yaml").write_text("nothing: right\n")
    (tmp_path / "right.yaml").write_text(RIGHT)
    (tmp_path / "empty").mkdir()
    assert brink("batch", small, "--experiment", "right.yaml", "--out", "out").code == 0
    return small


@pytest.mark.slow
def test_an_exit_code_says_whether_the_words_or_the_files_are_wrong(brink: Brink, place: str) -> None:
    """Each command of both lists; nothing ends in a traceback."""
    found = {line: brink(*line.replace("SMALL", place).split()) for line in (*WORDS, *READ)}
    wrong = {line: (answer.code, answer.err) for line, answer in found.items() if answer.code != (1 + (line in WORDS))}
    assert wrong == {}
    assert not any("Traceback" in answer.err for answer in found.values())


def test_every_command_is_tried() -> None:
    """In one of the lists."""
    assert {line.split()[0] for line in (*WORDS, *READ)} == set(COMMANDS)
