"""What a player may see of the stances of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.play.openness import Candour
from engine.play.sight.mind import has_learned
from engine.scenario.models import Stance
from engine.scenario.names import Reference, thing_of

if TYPE_CHECKING:
    from engine.play.session import Session


@dataclass(frozen=True)
class ShownStance:
    """What a player is shown of a stance; a number that is hidden is None."""

    position: float | None
    salience: float | None
    is_hidden: bool
    """Whether nothing is shown: neither number nor words."""
    reason: str
    """Why it is shown as it is, in a sentence; empty where it is shown as it is."""


def shown_stance(session: Session, actor: str, issue: str, viewer: str | None) -> ShownStance | None:
    """What a seat, or whoever watches, may see of a stance; None where the actor has none on that issue."""
    stance = session.scenario.actors[actor].stances.get(issue)
    if stance is None:
        return None
    candour = session.level.candour
    place = Reference("position", issue, actor)
    if actor == viewer or session.is_over or candour is Candour.OPEN or _has_found_out(session, viewer, place):
        return ShownStance(session.game.read(place), stance.salience, False, "")
    return _coded(stance, candour)


def _has_found_out(session: Session, viewer: str | None, place: Reference) -> bool:
    """Whether it was revealed to a seat where another stands."""
    game = session.game
    return viewer is not None and has_learned(game.rules, game.world, thing_of(place), viewer)


def _coded(stance: Stance, candour: Candour) -> ShownStance:
    """A stance as its author coded it, as far as it may be seen."""
    if candour is not Candour.CODED and not stance.evidence:
        return ShownStance(None, None, True, "Nobody has put this into words.")
    if candour is Candour.WORDS:
        return ShownStance(None, None, False, "There are only words to judge by.")
    return ShownStance(stance.position, stance.salience, False, "As read out of what is known, not as it is.")
