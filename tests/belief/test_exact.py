"""Beliefs are what can be worked out exactly, by trying everything that may be so."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from engine.belief.eyes import SeatEyes
from engine.belief.filter import Belief
from engine.play.game import Game
from engine.play.sight.witness import Pace, Watching
from engine.rules import Rules, World
from engine.rules.arrays import Numbers
from engine.scenario.names import Reference
from tests.belief import stories
from tests.scenario.minimal import load

SEAT = "north"
WORLDS = 4096
CLOSE = 0.02
"""The total variation that is allowed between a belief and what is exact."""

Chance = Callable[[float, Pace], float]
"""How likely what came by chance in a pace is, given the secret."""


def each(rules: Rules, game: Game) -> Iterator[tuple[int, Belief]]:
    """A seat's belief as each pace of a game opens, which goes on with the next."""
    paces, eyes = game._witness.paces, SeatEyes(rules, SEAT, is_candid=False)
    watching = Watching(rules, eyes)
    belief, before = Belief(rules, eyes.eyes, 99, WORLDS, dict.fromkeys(rules.scenario.actors, 0.0)), None
    for number, pace in enumerate(paces):
        if before is not None:
            belief.go_on(watching.done(before, pace.cells))
        belief.open(watching.opened(pace, before))
        yield number, belief
        before = pace


def played(folder: Path, text: str, seed: int) -> tuple[Rules, Game]:
    """A game of a story, to its end."""
    rules = Rules(load(folder, text))
    game = Game(rules, seed)
    game.play()
    return rules, game


def row_of(rules: Rules, name: str, who: str = "") -> int:
    """Where something stands."""
    kind = "actor_flag" if who else "value" if name in rules.scenario.values else "flag"
    return rules.layout.rows[Reference(kind, name, who)]


def chances(belief: Belief, row: int) -> dict[float, float]:
    """How likely each number is that may stand in a row."""
    values = np.round(belief.world.cells[row], 6)
    return {float(value): float(belief.weights[values == value].sum()) for value in np.unique(values)}


def distance(one: dict[float, float], other: dict[float, float]) -> float:
    """The total variation between two."""
    return sum(abs(one.get(key, 0.0) - other.get(key, 0.0)) for key in {*one, *other}) / 2


def logs_of_moves(rules: Rules, world: World, pace: Pace) -> Numbers:
    """How likely what others were seen to do is in each run of a world, worked out plainly."""
    rates, days = rules.appraise(world).rates, rules.timeline.pace_in_days
    found = np.zeros(world.runs)
    for actor, span in rules.actor_options.items():
        if actor != SEAT:
            for run in range(world.runs):
                own = [float(rates[number, run]) for number in range(span.start, span.stop)]
                total = sum(own)
                done = [number for number in pace.moves if span.start <= number < span.stop]
                chance = math.exp(-days * total)
                if done:
                    chance = (1 - chance) * own[done[0] - span.start] / total
                found[run] += math.log(chance) if chance > 0 else -math.inf
    return found


def exact(rules: Rules, game: Game, priors: list[tuple[dict[int, float], float]], chance: Chance) -> list[Numbers]:
    """How likely each of some hypotheses is as each pace of a game opens: what stands in rows, and how likely first."""
    paces = game._witness.paces
    logs, found = np.log([prior for _, prior in priors]), []
    for pace in paces:
        likely = np.exp(logs - logs.max())
        found.append(likely / likely.sum())
        world = rules.open(0, 0, len(priors))
        world.cells[:] = pace.cells[:, np.newaxis]
        world.tick = pace.tick
        for run, (hypothesis, _) in enumerate(priors):
            for row, number in hypothesis.items():
                world.cells[row, run] = number
        logs = logs + logs_of_moves(rules, world, pace)
        came = [chance(next(iter(hypothesis.values())), pace) for hypothesis, _ in priors]
        logs = logs + np.log(np.maximum(came, 1e-300))
    return found


def nothing(secret: float, pace: Pace) -> float:
    """Nothing comes by chance."""
    return 1.0


def weekly(secret: float, pace: Pace) -> float:
    """A shot, or none."""
    chance = 0.05 + 0.3 * secret
    return chance if pace.events else 1.0 - chance


