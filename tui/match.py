"""A game being played at this terminal: its session, where it is kept, its odds, and whose desk is shown."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.ending import held
from engine.play.ahead.forecaster import MOST_FUTURES, Forecaster
from engine.play.budget import gives_way
from engine.play.choosing import toggle
from engine.play.facts.asked import Standing, standing_with
from engine.play.facts.council import Chamber, Motion, chambers
from engine.play.facts.impact import Impact, impact_of
from engine.play.facts.parley import Sayable, sayables
from engine.play.marks import marks_of
from engine.play.plans import Later, now
from engine.play.session import BALLOTS, Session
from engine.play.store import Store
from engine.play.wording import long_date, long_moment

if TYPE_CHECKING:
    from engine.play.ahead.board import OddsBoard, PlanOdds
    from engine.play.crisis import Crisis, History, Scenario
    from engine.play.odds import Explained
    from engine.play.plans import Plan
    from engine.play.record import Turn
    from engine.play.session import Option
    from engine.play.sight.seen import Played

VOTE_WORDS: dict[int, str] = {ballot: word for word, ballot in BALLOTS.items()}

EVEN = 0.5
"""How surely an ending is expected before anybody has said so."""


class Match:
    """A game and everything around it that is not a screen."""

    vote_words = VOTE_WORDS

    def __init__(
        self,
        crisis: Crisis,
        session: Session,
        store: Store,
        forecaster: Forecaster,
        futures: int | None = None,
    ) -> None:
        """``forecaster`` is for the rules of the crisis, and ends with the match."""
        self.crisis, self.session, self.store = crisis, session, store
        self.forecaster = forecaster
        self.futures = futures or MOST_FUTURES
        """Of each plan that is looked at."""
        self.marks: Mapping[str, str] = marks_of(crisis.scenario)
        """The letter of each ending."""
        self.viewer: str | None = session.people[0] if session.people else None
        """The seat whose desk is shown; None where nobody sits."""
        self.ready: set[str] = set()
        """Who has sent the turn already, where several people play."""
        self.board: OddsBoard | None = None
        """The odds of the plan in view, as far as they are known."""
        self._sent: dict[str | None, PlanOdds | None] = {}
        """The odds with which each seat sent its latest turn."""
        self._told: set[tuple[str | None, int]] = set()
        """Who has read the report of which turn, since this game was sat down to."""
        self._first = session.turn
        """The turn that was open then."""
        self._call: tuple[tuple[str | None, int], tuple[str | None, float]] | None = None
        self._motions: tuple[tuple[str | None, int], list[tuple[Chamber, Motion | None]]] | None = None
        self._impact: tuple[tuple[str, int, Option], Impact] | None = None
        self._words: tuple[tuple[str, int], tuple[Sayable, ...]] | None = None
        self._asked: int | None = None
        self._answers: dict[Option | None, Plan] = {}
        """The plans of the answers to the question in view; of None, of saying nothing."""
        self._heard: set[tuple[int, str, str]] = set()
        """Questions of which something was said, or that are thought over: the pace, the actor and the question."""
        self._asked_for: tuple[str | None, int] | None = None
        self._plans_asked: tuple[Plan, ...] = ()
        self._whole = threading.Lock()
        """Held while a turn takes its course, so that no half of one is written down."""

    @property
    def seen(self) -> Played:
        """The game as the viewer sees it: everything that is shown is made from this."""
        return self.session.seen(self.viewer)

    @property
    def history(self) -> History | None:
        """What really happened, as far as the viewer may be told."""
        return self.seen.of_history(self.crisis.history)

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return self.crisis.scenario

    @property
    def plan(self) -> Plan:
        """What the viewer has chosen so far."""
        return () if self.viewer is None else self.session.orders(self.viewer).moves

    @property
    def options(self) -> tuple[Option, ...]:
        """The deeds that the viewer may do and has not chosen yet."""
        return tuple(option for option in self.acts if option not in self.plan)

    @property
    def acts(self) -> tuple[Option, ...]:
        """The legal options of the viewer that are deeds: words stand by themselves."""
        if self.viewer is None or self.session.is_over:
            return ()
        speech = self.session.rules.speech
        return tuple(e.option for e in self.session.view(self.viewer).legal if e.option.action not in speech)

    @property
    def words(self) -> tuple[Sayable, ...]:
        """What the viewer may say to others, possible or not."""
        if self.viewer is None or self.session.is_over:
            return ()
        asked = self.viewer, self.session.game.world.tick
        if self._words is None or self._words[0] != asked:
            self._words = asked, sayables(self.seen, self.viewer, self.session.level.candour)
        return self._words[1]

    def weigh(self, words: Sequence[Option]) -> None:
        """Look ahead for the plan as it is, and with each of some words; whatever was asked before is dropped."""
        if self.viewer is None or self.session.is_over:
            return
        self._asked_for, self._plans_asked = None, ()
        plans = ((), self.plan, *(self.plan_with(option) for option in words))
        self._asked = self.forecaster.ask(self.seen.world, self.viewer, tuple(dict.fromkeys(plans)), self.futures)
        self.board = None

    def explained(self, option: Option | None) -> Explained | None:
        """An option of the viewer with everything that decides about it; None of holding."""
        if option is None or self.viewer is None:
            return None
        return next(e for e in self.session.view(self.viewer).options if e.option == now(option))

    def plan_with(self, option: Option | None) -> Plan:
        """The plan if an option were chosen too, or left out where it is chosen."""
        if option is None:
            return self.plan
        if option in self.plan:
            return tuple(move for move in self.plan if move != option)
        last = gives_way(self.session.rules, self.plan, option)
        return (*(move for move in self.plan if move != last), option)

    def toggle(self, actor: str, option: Option | None) -> None:
        """Choose an option, or leave it again; None chooses to hold. The last choice gives way where no move is left.

        Raises :class:`~engine.play.session.OrderRefused`.
        """
        toggle(self.session, actor, option)

    @property
    def call_in_mind(self) -> tuple[str | None, float]:
        """The ending that the viewer expects, if any, and how surely; kept until the turn is over."""
        asked = (self.viewer, self.session.turn)
        return self._call[1] if self._call is not None and self._call[0] == asked else (None, EVEN)

    @call_in_mind.setter
    def call_in_mind(self, call: tuple[str | None, float]) -> None:
        self._call = ((self.viewer, self.session.turn), call)

    def instructed(self, question: str) -> dict[str, str]:
        """How the viewer has told its seat to vote on a question, by actor; what others have told theirs is sealed."""
        told = None if self.viewer is None else self.session.orders(self.viewer).votes.get(question)
        return {} if self.viewer is None or told is None else {self.viewer: VOTE_WORDS[told]}

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Everything that may be compared now: holding, the plan as it is, and the plan with each option or without."""
        options = (*self.options, *self.plan)
        return tuple(dict.fromkeys(((), self.plan, *(self.plan_with(option) for option in options))))

    @property
    def knows_odds(self) -> bool:
        """Whether the odds that were asked for answer for the plan as it is now."""
        return self._asked_for == (self.viewer, self.session.turn) and set(self.plans) <= set(self._plans_asked)

    def ask_odds(self) -> None:
        """Look ahead for the plan as it is, and for each option beside it; whatever was asked before is dropped.

        What other people at the table have ordered is sealed: in these futures the rule decides for them.
        """
        self.board = None
        if self.viewer is None or self.session.is_over:
            self.forecaster.cancel()
            return
        self._asked_for, self._plans_asked = (self.viewer, self.session.turn), self.plans
        self._asked = self.forecaster.ask(self.seen.world, self.viewer, self._plans_asked, self.futures)

    # Questions to a side

    @property
    def moment_in_words(self) -> str:
        """The day of the open turn, or the moment of the pace at which it stands still."""
        game = self.session.game
        return long_moment(game.rules.timeline.moment_of(game.world.tick))

    def questions_to(self, *actors: str) -> tuple[Standing, ...]:
        """The questions that some people have to answer and of which nothing was said since this pace opened."""
        tick = self.session.game.world.tick
        return tuple(s for s in standing_with(self.session.game, *actors) if (tick, s.actor, s.ask) not in self._heard)

    def answer(self, standing: Standing, option: Option | None) -> None:
        """What a person says to a question; None to think it over. Raises OrderRefused."""
        self.session.answer(standing.actor, standing.ask, option)
        self._heard.add((self.session.game.world.tick, standing.actor, standing.ask))

    def forget_answers(self, actor: str) -> bool:
        """Put the questions of a person once more; whether there are any."""
        self._heard = {heard for heard in self._heard if heard[1] != actor}
        return bool(self.questions_to(actor))

    def answer_to(self, standing: Standing) -> Option | None:
        """What is going to be said to a question; None where nothing is yet."""
        return self.session.answer_to(standing.actor, standing.ask)

    def ask_odds_of(self, standing: Standing) -> None:
        """Look ahead for saying nothing, and for each answer; whatever was asked before is dropped."""
        session, actor = self.session, standing.actor
        rest = tuple(option for option in session.plan_of(actor) if option.answers != standing.ask)
        self.board, self._asked_for = None, None
        self._answers = {None: rest, **{e.option: (*rest, session.said_now(e.option)) for e in standing.legal}}
        plans = tuple(self._answers.values())
        self._asked = self.forecaster.ask(session.seen(actor).world, actor, plans, self.futures)

    def odds_of_answer(self, option: Option | None) -> PlanOdds | None:
        """The odds of an answer beside saying nothing, or of that; None while nothing is known."""
        board, plan = self.board, self._answers.get(option)
        is_known = board is not None and board.futures and plan in board.odds
        return board.beside(plan, self._answers[None]) if board is not None and is_known and plan is not None else None

    def impact_of_answer(self, standing: Standing, option: Option) -> Impact:
        """What an answer does at once, before anybody reacts."""
        asked = (standing.actor, self.session.game.world.tick, option)
        if self._impact is None or self._impact[0] != asked:
            self._impact = (asked, impact_of(self.session.seen(standing.actor), standing.actor, (option,)))
        return self._impact[1]

    def take_in(self, board: OddsBoard) -> bool:
        """Keep a board, unless it answers an older question; whether it was kept."""
        if board.generation != self._asked:
            return False
        self.board = board
        return True

    def impact_of(self, option: Option | None) -> Impact | None:
        """What an option does at once, before anybody answers; None of holding, where nobody sits, and of later."""
        if option is None or self.viewer is None or isinstance(option, Later):
            return None
        asked = (self.viewer, self.session.turn, option)
        if self._impact is None or self._impact[0] != asked:
            self._impact = (asked, impact_of(self.seen, self.viewer, (option,)))
        return self._impact[1]

    def keep(self) -> str | None:
        """Write the game down, between two turns; a sentence for the player where something was unusual.

        Raises :class:`~engine.play.journal.SaveError`.
        """
        with self._whole, held():
            return self.store.autosave(self.session).notice

    @property
    def date_in_words(self) -> str:
        """The day on which the open turn began."""
        return long_date(self.scenario.date_of(self.session.turn))

    @property
    def motions(self) -> list[tuple[Chamber, Motion | None]]:
        """The questions that may come up, those that somebody can table now first; bodies without one at the end."""
        asked = (self.viewer, self.session.turn)
        if self._motions is None or self._motions[0] != asked:
            self._motions = asked, _motions(chambers(self.seen))
        return self._motions[1]

    def odds_of(self, option: Option | None) -> PlanOdds | None:
        """The odds of a line: of an option beside the plan without it, or of holding; None while nothing is known."""
        board = self.board
        if option is None:
            return self.hold_odds
        plan = self.plan if option in self.plan else self.plan_with(option)
        if board is None or plan not in board.odds:
            return None
        without = tuple(move for move in plan if move != option)
        return board.beside(plan, without if without in board.odds else ())

    @property
    def plan_odds(self) -> PlanOdds | None:
        """What is known of the plan as it is, beside holding; None while nothing is."""
        board = self.board
        return board.beside(self.plan, ()) if board is not None and board.futures and self.plan in board.odds else None

    @property
    def hold_odds(self) -> PlanOdds | None:
        """What is known of holding; None while nothing is."""
        board = self.board
        return board.beside((), ()) if board is not None and board.futures else None

    @property
    def callable_endings(self) -> list[str]:
        """The endings on which a player may call, the likeliest first."""
        odds = self.plan_odds
        names = [ending.id for ending in self.scenario.endings]
        return names if odds is None else sorted(names, key=lambda name: -odds.shares[name].share)

    def send(self) -> bool:
        """The viewer has decided; whether everybody has, so that the turn may take its course."""
        if self.viewer is not None:
            self.ready.add(self.viewer)
            if self.board is not None and self.board.futures:
                odds = self.board[self.plan]
                shares = {ending: share.share for ending, share in odds.shares.items()}
                self.session.expect(self.viewer, shares, odds.futures)
            self._sent[self.viewer] = self.plan_odds
        return all(actor in self.ready for actor in self.session.people)

    @property
    def sent_odds(self) -> PlanOdds | None:
        """The odds with which the viewer sent the turn before."""
        return self._sent.get(self.viewer)

    @property
    def untold(self) -> Turn | None:
        """The turn that was played last, where the viewer has not read its report; None of what was before."""
        number = self.session.turn - 1
        if number < self._first or self.viewer is None or (self.viewer, number) in self._told:
            return None
        return self.session.game.turns[number]

    def has_told(self, turn: Turn) -> None:
        """The viewer reads the report of a turn."""
        self._told.add((self.viewer, turn.turn))

    @property
    def next_viewer(self) -> str | None:
        """The next person who has not decided yet."""
        return next((actor for actor in self.session.people if actor not in self.ready), None)

    def end_turn(self) -> Turn | None:
        """The turn takes its course, or goes on; None where it stands still, since somebody is asked."""
        with self._whole, held():
            turn = self.session.go_on()
        self.board = None
        if turn is not None:
            self.ready.clear()
            self._heard.clear()
        return turn

    def close(self) -> None:
        """End the workers."""
        self.forecaster.close()


def _motions(found: tuple[Chamber, ...]) -> list[tuple[Chamber, Motion | None]]:
    pairs: list[tuple[Chamber, Motion | None]] = [(chamber, motion) for chamber in found for motion in chamber.motions]
    pairs.sort(key=lambda pair: pair[1] is not None and not pair[1].is_legal)
    return [*pairs, *((chamber, None) for chamber in found if not chamber.motions)]
