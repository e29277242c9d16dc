"""What nobody chooses, as code: the calendar, drift, events, the clock and endings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.rules.layout import NEVER
from engine.rules.program import program as p
from engine.rules.program.draft import IS_OPEN, Draft, Source
from engine.rules.program.expressions import NOBODY, Who
from engine.rules.program.tape import NOTHING, Operand, Region, Tape, plain
from engine.scenario.names import find_places

if TYPE_CHECKING:
    from engine.rules.happenings import Occurrence

DAYS_IN_WEEK = 7.0

Happening = tuple[Region, Operand, Operand]
"""Where an event's consequences are written, where it happens, and the counter of its chance."""


def calendar(draft: Draft) -> None:
    """A pace opens: sites are cleared, and dated events come due."""
    dated = [(number, event) for number, event in draft.roster.events if event.due is not None]
    for due in sorted({event.due for _, event in dated if event.due is not None}):
        tape = draft.tape(p.CALENDAR)
        region = tape.root.inside()
        region.head.append(tape.line("JTICK", NOTHING, plain(due), plain(due)))
        for number, occurrence in dated:
            if occurrence.due == due:
                _come_due(draft, tape, region, number, occurrence)
        region.body.append(tape.line("SETTLE"))


def chance(draft: Draft) -> None:
    """Undated events happen, or not, all judged on one state of the world."""
    tape = draft.tape(p.CHANCE)
    for number, occurrence in draft.roster.events:
        if occurrence.due is None:
            _ring(draft, tape, tape.root, number, occurrence)
    tape.root.body.append(tape.line("SETTLE"))


def _come_due(draft: Draft, tape: Tape, region: Region, number: int, occurrence: Occurrence) -> None:
    line, event = tape.line, occurrence.event
    happens, zero = draft.site("happens", number), tape.number(0.0)
    region.body.append(line("COPY", happens, _may(draft, tape, number, occurrence)))
    if event.chance is not None:
        u = tape.register()
        region.body.append(line("UNIFORM", u, zero, draft.stream(f"event:{occurrence.id}", 0), happens))
        region.body.append(line("LT", u, u, draft.on(tape).probability(event.chance)))
        region.body.append(line("MUL", happens, happens, u))
    _happen(draft, tape, region, number, occurrence, zero)


def _ring(draft: Draft, tape: Tape, region: Region, number: int, occurrence: Occurrence) -> None:
    event, on = occurrence.event, draft.on(tape)
    layout, scenario = draft.layout, draft.scenario
    happens = draft.site("happens", number)
    if event.chance_per_week is not None:
        hazard = tape.pure("HAZARD", on.number(event.chance_per_week))
        hazard = tape.pure("MUL", hazard, tape.number(scenario.step / DAYS_IN_WEEK))
    else:
        hazard = tape.pure("HAZARD", tape.number(1.0) if event.chance is None else on.number(event.chance))
    clock = layout.clock_of[f"event:{occurrence.id}"]
    inner = region.inside()
    may = _may(draft, tape, number, occurrence)
    inner.head.append(tape.line("COPY", happens, may))
    inner.head.append(tape.unless(happens))
    inner.body.append(tape.line("RING", happens, may, hazard, plain(clock)))
    _happen(draft, tape, inner, number, occurrence, on.cell(layout.rings.start + clock))


def _may(draft: Draft, tape: Tape, number: int, occurrence: Occurrence) -> Operand:
    """Where nothing but chance is against an event."""
    on = draft.on(tape)
    may = tape.pure("MUL", IS_OPEN, on.condition(occurrence.event.when))
    if occurrence.memory is not None:
        may = tape.pure("MUL", may, tape.pure("EQ", on.cell(occurrence.memory), tape.number(NEVER)))
    return tape.pure("MUL", may, draft.site("allowed", number))


