"""What somebody sees of a world: which deeds and events it would learn of, and which rows of the state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.belief.kept import Kept
from engine.rules.arrays import Numbers, YesNo
from engine.rules.rulebook import Rules
from engine.scenario.names import Reference, thing_of

STAMPS = {"since_flag": "flag", "since_actor_flag": "actor_flag"}


@dataclass(frozen=True)
class Eyes:
    """What is seen, whatever happens."""

    own: frozenset[str]
    """Actors of whom everything is known that they decide."""
    options: YesNo
    """Which options are heard of if they are taken: shape (options,)."""
    events: YesNo
    """Which events are heard of if they happen: shape (events,)."""
    votes: bool
    """Whether every vote is seen."""
    rows: YesNo
    """Which rows of the state are seen from the start: shape (rows,)."""


class SeatEyes:
    """What a seat sees."""

    def __init__(self, rules: Rules, actor: str, is_candid: bool) -> None:
        """``is_candid`` says whether it is shown what coders doubt: where others stand, and numbers in doubt."""
        self.rules, self.actor, self.is_candid = rules, actor, is_candid
        self.kept = Kept(rules, actor)

    @property
    def sees_all(self) -> bool:
        """Whether nothing of the state is hidden from it, nor anything that is done."""
        eyes = self.eyes
        return bool(eyes.rows.all() and eyes.options.all() and eyes.events.all())

    @cached_property
    def eyes(self) -> Eyes:
        """What it sees whatever happens."""
        scenario = self.rules.scenario
        tables = {action for action, choice in scenario.choices.items() if choice.vote is not None}
        heard = [option.action in tables or self.kept.hears_of(option) for option in self.rules.options]
        events = [self.kept.hears_of_event(event) for event in scenario.events]
        return Eyes(frozenset({self.actor}), np.array(heard, np.bool_), np.array(events, np.bool_), True, self._rows())

    def rows(self, cells: Numbers) -> YesNo:
        """Which rows it sees in a world whose state is ``cells``, of shape (rows,): also what it has learned."""
        seen, layout = self.eyes.rows.copy(), self.rules.layout
        for thing in layout.knowledge.revealed:
            row = layout.rows.get(Reference("knows", thing, self.actor))
            if row is not None and cells[row]:
                seen[self._rows_of[thing]] = True
        return seen

    @cached_property
    def _rows_of(self) -> dict[str, list[int]]:
        """By secret, and by stance, its rows."""
        found: dict[str, list[int]] = {}
        for place, row in self.rules.layout.rows.items():
            kind = STAMPS.get(place.kind, place.kind)
            if kind in ("value", "flag", "actor_flag", "position"):
                found.setdefault(thing_of(Reference(kind, place.id, place.who)), []).append(row)
        return found

    def _rows(self) -> YesNo:
        layout = self.rules.layout
        seen = np.ones(layout.size, np.bool_)
        for place, row in layout.rows.items():
            seen[row] = self._sees(place)
        for block in self.rules.blocks:
            heard = [self.kept.hears_of(option) for option in block.options]
            if block.memory is not None:
                seen[block.memory : block.memory + len(heard)] = heard
            if block.calls is not None and not self._hears_of_all(block.calls.reply.action):
                seen[block.calls.rows] = False
        for occurrence in self.rules.occurrences:
            if occurrence.memory is not None:
                seen[occurrence.memory] = self.kept.hears_of_event(occurrence.id)
        return seen

    def _hears_of_all(self, actions: Iterable[str]) -> bool:
        blocks = (self.rules.roster.block_of.get(action) for action in actions)
        return all(self.kept.hears_of(option) for block in blocks if block is not None for option in block.options)

    def _sees(self, place: Reference) -> bool:
        kind = STAMPS.get(place.kind, place.kind)
        match kind:
            case "doubt":
                return self.is_candid
            case "knows":
                return place.who == self.actor
            case "asked":
                ask = self.rules.scenario.asks[place.id]
                return self.kept.hears(self.rules.scenario.audience(ask.known_to, place.who))
            case "position":
                knows = self.kept.knowledge.knows(self.actor, place)
                return self.is_candid or place.who == self.actor or knows
            case "value" | "flag" | "actor_flag":
                known = Reference(kind, place.id, place.who)
                if place.id in self.rules.scenario.secrets:
                    return known not in self.kept.places
                return known not in self.kept.unreported
        return True
