"""From a scenario to the program of one pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.rules.program import asks, happenings, options
from engine.rules.program import program as p
from engine.rules.program.draft import Draft
from engine.rules.program.program import Program
from engine.rules.program.questions import Questions
from engine.rules.program.tape import NEWS, plain

if TYPE_CHECKING:
    from engine.rules.roster import Roster


def lower(roster: Roster) -> Program:
    """The program of a scenario: a stretch for each phase of a pace, then everything in its place."""
    draft = Draft(roster)
    cleared = draft.tape(p.CALENDAR)
    questions = Questions(draft)
    happenings.calendar(draft)
    options.appraise(draft, questions)
    decide(draft)
    asks.fall_silent(draft)
    options.act(draft)
    questions.decide()
    happenings.drift(draft)
    happenings.chance(draft)
    happenings.close(draft)
    cleared.root.body.append(cleared.line("CLEAR", (NEWS, 0), plain(len(draft.announcements) + draft.fleeting)))
    return draft.program()


def decide(draft: Draft) -> None:
    """Every actor moves, or does not, and answers what it is asked."""
    tape = draft.tape(p.DECIDE)
    for actor, number in draft.layout.actors.items():
        if actor in draft.roster.actor_options:
            tape.root.body.append(tape.line("CHOOSE", plain(number)))
    asks.answer(draft)
