"""Parcels of a cluster, damaged: a sentence, or the part that was asked for and nothing else."""

from __future__ import annotations

import hashlib
import io
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from engine.batch.running import arrival
from engine.batch.running.making import Job, Made, Maker
from engine.batch.running.parcel import WrongParcelError, pack, read
from engine.batch.running.parts import Part, cut
from tests.batch.batches import small_plan
from tests.fuzz.effort import cases, keeping, seed

RUNS = 4


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Two points, with trajectories."""
    folder = tmp_path_factory.mktemp("scenario")
    return Job(small_plan(folder, RUNS, vary=["values.unrest.start=0.1,0.3"]), trajectories="all")


def is_taken(content: bytes, part: Part, job: Job) -> Made | None:
    """The part, or nothing if it was refused."""
    try:
        made = read(content).made
        if made is not None:
            arrival.check(made, part, job)
    except WrongParcelError:
        return None
    return made


def bytes_changed(content: bytes, dice: random.Random) -> bytes:
    """Some flipped, cut out, doubled or put in."""
    changed = bytearray(content)
    for _ in range(dice.randint(1, 3)):
        at, size = dice.randrange(len(changed) + 1), dice.choice((0, 1, 1, 4, 200))
        changed[at : at + size] = dice.choice((b"", dice.randbytes(size), bytes(changed[at : at + 2 * size])))
    return bytes(changed)


STRANGE: tuple[Any, ...] = (None, True, -1, 0, 1.5, 10**30, "", "1", [], {}, [[]], {"tallies": []}, "\x1b[2J")


def json_changed(value: Any, dice: random.Random) -> Any:
    """One place within has something else in it, or is gone."""
    if isinstance(value, dict) and value and dice.random() < 0.85:
        key = dice.choice(list(value))
        rest = {name: inside for name, inside in value.items() if name != key}
        return rest if dice.random() < 0.1 else {**value, key: json_changed(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.85:
        at = dice.randrange(len(value))
        inside = [] if dice.random() < 0.1 else [json_changed(value[at], dice)]
        return [*value[:at], *inside, *value[at + 1 :]]
    return dice.choice(STRANGE)


def header_changed(content: bytes, dice: random.Random) -> bytes:
    """The header says something else."""
    end = 8 + int.from_bytes(content[:8], "big")
    told = json.dumps(json_changed(json.loads(content[8:end]), dice)).encode()
    return len(told).to_bytes(8, "big") + told + content[end:]


def with_file(made: Made, name: str, content: bytes) -> Made:
    """One of the files is another."""
    files: dict[str, Any] = {name: content}
    return replace(made, **files)


def table_changed(made: Made, dice: random.Random) -> Made:
    """Bytes of a table are others, and its digest fits; or the table is another."""
    name = dice.choice(("runs", "counts", "followed"))
    content: bytes = getattr(made, name)
    if dice.random() < 0.6:
        return with_file(made, name, bytes_changed(content, dice))
    table = pl.read_parquet(io.BytesIO(content))
    column, other = dice.choice(table.columns), dice.choice((pl.Int8, pl.String, pl.Float64, pl.Boolean))
    changed = dice.choice(
        (
            table.head(dice.randrange(len(table))),
            table.drop(column),
            table.with_columns(pl.lit(None, dtype=other).alias(column)),
            table.with_columns(pl.col(column).shuffle(dice.randrange(99))),
            table.sample(fraction=1.0, shuffle=True, seed=dice.randrange(99)),
        )
    )
    buffer = io.BytesIO()
    changed.write_parquet(buffer)
    return with_file(made, name, buffer.getvalue())


@pytest.mark.slow
def test_damaged_parcels_are_a_sentence(job: Job, tmp_path: Path):
    """Whatever is taken is of the runs that were asked for: the same of each ending, in the same rows."""
    part = next(cut(2, 0, RUNS))
    made = Maker(job).make(part)
    whole, dice = pack(made), random.Random(seed())
    names = pl.read_parquet(io.BytesIO(made.runs)).select("point", "run")
    for _ in range(cases(150)):
        content = dice.choice(
            (
                lambda: bytes_changed(whole, dice),
                lambda: header_changed(whole, dice),
                lambda: pack(table_changed(made, dice)),
            )
        )()
        with keeping("parcels", content):
            taken = is_taken(content, part, job)
            if taken is not None:
                assert pl.read_parquet(io.BytesIO(taken.runs)).select("point", "run").equals(names)
                assert [sum(tally.endings) for tally in taken.notes.tallies] == [RUNS] * 2
    assert hashlib.sha256(whole).digest() == hashlib.sha256(pack(made)).digest()
