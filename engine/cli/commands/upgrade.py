"""`brink upgrade`: a scenario in the format of today, shown as a diff, and written only where that is asked for."""

from __future__ import annotations

import difflib
import os
import shutil
from itertools import count
from pathlib import Path

from engine.cli.arguments import Arguments
from engine.cli.failures import UsageError, plain
from engine.files import write_whole
from engine.scenario.files import read_text
from engine.scenario.models import FORMAT
from engine.scenario.places import ScenarioPlace, find_scenario
from engine.scenario.problems import Problems, ScenarioError
from engine.scenario.upgrades import upgraded


def execute(arguments: Arguments) -> int:
    """Prints the diff; with `--in-place` writes the file and leaves the old text beside it."""
    try:
        place = find_scenario(arguments.scenario)
    except ScenarioError as error:
        raise UsageError(error.problems[0].message) from None
    problems = Problems(place.shown_as)
    old = read_text(place.file, problems)
    if old is None or problems.errors:
        raise ScenarioError(problems.in_order())
    new = upgraded(old, place.shown_as)
    if new == old:
        print(f"{plain(place.shown_as)}: is format {FORMAT} already, there is nothing to change")
        return 0
    show(place, old, new)
    if arguments.in_place:
        backup = keep(place.file)
        write_whole(place.file.resolve(), new.encode())
        shutil.copymode(backup, place.file)
        print(f"{plain(place.shown_as)}: is format {FORMAT} now; the old text is in {plain(backup.name)}")
    else:
        print(f"{plain(place.shown_as)}: nothing is written; --in-place writes it")
    return 0


def show(place: ScenarioPlace, old: str, new: str) -> None:
    """Prints what changes, line by line."""
    names = (place.shown_as, f"{place.shown_as} (format {FORMAT})")
    for line in difflib.unified_diff(old.split("\n"), new.split("\n"), *names, n=1, lineterm=""):
        print(plain(line.rstrip("\r")))


def keep(path: Path) -> Path:
    """A copy of a file under the first name that is free: FILE.bak, FILE.bak2, FILE.bak3 ..."""
    for number in count(1):
        backup = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        try:
            with path.open("rb") as source, backup.open("xb") as copy:
                shutil.copyfileobj(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
        except FileExistsError:
            continue
        shutil.copymode(path, backup)
        return backup
    raise AssertionError("there is always a free name")
