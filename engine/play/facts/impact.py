"""What a plan does at once, before anybody answers: to the side's score, and to what is measured of the world."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.play.facts.advisers import Trial, try_plan
from engine.rules.options import Option
from engine.scenario.names import Reference

if TYPE_CHECKING:
    from engine.play.sight.seen import Played

SEEN = 0.001
"""The part of a scale, or of a range, by which something must move to be told."""


@dataclass(frozen=True, slots=True)
class Shift:
    """An issue or a value that is told, the length of its scale, and how far a plan moves it on the mean."""

    name: str
    title: str
    span: float
    change: float


@dataclass(frozen=True, slots=True)
class Impact:
    """How many points of its score a side gains at once, and what moves."""

    score: float
    shifts: tuple[Shift, ...]


def impact_of(game: Played, actor: str, plan: Sequence[Option]) -> Impact:
    """What a plan of legal options does at once, where the side alone acts and votes that it calls for are taken."""
    trial = try_plan(game, actor, plan)
    return Impact(trial.change(actor), tuple(_shifts(trial)))


def _shifts(trial: Trial) -> Iterator[Shift]:
    rules, scenario = trial.game.rules, trial.scenario
    scales: list[tuple[str, str, str, Collection[float]]] = [
        ("issue", name, issue.title, issue.scale) for name, issue in scenario.issues.items()
    ]
    scales += [("value", name, value.title, value.range) for name, value in scenario.values.items()]
    for kind, name, title, scale in scales:
        if kind == "value" and not trial.game.tells(Reference(kind, name)):
            continue
        row = rules.layout.rows[Reference(kind, name)]
        change = float((trial.after.cells[row] - trial.game.world.cells[row]).mean())
        span = max(scale) - min(scale)
        if abs(change) >= SEEN * span:
            yield Shift(name, title, span, change)
