"""The scripted tests of the scenario."""

from __future__ import annotations

import pytest

from engine.batch.running.cases import try_case
from engine.rules import Rules

pytestmark = pytest.mark.slow


def test_every_case_passes(rules: Rules) -> None:
    """Vetoes, abstentions, a lone declaration, unanimity, and a world in which nobody moves."""
    verdicts = {name: try_case(rules, name, seed=5).verdict for name in rules.scenario.cases}
    assert len(verdicts) >= 3
    assert set(verdicts.values()) == {"pass"}, verdicts
