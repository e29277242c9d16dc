"""How likely what was seen of everybody's decisions is under the rule, in each world, and what was done unseen.

Rates are those of the rules. An actor with the total rate ``r`` moves in a pace of length ``D`` with the chance
``m = 1 - exp(-D r)``, and takes an option with ``m`` times that option's share of ``r``. Of an actor of whom nothing is
seen, with the share ``q`` of ``r`` in options of which nobody would hear, that has the chance ``1 - m + m q``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.belief.eyes import Eyes
from engine.belief.seen import Deed
from engine.rules.arrays import Numbers, Rows, YesNo, sums_in_order
from engine.rules.decide import Appraisal, chance_to_move
from engine.rules.rulebook import Rules
from engine.rules.world import World

LEAST = 1e-12
"""What can't have been, in a world, is held to be this likely, so that no set of worlds is lost altogether."""


@dataclass
class Page:
    """A pace in each world, as it is being decided."""

    world: World
    appraisal: Appraisal
    take: Numbers
    """What is taken, in the order of acting: shape (options, runs)."""
    likely: Numbers
    """The logarithm of how likely what was seen is: shape (runs,)."""
    total: Numbers
    """The rate of each mover: shape (movers, runs)."""
    moves: Numbers
    """The chance that it moves."""
    many: Numbers
    """How many options it has."""

    def weigh(self, chance: Numbers) -> None:
        """Take into account how likely something was that was seen, (runs,) or (things, runs)."""
        logs = np.log(np.maximum(chance, LEAST))
        self.likely += logs.sum(axis=0) if logs.ndim > 1 else logs

    def share(self, mover: int, own: Numbers) -> Numbers:
        """The share of some options in the rate of a mover: shape (runs,)."""
        found: Numbers = own.sum(axis=0) / np.maximum(self.total[mover], 1e-300)
        return found


