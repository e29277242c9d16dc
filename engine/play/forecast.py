"""What may follow: futures of the present world, run side by side under the rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from engine.play.plans import Plan, due
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.draws import Draws, stream_key
from engine.rules.rulebook import Rules
from engine.rules.votes import Instructions
from engine.rules.world import World

Moves = Mapping[str, Plan]
"""What some actors do in one turn; the rule decides for all others."""

Ballots = Mapping[str, Instructions]
"""How members vote who are told to, by question."""

UNTOLD: Ballots = {}


class Afterwards(Enum):
    """Who plays the side that looks ahead, once the open turn is over; its questions are answered by the rule."""

    RULE = "rule"
    """The rule, as for everybody else."""
    HOLD = "hold"
    """Nobody: it does nothing more."""
    GREEDY = "greedy"
    """Each turn it does what promises most then, if anything does."""


Breath = Callable[[], None]
"""Called between two paces; may raise to end the work."""


def go_on() -> None:
    """A breath after which work always goes on."""


@dataclass(frozen=True)
class Forecast:
    """How some futures close: the number of each one's ending, shape (futures,), and scores, (actors, futures)."""

    rules: Rules
    endings: Rows
    scores: Numbers
    came: YesNo
    """Which flags stand at yes then: shape (flags, futures)."""

    def __repr__(self) -> str:
        likely = sorted(self.shares().items(), key=lambda one: -one[1])[:3]
        said = ", ".join(f"{ending} {share:.0%}" for ending, share in likely if share)
        return f"<Forecast of {self.rules.scenario.id}, {self.futures:,} futures: {said}>"

    @property
    def futures(self) -> int:
        """How many futures were looked at."""
        return len(self.endings)

    def shares(self) -> dict[str, float]:
        """The share of futures that close with each ending."""
        names = [ending.id for ending in self.rules.scenario.endings]
        counts = np.bincount(self.endings, minlength=len(names))
        return {name: float(count) / self.futures for name, count in zip(names, counts, strict=True)}

    def mean_score(self, actor: str) -> float:
        """The mean score of an actor at the end."""
        return float(self.scores[self.rules.layout.actors[actor]].mean())


def look_ahead(rules: Rules, world: World, actor: str, plans: Sequence[Plan], futures: int) -> list[Forecast]:
    """For each plan of an actor now, futures of a world of one run whose turn has opened; the rule decides the rest."""
    return forecasts(rules, world, [{actor: plan} for plan in plans], chance_ahead(world, 0, futures))


def chance_ahead(world: World, first: int, futures: int) -> Draws:
    """The chance of futures ``first`` to ``first + futures - 1`` of a world of one run.

    It is their own, so that they do not tell what is going to happen.
    """
    return Draws(seed_ahead(world), first, futures)


def seed_ahead(world: World) -> int:
    """The seed of the futures of a world of one run."""
    return stream_key(f"futures of run {world.draws.first_run} of seed {world.draws.seed} in turn {world.tick}")


def forecasts(
    rules: Rules,
    world: World,
    lines: Sequence[Moves],
    chance: Draws,
    breath: Breath = go_on,
    ballots: Ballots = UNTOLD,
    afterwards: Afterwards = Afterwards.RULE,
) -> list[Forecast]:
    """The futures that follow from each line of moves in the open turn of a world of one run.

    All lines are played side by side on the same chance, so that two of them are compared on equal terms: a future of
    every line, then the next future of every line, since worlds that are much alike are quicker played together.
    ``ballots`` say, by question, how members vote in the open turn; ``afterwards``, who plays the sides of a line after
    it. A story that has closed has one future.
    """
    ahead = world.multiplied(chance.each(len(lines)))
    if rules.is_over(world):
        return play_out(rules, ahead, len(lines))
    appraisal, moves = _decided(rules, world, ahead, lines, chance)
    rules.play_pace(ahead, appraisal, moves, instructions=ballots)
    finish_turn(rules, ahead, lines, ballots, breath)
    if afterwards is not Afterwards.RULE:
        _play_on(rules, ahead, lines, afterwards, breath)
    return play_out(rules, ahead, len(lines), breath)


def finish_turn(
    rules: Rules, ahead: World, lines: Sequence[Moves], ballots: Ballots = UNTOLD, breath: Breath = go_on
) -> None:
    """The rest of a turn of which the first pace is played: whoever has a plan does what it says for later days."""
    timeline, idle = rules.timeline, _sides_of(rules, ahead, lines)
    plans = [plan for line in lines for plan in line.values()]
    while not timeline.opens_turn(ahead.tick) and not rules.is_over(ahead):
        rest = range(ahead.tick, ahead.tick + timeline.paces_left_in_turn(ahead.tick))
        busy = (tick for tick in rest if any(due(plan, tick, timeline) for plan in plans))
        if quiet := next(busy, rest.stop) - ahead.tick:
            rules.go_on(ahead, quiet, idle, ballots, breath)
            continue
        breath()
        appraisal, by_rule = rules.begin_pace(ahead)  # whoever is asked meanwhile answers by the rule
        moves = np.concatenate([with_plans(rules, by_rule[0], lines, ahead.tick), by_rule[1:]])
        rules.play_pace(ahead, appraisal, moves, instructions=ballots)


