"""What a plan does at once: the numbers of its effects, and the points of the own score that they are."""

from __future__ import annotations

import pytest

from engine.play import Game
from engine.play.facts.impact import impact_of
from engine.rules import Rules
from engine.rules.options import Option
from engine.scenario.models import Scenario


def test_the_effects_are_told_as_they_are_written(kosovo: Scenario) -> None:
    """Who disowns the hard line takes five issues and values with it, all by what the scenario says."""
    game = Game(Rules(kosovo), 3)
    impact = impact_of(game, "serbia", [Option("serbia", "disown_hard_line")])
    written = kosovo.actions["disown_hard_line"].effects[0].add
    told = {shift.name: shift.change for shift in impact.shifts}
    assert told == {name: pytest.approx(float(amount)) for name, amount in written.items()}


def test_the_score_is_that_of_the_own_stances(kosovo: Scenario) -> None:
    """Points of a hundred, less and more: peace pays for Serbia at once, and tanks at the line do not."""
    game = Game(Rules(kosovo), 3)
    peace, tanks = (
        impact_of(game, "serbia", [Option("serbia", action)]).score for action in ("disown_hard_line", "mass_troops")
    )
    assert tanks < 0 < peace


def test_doing_nothing_moves_nothing(small: Game) -> None:
    """An empty plan has no impact."""
    impact = impact_of(small, "us", [])
    assert (impact.score, impact.shifts) == (0.0, ())
