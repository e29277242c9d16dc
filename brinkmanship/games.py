"""One game, driven from Python: a turn is a call, and whoever decides for a side is a policy or an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any, Self, SupportsIndex

from brinkmanship.loading import Wanted, load, path_of
from brinkmanship.policies import Script
from engine import asked
from engine.errors import ArgumentError
from engine.play import game as played
from engine.play import journal
from engine.play.forecast import Forecast, chance_ahead, forecasts
from engine.play.odds import Explained
from engine.play.orders import orders_in
from engine.play.policies import BUILT_IN, ByRule, Order, Policy, plan_of
from engine.play.record import Turn
from engine.rules.options import Option
from engine.scenario.models import Scenario
from engine.scenario.problems import listed, quoted
from engine.scenario.spelling import instead

Decider = Policy | str | Script
"""Who decides for a side: a policy, the name of one (rule, hold, greedy, random, rollout), or a script."""

Told = str | Option | ByRule | Sequence[str | Option] | Mapping[str, Any] | None
"""What a side is told to do in a turn: an action (``"warn"``, ``"lobby:cyprus"``), ``"hold"`` or None, ``"rule"``,
several actions in a list, or a mapping with ``move`` or ``moves`` and ``votes``, as a file of orders has it. An answer
to a question that is put to the side is written as a move is: ``"bomb_the_battery.wait"``."""

MOST_FUTURES = 100_000
"""Futures of one forecast."""

NO_POLICIES: Mapping[str, Decider] = {}
NO_ORDERS: Mapping[str, Told] = {}


class Game:
    """A game at an open turn, or one that is over; :func:`play` begins one. It pickles and copies."""

    def __init__(self, game: played.Game) -> None:
        """Around a game of the engine."""
        self._game = game

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """The game of a save, played again and checked. Raises :class:`~brinkmanship.errors.BrinkmanshipError`."""
        return cls(journal.load(path_of("path", path)))

    def __repr__(self) -> str:
        return repr(self._game)

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return self._game.rules.scenario

    @property
    def seed(self) -> int:
        """All chance follows from this number, and from the run."""
        return self._game.scenario_seed

    @property
    def run(self) -> int:
        """Which run of the seed it is: the same history as that run of a batch."""
        return self._game.run

    @property
    def turn(self) -> int:
        """The number of the open turn, 0 first."""
        return self._game.turn

    @property
    def date(self) -> dt.date:
        """The day on which the open turn begins."""
        return self.scenario.date_of(self.turn)

    @property
    def is_over(self) -> bool:
        """Whether the story has closed."""
        return self._game.is_over

    @property
    def ending(self) -> str | None:
        """The id of the ending that closed it."""
        return self._game.ending.id if self._game.ending else None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What happened, turn by turn: moves, votes, events and dispatches."""
        return tuple(self._game.turns)

    @property
    def state(self) -> dict[str, float]:
        """Where issues, values and flags of the world stand now, each on its own scale; a flag is 0 or 1."""
        return self._game.state()

    def turns_seen_by(self, actor: str) -> tuple[Turn, ...]:
        """The turns as an actor observed them: without the acts, news and secrets of which it did not learn.

        The reasons of a move are left out (``gain`` and ``chance`` are not a number, and None in ``as_json()``) where
        something bears on them that the actor can't know. Once the story has closed everything is told.

        >>> import brinkmanship as bm
        >>> game = bm.play("cuba-1962", seed=2)
        >>> turn = game.step()
        >>> [[str(move.option) for move in game.turns_seen_by(actor)[0].moves] for actor in ("us", "ussr")]
        [['argue_for_strike', 'dig_in'], ['dig_in']]
        """
        return tuple(self._game.seen_by(known_actor(self.scenario, actor)).turns)

    def state_seen_by(self, actor: str) -> Mapping[str, float]:
        """The same as ``state``, and flags of actors as ``flag.actor``, as far as an actor knows.

        What it can't know is not among them, and asking for it raises :class:`~brinkmanship.errors.KeptError`.
        """
        return self._game.view(known_actor(self.scenario, actor)).state

    def options(self, actor: str) -> tuple[Explained, ...]:
        """Every option of an actor now: ``option``, ``legal`` or what is ``missing``, ``gain``, ``chance``.

        Raises :class:`~brinkmanship.errors.ArgumentError` where there is no such actor.
        """
        return tuple(self._game.explain(known_actor(self.scenario, actor)))

    def scores(self) -> dict[str, float]:
        """How well the world fits what each actor with stances wanted at the start: 0 to 100."""
        return self._game.scores()

    def step(self, orders: Mapping[str, Told] = NO_ORDERS) -> Turn:
        """Everybody decides, and the turn takes its course; ``orders`` say what some actors do in it.

        Raises :class:`~brinkmanship.errors.BrinkmanshipError`, with nothing changed, where an order can't be
        followed or the story has closed.

        >>> import brinkmanship as bm
        >>> game = bm.play("cuba-1962")
        >>> [str(move.option) for move in game.step({"us": "move_forces"}).moves if move.option.actor == "us"]
        ['move_forces']
        """
        if self.is_over:
            raise ArgumentError("the story has closed: there is no further turn")
        self._game.step(self._orders(orders))
        return self._game.turns[-1]

    def play(self) -> Self:
        """Turn after turn until the story closes; the policies decide."""
        self._game.play()
        return self

    def save(self, path: str | PathLike[str], overwrite: bool = False) -> None:
        """Write a save that :meth:`load`, ``brink replay`` and ``brink play --load`` read.

        Raises :class:`~brinkmanship.errors.BrinkmanshipError`, also where there is such a file already.
        """
        journal.save(self._game, path_of("path", path), overwrite)

    def _forecast(self, orders: Mapping[str, Told], futures: int, seat: str | None) -> Forecast:
        told = self._orders(orders)
        plans = {a: self._game.allowed(self._game.view(a), plan_of(order.move)) for a, order in told.items()}
        moves = {a: (*plan, *told[a].answers) for a, plan in plans.items() if not isinstance(plan, ByRule)}
        ballots: dict[str, dict[str, int]] = {}
        for actor, order in told.items():
            for question, vote in (order.votes or {}).items():
                ballots.setdefault(question, {})[actor] = vote
        world = self._game.seen_by(None if seat is None else known_actor(self.scenario, seat)).world
        return forecasts(self._game.rules, world, [moves], chance_ahead(world, 0, futures), ballots=ballots)[0]

    def _orders(self, orders: Mapping[str, Told]) -> dict[str, Order]:
        if not isinstance(orders, Mapping):
            raise ArgumentError(f"orders are a mapping of actors to what they do, not {quoted(orders)}")
        return {known_actor(self.scenario, actor): self._order(actor, told) for actor, told in orders.items()}

    def _order(self, actor: str, told: Told) -> Order:
        """What is meant by an order of the open turn."""
        called = f"the order of {actor}"
        written = {"orders": {str(self.turn): as_written(called, told)}}
        return orders_in(written, self._game.rules, actor, called).orders[self.turn]


