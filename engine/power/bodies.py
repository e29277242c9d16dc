"""The power of those who sit in an institution of a scenario on a day, members who are alike together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from engine.power.game import VotingGame, game_of
from engine.power.indices import Abstaining, Measured, Power, measure, measure_with_abstention
from engine.power.ways import MOST_STATES, PowerError
from engine.rules.tally import count_by
from engine.scenario.models import Institution, Scenario


@dataclass(frozen=True)
class Alike:
    """Members whose votes count alike, so that their power is the same."""

    members: tuple[str, ...]
    power: Power
    """Of each of them, where everybody votes yes or no; its ``voter`` is the first of them."""
    if_abstaining: Power | None
    """Of each of them, where everybody may abstain, too; None where an abstention is as good as a no, or was not
    asked about."""


@dataclass(frozen=True)
class BodyPower:
    """The power of an institution's members on a day."""

    institution: str
    day: dt.date
    members: tuple[str, ...]
    kinds: tuple[Alike, ...]
    """From the most powerful on."""
    measured: Measured
    abstaining: Abstaining | None


def body_power(
    scenario: Scenario, institution: str, day: dt.date, most: int = MOST_STATES, may_abstain: bool = True
) -> BodyPower:
    """How power is shared among those who sit in an institution on a day; with abstention where that is asked, too.

    Raises :class:`~engine.power.ways.PowerError` where nobody sits in it, nothing can pass, or it is too large.
    """
    body = scenario.institutions[institution]
    names = body.seated(day)
    if not names:
        raise PowerError(f"nobody sits in {_named(body)} on {day}, so that nobody has power in it")
    game = game_of(names, count_by(body.passes, names))
    measured, abstaining = _measured(game, most, may_abstain)
    if not measured.winning:
        raise PowerError(f"nothing can pass in {_named(body)} on {day}: those who sit in it are too few")
    return BodyPower(institution, day, names, _kinds(game, measured, abstaining), measured, abstaining)


@cache
def _measured(game: VotingGame, most: int, may_abstain: bool) -> tuple[Measured, Abstaining | None]:
    """Measured once, for games are asked about again each time that a screen is drawn."""
    is_whole = game.is_abstention_a_no or not may_abstain
    return measure(game, most), None if is_whole else measure_with_abstention(game, most)


def _kinds(game: VotingGame, measured: Measured, abstaining: Abstaining | None) -> tuple[Alike, ...]:
    alike: dict[tuple[tuple[int, ...], ...], list[int]] = {}
    for seat, voter in enumerate(game.voters):
        alike.setdefault((voter.yes, voter.abstain), []).append(seat)
    kinds = [
        Alike(
            tuple(game.voters[seat].name for seat in seats),
            measured.powers[seats[0]],
            abstaining.powers[seats[0]] if abstaining else None,
        )
        for seats in alike.values()
    ]
    return tuple(sorted(kinds, key=lambda kind: (-kind.power.shapley_shubik, -kind.power.banzhaf)))


def _named(body: Institution) -> str:
    return body.in_text or body.title
