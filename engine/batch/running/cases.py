"""Scripted tests: a case is played in some runs, and what it claims is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.batch.design.policies import SEATS, BatchPolicy, Moment, OrdersSeat, Seats
from engine.batch.design.seats import orders_of
from engine.batch.running.expectations import FAIL, PASS, UNSURE, judge, share_bounds
from engine.batch.running.runner import CHUNK, blocks, play_out
from engine.batch.statistics import Share, share_of
from engine.expressions import Kind
from engine.rules import Rules, World
from engine.rules.arrays import Rows, YesNo
from engine.rules.asks import Asking
from engine.rules.decide import NO_MOVE
from engine.rules.options import Option
from engine.rules.votes import BALLOTS
from engine.scenario.models import Case, Claim, Scenario
from engine.scenario.orders import paces_before


@dataclass(frozen=True)
class Undone:
    """A move that was ordered and could not be done: not legal, or the story had closed."""

    actor: str
    tick: int
    """The pace for which it was ordered."""
    option: Option
    count: int
    """In how many runs."""
    first_run: int
    """The first of them."""


@dataclass(frozen=True)
class ClaimVerdict:
    """A claim, in how many runs it held, and whether that is enough."""

    claim: Claim
    found: Share
    verdict: str
    first_miss: int | None
    """The first run in which it did not hold."""

    @property
    def text(self) -> str:
        """The claim in words."""
        at = "" if self.claim.at is None else f" ({self.claim.at})"
        return f"{self.claim.kind}{at}: {self.claim.text}"


@dataclass(frozen=True)
class CaseVerdict:
    """What came of a case."""

    id: str
    case: Case
    claims: tuple[ClaimVerdict, ...]
    undone: tuple[Undone, ...]

    @property
    def verdict(self) -> str:
        """Fails where a move could not be done or a claim fails; else it is too close where a claim is."""
        verdicts = {claim.verdict for claim in self.claims}
        if self.undone or FAIL in verdicts:
            return FAIL
        return UNSURE if UNSURE in verdicts else PASS


def try_case(rules: Rules, name: str, seed: int = 0, runs: int | None = None) -> CaseVerdict:
    """Play a case of the scenario in its runs, or in so many."""
    case = rules.scenario.cases[name]
    claims = [_Claimed(rules, claim) for claim in case.then]
    seats = case_seats(rules.scenario, case)
    for first, size in blocks(0, case.runs if runs is None else runs, CHUNK):
        world = rules.open(seed, first, size)
        watches = [_ClaimWatch(claim, world) for claim in claims]
        scripts = [seat for seat in seats.values() if isinstance(seat, Script)]
        for script in scripts:
            script.begin(world)
        play_out(rules, world, watches, seats)
        for watch in watches:
            watch.finish(world)
        for script in scripts:
            script.finish(world)
    undone = (late for seat in seats.values() if isinstance(seat, Script) for late in seat.undone())
    return CaseVerdict(name, case, tuple(claim.verdict() for claim in claims), tuple(undone))


def case_seats(scenario: Scenario, case: Case) -> Seats:
    """Who decides for whom in a case; whoever follows the rule in everything has no seat."""
    votes = votes_by_actor(case)
    seats: dict[str, BatchPolicy] = {}
    for actor in scenario.actors:
        policy = case.policies.get(actor, case.otherwise)
        orders = orders_of(scenario, actor, case.seats.get(actor, {}))
        if orders or actor in votes:
            seats[actor] = Script(actor, OrdersSeat(orders, SEATS[policy], votes.get(actor, {})))
        elif policy != "rule":
            seats[actor] = SEATS[policy]
    return seats


def votes_by_actor(case: Case) -> dict[str, dict[str, int]]:
    """How each member votes, by question."""
    votes: dict[str, dict[str, int]] = {}
    for question, ballots in case.votes.items():
        for actor, ballot in ballots.items():
            votes.setdefault(actor, {})[question] = BALLOTS[ballot]
    return votes


@dataclass
class Script:
    """Follows the orders of a case, and remembers which of them could not be done."""

    actor: str
    seat: OrdersSeat
    _done: dict[int, YesNo] = field(default_factory=dict)
    """By pace, in which runs of the block at hand the move was done."""
    _missed: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By pace, in how many runs the move was not done, and the first of them."""

    @property
    def moves(self) -> Mapping[int, Option]:
        """The orders that are moves, by pace."""
        return {tick: order for tick, order in self.seat.orders.items() if isinstance(order, Option)}

    def decide(self, moment: Moment, actor: str) -> Rows:
        """As ordered."""
        return self._noted(moment, self.seat.decide(moment, actor))

    def later(self, moment: Moment, actor: str) -> Rows | None:
        """As ordered."""
        choice = self.seat.later(moment, actor)
        return None if choice is None else self._noted(moment, choice)

    def _noted(self, moment: Moment, choice: Rows) -> Rows:
        order = self.moves.get(moment.world.tick)
        if order is not None and not order.answers:
            self._done[moment.world.tick] = choice != NO_MOVE
        return choice

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """As ordered."""
        answer = self.seat.answer(moment, asking)
        for tick, order in self.moves.items():
            if order.answers == asking.ask and tick <= moment.world.tick:
                given = answer == moment.rules.number_of.get(Option(asking.actor, order.action))
                self._done[tick] = self._done[tick] | given
        return answer

    def vote(self, question: str) -> int | None:
        """As told."""
        return self.seat.vote(question)

    def begin(self, world: World) -> None:
        """Nothing is done yet in the runs of a block."""
        self._done = {tick: np.zeros(world.runs, dtype=np.bool_) for tick in self.moves}

    def finish(self, world: World) -> None:
        """Counts what was not done in them."""
        for tick, done in self._done.items():
            if not done.all():
                count, first = self._missed.get(tick, (0, world.draws.first_run + int(np.argmin(done))))
                self._missed[tick] = count + int((~done).sum()), first

    def undone(self) -> Iterator[Undone]:
        """The moves that could not be done everywhere."""
        for tick, (count, first) in sorted(self._missed.items()):
            yield Undone(self.actor, tick, self.moves[tick], count, first)


