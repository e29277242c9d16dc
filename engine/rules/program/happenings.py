"""What nobody chooses, as code: the calendar, drift, events, the clock and endings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.rules.layout import NEVER
from engine.rules.program import program as p
from engine.rules.program.draft import IS_OPEN, TICK, Draft, Source
from engine.rules.program.program import Gamble
from engine.rules.program.tape import NOTHING, Operand, Region, Tape, plain
from engine.rules.program.trees import NOBODY, Who
from engine.scenario.fields import HOURS_IN_DAY
from engine.scenario.names import find_places

if TYPE_CHECKING:
    from engine.rules.happenings import Occurrence

DAYS_IN_WEEK = 7.0


def calendar(draft: Draft) -> None:
    """A pace opens: dated events come due."""
    dated = [(number, event) for number, event in enumerate(draft.roster.occurrences) if event.due is not None]
    for due in sorted({event.due for _, event in dated if event.due is not None}):
        tape = draft.tape(p.CALENDAR)
        region = tape.root.inside()
        region.head.append(tape.line("JTICK", NOTHING, plain(due), plain(due)))
        for number, occurrence in dated:
            if occurrence.due == due:
                _happen(draft, tape, region, number, occurrence)
        region.body.append(tape.line("SETTLE"))


def chance(draft: Draft) -> None:
    """Undated events happen, or not, all judged on one state of the world."""
    tape = draft.tape(p.CHANCE)
    for number, occurrence in enumerate(draft.roster.occurrences):
        if occurrence.due is None:
            _happen(draft, tape, tape.root, number, occurrence)
    tape.root.body.append(tape.line("SETTLE"))


def _happen(draft: Draft, tape: Tape, outer: Region, number: int, occurrence: Occurrence) -> None:
    """An event, and what follows where it happens; the weights of its outcomes are worked out only there."""
    line, on, event = tape.line, draft.on(tape), occurrence.event
    happens, region = draft.site("happens", number), outer.inside()
    region.head += tape.every(happens, may_happen(draft, tape, occurrence), draft.site("allowed", number))
    chance = probability(draft, tape, occurrence)
    if chance is not None:
        u = tape.register()
        region.head.append(line("UNIFORM", u, TICK, draft.stream(f"event:{occurrence.id}", 0), happens))
        region.head.append(line("ADD", u, u, draft.luck(Gamble("event", number, None, p.HAPPENS))))
        region.head.append(line("LT", u, u, chance))
        region.head.append(line("MUL", happens, happens, u))
    region.head.append(tape.unless(happens))
    if occurrence.memory is not None:
        kept = on.cell(occurrence.memory)
        region.body.append(line("PICK", kept, happens, on.cell(draft.layout.day), kept))
    stream = f"event-effect:{occurrence.id}"
    draft.cause(tape, region, event.effects, NOBODY, happens, Source(stream, "event", number))
    if event.outcomes:
        _turn_out(draft, tape, region, number, occurrence)


def _turn_out(draft: Draft, tape: Tape, region: Region, number: int, occurrence: Occurrence) -> None:
    """One of an event's outcomes, and what follows from it."""
    line, on, outcomes = tape.line, draft.on(tape), occurrence.event.outcomes
    happens, outcome = draft.site("happens", number), draft.site("outcome", number)
    u, weights = tape.register(), tape.register(len(outcomes))
    for nth, rule in enumerate(outcomes.values()):
        region.body.append(line("COPY", (weights[0], weights[1] + nth), on.number(rule.weight)))
    region.body.append(line("UNIFORM", u, TICK, draft.stream(f"event:{occurrence.id}", 1), happens))
    region.body.append(line("ADD", u, u, draft.luck(Gamble("event", number, None, p.TURNS_OUT))))
    region.body.append(line("OUTCOME", outcome, weights, u, plain(len(outcomes))))
    for nth, (name, rule) in enumerate(outcomes.items()):
        inside, this = region.inside(), tape.register()
        inside.head.append(line("ANDEQ", this, happens, outcome, tape.number(float(nth))))
        inside.head.append(tape.unless(this))
        source = Source(f"event-effect:{occurrence.id}:{name}", "event", number, name)
        draft.cause(tape, inside, rule.effects, NOBODY, this, source)


def may_happen(draft: Draft, tape: Tape, occurrence: Occurrence) -> Operand:
    """Where nothing but chance is against an event."""
    on = draft.on(tape)
    may = tape.pure("MUL", IS_OPEN, on.condition(occurrence.event.when))
    if occurrence.memory is not None:
        may = tape.pure("MUL", may, tape.pure("EQ", on.cell(occurrence.memory), tape.number(NEVER)))
    return may


def probability(draft: Draft, tape: Tape, occurrence: Occurrence) -> Operand | None:
    """The chance of an event in this pace; None where it is sure."""
    event, on, one = occurrence.event, draft.on(tape), tape.number(1.0)
    if event.chance_per_week is None:
        return None if event.chance is None else on.probability(event.chance)
    weeks = tape.number(draft.scenario.timeline.pace_in_days / DAYS_IN_WEEK)
    kept = tape.pure("POWER", tape.pure("SUB", one, on.probability(event.chance_per_week)), weeks)
    return tape.pure("SUB", one, kept)


def drift(draft: Draft) -> None:
    """Things move by themselves, all on the world as it stands; then what was put off falls due."""
    tape = draft.tape(p.DRIFT)
    on, scenario, layout = draft.on(tape), draft.scenario, draft.layout
    weeks, sums = tape.number(scenario.timeline.pace_in_days / DAYS_IN_WEEK), dict[int, Operand]()
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
    timeline = draft.scenario.timeline
    tape = draft.tape(p.CLOCK)
    day = draft.on(tape).cell(draft.layout.day)
    hours = tape.pure("MUL", tape.pure("ADD", TICK, tape.number(1.0)), tape.number(float(timeline.hours_in_pace)))
    moved = tape.pure("DIV", hours, tape.number(float(HOURS_IN_DAY)))
    tape.root.body.append(tape.line("PICK", day, IS_OPEN, moved, day))
    tape, last = draft.tape(p.CLOSE), timeline.paces - 1
    for number, ending in enumerate(draft.scenario.endings):
        holds = tape.number(1.0) if ending.when is None else draft.on(tape).condition(ending.when)
        region = tape.root
        if ending.at_end or ending.when is None:
            region = tape.root.inside()
            region.head.append(tape.line("JTICK", NOTHING, plain(last), plain(last)))
        region.body.append(tape.line("CLOSE", plain(number), holds))
