"""All of it, in the order in which it is told."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator

import engine
from engine.cli.doctor.findings import Finding, State
from engine.cli.doctor.libraries import extras, libraries, trouble_with
from engine.cli.doctor.surroundings import folders, fonts, terminal
from engine.executors import NUMBA, NUMPY
from engine.installed import receipt
from engine.play.ahead.crew import own_cores
from engine.rules.machine.readiness import is_compiled
from engine.scenario.places import ABOVE, BUNDLED, SEEDS, is_checkout, list_scenarios

OLDEST = (3, 11)
"""The oldest Python that the game runs on."""


def look_over() -> Iterator[Finding]:
    """Everything that the game rests on."""
    yield from the_game()
    yield from libraries()
    yield from extras()
    yield from scenarios()
    yield from terminal()
    yield from folders()
    yield from fonts()


def the_game() -> Iterator[Finding]:
    """Its version, where it lies, and what runs it."""
    kept = receipt()
    how = "a checkout" if is_checkout() else f"installed{f' by {kept.split()[0]}' if kept else ''}"
    yield Finding("Game", "brinkmanship", f"{engine.__version__}, {how} in {ABOVE}")
    is_new_enough = sys.version_info[:2] >= OLDEST
    oldest = ".".join(map(str, OLDEST))
    yield Finding(
        "Game",
        "python",
        f"{platform.python_version()} ({sys.executable})",
        State.GOOD if is_new_enough else State.BROKEN,
        "" if is_new_enough else f"the game needs Python {oldest} or newer",
    )
    yield Finding("Game", "system", f"{platform.system()} {platform.machine()}, byte order {sys.byteorder}")
    processors = f"{own_cores()} of {os.cpu_count() or 1}; brink batch --workers N uses several"
    yield Finding("Game", "processors", processors)
    yield Finding("Game", "executor", _executor())


def _executor() -> str:
    """What works the rules out here."""
    if trouble_with(NUMBA):
        return f"{NUMPY}; no {NUMBA}, which the extra `fast` brings, and which is many times as fast"
    kept = "compiled on this machine" if is_compiled() else "compiled once, when it is first worth it"
    return f"{NUMBA}, {kept}; {NUMPY} until it is worth its loading"


def scenarios() -> Iterator[Finding]:
    """The crises that come with the game, and the articles that they quote."""
    names = list_scenarios()
    again = "the installation is not whole: install it again"
    says = ", ".join(names) or f"none in {BUNDLED}"
    yield Finding("Scenarios", "bundled", says, State.GOOD if names else State.BROKEN, "" if names else again)
    has_index = (SEEDS / "index.yaml").is_file()
    says = f"in {SEEDS}" if has_index else f"not in {SEEDS}"
    yield Finding("Scenarios", "articles", says, State.GOOD if has_index else State.BROKEN, "" if has_index else again)
