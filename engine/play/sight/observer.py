"""An actor as an observer: a turn, a record and a history with what it learns of, and without the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import nan

from engine.belief.kept import Kept
from engine.play.record import Move, Turn
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.scenario.history import History, HistoryEntry
from engine.scenario.names import Reference, place_of, thing_of


class Observer:
    """One actor, by what it observes."""

    def __init__(self, rules: Rules, actor: str) -> None:
        self.scenario, self.actor, self.kept = rules.scenario, actor, Kept(rules, actor)

    @property
    def sees_all(self) -> bool:
        """Whether nothing is kept from anybody, so that there is nothing to leave out."""
        return self.kept.nothing

    def knows(self, place: Reference, learned: Iterable[str]) -> bool:
        """Whether it knows a value or a flag, where it has learned certain things."""
        return place not in self.kept.places or thing_of(place) in learned

    def knows_position(self, issue: str, actor: str, learned: Iterable[str]) -> bool:
        """Whether it knows where an actor stands on an issue: its own, what coders did not doubt, what was revealed."""
        place = Reference("position", issue, actor)
        return self.kept.knowledge.knows(self.actor, place) or thing_of(place) in learned

    def is_told_of(self, place: Reference, learned: Iterable[str]) -> bool:
        """Whether a value or a flag is shown to it: a secret that it knows, or what not only unheard acts change."""
        if place.id in self.scenario.secrets:
            return self.knows(place, learned)
        return place not in self.kept.unreported

    def of(self, turn: Turn) -> Turn:
        """A turn as it was observed: without the acts, news, values and flags of which it learned nothing."""
        if self.sees_all:
            return turn
        hears, learned = self.kept.hears, self.learned(turn)
        return replace(
            turn,
            moves=tuple(self._move(move) for move in turn.moves if hears(move.known_to)),
            events=tuple(event for event in turn.events if self.kept.hears_of_event(event.event)),
            dispatches=tuple(news for news in turn.dispatches if hears(news.known_to)),
            asked=tuple(put for put in turn.asked if hears(put.known_to)),
            lapses=tuple(lapse for lapse in turn.lapses if lapse.option.actor == self.actor),
            values={name: number for name, number in turn.values.items() if self._shows(name, learned)},
            flags={flag: is_so for flag, is_so in turn.flags.items() if self._shows(flag, learned)},
            actor_flags={
                flag: tuple(who for who in actors if self.is_told_of(Reference("actor_flag", flag, who), learned))
                for flag, actors in turn.actor_flags.items()
            },
            knows=dict.fromkeys(learned, (self.actor,)),
        )

    def learned(self, turn: Turn) -> tuple[str, ...]:
        """What it had learned by the end of a turn of what it did not know from the start."""
        return tuple(thing for thing, actors in turn.knows.items() if self.actor in actors)

    def of_history(self, history: History | None) -> History | None:
        """What really happened, as far as its side may be told while the game goes on."""
        if history is None or self.sees_all:
            return history
        return history.model_copy(update={"entries": tuple(self.of_record(history.entries))})

    def of_record(self, entries: Iterable[HistoryEntry]) -> Iterator[HistoryEntry]:
        """What really happened, as far as its side had a part in it, or learns of what it corresponds to here.

        Where it learns of some of what an entry tells, the entry keeps its title alone.
        """
        for entry in entries:
            heard = [True] if self.sees_all or self.actor in entry.actors else self._heard(entry)
            if heard and all(heard):
                yield entry
            elif any(heard):
                yield entry.model_copy(update={"text": None, "evidence": ()})

    def _heard(self, entry: HistoryEntry) -> list[bool]:
        """Of each deed and each flag of an entry, whether the side learns of such a thing."""
        deeds = (Option(who, deed) for deed in entry.does for who in self._doers(entry, deed))
        places = (place_of(self.scenario, flag) for flag in entry.sets)
        return [*map(self.kept.hears_of, deeds), *(self.is_told_of(place, ()) for place in places)]

    def _doers(self, entry: HistoryEntry, deed: str) -> Iterator[str]:
        able = self.scenario.members(self.scenario.choice(deed).by)
        yield from (who for who in entry.actors if who in able)

    def _move(self, move: Move) -> Move:
        """A move of which it learned; why it was made is left out where secrets bear on that."""
        vote = self.scenario.choice(move.option.action).vote
        seats = () if vote is None else self.scenario.institutions[vote.institution].seats
        if not any(map(self.kept.bears_on, (move.option.actor, *(seat.actor for seat in seats)))):
            return move
        return replace(move, gain=nan, chance=nan, terms={})

    def _shows(self, name: str, learned: Iterable[str]) -> bool:
        return name in self.scenario.issues or self.is_told_of(place_of(self.scenario, name), learned)
