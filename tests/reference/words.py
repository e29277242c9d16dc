"""Section 3 of the design, words between sides: what an undertaking is worth to an actor, or seems to be to others."""

from __future__ import annotations

from copy import copy

from engine.scenario.models import Undertaking
from engine.scenario.names import Reference
from tests.reference.arithmetic import exponential, held
from tests.reference.deciding import hazard, is_free, is_legal
from tests.reference.expressions import Standpoint, total
from tests.reference.gains import prospects, reliefs
from tests.reference.story import Option
from tests.reference.world import World


def worth(world: World, name: Reference) -> float:
    """What is undertaken, by the chance that the word changes anything, as its judge knows it; or whether it can be."""
    undertaking = world.scenario.undertakings[name.id]
    if name.kind == "possible":
        return any(is_legal(world, option) for option in options(world, undertaking))
    known = as_known(world, name.who if name.kind == "worth" else None)
    parts = [of_option(known, undertaking, option, name.who) for option in options(world, undertaking)]
    return held(total(parts), -10.0, 10.0)


def options(world: World, undertaking: Undertaking) -> list[Option]:
    """What the giver would do, or would not do."""
    own = world.story.moves[undertaking.by]
    chosen = [option for act in undertaking.acts for option in own if option.action == act]
    return [option for option in chosen if undertaking.at in (None, option.target)]


def of_option(world: World, undertaking: Undertaking, option: Option, judge: str) -> float:
    """What it is worth that one option is done, or is not."""
    action = world.story.choices[option.action]
    here = Standpoint(world, option.actor, option.target)
    foreseen = list(prospects([*action.effects, *action.expects], here, action.each))
    gain = 0.0
    for relief in reliefs(world, option.actor, foreseen).values():
        gain += relief
    own = world.story.own[option.action]
    for text in own.appeals.values():
        gain += here.number(text)
    for text in own.costs.values():
        gain -= here.number(text)
    rate = hazard(gain, world.story.temperature(option.actor)) * (1.0 / action.tempo)
    likely = 1.0 - exponential(-(rate * is_legal(world, option) * undertaking.within))
    changes = -likely
    if undertaking.act:
        changes = (1.0 - likely) * (is_free(world, option) if undertaking.ahead else is_legal(world, option))
    if judge == option.actor:
        return changes * gain
    relieved = 0.0
    for relief in reliefs(world, judge, foreseen).values():
        relieved += relief
    return changes * relieved


def as_known(world: World, knower: str | None) -> World:
    """The world as an actor knows it: others stand where they were coded, where there is doubt about that."""
    seen = copy(world)
    seen.state = dict(world.state)
    for actor, record in world.scenario.actors.items():
        for issue, stance in record.stances.items():
            if stance.spread and actor != knower:
                seen.state[Reference("position", issue, actor)] = stance.position
    return seen
