"""Whether odds keep what they promise: games of a side under a stated policy, and what its odds had said.

``python -m benchmarks.calibration [GAMES] [SCENARIO ...] [PLAYER ...]``. In each game the side's odds are asked for in
one turn, with that policy afterwards, from what the side believes then at the level of an attaché; and, as they were
made before there were beliefs, from the true world with the rule afterwards. Then the game is played to its end.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.play.forecast import Afterwards, Forecast, chance_ahead, forecasts
from engine.play.game import Game
from engine.play.policies import BY_RULE, Answer, GreedyPolicy, HoldPolicy, Policy, RolloutPolicy, RulePolicy, View
from engine.rules import Rules
from engine.rules.arrays import Numbers
from engine.scenario.load import load_scenario

SIDES = {"kosovo-2007": ("serbia", 4), "cuba-1962": ("us", 4), "suez-1956": ("uk", 6)}
"""By scenario, the side that asks, and the turn in which it does."""

GAMES, FUTURES, SEED = 400, 200, 20_000

TENTHS = 10


class Holding(HoldPolicy):
    """Does nothing, and answers by the rule."""

    def answer(self, view: View, ask: str) -> Answer:
        """By the rule."""
        return BY_RULE


class Grasping(GreedyPolicy):
    """Does what promises most, and answers by the rule."""

    def answer(self, view: View, ask: str) -> Answer:
        """By the rule."""
        return BY_RULE


PLAYERS: dict[str, tuple[Policy, Afterwards | None]] = {
    "rule": (RulePolicy(), Afterwards.RULE),
    "hold": (Holding(), Afterwards.HOLD),
    "greedy": (Grasping(), Afterwards.GREEDY),
    "attentive": (RolloutPolicy(24), None),
}
"""Who plays the side, and who is said to do so in its odds. An attentive player looks ahead each turn; it is held
against all three."""


@dataclass(frozen=True)
class Told:
    """What odds said in each game: shares of shape (games, endings), and mean scores of shape (games,)."""

    name: str
    shares: Numbers
    scores: Numbers


@dataclass(frozen=True)
class Came:
    """How games closed: 1 at the ending, of shape (games, endings), and the side's score, of shape (games,)."""

    closed: Numbers
    scores: Numbers


def asked(game: Game, side: str, who: Afterwards, *, believes: bool) -> Forecast:
    """The odds of holding this turn, or of what the rule does, where that plays on."""
    world = game.view(side).world if believes else game.world
    lines = [{}] if who is Afterwards.RULE else [{side: ()}]
    if who is Afterwards.GREEDY:
        best = Grasping().decide(game.view(side))
        lines = [{side: () if best is None else (best,)}]  # type: ignore[dict-item]
    return forecasts(game.rules, world, lines, chance_ahead(world, 0, FUTURES), afterwards=who)[0]


def played(rules: Rules, side: str, turn: int, player: str, games: int) -> tuple[list[Told], Came]:
    """Games of a player, with what its odds said in a turn."""
    policy, stated = PLAYERS[player]
    kinds = {f"belief, {who.value}": (who, True) for who in ([stated] if stated else Afterwards)}
    kinds |= {"before: true world, rule": (Afterwards.RULE, False)}
    shares: dict[str, list[list[float]]] = {kind: [] for kind in kinds}
    means: dict[str, list[float]] = {kind: [] for kind in kinds}
    closed, scores = [], []
    endings = [ending.id for ending in rules.scenario.endings]
    for number in range(games):
        game = Game(rules, SEED + number, 0, {side: policy})
        game.is_candid, game.free_sides = False, frozenset({side})
        while not game.is_over and game.turn < turn:
            game.step()
        if game.is_over:
            continue
        for kind, (who, believes) in kinds.items():
            found = asked(game, side, who, believes=believes)
            shares[kind].append(list(found.shares().values()))
            means[kind].append(found.mean_score(side))
        game.play()
        assert game.ending is not None
        closed.append([float(name == game.ending.id) for name in endings])
        scores.append(game.scores()[side])
    told = [Told(kind, np.array(shares[kind]), np.array(means[kind])) for kind in kinds]
    return told, Came(np.array(closed), np.array(scores))


def tenths(told: Told, came: Came) -> Iterator[str]:
    """Of each tenth, what was said on average, what came, and whether that lies within what chance allows."""
    said, is_so = told.shares.ravel(), came.closed.ravel()
    places = np.minimum((said * TENTHS).astype(int), TENTHS - 1)
    for tenth in range(TENTHS):
        own = places == tenth
        if own.any():
            mean, came_so, many = said[own].mean(), is_so[own].mean(), int(own.sum())
            reach = 1.96 * math.sqrt(float((said[own] * (1 - said[own])).sum() + many / (4 * FUTURES))) / many
            mark = "" if abs(came_so - mean) <= reach else " !"
            yield f"{100 * mean:.0f}>{100 * came_so:.0f}({many}){mark}"


def line(told: Told, came: Came) -> str:
    """A line of the report."""
    gap = told.scores - came.scores
    reach = 1.96 * gap.std(ddof=1) / math.sqrt(len(gap))
    brier = float(np.square(told.shares - came.closed).sum(axis=1).mean())
    head = f"  {told.name:<26}{brier:>7.3f}{told.scores.mean():>8.1f}{came.scores.mean():>7.1f}"
    return f"{head}{gap.mean():>+7.1f} ±{reach:<5.1f} {' '.join(tenths(told, came))}"


def report(games: int, names: tuple[str, ...], players: tuple[str, ...]) -> Iterator[str]:
    """A block for each scenario and player."""
    heads = "Brier, score said, score come, difference; tenths: said>came(shares)"
    yield f"Odds and what came, {games} games each; {heads}"
    for name in names:
        rules = Rules(load_scenario(name))
        rules.machine.expect(games)
        side, turn = SIDES[name]
        for player in players:
            yield f"{name}, {side} played by {player}, asked in turn {turn}"
            told, came = played(rules, side, turn, player, games)
            yield from (line(one, came) for one in told)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    scenarios = tuple(word for word in sys.argv[1:] if word in SIDES) or tuple(SIDES)
    chosen = tuple(word for word in sys.argv[1:] if word in PLAYERS) or tuple(PLAYERS)
    for text in report(numbers[0] if numbers else GAMES, scenarios, chosen):
        print(text, flush=True)
