"""Brinkmanship from Python: load a crisis, play it, run it many times, and ask what comes of it.

>>> import brinkmanship as bm
>>> bm.scenarios()
('cuba-1962', 'kosovo-2007', 'suez-1956', 'vienna-2015')
>>> results = bm.batch("cuba-1962", runs=50, seed=1)
>>> results.runs.select("run", "ending", "day").collect().shape
(50, 3)
>>> game = bm.play("cuba-1962", seed=1)
>>> game.step().turn
0

Days are counted from the start of the story, shares go from 0 to 1, scores from 0 to 100. Tables are polars frames.
Whatever is wrong with what is asked raises an error of :mod:`brinkmanship.errors`, in one sentence. What a name does
not need is not loaded: numpy and polars come with the first run, Mesa with the first game.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from engine import __version__

if TYPE_CHECKING:
    from brinkmanship import errors, policies
    from brinkmanship.asking import compare, compare_choices, discover, query, report, sensitivity, summary
    from brinkmanship.assessing import backtest, calibrate
    from brinkmanship.bodies import power, voting_power
    from brinkmanship.games import Game, forecast, play
    from brinkmanship.loading import check, load, scenarios
    from brinkmanship.running import batch, results
    from engine.batch.storage.results import Results
    from engine.scenario.models import Scenario

__all__ = [
    "Game",
    "Results",
    "Scenario",
    "__version__",
    "backtest",
    "batch",
    "calibrate",
    "check",
    "compare",
    "compare_choices",
    "discover",
    "errors",
    "forecast",
    "load",
    "play",
    "policies",
    "power",
    "query",
    "report",
    "results",
    "scenarios",
    "sensitivity",
    "summary",
    "voting_power",
]

_HOMES = {
    "brinkmanship.loading": ("check", "load", "scenarios"),
    "brinkmanship.running": ("batch", "results"),
    "brinkmanship.asking": ("compare", "compare_choices", "discover", "query", "report", "sensitivity", "summary"),
    "brinkmanship.assessing": ("backtest", "calibrate"),
    "brinkmanship.bodies": ("power", "voting_power"),
    "brinkmanship.games": ("Game", "forecast", "play"),
    "engine.batch.storage.results": ("Results",),
    "engine.scenario.models": ("Scenario",),
}
"""Where each name is, by module."""

_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """A public name, loaded when it is first used (PEP 562)."""
    if name in ("errors", "policies"):
        return importlib.import_module(f"brinkmanship.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'brinkmanship' has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(_HOME_OF[name]), name)
    return found


def __dir__() -> list[str]:
    return __all__
