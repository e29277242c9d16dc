"""What is lost by breaking one's word where two exchanges follow each other: the second is not agreed as often."""

from __future__ import annotations

import numpy as np

from engine.rules import Rules
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.words.exchanges import agreed_flag, exchanges, part_flag
from engine.scenario.words.spoken import with_words, without_words
from tests.words.test_exploits import bridge_and_loan

RUNS = 150


def twice(broken: float) -> Scenario:
    """The bridge for the loan, by two thirds, and a month later once more; to the North its honour is worth nothing."""
    scenario = without_words(bridge_and_loan(0.3))
    actions, given = dict(scenario.actions), dict(scenario.undertakings)
    assert scenario.words is not None
    for name, word, issue in (("open_border", "opening", "border"), ("lend", "loan", "budget")):
        (effect,) = actions[name].effects
        part = effect.model_copy(update={"add": {issue: "26"}})
        actions[name] = actions[name].model_copy(update={"effects": (part,)})
        actions[f"{name}_2"] = actions[name].model_copy(update={"when": "day >= 30"})
        given[f"{word}_2"] = given[word].model_copy(update={"act": f"{name}_2"})
    words = scenario.words.model_copy(update={"honours": {"north": 0.0}, "broken": broken})
    return with_words(scenario.model_copy(update={"actions": actions, "undertakings": given, "words": words}))


def second_deals(broken: float) -> float:
    """How often the second exchange is agreed, of the runs in which the North has broken its word in the first."""
    scenario = twice(broken)
    rules = Rules(scenario)
    world = rules.open(5, runs=RUNS)
    rules.finish(world)

    def yes(flag: str) -> np.ndarray:
        held: np.ndarray = world.cells[rules.layout.rows[Reference("flag", flag)]] != 0.0
        return held

    betrayed = yes(part_flag("broken", "opening", "loan"))
    later = [e for e in exchanges(scenario) if "opening_2" in {part.name for part in e.parts}]
    agreed = np.any([yes(agreed_flag(*(part.name for part in one.parts))) for one in later], axis=0)
    assert betrayed.sum() > 20
    return float(agreed[betrayed].mean())


def test_whoever_was_betrayed_deals_less():
    """As far as the scenario says that broken words cost trust."""
    assert second_deals(0.5) < second_deals(0.0) - 0.2
