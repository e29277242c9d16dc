"""One world, played: a Mesa model whose agents hold the policies, around a world of one run.

Between two steps a game stands at an open turn: what the calendar brings is known, and nobody has decided. A step is a
whole turn; :meth:`Game.course` takes it pace by pace, and between two of them the turn stands still.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import mesa
import numpy as np

from engine.belief.filter import FREE_WILL, WORLDS, Belief
from engine.play.budget import excess
from engine.play.forecast import in_slots
from engine.play.newsroom import Newsroom
from engine.play.odds import Explained, explain
from engine.play.plans import Later, Plan, due, is_for, now, put_off, trouble_with
from engine.play.policies import (
    BY_RULE,
    ByRule,
    Order,
    Policy,
    RulePolicy,
    ScriptPolicy,
    View,
    answer_of,
    plan_of,
)
from engine.play.record import Turn
from engine.play.recorder import TurnRecorder
from engine.play.sight.mind import Mind
from engine.play.sight.observer import Observer
from engine.play.sight.seen import Played, Seen
from engine.play.sight.witness import Witness
from engine.play.under_way import Course, IllegalMoveError, SeatMove, TooManyMovesError
from engine.rules import OPEN, Rules
from engine.rules.arrays import Rows
from engine.rules.asks import Asking
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.options import Option
from engine.scenario.history import History
from engine.scenario.models import Ending, Scenario
from engine.scenario.names import Reference

FEWER = 256
"""Worlds of which the belief of a side is made in whose seat nobody is known to sit."""

Beliefs = tuple[str, bool, bool, frozenset[str]]
"""All on which a belief rests beside what is seen: whose it is, whether what coders doubt lies open, whether the seat
is a free side's, and who does not go by the rule. A game that is taken up again comes to the same, whenever it learns
of them."""

DIGITS = 9
"""Decimals of the state that a digest looks at."""

RULE = RulePolicy()


class ActorAgent(mesa.Agent):
    """An actor of the scenario, which decides by its policy."""

    def __init__(self, model: Game, actor: str, policy: Policy) -> None:
        super().__init__(model)
        self.actor, self.policy = actor, policy

    @property
    def is_seat(self) -> bool:
        """Whether somebody else than the rule decides."""
        return self.policy != RULE

    def flags(self) -> list[str]:
        """The actor flags that it has."""
        game: Game = self.model
        flags = game.rules.scenario.actor_flags
        return [flag for flag in flags if game.read(Reference("actor_flag", flag, self.actor))]

    def positions(self) -> dict[str, float]:
        """Its positions now, by issue."""
        game: Game = self.model
        stances = game.rules.scenario.actors[self.actor].stances
        return {issue: game.read(Reference("position", issue, self.actor)) for issue in stances}


class Game(mesa.Model):
    """A run of a scenario, turn by turn, with whoever sits in its seats."""

    def __init__(
        self,
        rules: Rules | Scenario,
        seed: int = 0,
        run: int = 0,
        seats: Mapping[str, Policy] | None = None,
        people: Collection[str] = (),
    ) -> None:
        """Run ``run`` of ``seed``; ``seats`` are the policies of actors that the rule does not decide for.

        ``people`` are those of them in whose seats a person sits, or the orders that a person wrote.
        """
        super().__init__(rng=0)  # Mesa's own generators decide nothing here
        self.__dict__.pop("step")  # Mesa schedules steps in its own way; here a step is this class's, errors and all
        self.rules = rules if isinstance(rules, Rules) else Rules(rules)
        self.scenario_seed, self.run = seed, run
        self.world = self.rules.open(seed, run)
        self.began: Mapping[str, float] = {issue: self.issue(issue) for issue in self.rules.scenario.issues}
        """Where each issue stood as the story opened: what this run drew, where a start is in doubt."""
        self.turns: list[Turn] = []
        self.seat_moves: list[dict[str, SeatMove]] = []
        """What the seats did, turn by turn."""
        self.people = tuple(people)
        self.hands: list[tuple[str, ...]] = []
        """Which seats were in people's hands, turn by turn."""
        self._recorder = TurnRecorder(self.rules, Newsroom(self.rules.scenario))
        self._witness = Witness(self.rules, self._recorder)
        self.is_candid = True
        """Whether what coders doubt lies open to every seat."""
        self.free_sides: frozenset[str] = frozenset()
        """Sides that are known not to go by the rule, though nobody sits there."""
        seats = seats or {}
        self.actors = {actor: ActorAgent(self, actor, seats.get(actor, RULE)) for actor in self.rules.scenario.actors}
        self.datacollector = mesa.DataCollector(
            model_reporters={name: _reporter(reference) for name, reference in self._reported()},
            agent_reporters={"actor": "actor", "flags": ActorAgent.flags, "positions": ActorAgent.positions},
        )
        self.is_standing_still = False
        """Whether a turn is on its way and waits for what people answer."""
        self._observers: dict[str, Observer] = {}
        self._minds: dict[Beliefs, Mind] = {}
        self._seen: dict[Beliefs, Seen] = {}
        """How the seats see the pace that is open."""
        self._open_turn()

    def __repr__(self) -> str:
        stands = (
            f"closed: {self.ending.id}" if self.ending else f"turn {self.turn} of {self.rules.scenario.turns} is open"
        )
        return f"<Game of {self.rules.scenario.id}, seed {self.scenario_seed}, run {self.run}: {stands}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled and copied as what the seats did, and played again where it is read."""
        past = tuple(zip(self.seat_moves, self.hands, strict=True))
        sight = self.is_candid, self.free_sides
        return _again, (self.rules, self.scenario_seed, self.run, past, self.people, self.policies(), sight)

    @property
    def is_over(self) -> bool:
        """Whether the story has closed."""
        return bool(self.world.ending[0] != OPEN)

    @property
    def ending(self) -> Ending | None:
        """How it closed, if it has."""
        return self.rules.scenario.endings[self.world.ending[0]] if self.is_over else None

    @property
    def turn(self) -> int:
        """The number of the turn that is open."""
        return len(self.turns)

    @property
    def day(self) -> dt.date:
        """The day of the open turn or of the pace that is on its way; after the end, that on which the story closed."""
        return self.rules.timeline.day_of(self.world.tick)

    @property
    def opening(self) -> Turn:
        """What the calendar has brought in the open turn, and the world as it stands; nobody has decided."""
        return self._recorder.finished(self.world)

    def issue(self, issue: str) -> float:
        """Where the world stands on an issue."""
        return self.read(Reference("issue", issue))

    def seat(self, actor: str, policy: Policy | None) -> None:
        """Give an actor to a policy, or back to the rule."""
        self.actors[actor].policy = policy or RULE

    def policies(self) -> dict[str, Policy]:
        """Who decides for the actors for whom the rule does not."""
        return {actor: agent.policy for actor, agent in self.actors.items() if agent.is_seat}

    def view(self, actor: str) -> View:
        """What an actor sees in the open turn."""
        choice, seen = int(self._rule_choice[0, self.rules.layout.actors[actor], 0]), self.seen_by(actor)
        return View(self.rules, seen, actor, choice)

    def seen_by(self, actor: str | None) -> Played:
        """The game as an actor sees it; whole for nobody in particular, and for everybody once it is over."""
        if actor is None or self.is_over:
            return self
        if actor not in self._observers:
            self._observers[actor] = Observer(self.rules, actor)
        key = actor, self.is_candid, actor in self.free_sides, frozenset(self._trembles())
        mind = self._mind(key)
        if mind.sees_all:
            return self
        if key not in self._seen:
            think = partial(mind.belief, self.world, self._witness.paces, self._trembles())
            self._seen[key] = Seen(self, self._observers[actor], mind.eyes, think)
        return self._seen[key]

    def believe(self, actor: str) -> Belief | None:
        """What an actor believes now; None where nothing is hidden from it, and once the story has closed."""
        seen = self.seen_by(actor)
        return seen.belief if isinstance(seen, Seen) else None

    @property
    def belief(self) -> Belief | None:
        """What is believed of what is not seen: nothing, since everything is."""
        return None

    def _mind(self, key: Beliefs) -> Mind:
        if key not in self._minds:
            actor, is_candid, is_free, _ = key
            self._minds[key] = Mind(self.rules, actor, is_candid, WORLDS if is_free else FEWER)
        return self._minds[key]

    def _trembles(self) -> dict[str, float]:
        """How likely those do anything that they may who don't go by the rule."""
        return dict.fromkeys((*self.people, *self.policies(), *self.free_sides), FREE_WILL)

    def flags_of(self, actor: str) -> list[str]:
        """The actor flags that an actor has."""
        return self.actors[actor].flags()

    def tells(self, place: Reference) -> bool:
        """Whether it is told how a value or a flag stands: always."""
        return True

    def hears_of(self, option: Option) -> bool:
        """Whether it is told of an option that is taken: always."""
        return True

    def is_put(self, asking: Asking) -> bool:
        """Whether a question is put to its actor, and not answered."""
        return bool(asking.stands(self.world)[0])

    def of_history(self, history: History | None) -> History | None:
        """What really happened: all of it."""
        return history

    def explain(self, actor: str) -> list[Explained]:
        """Every option of an actor in the open turn, with the reasons for and against."""
        return explain(self.rules, self.world, self.appraisal, actor)

    def state(self) -> dict[str, float]:
        """Where issues, values and flags of the world stand."""
        return {name: self.read(reference) for name, reference in self._reported()}

    def read(self, reference: Reference) -> float:
        """The number that stands for something that has a row in the state."""
        return float(self.world.cells[self.rules.layout.rows[reference], 0])

    def step(self, orders: Mapping[str, Order] | None = None) -> None:
        """Everyone decides, and the turn takes its course.

        ``orders`` are what some actors do this turn, whoever decides for them otherwise.
        Raises ``IllegalMoveError``, with nothing changed, if a policy chooses what its actor may not do.
        """
        for _standstill in self.course(orders):
            pass

    def course(self, orders: Mapping[str, Order] | None = None) -> Iterator[dt.datetime]:
        """The turn, pace by pace: gives the moment of each of its later paces before that opens.

        Seats are asked at once, before this returns, and everything else happens as the iterator is advanced: between
        two paces the turn stands still. It has to be exhausted before anything else is asked of the game's next turn.
        Raises ``IllegalMoveError``, with nothing changed, if a policy chooses what its actor may not do.
        """
        assert not self.is_over, "the story has closed"
        told = {actor: ScriptPolicy({self.turn: order}, RULE) for actor, order in (orders or {}).items()}
        deciders = {**self.policies(), **told}
        views = {actor: self.view(actor) for actor in self.actors if actor in deciders}
        decided = {actor: plan_of(deciders[actor].decide(view)) for actor, view in views.items()}
        moves = {actor: self.allowed(view, without_answers(decided[actor])) for actor, view in views.items()}
        answers = [o for plan in decided.values() if not isinstance(plan, ByRule) for o in plan if o.answers]
        self._course = Course(deciders, moves, told=answers)
        said = self._answers(self._course)
        for option in said.values():
            self._refuse_illegal(option)
        return self._paces(self._course, said)

    def _paces(self, course: Course, answers: Mapping[str, Plan]) -> Iterator[dt.datetime]:
        timeline = self.rules.timeline
        self._play_pace(course, answers)
        while not self.is_over and not timeline.opens_turn(self.world.tick):
            yield timeline.moment_of(self.world.tick)
            self._open_pace()
            if self._people_asked(course):
                self.is_standing_still = True
                yield timeline.moment_of(self.world.tick)
                self.is_standing_still = False
            self._play_pace(course, self._answers(course))
        self._close_turn(course)

    def _people_asked(self, course: Course) -> bool:
        """Whether a person has to answer a question, who has not left the turn to the rule."""
        people = [actor for actor in self.people if not isinstance(course.moves.get(actor), ByRule)]
        return any(self.view(actor).asked for actor in people)

    def say(self, answer: Option) -> None:
        """What a person answers in the pace at which the turn stands still."""
        assert self.is_standing_still, "people answer while the turn stands still"
        self._course.told.append(put_off(answer, self.rules.timeline.moment_of(self.world.tick)))

    def _answers(self, course: Course) -> dict[str, Plan]:
        """What the seats answer in this pace to questions that are put to them; nothing where they leave them open."""
        return {
            actor: answers
            for actor in course.moves
            if (view := self.view(actor)).asked and (answers := tuple(self._said(course, view)))
        }

    def _said(self, course: Course, view: View) -> Iterator[Option]:
        for ask in view.asked:
            told = [o for o in course.told if (o.actor, o.answers) == (view.actor, ask)]
            by_now = [now(option) for option in told if is_for(option, self.world.tick, self.rules.timeline)]
            said = by_now[-1] if by_now else answer_of(course.deciders[view.actor], view, ask)
            if isinstance(said, ByRule):
                yield view.rule_answer(ask)
            elif said is not None:
                yield said

    def _play_pace(self, course: Course, answers: Mapping[str, Plan]) -> None:
        """Everybody's moves and answers of this pace, and all that follows."""
        legal = {actor: tuple(self._that_can_be(answers.get(actor, ()))) for actor in course.moves}
        choice = self._choice(self._due(course), legal)
        moment = self.rules.timeline.moment_of(self.world.tick)
        for actor, given in legal.items():
            course.given[actor] = (*course.given.get(actor, ()), *(put_off(option, moment) for option in given))
        votes = self._votes(course, choice)
        self.rules.play_pace(self.world, self.appraisal, choice, self._witness, _by_question(votes))
        self._witness.closed()

    def _that_can_be(self, ordered: Plan) -> Iterator[Option]:
        """The options that are legal now; of the others it is written down that they lapse."""
        for option in ordered:
            if self.appraisal.rates[self.rules.number_of[option], 0] > 0:
                yield option
            else:
                known = {explained.option: explained for explained in self.explain(option.actor)}
                self._recorder.lapse(option, known[option].missing)

    def _due(self, course: Course) -> dict[str, Plan | ByRule]:
        """What the seats do in this pace; an order for it that can't be done lapses, and is written down."""
        moves: dict[str, Plan | ByRule] = {}
        for actor, plan in course.moves.items():
            if isinstance(plan, ByRule):
                moves[actor] = plan
                continue
            moves[actor] = tuple(self._that_can_be(due(plan, self.world.tick, self.rules.timeline)))
        return moves

    def _close_turn(self, course: Course) -> None:
        self._seen.clear()
        self.turns.append(self._recorder.finished(self.world))
        self.seat_moves.append(course.seat_moves())
        self.hands.append(self.people)
        self.steps = len(self.turns)
        self.datacollector.collect(self)
        if not self.is_over:
            self._open_turn()

    def play(self) -> list[Turn]:
        """All turns to the end."""
        while not self.is_over:
            self.step()
        return self.turns

    def scores(self) -> dict[str, float]:
        """How well the world fits what each actor with stances wanted at the start, 0..100."""
        scored = zip(self.rules.scenario.actors, self.rules.scores(self.world)[:, 0], strict=True)
        return {actor: float(score) for actor, score in scored if np.isfinite(score)}

    def digest(self) -> str:
        """A fingerprint of the state of the world."""
        state = np.round(self.world.cells[:, 0], DIGITS) + 0.0
        ending = str(int(self.world.ending[0])).encode()
        return hashlib.sha256(state.astype("<f8").tobytes() + ending).hexdigest()[:32]

    def _open_turn(self) -> None:
        self._recorder.open()
        self._open_pace()

    def _open_pace(self) -> None:
        self._seen.clear()
        self._recorder.tick = self.world.tick
        self.rules.open_pace(self.world, self._witness)
        self.appraisal: Appraisal = self.rules.appraise(self.world)
        self._witness.opened(self.world, self.appraisal)
        self._rule_choice = self.rules.decide(self.world, self.appraisal)

    def allowed(self, view: View, plan: Plan | ByRule) -> Plan | ByRule:
        """The same plan, once it is certain that the seat may do so now. Raises :class:`IllegalMoveError`."""
        if isinstance(plan, ByRule):
            return plan
        own = {option for option in self.rules.options if option.actor == view.actor and not option.answers}
        legal = {option for option in own if self.appraisal.legal[self.rules.number_of[option], 0]}
        for option in plan:
            is_later = isinstance(option, Later) and trouble_with(option, view.turn, self.rules.timeline) is None
            if option not in legal and not (is_later and now(option) in own):
                raise IllegalMoveError(view, option)
        if excess(self.rules, plan) or len(set(plan)) < len(plan):
            raise TooManyMovesError(view, plan)
        return plan

    def _refuse_illegal(self, answers: Plan) -> None:
        for option in answers:
            view = self.view(option.actor)
            if option not in {explained.option for explained in view.answers(option.answers)}:
                raise IllegalMoveError(view, option)

    def _choice(self, moves: Mapping[str, Plan | ByRule], answers: Mapping[str, Plan]) -> Rows:
        """What everybody does and answers: option numbers or NO_MOVE, of shape (slots, actors, 1)."""
        plans = {}
        for actor, plan in moves.items():
            by_rule = self.view(actor).by_rule
            done = (() if by_rule is None else (by_rule,)) if isinstance(plan, ByRule) else plan
            plans[actor] = (*done, *answers.get(actor, ()))
        choice = in_slots(self._rule_choice, max((1, *(len(plan) for plan in plans.values()))))
        for actor, plan in plans.items():
            row = self.rules.layout.actors[actor]
            choice[:, row] = NO_MOVE
            for slot, option in enumerate(plan):
                choice[slot, row] = self.rules.number_of[option]
        return choice

    def _votes(self, course: Course, choice: Rows) -> dict[str, dict[str, int]]:
        """How the seats vote on what is about to be tabled, by actor and question."""
        votes: dict[str, dict[str, int]] = {actor: {} for actor in course.moves}
        for question in self._tabled(choice):
            for actor in self.rules.question(question).body(self.world.tick).names:
                if actor in votes:
                    said = course.votes.setdefault(actor, {})
                    if question not in said:
                        said[question] = course.deciders[actor].vote(self.view(actor), question)
                    vote = said[question]
                    if vote is not BY_RULE:
                        votes[actor][question] = vote
        return votes

    def _tabled(self, choice: Rows) -> Iterator[str]:
        options = {self.rules.options[number] for number in choice.flat if number != NO_MOVE}
        for question in self.rules.questions:
            if any(o.action == question.action and o.target == question.target for o in options):
                yield question.id

    def _reported(self) -> Iterator[tuple[str, Reference]]:
        s = self.rules.scenario
        yield from ((issue, Reference("issue", issue)) for issue in s.issues)
        yield from ((value, Reference("value", value)) for value in s.values)
        yield from ((flag, Reference("flag", flag)) for flag in s.flags)


def without_answers(plan: Plan | ByRule) -> Plan | ByRule:
    """The moves of a plan, in which a policy may have answered questions as well."""
    return plan if isinstance(plan, ByRule) else tuple(option for option in plan if not option.answers)


def _again(
    rules: Rules,
    seed: int,
    run: int,
    past: Sequence[tuple[Mapping[str, SeatMove], tuple[str, ...]]],
    people: tuple[str, ...],
    seats: Mapping[str, Policy],
    sight: tuple[bool, frozenset[str]],
) -> Game:
    """The game in which the seats did so, turn by turn; from here on the policies of ``seats`` decide."""
    game = Game(rules, seed, run)
    game.is_candid, game.free_sides = sight
    for done, hands in past:
        game.people = hands
        game.step({actor: Order(move.moves, move.votes, move.answers) for actor, move in done.items()})
    game.people = people
    for actor, policy in seats.items():
        game.seat(actor, policy)
    return game


def _by_question(votes: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    told: dict[str, dict[str, int]] = {}
    for actor, cast in votes.items():
        for question, vote in cast.items():
            told.setdefault(question, {})[actor] = vote
    return told


def _reporter(reference: Reference) -> Any:
    return lambda game: game.read(reference)
