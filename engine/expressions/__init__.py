"""Expressions: from text to a typed tree, closed and total.

Stages: `words` checks the text, `parser` reads it, `nodes` types it and works out its interval. The rules lower the
tree to instructions; what needs numpy is loaded when it is first asked for.
"""

import importlib
from typing import TYPE_CHECKING
from typing import Any as Anything

from engine.expressions.errors import ExpressionError, Fault, nearest
from engine.expressions.functions import FUNCTIONS, Function, GroupFunction, NumberFunction
from engine.expressions.kinds import Kind, Names, Symbol
from engine.expressions.parser import MOST_NODES, parse
from engine.expressions.tree import (
    All,
    Any,
    Binary,
    Call,
    Choice,
    Compare,
    Expression,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Over,
    YesNo,
    children,
    walk,
)
from engine.expressions.words import MOST_CHARACTERS, MOST_LEVELS

if TYPE_CHECKING:
    from engine.expressions.portable import cosine_of_turns, exponential, logarithm, logistic, power

_LATE = {
    "cosine_of_turns": "portable",
    "exponential": "portable",
    "logarithm": "portable",
    "logistic": "portable",
    "power": "portable",
}
"What needs numpy, and the module that has it."


def __getattr__(name: str) -> Anything:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LATE[name]}"), name)


__all__ = [
    "FUNCTIONS",
    "MOST_CHARACTERS",
    "MOST_LEVELS",
    "MOST_NODES",
    "All",
    "Any",
    "Binary",
    "Call",
    "Choice",
    "Compare",
    "Expression",
    "ExpressionError",
    "Fault",
    "Function",
    "GroupFunction",
    "Kind",
    "Name",
    "Names",
    "Negate",
    "Node",
    "Not",
    "Number",
    "NumberFunction",
    "Over",
    "Symbol",
    "YesNo",
    "children",
    "cosine_of_turns",
    "exponential",
    "logarithm",
    "logistic",
    "nearest",
    "parse",
    "power",
    "walk",
]
