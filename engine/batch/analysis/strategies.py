"""Which simple policy does best for a side: all of them on the same runs, whose chance they share.

An option is *dominant* where taking it whenever it is legal (and perhaps one other besides) is clearly better than any
such policy that leaves it out, and no worse than any that weighs its options: the side has nothing to think about. One
that never does better than holding, never makes the rule better, and is not of the best pair, is *dead*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from engine.batch.analysis.differences import Interval, paired_means
from engine.batch.design.agenda import Whenever
from engine.batch.design.policies import SEATS, BatchPolicy, Moment, RuleSeat
from engine.batch.running.runner import CHUNK, blocks, play_out
from engine.rules import Rules
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.asks import Asking
from engine.rules.decide import Appraisal
from engine.scenario.names import Reference

PAIRED = 3
"""Of how many of the best options each ordered pair is tried."""

NOTICED = 2.0
"""Points of score (of a hundred) by which an option must be ahead to be called dominant."""

SMALLEST = 50
"""Runs of each policy side by side, however many policies there are."""


@dataclass(frozen=True)
class SideBySide(RuleSeat):
    """Several policies, each in its own stretch of as many runs."""

    policies: tuple[BatchPolicy, ...]

    def decide(self, moment: Moment, actor: str) -> Rows:
        """What each decides in its stretch."""
        parts = self._moments(moment)
        return np.concatenate([policy.decide(part, actor) for policy, part in zip(self.policies, parts, strict=True)])

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """What each answers in its stretch."""
        parts = self._moments(moment)
        return np.concatenate([policy.answer(part, asking) for policy, part in zip(self.policies, parts, strict=True)])

    def _moments(self, moment: Moment) -> Iterator[Moment]:
        size = moment.world.runs // len(self.policies)
        stretches = (slice(begin, begin + size) for begin in range(0, moment.world.runs, size))
        return (among(moment, part) for part in stretches)


def among(moment: Moment, runs: slice) -> Moment:
    """A moment in some of its runs."""
    found = moment.appraisal
    appraisal = Appraisal(found.legal[:, runs], found.gain[:, runs], found.rates[:, runs])
    return replace(moment, world=moment.world.part(runs), appraisal=appraisal)


@dataclass(frozen=True)
class Strategy:
    """A simple policy: some actions whenever they are legal, else another policy."""

    actions: tuple[str, ...]
    otherwise: str
    """The name of a policy."""

    @property
    def seat(self) -> BatchPolicy:
        """Who decides so."""
        return Whenever(self.actions, SEATS[self.otherwise]) if self.actions else SEATS[self.otherwise]

    @property
    def text(self) -> str:
        """It in words."""
        return ", else ".join((*self.actions, self.otherwise))


RULE, HOLD = Strategy((), "rule"), Strategy((), "hold")


@dataclass(frozen=True)
class Scored:
    """A strategy, the mean score of the side that follows it, and how much better it is than the rule."""

    strategy: Strategy
    score: float
    better: float
    interval: Interval
    """Of the difference: 95 %, of pairs of runs that share their chance."""


@dataclass(frozen=True)
class Lead:
    """How much better one strategy is than another."""

    strategy: Strategy
    better: float
    interval: Interval


@dataclass(frozen=True)
class Side:
    """What the strategies of one side come to."""

    actor: str
    runs: int
    """Of each strategy."""
    scored: tuple[Scored, ...]
    """The best first."""
    single: Scored | None
    """The best of single options and pairs, that do nothing else; None where the side has no option."""
    runner_up: Lead | None
    """The best of these without its first action (or holding), and how far it is ahead of that."""
    dominant: str | None
    """An action that is clearly better than anything without it."""
    dead: tuple[str, ...]
    """Actions that never do better than holding, and never make the rule better."""

    @property
    def best(self) -> Scored:
        """The best."""
        return self.scored[0]


Advance = Callable[[int], None]


def sides(rules: Rules) -> tuple[str, ...]:
    """The sides that a person may take and that have something to want and to do."""
    return tuple(
        actor
        for actor, record in rules.scenario.actors.items()
        if record.playable and record.stances and actor in rules.actor_options
    )


def strategies_of(rules: Rules, actor: str) -> tuple[Strategy, ...]:
    """The policies that have a name, and each action whenever it is legal, else nothing or the rule."""
    own = actions_of(rules, actor)
    return (
        *(Strategy((), name) for name in SEATS),
        *(Strategy((action,), otherwise) for action in own for otherwise in ("hold", "rule")),
    )


def actions_of(rules: Rules, actor: str) -> tuple[str, ...]:
    """What a side may do, and answer."""
    own = (*rules.options[rules.actor_options[actor]], *(option for option in rules.answers if option.actor == actor))
    return tuple(dict.fromkeys(option.action for option in own))


def how_many(rules: Rules, actor: str) -> int:
    """How many strategies of a side are tried."""
    own = len(actions_of(rules, actor))
    few = min(PAIRED, own)
    return len(SEATS) + 2 * own + few * (few - 1)


def search(rules: Rules, actor: str, runs: int, seed: int = 0, advance: Advance = lambda _: None) -> Side:
    """Try all strategies of a side on the same runs, then pairs of its best options; the rule decides for others."""
    first = strategies_of(rules, actor)
    scores = dict(zip(first, play_side_by_side(rules, actor, seats_of(first), runs, seed, advance), strict=True))
    pairs = tuple(pairs_of_best(scores))
    if pairs:
        scores |= zip(pairs, play_side_by_side(rules, actor, seats_of(pairs), runs, seed, advance), strict=True)
    return judge(actor, runs, actions_of(rules, actor), scores)


Scores = dict[Strategy, Numbers]
"""The score of the side in each run, by strategy: shape (runs,)."""


def seats_of(strategies: Sequence[Strategy]) -> tuple[BatchPolicy, ...]:
    """Who decides by each strategy."""
    return tuple(strategy.seat for strategy in strategies)


def play_side_by_side(
    rules: Rules,
    actor: str,
    policies: Sequence[BatchPolicy],
    runs: int,
    seed: int,
    advance: Advance = lambda _: None,
) -> Numbers:
    """The scores of the side under each policy, on the same chance: shape (policies, runs)."""
    own: Numbers = scores_side_by_side(rules, actor, policies, runs, seed, advance)[0][rules.layout.actors[actor]]
    return own


def scores_side_by_side(
    rules: Rules,
    actor: str,
    policies: Sequence[BatchPolicy],
    runs: int,
    seed: int,
    advance: Advance = lambda _: None,
    flags: Sequence[str] = (),
) -> tuple[Numbers, YesNo]:
    """The scores of everybody under each policy of one side, and whether some flags are yes in the end.

    On the same chance: of shapes (actors, policies, runs) and (flags, policies, runs).
    """
    seat, rows = SideBySide(tuple(policies)), [rules.layout.rows[Reference("flag", flag)] for flag in flags]
    scores, held = [], []
    for begin, size in blocks(0, runs, max(SMALLEST, CHUNK // len(policies))):
        world = rules.open(seed, begin, size, times=len(policies))
        play_out(rules, world, seats={actor: seat})
        scores.append(rules.scores(world).reshape(-1, len(policies), size))
        held.append((world.cells[rows] != 0.0).reshape(len(rows), len(policies), size))
        advance(world.runs)
    return np.concatenate(scores, axis=2), np.concatenate(held, axis=2)


def pairs_of_best(scores: Scores) -> Iterator[Strategy]:
    """Each ordered pair of the best options: the first whenever it is legal, else the second, else nothing."""
    alone = sorted((s for s in scores if s.actions and s.otherwise == "hold"), key=lambda s: -float(scores[s].mean()))
    few = [strategy.actions[0] for strategy in alone[:PAIRED]]
    yield from (Strategy(pair, "hold") for pair in permutations(few, 2))


def judge(actor: str, runs: int, actions: Sequence[str], scores: Scores) -> Side:
    """Which strategy is best, and which actions are dominant or dead."""
    ranked = sorted(scores, key=lambda strategy: -float(scores[strategy].mean()))
    scored = {s: Scored(s, float(scores[s].mean()), *lead(scores[RULE], scores[s])) for s in ranked}
    plain = [strategy for strategy in ranked if strategy.otherwise == "hold"]
    single = next((strategy for strategy in plain if strategy.actions), None)
    runner_up = dominant = None
    if single is not None:
        other = next(strategy for strategy in plain if single.actions[0] not in strategy.actions)
        runner_up = Lead(other, *lead(scores[other], scores[single]))
        dominant = single.actions[0] if is_ahead(runner_up) and not is_beaten(single, scores) else None
    useful = single.actions if single is not None else ()
    dead = tuple(action for action in actions if action not in useful and is_dead(action, scores))
    return Side(actor, runs, tuple(scored.values()), scored[single] if single else None, runner_up, dominant, dead)


def is_ahead(of: Lead) -> bool:
    """Whether a lead is clear."""
    return of.interval.low > 0.0 and of.better >= NOTICED


def is_beaten(strategy: Strategy, scores: Scores) -> bool:
    """Whether a policy that weighs its options does better."""
    return any(lead(scores[strategy], scores[Strategy((), name)])[1].low > 0.0 for name in SEATS)


def lead(first: Numbers, second: Numbers) -> tuple[float, Interval]:
    """By how much the second is better, and the interval of that."""
    return float((second - first).mean()), paired_means(first, second)


def is_dead(action: str, scores: Scores) -> bool:
    """Whether an action does not better what it is added to, be that nothing or the rule."""
    alone = lead(scores[HOLD], scores[Strategy((action,), "hold")])[1]
    added = lead(scores[RULE], scores[Strategy((action,), "rule")])[1]
    return alone.high <= 0.0 and added.high <= 0.0


__all__ = [
    "Scored",
    "Side",
    "Strategy",
    "actions_of",
    "how_many",
    "play_side_by_side",
    "scores_side_by_side",
    "search",
    "sides",
]
