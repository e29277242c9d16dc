"""How an actor sees its options at one moment of a game."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from engine.rules.arrays import sum_in_order
from engine.rules.decide import Appraisal, chance_to_move
from engine.rules.options import Block, Option, Passing
from engine.rules.rulebook import Rules
from engine.rules.world import World


@dataclass(frozen=True, slots=True)
class Odds:
    """What a legal option promises, why, and how likely the rule is to take it this turn (0..1)."""

    gain: float
    chance: float
    terms: dict[str, float]
    """The reasons of which the gain is the sum: issues, ``appeal``, ``cost``."""


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
    """How likely the rule is to take it this turn."""
    passing: float | None
    """The chance that the question that it tables would pass."""


def odds_of(rules: Rules, world: World, appraisal: Appraisal, option: Option) -> Odds:
    """A legal option, in a world of one run."""
    for offer in appraisal.offers:
        if option in offer.block.options:
            place = offer.block.options.index(option)
            terms = _terms(offer.block, world, offer.block.foresee(world), place)
            return Odds(float(offer.gain[place, 0]), _chance(rules, appraisal, option), terms)
    return Odds(0.0, 0.0, {})


def explain(rules: Rules, world: World, appraisal: Appraisal, actor: str) -> list[Explained]:
    """Every option of an actor, in a world of one run, in the order of the scenario."""
    numbers = rules.actor_options.get(actor, slice(0, 0))
    blocks = {block.action_id: block for block in rules.blocks}
    return [_explain(rules, world, appraisal, blocks[o.action], o) for o in rules.options[numbers]]


def _explain(rules: Rules, world: World, appraisal: Appraisal, block: Block, option: Option) -> Explained:
    place = block.options.index(option)
    passing = block.foresee(world)
    terms = _terms(block, world, passing, place)
    question = block.questions.get(option.target)
    return Explained(
        option,
        bool(block.legal(world)[place, 0]),
        tuple(words for words, fails in block.failing(world) if fails[place, 0]),
        terms,
        reduce(add, terms.values(), 0.0),  # term by term, as the rules add; sum() differs between Pythons
        _chance(rules, appraisal, option),
        None if question is None else float(passing[question.id][0]),
    )


def _terms(block: Block, world: World, passing: Passing, place: int) -> dict[str, float]:
    shape = (len(block.options), world.runs)
    return {t.name: float(np.broadcast_to(t.amount, shape)[place, 0]) for t in block.terms(world, passing)}


def _chance(rules: Rules, appraisal: Appraisal, option: Option) -> float:
    rates = appraisal.rates[rules.actor_options[option.actor]]
    total = sum_in_order(rates)
    if not total[0]:
        return 0.0
    own = appraisal.rates[rules.number_of[option]]
    return float((chance_to_move(total, appraisal.days[rules.layout.actors[option.actor]]) * own / total)[0])
