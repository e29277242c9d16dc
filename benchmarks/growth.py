"""How time grows with the size of the work: ten times the runs, twice the turns, the actors, the options.

The scenario is made up for the purpose, so that one size changes and nothing else: states with stances on three
issues, each of which may do each of some actions, and an institution of fifteen that votes.
"""

from __future__ import annotations

import datetime as dt
import statistics
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.executors import BEST
from benchmarks.paired import Timed, head, line, pairs, timed
from engine.rules import Rules
from engine.scenario.models import Scenario

TOLERATED = 1.1
"""Growth may be worse than linear by a tenth."""


@dataclass(frozen=True)
class Size:
    """How large a made-up scenario is, and how many runs of it are made."""

    runs: int = 1024
    turns: int = 12
    actors: int = 30
    actions: int = 20


STEPS = {
    "runs x 10": (replace(Size(), runs=10 * Size.runs), 10),
    "turns x 2": (replace(Size(), turns=2 * Size.turns), 2),
    "actors x 2": (replace(Size(), actors=2 * Size.actors), 2),
    "options x 2": (replace(Size(), actions=2 * Size.actions), 2),
}
"""Larger sizes, and how many times the work they are."""

CHUNK = 1024
"""Runs side by side, whatever their number."""


def made_up(size: Size) -> Scenario:
    """A scenario of this size in which every action stays legal."""
    issues = {
        name: {"title": name, "start": 50.0, "scale": {0.0: "low", 100.0: "high"}} for name in ("one", "two", "three")
    }
    return Scenario.model_validate(
        {
            "scenario_format": 1,
            "id": "growth",
            "title": "Growth",
            "start": "2000-01-01",
            "end": (dt.date(2000, 1, 1) + dt.timedelta(weeks=size.turns)).isoformat(),
            "step": "1w",
            "issues": issues,
            "actors": {f"state_{number}": _state(number) for number in range(size.actors)},
            "institutions": {"council": {"title": "Council", "seats": _seats(), "pass": {"yes": 9}}},
            "actions": {f"act_{number}": _action(number) for number in range(size.actions)},
            "endings": [{"id": "end", "title": "The end"}],
        }
    )


def _state(number: int) -> dict[str, Any]:
    stances = {
        issue: {"position": float((number * step) % 101), "salience": 0.5, "spread": 5.0}
        for issue, step in (("one", 7), ("two", 13), ("three", 29))
    }
    return {"title": f"State {number}", "capability": 0.5, "stances": stances}


def _seats() -> list[dict[str, str]]:
    return [{"actor": f"state_{number}"} for number in range(15)]


def _action(number: int) -> dict[str, Any]:
    issue = ("one", "two", "three")[number % 3]
    amount = f"{(-1) ** number * (1 + number % 5)} * (1 - {issue} / 200)"
    action: dict[str, Any] = {"title": f"Act {number}", "by": "actors", "tempo": "30w", "when": f"{issue} >= 0"}
    if number % 10 == 0:
        return {**action, "vote": {"in": "council", "question": "Shall it be?", "pass": [{"add": {issue: amount}}]}}
    return {**action, "effects": [{"add": {issue: amount}}, {"chance": "0.3", "add": {issue: "-1"}}]}


def whole(rules: Rules, runs: int, times: float = 1.0) -> Timed:
    """Some runs, which are so many times the work; the seconds of one time."""

    def work() -> None:
        for first in range(0, runs, CHUNK):
            rules.finish(rules.open(1, first, min(CHUNK, runs - first)))

    return timed(work, times)


def report() -> str:
    """A line for each step: processor time over its share of the work, beside what is grown from."""
    base = Rules(made_up(Size()), BEST)
    lines = [head(f"Growth over linear, {BEST}, processor ms")]
    for name, (size, times) in STEPS.items():
        found = pairs(whole(Rules(made_up(size), BEST), size.runs, times), whole(base, Size.runs))
        is_worse = statistics.median(a / b for a, b in found) > TOLERATED
        lines.append(line(name, found, 1e3) + ("  worse than linear by more than a tenth" if is_worse else ""))
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
