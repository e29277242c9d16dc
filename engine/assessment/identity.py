"""By what a card or a lock is known: hashes of the scenario, its targets, what the rules make of it, and the method."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from importlib.resources import files

import numpy as np

from engine.assessment.measured import Sampled
from engine.files import sha256_of
from engine.scenario.canon import scenario_hash
from engine.scenario.history import History
from engine.scenario.models import Scenario
from engine.scenario.targets import Target

FIRST_RUNS = 8
"""So many runs tell whether the rules still make the same of a scenario."""

METHOD = (
    "questions",
    "measured",
    "scores",
    "variants",
    "baselines",
    "resampling",
    "forecasts",
    "backtest",
    "moved",
    "plain",
)
"""The modules from which every digit of a card follows."""


def written(target: Target) -> dict[str, object]:
    """A target as plain content."""
    return target.model_dump(mode="json", exclude_defaults=True)


def targets_hash(history: History) -> str:
    """The sha256 of the targets, with what came of them, the cut-off and the remarks."""
    cut_off = history.cut_off.isoformat() if history.cut_off else None
    targets = [[name, written(target)] for name, target in history.targets.items()]
    return sha256_of([cut_off, targets, history.remarks])


def rules_hash(measured: Iterable[Sampled]) -> str:
    """The sha256 of what the first runs come to, question by question: the same as long as the rules are."""
    hashed = hashlib.sha256()
    for one in measured:
        hashed.update(np.ascontiguousarray(one.values[:FIRST_RUNS], dtype="<f8").tobytes())
    return hashed.hexdigest()


def method_hash() -> str:
    """The sha256 of the program that asks, plays baselines and scores."""
    hashed = hashlib.sha256()
    for name in METHOD:
        hashed.update(files("engine.assessment").joinpath(f"{name}.py").read_text(encoding="utf-8").encode())
    return hashed.hexdigest()


def hashes(scenario: Scenario, history: History, measured: Sequence[Sampled]) -> dict[str, str]:
    """All four, by what each is of."""
    return {
        "scenario": scenario_hash(scenario),
        "targets": targets_hash(history),
        "rules": rules_hash(measured),
        "method": method_hash(),
    }
