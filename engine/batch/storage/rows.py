"""The rows of ``runs/``: one for each run, with the columns that follow from the scenario and the outcomes.

Everything here is a pure function of the runs that a part holds, so a part has the same bytes whoever makes it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.rules import Rules, World
from engine.rules.arrays import Numbers
from engine.rules.gauges import NEVER, AnyGauge, Since
from engine.scenario.models import Scenario

if TYPE_CHECKING:
    import polars as pl

NOTES = "brinkmanship"
"""The key under which a part keeps what does not fit into rows."""

LEVEL = 3
"""How hard zstd presses: more takes longer and gains nothing on numbers that are mostly chance."""

Block = dict[str, np.ndarray[Any, Any]]
"""Columns by name, each of shape (runs,)."""


@dataclass(frozen=True)
class Columns:
    """What a row holds."""

    scenario: Scenario
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """The title of each outcome, by its name."""

    @property
    def scored(self) -> tuple[str, ...]:
        """The actors that have stances, and so a score."""
        return tuple(actor for actor, is_ in self.scenario.actors.items() if is_.stances)

    @property
    def firsts(self) -> tuple[AnyGauge, ...]:
        """What finds the day on which each flag first was yes at the end of a pace; it may be no again later."""
        return tuple(Since(flag) for flag in self.scenario.flags)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in their order."""
        return tuple(self.titles)

    @property
    def titles(self) -> dict[str, dict[str, str]]:
        """What each column is, for whoever reads it: its kind, and a title where it has one."""
        s = self.scenario
        return {
            "point": {"kind": "point", "title": "design point"},
            "run": {"kind": "run", "title": "run"},
            "ending": {"kind": "ending", "title": "ending"},
            "day": {"kind": "day", "title": "days from the start to the ending"},
            "date": {"kind": "date", "title": "date of the ending"},
            **{name: {"kind": "outcome", "title": title} for name, title in self.outcomes.items()},
            **{f"score_{actor}": {"kind": "score", "title": s.actors[actor].title} for actor in self.scored},
            **{f"first_{flag}": {"kind": "first", "title": says} for flag, says in s.flags.items()},
        }

    def clashes(self) -> tuple[str, ...]:
        """Outcomes that are called like another column."""
        others = Columns(self.scenario).names
        return tuple(outcome for outcome in self.outcomes if outcome in others)

    def of(
        self, rules: Rules, world: World, points: Sequence[int], days: Numbers, outcomes: Mapping[str, Numbers]
    ) -> Block:
        """The columns of a world in which as many runs of each of some points stand side by side, and have closed.

        ``days`` say when each flag first was yes (see :attr:`firsts`): shape (flags, runs).
        """
        scores, days = rules.scores(world), np.where(days < NEVER, days, np.nan).astype(np.float32)
        number = rules.layout.actors
        return {
            "point": np.repeat(np.array(points, dtype=np.uint32), world.runs // len(points)),
            "run": world.draws.numbers,
            "ending": world.ending.astype(np.int32),
            "day": np.array(world.day, dtype=np.float64),
            **{outcome: np.asarray(outcomes[outcome], dtype=np.float64) for outcome in self.outcomes},
            **{f"score_{actor}": scores[number[actor]].astype(np.float32) for actor in self.scored},
            **{f"first_{flag}": days[number] for number, flag in enumerate(self.scenario.flags)},
        }

    def frame(self, blocks: list[Block]) -> pl.DataFrame:
        """The rows of blocks, by point and run, as a table; what never came about is null."""
        import polars as pl

        if not blocks:
            return pl.DataFrame(schema=self.schema())
        start = np.datetime64(self.scenario.start, "D")
        endings = pl.Series([ending.id for ending in self.scenario.endings], dtype=self.schema()["ending"])
        table: dict[str, Any] = {}
        together = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
        order = np.lexsort((together["run"], together["point"]))
        for name, found in together.items():
            values = found[order]
            if name == "ending":
                table[name] = endings.gather(values)
            else:
                table[name] = pl.Series(values)
            if values.dtype.kind == "f":
                table[name] = table[name].fill_nan(None)
            if name == "day":
                table["date"] = pl.Series(start + np.floor(values).astype("timedelta64[D]"))
        return pl.DataFrame(table).select(self.names)

    def schema(self) -> dict[str, Any]:
        """The type of each column."""
        import polars as pl

        types = {
            "point": pl.UInt32(),
            "run": pl.UInt64(),
            "ending": pl.Enum([ending.id for ending in self.scenario.endings]),
            "day": pl.Float64(),
            "date": pl.Date(),
        }
        of_kind = {"outcome": pl.Float64(), "score": pl.Float32(), "first": pl.Float32()}
        return {name: types.get(name) or of_kind[column["kind"]] for name, column in self.titles.items()}


def as_parquet(frame: pl.DataFrame, notes: object = None) -> bytes:
    """A table as the bytes of a Parquet file, which follow from its content alone, with notes beside the rows."""
    buffer = io.BytesIO()
    text = json.dumps(notes, separators=(",", ":"), sort_keys=True)
    frame.write_parquet(
        buffer,
        compression="zstd",
        compression_level=LEVEL,
        statistics=True,
        row_group_size=max(1, frame.height),
        metadata={NOTES: text},
    )
    return buffer.getvalue()