class _Claimed:
    """One claim, compiled, and what was counted of it so far."""

    def __init__(self, rules: Rules, claim: Claim) -> None:
        self.claim = claim
        self.holds = rules.reading(rules.parser.expression(claim.text, Kind.YESNO, endings=True))
        self.paces = None if claim.at is None else paces_before(rules.scenario, claim.at)
        self.held = self.of = 0
        self.first_miss: int | None = None

    def count(self, world: World, held: YesNo) -> None:
        """In which runs of a block it held."""
        self.held, self.of = self.held + int(held.sum()), self.of + world.runs
        if self.first_miss is None and not held.all():
            self.first_miss = world.draws.first_run + int(np.argmin(held))

    def verdict(self) -> ClaimVerdict:
        """Whether it held in as many runs as it should."""
        found, bounds = share_of(self.held, self.of), share_bounds(self.claim)
        if bounds is None:
            return ClaimVerdict(self.claim, found, PASS if self.held == self.of else FAIL, self.first_miss)
        return ClaimVerdict(self.claim, found, judge(found, *bounds), self.first_miss)


class _ClaimWatch:
    """Follows one claim through the runs of a block."""

    each_pace = True

    def __init__(self, claimed: _Claimed, world: World) -> None:
        self._claimed = claimed
        self._seen: YesNo | None = None
        if claimed.claim.holds is None:
            self._seen = np.zeros(world.runs, dtype=np.bool_)
        elif claimed.paces == 0:
            self._seen = self._now(world)

    def watch(self, world: World, was_open: YesNo) -> None:
        """After a pace."""
        if self._claimed.claim.holds is not None:
            if world.tick == self._claimed.paces:
                self._seen = self._now(world)
        else:
            assert self._seen is not None
            self._seen = self._seen | (self._now(world) & was_open)

    def finish(self, world: World) -> None:
        """All runs have closed: what was not asked before is asked now, since what has closed stays as it is."""
        seen = self._now(world) if self._seen is None else self._seen
        self._claimed.count(world, ~seen if self._claimed.claim.never is not None else seen)

    def _now(self, world: World) -> YesNo:
        now: YesNo = self._claimed.holds.read(world)[0]
        return now
