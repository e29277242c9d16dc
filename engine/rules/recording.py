"""What happens in a pace, as whoever writes it down is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.decide import Appraisal
from engine.rules.happenings import NO_OUTCOME, Occurrence
from engine.rules.layout import NOT_ASKED
from engine.rules.options import Block, Option
from engine.rules.program.program import Announcement
from engine.rules.roster import Roster
from engine.rules.votes import Decision, Question
from engine.rules.world import World
from engine.scenario.models import Effect

Found = Mapping[str, Numbers]
"""Sites of the program by name, as some stretches left them: shape (sites, runs)."""


class Recorder(Protocol):
    """Whoever writes down what happens in a pace."""

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Told of the moves: ``choice`` holds option numbers or NO_MOVE, (actors, runs) or (slots, actors, runs)."""

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """Told of a vote; ``sponsors`` of shape (actors, runs)."""

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """Told of an event."""

    def effect(self, world: World, source: Option | Question | Occurrence, effect: Effect) -> None:
        """Told of an effect that brings news, in a world of one run."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """Told of a question that is put to some actors, in a world of one run."""


class Reporter:
    """Tells a recorder what a phase of a pace brought, from what the machine gave back; made before the phase."""

    def __init__(self, roster: Roster, announcements: Sequence[Announcement], world: World, recorder: Recorder) -> None:
        """``announcements`` are the program's, in the order of its news."""
        self._roster, self._world, self._recorder = roster, world, recorder
        self._announcements = announcements
        self._is_game = world.runs == 1
        self._asked = self._standing()

    def moves(self, appraisal: Appraisal, choice: Rows) -> None:
        """What everybody does."""
        self._recorder.moves(self._world, appraisal, choice)

    def news(self, found: Found, taken: Numbers | None = None) -> None:
        """The effects that bring news, and the questions that were put; ``taken`` are the acts of the phase."""
        for announcement in self._announced(found):
            self._tell(announcement)
        self._tell_who_is_asked(taken)

    def events(self, found: Found) -> None:
        """What happened, and its news."""
        for number, occurrence in enumerate(self._roster.occurrences):
            happens: YesNo = found["happens"][number] != 0.0
            if happens.any():
                outcome: Rows = found["outcome"][number].astype(np.intp)
                self._recorder.event(
                    self._world, occurrence, happens, outcome if occurrence.outcomes else outcome * 0 + NO_OUTCOME
                )
        self.news(found)

    def decisions(self, found: Found, docket: Found, taken: Numbers) -> None:
        """How the questions were decided that had been tabled, each with its news."""
        announced = list(self._announced(found))
        for number, question in enumerate(self._roster.questions):
            tabled: YesNo = docket["tabled"][number] != 0.0
            if tabled.any():
                decision = self._decision(number, question, np.flatnonzero(tabled), found)
                self._recorder.decision(self._world, decision, self._sponsors(number, taken))
                for announcement in announced:
                    if announcement.kind in ("pass", "fail") and announcement.source == number:
                        self._tell(announcement)
        self._tell_who_is_asked(None)

    def _decision(self, number: int, question: Question, columns: Rows, found: Found) -> Decision:
        sitting = self._roster.sitting(number, self._world.tick)
        body, first = self._roster.sittings[number][sitting][1], self._roster.seats[number][sitting]
        ballots = found["ballots"][first : first + len(body.names), columns].astype(np.intp)
        passed: YesNo = found["passed"][number, columns] != 0.0
        return Decision(question, body, columns, ballots, passed)

    def _sponsors(self, question: int, taken: Numbers) -> YesNo:
        sponsors: YesNo = np.zeros((len(self._roster.layout.actors), self._world.runs), dtype=np.bool_)
        for option in self._roster.tabling[question].tolist():
            sponsors[self._roster.actor_of[option]] |= taken[self._roster.places[option]] != 0.0
        return sponsors

    def _announced(self, found: Found) -> Iterator[Announcement]:
        if self._is_game:
            for number in np.flatnonzero(found["news"][:, 0]).tolist():
                yield self._announcements[number]

    def _tell(self, news: Announcement) -> None:
        match news.kind:
            case "option":
                option = self._roster.options[news.source]
                block: Block = self._roster.block_of[option.action]
                effect = block.action.effects[news.effect]
                self._recorder.effect(self._world, block.at(option, effect, news.target), effect)
            case "event":
                event = self._roster.occurrences[news.source]
                effects = event.event.effects if news.outcome is None else event.event.outcomes[news.outcome].effects
                self._recorder.effect(self._world, event, effects[news.effect])
            case _:
                question = self._roster.questions[news.source]
                effects = question.vote.passes if news.kind == "pass" else question.vote.fails
                self._recorder.effect(self._world, question, effects[news.effect])

    def _standing(self) -> Numbers:
        """By when each question to a side is to be answered, in a world of one run."""
        rows = [asking.row for asking in self._roster.askings] if self._is_game else []
        standing: Numbers = self._world.cells[rows, 0]
        return standing

    def _tell_who_is_asked(self, taken: Numbers | None) -> None:
        """Each question that is put now and was not before, or was answered meanwhile."""
        if not self._is_game:
            return
        now, asked = self._standing(), dict[str, list[str]]()
        for asking, before, after in zip(self._roster.askings, self._asked, now, strict=True):
            answered = taken is not None and taken[self._roster.places[asking.options], 0].any()
            if after != NOT_ASKED and (before != after or answered):
                asked.setdefault(asking.ask, []).append(asking.actor)
        for ask, actors in asked.items():
            self._recorder.asked(self._world, ask, tuple(actors))
        self._asked = now