def play(
    scenario: Wanted,
    seed: SupportsIndex = asked.DEFAULT_SEED,
    run: SupportsIndex = 0,
    policies: Mapping[str, Decider] = NO_POLICIES,
) -> Game:
    """A new game at its first turn: run ``run`` of ``seed``, the same history as that run of a batch.

    ``policies`` say who decides for some actors; the rule of the scenario decides for all others. Raises
    :class:`~brinkmanship.errors.BrinkmanshipError`.

    >>> game = play("cuba-1962", seed=3, policies={"us": "greedy"})
    >>> while not game.is_over:
    ...     turn = game.step()
    >>> game.ending in {ending.id for ending in game.scenario.endings}
    True
    """
    game = played.Game(
        load(scenario), asked.whole("seed", seed, 0, asked.LARGEST_SEED), asked.whole("run", run, 0, asked.LARGEST_RUN)
    )
    if not isinstance(policies, Mapping):
        raise ArgumentError(f"policies are a mapping of actors to who decides for them, not {quoted(policies)}")
    for actor, decider in policies.items():
        game.seat(known_actor(game.rules.scenario, actor), policy_of(game, actor, decider))
    return Game(game)


def forecast(
    game: Game, orders: Mapping[str, Told] = NO_ORDERS, futures: SupportsIndex = 400, seat: str | None = None
) -> Forecast:
    """How so many futures of a game close if some actors do so in the open turn, and the rule decides all else.

    They start from the world as it is; where ``seat`` names an actor, from the world as that may take it to be.

    ``shares()`` are those of the endings, 0 to 1; ``mean_score(actor)`` goes from 0 to 100; ``endings`` and ``scores``
    hold every future. Its chance is its own, so that it does not tell what is going to happen; two plans are compared
    on the same chance. Raises :class:`~brinkmanship.errors.BrinkmanshipError` where an order can't be followed.

    >>> game = play("cuba-1962")
    >>> sure = forecast(game, {"us": "hold"}, futures=50).shares()
    >>> round(sum(sure.values()), 9)
    1.0
    """
    if not isinstance(game, Game):
        raise ArgumentError(f"game is a game that brinkmanship.play has begun, not {quoted(game)}")
    return game._forecast(orders, asked.whole("futures", futures, 1, MOST_FUTURES), seat)


def known_actor(scenario: Scenario, actor: str) -> str:
    """The same actor, once it is in the scenario. Raises :class:`~brinkmanship.errors.ArgumentError`."""
    if actor not in scenario.actors:
        raise ArgumentError(f"there is no actor {quoted(actor)}{instead(str(actor), scenario.actors)}")
    return actor


def policy_of(game: played.Game, actor: str, decider: Decider) -> Policy:
    """The policy that somebody means. Raises :class:`~brinkmanship.errors.BrinkmanshipError`."""
    if isinstance(decider, Script):
        return orders_in(decider.written(), game.rules, actor, f"the script of {actor}")
    if isinstance(decider, str):
        if decider not in BUILT_IN:
            raise ArgumentError(f"there is no policy {quoted(decider)}: there are {listed(BUILT_IN)}")
        return BUILT_IN[decider]
    if not (callable(getattr(decider, "decide", None)) and callable(getattr(decider, "vote", None))):
        raise ArgumentError(f"the policy of {actor} has no decide and vote: {quoted(decider)}")
    return decider


def as_written(called: str, told: Any) -> Any:
    """An order as a file of orders has it. Raises :class:`~brinkmanship.errors.ArgumentError`."""
    match told:
        case None:
            return "hold"
        case ByRule():
            return "rule"
        case str() | Option():
            return str(told)
        case Mapping():
            return {str(key): as_plain(called, part) for key, part in told.items()}
        case list() | tuple() if told:
            return {"moves": [str(one) for one in told]}
    raise ArgumentError(f"{called} is an action, several of them, None or a mapping, not {quoted(told)}")


def as_plain(called: str, part: Any) -> Any:
    """A part of an order: moves and votes as text."""
    match part:
        case Mapping():
            return {str(question): str(vote) for question, vote in part.items()}
        case list() | tuple():
            return [str(one) for one in part]
    return as_written(called, part)
