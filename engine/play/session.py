"""A session: one game at one table, whoever shows it and however its orders come in.

Between two turns people give orders, which can be undone without limit; ending the turn makes them deeds. What is past
is changed only by a branch: another game with the same past.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterator, Mapping
from typing import Any, SupportsIndex

from pydantic import ValidationError

from engine.play.game import Game
from engine.play.journal import game_of, journal_of, replay
from engine.play.journal_format import (
    WORDS,
    Deed,
    Journal,
    Parent,
    Place,
    SaveError,
    Sheet,
    ShownOdds,
    as_title,
    option_of,
    sheets_of,
)
from engine.play.levels import EASIEST, LEVELS, Level
from engine.play.openness import Candour
from engine.play.plans import Later, Plan, now, put_off
from engine.play.policies import Policy, RulePolicy, ScriptPolicy, View
from engine.play.record import Turn
from engine.play.refusals import OrderRefused, check_answer, check_ballot, check_move, check_shares, named
from engine.play.sight.seen import Played
from engine.play.table import Orders, Table
from engine.rules import Rules
from engine.rules.options import Option
from engine.rules.votes import ABSTAIN, BALLOTS, NO, YES
from engine.scenario.models import Scenario
from engine.scenario.orders import moment_in_words
from engine.scenario.problems import escaped, quoted
from engine.scenario.spelling import instead

__all__ = [
    "ABSTAIN",
    "BALLOTS",
    "LEVELS",
    "NO",
    "YES",
    "Level",
    "Option",
    "OrderRefused",
    "Orders",
    "Session",
]
"""With the words that whoever shows a game needs to speak with it."""


class Session:
    """One game at one table."""

    calls: dict[str, dict[str, float]]
    """How likely the players call endings in the open turn, by actor and ending."""
    expected: dict[str, ShownOdds]
    """The odds that were shown to the players in the open turn, by actor."""

    def __init__(self, game: Game, level: Level, title: str, game_id: str, people: Collection[str] = ()) -> None:
        """Around a game that stands at an open turn, or is over."""
        self.game, self.level, self.id = game, level, game_id
        self.title = title
        self.parent: Parent | None = None
        """The game from which this one branched, and the turn in which it did."""
        self.place: Place | None = None
        """Where its scenario is, if it does not come with the game."""
        self.created: str | None = None
        """When it was first saved."""
        self.kept_as: str | None = None
        """A fingerprint of the save that it was last read from or written to."""
        self.offered_as: str | None = None
        """The same of what was last to be written: where that failed, it may stand there all the same."""
        self._past: list[tuple[dict[str, dict[str, float]], dict[str, ShownOdds]]] = []
        self._open_turn(Table(tuple(dict.fromkeys(people))))
        self._tell_who_knows_what()

    @classmethod
    def new(
        cls,
        rules: Rules | Scenario,
        seed: int,
        run: int = 0,
        people: Collection[str] = (),
        level: Level = EASIEST,
        title: str | None = None,
        game_id: str | None = None,
    ) -> Session:
        """A new game; ``people`` are the actors in whose seats somebody sits, in the order of their turns."""
        game = Game(rules, seed, run)
        name = game.rules.scenario.title if title is None else title
        session = cls(game, level, name, game_id or new_id(game.rules), people)
        for actor in session.people:
            session._known(actor)
        return session

    @classmethod
    def of(cls, journal: Journal, rules: Rules | None = None) -> Session:
        """The game of a save: what was done is done again, and what was chosen in the open turn is chosen.

        Raises :class:`SaveError` where it does not fit.
        """
        return cls._around(game_of(journal, rules), journal)

    @classmethod
    def _around(cls, game: Game, journal: Journal) -> Session:
        if journal.level is not None and journal.level not in LEVELS:
            raise SaveError(f"the save is of a level that this version does not know: {escaped(journal.level)[:40]}")
        level = EASIEST if journal.level is None else LEVELS[journal.level]
        title = journal.title or game.rules.scenario.title
        session = cls(game, level, title, journal.id or new_id(game.rules), journal.people)
        session.parent, session.created, session.place = journal.parent, journal.created, journal.place
        session._past = [(dict(sheet.calls), dict(sheet.expected)) for sheet in journal.turns]
        try:
            for sheet in (*journal.turns, journal.pending):
                session._check_expectations(sheet)
            session._take_up(journal.pending)
        except OrderRefused as error:
            raise SaveError(f"the save does not fit the scenario: {error}") from None
        return session

    def _check_expectations(self, sheet: Sheet) -> None:
        """Refuse what was expected by nobody, or of an ending that there is not."""
        for actor, shares in (*sheet.calls.items(), *((who, odds.shares) for who, odds in sheet.expected.items())):
            self._known(actor)
            check_shares(self.scenario, shares)

    def _take_up(self, pending: Sheet) -> None:
        """Give the orders of an open turn again."""
        for actor, deed in pending.deeds.items():
            moves = [option_of(actor, move) for move in deed.moves]
            for option in (o for o in moves if not (o.answers and isinstance(o, Later))):
                self.choose(actor, option)
            if deed.by_rule:
                self.leave_to_rule(actor)
            for question, word in deed.votes.items():
                self.vote(actor, question, BALLOTS[word])
        self._open_turn(self.table)
        if pending.stands is not None:
            self._go_to(pending)
        self.calls = {actor: dict(calls) for actor, calls in pending.calls.items()}
        self.expected = dict(pending.expected)

    def _go_to(self, pending: Sheet) -> None:
        """Take the open turn to the moment at which it stood still, and answer as people had."""
        while self.go_on() is None:
            here = self._stands
            for actor, deed in pending.deeds.items():
                for option in (option_of(actor, move) for move in deed.moves):
                    if option.answers and isinstance(option, Later) and moment_in_words(option.on) == here:
                        self.choose(actor, now(option))
            if here == pending.stands:
                return
        raise SaveError("the save does not fit the scenario: its turn does not stand still where it did")

    def _open_turn(self, table: Table) -> None:
        self._tables, self._place = [table], 0
        self._course: Iterator[dt.datetime] | None = None
        self._given: Plan = ()
        """Answers that people have given in this turn before it came to stand still."""
        self._opened_as = self.game.digest()
        self._views: dict[str, View] = {}
        self.calls, self.expected = {}, {}

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled and copied: not what the seats see, which is looked at again."""
        return {**self.__dict__, "_views": {}}

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """A turn that is on its way is played again as far as it stands."""
        if self.is_under_way:
            return _again, (self.journal(), self.rules)
        return super().__reduce_ex__(protocol)

    @property
    def rules(self) -> Rules:
        """The rules of the game."""
        return self.game.rules

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return self.game.rules.scenario

    @property
    def title(self) -> str:
        """What people call this game."""
        return self._title

    @title.setter
    def title(self, text: str) -> None:
        self._title = as_title(text)

    @property
    def turn(self) -> int:
        """The number of the open turn."""
        return self.game.turn

    @property
    def is_over(self) -> bool:
        """Whether the story has closed."""
        return self.game.is_over

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was done in this game: no turn was played, nothing is ordered, and it is nobody's branch."""
        is_past = bool(self.game.turns) or self.is_under_way or self.parent is not None
        return not is_past and not self.table.orders and not self.can_undo and not self.can_redo and not self.calls

    @property
    def table(self) -> Table:
        """Who sits at the table, and what they have ordered."""
        return self._tables[self._place]

    @property
    def people(self) -> tuple[str, ...]:
        """The actors in whose seats people sit, in the order of their turns."""
        return self.table.people

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Turn by turn what the seats did, what players called, and what odds they were shown."""
        played = zip(sheets_of(self.game), self._past, strict=True)
        return tuple(sheet.model_copy(update={"calls": c, "expected": e}) for sheet, (c, e) in played)

    def view(self, actor: str) -> View:
        """What an actor sees in the open turn."""
        if actor not in self._views:
            self._views[actor] = self.game.view(self._known(actor))
        return self._views[actor]

    def seen(self, actor: str | None) -> Played:
        """The game as a seat sees it: everything that is shown to it is made from this."""
        return self.game.seen_by(None if actor is None else self._known(actor))

    def questions(self, actor: str) -> tuple[str, ...]:
        """The questions that somebody may table this turn and that the actor would vote on, in the order of voting.

        In a turn of several paces that is every question of its bodies, for what can be tabled changes from day to day.
        """
        tick = self.game.world.tick
        if self.rules.timeline.paces_per_turn > 1 and not self.is_over:
            return tuple(question.id for question in self.rules.questions if actor in question.body(tick).names)
        legal = self.seen(actor).appraisal.legal[:, 0] & (not self.is_over)
        return tuple(
            question.id
            for question, tabling in zip(self.rules.questions, self.rules.roster.tabling, strict=True)
            if legal[tabling].any() and actor in question.body(tick).names
        )

    # Orders of the open turn

    def orders(self, actor: str) -> Orders:
        """What a seat is going to do when the turn ends."""
        return self.table.of(actor)

    def choose(self, actor: str, option: Option) -> None:
        """One more move of a seat, or its answer to a question. Raises :class:`OrderRefused`."""
        if option.answers:
            self.answer(actor, option.answers, option)
            return
        orders = self._free(actor)
        check_move(self.view(actor), option, orders.moves)
        self._lay(self.table.with_orders(actor, orders.and_move(option)))

    def withdraw(self, actor: str, option: Option) -> None:
        """One move less of a seat. Raises :class:`OrderRefused`."""
        orders = self._free(actor)
        if option not in orders.moves:
            raise OrderRefused(f"{named(self.scenario, option)} is not chosen")
        self._lay(self.table.with_orders(actor, orders.without_move(option)))

    def hold(self, actor: str) -> None:
        """A seat makes no move. Raises :class:`OrderRefused`."""
        orders = self._free(actor)
        self._lay(self.table.with_orders(actor, Orders(orders.answers, orders.votes)))

    def leave_to_rule(self, actor: str) -> None:
        """A seat makes the move that the rule makes for it. Raises :class:`OrderRefused`."""
        orders = self._free(actor)
        self._lay(self.table.with_orders(actor, Orders(orders.answers, orders.votes, by_rule=True)))

    def answer(self, actor: str, ask: str, option: Option | None) -> None:
        """What a seat answers to a question that is put to it; None says nothing yet. Raises :class:`OrderRefused`."""
        orders = self._held(actor)
        check_answer(self.view(actor), ask, option)
        said = None if option is None else self.said_now(option)
        self._lay(self.table.with_orders(actor, orders.and_answer(ask, said, self._given)))

    def answer_to(self, actor: str, ask: str) -> Option | None:
        """What a seat is going to answer to a question that stands; None where it says nothing yet."""
        said = [o for o in self.orders(actor).answers if o.answers == ask and o not in self._given]
        return now(said[-1]) if said else None

    def said_now(self, answer: Option) -> Option:
        """An answer with the moment at which it is given, where the turn is on its way."""
        game = self.game
        return put_off(answer, game.rules.timeline.moment_of(game.world.tick)) if self.is_under_way else answer

    def plan_of(self, actor: str) -> Plan:
        """What a seat still does in the turn, answers included."""
        return tuple(option for option in self.orders(actor).moves if option not in self._given)

    @property
    def is_under_way(self) -> bool:
        """Whether the turn has begun and stands still, since a person is asked."""
        return self._course is not None

    def vote(self, actor: str, question_id: str, ballot: int | None) -> None:
        """How a seat votes on a question if it is tabled this turn: YES, ABSTAIN, NO, or None to leave it to the rule.

        Raises :class:`OrderRefused`.
        """
        orders = self._free(actor)
        check_ballot(self.rules, self.game.world.tick, actor, question_id, self.questions(actor), ballot)
        self._lay(self.table.with_orders(actor, orders.and_vote(question_id, ballot)))

    def take(self, actor: str) -> None:
        """Somebody sits down in a seat. Raises :class:`OrderRefused`."""
        self._must_be_open()
        if self._known(actor) in self.people:
            raise OrderRefused(f"somebody sits in the seat of {self.scenario.in_text(actor)} already")
        self._lay(self.table.joined_by(actor))

    def hand_back(self, actor: str) -> None:
        """A seat is left to the game. Raises :class:`OrderRefused`."""
        self._free(actor)
        self._lay(self.table.left_by(actor))

    @property
    def can_undo(self) -> bool:
        """Whether something was ordered in the open turn."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether something was undone, and nothing ordered since."""
        return self._place < len(self._tables) - 1

    def may_undo(self, actor: str | None = None) -> bool:
        """Whether something was ordered, and is no order of another seat than this one, which is sealed."""
        return self.can_undo and self._is_open_to(actor, self._tables[self._place - 1])

    def may_redo(self, actor: str | None = None) -> bool:
        """Whether something was undone, and nothing ordered since; and it is no order of another seat than this one."""
        return self.can_redo and self._is_open_to(actor, self._tables[self._place + 1])

    def undo(self, actor: str | None = None) -> bool:
        """Take back the latest order, of anybody at the table or of one seat; whether there was one."""
        self._place -= (has := self.may_undo(actor))
        return has

    def redo(self, actor: str | None = None) -> bool:
        """Give the order again that was taken back; whether there was one."""
        self._place += (has := self.may_redo(actor))
        return has

    def _is_open_to(self, actor: str | None, other: Table) -> bool:
        """Whether another table has the same orders of everybody but one seat."""
        seats = {*self.table.people, *other.people} - {actor}
        return actor is None or all(self.table.of(seat) == other.of(seat) for seat in seats)

    def _lay(self, table: Table) -> None:
        """The table changes; what had been undone can't be given again."""
        if table != self.table:
            self._tables = [*self._tables[: self._place + 1], table]
            self._place += 1

    # What is expected

    def call(self, actor: str, ending_id: str, probability: float) -> None:
        """A player says how likely an ending is (0..1); kept with the turn. Raises :class:`OrderRefused`."""
        self._held(actor)
        check_shares(self.scenario, {ending_id: probability})
        self.calls = {**self.calls, actor: {**self.calls.get(actor, {}), ending_id: float(probability)}}

    def expect(self, actor: str, shares: Mapping[str, float], futures: int) -> None:
        """The odds that the player was shown for the plan that is sent; kept with the turn."""
        self._held(actor)
        check_shares(self.scenario, shares)
        try:
            odds = ShownOdds(shares={ending: float(share) for ending, share in shares.items()}, futures=futures)
        except ValidationError:
            raise OrderRefused("odds come from one future or more") from None
        self.expected = {**self.expected, actor: odds}

    # Time

    def end_turn(self) -> Turn:
        """The turn takes its course to its end; what somebody is asked meanwhile is left open.

        Raises :class:`OrderRefused`.
        """
        while (turn := self.go_on()) is None:
            pass
        return turn

    def go_on(self) -> Turn | None:
        """Everybody does as ordered, and the turn takes its course; raises :class:`OrderRefused`.

        None where it stands still in the middle, since somebody at the table is asked: what is answered then is given
        by :meth:`answer`, or left open, and the turn goes on with the next call.
        """
        self._must_go_on()
        if self._course is None:
            for actor, policy in self._policies().items():
                self.game.seat(actor, policy)
            self.game.people = self.people
            self._course = self.game.course()
        else:
            for option in (o for actor in self.people for o in self.plan_of(actor) if o.answers):
                self.game.say(now(option))
        for _moment in self._course:
            if self.game.is_standing_still:
                self._stand_still()
                return None
        self._course = None
        self._past.append((self.calls, self.expected))
        self._open_turn(Table(self.people))
        self._think()
        return self.game.turns[-1]

    def _tell_who_knows_what(self) -> None:
        """The level says what lies open, and whether other sides go by the rule."""
        sides = (name for name, actor in self.scenario.actors.items() if actor.playable)
        self.game.is_candid = self.level.candour is Candour.OPEN
        self.game.free_sides = frozenset(self.people if self.level.goes_by_rule else (*sides, *self.people))

    def _think(self) -> None:
        """What the people at the table believe is brought up to date while the turn is played, not when they look."""
        for actor in self.people:
            self.game.believe(actor)

    def _stand_still(self) -> None:
        """What was ordered so far stands; what is answered now can be undone until the turn goes on."""
        self._given = tuple(o for actor in self.people for o in self.orders(actor).answers)
        self._tables, self._place, self._views = [self.table], 0, {}

    def _policies(self) -> dict[str, Policy | None]:
        """Who decides for each actor this turn; None where the rule does."""
        sides = [name for name, actor in self.scenario.actors.items() if actor.playable and name not in self.people]
        opening = self.rules.timeline.moment_of(self.game.world.tick)
        orders = {name: self.orders(name).as_order(opening) for name in self.people}
        people = {name: ScriptPolicy({self.turn: order}, RulePolicy()) for name, order in orders.items()}
        return {**dict.fromkeys(self.game.actors), **self.level.looks_ahead.policies(self.game, sides), **people}

    def branch(
        self, turn: int, title: str, game_id: str | None = None, people: Collection[str] | None = None
    ) -> Session:
        """Another game with the same past up to the opening of a turn, and its own future.

        From there on people sit in the seats of ``people``, or where they sat, if that is left out.

        Raises :class:`OrderRefused`.
        """
        played = len(self.game.turns)
        if not 0 <= turn <= played - self.is_over:
            raise OrderRefused(f"a branch begins in a turn from 0 to {played - self.is_over}, not in {turn}")
        now = self.journal()
        journal = now.model_copy(
            update={
                "id": game_id or new_id(self.rules),
                "title": as_title(title),
                "created": None,
                "parent": Parent(id=self.id, turn=turn),
                "people": now.people_at(turn) if people is None else tuple(dict.fromkeys(map(self._known, people))),
                "turns": now.turns[:turn],
                "pending": now.pending if turn == played and people is None else Sheet(),
            }
        )
        return self._around(replay(self.rules, journal), journal)

    def part_ways(self, title: str) -> None:
        """Go on as a branch of what this game was so far."""
        self.parent = Parent(id=self.id, turn=self.turn)
        self.id, self.title, self.created = new_id(self.rules), title, None
        self.kept_as = self.offered_as = None

    def journal(self, saved: str | None = None) -> Journal:
        """Everything that the game can be played again from, what is chosen in the open turn included."""
        return journal_of(self.game, self.place).model_copy(
            update={
                "id": self.id,
                "title": self.title,
                "created": self.created,
                "saved": saved,
                "level": self.level.id,
                "parent": self.parent,
                "people": self.people,
                "turns": self.sheets,
                "pending": Sheet(
                    deeds={actor: _pending(o) for actor, o in self.table.orders.items() if o != Orders()},
                    calls=self.calls,
                    expected=self.expected,
                    stands=self._stands,
                ),
                **({"digest": self._opened_as} if self.is_under_way else {}),
            }
        )

    @property
    def _stands(self) -> str | None:
        """The moment at which the turn stands still, if it does."""
        game = self.game
        return moment_in_words(game.rules.timeline.moment_of(game.world.tick)) if self.is_under_way else None

    def _must_be_open(self) -> None:
        self._must_go_on()
        if self.is_under_way:
            raise OrderRefused("the turn is on its way: only the question that is put can be answered now")

    def _free(self, actor: str) -> Orders:
        """The orders of a seat in a turn that has not begun."""
        self._must_be_open()
        return self._held(actor)

    def _must_go_on(self) -> None:
        if self.is_over:
            raise OrderRefused("the story has closed")

    def _known(self, actor: str) -> str:
        if actor not in self.scenario.actors:
            raise OrderRefused(f"there is no actor {quoted(actor)}{instead(actor, self.scenario.actors)}")
        return actor

    def _held(self, actor: str) -> Orders:
        """The orders of a seat that is in somebody's hands, in a game that goes on."""
        self._must_go_on()
        if self._known(actor) not in self.people:
            raise OrderRefused(f"nobody sits in the seat of {self.scenario.in_text(actor)}: take it first")
        return self.orders(actor)


def _again(journal: Journal, rules: Rules) -> Session:
    return Session.of(journal, rules)


def _pending(orders: Orders) -> Deed:
    """What a seat has chosen, in words."""
    votes = {question: WORDS[ballot] for question, ballot in orders.votes.items()}
    return Deed(moves=tuple(str(move) for move in orders.moves), by_rule=orders.by_rule, votes=votes)


def new_id(rules: Rules) -> str:
    """A name that no other game has."""
    return f"{rules.scenario.id}-{secrets.token_hex(4)}"
