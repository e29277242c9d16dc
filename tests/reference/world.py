"""The state of one run: what stands in the world, and what is remembered of what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.scenario.names import Reference
from tests.reference.arithmetic import held
from tests.reference.chance import Chance
from tests.reference.story import Option, Story


@dataclass(frozen=True)
class Change:
    """One thing that an effect does: it adds to a place, sets it, or asks."""

    how: str
    """``add``, ``set``, ``ask`` or ``tell``."""
    place: Reference
    """What is changed; a question to an actor is the place ``asked`` of that actor,
    something that it learns the place ``knows``."""
    amount: float = 0.0


class World:
    """One run of a scenario, before its first pace."""

    def __init__(self, story: Story, chance: Chance) -> None:
        self.story, self.scenario = story, story.scenario
        self.chance = chance
        self.tick = 0
        """The number of the pace."""
        self.state: dict[Reference, float] = dict(self.at_the_start())
        """Numbers of issues, values and positions; yes and no of flags."""
        self.origin = {place: value for place, value in self.state.items() if place.kind == "position"}
        """Positions at the start."""
        self.since: dict[Reference, int] = {}
        """The pace in which each flag that is yes became so."""
        self.put: dict[Reference, int] = {}
        """The pace in which each question that stands was put."""
        self.delayed: dict[int, list[Change]] = {}
        """What falls due in which pace."""
        self.done: dict[Option, int] = {}
        """The pace in which each option was taken last."""
        self.called: dict[Option, int] = {}
        """The pace in which something was done that calls for this reply; not there once it is made."""
        self.happened: set[str] = set()
        """Events that have happened."""
        self.since |= {place: 0 for place, yes in self.state.items() if place.kind in ("flag", "actor_flag") and yes}
        self.judge: Callable[[World, Reference], float]
        """What says how much an undertaking is worth to somebody."""
        self.told: set[tuple[str, str]] = set()
        """What has been revealed, by its name, and to whom."""

    def at_the_start(self) -> Iterator[tuple[Reference, float]]:
        """Every place, and what stands there before the first pace."""
        s = self.scenario
        yield from ((Reference("issue", name), issue.start) for name, issue in s.issues.items())
        yield from ((Reference("value", name), self.first_number(name)) for name in s.values)
        yield from ((Reference("flag", name), self.is_at_first(name)) for name in s.flags)
        for actor in s.actors:
            yield from ((Reference("actor_flag", name, actor), self.is_at_first(name, actor)) for name in s.actor_flags)
            yield from ((Reference("position", issue, actor), self.drawn(actor, issue)) for issue in s.issues)

    @property
    def day(self) -> float:
        """Days since the start."""
        return self.days_since(0)

    def days_since(self, tick: int) -> float:
        """Days since a pace opened: whole hours, divided once."""
        return (self.tick - tick) * self.scenario.timeline.hours_in_pace / 24

    def range_of(self, place: Reference) -> tuple[float, float]:
        """The lowest and the highest number of an issue, a value or a position."""
        return self.scenario.values[place.id].range if place.kind == "value" else self.story.scales[place.id]

    def is_at_first(self, *name: str) -> bool:
        """Whether a flag is yes when the story opens: by the chance of its secret, if it has one."""
        secret = self.scenario.secrets.get(name[0])
        if secret is None or secret.chance is None:
            return False
        return self.chance.uniforms(f"secret:{'.'.join(name)}", 0)[0] < secret.chance

    def first_number(self, name: str) -> float:
        """Where a value starts: perhaps at one of some numbers, in proportion to their weights."""
        secret = self.scenario.secrets.get(name)
        if secret is None or not secret.among:
            return self.scenario.values[name].start
        reached, sums = 0.0, []
        for weight in secret.among.values():
            reached += weight
            sums.append(reached)
        where = self.chance.uniforms(f"secret:{name}", 0)[0] * reached
        numbers = list(secret.among)
        return next((number for number, most in zip(numbers, sums, strict=True) if where < most), numbers[-1])

    def knows(self, actor: str, thing: str) -> bool:
        """Whether an actor knows something, from the start or since it was revealed."""
        match thing.split("."):
            case ["position", owner, issue]:
                stance = self.scenario.actors[owner].stances.get(issue)
                is_known = stance is None or not stance.spread or owner == actor
            case [name, *owner]:
                secret = self.scenario.secrets.get(name)
                is_known = secret is None or actor in (*self.scenario.members(secret.known_to), *owner)
        return is_known or (thing, actor) in self.told

    def drawn(self, actor: str, issue: str) -> float:
        """Where an actor stands at the start: as it is coded, with the coder's doubt."""
        stance = self.scenario.actors[actor].stances.get(issue)
        if stance is None:
            return self.scenario.issues[issue].start
        if not stance.spread:
            return stance.position
        doubt = stance.spread * self.chance.normal(f"stance:{actor}:{issue}")
        return held(stance.position + doubt, *self.story.scales[issue])


def make(world: World, changes: list[Change]) -> list[Reference]:
    """All changes at once: what is added is summed, the largest that is set wins, ranges hold; then it is asked.

    Gives the questions that were put, those that stood already left out.
    """
    sums: dict[Reference, float] = {}
    settings: dict[Reference, float] = {}
    for change in changes:
        if change.how == "add":
            sums[change.place] = sums.get(change.place, 0.0) + change.amount
        if change.how == "set":
            settings[change.place] = max(settings.get(change.place, change.amount), change.amount)
    moved = {place: world.state[place] + amount for place, amount in sums.items()}
    for place, value in {**moved, **settings}.items():
        if place.kind in ("flag", "actor_flag"):
            turn_flag(world, place, bool(value))
        else:
            world.state[place] = held(value, *world.range_of(place))
    world.told |= {(change.place.id, change.place.who) for change in changes if change.how == "tell"}
    asked = dict.fromkeys(change.place for change in changes if change.how == "ask" and change.place not in world.put)
    world.put |= dict.fromkeys(asked, world.tick)
    return [*asked]


def turn_flag(world: World, flag: Reference, is_yes: bool) -> None:
    """A flag becomes yes or no; it remembers when it became yes, until it becomes no."""
    world.state[flag] = is_yes
    if is_yes:
        world.since.setdefault(flag, world.tick)
    else:
        world.since.pop(flag, None)
