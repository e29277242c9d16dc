"""What a part's file says beside its rows: read again, and held against what the part may say."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

from engine.batch.running.making import Notes
from engine.batch.storage.entries import PartEntry
from engine.batch.storage.rows import NOTES
from engine.batch.storage.tables import unreadable
from engine.scenario.models import Scenario


def notes_in(path: Path, entry: PartEntry, scenario: Scenario) -> Notes | None:
    """The notes of a part; None where there are none, or not those of this part."""
    notes = written_notes(path)
    return notes if notes is not None and fit(notes, entry, scenario) else None


def written_notes(file: Path | BytesIO) -> Notes | None:
    """The notes in a file of runs; None where there are none."""
    import polars as pl

    try:
        return Notes.read(json.loads(pl.read_parquet_metadata(file)[NOTES]))
    except unreadable(KeyError, ValueError, RecursionError):
        return None


def fit(notes: Notes, entry: PartEntry, scenario: Scenario) -> bool:
    """Whether notes count the runs of a part: each of its design points once, as run or as failed."""
    points = [tally.point for tally in notes.tallies]
    failed = [point for point, _ in notes.failures]
    is_in_order = points == sorted(points)
    return (
        is_in_order
        and sorted([*points, *failed]) == list(range(entry.first_point, entry.first_point + entry.points))
        and all(
            len(tally.endings) == len(scenario.endings)
            and sum(tally.endings) == entry.runs
            and len(tally.expectations) == len(scenario.expect)
            and all(counted.held <= counted.of <= entry.runs for counted in tally.expectations)
            for tally in notes.tallies
        )
    )
