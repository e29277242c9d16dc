"""A backtest as tables, for notebooks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.assessment.backtest import Backtest
from engine.assessment.card import card
from engine.assessment.plain import plain

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Backtested:
    """What a scenario forecast of what happened, beside baselines."""

    test: Backtest

    def __repr__(self) -> str:
        return f"<Backtest of {self.test.scenario.id}: {len(self.test.questions)} questions, {self.test.runs} runs>"

    @cached_property
    def values(self) -> dict[str, Any]:
        """Everything that ``brink backtest --json`` tells."""
        return plain(self.test)

    @cached_property
    def scores(self) -> pl.DataFrame:
        """A row for each part, score and forecaster; the ends of the interval are null where the score is exact."""
        import polars as pl

        rows = [
            {"part": part["part"], "score": score["name"], **one}
            for part in self.values["parts"]
            for score in part["scores"]
            for one in score["of"]
        ]
        return pl.DataFrame(rows, infer_schema_length=None)

    @cached_property
    def gaps(self) -> pl.DataFrame:
        """A row for each part and score: how much better than the best baseline, with the interval of that."""
        import polars as pl

        parts = self.values["parts"]
        rows = [{"part": p["part"], "score": s["name"], **s["gap"]} for p in parts for s in p["scores"]]
        return pl.DataFrame(rows, infer_schema_length=None)

    @cached_property
    def answers(self) -> pl.DataFrame:
        """A row for each question: what came, and what the rule said of it; ends and middles as text."""
        import polars as pl

        told = ("target", "about", "kind", "part", "came", "runs", "chance", "median", "low", "high", "missed")
        texts = ("came", "median", "low", "high")
        rows = [
            {key: as_text(q.get(key)) if key in texts else q.get(key) for key in told} for q in self.values["questions"]
        ]
        return pl.DataFrame(rows, infer_schema_length=None)

    def card(self) -> str:
        """The calibration card, as a page in Markdown."""
        return card(
            self.values, f"brink backtest {self.test.scenario.id} --runs {self.test.runs} --seed {self.test.seed}"
        )


def as_text(value: object) -> str | None:
    """A date, a word or a number as text."""
    return None if value is None else str(value)