def _sides_of(rules: Rules, ahead: World, lines: Sequence[Moves]) -> YesNo:
    """Which actors each line is about: shape (actors, runs)."""
    named = np.zeros((len(rules.layout.actors), len(lines)), dtype=np.bool_)
    for number, line in enumerate(lines):
        named[[rules.layout.actors[actor] for actor in line], number] = True
    return np.tile(named, ahead.runs // len(lines))


def _play_on(rules: Rules, ahead: World, lines: Sequence[Moves], afterwards: Afterwards, breath: Breath) -> None:
    """To the end, with the sides of each line doing nothing, or each turn what promises most."""
    timeline, idle = rules.timeline, _sides_of(rules, ahead, lines)
    while not rules.is_over(ahead) and ahead.tick < timeline.paces:
        paces = timeline.paces - ahead.tick
        if afterwards is Afterwards.GREEDY:
            breath()
            appraisal, by_rule = rules.begin_pace(ahead)
            rules.play_pace(ahead, appraisal, _greedy(rules, appraisal, by_rule, idle))
            paces = timeline.paces_left_in_turn(ahead.tick) if not timeline.opens_turn(ahead.tick) else 0
        rules.go_on(ahead, paces, idle, breath=breath)


def _greedy(rules: Rules, appraisal: Appraisal, by_rule: Rows, idle: YesNo) -> Rows:
    """Everybody's choices, where some do what promises most, if anything does: of the shape of ``by_rule``."""
    moves = by_rule.copy()
    for actor, span in rules.actor_options.items():
        row = rules.layout.actors[actor]
        if idle[row].any():
            gains = np.where(appraisal.legal[span], appraisal.gain[span], 0.0)
            best = np.where(gains.max(axis=0) > 0.0, gains.argmax(axis=0) + span.start, NO_MOVE)
            moves[0, row] = np.where(idle[row], best, moves[0, row])
    return moves


def play_out(rules: Rules, ahead: World, lines: int, breath: Breath = go_on) -> list[Forecast]:
    """How the futures of lines close that stand before a turn, or are over: a future of every line, then the next."""
    rules.finish(ahead, breath)
    scores, came = rules.scores(ahead), ahead.cells[rules.layout.world_flags] != 0.0
    each = [slice(line, None, lines) for line in range(lines)]
    return [Forecast(rules, ahead.ending[own], scores[:, own], came[:, own]) for own in each]


def _decided(rules: Rules, world: World, ahead: World, lines: Sequence[Moves], chance: Draws) -> tuple[Appraisal, Rows]:
    """What everybody does in the open turn, by future and line: before anybody moves, all futures are the same world.

    Where something is not known of that, each future is appraised by itself.
    """
    if world.guesses is not None:
        each = rules.appraise(ahead)
        return each, with_plans(rules, rules.decide(ahead, each), lines, world.tick)
    alone = rules.appraise(world)
    by_rule = rules.decide(world.multiplied(chance), alone)
    return alone, with_plans(rules, np.repeat(by_rule, len(lines), axis=-1), lines, world.tick)


def with_plans(rules: Rules, by_rule: Rows, lines: Sequence[Moves], tick: int) -> Rows:
    """Everybody's choices, where some actors do, and answer, as they plan for a pace.

    Runs are those of :func:`play_out`; the result is of shape (slots, actors, runs).
    """
    lines = [{actor: due(plan, tick, rules.timeline) for actor, plan in line.items()} for line in lines]
    moves = in_slots(by_rule, max((1, *(len(plan) for line in lines for plan in line.values()))))
    for number, line in enumerate(lines):
        part = slice(number, None, len(lines))
        for actor, plan in line.items():
            moves[:, rules.layout.actors[actor], part] = NO_MOVE
            for slot, option in enumerate(plan):
                moves[slot, rules.layout.actors[actor], part] = rules.number_of[option]
    return moves


def in_slots(choice: Rows, slots: int) -> Rows:
    """Choices of shape (actors, runs), or (slots, actors, runs), with room for more: at least so many slots."""
    taken = choice.reshape(-1, *choice.shape[-2:])
    moves = np.full((max(slots, len(taken)), *choice.shape[-2:]), NO_MOVE, dtype=choice.dtype)
    moves[: len(taken)] = taken
    return moves
