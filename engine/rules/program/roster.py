"""What a compiled scenario offers, with the numbers that a program knows it by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.rules.happenings import Occurrence
    from engine.rules.options import Option
    from engine.rules.rulebook import Rules
    from engine.rules.votes import Body, Question


@dataclass(frozen=True)
class Roster:
    """Options, questions and events of a compiled scenario."""

    rules: Rules

    @cached_property
    def order(self) -> dict[Option, int]:
        """The place of each option in the order of acting: action by action, then by actor and target."""
        every = (option for block in self.rules.blocks for option in block.options)
        return {option: place for place, option in enumerate(every)}

    @cached_property
    def question_of(self) -> dict[str, int]:
        """The number of each question, by its id."""
        return {question.id: number for number, question in enumerate(self.rules.questions)}

    @cached_property
    def sittings(self) -> tuple[tuple[tuple[int, Body], ...], ...]:
        """By question, who decides it: the first pace of each composition, and the body that sits from then on."""
        return tuple(tuple(self._compositions(question)) for question in self.rules.questions)

    def _compositions(self, question: Question) -> list[tuple[int, Body]]:
        found: list[tuple[int, Body]] = []
        for tick in range(self.rules.scenario.turns):
            body = question.body(tick)
            if not found or found[-1][1].names != body.names:
                found.append((tick, body))
        return found

    @cached_property
    def events(self) -> tuple[tuple[int, Occurrence], ...]:
        """Every event with its number."""
        return tuple(enumerate(self.rules.occurrences))
