"""Ways to damage a folder of results: its bytes, its files, what its manifest says, tables that are sealed again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from engine.batch.storage.doubt import sealed
from engine.batch.storage.tables import unreadable

MANIFEST = "manifest.json"

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 1.5, 1e308, 2**53, 2**64, -(2**70), 10**30),
    *("", "x", "0", "point", "../../etc/passwd", "a" * 5000, "\x1b[31m", "\u202e", "\x00", "part-000000.parquet"),
    *([], [[]], [0], {}, {"": 0}, {"kind": "score", "title": "x"}, [[[[[]]]]], {"size": 1, "sha256": "0" * 64}),
)
"""Values that stand where others should."""

NAMES = (
    *("part-000000 2.parquet", "part-000009.parquet", "part-000001.parquet.bak", ".hidden.parquet", "part-*.parquet"),
    *("PART-000000.PARQUET", "part-000000.parquet\n", "[x].parquet", "notes.txt", "part-000003.parquet"),
)
"""What files are called that somebody has put there."""

Damage = Callable[[Random, Path], None]


def files_of(folder: Path) -> list[Path]:
    """All plain files, in their order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def flip(dice: Random, folder: Path) -> None:
    """Some bytes of a file become others."""
    path = dice.choice(files_of(folder))
    content = bytearray(path.read_bytes())
    for _ in range(dice.choice((1, 1, 3, 200))):
        if content:
            content[dice.randrange(len(content))] ^= dice.randrange(1, 256)
    path.write_bytes(content)


def cut(dice: Random, folder: Path) -> None:
    """A file loses its end, its beginning or its middle, or gets something more."""
    path = dice.choice(files_of(folder))
    content, more = path.read_bytes(), dice.randbytes(dice.randrange(1, 90))
    place = dice.randrange(len(content) + 1)
    kept = dice.choice((content[:place], content[place:], content[:place] + content[place + 9 :], content + more, b""))
    path.write_bytes(kept)


def copy_in(dice: Random, folder: Path) -> None:
    """A file stands there a second time, in some folder and under some name."""
    place = folder / dice.choice(("", "runs", "trajectories", "trajectories/counts", "trajectories/runs", "new"))
    target = place / dice.choice(NAMES)
    if os.path.lexists(target) and (target.is_symlink() or not target.is_file()):
        return
    place.mkdir(parents=True, exist_ok=True)
    target.write_bytes(dice.choice(files_of(folder)).read_bytes())


def swap(dice: Random, folder: Path) -> None:
    """A file has the content of another."""
    one, other = (dice.choice(files_of(folder)) for _ in range(2))
    one.write_bytes(other.read_bytes())


def lose(dice: Random, folder: Path) -> None:
    """A file or a folder is gone."""
    path = dice.choice(sorted(folder.rglob("*")))
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def no_file(dice: Random, folder: Path) -> None:
    """In the place of a file, or beside one, is a link, a pipe, a device or a folder."""
    path = dice.choice(files_of(folder))
    if dice.random() < 0.3:
        path = path.with_name(dice.choice(NAMES))
    path.unlink(missing_ok=True)
    match dice.randrange(6):
        case 0:
            os.mkfifo(path)
        case 1:
            path.mkdir()
        case kind:
            target = ("/dev/zero", "/dev/full", path.name, str(dice.choice(sorted(folder.parent.rglob("*")))))[kind - 2]
            path.symlink_to(target)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every path in a manifest."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inside:
        yield (*path, key)
        yield from places(child, (*path, key))


def reword(dice: Random, folder: Path) -> None:
    """A manifest says something else somewhere: near its top as often as deep in the scenario."""
    content = content_of(folder)
    if content is None:
        return
    for _ in range(dice.choice((1, 1, 1, 3))):
        found = list(places(content))
        if not found:
            break
        depth = dice.randrange(1, 1 + max(map(len, found)))
        *above, last = dice.choice([path for path in found if len(path) <= depth])
        holder: Any = content
        for key in above:
            holder = holder[key]
        match dice.randrange(5):
            case 0:
                del holder[last]
            case 1 if isinstance(holder, dict):
                holder[dice.choice(("x", "", "kind", "title", "point"))] = dice.choice(ODD)
            case 2 if isinstance(holder, list):
                holder.insert(last, holder[dice.randrange(len(holder))])
            case _:
                holder[last] = dice.choice(ODD)
    if dice.random() < 0.5 and isinstance(content, dict):
        rehash(content)
    (folder / MANIFEST).write_text(json.dumps(content))


