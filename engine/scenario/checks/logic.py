"""Conditions whose parts say the same twice, or the opposite: they hold always or never, whatever their names mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from engine.expressions import Expression, Kind, Node, tree
from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.problems import quoted
from engine.scenario.walk import NAME, formulas

MOST_ATOMS = 6
"""Different parts of a condition for which all combinations are tried."""

NEGATED = {">=": "<", "<=": ">", "!=": "=="}
"""Comparisons that hold where another does not."""

WORDS = frozenset({"and", "or", "not", "if", "else"})
"""Words of conditions that are no names."""

Truth = dict[str, bool]


def check_logic(context: Context) -> None:
    """Warns of conditions, and parts of them, that hold always or never by logic alone."""
    conditions = [
        (formula.path, context.parsed(formula)) for formula in formulas(context.scenario) if is_asked(formula)
    ]
    for name, measure in context.parser.measures.items():
        if measure.root.kind is Kind.YESNO:
            conditions.append((("measures", name, "value"), measure))
    for path, condition in conditions:
        found = decided(condition, condition.root)
        if found is not None:
            tell(context, path, *found)


def is_asked(formula: object) -> bool:
    """Whether an expression is a condition whose parts may repeat each other."""
    text, kind = getattr(formula, "text", ""), getattr(formula, "kind", None)
    if kind is not Kind.YESNO or not (" and " in text or " or " in text):
        return False
    names = [name for name in NAME.findall(text) if name not in WORDS]
    return len(set(names)) < len(names)


def tell(context: Context, path: Path, text: str, holds: bool) -> None:
    """Notes a part that is decided, unless that is told already."""
    place = context.document.locate(path)
    if any((problem.line, problem.column) == place for problem in context.problems.found):
        return
    if path[0] == "expect":
        always = "always" if holds else "never"
        context.note("W610", path, f"says nothing: {quoted(text)} {always} holds, whatever happens")
    elif holds:
        context.note("W611", path, f"{quoted(text)} always holds, so it asks for nothing")
    else:
        context.note("W614", path, f"{quoted(text)} never holds: its parts contradict each other")


def decided(condition: Expression, node: Node) -> tuple[str, bool] | None:
    """The text of the outermost part that holds always or never, and which of the two."""
    if isinstance(node, (tree.All, tree.Any, tree.Not)):
        words = list(atoms(condition, node))
        if len(set(words)) < len(words) and len(set(words)) <= MOST_ATOMS:
            names = sorted(set(words))
            truths = {
                value(condition, node, dict(zip(names, row, strict=True)))
                for row in product((False, True), repeat=len(names))
            }
            if len(truths) == 1:
                return text_of(condition, node), truths.pop()
    return next((found for part in tree.children(node) if (found := decided(condition, part)) is not None), None)


def atoms(condition: Expression, node: Node) -> Iterator[str]:
    """The parts of a condition that logic does not look into, each by its text, repeats included."""
    match node:
        case tree.All(parts) | tree.Any(parts):
            for part in parts:
                yield from atoms(condition, part)
        case tree.Not(operand):
            yield from atoms(condition, operand)
        case tree.YesNo():
            return
        case _:
            yield atom(condition, node)[0]


def value(condition: Expression, node: Node, truth: Truth) -> bool:
    """Whether a part holds where these atoms do."""
    match node:
        case tree.All(parts):
            return all(value(condition, part, truth) for part in parts)
        case tree.Any(parts):
            return any(value(condition, part, truth) for part in parts)
        case tree.Not(operand):
            return not value(condition, operand, truth)
        case tree.YesNo(value=said):
            return said
    word, holds = atom(condition, node)
    return truth[word] is holds


def atom(condition: Expression, node: Node) -> tuple[str, bool]:
    """A part by its text, a comparison by the one of which it is the opposite; and whether it is that one itself."""
    if isinstance(node, tree.Compare) and len(node.rest) == 1 and node.rest[0][0] in NEGATED:
        (op, right) = node.rest[0]
        return f"{bare(condition, node.first)}{NEGATED[op]}{bare(condition, right)}", False
    return bare(condition, node), True


def bare(condition: Expression, node: Node) -> str:
    """The text of a part without spaces."""
    return text_of(condition, node).replace(" ", "")


def text_of(condition: Expression, node: Node) -> str:
    """The text of a part."""
    return condition.text[node.span[0] - condition.origin : node.span[1] - condition.origin]
