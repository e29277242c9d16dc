"""Orders, histories, sources and experiments' tables, each damaged as people and disks damage files: never a traceback.

Nor a hang over five seconds, nor a memory over 500 MB. Short in `make test`; `make fuzz` goes on for as long as it may.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.batch.design.spreadsheets import read_sheet
from engine.play.orders import OrdersError, read_orders
from engine.rules import Rules
from engine.scenario.kinds import recognise
from engine.scenario.load import load_scenario, read_history, sources_for
from engine.scenario.models import Scenario
from engine.scenario.places import ScenarioPlace, find_scenario
from engine.scenario.problems import Problem, Problems
from engine.scenario.sources import read_sources
from tests.fuzz.effort import cases, keeping, seed
from tests.scenario.minimal import write

LONGEST = 5.0
"""Seconds of processor that a file may take."""

LARGEST = 500 * 1024
"""Kilobytes of memory by which the process may grow."""

ORDERS = """\
orders:
  0: hold
  2007-12-11: recognise
  5: {move: table_resolution, votes: {table_resolution: no}}
  6: rule
otherwise: hold
standing_votes: {table_resolution: abstain}
"""
TABLE = "resolve;unrest\n0,5;1,25\n0,75;2\n1.900;٣\n"
INDEX = "sources:\n  memo: {file: memo.txt, date: 2007-12-01, title: A memo, publisher: Nobody}\n"
MEMO = "We know what we want. “They” don’t – and the café is shut.\n" * 20

PIECES = (
    *(
        "\t",
        "\u00a0",
        "\u3000",
        "\u200b",
        "\ufeff",
        "：",
        "，",
        "－",
        "“",
        "”",
        "’",
        "–",
        "−",
        "٣",
        "½",
        "\r",
        "\x00",
        "\x85",
    ),
    *(
        " #7",
        ": ",
        ":",
        "- ",
        "-",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "*a",
        "&a ",
        "!",
        "%",
        "@",
        "`",
        "|",
        ">",
        "---\n",
        "<<: ",
    ),
    *(
        "0,5",
        "1.900",
        "1 900",
        "15.02.2008",
        "yes",
        "NO",
        "~",
        "null",
        "1e999",
        "12:30",
        "0x1F",
        "\\",
        "\U0001f600",
        "=",
        ";",
    ),
)
"""What people type, paste and lose."""

CODECS = (
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "mac_roman",
    "cp1251",
    "shift_jis",
    "gb18030",
    "koi8_r",
)
"""How editors save."""


def damaged(dice: random.Random, text: str) -> bytes:
    """A text after a few slips, saved by some editor, perhaps on a failing disk."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(text) + 1)
        cut = dice.choice((0, 0, 1, 2, dice.randrange(40)))
        text = (
            text[:at]
            + dice.choice((*PIECES, text[at : at + 30], "")) * dice.choice((1, 1, 1, 2, 50))
            + text[at + cut :]
        )
    raw = text.encode(dice.choice(("utf-8", "utf-8", "utf-8", *CODECS)), "replace")
    for _ in range(dice.choice((0, 0, 0, 1, 3))):
        at = dice.randrange(len(raw) + 1)
        raw = raw[:at] + bytes([dice.randrange(256)]) + raw[at + dice.randrange(2) :]
    return raw[: dice.randrange(len(raw) + 1)] if dice.random() < 0.05 else raw


def try_damaged(name: str, text: str, read: Callable[[Path], object], path: Path, short: int) -> None:
    """Damages a text again and again; what it reads takes its time, and what it says can be shown."""
    dice, at_first = random.Random(f"{seed()} {name}"), peak()
    for _ in range(cases(short)):
        raw = damaged(dice, text)
        path.write_bytes(raw)
        with keeping(name, raw):
            begun = time.process_time()
            read(path)
            recognise(path)
            assert time.process_time() - begun < LONGEST
    assert peak() - at_first < LARGEST


def peak() -> int:
    """Kilobytes of memory that the process has come to."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def shown(problems: tuple[Problem, ...]) -> None:
    """Each problem is one line that a terminal can show."""
    for problem in problems:
        line = str(problem)
        assert "\n" not in line
        assert "\x1b" not in line


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The small scenario of the tests."""
    return load_scenario(write(tmp_path_factory.mktemp("small")), {})


def test_orders(small: Scenario, tmp_path: Path) -> None:
    """Orders are followed or refused."""
    rules = Rules(small)

    def read(path: Path) -> None:
        try:
            read_orders(path, rules, "us")
        except OrdersError as error:
            shown(error.problems)

    try_damaged("orders", ORDERS, read, tmp_path / "orders.yaml", 120)


def test_histories(tmp_path: Path) -> None:
    """A history is read or its findings are told."""
    bundled = find_scenario("kosovo-2007")
    scenario, sources = load_scenario("kosovo-2007"), sources_for(bundled, None)[0]
    text = bundled.file.with_name("history.yaml").read_text(encoding="utf-8")[:6_000]
    place = ScenarioPlace(tmp_path / "scenario.yaml", "scenario.yaml")
    text = text[: text.rindex("\n  - ")] + "\n"
    try_damaged(
        "histories", text, lambda _: shown(read_history(place, sources, scenario)[1]), tmp_path / "history.yaml", 30
    )


def test_indexes_of_sources(tmp_path: Path) -> None:
    """An index names its sources or its findings are told."""
    (tmp_path / "memo.txt").write_text(MEMO, encoding="utf-8")
    try_damaged("indexes", INDEX, lambda path: shown(read_sources(path.parent).problems), tmp_path / "index.yaml", 120)


def test_texts_of_sources(tmp_path: Path) -> None:
    """A text is read, or named by its encoding."""
    (tmp_path / "index.yaml").write_text(INDEX, encoding="utf-8")
    try_damaged("sources", MEMO, lambda path: shown(read_sources(path.parent).problems), tmp_path / "memo.txt", 60)


def test_tables(tmp_path: Path) -> None:
    """A table has a cell under each name, or says why not."""

    def read(path: Path) -> None:
        problems = Problems("t.csv")
        sheet = read_sheet(path.read_bytes().decode("utf-8", "replace"), problems)
        assert all(len(cells) == len(sheet.header) for _, cells in sheet.rows)
        shown(problems.in_order())

    try_damaged("tables", TABLE, read, tmp_path / "t.csv", 150)
