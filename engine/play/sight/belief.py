"""The world as a seat may take it to be: what it knows is as it is, and of what it can't know nothing has come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.play.sight.observer import Observer
from engine.rules.due import Due
from engine.rules.layout import NEVER, NO_STAMP, NOT_ASKED
from engine.rules.program.program import FIRST_ROW
from engine.rules.rulebook import Rules
from engine.rules.world import World
from engine.scenario.knowledge import drawn_secrets
from engine.scenario.models import Secret
from engine.scenario.names import Reference, place_of


def believed(rules: Rules, world: World, observer: Observer) -> World:
    """A world of one run, at an open turn, with nothing in it that an observer can't know.

    A secret stands where the scenario has it as the story opens, or at the likeliest that it may be drawn to be; who
    looks ahead draws it anew. Acts and events that change secrets alone, and of which the observer does not learn,
    were not done. Two worlds that differ in nothing else give the same.
    """
    kept, rows, cells = observer.kept, rules.layout.rows, world.cells.copy()
    learned = {t for t in rules.layout.knowledge.revealed if has_learned(rules, world, t, observer.actor)}
    hidden = [place for place in rules.layout.knowledge.state() if not observer.knows(place, learned)]
    secrets = dict(drawn_secrets(rules.scenario))
    for place in hidden:
        cells[rows[place]] = _likeliest(rules, place, secrets.get(place))
        if (stamp := rules.layout.stamps.get(rows[place])) is not None:
            cells[stamp] = np.where(cells[rows[place]] != 0.0, 0.0, NO_STAMP)
    for thing, them in rules.layout.knowledge.revealed.items():
        for other in them:
            if other != observer.actor and place_of(rules.scenario, thing).kind != "position":
                cells[rows[Reference("knows", thing, other)]] = thing in learned
    for ask in kept.questions:
        cells[rules.layout.block("asked", ask)] = NOT_ASKED
    for row in _memories(rules, observer):
        cells[row] = NEVER
    unknown = tuple((place, secrets[place]) for place in hidden if place in secrets)
    return replace(world, cells=cells, due=_due(rules, world, observer), unknown=unknown)


def has_learned(rules: Rules, world: World, thing: str, actor: str) -> bool:
    """Whether an actor has learned something that it did not know from the start, in a world of one run."""
    row = rules.layout.rows.get(Reference("knows", thing, actor))
    return row is not None and bool(world.cells[row, 0])


def _likeliest(rules: Rules, place: Reference, secret: Secret | None) -> float:
    if secret is None:
        return float(rules.layout.start[rules.layout.rows[place]])
    if secret.chance is not None:
        return float(secret.chance > 0.5)
    return max(secret.among, key=lambda number: secret.among[number])


def _memories(rules: Rules, observer: Observer) -> list[int]:
    """The rows that keep when something was last done of which an observer finds no trace."""
    found = []
    for block in rules.blocks:
        for place, option in enumerate(block.options):
            if block.memory is not None and option in observer.kept.traceless:
                found.append(block.memory + place)
        if block.calls is not None and _are_traceless(rules, block.calls.reply.action, observer):
            found += range(block.calls.rows.start, block.calls.rows.stop)
    for occurrence in rules.occurrences:
        if occurrence.memory is not None and occurrence.id in observer.kept.traceless:
            found.append(occurrence.memory)
    return found


def _are_traceless(rules: Rules, actions: tuple[str, ...], observer: Observer) -> bool:
    """Whether an observer finds no trace of what a reply replies to, whoever did it."""
    options = [option for action in actions for option in rules.roster.block_of[action].options]
    return all(option in observer.kept.traceless for option in options)


def _due(rules: Rules, world: World, observer: Observer) -> Due:
    """What was put off, but for what is yet to become of secrets that an observer can't know."""
    if not len(world.due):
        return world.due
    state = rules.layout.rows.items()
    rows = [row for place, row in state if place in observer.kept.places]
    rows += [row for place, row in state if place.kind == "knows" and place.who != observer.actor]
    _, _, slots, _, _ = world.due.columns()
    return world.due.keep(~np.isin(slots, np.array(rows, dtype=np.intp) + FIRST_ROW))
