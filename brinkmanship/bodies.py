"""Power in bodies that vote: of a scenario, or of any one with weights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from brinkmanship.loading import Wanted, load
from engine.asked import said
from engine.errors import ArgumentError

if TYPE_CHECKING:
    from engine.power.bodies import BodyPower
    from engine.power.indices import Measured


def power(scenario: Wanted, institution: str, on: str | dt.date | None = None) -> BodyPower:
    """How ``brink power`` shares out the power of an institution, as it sits on a day (the first if left out).

    Every share is a :class:`~fractions.Fraction`. Raises :class:`~brinkmanship.errors.BrinkmanshipError` where nobody
    sits there or nothing can pass.

    >>> power("kosovo-2007", "security_council").kinds[0].power.shapley_shubik
    Fraction(421, 2145)
    """
    from engine.power.bodies import body_power
    from engine.scenario.spelling import instead

    found = load(scenario)
    if institution not in found.institutions:
        near = instead(str(institution), found.institutions)
        raise ArgumentError(f"institution is one of those of {found.id}, not {said(institution)}{near}")
    return body_power(found, institution, found.timeline.day_of(0) if on is None else _day(on))


def _day(on: str | dt.date) -> dt.date:
    try:
        return on if isinstance(on, dt.date) else dt.date.fromisoformat(on)
    except (TypeError, ValueError):
        raise ArgumentError(f"on is a date, or one written year-month-day, not {said(on)}") from None


def voting_power(weights: Mapping[str, Sequence[int]], needed: Sequence[int]) -> Measured:
    """The power of each member of a body with one or several majorities, all of which a question needs.

    ``weights`` holds, for each member, a whole number of 0 or more in each majority; ``needed`` what those who say yes
    must reach in each of them together.

    >>> found = voting_power({"a": [2], "b": [1], "c": [1]}, needed=[3])
    >>> [str(member.shapley_shubik) for member in found.powers]
    ['2/3', '1/6', '1/6']
    """
    from engine.power.game import weighted
    from engine.power.indices import measure

    if not weights or not needed:
        raise ArgumentError("voting_power needs a member and a majority")
    for name, own in (*weights.items(), ("needed", needed)):
        if len(own) != len(needed) or not all(_is_weight(one) for one in own):
            raise ArgumentError(f"{name}: {len(needed)} whole numbers of 0 or more, not {said(own)}")
    if not any(needed):
        raise ArgumentError("needed is 0 in every majority, so that everything passes")
    return measure(weighted(weights, needed))


def _is_weight(one: object) -> bool:
    return isinstance(one, int) and not isinstance(one, bool) and one >= 0
