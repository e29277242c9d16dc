"""From text to a typed tree, by way of Python's own grammar."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from itertools import count

from engine.expressions import nodes
from engine.expressions.errors import ExpressionError, Fault, did_you_mean
from engine.expressions.functions import FUNCTIONS, Function, GroupFunction, NumberFunction
from engine.expressions.kinds import Kind, Names, Symbol
from engine.expressions.tree import Expression, Node
from engine.expressions.words import MOST_LEVELS, Word, read_words

MOST_NODES = 120
"Numbers, names, operators and functions that an expression may have together."

_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_OTHER_SPELLINGS = {"true": "True", "yes": "True", "false": "False", "no": "False"}


def parse(text: str, names: Names, expected: Kind | None = None) -> Expression:
    """Read an expression; where a number is expected, a yes/no becomes `1 if it else 0`.

    Raises ExpressionError, and nothing else whatever the text.
    """
    body = text.rstrip(" \n")
    words = read_words(body)
    root = _Reader(names, {word.start: word.text for word in words}).read(_python_tree(body, words), level=1)
    if expected is Kind.YESNO:
        nodes.need_yes_no(root)
    return Expression(text, nodes.as_number(root) if expected is Kind.NUMBER else root)


def _python_tree(body: str, words: list[Word]) -> ast.expr:
    """Parse with each dot of a name masked, so that a dotted name is one name even if it has `is` or `in` inside."""
    pieces = list(body)
    for word in words:
        if word.text[0].isalpha() or word.text[0] == "_":
            pieces[word.start : word.start + len(word.text)] = word.text.replace(".", "_")
    try:
        return ast.parse("(" + "".join(pieces) + ")", mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        first = next((word.start for word in words if word.text in ("if", "else")), 0)
        raise ExpressionError("this cannot be read: write a choice as a if condition else b", first) from None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns Python's nodes into ours, counting them."""

    names: Names
    source: dict[int, str]
    "The words of the text by where they begin, names still with their dots."
    counter: count[int] = field(default_factory=lambda: count(1))

    def read(self, node: ast.expr, level: int) -> Node:
        """Read one node; a chain of operators such as a + b + c is one level."""
        span = _span(node)
        if next(self.counter) > MOST_NODES:
            raise ExpressionError(
                f"more than {MOST_NODES} parts: split the expression into measures", span[0], Fault.LENGTH
            )
        if level > MOST_LEVELS:
            raise ExpressionError(f"more than {MOST_LEVELS} levels inside each other: simplify", span[0], Fault.LENGTH)
        return self._made(node, span, level)

    def _made(self, node: ast.expr, span: nodes.Span, level: int) -> Node:
        match node:
            case ast.Constant(bool() as value):
                return nodes.yes_no(value, span)
            case ast.Constant(int() | float() as value):
                return nodes.number(float(value), span)
            case ast.Name():
                return self._name(span)
            case ast.UnaryOp(op, operand):
                return self._unary(op, self.read(operand, level + 1), span)
            case ast.BinOp(left, op, right):
                first = self.read(left, level if isinstance(left, ast.BinOp) else level + 1)
                return nodes.binary(_ARITHMETIC[type(op)], first, self.read(right, level + 1), span)
            case ast.Compare(left, ops, comparators):
                first, *others = self._all([left, *comparators], level)
                signs = [_COMPARISONS[type(op)] for op in ops]
                return nodes.compare(first, tuple(zip(signs, others, strict=True)), span)
            case ast.BoolOp(op, values):
                make = nodes.both if isinstance(op, ast.And) else nodes.either
                return make(tuple(self._all(values, level)), span)
            case ast.IfExp(test, then, otherwise):
                condition, *arms = self._all([test, then, otherwise], level)
                return nodes.choice(condition, arms[0], arms[1], span)
            case ast.Call(ast.Name() as called, arguments):
                return self._call(called, arguments, span, level)
            case ast.Call():
                raise ExpressionError("only a function of the table can be called: name it before the bracket", span[0])
            case _:
                raise ExpressionError("a comma stands only between the arguments of a function", span[0])

    def _all(self, parts: list[ast.expr], level: int) -> list[Node]:
        return [self.read(part, level + 1) for part in parts]

    def _unary(self, op: ast.unaryop, operand: Node, span: nodes.Span) -> Node:
        if isinstance(op, ast.Not):
            return nodes.deny(operand, span)
        return nodes.negate(operand, span) if isinstance(op, ast.USub) else nodes.as_number(operand)

    def _name(self, span: nodes.Span) -> Node:
        name = self.source[span[0]]
        symbol = self.names.find(name)
        if symbol is None:
            raise ExpressionError(self._unknown(name), span[0], Fault.UNKNOWN)
        return nodes.name(name, symbol, span)

    def _unknown(self, name: str) -> str:
        if name in FUNCTIONS:
            return f'"{name}" is a function: write {FUNCTIONS[name].signature}'
        if name in _OTHER_SPELLINGS:
            return f'unknown name "{name}", did you mean "{_OTHER_SPELLINGS[name]}"?'
        instead = self.names.gone(name)
        if instead is not None:
            return f'"{name}" is a name no longer: {instead}'
        return f'unknown name "{name}"' + did_you_mean(name, self.names.known())

    def _call(self, called: ast.Name, arguments: list[ast.expr], span: nodes.Span, level: int) -> Node:
        function = self._function(self.source[_span(called)[0]], span[0])
        _check_arity(function, len(arguments), span[0])
        if isinstance(function, GroupFunction):
            return nodes.over(function, self._member(function, arguments[0]), self._group(arguments[1]), span)
        assert isinstance(function, NumberFunction)
        return nodes.call(function, tuple(self._all(arguments, level)), span)

    def _function(self, name: str, offset: int) -> Function:
        function = FUNCTIONS.get(name)
        if function is None:
            hint = did_you_mean(name, FUNCTIONS) or f": the functions are {', '.join(FUNCTIONS)}"
            raise ExpressionError(f'unknown function "{name}"{hint}', offset, Fault.FUNCTION)
        return function

    def _member(self, function: GroupFunction, argument: ast.expr) -> Symbol:
        offset = _span(argument)[0]
        name = self._bare_name(
            argument, f"the first argument of {function.signature} is the name of what each actor has"
        )
        symbol = self.names.find_member(name)
        if symbol is None:
            hint = did_you_mean(name, self.names.known_members())
            raise ExpressionError(f'unknown name "{name}" for what each actor has{hint}', offset, Fault.UNKNOWN)
        if symbol.kind is not function.member:
            message = f'"{name}" is a {symbol.kind.value}, but {function.signature} needs a {function.member.value}'
            raise ExpressionError(message, offset, Fault.KIND)
        return symbol

    def _group(self, argument: ast.expr) -> tuple[str, ...]:
        offset = _span(argument)[0]
        name = self._bare_name(argument, "the second argument of a group function is the name of a group")
        group = self.names.find_group(name)
        if group is None:
            hint = did_you_mean(name, self.names.known_groups())
            raise ExpressionError(f'unknown group "{name}"{hint}', offset, Fault.UNKNOWN)
        if not group:
            raise ExpressionError(f'the group "{name}" has no members: it needs at least one', offset)
        return group

    def _bare_name(self, argument: ast.expr, otherwise: str) -> str:
        span = _span(argument)
        if not isinstance(argument, ast.Name):
            raise ExpressionError(otherwise, span[0])
        return self.source[span[0]]


def _span(node: ast.expr) -> nodes.Span:
    """Return where a node stands in the text, one character less than in the bracketed text that Python read."""
    end = node.end_col_offset
    assert end is not None
    return max(node.col_offset - 1, 0), end - 1


def _check_arity(function: Function, given: int, offset: int) -> None:
    if function.least <= given <= function.most:
        return
    few, many = function.least, function.most
    wanted = f"{few} to {many} arguments" if few < many else f"{few} argument{'s' if few > 1 else ''}"
    raise ExpressionError(f"{function.signature} takes {wanted}, not {given}", offset)
