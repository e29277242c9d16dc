"""What a seat now believes of another side, and since when: from what that side did, and from what it did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.belief.filter import Belief
from engine.play.facts.dossier import Deed, record_of
from engine.play.sight.seen import Played
from engine.scenario.models import Scenario
from engine.scenario.names import Reference

MOVED = 0.1
"""A belief has moved in a turn where its mean has by this part of the spread that it had at the start, or more."""

OPEN_QUESTION = 0.01
"""A seat knows that a yes or no is in question only where both had this chance or more as the story opened.

Whatever the scenario fixes, or lets come about unseen, is no question to it: the words alone would tell of it.
"""

ROUNDING = 1e-9
"""Parts of what a belief is measured by that come of adding up weights."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A turn in which a belief moved: from where to where, and what that side was then seen to do."""

    turn: int
    before: float
    after: float
    deeds: tuple[Deed, ...]
    """Empty where it moved by what was not done, or by what others did."""


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed of something that is not seen: a mean and a spread, of a yes or no the chance that it is so."""

    place: Reference
    title: str
    is_chance: bool
    start: float
    """The mean as the story opened."""
    now: float
    spread: float
    shifts: tuple[Shift, ...]
    """The turns in which it moved, the latest first."""


def beliefs_about(game: Played, actor: str) -> tuple[Believed, ...]:
    """What a seat believes of where another stands, and of secrets that it keeps; empty where nothing is hidden.

    Of a secret yes or no only where that was an open question from the start.
    """
    belief = game.belief
    return () if belief is None else tuple(_beliefs(game, belief, actor))


def _beliefs(game: Played, belief: Belief, actor: str) -> Iterator[Believed]:
    scenario, deeds = game.rules.scenario, record_of(game, actor).deeds
    for number, (place, row) in enumerate(belief.hidden.items()):
        if not _is_about(scenario, place, actor) or (place.kind != "position" and game.tells(place)):
            continue
        is_chance = place.kind not in ("position", "value")
        means = [float(moment.means[number]) for moment in belief.moments]
        if is_chance and not OPEN_QUESTION <= means[0] <= 1.0 - OPEN_QUESTION:
            continue
        values = belief.world.cells[row]
        now = belief.mean(values)
        spread = float(np.sqrt(belief.mean(np.square(values - now))))
        first = _first_spread(belief, place, means[0])
        if max(spread, abs(now - means[0])) > ROUNDING * first:
            shifts = tuple(_shifts(game, belief, means, MOVED * first, deeds))
            yield Believed(place, _title(scenario, place), is_chance, means[0], now, spread, shifts)


def _first_spread(belief: Belief, place: Reference, mean: float) -> float:
    """How far it was uncertain as the story opened."""
    layout = belief.rules.layout
    if place.kind in ("flag", "actor_flag"):
        return float(np.sqrt(mean * (1.0 - mean)))
    low, high = (bounds[layout.rows[place]] for bounds in layout.bounds)
    stance = layout.scenario.actors[place.who].stances.get(place.id) if place.kind == "position" else None
    return float(stance.spread) if stance is not None and float(stance.spread) > 0.0 else 0.1 * float(high - low)


def _shifts(game: Played, belief: Belief, means: list[float], least: float, deeds: tuple[Deed, ...]) -> Iterator[Shift]:
    timeline = game.rules.timeline
    at = {moment.tick: mean for moment, mean in zip(belief.moments, means, strict=True)}
    for turn in reversed(range(game.turn)):
        before, after = (at.get(timeline.paces_of(number).start) for number in (turn, turn + 1))
        if before is not None and after is not None and abs(after - before) >= max(least, 1e-9):
            yield Shift(turn, before, after, tuple(deed for deed in deeds if deed.turn == turn))


def _is_about(scenario: Scenario, place: Reference, actor: str) -> bool:
    """Whether something is an actor's own, or a secret that it knows from the start."""
    if place.who:
        is_stance = place.kind == "position"
        return place.who == actor and (not is_stance or place.id in scenario.actors[actor].stances)
    secret = scenario.secrets.get(place.id)
    return secret is not None and actor in scenario.members(secret.known_to)


def _title(scenario: Scenario, place: Reference) -> str:
    match place.kind:
        case "position":
            return scenario.issues[place.id].title
        case "value":
            return scenario.values[place.id].title
        case "flag":
            return scenario.flags[place.id]
    return scenario.actor_flags[place.id]
