"""`make editor-test` asks the real server: this fetches it with npm, once, or says in one sentence why it can't.

Without Node, npm or a network nobody can ask it, and the rest is tested all the same: the exit code is 0 in any case.
Whether there is a network is asked first, with no patience, for npm itself tries for minutes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.editor.server import SERVER

PACKAGE = "yaml-language-server@1.19.2"
"""In a version that runs on Node 18 and newer."""

ANSWER = 3.0
"""Seconds in which npm has to answer, its own start and a resolver of names that is silent counted in."""

INSTALL = 180.0
"""Seconds in which it has to be there."""

QUIET = ("--loglevel=error", "--fetch-retries=0", "--fetch-timeout=1000", "--no-update-notifier")


def reaches(package: str = PACKAGE) -> bool:
    """Whether npm gets an answer about a package now; what it knows from before doesn't count."""
    with tempfile.TemporaryDirectory() as empty:
        return _does("npm", "view", package, "version", *QUIET, "--cache", empty, seconds=ANSWER)


def fetch() -> str:
    """Installs the server where tests look for it; gives what stands in the way, or nothing."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "That needs Node and npm."
    if SERVER.exists():
        return ""
    if not reaches():
        return f"npm can't reach {PACKAGE}: is there a network?"
    print("Fetching what editors ask about YAML, once ...", file=sys.stderr)
    place = ("--prefix", str(SERVER.parents[3]), "--no-save", "--no-package-lock", "--no-audit", "--no-fund")
    if not _does("npm", "install", *place, "--loglevel=error", "--fetch-retries=1", PACKAGE, seconds=INSTALL):
        return f"npm could not fetch {PACKAGE}."
    return ""


def _does(*command: str, seconds: float) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False, cwd=Path(__file__).parent)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    if trouble := fetch():
        print(f"Not tested: what editors see. {trouble}", file=sys.stderr)
