"""All that happens in a game, pace by pace, and what of it a seat sees, as a belief takes it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.belief.eyes import SeatEyes
from engine.belief.seen import Done, Opened
from engine.play.recorder import TurnRecorder
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.happenings import NO_OUTCOME, Occurrence
from engine.rules.options import Option
from engine.rules.program.program import Gamble
from engine.rules.rulebook import Rules
from engine.rules.votes import Decision, Question
from engine.rules.world import World
from engine.scenario.models import Effect
from engine.scenario.names import Reference, find_places

News = tuple[str, int, int | None, int]
"""What brought news: the kind and number of its source, at whom it was directed, and which object its effect is."""


@dataclass
class Pace:
    """All that happened in a pace."""

    tick: int
    cells: Numbers
    """The state once the calendar was done: shape (rows,)."""
    legal: YesNo
    """Which options were legal then: shape (options,)."""
    due: dict[int, int]
    """Dated events that happened as it opened, by number, with the number of the outcome."""
    due_news: set[News]
    moves: tuple[int, ...] = ()
    ballots: dict[str, dict[str, int]] = field(default_factory=dict)
    events: dict[int, int] = field(default_factory=dict)
    news: set[News] = field(default_factory=set)


class Witness:
    """Told of all that happens, beside the recorder that writes it down for people."""

    def __init__(self, rules: Rules, recorder: TurnRecorder) -> None:
        self.rules, self._recorder = rules, recorder
        self.paces: list[Pace] = []
        """Those that were opened; the last is on its way, or open."""
        self._events: dict[int, int] = {}
        self._news: set[News] = set()
        self._numbers = {occurrence.id: number for number, occurrence in enumerate(rules.occurrences)}

    def opened(self, world: World, appraisal: Appraisal) -> None:
        """A pace has opened, and nobody has decided."""
        legal = appraisal.legal[:, 0].copy()
        self.paces.append(Pace(world.tick, world.cells[:, 0].copy(), legal, self._events, self._news))
        self._events, self._news = {}, set()

    def closed(self) -> None:
        """The pace is over."""
        self.paces[-1].events, self.paces[-1].news = self._events, self._news
        self._events, self._news = {}, set()

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Everybody's moves and answers."""
        self.paces[-1].moves = tuple(int(number) for number in choice[..., 0].T.flat if number != NO_MOVE)
        self._recorder.moves(world, appraisal, choice)

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """A vote."""
        cast = zip(decision.body.names, decision.ballots[:, 0].tolist(), strict=True)
        self.paces[-1].ballots[decision.question.id] = dict(cast)
        self._recorder.decision(world, decision, sponsors)

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """An event."""
        self._events[self._numbers[occurrence.id]] = int(outcome[0]) if occurrence.outcomes else NO_OUTCOME
        self._recorder.event(world, occurrence, happens, outcome)

    def effect(self, world: World, source: Option | Question | Occurrence, effect: Effect) -> None:
        """An effect that brings news."""
        self._news.add(self._told(source, effect))
        self._recorder.effect(world, source, effect)

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """A question that is put to some."""
        self._recorder.asked(world, ask, actors)

    def _told(self, source: Option | Question | Occurrence, effect: Effect) -> News:
        match source:
            case Option():
                aim = None if source.target is None else self.rules.layout.actors[source.target]
                alone = Option(source.actor, source.action)
                if source in self.rules.number_of:
                    return "option", self.rules.number_of[source], None, id(effect)
                return "option", self.rules.number_of[alone], aim, id(effect)
            case Question():
                return "question", self.rules.roster.question_of[source.id], None, id(effect)
        return "event", self._numbers[source.id], None, id(effect)


