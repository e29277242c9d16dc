"""From a scenario to the program of one pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.rules.draws import stream_key
from engine.rules.program import happenings, options
from engine.rules.program import program as p
from engine.rules.program.draft import Draft
from engine.rules.program.program import NONE, Ints, Program, keys, table
from engine.rules.program.questions import Questions
from engine.rules.program.tape import NEWS, plain

if TYPE_CHECKING:
    from engine.rules.rulebook import Rules


def lower(rules: Rules) -> Program:
    """The program of a scenario: a stretch for each phase of a pace, then everything in its place."""
    draft = Draft(rules)
    cleared = draft.tape(p.CALENDAR)
    questions = Questions(draft)
    happenings.calendar(draft)
    options.appraise(draft, questions)
    decide(draft)
    options.act(draft)
    questions.decide()
    happenings.drift(draft)
    happenings.chance(draft)
    happenings.close(draft)
    many = len(draft.announcements)
    cleared.root.body.append(cleared.line("CLEAR", (NEWS, 0), plain(many + draft.fleeting)))
    rows = options.option_rows(draft)
    stretches, sites, registers = draft.assemble()
    layout = rules.layout
    low, high = layout.bounds
    return Program(
        table(draft.lines, p.WIDTH),
        table(stretches, 2),
        table([(sites.end + t, sites.end + per, place) for t, per, place in rows], 3),
        table([_actor(rules, actor) for actor in layout.actors], 3),
        keys(draft.streams),
        keys([stream_key(clock) for clock in layout.clocks]),
        np.ascontiguousarray([[*low, *[-np.inf] * many], [*high, *[np.inf] * many]]),
        _stamps(rules, many),
        np.array(draft.constants.numbers, dtype=np.float64),
        sites,
        tuple(draft.announcements),
        registers,
        max(1, draft.most_due),
        questions.most_score,
        float(rules.scenario.step),
        rules.scenario.turns,
        layout.size,
        p.FIRST_ROW + layout.waits.start,
        p.FIRST_ROW + layout.waits.stop,
        p.FIRST_ROW + layout.rings.start,
        p.FIRST_ROW + layout.day,
    )


def decide(draft: Draft) -> None:
    """Every actor's clock runs on; where it rings, the actor moves."""
    tape = draft.tape(p.DECIDE)
    for actor, number in draft.layout.actors.items():
        if actor in draft.rules.actor_options:
            tape.root.body.append(tape.line("CHOOSE", plain(number)))


def _actor(rules: Rules, actor: str) -> tuple[int, int, int]:
    """The first of an actor's options, one past the last, and its clock."""
    span = rules.actor_options.get(actor, slice(0, 0))
    return span.start, span.stop, rules.layout.clock_of[f"actor:{actor}"]


def _stamps(rules: Rules, news: int) -> Ints:
    stamps = np.full(rules.layout.size + news, NONE, dtype=np.int32)
    for flag, stamp in rules.layout.stamps.items():
        stamps[flag] = p.FIRST_ROW + stamp
    return stamps