def rehash(content: dict[str, Any]) -> None:
    """The scenario of a manifest has the hash of what it says, and the manifest its seal."""
    scenario = content.get("scenario")
    if isinstance(scenario, dict) and "content" in scenario:
        text = json.dumps(scenario["content"], separators=(",", ":"))
        scenario["hash"] = hashlib.sha256(text.encode()).hexdigest()
    content["seal"] = sealed(content)


def content_of(folder: Path) -> Any:
    """What a manifest says; None where it can't be told."""
    path = folder / MANIFEST
    try:
        return json.loads(path.read_bytes()) if path.is_file() and not path.is_symlink() else None
    except (ValueError, OSError):
        return None


def forge(dice: Random, folder: Path) -> None:
    """A table holds something else, and the manifest has its digest."""
    content, tables = content_of(folder), [path for path in files_of(folder) if path.suffix == ".parquet"]
    if not isinstance(content, dict) or not tables:
        return
    path = dice.choice(tables)
    try:
        frame, notes = pl.read_parquet(path, glob=False), dict(pl.read_parquet_metadata(path))
    except unreadable():
        return
    frame = changed(dice, frame)
    said = notes.get("brinkmanship", "null")
    if dice.random() < 0.3:
        said = dice.choice(("null", "{", "[]", said.replace("1", "7"), said.replace("0", "-3"), '{"tallies":1}'))
    frame.write_parquet(path, metadata={"brinkmanship": said})
    seal(content, path.relative_to(folder), path.read_bytes())
    (folder / MANIFEST).write_text(json.dumps(content | {"seal": sealed(content)}))


def seal_damage(dice: Random, folder: Path) -> None:
    """Bytes of a table are damaged by chance, and the manifest has the digest of what came of it."""
    before = {path: path.read_bytes() for path in files_of(folder) if path.suffix == ".parquet"}
    dice.choice((flip, flip, cut, swap))(dice, folder)
    content = content_of(folder)
    if isinstance(content, dict):
        for path, was in before.items():
            if path.is_file() and path.read_bytes() != was:
                seal(content, path.relative_to(folder), path.read_bytes())
        (folder / MANIFEST).write_text(json.dumps(content | {"seal": sealed(content)}))


def changed(dice: Random, frame: pl.DataFrame) -> pl.DataFrame:
    """A table that is another."""
    column = dice.choice(frame.columns or ["x"])
    match dice.randrange(9):
        case 0:
            return frame.with_columns(pl.lit("x").alias(column))
        case 1:
            return frame.drop(column, strict=False)
        case 2:
            return frame.head(dice.randrange(frame.height + 1))
        case 3:
            return pl.concat([frame, frame.head(1)])
        case 4:
            return frame.sample(fraction=1.0, shuffle=True, seed=dice.randrange(99))
        case 5:
            return frame.with_columns(pl.lit(None).alias(column))
        case 6:
            return frame.rename({column: "other"}, strict=False)
        case 7 if column in frame.columns and frame.schema[column].is_numeric():
            return frame.with_columns((pl.col(column) + dice.choice((1, 1000))).cast(frame.schema[column]))
    return pl.DataFrame({"point": [0], "run": [0]})


def seal(content: dict[str, Any], name: Path, raw: bytes) -> None:
    """The manifest vouches for a file."""
    found = {"size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    for key in ("designs", "failures"):
        if str(name) == f"{key}.parquet":
            content[key] = found
    if str(name) == "trajectories/summary.parquet":
        content["summary"] = found
    for part in content.get("parts") or ():
        if isinstance(part, dict) and isinstance(part.get("files"), dict) and name.parent.as_posix() in part["files"]:
            is_it = isinstance(part.get("number"), int) and name.name == f"part-{part['number']:06d}.parquet"
            if is_it:
                part["files"][name.parent.as_posix()] = found


HONEST: tuple[Damage, ...] = (flip, cut, copy_in, swap, lose, no_file)
"""Damage of chance, after which no number may be another than was written."""

FORGED: tuple[Damage, ...] = (reword, forge, forge, seal_damage)
"""Damage on purpose, after which runs may hold other numbers, but be no others than the manifest lists."""