class Watching:
    """What a seat sees of what a witness has."""

    def __init__(self, rules: Rules, eyes: SeatEyes) -> None:
        self.rules, self.eyes, self.program = rules, eyes, rules.program
        self._gambles: dict[tuple[str, int], list[int]] = {}
        for number, gamble in enumerate(self.program.gambles):
            self._gambles.setdefault((gamble.kind, gamble.source), []).append(number)

    def opened(self, pace: Pace, before: Pace | None) -> Opened:
        """What it sees as a pace opens."""
        start = self.rules.layout.start if before is None else before.cells
        heard = self._heard(pace.due)
        sources = [("event", number) for number in heard]
        known = dict(self._known(sources, pace.due_news, start, pace.cells, pace.due))
        return Opened(pace.tick, self.eyes.rows(pace.cells), pace.cells, heard, known)

    def done(self, pace: Pace, after: Numbers) -> Done:
        """What it sees of the rest of a pace; ``after`` is the state that follows: shape (rows,)."""
        options, events = self.eyes.eyes.options, self._heard(pace.events)
        deeds = tuple((number,) for number in pace.moves if options[number])
        sources = [("option", number) for (number,) in deeds] + [("event", number) for number in events]
        for question in pace.ballots:
            number = self.rules.roster.question_of[question]
            sources += [("pass", number), ("fail", number)]
        known = dict(self._known(sources, pace.news, pace.cells, after, pace.events))
        return Done(deeds, pace.ballots, events, known, pace.legal)

    def _heard(self, events: Mapping[int, int]) -> dict[int, int]:
        return {number: outcome for number, outcome in events.items() if self.eyes.eyes.events[number]}

    def _known(
        self,
        sources: Sequence[tuple[str, int]],
        news: set[News],
        before: Numbers,
        after: Numbers,
        events: Mapping[int, int],
    ) -> Iterator[tuple[int, bool]]:
        """What had a chance, and is seen to have taken place or not: by its news, or by a flag that it sets."""
        for key in sources:
            for number in self._gambles.get(key, ()):
                gamble = self.program.gambles[number]
                if gamble.effect >= 0 and self._turned_out(gamble, events):
                    came = self._came(gamble, news, before, after)
                    if came is not None:
                        yield number, came

    def _turned_out(self, gamble: Gamble, events: Mapping[int, int]) -> bool:
        """Whether an effect of an event is one of the outcome that came."""
        if gamble.kind != "event" or gamble.outcome is None:
            return True
        outcomes = self.rules.occurrences[gamble.source].outcomes
        return outcomes[events[gamble.source]] == gamble.outcome

    def _came(self, gamble: Gamble, news: set[News], before: Numbers, after: Numbers) -> bool | None:
        """Whether an effect took place, as far as that is seen."""
        effect = self.rules.roster.effect_of(gamble)
        if effect.delay is not None or effect.on is not None:
            return None
        if effect.dispatch:
            kind = "question" if gamble.kind in ("pass", "fail") else gamble.kind
            return (kind, gamble.source, gamble.target, id(effect)) in news
        seen = self.eyes.rows(after)
        for row, amount in (*self._flags(gamble, effect), *self._learned(effect)):
            if seen[row] and before[row] != amount:
                return bool(after[row] == amount)
        return None

    def _learned(self, effect: Effect) -> Iterator[tuple[int, float]]:
        """The rows that keep what an effect may let the seat itself learn."""
        for thing in effect.reveal:
            row = self.rules.layout.rows.get(Reference("knows", thing, self.eyes.actor))
            if row is not None and self.eyes.actor in self.rules.layout.knowledge.learners(effect.reveal[thing], {}):
                yield row, 1.0

    def _flags(self, gamble: Gamble, effect: Effect) -> Iterator[tuple[int, float]]:
        """The rows of the flags that an effect sets to yes or no, whatever else is so."""
        scenario, actors = self.rules.scenario, self.rules.layout.actors
        words = {"true": 1.0, "True": 1.0, "1": 1.0, "false": 0.0, "False": 0.0, "0": 0.0}
        option = self.rules.options[gamble.source] if gamble.kind == "option" else None
        doer, target = (None, None) if option is None else (option.actor, option.target)
        if gamble.target is not None:
            target = list(actors)[gamble.target]
        elif gamble.kind in ("pass", "fail"):
            target = self.rules.questions[gamble.source].target
        meant = {"self": doer, "target": target}
        scopes = frozenset(word for word, who in meant.items() if who is not None)
        for place, text in effect.set.items():
            found = find_places(scenario, scopes, place)
            for reference in found.references if found is not None and text in words else ():
                if reference.kind in ("flag", "actor_flag"):
                    who = meant.get(reference.who) or reference.who
                    yield self.rules.layout.rows[Reference(reference.kind, reference.id, who)], words[text]
