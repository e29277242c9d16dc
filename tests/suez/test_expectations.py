"""The promises of the scenario, on runs enough to judge them."""

from __future__ import annotations

import pytest

from engine.batch import run
from engine.rules import Rules

pytestmark = pytest.mark.slow


def test_no_expectation_fails(rules: Rules) -> None:
    """On 2,500 runs none fails, and none is too close to tell."""
    verdicts = run(rules, 2500, seed=1).verdicts
    assert [f"{v.verdict}: {v.text}: {v.found.share:.4f}" for v in verdicts if v.verdict != "pass"] == []
    assert len(verdicts) >= 20