def turning(secret: float, pace: Pace) -> float:
    """How a shot turns out: loud is the first."""
    loud = (1 + 3 * secret) / (3 + 3 * secret)
    return 1.0 if not pace.events else loud if next(iter(pace.events.values())) == 0 else 1.0 - loud


def answered(rules: Rules, name: str) -> Chance:
    """Whether a deed was answered by chance."""
    (number,) = (number for number, option in enumerate(rules.options) if option.action == name)

    def chance(secret: float, pace: Pace) -> float:
        shot = 0.2 + 0.5 * secret
        return 1.0 if number not in pace.moves else shot if pace.news else 1.0 - shot

    return chance


def agreeing(rules: Rules) -> Chance:
    """What South answered: with a gain of -0.4 where it means it, else 0, or -0.1 to refuse."""
    said = {option.said: number for number, option in enumerate(rules.options) if option.answers}

    def chance(secret: float, pace: Pace) -> float:
        agree, refuse = math.exp(-0.4 * secret / 0.2), math.exp(-0.1 / 0.2)
        for word, weight in (("agree", agree), ("refuse", refuse)):
            if said[word] in pace.moves:
                return weight / (agree + refuse)
        return 1.0

    return chance


CASES: dict[str, tuple[str, Callable[[Rules], Chance]]] = {
    "a bluff, after what was done and what was not": (stories.STORY, lambda rules: nothing),
    "an event that a secret makes likely": (stories.HAZARD, lambda rules: weekly),
    "an event whose outcome hangs on a secret": (stories.TURNS, lambda rules: turning),
    "an effect whose chance hangs on a secret": (stories.LUCK, lambda rules: answered(rules, "probe")),
    "an answer that hangs on a secret": (stories.ASKED, agreeing),
}


@pytest.mark.parametrize("name", CASES)
def test_a_bluff(name: str, tmp_path: Path) -> None:
    """Whether South means it, with an even chance of what can't be seen, is known as well as it can be."""
    text, chance = CASES[name]
    moved = 0.0
    for seed in (1, 2):
        rules, game = played(tmp_path, text, seed)
        row = row_of(rules, "resolute")
        wanted = exact(rules, game, [({row: 0.0}, 0.6), ({row: 1.0}, 0.4)], chance(rules))
        for number, belief in each(rules, game):
            assert distance(chances(belief, row), {0.0: wanted[number][0], 1.0: wanted[number][1]}) < CLOSE
            moved = max(moved, abs(wanted[number][1] - 0.4))
    assert moved > 0.05, "something is learned"


def test_one_of_three_numbers(tmp_path: Path) -> None:
    """A value that was drawn among some."""
    rules, game = played(tmp_path, stories.AMONG, 1)
    row, priors = row_of(rules, "arms"), {0.1: 0.5, 0.5: 0.25, 0.9: 0.25}
    wanted = exact(rules, game, [({row: number}, prior) for number, prior in priors.items()], nothing)
    for number, belief in each(rules, game):
        assert distance(chances(belief, row), dict(zip(priors, wanted[number].tolist(), strict=True))) < CLOSE


def test_two_who_are_tough_or_not(tmp_path: Path) -> None:
    """Two types that are drawn by themselves, and told apart by what each does."""
    rules, game = played(tmp_path, stories.TWO, 1)
    rows = [row_of(rules, "tough", who) for who in ("south", "east")]
    priors = [
        ({rows[0]: float(one), rows[1]: float(other)}, (0.3 if one else 0.7) * (0.3 if other else 0.7))
        for one in (0, 1)
        for other in (0, 1)
    ]
    wanted = exact(rules, game, priors, nothing)
    for number, belief in each(rules, game):
        cells, weights = belief.world.cells, belief.weights
        found = [
            weights[np.all([cells[row] == value for row, value in one.items()], axis=0)].sum() for one, _ in priors
        ]
        assert np.abs(np.array(found) - wanted[number]).sum() / 2 < CLOSE


