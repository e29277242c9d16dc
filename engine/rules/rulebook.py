"""The rules of a scenario, and how a pace goes.

Every rule stands once, in the program to which the scenario is lowered. A batch takes many runs through
:meth:`Rules.step`, a pace at a call; a game is a world of one run whose phases are called one by one, so that somebody
may decide between them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from engine.executors import BEST
from engine.expressions import Expression
from engine.prose import counted
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.doubts import NOTHING
from engine.rules.draws import Draws
from engine.rules.fit import losses, missed, scores_of
from engine.rules.gauges import AnyGauge, Gauges
from engine.rules.machine.machine import Machine
from engine.rules.options import Block, Option
from engine.rules.program.kept import program_of
from engine.rules.program.program import (
    ACT,
    APPRAISE,
    CALENDAR,
    CHANCE,
    CLOCK,
    CLOSE,
    DECIDE,
    DRIFT,
    FREE,
    SILENCE,
    VOTE,
    Gamble,
    Program,
)
from engine.rules.program.trees import NOBODY, Who
from engine.rules.recording import Recorder, Reporter
from engine.rules.roster import Roster
from engine.rules.sheets import (
    Account,
    OptionSheet,
    QuestionSheet,
    Reading,
    Sheet,
    chance_sheet,
    event_sheet,
    gamble_sheet,
    outcome_sheet,
    pair_sheet,
)
from engine.rules.votes import Instructions, Leaning, Question
from engine.rules.world import World, open_world
from engine.scenario.models import Scenario
from engine.scenario.parsing import Parser
from engine.scenario.words.speech import Speech, speech

APPRAISED = ("legal", "gain", "rate")
"""The sites that hold what everybody may do, and what it promises."""

UNTOLD: Mapping[str, Instructions] = {}
"""Nobody is told how to vote."""


class Rules:
    """A scenario, ready to be played."""

    def __init__(self, scenario: Scenario, executor: str = BEST) -> None:
        """For a scenario that the checker has passed; ``executor`` is one of EXECUTORS."""
        self.scenario, self.timeline, self._wanted = scenario, scenario.timeline, executor
        roster = self.roster = Roster(scenario)
        self.layout, self.options, self.number_of = roster.layout, roster.options, roster.number_of
        self.blocks, self.questions, self.occurrences = roster.blocks, roster.questions, roster.occurrences
        self.actor_options, self.askings = roster.actor_options, roster.askings
        self._sheets: dict[Any, Any] = {}

    def __repr__(self) -> str:
        return f"<Rules of {self.scenario.id}: {counted(len(self.options), 'option')}>"

    def __reduce__(self) -> tuple[type[Rules], tuple[Scenario, str]]:
        """Pickled as the scenario, and lowered anew where it is read."""
        return type(self), (self.scenario, self._wanted)

    def __copy__(self) -> Rules:
        """Itself, since nothing in it ever changes."""
        return self

    def __deepcopy__(self, _: object) -> Rules:
        """Itself, since nothing in it ever changes."""
        return self

    @cached_property
    def program(self) -> Program:
        """All rules of a pace, lowered."""
        return program_of(self.roster)

    @cached_property
    def machine(self) -> Machine:
        """What executes the program."""
        return Machine(self.program, self._wanted)

    @property
    def parser(self) -> Parser:
        """What reads the scenario's expressions."""
        return self.roster.parser

    @cached_property
    def speech(self) -> dict[str, Speech]:
        """By the name of each action that is a word to others, what it says."""
        return speech(self.scenario)

    @property
    def answers(self) -> tuple[Option, ...]:
        """The options that answer a question."""
        return tuple(option for option in self.options if option.answers)

    def question(self, question_id: str) -> Question:
        """The question of an id."""
        return self.questions[self.roster.question_of[question_id]]

    def open(
        self, seed: int, first_run: int = 0, runs: int = 1, times: int = 1, given: Mapping[str, Numbers] = NOTHING
    ) -> World:
        """A world of some runs, so many times side by side on the same chance, before its first pace.

        What is in doubt is drawn, unless it is ``given``: by path, in shape (runs * times,).
        """
        draws = Draws(seed, first_run, runs)
        return open_world(self.layout, draws if times == 1 else draws.repeated(times), given)

    def side_by_side(self, runs: int, most: int, is_stopped: bool = False) -> int:
        """How many runs a world should have, of at most so many, when so many are to be played.

        ``is_stopped`` says that something looks, or decides, within each pace.
        """
        self.machine.expect(runs)
        return self.machine.side_by_side(most, is_stopped)

    def is_over(self, world: World) -> bool:
        """Whether every run of a world has closed."""
        return not world.is_open.any()

    def step(self, world: World, recorder: Recorder | None = None) -> None:
        """One pace in which the rules decide for everyone."""
        if recorder is None:
            self.machine.run(world, CALENDAR, CLOSE)
            return
        appraisal, choice = self.begin_pace(world, recorder)
        self.play_pace(world, appraisal, choice, recorder)

    def finish(
        self,
        world: World,
        breath: Callable[[], None] | None = None,
        gauges: Gauges | None = None,
        paces: int | None = None,
    ) -> None:
        """Pace after pace in which the rules decide for everyone, until every run has closed, or so many paces.

        ``gauges`` are those for which the world was settled; ``breath`` is called now and then, and may raise to end.
        """
        self.machine.finish(world, breath, gauges, paces)

    def gauges(self, gauges: Sequence[AnyGauge], beside: Sequence[Hashable] = ()) -> Gauges:
        """What keeps some numbers of each run; ``beside`` are what they may refer to besides the state."""
        return Gauges(self.roster, self.program, gauges, beside)

    def settle(self, world: World, gauges: Gauges | None = None) -> None:
        """Prepare a world that has just been opened to be played to its end, and gauged.

        Its cells may be others from then on, and it is not to be copied or pickled any more.
        """
        self.machine.settle(world, gauges)

    def observe(self, world: World, gauges: Gauges, was_open: YesNo) -> None:
        """Let gauges take a pace into account that has just closed: ``was_open`` of shape (runs,)."""
        self.machine.observe(world, gauges, was_open)

    def go_on(
        self,
        world: World,
        paces: int,
        idle: YesNo,
        instructions: Mapping[str, Instructions] = UNTOLD,
        breath: Callable[[], None] | None = None,
    ) -> None:
        """So many paces in which the rules decide for everyone but those who are ``idle``, of shape (actors, runs).

        Whoever is idle makes no move, and answers by the rule; ``instructions`` say, by question, how members vote.
        """
        put = {"free": np.where(idle, 0.0, 1.0), **self.told(instructions)}
        self.machine.finish(world, breath, paces=paces, put=put)

    def open_pace(self, world: World, recorder: Recorder | None = None, without: Collection[str] = ()) -> None:
        """The calendar: dated events come due, but for those ``without`` which it is to go."""
        self._happen(world, CALENDAR, CALENDAR, recorder, without)

    def appraise(self, world: World) -> Appraisal:
        """What everybody may do, and what it promises, on the world as it stands."""
        return self.appraised(self.machine.run(world, APPRAISE, APPRAISE, get=APPRAISED))

    @staticmethod
    def appraised(found: Mapping[str, Numbers]) -> Appraisal:
        """An appraisal of what a machine has found."""
        legal = found["legal"] != 0.0
        return Appraisal(legal, np.where(legal, found["gain"], 0.0), found["rate"])

    def decide(self, world: World, appraisal: Appraisal) -> Rows:
        """What everybody does and answers by the rule: option numbers or NO_MOVE.

        Of shape (1 + questions to sides, actors, runs): a slot for moves, then one for each question.
        """
        return self._chosen(self.machine.run(world, DECIDE, DECIDE, {"rate": appraisal.rates}, ("take",))["take"])

    def begin_pace(self, world: World, recorder: Recorder | None = None) -> tuple[Appraisal, Rows]:
        """The calendar, then what everybody may do, and what they do by the rule: the same as one after the other."""
        if recorder is not None:
            self.open_pace(world, recorder)
            appraisal = self.appraise(world)
            return appraisal, self.decide(world, appraisal)
        found = self.machine.run(world, CALENDAR, DECIDE, get=(*APPRAISED, "take"))
        return self.appraised(found), self._chosen(found["take"])

    def _chosen(self, taken: Numbers) -> Rows:
        """What everybody does, of shape (slots, actors, runs), by which options are taken: shape (options, runs)."""
        shape = 1 + len(self.scenario.asks), len(self.layout.actors), taken.shape[1]
        choice = np.full(shape, NO_MOVE, dtype=np.intp)
        options, runs = np.nonzero(taken[self.roster.places])
        choice[self.roster.slot_of[options], self.roster.actor_of[options], runs] = options
        return choice

    def play_pace(
        self,
        world: World,
        appraisal: Appraisal,
        choice: Rows,
        recorder: Recorder | None = None,
        instructions: Mapping[str, Instructions] = UNTOLD,
        without: Collection[str] = (),
    ) -> None:
        """The rest of a pace, once everyone has decided; ``instructions`` say, by question, how members vote.

        ``choice`` is of shape (actors, runs), or (slots, actors, runs) where somebody makes several moves, or answers;
        undated events ``without`` which it is to go do not happen.
        """
        if recorder is None:
            put = {**self._taken(world, appraisal, choice), **self.told(instructions), **self._allowed(without)}
            self.machine.run(world, SILENCE, CLOSE, put)
            return
        self.act(world, appraisal, choice, recorder, instructions)
        reporter = self._reporter(world, recorder)
        reporter.news(self.machine.run(world, DRIFT, DRIFT, get=("news",)))
        self._happen(world, CHANCE, CHANCE, recorder, without)
        self.machine.run(world, CLOCK, CLOSE)

    def act(
        self,
        world: World,
        appraisal: Appraisal,
        choice: Rows,
        recorder: Recorder | None = None,
        instructions: Mapping[str, Instructions] = UNTOLD,
    ) -> None:
        """All moves and answers take effect together, and what was tabled is decided; the pace goes on."""
        put, told = self._taken(world, appraisal, choice), self.told(instructions)
        if recorder is None:
            self.machine.run(world, SILENCE, VOTE, {**put, **told})
            return
        reporter = self._reporter(world, recorder)
        taken = self.machine.run(world, SILENCE, SILENCE, put, ("take",))["take"]
        reporter.moves(appraisal, self._with_silent(choice, put["take"], taken))
        done = self.machine.run(world, ACT, ACT, {"take": taken}, ("tabled", "news"))
        reporter.news(done, taken)
        if done["tabled"].any():
            put = {"tabled": done["tabled"], **told}
            reporter.decisions(self.machine.run(world, VOTE, VOTE, put, ("passed", "ballots", "news")), done, taken)

    def _happen(self, world: World, first: int, last: int, recorder: Recorder | None, without: Collection[str]) -> None:
        if recorder is None:
            self.machine.run(world, first, last, self._allowed(without))
            return
        reporter = self._reporter(world, recorder)
        found = self.machine.run(world, first, last, self._allowed(without), ("happens", "outcome", "news"))
        reporter.events(found)

    def _reporter(self, world: World, recorder: Recorder) -> Reporter:
        return Reporter(self.roster, self.program.announcements, world, recorder)

    def _taken(self, world: World, appraisal: Appraisal, choice: Rows) -> dict[str, Numbers]:
        """Which options are taken, in the order of acting: those that are chosen in any slot, where they are legal."""
        take = np.zeros((len(self.options), world.runs))
        slots = choice.reshape(-1, *choice.shape[-2:])
        _, _, runs = where = np.nonzero(slots != NO_MOVE)
        options = slots[where]
        legal = appraisal.legal[options, runs if appraisal.legal.shape[1] > 1 else 0]
        take[self.roster.places[options[legal]], runs[legal]] = 1.0
        return {"take": take}

    def _with_silent(self, choice: Rows, before: Numbers, after: Numbers) -> Rows:
        """The same choices, with what takes place where nothing was said in time."""
        places, runs = np.nonzero(after > before)
        if not len(places):
            return choice
        silent = np.full((1 + len(self.scenario.asks), *choice.shape[-2:]), NO_MOVE, dtype=choice.dtype)
        options = self._by_place[places]
        silent[self.roster.slot_of[options], self.roster.actor_of[options], runs] = options
        return np.concatenate([choice.reshape(-1, *choice.shape[-2:]), silent])

    @cached_property
    def _by_place(self) -> Rows:
        """The number of each option, by its place in the order of acting."""
        return np.array([self.number_of[option] for option in self.roster.acting], dtype=np.intp)

    def told(self, instructions: Mapping[str, Instructions]) -> dict[str, Numbers]:
        """What a machine is given so that members vote as they are told to."""
        if not instructions:
            return {}
        first, end = self.program.sites.span("told")
        told = np.full((end - first, 1), FREE)
        for question, votes in instructions.items():
            number = self.roster.question_of[question]
            for (_, body), place in zip(self.roster.sittings[number], self.roster.seats[number], strict=True):
                for seat, member in enumerate(body.names):
                    if member in votes:
                        told[place + seat] = votes[member]
        return {"told": told}

    def _allowed(self, without: Collection[str]) -> dict[str, Numbers]:
        if not without:
            return {}
        return {"allowed": np.array([[float(event.id not in without)] for event in self.occurrences])}

    def reading(self, *expressions: Expression, who: Who = NOBODY, beside: Sequence[Hashable] = ()) -> Reading:
        """What reads some expressions of the scenario, worked out together, over a world.

        ``beside`` are what symbols may refer to that stand in no row of its state: their numbers are given when it is
        read.
        """
        return Reading(self.roster, expressions, who, tuple(beside))

    def meant(self, world: World, block: Block) -> YesNo:
        """Of an act at several at once, which pairs of option and target are meant: shape (pairs, runs)."""
        sheet: Sheet = self._sheet(("pairs", block.action_id), lambda: pair_sheet(self.roster, block))
        meant: YesNo = sheet.read(world) != 0.0
        return meant

    def account(self, world: World, option: Option) -> Account:
        """All that is to be said of an option in a world of one run."""
        sheet: OptionSheet = self._sheet(option, lambda: OptionSheet(self.roster, option))
        return sheet.read(world)

    def leaning(self, world: World, question: Question) -> Leaning:
        """How the sitting members lean on a question, on the world as it stands."""
        return self._question_sheet(world, question).leaning(world)

    def reasons(self, world: World, question: Question) -> dict[str, Numbers]:
        """What the gain of each sitting member is the sum of: issues and ``lean``; shape (members, runs) each."""
        return self._question_sheet(world, question).reasons(world)

    def passing(self, world: World, question: Question) -> Numbers:
        """The exact chance that a question would pass if it were voted on now: shape (runs,)."""
        sheet: Sheet = self._sheet(("passing", question.id), lambda: chance_sheet(self.roster, question))
        passing: Numbers = sheet.read(world)[0]
        return passing

    def may_happen(self, world: World) -> YesNo:
        """Of each event, where nothing but chance is against it, should it be due: shape (events, runs)."""
        sheet: Sheet = self._sheet("events", lambda: event_sheet(self.roster))
        may: YesNo = sheet.read(world) != 0.0
        return may

    def chances(self, world: World, gambles: tuple[Gamble, ...]) -> Numbers:
        """How likely each of some things is that have a chance, on the world as it stands: shape (gambles, runs)."""
        sheet: Sheet = self._sheet(("gambles", gambles), lambda: gamble_sheet(self.roster, gambles))
        chances: Numbers = np.clip(sheet.read(world), 0.0, 1.0)
        return chances

    def weights(self, world: World, occurrence: int) -> Numbers:
        """The weight of each outcome of an event: shape (outcomes, runs)."""
        sheet: Sheet = self._sheet(("outcomes", occurrence), lambda: outcome_sheet(self.roster, occurrence))
        weights: Numbers = np.maximum(sheet.read(world), 0.0)
        return weights

    def _question_sheet(self, world: World, question: Question) -> QuestionSheet:
        body = question.body(min(world.tick, self.timeline.paces - 1))
        found: QuestionSheet = self._sheet(
            (question.id, body.names), lambda: QuestionSheet(self.roster, question, body)
        )
        return found

    def _sheet(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._sheets:
            self._sheets[key] = make()
        return self._sheets[key]

    def scores(self, world: World) -> Numbers:
        """How well the world fits what each actor wanted at the start, and its ending with it, 0..100.

        Shape (actors, runs). Not a number for an actor without stances.
        """
        return scores_of(self.layout, world)

    def shortfalls(self, world: World) -> dict[str, Numbers]:
        """By issue, how many of its 100 points each actor lacks for where the world stands: shape (actors, runs)."""
        return losses(self.layout, world)

    def missed(self, world: World) -> Numbers:
        """How many of its 100 points each actor lacks for the way in which it closed: shape (actors, runs)."""
        return missed(self.layout, world)
