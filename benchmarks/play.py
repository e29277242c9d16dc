"""How much of a game there is: ``python -m benchmarks.play [GAMES [FUTURES]] [SCENARIO ...] [SIDE ...]``.

A side is played by looking at futures of every option, every turn, from all that it sees, and doing what leads to the
best score on average; the rule decides for all others. Each turn is measured on the way:

- a **choice** is a turn in which two options or more, doing nothing among them, differ from the best by more than 2
  points of score, or 10 of an ending's share, beyond noise;
- a **dead** turn is one in which nothing that may be done, said or not done differs from doing nothing beyond noise;
- a deed is **answered** if some other side takes some option within a week more or less often than it would have, by
  more than 10 points beyond noise.

Then the same chance is played by the rule, at random, by doing nothing, and blindly by the keys 1 to 6 in turn. How
often texts are repeated is counted in the news of the games of best play.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from statistics import fmean, median

import numpy as np

from benchmarks.balance import Key
from engine.batch.analysis.strategies import play_side_by_side, sides
from engine.batch.design.policies import SEATS, BatchPolicy, Moment, RuleSeat
from engine.play.forecast import Forecast, chance_ahead, forecasts, with_plans
from engine.play.game import Game
from engine.play.plans import Plan
from engine.play.policies import Policy, RulePolicy, View
from engine.rules import Rules
from engine.rules.arrays import Numbers, Rows
from engine.scenario.load import load_scenario

SCENARIOS = ("kosovo-2007", "cuba-1962", "suez-1956")

GAMES, FUTURES, SEED = 60, 100, 50_000

POINTS, SHARE = 2.0, 0.10
"""By how much an option differs that makes a choice: points of score, share of an ending."""

ANSWERED = 0.10
"""By how much more or less often others do something that answers a deed."""

NOISE = 2.6
"""Standard errors beyond which something is no noise: 1 in 100 of normal ones."""

WEEK = 7.0

RULE_GAMES = 1000


@dataclass(frozen=True)
class BlindSeat(RuleSeat):
    """Presses the keys 1 to 6 one after the other, a key a turn, whatever stands under them."""

    def decide(self, moment: Moment, actor: str) -> Rows:
        """The option under the key of this turn; nothing between turns."""
        timeline = moment.rules.timeline
        number = 1 + timeline.turn_at(moment.world.tick) % 6
        return Key(number).decide(moment, actor)


@dataclass
class Turns:
    """What was measured in the turns of one game."""

    spread: list[float] = field(default_factory=list)
    """The best score of a turn less that of doing nothing."""
    choices: list[bool] = field(default_factory=list)
    dead: list[bool] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)
    """Of each deed, whether somebody else answers."""


@dataclass(frozen=True)
class Looking(RulePolicy):
    """Looks at futures of every option and of doing nothing, notes what they tell, and does the best."""

    futures: int
    turns: Turns

    def decide(self, view: View) -> Plan:
        """The plan with the best mean score, doing nothing first among equals."""
        plans: list[Plan] = [(), *((option.option,) for option in view.legal)]
        chance = chance_ahead(view.world, 0, self.futures)
        found = forecasts(view.rules, view.world, [{view.actor: plan} for plan in plans], chance)
        row = view.rules.layout.actors[view.actor]
        means = [one.mean_score(view.actor) for one in found]
        best = means.index(max(means))
        differs = [is_apart(found[best], one, row, POINTS, SHARE) for one in found]
        self.turns.spread.append(means[best] - means[0])
        self.turns.choices.append(sum(differs) >= 2)
        self.turns.dead.append(not any(is_apart(found[0], one, row, 0.0, 0.0) for one in found[1:]))
        if plans[best]:
            self.turns.answered.append(is_answered(view, plans[best], self.futures))
        return plans[best]


def is_apart(one: Forecast, other: Forecast, row: int, points: float, share: float) -> bool:
    """Whether two lines on the same chance differ by more than so many points, or so much of an ending's share."""
    if beyond(other.scores[row] - one.scores[row], points):
        return True
    both = np.union1d(one.endings, other.endings)
    return any(beyond((other.endings == n).astype(float) - (one.endings == n), share) for n in both)


def beyond(differences: Numbers, least: float) -> bool:
    """Whether a mean of paired differences is more than ``least``, and more than noise."""
    mean, error = abs(float(differences.mean())), float(differences.std(ddof=1)) / math.sqrt(len(differences))
    return mean > max(least, NOISE * error, 1e-9)


def is_answered(view: View, plan: Plan, futures: int) -> bool:
    """Whether another side does something more or less often within a week of a deed than without it."""
    rules, lines = view.rules, (dict[str, Plan]({view.actor: ()}), {view.actor: plan})
    ahead = view.world.multiplied(chance_ahead(view.world, 0, futures).each(2))
    own = {number for number, option in enumerate(rules.options) if option.actor == view.actor}
    did = np.zeros((len(rules.options) + 1, futures, 2), dtype=np.bool_)
    paces = max(1, round(WEEK / rules.timeline.pace_in_days))
    for pace in range(min(paces, rules.timeline.paces - ahead.tick)):
        appraisal, by_rule = rules.begin_pace(ahead)
        moves = with_plans(rules, by_rule[0], lines, ahead.tick) if not pace else by_rule[:1].copy()
        if pace:
            moves[:, rules.layout.actors[view.actor]] = -1
        moves = np.concatenate([moves, by_rule[1:]])
        for taken in moves.reshape(-1, futures, 2):
            np.put_along_axis(did, taken[np.newaxis], True, axis=0)  # -1, nothing, goes into the last row
        rules.play_pace(ahead, appraisal, moves)
        if rules.is_over(ahead):
            break
    apart = did[:-1, :, 1].astype(float) - did[:-1, :, 0]
    return any(beyond(apart[number], ANSWERED) for number in range(len(apart)) if number not in own)


