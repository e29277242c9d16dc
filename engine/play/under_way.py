"""A turn on its way: who decides in it, what was decided, and what a seat may not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import BrinkmanshipError
from engine.play.budget import most_in_words
from engine.play.plans import Later, Plan, now, trouble_with
from engine.play.policies import BY_RULE, ByRule, Policy, View
from engine.rules.options import Option


class IllegalMoveError(BrinkmanshipError):
    """A policy chose what its actor may not do now."""

    def __init__(self, view: View, option: Option) -> None:
        known = {explained.option: explained for explained in view.options}
        self.view, self.option = view, option
        misdated = trouble_with(option, view.turn, view.rules.timeline)
        if option.answers and option.answers not in view.asked and now(option) in view.rules.number_of:
            super().__init__(f"{option.answers} is not put to {option.actor} on {view.date}")
        elif now(option) not in known:
            super().__init__(f"{option.actor} has no option {option}")
        elif isinstance(option, Later):
            super().__init__(f"{option} can't be ordered: {misdated}")
        else:
            missing = "; ".join(known[option].missing)
            super().__init__(f"{option} is not legal on {view.date}, for this does not hold: {missing}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as what it says of whom, so that another process can raise it; the view stays where it is."""
        return _refused, (type(self), str(self), self.option)


def _refused(kind: type[IllegalMoveError], words: str, option: Option) -> IllegalMoveError:
    error = kind.__new__(kind, words)
    error.option = option
    return error


class TooManyMovesError(IllegalMoveError):
    """A policy chose more than a seat may take in one turn, or the same twice."""

    def __init__(self, view: View, plan: Plan) -> None:
        self.view, self.option = view, plan[-1]
        chosen = ", ".join(str(option) for option in plan)
        Exception.__init__(self, f"a seat may make {most_in_words(view.rules.scenario)} a turn, not {chosen}")


@dataclass(frozen=True, slots=True)
class SeatMove:
    """What a seat did in a turn: its moves, its votes by question, and its answers."""

    moves: Plan | ByRule
    votes: Mapping[str, int]
    answers: Plan = ()
    """What it answered to questions, each with its moment."""


@dataclass
class Course:
    """A turn on its way: who decides in it for whom, and what was decided when it opened."""

    deciders: Mapping[str, Policy]
    moves: dict[str, Plan | ByRule]
    votes: dict[str, dict[str, int | ByRule]] = field(default_factory=dict)
    """By actor and question, what a seat said when it was first asked; that stands for the whole turn."""
    told: list[Option] = field(default_factory=list)
    """Answers that people give, each with its moment or, if for the first pace, without."""
    given: dict[str, Plan] = field(default_factory=dict)
    """By actor, the answers that were given so far, each with its moment."""

    def seat_moves(self) -> dict[str, SeatMove]:
        """What the seats did."""
        votes = {
            actor: {question: vote for question, vote in self.votes.get(actor, {}).items() if vote is not BY_RULE}
            for actor in self.moves
        }
        return {actor: SeatMove(moves, votes[actor], self.given.get(actor, ())) for actor, moves in self.moves.items()}
