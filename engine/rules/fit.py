"""Scores: how well a world fits what each actor wanted at the start, and what the way in which it closed is to it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.rules.arrays import Numbers
from engine.rules.layout import Layout
from engine.rules.loss import loss_at
from engine.rules.world import World, number_in
from engine.scenario.names import Reference


def scores_of(layout: Layout, world: World) -> Numbers:
    """0..100 for each actor: shape (actors, runs); not a number for an actor without stances.

    As long as a story is open, and where nothing is said of what its ending is worth, how well the world fits; else
    that and the worth, in the proportion that the scenario says.
    """
    weighed = np.zeros((len(layout.actors), world.runs))
    worst = np.zeros_like(weighed)
    for _, loss, most in _losses(layout, world):
        weighed += loss
        worst += most
    fit: Numbers = 100.0 * (1.0 - np.divide(weighed, worst, out=np.full_like(worst, np.nan), where=worst > 0))
    worth, part = _worth(layout, world), layout.scenario.weight_of_ending
    scores: Numbers = np.where(np.isnan(worth), fit, (1.0 - part) * fit + part * worth)
    return scores


def missed(layout: Layout, world: World) -> Numbers:
    """How many of its 100 points each actor lacks for the way in which its story closed: shape (actors, runs)."""
    return np.nan_to_num(layout.scenario.weight_of_ending * (100.0 - _worth(layout, world)))


def _worth(layout: Layout, world: World) -> Numbers:
    """What its ending is to each actor: shape (actors, runs); not a number where it is open, or nothing is said."""
    return np.where(world.ending >= 0, layout.worth[:, world.ending], np.nan)


def losses(layout: Layout, world: World) -> dict[str, Numbers]:
    """By issue, how many of its 100 points each actor lacks for where the world stands: shape (actors, runs)."""
    found = list(_losses(layout, world))
    worst = sum((most for _, _, most in found), np.zeros((len(layout.actors), world.runs)))
    points = 100.0 * np.where(np.isnan(_worth(layout, world)), 1.0, 1.0 - layout.scenario.weight_of_ending)
    return {
        issue: points * np.divide(loss, worst, out=np.zeros_like(worst), where=worst > 0) for issue, loss, _ in found
    }


def _losses(layout: Layout, world: World) -> Iterator[tuple[str, Numbers, Numbers]]:
    """By issue, each actor's loss against what it wanted at the start, and the largest that it could have."""
    for number, issue in enumerate(layout.scenario.issues):
        row = layout.rows[Reference("issue", issue)]
        low, high = layout.bounds[0][row], layout.bounds[1][row]
        position = world.origin[number]
        saliences = [number_in(layout, world.cells, layout.salience(issue, actor)) for actor in range(len(position))]
        weight = np.stack(np.broadcast_arrays(*saliences)).reshape(len(position), -1) / layout.span[issue]
        form, span = layout.loss[issue], layout.span[issue]
        hurt = loss_at(form, span, np.abs(world.cells[row] - position))
        worst = loss_at(form, span, np.maximum(position - low, high - position))
        yield issue, weight * hurt, weight * worst