@dataclass(frozen=True)
class Measured:
    """A side of a scenario, measured."""

    actor: str
    turns: list[Turns]
    best: list[float]
    """The score of each game of best play."""
    endings: Counter[str]
    """How those games closed."""
    others: dict[str, Numbers]
    """The scores of other ways to play, on the same chance and on more."""
    within: float
    """The share of news of a game that repeats a text of the same game."""
    between: float
    """The share of news of a game of which another game had the text."""

    def lines(self) -> Iterator[str]:
        """The report of the side."""
        many = [len(turns.choices) for turns in self.turns]
        choices = [sum(turns.choices) for turns in self.turns]
        dead = [longest(turns.dead) for turns in self.turns]
        answered = [is_so for turns in self.turns for is_so in turns.answered]
        best, rule = fmean(self.best), self.others["rule"]
        blind = fmean(float((rule < score).mean()) for score in self.others["blind"])
        played = f"{sum(choices) / sum(many):.0%} of turns, {median(choices):.0f} a game"
        quiet = f"dead at most {max(dead)} in a row (median {median(dead):.0f})"
        deeds = f"answered {fmean(answered or [0]):.0%} of {len(answered)} deeds"
        yield f"  {self.actor}: a choice in {played}; {quiet}; {deeds}"
        told = ", ".join(f"{name} {best - float(scores.mean()):+.1f}" for name, scores in self.others.items())
        yield f"  {self.actor}: best play {best:.1f} ± {half_width(self.best):.1f}, ahead of {told}"
        yield f"  {self.actor}: played blindly, it beats {blind:.0%} of games by the rule"
        yield f"  {self.actor}: endings {shares(self.endings)}"
        yield f"  {self.actor}: news repeated in a game {self.within:.0%}, between games {self.between:.0%}"


def half_width(scores: Sequence[float]) -> float:
    """Half of the normal 95 % interval of a mean."""
    return 1.96 * float(np.std(scores, ddof=1)) / math.sqrt(len(scores)) if len(scores) > 1 else math.nan


def longest(dead: Sequence[bool]) -> int:
    """The longest run of dead turns."""
    return max((len(list(run)) for is_dead, run in groupby(dead) if is_dead), default=0)


def shares(endings: Counter[str]) -> str:
    """The endings with their shares, the likeliest first, and their entropy."""
    total = sum(endings.values())
    parts = [count / total for count in endings.values()]
    bits = sum(-part * math.log2(part) for part in parts)
    told = ", ".join(f"{name} {count / total:.0%}" for name, count in endings.most_common())
    return f"{told} ({bits:.2f} bits, {sum(part > 0.03 for part in parts)} above 3%)"


def measured(rules: Rules, actor: str, games: int, futures: int) -> Measured:
    """Play a side many times."""
    found, scores, endings, texts = [], [], Counter[str](), []
    for number in range(games):
        turns = Turns()
        policy: Policy = Looking(futures, turns)
        game = Game(rules, SEED + number, 0, {actor: policy})
        game.play()
        assert game.ending is not None
        endings[game.ending.id] += 1
        scores.append(game.scores()[actor])
        found.append(turns)
        texts.append([news.text for turn in game.turns for news in turn.dispatches])
    seats: dict[str, BatchPolicy] = {**{name: SEATS[name] for name in ("rule", "hold", "random")}, "blind": BlindSeat()}
    others = play_side_by_side(rules, actor, tuple(seats.values()), RULE_GAMES, SEED)
    within = fmean(1 - len(set(told)) / len(told) for told in texts if told)
    everywhere = Counter(text for told in texts for text in set(told))
    between = fmean(sum(everywhere[text] > 1 for text in told) / len(told) for told in texts if told)
    return Measured(actor, found, scores, endings, dict(zip(seats, others, strict=True)), within, between)


def report(games: int, futures: int, names: Sequence[str], chosen: Sequence[str]) -> Iterator[str]:
    """A block for each scenario."""
    for name in names:
        rules = Rules(load_scenario(name))
        rules.machine.expect(games * futures)
        world = rules.open(SEED, 0, RULE_GAMES)
        rules.finish(world)
        closed = Counter(rules.scenario.endings[number].id for number in world.ending.tolist())
        yield f"{name}, {games} games a side, {futures} futures an option. By the rule: {shares(closed)}"
        for actor in [side for side in sides(rules) if not chosen or side in chosen]:
            yield from measured(rules, actor, games, futures).lines()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    words = [word for word in sys.argv[1:] if not word.isdigit()]
    scenarios = tuple(word for word in words if word in SCENARIOS) or SCENARIOS
    wanted = [word for word in words if word not in SCENARIOS]
    many, ahead = (*numbers, *(GAMES, FUTURES)[len(numbers) :])[:2]
    for text in report(many, ahead, scenarios, wanted):
        print(text, flush=True)
