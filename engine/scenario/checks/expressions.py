"""Expressions and effects: names that mean something there, the right kinds, chances that can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from engine.expressions import Expression, Kind
from engine.scenario.attainable import measures_in
from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.limits import LONGEST_CHAIN, MOST_CHANCES_IN_LIST, MOST_CHANCES_ON_ISSUE
from engine.scenario.models import Action
from engine.scenario.names import Places, Reference, find_places
from engine.scenario.problems import listed, quoted
from engine.scenario.walk import (
    MEMBER,
    NOBODY,
    ChangeList,
    Formula,
    Scopes,
    change_lists,
    changes_of_action,
    choices,
    formulas,
    says_target,
)

NOUNS = {
    "issue": "an issue",
    "value": "a value",
    "flag": "a flag",
    "actor_flag": "an actor flag",
    "position": "a position",
}
"""What places are called."""


def check_expressions(context: Context) -> None:
    """Notes every expression and effect that does not fit its place."""
    context.parse_measures()
    check_chains(context)
    for formula in formulas(context.scenario):
        parsed = context.expression(formula)
        if parsed is not None and formula.path[-1] in ("chance", "chance_per_week") and formula.path[0] != "expect":
            check_chance(context, formula, parsed)
    for changes in change_lists(context.scenario):
        check_changes(context, changes)
    for name, dynamic in context.scenario.dynamics.items():
        scopes = MEMBER if dynamic.each is not None else NOBODY
        check_places(context, ("dynamics", name, "per_week"), dynamic.per_week, scopes, adds=True)
    for path, action in choices(context.scenario):
        check_chances_on_issues(context, path, action)
    check_weights(context)


def check_chains(context: Context) -> None:
    """Notes the first measure that stands on too long a chain of others."""
    depths: dict[str, int] = {}
    for name, measure in context.parser.measures.items():
        depths[name] = 1 + max((depths.get(used, 0) for used in measures_in(measure)), default=0)
        if depths[name] > LONGEST_CHAIN:
            message = f"stands on a chain of {LONGEST_CHAIN} other measures: at most {LONGEST_CHAIN} may be in a chain"
            context.note("E901", ("measures", name), message, key=True)
            return


def check_chance(context: Context, formula: Formula, parsed: Expression) -> None:
    """Notes a probability that can never be one."""
    if parsed.high < 0 or parsed.low > 1:
        between = f"{parsed.low:g}" if parsed.low == parsed.high else f"{parsed.low:g} to {parsed.high:g}"
        context.note("E305", formula.path, f"a chance lies between 0 and 1, this is {between}")


def check_changes(context: Context, changes: ChangeList) -> None:
    """Notes what is wrong with the effects of one list."""
    for path, change in changes.items():
        added = check_places(context, (*path, "add"), change.add, changes.scopes, adds=True)
        put = check_places(context, (*path, "set"), change.set, changes.scopes, adds=False)
        if changes.is_belief:
            check_belief(context, added | put)
    with_chance = [number for number, change in enumerate(changes.changes) if change.chance is not None]
    if len(with_chance) > MOST_CHANCES_IN_LIST:
        context.note(
            "E306",
            (*changes.path, with_chance[MOST_CHANCES_IN_LIST], "chance"),
            f"is the chance number {MOST_CHANCES_IN_LIST + 1} of this list: at most {MOST_CHANCES_IN_LIST} are allowed",
        )


def check_places(
    context: Context, path: Path, written: Mapping[str, str], scopes: Scopes, adds: bool
) -> dict[Path, Places]:
    """Notes places that are none, and amounts that don't fit them; returns the places that are."""
    found: dict[Path, Places] = {}
    first_of: dict[Reference, str] = {}
    for name, text in written.items():
        where = (*path, name)
        places = find_places(context.scenario, scopes, name)
        if places is None:
            context.unknown(where, "place", name, context.places(scopes), key=True)
            continue
        found[where] = places
        kind = places.references[0].kind
        if adds and places.kind is Kind.YESNO:
            context.note("E307", where, f"{quoted(name)} is {NOUNS[kind]}: it can be set, not added to", key=True)
            continue
        same = first_of.setdefault(places.references[0], name)
        if same != name and kind == "flag":
            context.note("E308", where, f"{quoted(name)} is the same place as {quoted(same)}", key=True)
        context.expression(Formula(where, text, places.kind, scopes))
    return found


def check_belief(context: Context, places: Mapping[Path, Places]) -> None:
    """Notes beliefs about anything but issues."""
    for path, place in places.items():
        kind = place.references[0].kind
        if kind != "issue":
            context.note("E309", path, f"a belief moves issues only, {quoted(path[-1])} is {NOUNS[kind]}", key=True)


def check_chances_on_issues(context: Context, path: Path, action: Action) -> None:
    """Notes an action, or answer, on whose gain too many chances bear at once."""
    counts: dict[str, Counter[str]] = {}
    for changes in changes_of_action(path, action):
        key = str(changes.path[-1]).partition("_")[0]
        times = 1 if action.each is None else len(context.scenario.members(action.each.of))
        counts.setdefault(key, Counter()).update(issues_by_chance(context, changes, times))
    always = counts.get("effects", Counter()) + counts.get("expects", Counter())
    for outcome in (counts.get("pass", Counter()), counts.get("fail", Counter())):
        together = always + outcome
        over = [issue for issue, number in together.items() if number > MOST_CHANCES_ON_ISSUE]
        if over:
            context.note(
                "E306",
                path,
                f"{together[over[0]]} chances bear on {listed(over)}: at most {MOST_CHANCES_ON_ISSUE} are allowed",
                key=True,
            )
            return


def issues_by_chance(context: Context, changes: ChangeList, times: int) -> Iterator[str]:
    """The issues that effects or beliefs of a list move by chance, once for each, and for each of so many targets."""
    for change in changes.changes:
        if change.chance is not None:
            issues = {*change.add, *change.set} & context.scenario.issues.keys()
            yield from [*issues] * (times if says_target(change) else 1)


def check_weights(context: Context) -> None:
    """Notes events none of whose outcomes can happen."""
    for name, event in context.scenario.events.items():
        outcomes = {("events", name, "outcomes", key, "weight"): o.weight for key, o in event.outcomes.items()}
        weights = [context.expression(Formula(path, text, Kind.NUMBER, NOBODY)) for path, text in outcomes.items()]
        if weights and all(weight is not None and weight.high <= 0 for weight in weights):
            context.note("E310", ("events", name, "outcomes"), "none of the outcomes has a weight above 0", key=True)
