"""Results that no model has made: columns that a test writes down, so that the right answer is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from engine.batch.storage.results import Results

ENDINGS = {"war": "War", "peace": "Peace"}


def made_up(
    designs: Mapping[str, Sequence[Any]],
    columns: Mapping[str, Any],
    runs: int,
    endings: Sequence[str] | None = None,
    seed: int = 1,
    levers: Mapping[str, Mapping[str, str]] | None = None,
    days: Sequence[float] | np.ndarray[Any, Any] | None = None,
) -> Results:
    """So many runs at each point; each column has one number for each run, point after point (nan is none)."""
    points = len(next(iter(designs.values()))) if designs else 1
    table = {
        "point": np.repeat(np.arange(points, dtype=np.uint32), runs),
        "run": np.tile(np.arange(runs, dtype=np.uint64), points),
        "ending": pl.Series(endings or ["peace"] * points * runs, dtype=pl.Enum(list(ENDINGS))),
        "day": np.full(points * runs, 7.0) if days is None else np.asarray(days, dtype=np.float64),
        **{name: pl.Series(np.asarray(values, dtype=np.float64)).fill_nan(None) for name, values in columns.items()},
    }
    kinds = {"first_": "first", "score_": "score"}
    said = {
        name: next((kind for start, kind in kinds.items() if name.startswith(start)), "outcome") for name in columns
    }
    described = {
        lever: {"choices": {c: {"title": t} for c, t in choices.items()}} for lever, choices in (levers or {}).items()
    }
    manifest = {
        "status": "complete",
        "scenario": {
            "id": "made-up",
            "title": "Made up",
            "content": {"start": "2007-11-20", "actors": {}, "expect": []},
        },
        "experiment": {"content": {"levers": described}},
        "seed": seed,
        "points": points,
        "runs": runs,
        "endings": ENDINGS,
        "actors": {name.removeprefix("score_"): name for name, kind in said.items() if kind == "score"},
        "outcomes": {},
        "columns": {
            "point": {"kind": "point", "title": "design point"},
            "run": {"kind": "run", "title": "run"},
            "ending": {"kind": "ending", "title": "ending"},
            "day": {"kind": "day", "title": "day"},
            **{name: {"kind": kind, "title": name} for name, kind in said.items()},
        },
    }
    points_table = pl.DataFrame({"point": pl.Series(range(points), dtype=pl.UInt32), **designs})
    failures = pl.DataFrame(schema={"point": pl.UInt32, "message": pl.String})
    return Results(manifest, points_table, pl.DataFrame(table).lazy(), failures)
