"""Whether an option is legal, part by part, and what its action does by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import TYPE_CHECKING

from engine.expressions import Kind, tree
from engine.expressions.tree import Node
from engine.rules.layout import NEVER
from engine.rules.program.expressions import Lowering
from engine.rules.program.tape import Operand
from engine.rules.program.trees import Who
from engine.scenario.names import Reference

if TYPE_CHECKING:
    from engine.rules.options import Block
    from engine.rules.replies import Calls
    from engine.scenario.models import Belief, Each, Effect


def alone(block: Block) -> list[Effect | Belief]:
    """What is expected of an action by itself."""
    return [*block.action.effects, *block.action.expects]


def scope_of(block: Block) -> frozenset[str]:
    """The words that mean somebody in an action."""
    return Who(0, None if block.action.one_of is None else 0).names


def conditions(on: Lowering, block: Block) -> Iterator[tuple[str, Node]]:
    """Each condition of an action under the words, or the text, that say it."""
    names = scope_of(block)
    for part in on.parser.expression(block.action.when, Kind.YESNO, names).conjuncts():
        yield part.text, part.root
    for words, text in block.action.needs.items():
        yield words, on.parser.expression(text, Kind.YESNO, names).root


def rested(on: Lowering, block: Block, nth: int) -> Operand:
    """Whether an option was never done, or long enough ago."""
    assert block.memory is not None
    last = on.cell(block.memory + nth)
    if block.action.once:
        return on.tape.pure("EQ", last, on.tape.number(NEVER))
    assert block.action.cooldown is not None
    return on.tape.pure("GE", on.since(last), on.known(block.action.cooldown))


def is_called_for(on: Lowering, calls: Calls, nth: int) -> Operand:
    """Whether a reply was called for lately, and not made."""
    since = on.since(on.cell(calls.rows.start + nth))
    return on.tape.pure("LE", since, on.known(calls.reply.within))


def somebody(on: Lowering, each: Each, who: Who) -> Operand:
    """Whether an act at several at once has anybody at whom it is directed."""
    held = [holds for _, holds in on.several(each, who)]
    return reduce(lambda one, other: on.tape.pure("OR", one, other), held, on.tape.number(0.0))


def speaks_of(node: Node, names: Iterable[str]) -> bool:
    """Whether an expression says ``self`` or ``target``."""
    return any(
        isinstance(part, tree.Name)
        and isinstance(part.symbol.reference, Reference)
        and part.symbol.reference.who in names
        for part in tree.walk(node)
    )
