"""Exact shares as people read them: three decimals, and the fraction where it is short."""

from __future__ import annotations

from fractions import Fraction

LONGEST = 99_999
"""The largest denominator that is told."""


def decimals(share: Fraction) -> str:
    """A share to three decimals; what is more than nothing never reads as nothing."""
    if 0 < share < Fraction(1, 2000):
        return f"{float(share):.0e}"
    return f"{float(share):.3f}"


def fraction(share: Fraction) -> str:
    """A share as a fraction; nothing where its denominator is too long to say anything."""
    return str(share) if share.denominator <= LONGEST else ""


def figure(share: Fraction) -> str:
    """Both: ``0.196 (421/2145)``."""
    exact = fraction(share)
    return f"{decimals(share)} ({exact})" if exact and share.denominator > 1 else decimals(share)
