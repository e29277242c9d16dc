"""The columns of a design: levers, which are choices, and uncertainties, which are numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.batch.analysis.measuring import choice_title
from engine.batch.design.experiment import amount_in_words
from engine.batch.storage.results import Results

if TYPE_CHECKING:
    import polars as pl


def levers(results: Results) -> tuple[str, ...]:
    """The columns of the designs that are choices."""
    return choice_columns(results.designs)


def choice_columns(designs: pl.DataFrame) -> tuple[str, ...]:
    """The columns of a table of settings that are choices: the others are numbers."""
    import polars as pl

    return tuple(name for name in designs.columns if designs.schema[name] == pl.String)


def ordered_choices(results: Results, lever: str) -> list[str]:
    """The choices of a lever that were tried, in the order of the experiment: the base first."""
    levers_written = results.manifest["experiment"]["content"].get("levers") or {}
    written = list(levers_written.get(lever, {}).get("choices", {}))
    tried = dict.fromkeys(results.designs[lever])
    return sorted(tried, key=lambda choice: written.index(choice) if choice in written else len(written))


def uncertainties(results: Results) -> tuple[str, ...]:
    """The columns of the designs that are numbers."""
    choices = levers(results)
    return tuple(name for name in results.designs.columns if name != "point" and name not in choices)


def setting_title(results: Results, name: str, value: Any) -> str:
    """A value of an uncertainty or a choice of a lever in words."""
    if isinstance(value, str):
        return choice_title(results.manifest, name, value)
    written = (results.manifest["experiment"]["content"].get("uncertainties") or {}).get(name) or {}
    return f"{name} {amount_in_words(str(written.get('apply', 'set')), value)}"


def shown(value: Any) -> str:
    """A value of a design."""
    return value if isinstance(value, str) else f"{value:g}"
