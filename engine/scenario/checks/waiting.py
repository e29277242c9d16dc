"""Counts of days since a flag, which are -1 while it is down: a `<` that holds then, too, was seldom meant so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.expressions import Expression, Symbol, tree
from engine.expressions.ranges import ALWAYS, NEVER
from engine.scenario.assumptions import Assumptions
from engine.scenario.attainable import STAGEHANDS, Cast
from engine.scenario.checks.context import Context
from engine.scenario.checks.reach import conditions_of
from engine.scenario.document import Path
from engine.scenario.names import Reference
from engine.scenario.problems import quoted
from engine.scenario.walk import NOBODY, News, Scopes, changes_of_action, changes_of_event, choices, scopes_of, words_of

DOWN = (-1.0, -1.0)
"""Days since a flag that is down."""

COUNTS = {"since_flag": "flag", "since_actor_flag": "actor_flag"}
"""Counts of days, and what they count from."""

SINCE = "days_since."

Group = tuple[dict[Path, str], Path | None, Scopes, Cast]
"""Conditions that hold together, which of them is looked at (all, where none is named), and who is meant."""


def check_waiting(context: Context) -> None:
    """Warns of `days_since.FLAG < n` where nothing asks whether the flag is up."""
    told: set[Path] = set()
    for conditions, only, scopes, cast in groups(context):
        if not any(SINCE in text for text in conditions.values()):
            continue
        parsed = {path: context.parser.condition(text, scopes) for path, text in conditions.items()}
        for path, condition in parsed.items():
            is_asked = path not in told and only in (None, path) and SINCE in condition.text
            if is_asked and look(context, path, condition, list(parsed.values()), cast):
                told.add(path)


def groups(context: Context) -> Iterator[Group]:
    """Conditions that have to hold together."""
    s = context.scenario
    for path, action in choices(s):
        cast, scopes = context.state.cast_of(action), scopes_of(action)
        legal = conditions_of(path, action)
        yield legal, None, scopes, cast
        for changes in changes_of_action(path, action):
            around = {} if changes.news is News.VOTE else legal
            for where, change in changes.items():
                if change.when is not None:
                    yield {**around, (*where, "when"): change.when}, (*where, "when"), changes.scopes, cast
    for name, event in s.events.items():
        own: dict[Path, str] = {("events", name, "when"): event.when}
        yield own, None, NOBODY, STAGEHANDS
        for changes in changes_of_event(("events", name), event):
            for where, change in changes.items():
                if change.when is not None:
                    yield {**own, (*where, "when"): change.when}, (*where, "when"), NOBODY, STAGEHANDS
    for number, ending in enumerate(s.endings):
        if ending.when is not None:
            yield {("endings", number, "when"): ending.when}, None, NOBODY, STAGEHANDS


def look(context: Context, path: Path, condition: Expression, together: Sequence[Expression], cast: Cast) -> bool:
    """Warns of the first such comparison in a condition; returns whether there is one."""
    for node in tree.walk(condition.root):
        if not isinstance(node, tree.Compare):
            continue
        for symbol in counts_in(node):
            flag = flag_of(symbol)
            if asks_for(flag, together) or not holds_while_down(context, node, symbol, flag, together, cast):
                continue
            said = condition.text[node.span[0] - condition.origin : node.span[1] - condition.origin]
            count = next(name.name for name in tree.walk(node) if isinstance(name, tree.Name) and name.symbol == symbol)
            up = count.removeprefix(SINCE)
            message = (
                f"{quoted(said)} holds while {up} is down, too, since {count} is -1 then: ask for the flag as well"
            )
            context.note("W318", path, message)
            return True
    return False


def counts_in(node: tree.Compare) -> Iterator[Symbol]:
    """The counts of days since a flag that a comparison compares."""
    for part in tree.children(node):
        reference = part.symbol.reference if isinstance(part, tree.Name) else None
        if isinstance(part, tree.Name) and isinstance(reference, Reference) and reference.kind in COUNTS:
            yield part.symbol


def flag_of(symbol: Symbol) -> Reference:
    """The flag from which days are counted."""
    reference = symbol.reference
    assert isinstance(reference, Reference)
    return Reference(COUNTS[reference.kind], reference.id, reference.who)


def asks_for(flag: Reference, conditions: Iterable[Expression]) -> bool:
    """Whether any of some conditions names the flag itself."""
    return any(
        isinstance(symbol.reference, Reference) and symbol.reference[:2] == flag[:2]
        for condition in conditions
        for symbol in condition.symbols()
    ) or any(flag.id in words_of([part]) for condition in conditions for part in without_counts(condition.text))


def without_counts(text: str) -> Iterator[str]:
    """The words of a condition but for its counts of days."""
    yield " ".join(word for word in text.replace("(", " ").replace(")", " ").split() if not word.startswith(SINCE))


def holds_while_down(
    context: Context, node: tree.Compare, symbol: Symbol, flag: Reference, together: Sequence[Expression], cast: Cast
) -> bool:
    """Whether a comparison holds, and all conditions with it can, while the flag is down."""
    down = Assumptions(context.state.known(cast))
    down.narrowed = {symbol.reference: DOWN, flag: NEVER}
    if down.interval(node) != ALWAYS:
        return False
    return all(down.interval(condition.root) != NEVER for condition in together)
