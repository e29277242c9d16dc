"""What kind of file or folder somebody has named, by what it holds, and which command is for it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from engine.files import TooLargeError, read_whole
from engine.scenario.encodings import decode
from engine.scenario.limits import LARGEST_FILE
from engine.scenario.places import SCENARIO_FILE
from engine.scenario.problems import Problems, quoted
from engine.scenario.signatures import signature

KEY = re.compile(r"^([A-Za-z_]\w*)[ \t]*:(?=\s|$)", re.MULTILINE)
"""A key at the margin of a YAML file."""

JSON_KEY = re.compile(r'"(\$?\w+)"\s*:')
SEPARATED = re.compile(r"[^,;\t\n]*(?:[,;\t][^,;\t\n]*)+")
PYTHON = re.compile(r"^(?:from [\w.]+ import |import \w|def \w+\()", re.MULTILINE)

MOST_NAMES = 2_000
"""Entries of a folder that are looked at."""


class Kind(Enum):
    """Kinds of files and folders, each as a sentence calls it."""

    SCENARIO = "a scenario"
    EXPERIMENT = "an experiment"
    CALIBRATION = "a calibration"
    ORDERS = "a file of orders"
    HISTORY = "a history"
    CODING = "a coder's file"
    INDEX = "an index of sources"
    SOURCES = "a folder of sources"
    RESULTS = "a folder of results"
    MANIFEST = "the manifest of a folder of results"
    SAVE = "a save"
    LOCK = "a locked forecast"
    CARD = "the values of a calibration card"
    POSTERIOR = "a posterior"
    SCHEMA = "a JSON Schema for editors"
    JSON = "a JSON file"
    TABLE = "a table (CSV)"
    PAGE = "a web page"
    PROGRAM = "a Python program"
    TEXT = "a plain text"
    FOREIGN = "no text"
    FOLDER = "a folder without a scenario"


ADVICE = {
    Kind.SCENARIO: "`brink run {path}` plays it, `brink batch {path} --out RESULTS` makes results of it",
    Kind.EXPERIMENT: "`brink batch SCENARIO --experiment {path}` runs it",
    Kind.CALIBRATION: "`brink calibrate SCENARIO --over {path}` fits its numbers to what happened",
    Kind.ORDERS: "`brink run SCENARIO --seat ACTOR --orders {path}` follows it",
    Kind.HISTORY: "`brink check {folder}` checks it with the scenario beside it",
    Kind.CODING: "`brink check {above}` checks it with the scenario beside it, `brink coders {above}` compares coders",
    Kind.INDEX: "`brink check {above}` checks it with the scenario that quotes them",
    Kind.SOURCES: "`brink check {folder}` checks it with the scenario that quotes them",
    Kind.RESULTS: "`brink summary {path}` sums it up",
    Kind.MANIFEST: "`brink summary {folder}` sums the folder up",
    Kind.SAVE: "`brink replay {path}` tells the game again",
    Kind.LOCK: "`brink score {path} --record FILE` scores it, once it is known what came",
    Kind.CARD: "`brink backtest SCENARIO --card {path} --overwrite` makes it anew",
    Kind.POSTERIOR: "`brink batch SCENARIO --posterior {path} --runs N` draws from it",
    Kind.SCHEMA: "editors check a scenario against it; `brink check SCENARIO` does so here",
    Kind.JSON: "no command reads it",
    Kind.TABLE: "an experiment names it, as design: {{csv: {name}}}, and `brink batch` runs that experiment",
    Kind.PAGE: "a browser shows it",
    Kind.PROGRAM: "`python {path}` runs it",
    Kind.TEXT: "as a source it is named in sources/index.yaml beside the scenario that quotes it",
    Kind.FOREIGN: "no command reads it",
    Kind.FOLDER: "a scenario's folder holds scenario.yaml; `brink new NAME` writes one, `brink list` names others",
}
"""Which command is for it."""


@dataclass(frozen=True)
class Recognised:
    """What a file or folder is."""

    path: Path
    kind: Kind
    title: str
    """What it is, as a sentence calls it."""
    near: str = ""
    """What in it was probably meant, where it is a folder with something else in it."""

    @property
    def advice(self) -> str:
        """Which command is for it, ready to be pasted but for names in capitals."""
        if self.near:
            return self.near
        words = {
            "path": self.path,
            "folder": self.path.parent,
            "above": self.path.parent.parent,
            "name": self.path.name,
        }
        return ADVICE[self.kind].format(**{key: shlex.quote(str(word)) for key, word in words.items()})

    def __str__(self) -> str:
        return f"{quoted(self.path, 200)[1:-1]} is {self.title}: {self.advice}"


def recognise(path: Path) -> Recognised | None:
    """What a file or folder is; None where there is none, or it can't be read, or nothing speaks for any kind."""
    try:
        if path.is_dir():
            return of_folder(path)
        if not path.is_file():
            return None
        raw = read_whole(path, LARGEST_FILE)
    except TooLargeError:
        return of_large(path)
    except (OSError, ValueError):
        return None
    return of_content(path, raw)


