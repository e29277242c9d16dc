"""A belief as worlds: a particle filter over the rules, that runs many worlds in lockstep.

Gordon, Salmond and Smith, "Novel approach to nonlinear/non-Gaussian Bayesian state estimation" (IEE Proceedings F
140(2), 1993), with systematic resampling (Kitagawa 1996). What was seen is forced in every world, and weighs by how
likely it was there; what was not seen is drawn in each, as in determinisation for games of imperfect information
(Cowling, Powley and Whitehouse, "Information Set Monte Carlo Tree Search", IEEE TCIAIG 4(2), 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.belief.deciding import LEAST, Deciding, of_ballots
from engine.belief.eyes import Eyes
from engine.belief.seen import Done, Opened
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.draws import Draws
from engine.rules.guesses import Guesses
from engine.rules.happenings import NO_OUTCOME
from engine.rules.program.program import (
    ACT,
    APPRAISE,
    CALENDAR,
    CHANCE,
    CLOSE,
    DECIDE,
    DRIFT,
    HAPPENS,
    SILENCE,
    TURNS_OUT,
    VOTE,
    Gamble,
)
from engine.rules.rulebook import Rules
from engine.rules.world import OPEN, World
from engine.scenario.names import Reference

WORLDS = 512
"""Of which a belief is made where nobody says otherwise."""

TREMBLE = 0.001
"""How likely an actor by the rule is held to do anything that it may, all alike: no model is without error."""

FREE_WILL = 0.05
"""The same of people, and of sides that look ahead, whom no rule binds."""

TELLING = 0.01
"""What is seen of the state tells worlds apart where at least this share of them agrees with it."""

SAME = 1e-6
"""Numbers that differ by less agree."""

SHRINK = (3 * 0.98 - 1) / (2 * 0.98)
"""How far a stance keeps its place when worlds are drawn anew: that of Liu and West for a discount of .98."""

FEWER = 3
"""Stances are few once there is less than one for so many worlds."""

ALWAYS, NEVER = -2.0, 2.0
"""Added to a uniform number, these have something happen, or not, whatever its chance."""


@dataclass(frozen=True)
class Moment:
    """What a belief had come to as a pace opened."""

    tick: int
    effective: float
    """The effective number of worlds, before they were drawn anew: 1 / the sum of squares of their weights."""
    likelihood: float
    """The logarithm of how likely all was that was seen up to then."""
    means: Numbers
    """The weighted mean of each thing that is not seen, in the order of :attr:`Belief.hidden`: shape (hidden,)."""


class Belief:
    """Worlds that agree with what was seen, each with a weight."""

    def __init__(
        self,
        rules: Rules,
        eyes: Eyes,
        seed: int,
        worlds: int = WORLDS,
        trembles: Mapping[str, float] | None = None,
    ) -> None:
        """Before the first pace. ``trembles`` say, by actor, how likely it does anything that it may; else TREMBLE."""
        self.rules, self.eyes = rules, eyes
        self.world: World = rules.open(seed, 0, worlds)
        self.logs = np.zeros(worlds)
        """The logarithms of the weights, up to a constant: shape (worlds,)."""
        self.hidden = {
            place: row
            for place, row in rules.layout.rows.items()
            if place.kind in ("position", "value", "flag", "actor_flag") and not eyes.rows[row]
        }
        """Where others stand, values and flags that are not seen from the start, each with its row."""
        self.moments: list[Moment] = []
        self.likelihood = 0.0
        """The logarithm of how likely all was that was seen, as far as it could have been otherwise."""
        self._trembles = {actor: (trembles or {}).get(actor, TREMBLE) for actor in rules.layout.actors}
        self._deciding = Deciding(rules, eyes, self._trembles)
        self._gambles: dict[tuple[str, int], tuple[int, ...]] = {}
        """By the kind and number of what brings them about, the numbers of what has a chance."""
        for number, gamble in enumerate(rules.program.gambles):
            key = gamble.kind, gamble.source
            self._gambles[key] = (*self._gambles.get(key, ()), number)
        rules.machine.expect(worlds)

    @property
    def weights(self) -> Numbers:
        """How much each world weighs, in sum 1: shape (worlds,)."""
        weights = np.exp(self.logs - self.logs.max())
        total: Numbers = weights / weights.sum()
        return total

    @property
    def effective(self) -> float:
        """The effective number of worlds (Kong, Liu and Wong 1994)."""
        return float(1.0 / np.square(self.weights).sum())

    def mean(self, values: Numbers) -> float:
        """The mean of something that each world has, of shape (worlds,)."""
        return float(self.means(values[np.newaxis])[0])

    def means(self, values: Numbers) -> Numbers:
        """The mean of each of some things, of shape (things, worlds): rounding leads beyond none of its values."""
        found: Numbers = np.clip(values @ self.weights, values.min(axis=1), values.max(axis=1))
        return found

    def open(self, seen: Opened) -> None:
        """A pace opens: the calendar, and what is seen of the state then; the story goes on."""
        if not self.world.is_open.all():
            self._tell(self.world.is_open[np.newaxis])
            self.world.ending[:] = OPEN
        dated = [n for n, one in enumerate(self.rules.occurrences) if one.due == seen.tick]
        if dated:
            put = self._happening(dated, seen.events, seen.gambles)
            self.rules.machine.run(self.world, CALENDAR, CALENDAR, put)
        self._agree(seen)
        means = self.means(self.world.cells[list(self.hidden.values())])
        self.moments.append(Moment(seen.tick, self.effective, self.likelihood, means))
        self._draw_anew()

    def go_on(self, seen: Done) -> None:
        """The rest of the pace that has opened."""
        rules, world = self.rules, self.world
        found = rules.machine.run(world, APPRAISE, DECIDE, get=("legal", "gain", "rate", "take"))
        appraisal = rules.appraised(found)
        if seen.legal is not None:
            self._may(seen.legal, appraisal.legal)
        take, likely = self._deciding.take(world, appraisal, found["take"], seen.deeds)
        self._weigh(likely)
        luck = self._luck(
            [key for number in self._sure(seen) for key in self._gambles.get(("option", number), ())], seen
        )
        self._act(take, luck, seen)
        undated = [n for n, one in enumerate(rules.occurrences) if one.due is None]
        rules.machine.run(world, CHANCE, CLOSE, self._happening(undated, seen.events, seen.gambles))

    # Deeds and votes

    def _sure(self, seen: Done) -> Iterable[int]:
        return (deed[0] for deed in seen.deeds if len(deed) == 1)

    def _act(self, take: Numbers, luck: Mapping[str, Numbers], seen: Done) -> None:
        rules, world = self.rules, self.world
        tabling = [rules.roster.places[options] for options in rules.roster.tabling]
        if not seen.ballots and not any(take[places].any() for places in tabling):
            rules.machine.run(world, SILENCE, DRIFT, {"take": take, **luck})
            return
        tabled = rules.machine.run(world, SILENCE, ACT, {"take": take, **luck}, ("tabled",))["tabled"]
        for number, question in enumerate(rules.questions):
            ballots = seen.ballots.get(question.id)
            if self.eyes.votes:
                tabled[number] = ballots is not None
            if tabled[number].any():
                self._vote(
                    number, np.where(np.arange(len(tabled))[:, np.newaxis] == number, tabled, 0.0), ballots, seen
                )
        rules.machine.run(world, DRIFT, DRIFT)

    def _vote(self, number: int, tabled: Numbers, ballots: Mapping[str, int] | None, seen: Done) -> None:
        rules, world, question = self.rules, self.world, self.rules.questions[number]
        put: dict[str, Numbers] = {"tabled": tabled}
        if ballots is not None:
            names = question.body(world.tick).names
            leaning = rules.leaning(world, question)
            cast = np.array([ballots[name] for name in names], dtype=np.intp)
            tremble = np.array([self._trembles[name] for name in names])
            own = np.array([name in self.eyes.own for name in names])
            self._weigh(of_ballots(leaning.yes, leaning.no, cast, tremble, own))
            kinds = [self._gambles.get((kind, number), ()) for kind in ("pass", "fail")]
            put |= rules.told({question.id: ballots}) | self._luck([one for some in kinds for one in some], seen)
        rules.machine.run(world, VOTE, VOTE, put)

    # Chance

    def _luck(self, gambles: Iterable[int], seen: Done | Opened) -> dict[str, Numbers]:
        """What has a chance, and was seen to come out one way or the other: it does so in every world, and weighs."""
        known = [number for number in gambles if number in seen.gambles]
        if not known:
            return {}
        every = self.rules.program.gambles
        chances = self.rules.chances(self.world, tuple(every[number] for number in known))
        luck = np.zeros((len(every), self.world.runs))
        for number, chance in zip(known, chances, strict=True):
            self._weigh(np.log(np.maximum(chance if seen.gambles[number] else 1.0 - chance, LEAST)))
            luck[number] = ALWAYS if seen.gambles[number] else NEVER
        return {"luck": luck}

    def _happening(
        self, events: Iterable[int], happened: Mapping[int, int], gambles: Mapping[int, bool]
    ) -> dict[str, Numbers]:
        """Some events, of which it is seen whether they happen, and how they turn out."""
        heard = [number for number in events if self.eyes.events[number]]
        if not heard:
            return {}
        rules, every = self.rules, self.rules.program.gambles
        chances = rules.chances(self.world, tuple(Gamble("event", number, None, HAPPENS) for number in heard))
        allowed = np.ones((len(rules.occurrences), 1))
        luck = np.zeros((len(every), self.world.runs))
        for number, chance in zip(heard, chances, strict=True):
            allowed[number] = number in happened
            self._weigh(np.log(np.maximum(chance if number in happened else 1.0 - chance, LEAST)))
            if number in happened:
                for one in self._gambles.get(("event", number), ()):
                    if every[one].effect == HAPPENS:
                        luck[one] = ALWAYS
                    elif every[one].effect == TURNS_OUT and happened[number] != NO_OUTCOME:
                        luck[one] = self._turning_out(number, happened[number])
                    elif one in gambles:
                        (chance_of,) = rules.chances(self.world, (every[one],))
                        self._weigh(np.log(np.maximum(chance_of if gambles[one] else 1.0 - chance_of, LEAST)))
                        luck[one] = ALWAYS if gambles[one] else NEVER
        return {"allowed": allowed, "luck": luck}

    def _turning_out(self, event: int, outcome: int) -> Numbers:
        """What an event's second uniform number is moved by, so that it turns out so; which weighs."""
        weights = self.rules.weights(self.world, event)
        reached = np.add.accumulate(weights, axis=0)
        total = np.maximum(reached[-1], 1e-300)
        self._weigh(np.log(np.maximum(weights[outcome] / total, LEAST)))
        name = f"event:{self.rules.occurrences[event].id}"
        u = self.world.draws.uniforms(name, self.world.tick)[1]
        moved: Numbers = (reached[outcome] - 0.5 * weights[outcome]) / total - u
        return moved

    # The state, and weights

    def _may(self, seen: YesNo, legal: YesNo) -> None:
        """Which of its own options are legal is seen."""
        actors = self.rules.layout.actors
        own = np.isin(self.rules.roster.actor_of, [actors[actor] for actor in self.eyes.own])
        self._tell(legal[own] == seen[own, np.newaxis])

    def _agree(self, seen: Opened) -> None:
        """What is seen of the state stands so in every world; one in which it would not weighs next to nothing."""
        world, rows = self.world, np.flatnonzero(seen.rows)
        now = seen.cells[rows, np.newaxis]
        if seen.tick:
            self._tell(np.abs(world.cells[rows] - now) <= SAME)
        world.cells[rows] = now
        if not seen.tick:
            for number, issue in enumerate(self.rules.scenario.issues):
                world.origin[number] = world.cells[self.rules.layout.block("position", issue)]

    def _tell(self, agrees: YesNo) -> None:
        """Worlds that don't agree with what is seen, of shape (things, worlds), where enough others do."""
        split = agrees[~agrees.all(axis=1)]
        if not len(split):
            return
        telling = split @ self.weights >= TELLING
        wrong = ~split[telling].all(axis=0)
        if not wrong.all():
            self._weigh(np.where(wrong, np.log(LEAST), 0.0))

    def _weigh(self, likely: Numbers) -> None:
        """Take into account how likely something was that was seen: its logarithm, of shape (worlds,)."""
        before = np.logaddexp.reduce(self.logs)
        self.logs = self.logs + likely
        self.likelihood += float(np.logaddexp.reduce(self.logs) - before)

    def _draw_anew(self) -> None:
        """Worlds in proportion to their weights, by one uniform number, once too few of them count."""
        many = len(self.logs)
        if self.effective >= many / 2:
            return
        u = Draws(self.world.draws.seed, 0, 1).uniforms("drawn anew", self.world.tick)[0, 0]
        places = (np.arange(many) + u) / many
        chosen: Rows = np.minimum(np.searchsorted(np.add.accumulate(self.weights), places), many - 1)
        self.world = self.world.picked(chosen)
        self.logs = np.zeros(many)
        self._loosen()

    def _loosen(self) -> None:
        """Where others stand is moved a little in each world, once the same few stances are left in all of them.

        Kernel smoothing with shrinkage (Liu and West 2001): the mean and the spread over all worlds stay as they were.
        """
        layout, world = self.rules.layout, self.world
        rows, _, streams = layout.doubted
        if not len(rows):
            return
        now = world.cells[rows]
        if max(len(np.unique(places)) for places in now) * FEWER > world.runs:
            return
        mean, spread = now.mean(axis=1, keepdims=True), now.std(axis=1, keepdims=True)
        noise = world.draws.normals([f"loosen:{stream}" for stream in streams], world.tick)
        low, high = (ends[rows, np.newaxis] for ends in layout.bounds)
        moved = np.clip(SHRINK * now + (1.0 - SHRINK) * mean + np.sqrt(1.0 - SHRINK**2) * spread * noise, low, high)
        world.cells[rows] = np.where(spread > 0.0, moved, now)
        first = layout.rows[Reference("position", next(iter(self.rules.scenario.issues)), next(iter(layout.actors)))]
        flat = world.origin.reshape(-1, world.runs)
        flat[rows - first] += world.cells[rows] - now
        world.origin = flat.reshape(world.origin.shape)

    def guesses(self) -> Guesses:
        """The worlds for whoever looks ahead: only the rows in which they differ."""
        cells = self.world.cells
        rows = np.flatnonzero((cells != cells[:, :1]).any(axis=1))
        reached = np.add.accumulate(self.weights)
        return Guesses(rows, cells[rows], self.world.origin, self.world.due, reached / reached[-1])
