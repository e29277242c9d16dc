"""Writes down, for a world of one run, what the rules do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from engine.play.newsroom import Newsroom
from engine.play.odds import odds_of
from engine.play.record import Asked, Audience, Dispatch, EventResult, Lapse, Move, Turn, VoteResult
from engine.rules.arrays import Rows, YesNo
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.happenings import NO_OUTCOME, Occurrence
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.rules.votes import ABSTAIN, NO, YES, Decision, Question
from engine.rules.world import World
from engine.scenario.models import Effect
from engine.scenario.names import Reference

Parties = tuple[str | None, str | None]
"""Who did something, and at whom it was directed."""

NOBODY: Parties = (None, None)


@dataclass
class TurnRecorder:
    """Collects the turns of a game, one after the other: what falls due later is told in the turn in which it does."""

    rules: Rules
    newsroom: Newsroom
    tick: int = 0
    """The pace that is on its way."""
    _moves: list[Move] = field(default_factory=list)
    _votes: list[VoteResult] = field(default_factory=list)
    _events: list[EventResult] = field(default_factory=list)
    _asked: list[Asked] = field(default_factory=list)
    _dispatches: list[Dispatch] = field(default_factory=list)
    _lapses: list[Lapse] = field(default_factory=list)

    def open(self) -> None:
        """Begin with a new turn."""
        for told in (self._moves, self._votes, self._events, self._asked, self._dispatches, self._lapses):
            told.clear()

    @property
    def turn(self) -> int:
        """The number of the turn to which the pace belongs."""
        return self.rules.timeline.turn_at(self.tick)

    @property
    def date(self) -> dt.date:
        """The day on which the pace opened."""
        return self.rules.timeline.day_of(self.tick)

    @property
    def moment(self) -> dt.datetime:
        """When the pace opened."""
        return self.rules.timeline.moment_of(self.tick)

    def lapse(self, option: Option, missing: tuple[str, ...]) -> None:
        """A move that was ordered for this pace, and can't be done in it."""
        self._lapses.append(Lapse(self.moment, option, missing))

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Everybody's moves, in the order of the actors, and of one actor in the order in which it chose."""
        for number in choice[..., 0].T.flat:
            if number != NO_MOVE:
                option = self.rules.options[number]
                odds = odds_of(self.rules, world, appraisal, option)
                aims = odds.targets
                known_to = self._audience(option, aims)
                self._moves.append(Move(option, odds.gain, odds.chance, odds.terms, known_to, self.moment, aims))
                texts = self.rules.scenario.choice(option.action).dispatch
                if texts:
                    text = self.newsroom.of_move(texts, option, self.date, aims)
                    self._tell("move", option.action, text, (option.actor, option.target), known_to, targets=aims)

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """A vote, and its news."""
        question = decision.question
        result = _result(self.rules, decision, sponsors, self.moment)
        self._votes.append(result)
        self.newsroom.decided[question.id] = result
        texts = question.vote.passed if result.passed else question.vote.failed
        if texts:
            text = self.newsroom.of_vote(texts, question.vote, result, question.target, self.date)
            self._tell("vote", question.id, text, _sponsor(result, question.target))

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """An event, and its news or that of its outcome."""
        name = None if outcome[0] == NO_OUTCOME else occurrence.outcomes[outcome[0]]
        self._events.append(EventResult(occurrence.id, name, self.moment))
        event = occurrence.event
        texts = (event.dispatch, event.outcomes[name].dispatch if name else None)
        for variants in texts:
            if variants:
                day = event.on or self.date
                text = self.newsroom.of_event(variants, day)
                known_to = self.rules.scenario.audience(event.known_to)
                self._tell("event", occurrence.id, text, known_to=known_to, day=day)

    def effect(self, world: World, source: Option | Question | Occurrence, effect: Effect) -> None:
        """The news of an effect, whether at once or when it falls due."""
        texts = effect.dispatch or ()
        match source:
            case Option():
                text = self.newsroom.of_move(texts, source, self.date)
                self._tell("effect", source.action, text, (source.actor, source.target), self._audience(source))
            case Question():
                result = self.newsroom.decided[source.id]
                text = self.newsroom.of_vote(texts, source.vote, result, source.target, self.date)
                self._tell("effect", source.id, text, _sponsor(result, source.target))
            case Occurrence():
                text = self.newsroom.of_event(texts, self.date)
                known_to = self.rules.scenario.audience(source.event.known_to)
                self._tell("effect", source.id, text, known_to=known_to)

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """A question that is put to some actors, and its news."""
        question = self.rules.scenario.asks[ask]
        known_to = self.rules.scenario.audience(question.known_to, *actors)
        self._asked.append(Asked(ask, actors, known_to, self.moment))
        if question.dispatch:
            text = self.newsroom.of_ask(question.dispatch, actors, self.date)
            self._tell("ask", ask, text, known_to=known_to)

    def finished(self, world: World) -> Turn:
        """The turn, with the state at its end."""
        s, cells, rows = self.rules.scenario, world.cells[:, 0], self.rules.layout.rows
        numbers = [*(Reference("issue", i) for i in s.issues), *(Reference("value", v) for v in s.values)]
        turn, learners = self.turn, self.rules.layout.knowledge.revealed.items()
        return Turn(
            turn,
            self.rules.scenario.date_of(turn),
            tuple(self._moves),
            tuple(self._votes),
            tuple(self._events),
            tuple(self._dispatches),
            {reference.id: float(cells[rows[reference]]) for reference in numbers},
            {flag: bool(cells[rows[Reference("flag", flag)]]) for flag in s.flags},
            {
                flag: tuple(a for a in s.actors if cells[rows[Reference("actor_flag", flag, a)]])
                for flag in s.actor_flags
            },
            tuple(self._asked),
            tuple(self._lapses),
            {
                thing: who
                for thing, them in learners
                if (who := tuple(actor for actor in them if cells[rows[Reference("knows", thing, actor)]]))
            },
        )

    def _audience(self, option: Option, aims: tuple[str, ...] = ()) -> Audience:
        known_to = self.rules.scenario.choice(option.action).known_to
        return self.rules.scenario.audience(known_to, option.actor, option.target, *aims)

    def _tell(
        self,
        kind: str,
        about: str,
        text: str,
        parties: Parties = NOBODY,
        known_to: Audience = None,
        day: dt.date | None = None,
        targets: tuple[str, ...] = (),
    ) -> None:
        self._dispatches.append(Dispatch(day or self.date, text, kind, about, *parties, known_to, targets))


def _sponsor(result: VoteResult, target: str | None) -> Parties:
    return (result.sponsors[0] if len(result.sponsors) == 1 else None), target


def _result(rules: Rules, decision: Decision, sponsors: YesNo, when: dt.datetime) -> VoteResult:
    ballots, names = decision.ballots[:, 0], decision.body.names
    voted = {
        way: tuple(name for name, ballot in zip(names, ballots, strict=True) if ballot == way)
        for way in (YES, ABSTAIN, NO)
    }
    veto = decision.body.institution.passes.veto
    actors = tuple(rules.scenario.actors)
    return VoteResult(
        decision.body.institution_id,
        decision.question.id,
        tuple(actors[number] for number in np.flatnonzero(sponsors[:, 0])),
        voted[YES],
        voted[NO],
        voted[ABSTAIN],
        tuple(name for name in voted[NO] if name in veto),
        bool(decision.passed[0]),
        when,
    )