def of_folder(path: Path) -> Recognised | None:
    """What a folder is, by the names in it."""
    names = {entry.name for _, entry in zip(range(MOST_NAMES), path.iterdir(), strict=False)}
    if SCENARIO_FILE in names:
        return Recognised(path, Kind.SCENARIO, Kind.SCENARIO.value)
    if "manifest.json" in names:
        return Recognised(path, Kind.RESULTS, Kind.RESULTS.value)
    if "index.yaml" in names:
        return Recognised(path, Kind.SOURCES, Kind.SOURCES.value)
    return Recognised(path, Kind.FOLDER, Kind.FOLDER.value, meant_in(path, names))


def meant_in(path: Path, names: set[str]) -> str:
    """Which scenario in a folder was probably meant."""
    for name in sorted(names):
        inside = path / name
        if inside.suffix in (".yaml", ".yml") and inside.is_file() and kind_of(inside) is Kind.SCENARIO:
            return f"did you mean {shlex.quote(str(inside))}?"
        if (inside / SCENARIO_FILE).is_file():
            return f"did you mean {shlex.quote(str(inside))}?"
    return ""


def kind_of(path: Path) -> Kind | None:
    """What kind a file is, if that can be told."""
    found = recognise(path)
    return found.kind if found else None


def of_large(path: Path) -> Recognised | None:
    """What a file is that is too large to be read, by its first bytes."""
    with path.open("rb") as file:
        what = signature(file.read(64))
    return Recognised(path, Kind.FOREIGN, what) if what else None


def of_content(path: Path, raw: bytes) -> Recognised | None:
    """What a file is, by what it holds."""
    what = signature(raw)
    if what is not None:
        return Recognised(path, Kind.FOREIGN, what)
    text = decode(raw, Problems(str(path)))
    if text is None:
        return None
    kind = next((kind for tell in TELLERS if (kind := tell(text)) is not None), None)
    if kind is None and path.suffix in (".txt", ".md"):
        kind = Kind.TEXT
    return Recognised(path, kind, kind.value) if kind else None


def by_json(text: str) -> Kind | None:
    """What a JSON file is, by the keys near its beginning."""
    if not re.match(r"\s*\{\s*[\"}]", text):
        return None
    keys = set(JSON_KEY.findall(text[:20_000]))
    if "journal_format" in keys:
        return Kind.SAVE
    if "results_format" in keys:
        return Kind.MANIFEST
    if "lock_format" in keys:
        return Kind.LOCK
    if "card_format" in keys:
        return Kind.CARD
    if "posterior_format" in keys:
        return Kind.POSTERIOR
    return Kind.SCHEMA if "$schema" in keys else None if keys & {"scenario_format", "issues"} else Kind.JSON


def by_keys(text: str) -> Kind | None:
    """What a YAML file is, by its keys at the margin."""
    keys = set(KEY.findall(text))
    if "scenario_format" in keys or len(keys & {"issues", "actors", "actions", "endings", "start"}) > 1:
        return Kind.SCENARIO
    for kind, words in KEYS.items():
        if keys & words:
            return kind
    return None


KEYS = {
    Kind.CALIBRATION: {"calibration_format"},
    Kind.EXPERIMENT: {"experiment_format", "uncertainties", "levers"},
    Kind.HISTORY: {"history_format", "entries"},
    Kind.CODING: {"coding_format", "codes"},
    Kind.ORDERS: {"orders", "otherwise", "standing_votes"},
    Kind.INDEX: {"sources"},
}
"""Keys that only one kind of file has."""


def by_table(text: str) -> Kind | None:
    """A table: two lines or more with separators, and no key in them."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    is_table = len(lines) > 1 and all(SEPARATED.fullmatch(line) for line in lines) and not KEY.search(text)
    return Kind.TABLE if is_table else None


def by_markup(text: str) -> Kind | None:
    """A web page or a program."""
    if re.match(r"\s*<(?:!doctype html|html)", text, re.IGNORECASE):
        return Kind.PAGE
    return Kind.PROGRAM if PYTHON.search(text[:4_000]) and not KEY.search(text) else None


TELLERS: tuple[Callable[[str], Kind | None], ...] = (by_json, by_keys, by_table, by_markup)
"""By what a file is recognised, in turn."""
