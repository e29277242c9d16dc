"""Completion, asked of the shells themselves, where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli.arguments import COMMANDS
from engine.cli.arguments.installation import SHELLS
from tests.cli.conftest import Brink

BASH = """
source ./script
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
COMP_LINE="${{COMP_WORDS[*]}}"; COMP_POINT=${{#COMP_LINE}}
_shtab_brink 2>/dev/null
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
"""Asks bash for what may follow some words."""

ASKED = [
    ("brink ex", {"export", "explain"}),
    ("brink batch --exp", {"--experiment"}),
    ("brink run kos", {"kosovo-2007"}),
    ("brink schema exp", {"experiment"}),
    ("brink completion b", {"bash"}),
    ("brink summary res", {"results"}),
    ("brink export results --o", {"--overwrite"}),
]


@pytest.fixture
def here(tmp_path: Path, brink: Brink, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the scripts and something to complete, and `brink` on the path."""
    for shell in SHELLS:
        (tmp_path / shell).write_text(brink("completion", shell).out, encoding="utf-8")
    (tmp_path / "results").mkdir()
    bin_ = tmp_path / ".bin"
    bin_.mkdir()
    (bin_ / "brink").write_text(f'#!/bin/sh\nexec {sys.executable} -m engine.cli "$@"\n')
    (bin_ / "brink").chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return tmp_path


def answered(shell: str, code: str, folder: Path) -> set[str]:
    """What a shell prints."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    flags = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [shell, *flags, "-c", code], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.stderr == ""
    return {line.split("\t")[0].rstrip("/") for line in done.stdout.splitlines() if line}


@pytest.mark.slow
@pytest.mark.parametrize(("words", "wanted"), ASKED)
def test_bash_completes(here: Path, words: str, wanted: set[str]) -> None:
    """Commands, options, choices, scenarios by name, and files."""
    assert answered("bash", BASH.replace("script", "bash", 1).format(words=words), here) == wanted


@pytest.mark.slow
@pytest.mark.parametrize(("words", "wanted"), ASKED)
def test_fish_completes(here: Path, words: str, wanted: set[str]) -> None:
    """The same; fish may offer more, such as what is spelled alike."""
    assert wanted <= answered("fish", f'source fish; complete -C "{words}"', here)


def test_zsh_reads_the_script(here: Path) -> None:
    """Without a complaint, where its completions lie, and knows whose it is."""
    (here / "_brink").write_text((here / "zsh").read_text(encoding="utf-8"), encoding="utf-8")
    code = "zsh -n _brink; fpath=($PWD $fpath); autoload -U compinit; compinit -u -D; print ${_comps[brink]}"
    assert answered("zsh", code, here) == {"_brink"}


@pytest.mark.parametrize("shell", SHELLS)
def test_each_command_is_in_the_script(shell: str, brink: Brink) -> None:
    """Of each shell."""
    script = brink("completion", shell).out
    assert [name for name in COMMANDS if name not in script] == []


def test_a_shell_that_is_not_known_is_told(brink: Brink) -> None:
    """With those that are."""
    assert "'bash', 'zsh', 'fish'" in brink("completion", "csh").sentence