class Deciding:
    """What everybody does in a pace, in each world, where some of it was seen."""

    def __init__(self, rules: Rules, eyes: Eyes, trembles: Mapping[str, float]) -> None:
        """``trembles`` say by actor how likely it does anything that it may do, all alike, whatever the rule has."""
        self.rules, self.eyes = rules, eyes
        actors = rules.layout.actors
        self.tremble = np.array([trembles[actor] for actor in actors])
        self._own = {actors[actor] for actor in eyes.own}
        self._movers = np.array([actors[actor] for actor in rules.actor_options], dtype=np.intp)
        self._spans = list(rules.actor_options.values())
        self._first = np.array([span.start for span in self._spans], dtype=np.intp)
        self._moves = self._spans[-1].stop if self._spans else 0

    def take(
        self, world: World, appraisal: Appraisal, by_rule: Numbers, deeds: Sequence[Deed]
    ) -> tuple[Numbers, Numbers]:
        """What is taken in each world, in the order of acting, and the logarithm of how likely what was seen is.

        Of shape (options, runs) and (runs,). ``by_rule`` has what the rule would take, of shape (options, runs).
        """
        take = by_rule.copy()
        take[self.rules.roster.places[: self._moves]] = 0.0
        page = self._page(world, appraisal, take)
        seen: dict[int, list[Deed]] = {}
        for deed in deeds:
            if deed[0] < self._moves:
                actor, own = self._whose(appraisal, deed)
                seen.setdefault(actor, []).append(own)
        if self._spans:
            self._move(page, seen)
        self._answer(page, [deed for deed in deeds if deed[0] >= self._moves])
        return page.take, page.likely

    def _page(self, world: World, appraisal: Appraisal, take: Numbers) -> Page:
        rates, legal = appraisal.rates[: self._moves], appraisal.legal[: self._moves].astype(np.float64)
        nothing = np.zeros((0, world.runs))
        total = np.add.reduceat(rates, self._first, axis=0) if self._spans else nothing
        many = np.add.reduceat(legal, self._first, axis=0) if self._spans else nothing
        moves = chance_to_move(total, self.rules.timeline.pace_in_days)
        return Page(world, appraisal, take, np.zeros(world.runs), total, moves, many)

    def _whose(self, appraisal: Appraisal, deed: Deed) -> tuple[int, Deed]:
        """The part of a deed that is one actor's: of several who may have done it, whoever is likeliest to."""
        actor_of, parts = self.rules.roster.actor_of, dict[int, Deed]()
        for number in deed:
            actor = int(actor_of[number])
            parts[actor] = (*parts.get(actor, ()), number)
        return max(parts.items(), key=lambda part: float(appraisal.rates[list(part[1])].sum()))

    def _move(self, page: Page, seen: Mapping[int, Sequence[Deed]]) -> None:
        quiet = np.zeros(len(self._spans), np.bool_)
        for mover, (actor, span) in enumerate(zip(self._movers.tolist(), self._spans, strict=True)):
            if actor in seen:
                self._seen_to_move(page, mover, seen[actor])
            elif actor not in self._own:
                quiet[mover] = self.eyes.options[span].all()
                if not quiet[mover]:
                    self._unseen(page, mover)
        tremble = self.tremble[self._movers[quiet], np.newaxis]
        page.weigh((1.0 - tremble) * (1.0 - page.moves[quiet]) + tremble / (page.many[quiet] + 1.0))

    def _seen_to_move(self, page: Page, mover: int, deeds: Sequence[Deed]) -> None:
        """Somebody who was seen to do something, once or several times."""
        chance, at_will = page.moves[mover].copy(), np.ones(page.world.runs)
        for deed in deeds:
            own = page.appraisal.rates[list(deed)]
            chance *= page.share(mover, own)
            at_will *= page.appraisal.legal[list(deed)].sum(axis=0) / (page.many[mover] + 1.0)
            self._do(page, deed, own)
        if self._movers[mover] not in self._own:
            tremble = self.tremble[self._movers[mover]]
            page.weigh((1.0 - tremble) * chance + tremble * at_will)

    def _do(self, page: Page, deed: Deed, rates: Numbers) -> None:
        """One of some options is taken, in proportion to its rate; that one where it is known which."""
        places = self.rules.roster.places[list(deed)]
        if len(deed) == 1:
            page.take[places[0]] = 1.0
            return
        u = page.world.draws.uniforms(f"deed:{self.rules.options[deed[0]]}", page.world.tick)[0]
        page.take[places[among(rates, u)], np.arange(page.world.runs)] = 1.0

    def _unseen(self, page: Page, mover: int) -> None:
        """Somebody who was not seen to do anything, and may have done something of which nothing is seen."""
        span, number = self._spans[mover], self._movers[mover]
        hidden = np.flatnonzero(~self.eyes.options[span]) + span.start
        own = page.appraisal.rates[hidden]
        secret, nothing = page.moves[mover] * page.share(mover, own), 1.0 - page.moves[mover]
        tremble, legal = self.tremble[number], (own > 0.0).sum(axis=0)
        page.weigh((1.0 - tremble) * (nothing + secret) + tremble * (1.0 + legal) / (page.many[mover] + 1.0))
        actor = list(self.rules.layout.actors)[number]
        u = page.world.draws.uniforms(f"actor:{actor}", page.world.tick)
        does = u[0] * (nothing + secret) < secret
        page.take[self.rules.roster.places[hidden[among(own, u[1])[does]]], np.flatnonzero(does)] = 1.0

    def _answer(self, page: Page, told: Sequence[Deed]) -> None:
        """Whoever is asked answers at once by the rule; others in time."""
        said = {number for deed in told for number in deed}
        places = self.rules.roster.places
        for asking in self.rules.roster.askings:
            span = asking.options
            seen = [number for number in range(span.start, span.stop) if number in said]
            if not seen and not self.eyes.options[span].any():
                continue
            stands, tremble = asking.stands(page.world), self.tremble[asking.number]
            page.take[places[span]] = 0.0
            chance = np.where(stands, tremble, 1.0)
            if seen:
                chance = np.where(stands, self._chance_of_answer(page, span, seen, tremble), 0.0)
                page.take[places[seen[0]], stands] = 1.0
            if asking.number not in self._own:
                page.weigh(chance)

    def _chance_of_answer(self, page: Page, span: slice, seen: Sequence[int], tremble: float) -> Numbers:
        own, rates = page.appraisal.rates[list(seen)], page.appraisal.rates[span]
        by_rule = own.sum(axis=0) / np.maximum(rates.sum(axis=0), 1e-300)
        at_will = (own > 0.0).sum(axis=0) / np.maximum((rates > 0.0).sum(axis=0), 1)
        chance: Numbers = (1.0 - tremble) * by_rule + tremble * at_will
        return chance


def among(weights: Numbers, u: Numbers) -> Rows:
    """Which of some things a uniform number picks, in proportion to weights of shape (things, runs): shape (runs,)."""
    reached = sums_in_order(weights)
    found: Rows = np.minimum((reached <= u * reached[-1]).sum(axis=0), len(weights) - 1)
    return found


def of_ballots(yes: Numbers, no: Numbers, cast: Rows, tremble: Numbers, is_own: YesNo) -> Numbers:
    """The logarithm of how likely members' votes are in each world: shape (runs,).

    ``yes`` and ``no`` are of shape (members, runs), the rest of shape (members,); own votes tell nothing.
    """
    votes = cast[:, np.newaxis]
    chance = np.where(votes > 0, yes, np.where(votes < 0, no, 1.0 - yes - no))
    chance = (1.0 - tremble[:, np.newaxis]) * chance + tremble[:, np.newaxis] / 3.0
    total: Numbers = np.log(np.maximum(chance[~is_own], LEAST)).sum(axis=0)
    return total
