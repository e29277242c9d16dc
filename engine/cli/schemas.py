"""The JSON Schemas of every kind of file that is written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.scenario.schema import coding_schema, history_schema, scenario_schema, schema_of, sources_schema


def orders_schema() -> dict[str, Any]:
    """The schema of orders for a seat."""
    from engine.play.orders import WrittenOrders

    return schema_of(WrittenOrders, "Orders for a seat of a game")


def experiment_schema() -> dict[str, Any]:
    """The schema of an experiment."""
    from engine.batch.design.experiment import FORMAT, Experiment

    return schema_of(Experiment, f"An experiment of Brinkmanship, format {FORMAT}")


def calibration_schema() -> dict[str, Any]:
    """The schema of what is calibrated."""
    from engine.assessment.calibration.over import FORMAT, Calibration

    return schema_of(Calibration, f"What is calibrated, format {FORMAT}")


SCHEMAS: Mapping[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "scenario": ("scenario-1.schema.json", scenario_schema),
    "history": ("history-1.schema.json", history_schema),
    "coding": ("coding-1.schema.json", coding_schema),
    "sources": ("sources-1.schema.json", sources_schema),
    "orders": ("orders-1.schema.json", orders_schema),
    "experiment": ("experiment-1.schema.json", experiment_schema),
    "calibration": ("calibration-1.schema.json", calibration_schema),
}
"""For each kind of file the name of its schema's file in ``docs/``, and the schema."""