def test_a_deed_in_secret(tmp_path: Path) -> None:
    """Whether South has armed, which nobody saw, from what it dares: the two states of a hidden Markov chain."""
    for seed in (1, 3):
        rules, game = played(tmp_path, stories.IN_SECRET, seed)
        row, days, armed = row_of(rules, "armed"), rules.timeline.pace_in_days, 0.0
        names = [option.action for option in rules.options if option.actor == "south"]
        (first,) = {span.start for actor, span in rules.actor_options.items() if actor == "south"}
        for number, belief in each(rules, game):
            assert abs(float(belief.weights @ belief.world.cells[row]) - armed) < CLOSE
            pace, likely = game._witness.paces[number], dict[tuple[bool, bool], float]()
            for was in (False, True):
                rates = {"mobilise": math.exp((0.6 * was - 0.3 + relief(rules, pace)) / 0.2) / 21}
                rates |= {} if was else {"arm": 1 / 21}
                total, still = sum(rates.values()), math.exp(-days * sum(rates.values()))
                before = armed if was else 1.0 - armed
                if first + names.index("mobilise") in pace.moves:
                    likely[was, was] = before * (1 - still) * rates["mobilise"] / total
                else:
                    likely[was, was] = before * still
                    likely[was, True] = likely.get((was, True), 0.0) + (
                        before * (1 - still) * rates.get("arm", 0.0) / total
                    )
            armed = sum(chance for (_, now), chance in likely.items() if now) / sum(likely.values())


def relief(rules: Rules, pace: Pace) -> float:
    """What South gains by two points of the border, for which it stands at 20."""
    border = pace.cells[rules.layout.rows[Reference("issue", "border")]]
    return float(abs(border - 20) - abs(max(border - 2, 0) - 20)) / 100


def test_a_stance_after_votes(tmp_path: Path) -> None:
    """Where East stands, from how it votes: by Bayes' rule on two thousand places, by the formula of a vote."""
    for seed in (1, 2):
        rules, game = played(tmp_path, stories.VOTES, seed)
        row = rules.layout.rows[Reference("position", "border", "east")]
        places = 40 + 20 * np.array([NormalDist().inv_cdf((n + 0.5) / 2000) for n in range(2000)])
        places, logs, votes = np.clip(places, 0, 100), np.zeros(2000), 0
        for number, belief in each(rules, game):
            pace, exactly = game._witness.paces[number], np.exp(logs) / np.exp(logs).sum()
            edges = np.array([0.0, 32, 48, 100.001])
            found = np.histogram(belief.world.cells[row], edges, weights=belief.weights)[0]
            assert np.abs(found - np.histogram(places, edges, weights=exactly)[0]).sum() / 2 < CLOSE
            bold = any(rules.options[move].action == "mobilise" for move in pace.moves)
            border = pace.cells[rules.layout.rows[Reference("issue", "border")]] - 2 * bold
            for cast in pace.ballots.values():
                votes += 1
                gain = (np.abs(max(border - 1, 0) - places) - np.abs(min(border + 10, 100) - places)) / 100
                yes, no = (1 / (1 + np.exp(-(side * gain - 0.1) / 0.2)) for side in (1, -1))
                logs += np.log({1: yes, -1: no, 0: 1 - yes - no}[cast["east"]])
        assert votes >= 3


def test_what_is_sure_is_known(tmp_path: Path) -> None:
    """Where what is seen follows from a secret for sure, the secret is known from then on."""
    for seed in (1, 2, 3):
        rules, game = played(tmp_path, stories.SURE, seed)
        look = next(n for n, option in enumerate(rules.options) if option.action == "look")
        row, looked = row_of(rules, "resolute"), False
        for number, belief in each(rules, game):
            mean = float(belief.weights @ belief.world.cells[row])
            if looked:
                assert abs(mean - game.world.cells[row, 0]) < 1e-6
            looked |= look in game._witness.paces[number].moves


def test_the_likelihood_of_what_was_seen(tmp_path: Path) -> None:
    """It is the mean, over the hypotheses, of how likely each has it: the marginal likelihood."""
    rules, game = played(tmp_path, stories.STORY, 2)
    row, paces, logs = row_of(rules, "resolute"), game._witness.paces, np.log([0.6, 0.4])
    for pace, (_, belief) in zip(paces, each(rules, game), strict=True):
        assert belief.likelihood == pytest.approx(float(np.logaddexp.reduce(logs)), abs=0.05)
        world = rules.open(0, 0, 2)
        world.cells[:], world.tick = pace.cells[:, np.newaxis], pace.tick
        world.cells[row] = [0.0, 1.0]
        logs = logs + logs_of_moves(rules, world, pace)
