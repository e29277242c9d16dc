"""A calibration as tables, for notebooks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.assessment.calibration.calibrating import Calibrated
from engine.assessment.calibration.plain import plain, posterior_file
from engine.assessment.errors import AssessmentError
from engine.files import why_not_written, write_whole
from engine.scenario.problems import shortened

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Calibration:
    """Numbers of scenarios fitted to what happened."""

    found: Calibrated

    def __repr__(self) -> str:
        return f"<Calibration of {self.found.search.over.title}: {len(self.found.search.fit.kept)} points kept>"

    @cached_property
    def values(self) -> dict[str, Any]:
        """Everything that ``brink calibrate --json`` tells."""
        return plain(self.found)

    @cached_property
    def posterior(self) -> pl.DataFrame:
        """A row for each point that is kept, a column for each number."""
        import polars as pl

        search = self.found.search
        kept = search.points[search.fit.kept]
        return pl.DataFrame({one.name: kept[:, place] for place, one in enumerate(search.over.numbers)})

    @cached_property
    def numbers(self) -> pl.DataFrame:
        """A row for each number: what it is now, what it might be, and its median and 90 % interval."""
        import polars as pl

        return pl.DataFrame(self.values["numbers"], infer_schema_length=None)

    @cached_property
    def diff(self) -> pl.DataFrame:
        """A row for each value of each scenario: what it is now, and what it would be."""
        import polars as pl

        return pl.DataFrame(self.values["diff"], infer_schema_length=None)

    @cached_property
    def scores(self) -> pl.DataFrame:
        """A row for each scenario, part and score: before, after, and how much better with its interval."""
        import polars as pl

        rows = [
            {
                "scenario": one["scenario"],
                "part": part["part"],
                "score": score["name"],
                "before": score["before"]["value"],
                "after": score["after"]["value"],
                **{
                    f"gain{end}": score["gain"][key] for end, key in (("", "value"), ("_low", "low"), ("_high", "high"))
                },
            }
            for one in self.values["scenarios"]
            for part in one["parts"]
            for score in part["scores"]
        ]
        return pl.DataFrame(rows, infer_schema_length=None)

    def write(self, file: str | PathLike[str]) -> Path:
        """Write the posterior, in the place of one that is there.

        Raises :class:`~engine.assessment.errors.AssessmentError` where it can't be written.
        """
        path = Path(file)
        try:
            write_whole(path, posterior_file(self.found, self.values).as_bytes())
        except (OSError, ValueError) as error:
            raise AssessmentError(f"{shortened(path, 200)} can't be written: {why_not_written(error)}") from None
        return path
