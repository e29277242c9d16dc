"""`make fuzz MINUTES=60`: every fuzzer, and every test of properties, with new inputs for so many minutes in all.

Rounds: whichever has had the least time goes next, alone in a process, with a seed that is printed; how much it tries
follows from how long its last round took. What fails is kept in the folder, with what pytest said, and its test has had
its turn; the others go on.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from tests.fuzz.effort import FOLDER, MINUTES, SEED

ROUND = 90.0
"""Seconds that a round is meant to take; what a process costs to start is little then."""

PATIENCE = 600.0
"""Seconds beyond its share after which a round is said to hang."""


@dataclass
class Fuzzer:
    """A test and the time that it has had."""

    test: str
    seconds: float = 0.0
    rounds: int = 0
    minutes: float = 0.0
    """What its next round is told; nothing, the first time, which is short and measures its speed."""
    failed: bool = False

    @property
    def name(self) -> str:
        """As a file may be called."""
        return re.sub(r"[^\w.-]+", "-", self.test.removeprefix("tests/")).strip("-")


class Finder:
    """Told by pytest which tests there are."""

    def __init__(self) -> None:
        self.tests: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Those that try inputs nobody wrote."""
        self.tests += [item.nodeid for item in items if is_fuzzer(item)]


def is_fuzzer(item: pytest.Item) -> bool:
    """Whether a test stands in tests/fuzz, is marked as one, or is one of hypothesis'."""
    is_one = item.nodeid.startswith("tests/fuzz/") or item.get_closest_marker("fuzz") is not None
    return is_one or bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


def found(places: list[str]) -> list[Fuzzer]:
    """All fuzzers of these files and folders."""
    finder = Finder()
    with redirect_stdout(StringIO()) as said:
        if pytest.main(["--collect-only", "-q", "-m", "", *places], plugins=[finder]):
            sys.exit(said.getvalue())
    return [Fuzzer(test) for test in finder.tests]


def play(fuzzer: Fuzzer, seed: int, left: float, folder: Path) -> None:
    """One round."""
    fuzzer.rounds += 1
    kept = folder / fuzzer.name
    told = {MINUTES: str(fuzzer.minutes), SEED: str(seed), FOLDER: str(kept)}
    plugins = ["-p", "no:cacheprovider", "-p", "tests.fuzz.profile"]
    command = [sys.executable, "-m", "pytest", *plugins, "-m", "", "--hypothesis-profile=fuzz"]
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [*command, f"--hypothesis-seed={seed}", fuzzer.test],
            env={**os.environ, **told},
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=max(ROUND, left) + PATIENCE,
        )
        words, fuzzer.failed = done.stdout + done.stderr, done.returncode != 0
    except subprocess.TimeoutExpired as late:
        words, fuzzer.failed = f"did not end in {late.timeout:.0f} s\n", True
    took = time.monotonic() - begun
    fuzzer.seconds += took
    share = min(ROUND, max(0.0, left - took)) / max(took, 0.1)
    fuzzer.minutes = max(0.05, fuzzer.minutes) * max(0.5, min(share, 20.0))
    if fuzzer.failed:
        kept.mkdir(parents=True, exist_ok=True)
        (kept / f"seed-{seed}.txt").write_text(words)


def run(fuzzers: list[Fuzzer], minutes: float, seed: int, folder: Path) -> None:
    """Rounds, until the time is up or everything has failed."""
    dice, end = random.Random(seed), time.monotonic() + 60 * minutes
    while time.monotonic() < end and (able := [fuzzer for fuzzer in fuzzers if not fuzzer.failed]):
        fuzzer = min(able, key=lambda fuzzer: fuzzer.seconds)
        share = max(0.0, 60 * minutes / len(fuzzers) - fuzzer.seconds)
        own = dice.randrange(2**32)
        play(fuzzer, own, min(share, end - time.monotonic()), folder)
        word = f"FAILED: {folder / fuzzer.name}" if fuzzer.failed else "nothing found"
        print(f"{fuzzer.seconds:6.0f} s  seed {own:<10}  {fuzzer.test}: {word}", flush=True)


def main() -> int:
    """The command; its exit code is 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("places", nargs="*", default=["tests"], help="files or folders of tests; all without it")
    parser.add_argument("--minutes", type=float, default=60.0, help="for how long in all (60)")
    parser.add_argument("--seed", type=int, default=None, help="to do the same again; without it another each time")
    parser.add_argument("--folder", type=Path, default=Path("fuzz-failures"), help="where failures are kept")
    asked = parser.parse_args()
    seed = random.SystemRandom().randrange(2**32) if asked.seed is None else asked.seed
    fuzzers = found(asked.places)
    print(f"{len(fuzzers)} fuzzers, {asked.minutes:g} minutes, seed {seed}", flush=True)
    run(fuzzers, asked.minutes, seed, asked.folder.resolve())
    failed = [fuzzer for fuzzer in fuzzers if fuzzer.failed]
    rounds = sum(fuzzer.rounds for fuzzer in fuzzers)
    print(f"{len(fuzzers) - len(failed)} passed, {len(failed)} failed, in {rounds} rounds")
    return 1 if failed or not fuzzers else 0


if __name__ == "__main__":
    sys.exit(main())
