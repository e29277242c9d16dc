"""Advice: what one adviser says of a plan, and whether it is for it."""

from __future__ import annotations

from dataclasses import dataclass

FOR, AGAINST, INDIFFERENT = "for", "against", "indifferent"


@dataclass(frozen=True, slots=True)
class Advice:
    """What one adviser says of a plan."""

    adviser: str
    """``strategist``, ``jurist``, ``analyst``, ``cautious``, ``treasurer`` or ``envoy``."""
    title: str
    verdict: str
    """``for``, ``against`` or ``indifferent``."""
    words: str
    """One or two sentences with the numbers."""
