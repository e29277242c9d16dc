"""Questions to a side as code: how the rule answers, what takes place in silence, how they are put and closed."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from engine.rules.asks import SLACK
from engine.rules.layout import NOT_ASKED
from engine.rules.program import program as p
from engine.rules.program.draft import IS_OPEN, TICK, Draft
from engine.rules.program.tape import Operand, Tape, plain

if TYPE_CHECKING:
    from engine.rules.asks import Asking


def answer(draft: Draft) -> None:
    """Whoever is asked answers by the rule: it must, so that rates have no tempo."""
    for asking in draft.roster.askings:
        tape = draft.tape(p.DECIDE)
        region, u = tape.root.inside(), tape.register()
        region.head.append(
            tape.unless(draft.site("rate", asking.options.start), asking.options.stop - asking.options.start)
        )
        stream = draft.stream(f"ask:{asking.ask}:{asking.actor}")
        region.body.append(tape.line("UNIFORM", u, TICK, stream, IS_OPEN))
        first, last = plain(asking.options.start), plain(asking.options.stop)
        region.body.append(tape.line("ANSWER", first, last, u))


def fall_silent(draft: Draft) -> None:
    """What takes place where nothing was said in time."""
    tape = draft.tape(p.SILENCE)
    on = draft.on(tape)
    for asking in draft.roster.askings:
        until, day = on.cell(asking.row), on.cell(draft.layout.day)
        is_out = tape.pure("LE", tape.pure("SUB", until, day), tape.number(SLACK))
        silent = tape.pure("GT", tape.pure("MUL", _stands(draft, tape, asking), is_out), _answered(draft, tape, asking))
        said = _take(draft, asking.silence)
        tape.root.body.append(tape.line("OR", said, said, silent))


def close_answered(draft: Draft, tape: Tape) -> None:
    """What is answered is asked no longer."""
    on = draft.on(tape)
    for asking in draft.roster.askings:
        row = on.cell(asking.row)
        closes = tape.pure("MUL", _stands(draft, tape, asking), _answered(draft, tape, asking))
        tape.root.body.append(tape.line("PICK", row, closes, tape.number(NOT_ASKED), row))


def _stands(draft: Draft, tape: Tape, asking: Asking) -> Operand:
    return tape.pure("MUL", IS_OPEN, tape.pure("NE", draft.on(tape).cell(asking.row), tape.number(NOT_ASKED)))


def _answered(draft: Draft, tape: Tape, asking: Asking) -> Operand:
    taken = [_take(draft, number) for number in range(asking.options.start, asking.options.stop)]
    return reduce(lambda one, other: tape.pure("OR", one, other), taken)


def _take(draft: Draft, number: int) -> Operand:
    return draft.site("take", draft.roster.order[draft.roster.options[number]])
