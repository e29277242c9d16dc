"""What can go wrong when a scenario is held against what happened."""

from __future__ import annotations

from engine.errors import BrinkmanshipError


class AssessmentError(BrinkmanshipError):
    """Nothing can be assessed; says why in one sentence."""
