"""A game as somebody sees it: whole for whoever watches, and filtered for whoever has a seat in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from engine.belief.eyes import SeatEyes
from engine.belief.filter import Belief
from engine.play.sight.mind import has_learned, imagined
from engine.play.sight.observer import Observer
from engine.rules.asks import Asking
from engine.rules.decide import Appraisal
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.rules.world import World
from engine.scenario.history import History
from engine.scenario.models import Ending
from engine.scenario.names import Reference

if TYPE_CHECKING:
    from engine.play.policies import View
    from engine.play.record import Turn


class Played(Protocol):
    """What can be told of a game. Everything that anybody in it is shown is made from this."""

    @property
    def rules(self) -> Rules:
        """The rules by which it is played."""

    @property
    def world(self) -> World:
        """The world at the open turn; for a seat, as it may take it to be."""

    @property
    def appraisal(self) -> Appraisal:
        """What everybody may do in that world, and what it promises."""

    @property
    def turns(self) -> Sequence[Turn]:
        """The turns that were played."""

    @property
    def opening(self) -> Turn:
        """What the calendar has brought in the open turn."""

    @property
    def began(self) -> Mapping[str, float]:
        """Where each issue stood as the story opened, as this run drew it."""

    @property
    def turn(self) -> int:
        """The number of the open turn."""

    @property
    def day(self) -> dt.date:
        """The day of the open turn; after the end, that on which the story closed."""

    @property
    def is_over(self) -> bool:
        """Whether the story has closed."""

    @property
    def ending(self) -> Ending | None:
        """How it closed, if it has."""

    def view(self, actor: str) -> View:
        """What an actor sees when it decides."""

    def issue(self, issue: str) -> float:
        """Where the world stands on an issue."""

    def read(self, reference: Reference) -> float:
        """The number that stands for something that has a row in the state."""

    def flags_of(self, actor: str) -> list[str]:
        """The actor flags that an actor has, of those that are told."""

    def scores(self) -> dict[str, float]:
        """How well the world fits what actors with stances wanted at the start, 0..100, of those of whom it is told."""

    @property
    def belief(self) -> Belief | None:
        """What is believed of what is not seen; None where everything is."""

    def tells(self, place: Reference) -> bool:
        """Whether it is told how a value or a flag stands."""

    def hears_of(self, option: Option) -> bool:
        """Whether it would be told of an option, were that taken."""

    def is_put(self, asking: Asking) -> bool:
        """Whether a question is put to whoever sees this, and not answered."""

    def of_history(self, history: History | None) -> History | None:
        """What really happened, as far as it is told of that."""


class Seen:
    """A game that goes on, as one of its seats sees it; a new one for each moment."""

    def __init__(self, game: Played, observer: Observer, eyes: SeatEyes, think: Callable[[], Belief]) -> None:
        """``think`` gives what the seat believes; it is asked for only where something is made of that."""
        self._game, self._observer, self._eyes, self._think = game, observer, eyes, think
        self.rules, self.turn, self.day = game.rules, game.turn, game.day

    @property
    def is_over(self) -> bool:
        """Whether the story has closed: never, for then all is told."""
        return False

    @property
    def ending(self) -> Ending | None:
        """How it closed: it has not."""
        return None

    @cached_property
    def world(self) -> World:
        """The world as the seat may take it to be, which holds what it believes for whoever looks ahead."""
        return imagined(self.rules, self._game.world, self.belief, self._eyes)

    @cached_property
    def belief(self) -> Belief:
        """What the seat believes."""
        return self._think()

    @cached_property
    def appraisal(self) -> Appraisal:
        """What everybody may do in that world."""
        return self.rules.appraise(self.world)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns as they were observed."""
        return tuple(map(self._observer.of, self._game.turns))

    @property
    def opening(self) -> Turn:
        """What the calendar has brought, as it was observed."""
        return self._observer.of(self._game.opening)

    @property
    def began(self) -> Mapping[str, float]:
        """Where each issue stood as the story opened; no issue is a secret."""
        return self._game.began

    def view(self, actor: str) -> View:
        """What the seat sees when it decides."""
        return self._game.view(actor)

    def issue(self, issue: str) -> float:
        """Where the world stands on an issue."""
        return self.read(Reference("issue", issue))

    def read(self, reference: Reference) -> float:
        """The number that stands for something, as the seat may take it to be."""
        return float(self.world.cells[self.rules.layout.rows[reference], 0])

    def flags_of(self, actor: str) -> list[str]:
        """The actor flags that an actor has, of those that the seat is told of."""
        return [flag for flag in self._game.flags_of(actor) if self.tells(Reference("actor_flag", flag, actor))]

    def scores(self) -> dict[str, float]:
        """How well the world fits what the seat wanted."""
        own = self._observer.actor
        return {actor: score for actor, score in self._game.scores().items() if actor == own}

    @cached_property
    def learned(self) -> frozenset[str]:
        """What the seat has learned of what it did not know at the start."""
        world, things = self._game.world, self.rules.layout.knowledge.revealed
        return frozenset(thing for thing in things if has_learned(self.rules, world, thing, self._observer.actor))

    def tells(self, place: Reference) -> bool:
        """Whether the seat is told how a value or a flag stands."""
        return self._observer.is_told_of(place, self.learned)

    def hears_of(self, option: Option) -> bool:
        """Whether the seat would learn of an option, were that taken."""
        return self._observer.kept.hears_of(option)

    def is_put(self, asking: Asking) -> bool:
        """Whether a question is put to the seat, and not answered: it knows that, whatever it believes."""
        return self._game.is_put(asking)

    def of_history(self, history: History | None) -> History | None:
        """What really happened, as far as the seat had a part in it or would learn of it here."""
        return self._observer.of_history(history)
