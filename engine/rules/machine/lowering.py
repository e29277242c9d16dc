"""From a compiled scenario to the program that the machine executes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.rules.draws import stream_key
from engine.rules.happenings import DAYS_IN_WEEK
from engine.rules.machine.appraisal import appraisal, option_rows
from engine.rules.machine.draft import Draft
from engine.rules.machine.happenings import Events, drift, endings
from engine.rules.machine.program import NONE, Ints, Program, Tables, keys, table
from engine.rules.machine.questions import Questions

if TYPE_CHECKING:
    from engine.rules.rulebook import Rules


def lower(rules: Rules) -> Program:
    """The program of a compiled scenario: a part for each phase of a pace, then everything in its place."""
    draft, scenario, timeline = Draft(rules), rules.scenario, rules.timeline
    questions = Questions(draft)
    rates, options = appraisal(draft, questions), option_rows(draft, questions)
    sitting_of, decided = questions.by_pace(), questions.decided()
    moved, events = drift(draft), Events(draft)
    closed, ending_rows = endings(draft)
    registers = draft.assemble()
    tables = Tables(
        effects=draft.effects.array(8),
        changes=draft.changes.array(3),
        lists=draft.lists.array(3),
        options=table(options, 5),
        actors=table([_span(rules, actor) for actor in scenario.actors], 2),
        sitting_of=sitting_of,
        sittings=questions.sittings.array(6),
        decided=table(decided, 2),
        group_of=table([(group,) for group in events.group_of], 1),
        groups=events.groups.array(4),
        events=events.events.array(9),
        outcomes=events.outcomes.array(2),
        endings=table([row() for row in ending_rows], 2),
        stretches=table([(at.start, at.end) for at in (rates, moved, closed)], 2),
        list_keys=keys(draft.list_keys),
        actor_keys=keys([stream_key(f"actor:{actor}") for actor in scenario.actors]),
        member_keys=keys(questions.member_keys),
        event_keys=keys(events.keys),
    )
    return Program(
        table(draft.lines, 5),
        tables,
        np.ascontiguousarray(rules.layout.bounds),
        _stamps(draft),
        np.array(draft.constants.numbers, dtype=np.float64),
        registers,
        max(1, draft.most_due),
        questions.most_score,
        timeline.pace_in_days,
        timeline.pace_in_days / DAYS_IN_WEEK,
        timeline.paces,
        rules.layout.day,
    )


def _stamps(draft: Draft) -> Ints:
    stamps = np.full(draft.layout.size, NONE, dtype=np.int32)
    for flag, stamp in draft.layout.stamps.items():
        stamps[flag] = stamp
    return stamps


def _span(rules: Rules, actor: str) -> tuple[int, int]:
    """The first of an actor's options and one past the last."""
    span = rules.actor_options.get(actor, slice(0, 0))
    return span.start, span.stop