def _happen(draft: Draft, tape: Tape, outer: Region, number: int, occurrence: Occurrence, counter: Operand) -> None:
    """What follows where an event happens; the weights of its outcomes are worked out only there."""
    line, on, event = tape.line, draft.on(tape), occurrence.event
    happens = draft.site("happens", number)
    region = outer.inside()
    region.head.append(tape.unless(happens))
    if occurrence.memory is not None:
        kept = on.cell(occurrence.memory)
        region.body.append(line("PICK", kept, happens, on.cell(draft.layout.day), kept))
    stream = f"event-effect:{occurrence.id}"
    draft.cause(tape, region, event.effects, NOBODY, happens, Source(stream, "event", number))
    if not event.outcomes:
        return
    outcome, u, weights = draft.site("outcome", number), tape.register(), tape.register(len(event.outcomes))
    for nth, rule in enumerate(event.outcomes.values()):
        region.body.append(line("COPY", (weights[0], weights[1] + nth), on.number(rule.weight)))
    region.body.append(line("UNIFORM", u, counter, draft.stream(f"event:{occurrence.id}", 1), happens))
    region.body.append(line("OUTCOME", outcome, weights, u, plain(len(event.outcomes))))
    for nth, (name, rule) in enumerate(event.outcomes.items()):
        inside, this = region.inside(), tape.register()
        inside.head.append(line("EQ", this, outcome, tape.number(float(nth))))
        inside.head.append(line("MUL", this, this, happens))
        inside.head.append(tape.unless(this))
        source = Source(f"{stream}:{name}", "event", number, name)
        draft.cause(tape, inside, rule.effects, NOBODY, this, source)


def drift(draft: Draft) -> None:
    """Things move by themselves, all on the world as it stands; then what was put off falls due."""
    tape = draft.tape(p.DRIFT)
    on, scenario, layout = draft.on(tape), draft.scenario, draft.layout
    weeks, sums = tape.number(scenario.step / DAYS_IN_WEEK), dict[int, Operand]()
    for dynamic in scenario.dynamics.values():
        members = None if dynamic.each is None else scenario.members(dynamic.each)
        whos: Sequence[Who] = [NOBODY] if members is None else [Who(layout.actors[actor]) for actor in members]
        for place, text in dynamic.per_week.items():
            places = find_places(scenario, whos[0].names, place)
            assert places is not None, f"the checker refuses {place}"
            for row, who in [(on.row(reference, who), who) for reference in places.references for who in whos]:
                holds = tape.pure("MUL", IS_OPEN, on.condition(dynamic.when, who))
                amount = tape.pure("MUL", tape.pure("MUL", on.number(text, who), weeks), holds)
                sums[row] = tape.pure("ADD", sums[row], amount) if row in sums else amount
    assert not sums.keys() & layout.stamps.keys(), "the checker lets no flag drift"
    for row, more in sums.items():
        tape.root.body.append(tape.line("COPY", on.cell(row), on.held(tape.pure("ADD", on.cell(row), more), row)))
    late = draft.tape(p.DRIFT)
    late.root.body += [late.line("DUE"), late.line("SETTLE")]


def close(draft: Draft) -> None:
    """The clock moves to the first day after the pace, and the first ending that holds closes a run."""
    tape = draft.tape(p.CLOCK)
    day = draft.on(tape).cell(draft.layout.day)
    moved = tape.pure("ADD", day, tape.number(float(draft.scenario.step)))
    tape.root.body.append(tape.line("PICK", day, IS_OPEN, moved, day))
    tape, last = draft.tape(p.CLOSE), draft.scenario.turns - 1
    for number, ending in enumerate(draft.scenario.endings):
        holds = tape.number(1.0) if ending.when is None else draft.on(tape).condition(ending.when)
        region = tape.root
        if ending.at_end or ending.when is None:
            region = tape.root.inside()
            region.head.append(tape.line("JTICK", NOTHING, plain(last), plain(last)))
        region.body.append(tape.line("CLOSE", plain(number), holds))
