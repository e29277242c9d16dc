"""What an installed game has to do: from another folder, without a network, with a HOME that can't be used."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SCRIPT = """
import pickle
import brinkmanship as bm
assert bm.scenarios() == ("cuba-1962", "kosovo-2007", "suez-1956", "vienna-2015")
results = bm.batch("cuba-1962", 5, vary={"issues.war.start": [10, 30]})
assert results.table().height == 10
game = bm.play("cuba-1962", policies={"us": "greedy"})
game.step({"ussr": "hold"})
assert pickle.loads(pickle.dumps(game)).play().ending == game.play().ending
print("script:", bm.summary(results).endings.height, "rows,", game.ending)
"""

COMMANDS: Sequence[tuple[Sequence[str], str]] = (
    (("list",), "kosovo-2007"),
    (("check", "kosovo-2007"), "quotes found word for word"),
    (("batch", "cuba-1962", "--runs", "20", "--out", "out"), "20 runs"),
    (("new", "mine"), "a new scenario"),
)
"""Each command, and what it prints among other things."""

MORE: Sequence[tuple[Sequence[str], str]] = (
    (("show", "suez-1956"), "Suez"),
    (("run", "cuba-1962"), "1962"),
    (("summary", "out"), "20 runs"),
    (("export", "out", "tables"), "written: tables/runs.csv"),
    (("new", "copy", "--from", "kosovo-2007"), "a new scenario"),
    (("check", "copy"), "quotes found word for word"),
    (("docs",), "# Reference"),
    (("schema", "experiment"), "json-schema"),
    (("completion", "bash"), "_shtab_brink"),
    (("doctor", "--json"), '"ok": true'),
    (("report", "out", "--figures", "fig"), "The report is in report.html"),
)
"""What is tried besides in an environment of its own, with the extra for reports."""


def offline() -> Sequence[str]:
    """What comes before a command so that it has no network, where this system lets us."""
    alone = ("unshare", "--net", "--map-root-user")
    allowed = (
        shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True, check=False).returncode == 0
    )
    return alone if allowed else ()


def use(bin_: Path, folder: Path, is_whole: bool) -> list[str]:
    """Use the game whose commands lie in ``bin_``, in a folder; gives what went wrong."""
    # a checkout on the path would hide what the wheel lacks
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL")}
    environment = {**kept, "HOME": "/proc/nohome", "COLUMNS": "80"}
    wrong = []
    for words, said in (*COMMANDS, *(MORE if is_whole else ())):
        own = {**environment, "BRINK_HOME": str(folder / "home")} if words[0] == "doctor" else environment
        wrong += called([*offline(), str(bin_ / "brink"), *words], folder, own, said)
    play = [*offline(), str(bin_ / "brink"), "play", "cuba-1962", "--plain", "--as", "us"]
    wrong += called(play, folder, {**environment, "BRINK_HOME": str(folder / "home")}, "Cuba", "q\n")
    return wrong + called([*offline(), str(bin_ / "python"), "-c", SCRIPT], folder, environment, "script:")


def called(command: Sequence[str], folder: Path, environment: dict[str, str], said: str, typed: str = "") -> list[str]:
    """What is wrong with the answer of a command."""
    done = subprocess.run(
        command, cwd=folder, env=environment, input=typed, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode == 0 and said in done.stdout and "Traceback" not in done.stderr:
        return []
    return [f"{' '.join(command)}: exit {done.returncode}\n{done.stdout[-800:]}\n{done.stderr[-800:]}"]
