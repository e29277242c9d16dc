"""How much of the stances of others a level of difficulty shows."""

from __future__ import annotations

from enum import Enum


class Candour(Enum):
    """What a player is shown of the stances of others."""

    OPEN = "open"
    """Every stance as it is now."""
    CODED = "coded"
    """Every stance as the scenario's author coded it, not as it was drawn for this run or has moved since."""
    QUOTED = "quoted"
    """Only stances that rest on somebody's words, as the author coded them."""
    WORDS = "words"
    """Only the words themselves, without numbers."""
