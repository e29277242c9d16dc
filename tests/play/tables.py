"""A small crisis in which a seat may make two moves a turn, and games of it, for tests to play."""

from __future__ import annotations

from pathlib import Path

from engine.rules import Rules
from engine.rules.options import Option
from tests.scenario.minimal import edited, load, replaced

TWO_MOVES = edited(replaced("start: 0.2,", "start: 0.5,"), moves_per_turn="2")
"""Russia may warn from the first turn on, and twice in one."""

WARN_US, WARN_KOSOVO = Option("russia", "warn", "us"), Option("russia", "warn", "kosovo")
TABLE, RECOGNISE = Option("us", "table_resolution"), Option("us", "recognise")


def two_moves(folder: Path) -> Rules:
    """The rules of that crisis."""
    return Rules(load(folder, TWO_MOVES))
