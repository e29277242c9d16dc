"""What a manifest says of each file: its name, what it covers, and the digest of its bytes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field

from engine.batch.running.parts import Part

DESIGNS, FAILURES = "designs.parquet", "failures.parquet"
RUNS, TRAJECTORIES, COUNTS = "runs", "trajectories", "counts"
SUMMARY_FILE = "summary.parquet"

WITH_RUNS, WITH_COUNTS, WITH_EVERY_RUN = RUNS, f"{TRAJECTORIES}/{COUNTS}", f"{TRAJECTORIES}/{RUNS}"
"""The folders that hold files of parts: their runs, what they add to the summary, and every run turn by turn."""

PART_FOLDERS = (WITH_COUNTS, WITH_EVERY_RUN, WITH_RUNS)
"""In the order in which the files of a part are written."""

SUMMARY = f"{TRAJECTORIES}/{SUMMARY_FILE}"

MOST_PIECES: Final = 5_000_000
"""Stretches of runs of single design points, over all parts."""

Number = Annotated[int, Field(ge=0, lt=2**53)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

CHECKED: Final = ConfigDict(strict=True, extra="forbid")


def part_name(number: int) -> str:
    """What the files of a part are called."""
    return f"part-{number:06d}.parquet"


@dataclass(frozen=True, slots=True)
class Seal:
    """How a file is known again."""

    __pydantic_config__ = CHECKED

    size: Number
    """In bytes."""
    sha256: Digest

    @classmethod
    def of(cls, content: bytes) -> Seal:
        """The seal of a file with this content."""
        return cls(len(content), hashlib.sha256(content).hexdigest())

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {"size": self.size, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class PartEntry:
    """A part that is there: the same runs of some design points that follow each other."""

    __pydantic_config__ = CHECKED

    number: Number
    first_point: Number
    points: Annotated[int, Field(ge=1, lt=2**53)]
    """How many design points, those that could not be run among them."""
    first_run: Number
    runs: Annotated[int, Field(ge=1, lt=2**53)]
    """How many runs of each point."""
    rows: Number
    """How many runs there are: fewer than points times runs where a point could not be run."""
    files: dict[str, Seal]
    """Its files, by the folder they lie in; all are called alike."""

    @classmethod
    def of(cls, part: Part, rows: int, files: dict[str, Seal]) -> PartEntry:
        """The entry of a part that has just been written."""
        first, number = part.pieces[0], part.number
        return cls(number, first.point, len(part.pieces), first.first, first.runs, rows, files)

    @property
    def name(self) -> str:
        """What its files are called."""
        return part_name(self.number)

    @property
    def last_run(self) -> int:
        """The run behind the last."""
        return self.first_run + self.runs

    def is_of(self, part: Part) -> bool:
        """Whether it stands for a part of the plan."""
        mine = (self.number, self.first_point, self.points, self.first_run, self.runs)
        first = part.pieces[0]
        return mine == (part.number, first.point, len(part.pieces), first.first, first.runs)

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "number": self.number,
            "first_point": self.first_point,
            "points": self.points,
            "first_run": self.first_run,
            "runs": self.runs,
            "rows": self.rows,
            "files": {folder: seal.plain() for folder, seal in self.files.items()},
        }


def troubles(parts: Iterable[PartEntry], points: int, runs: int, folders: set[str]) -> Iterator[str]:
    """What can't be true of the parts of a batch of so many design points and runs of each, in words."""
    parts = tuple(parts)
    if sum(part.points for part in parts) > MOST_PIECES:
        yield "it has more parts than any batch"
        return
    taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    before = -1
    for part in parts:
        if part.number <= before:
            yield f"part {part.number} is not behind part {before}"
        before = part.number
        if part.first_point + part.points > points or part.last_run > runs:
            yield f"part {part.number} has runs that were never asked for"
            return  # and maybe more points than can be counted
        if part.rows % part.runs or part.rows > part.points * part.runs:
            yield f"part {part.number} can't have {part.rows} runs"
        if set(part.files) != (folders if part.rows else {WITH_RUNS}):
            yield f"part {part.number} has other files than the batch"
        for point in range(part.first_point, part.first_point + part.points):
            taken[point].append((part.first_run, part.last_run))
    for point, stretches in taken.items():
        stretches.sort()
        if any(end > begin for (_, end), (begin, _) in pairwise(stretches)):
            yield f"two parts have the same runs of design point {point}"
            return
