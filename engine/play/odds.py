"""How an actor sees its options at one moment of a game."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import ceil

from engine.rules.arrays import sum_in_order
from engine.rules.asks import Asking
from engine.rules.decide import Appraisal, chance_to_move
from engine.rules.options import Block, Option
from engine.rules.rulebook import Rules
from engine.rules.world import World
from engine.scenario.models import Effect, Scenario


@dataclass(frozen=True, slots=True)
class Odds:
    """What a legal option promises, why, and how likely the rule is to take it in this pace (0..1)."""

    gain: float
    chance: float
    terms: dict[str, float]
    """The reasons of which the gain is the sum: issues, ``appeal``, ``cost``."""
    targets: tuple[str, ...]
    """At whom it is directed, where it is at several at once."""


@dataclass(frozen=True, slots=True, order=True)
class InForce:
    """A day from which on effects of an option hold, were it taken now."""

    on: dt.date
    entry: str = ""
    """The entry of the calendar that is this day, where the scenario says the day by it."""
    is_whole: bool = True
    """Whether this is so of all its effects."""


@dataclass(frozen=True, slots=True)
class Call:
    """What an option replies to, and how long it is still possible."""

    to: tuple[str, ...]
    """The actions of which one was done."""
    on: dt.date
    until: dt.date
    """The last day."""


@dataclass(frozen=True, slots=True)
class Explained:
    """An option with everything that decides about it."""

    option: Option
    legal: bool
    missing: tuple[str, ...]
    """The conditions that fail, in words where the scenario has them."""
    terms: dict[str, float]
    """The reasons of which the gain is the sum: issues, ``appeal``, ``cost``."""
    gain: float
    chance: float
    """How likely the rule is to move in this turn and to begin with it, should nothing else change before.

    Of an answer, how likely it is to be the one that the rule gives.
    """
    passing: float | None
    """The chance that the question that it tables would pass."""
    in_force: tuple[InForce, ...] = ()
    """The days from which on its effects hold, where the scenario says when."""
    call: Call | None = None
    """What it replies to, where it is a reply that has been called for."""
    targets: tuple[str, ...] = ()
    """At whom it would be directed, where it is at several at once."""


def odds_of(rules: Rules, world: World, appraisal: Appraisal, option: Option) -> Odds:
    """A legal option, in a world of one run."""
    account = rules.account(world, option)
    chance = _chance(rules, appraisal, option, rules.timeline.pace_in_days)
    return Odds(float(appraisal.gain[rules.number_of[option], 0]), chance, account.terms, account.targets)


def explain(rules: Rules, world: World, appraisal: Appraisal, actor: str) -> list[Explained]:
    """Every move of an actor, in a world of one run, in the order of the scenario; then what it may answer."""
    numbers = rules.actor_options.get(actor, slice(0, 0))
    answers = (o for asking in questions_to(rules, world, actor) for o in rules.options[asking.options])
    return [_explain(rules, world, appraisal, option) for option in (*rules.options[numbers], *answers)]


def questions_to(rules: Rules, world: World, actor: str) -> list[Asking]:
    """The questions that an actor has to answer, in a world of one run."""
    return [asking for asking in rules.askings if asking.actor == actor and asking.stands(world)[0]]


def _explain(rules: Rules, world: World, appraisal: Appraisal, option: Option) -> Explained:
    account = rules.account(world, option)
    return Explained(
        option,
        account.legal,
        account.failing,
        account.terms,
        account.gain,
        _chance(rules, appraisal, option, rules.scenario.step),
        account.passing,
        days_in_force(rules.scenario, option.action, world.tick),
        _call(rules.scenario, rules.roster.block_of[option.action], world, option),
        account.targets,
    )


def _call(scenario: Scenario, block: Block, world: World, option: Option) -> Call | None:
    since = None if block.calls is None else block.calls.since(world, block.options.index(option))
    if block.calls is None or since is None:
        return None
    begun, reply = scenario.start, block.calls.reply
    return Call(reply.action, begun + dt.timedelta(int(since)), begun + dt.timedelta(int(since + reply.within)))


def days_in_force(scenario: Scenario, action: str, tick: int) -> tuple[InForce, ...]:
    """From which days on the effects of an action hold that is taken in a pace, where the scenario says when."""
    rule = scenario.choice(action)
    found = {_begins(scenario, effect, rule.in_force, tick) for effect in rule.all_effects}
    days = sorted(day for day in found if day is not None)
    return tuple(InForce(day.on, day.entry, len(found) == 1) for day in days)


def _begins(scenario: Scenario, effect: Effect, in_force: str | None, tick: int) -> InForce | None:
    timed, timeline = effect.in_force(in_force), scenario.timeline
    if timed.on is not None:
        day, soonest = scenario.day_of(timed.on), timeline.day_of(tick + 1)
        is_entry = timed.on in scenario.calendar and day >= soonest
        return InForce(max(day, soonest), timed.on if is_entry else "")  # what has passed is in force a pace later
    if timed.delay is not None and effect.delay is None:
        return InForce(timeline.day_of(tick) + dt.timedelta(days=ceil(timed.delay)))
    return None


def _chance(rules: Rules, appraisal: Appraisal, option: Option, days: float) -> float:
    number = rules.number_of[option]
    own = appraisal.rates[number]
    if option.answers:
        asking = next(asking for asking in rules.askings if asking.options.start <= number < asking.options.stop)
        total = sum_in_order(appraisal.rates[asking.options])
        return float(own[0] / total[0]) if total[0] else 0.0
    total = sum_in_order(appraisal.rates[rules.actor_options[option.actor]])
    if not total[0]:
        return 0.0
    return float((chance_to_move(total, days) * own / total)[0])
