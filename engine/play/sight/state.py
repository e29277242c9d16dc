"""The state by its names, as far as somebody knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.errors import BrinkmanshipError
from engine.rules.rulebook import Rules
from engine.rules.world import World
from engine.scenario.names import Reference, place_of
from engine.scenario.problems import quoted
from engine.scenario.spelling import instead


class KeptError(BrinkmanshipError, KeyError):
    """Something is asked for that there is not, or that an actor can't know."""

    def __str__(self) -> str:
        return str(self.args[0])


class State(Mapping[str, float]):
    """Where issues, values, flags and flags of actors (``FLAG.ACTOR``) stand in a world of one run."""

    def __init__(self, rules: Rules, world: World, actor: str, tells: Callable[[Reference], bool]) -> None:
        self._rules, self._world, self._actor, self._tells = rules, world, actor, tells

    def __getitem__(self, name: str) -> float:
        """A number. Raises :class:`KeptError` for what the actor can't know, and where nothing is called so."""
        place = self._places().get(name)
        if place is None:
            raise KeptError(f"nothing in the state is called {quoted(name)}{instead(str(name), self._places())}")
        if not self._is_told(place):
            is_secret = place.id in self._rules.scenario.secrets
            why = "a secret that it has not learned" if is_secret else "changed only by what it does not learn of"
            raise KeptError(f"{name} is kept from {self._actor}: {why}")
        return float(self._world.cells[self._rules.layout.rows[place], 0])

    def __iter__(self) -> Iterator[str]:
        return (name for name, place in self._places().items() if self._is_told(place))

    def __len__(self) -> int:
        return sum(1 for _name in self)

    def _is_told(self, place: Reference) -> bool:
        return place.kind == "issue" or self._tells(place)

    def _places(self) -> dict[str, Reference]:
        s = self._rules.scenario
        issues = {issue: Reference("issue", issue) for issue in s.issues}
        rest = (*s.values, *s.flags, *(f"{flag}.{actor}" for flag in s.actor_flags for actor in s.actors))
        return issues | {name: place_of(s, name) for name in rest}
