"""Effects, in section 2 of the design: what is caused is worked out at once, on the world as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.scenario.models import Belief, Each, Effect, Scenario
from engine.scenario.names import Reference
from tests.reference.expressions import Standpoint
from tests.reference.world import Change, World

TARGET = re.compile(r"\b[Tt]arget\b")
TARGET_IN_NEWS = re.compile(r"\{([Tt]arget)\}")


def says_target(change: Effect | Belief) -> bool:
    """Whether a change says ``target``: in a condition, chance, amount or place, in its news, in what it tells whom."""
    told = [change.when or "", change.chance or ""]
    told += [text for written in (change.add, change.set) for pair in written.items() for text in pair]
    if isinstance(change, Effect):
        told += [word for thing, who in change.reveal.items() for word in (thing, *who)]
        told += [*(change.of or ()), *(word for text in change.dispatch or () for word in TARGET_IN_NEWS.findall(text))]
    return any(TARGET.search(text) for text in told)


def counting(change: Effect | Belief, scene: Standpoint, each: Each | None) -> list[tuple[Standpoint, bool]]:
    """For whom an effect or a belief counts, and whether its condition holds there.

    Of an act at several at once, what says ``target`` counts for each of those at whom it is directed, and else once.
    """
    if each is None or not says_target(change):
        return [(scene, scene.holds(change.when))]
    others = [Standpoint(scene.world, scene.me, other) for other in scene.world.scenario.members(each.of)]
    return [(one, one.holds(each.each) and one.holds(change.when)) for one in others if one.target != one.me]


def cause(effects: Sequence[Effect], scene: Standpoint, stream: str, each: Each | None = None) -> list[Change]:
    """What effects change at once; what is put off waits.

    ``stream`` names the chance: each effect that has one takes a uniform, in the order written.
    """
    world, changes, drawn = scene.world, list[Change](), 0
    for effect in effects:
        for one, holds in counting(effect, scene, each):
            own = stream if one is scene else f"{stream}:{one.target}"
            if holds and (
                effect.chance is None or world.chance.uniforms(own, world.tick)[drawn] < one.probability(effect.chance)
            ):
                due = falls_due(world, effect)
                (changes if due is None else world.delayed.setdefault(due, [])).extend(changes_of(effect, one))
        drawn += effect.chance is not None
    return changes


def changes_of(effect: Effect, scene: Standpoint) -> Iterator[Change]:
    """What an effect adds, sets and asks."""
    for how, written in (("add", effect.add), ("set", effect.set)):
        for name, text in written.items():
            amount = scene.amount(name, text)
            yield from (Change(how, place, amount) for place in scene.places(name))
    yield from learned_by(effect, scene)
    if effect.ask is not None:
        yield from (Change("ask", Reference("asked", effect.ask, actor)) for actor in asked_by(effect, scene))


def learned_by(effect: Effect, scene: Standpoint) -> Iterator[Change]:
    """What an effect reveals, to each who learns it."""
    for name, who in effect.reveal.items():
        learners = scene.world.scenario.members(tuple(scene.somebody(word) for word in who))
        for place in scene.places(name):
            thing = f"position.{place.who}.{place.id}" if place.kind == "position" else f"{place.id}.{place.who}"
            known = thing if place.who else place.id
            yield from (Change("tell", Reference("knows", known, actor)) for actor in learners)


def asked_by(effect: Effect, scene: Standpoint) -> tuple[str, ...]:
    """To whom a question is put: of those in its ``to`` the ones that ``of`` names, or all."""
    scenario: Scenario = scene.world.scenario
    assert effect.ask is not None
    to = scenario.members(scenario.asks[effect.ask].to)
    if effect.of is None:
        return to
    named = scenario.members(tuple(scene.somebody(word) for word in effect.of))
    return tuple(actor for actor in to if actor in named)


def falls_due(world: World, effect: Effect) -> int | None:
    """The pace in which an effect falls due; None where it takes place at once."""
    time = world.scenario.timeline
    if effect.delay is not None:
        return world.tick + time.paces_in(effect.delay)
    if effect.on is not None:
        return max(world.tick + 1, time.first_pace_from(world.scenario.day_of(effect.on)))
    return None
