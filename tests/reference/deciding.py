"""How an actor decides, section 3 of the design: what is legal, what it promises, and how likely it is to be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.scenario.models import Action
from engine.scenario.names import Reference
from tests.reference.arithmetic import exponential, held
from tests.reference.expressions import Standpoint, total
from tests.reference.gains import prospects, reliefs
from tests.reference.story import Option
from tests.reference.votes import Question, chance_of_passing, leanings
from tests.reference.world import World


@dataclass(frozen=True)
class Taken:
    """An option that is taken, what it promises, and how likely it was."""

    option: Option
    gain: float
    chance: float
    targets: tuple[str, ...] = ()
    """At whom it is directed, where it is at several at once."""


def aimed_at(world: World, option: Option) -> tuple[str, ...]:
    """Those at whom an option is directed at once."""
    each = world.story.choices[option.action].each
    if each is None:
        return ()
    others = [actor for actor in world.scenario.members(each.of) if actor != option.actor]
    return tuple(who for who in others if Standpoint(world, option.actor, who).holds(each.each))


def is_legal(world: World, option: Option) -> bool:
    """Whether an actor may take an option on the world as it stands."""
    action, here = world.story.choices[option.action], Standpoint(world, option.actor, option.target)
    return (
        here.holds(action.when)
        and all(here.holds(need) for need in action.needs.values())
        and (action.each is None or bool(aimed_at(world, option)))
        and is_its_time(world, option, action)
    )


def is_its_time(world: World, option: Option, action: Action) -> bool:
    """Whether ``once``, ``cooldown`` and ``reply_to`` allow it."""
    called = world.called.get(option)
    if not is_free(world, option):
        return False
    return action.reply_to is None or (called is not None and world.days_since(called) <= action.reply_to.within)


def is_free(world: World, option: Option) -> bool:
    """Whether it was never done, or long enough ago."""
    done, action = world.done.get(option), world.story.choices[option.action]
    if done is None or action.once:
        return done is None
    return action.cooldown is None or world.days_since(done) >= action.cooldown


def gain_of(world: World, option: Option) -> float:
    """What an actor believes that it would win by doing this alone, now."""
    action, here = world.story.choices[option.action], Standpoint(world, option.actor, option.target)
    gain = promise(world, option, action, here)
    for appeal in action.appeals.values():
        gain += here.number(appeal)
    for cost in action.costs.values():
        gain -= here.number(cost)
    return gain


def promise(world: World, option: Option, action: Action, here: Standpoint) -> float:
    """By how much an actor's loss is expected to be smaller, over passing and failing if it tables a question."""
    me, follows, gain = option.actor, [*prospects((*action.effects, *action.expects), here, action.each)], 0.0
    if action.vote is None:
        for relief in reliefs(world, me, follows).values():
            gain += relief
        return gain
    question, nobody = Question(option.action, option.target), Standpoint(world, target=option.target)
    chance = chance_of_passing(question.body(world).passes, leanings(world, question))
    passed = reliefs(world, me, [*follows, *prospects((*action.vote.passes, *action.vote.pass_expects), nobody)])
    failed = reliefs(world, me, [*follows, *prospects((*action.vote.fails, *action.vote.fail_expects), nobody)])
    for issue in dict.fromkeys((*passed, *failed)):
        gain += chance * passed.get(issue, 0.0) + (1.0 - chance) * failed.get(issue, 0.0)
    return gain


def hazard(gain: float, temperature: float) -> float:
    """exp(G / temperature), the quotient held to -30..30."""
    return exponential(held(gain / temperature, -30.0, 30.0))


def chosen(rates: Sequence[float], u: float) -> int:
    """The first whose running sum of rates exceeds u times their sum."""
    running, bound = 0.0, u * total(rates)
    for number, rate in enumerate(rates):
        running += rate
        if running > bound:
            return number
    return len(rates) - 1


def move(world: World, actor: str) -> list[Taken]:
    """At most one move of an actor in this pace: its options compete as hazards."""
    options = [option for option in world.story.moves[actor] if is_legal(world, option)]
    if not options:
        return []
    gains = [gain_of(world, option) for option in options]
    tempos = [world.story.choices[option.action].tempo for option in options]
    temperature = world.story.temperature(actor)
    rates = [hazard(gain, temperature) * (1.0 / tempo) for gain, tempo in zip(gains, tempos, strict=True)]
    moving = 1.0 - exponential(-world.scenario.timeline.pace_in_days * total(rates))
    whether, which, *_ = world.chance.uniforms(f"actor:{actor}", world.tick)
    if whether >= moving:
        return []
    n = chosen(rates, which)
    return [Taken(options[n], gains[n], moving * rates[n] / total(rates), aimed_at(world, options[n]))]


def answer(world: World, question: Reference) -> Taken:
    """What an actor says to a question that is put to it: nothing competes with the answers but each other."""
    ask, actor = world.scenario.asks[question.id], question.who
    options = [Option(actor, f"{question.id}.{name}") for name in ask.answers]
    options = [option for option in options if is_legal(world, option)]
    gains = [gain_of(world, option) for option in options]
    rates = [hazard(gain, ask.temperature or world.story.temperature(actor)) for gain in gains]
    n = chosen(rates, world.chance.uniforms(f"ask:{question.id}:{actor}", world.tick)[0])
    return Taken(options[n], gains[n], rates[n] / total(rates))
