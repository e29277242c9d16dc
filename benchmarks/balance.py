"""Whether a scenario is a game: `python -m benchmarks.balance [SCENARIO [RUNS [SIDE ...]]]`.

For each playable side, on the same chance: holding, the rule, the greedy and the random policy, sensible play (the
agenda of the scenario's experiment ``playing-well``), one option taken whenever it is legal, and one key pressed turn
after turn (the first, the second, ... of the options that are legal). Then, at three moments of sensible play, each
option taken once instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.batch.analysis.differences import paired_means
from engine.batch.analysis.strategies import actions_of, play_side_by_side, sides
from engine.batch.design.agenda import Agenda, Whenever, fulfilled
from engine.batch.design.planning import read_plan
from engine.batch.design.policies import SEATS, BatchPolicy, Moment, RuleSeat, nothing
from engine.rules import Rules
from engine.rules.arrays import Numbers, Rows
from engine.rules.decide import NO_MOVE
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from engine.scenario.places import find_scenario

RUNS, SEED = 500, 424242
"""Paired games of each policy, and their chance, on which no agenda was chosen."""

MOMENT_RUNS = 200
"""Paired games of each move at each moment."""

KEYS = 6
"""So many keys are tried, the first to the last."""

SENSIBLE = "playing-well.yaml"
"""The experiment in which a scenario says what sensible play is."""


@dataclass(frozen=True)
class Key(RuleSeat):
    """Presses one key: takes the act of that number, 1 first, among those that are legal, or the last of them.

    Words between sides have no keys: they are composed.
    """

    number: int

    def decide(self, moment: Moment, actor: str) -> Rows:
        """The option under the key; nothing where none is legal."""
        speech, own = moment.rules.speech, moment.rules.options[moment.options_of(actor)]
        acts = np.array([option.action not in speech for option in own], dtype=np.bool_)
        legal = moment.legal(actor) & acts[:, np.newaxis]
        if not len(legal):
            return nothing(moment)
        reached = np.add.accumulate(legal, axis=0, dtype=np.intp)
        which = (reached < np.minimum(self.number, reached[-1])).sum(axis=0)
        return np.where(reached[-1] > 0, which + moment.options_of(actor).start, NO_MOVE)


@dataclass(frozen=True)
class Once(RuleSeat):
    """Does one thing in one turn where it may, and as otherwise in all others."""

    turn: int
    action: str | None
    otherwise: BatchPolicy

    def decide(self, moment: Moment, actor: str) -> Rows:
        """The action at the target that promises most, or nothing, in its turn."""
        if moment.world.tick != self.turn:
            return self.otherwise.decide(moment, actor)
        return nothing(moment) if self.action is None else fulfilled(moment, actor, self.action)


@dataclass(frozen=True)
class Balance:
    """The scores of one side by policy, each of shape (runs,), on the same chance."""

    actor: str
    scores: dict[str, Numbers]

    def over(self, name: str, base: str = "hold") -> tuple[float, float, float]:
        """By how much one policy is better than another: the mean, and the ends of its 95 % interval."""
        interval = paired_means(self.scores[base], self.scores[name])
        return float((self.scores[name] - self.scores[base]).mean()), interval.low, interval.high

    @property
    def single(self) -> str:
        """The best of all that press one key or take one option."""
        return max((name for name in self.scores if is_single(name)), key=lambda name: self.scores[name].mean())

    @property
    def worst(self) -> str:
        """The worst of them."""
        return min((name for name in self.scores if is_single(name)), key=lambda name: self.scores[name].mean())


def is_single(name: str) -> bool:
    """Whether a policy is one option or one key."""
    return name.startswith(("only ", "key "))


def sensible_play(scenario: Scenario) -> dict[str, Agenda]:
    """By side, the agenda that the scenario's experiment calls sensible."""
    plan = read_plan(find_scenario(scenario.id).folder / "experiments" / SENSIBLE, scenario)
    return {
        actor: seat
        for point in plan.points
        for actor, seat in plan.arm(point).seats.items()
        if isinstance(seat, Agenda)
    }


def simple_policies(rules: Rules, actor: str) -> dict[str, BatchPolicy]:
    """Each option alone, and each key."""
    options = {f"only {action}": Whenever((action,), SEATS["hold"]) for action in actions_of(rules, actor)}
    return {**options, **{f"key {number}": Key(number) for number in range(1, KEYS + 1)}}


def measure(rules: Rules, actor: str, agenda: Agenda, runs: int, seed: int = SEED) -> Balance:
    """Play one side by every policy."""
    policies = {**SEATS, "sensible": agenda, **simple_policies(rules, actor)}
    found = play_side_by_side(rules, actor, tuple(policies.values()), runs, seed)
    return Balance(actor, dict(zip(policies, found, strict=True)))


def moments(scenario: Scenario) -> tuple[int, ...]:
    """The first turn, and the first after each deadline."""
    deadlines = [entry.on for entry in scenario.calendar.values() if entry.deadline]
    return (0, *(min(scenario.turns - 1, scenario.turn_of(day) + 1) for day in deadlines))


def best_moves(rules: Rules, actor: str, agenda: Agenda, turn: int, runs: int) -> Iterator[tuple[str, float, float]]:
    """What single moves in one turn of sensible play are worth beside holding in it: the best first, with margins."""
    actions = actions_of(rules, actor)
    policies = [Once(turn, action, agenda) for action in (None, *actions)]
    found = play_side_by_side(rules, actor, policies, runs, SEED)
    better = found[1:] - found[0]
    for number in np.argsort(-better.mean(axis=1)):
        interval = paired_means(found[0], found[1 + number])
        yield actions[number], float(better[number].mean()), interval.width / 2


def percentiles(scores: Numbers) -> str:
    """The tenth, fiftieth and ninetieth of a hundred scores."""
    return " ".join(f"{value:5.1f}" for value in np.percentile(scores, (10, 50, 90)))


def tell(balance: Balance) -> None:
    """One side's table."""
    print(f"\n{balance.actor:<28}{'mean':>6}  {'beside holding':<22}{'10 %  50 %  90 %':>17}  worse than holding")
    for name in (*SEATS, "sensible", balance.single, balance.worst):
        mean, low, high = balance.over(name)
        worse = float((balance.scores[name] < balance.scores["hold"]).mean())
        told = f"{mean:+6.1f} ({low:+.1f} to {high:+.1f})"
        scores = balance.scores[name]
        print(f"  {name:<26}{scores.mean():6.1f}  {told:<22}{percentiles(scores)}  {worse:.0%}")
    ahead, low, high = balance.over("sensible", balance.single)
    print(f"  sensible play is {ahead:.1f} ({low:.1f} to {high:.1f}) ahead of the best single key")


def main(arguments: Sequence[str]) -> int:
    """Measure all sides, or those that are named."""
    name, runs, *chosen = (*arguments, *("kosovo-2007", str(RUNS))[len(arguments) :])
    rules = Rules(load_scenario(name))
    scenario, agendas = rules.scenario, sensible_play(rules.scenario)
    for actor in chosen or sides(rules):
        tell(measure(rules, actor, agendas[actor], int(runs)))
        for turn in moments(scenario):
            best = list(best_moves(rules, actor, agendas[actor], turn, MOMENT_RUNS))[:3]
            told = ", ".join(f"{action} {better:+.1f} ±{margin:.1f}" for action, better, margin in best)
            print(f"  best in the turn of {scenario.date_of(turn)}: {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
