"""`brink diff`: what another scenario means otherwise, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from engine import batch
from engine.batch.analysis.arms import Arm, Couple
from engine.batch.analysis.compare import Comparison, compare_arms
from engine.batch.design.planning import plan_from_arguments
from engine.batch.storage.results import Results
from engine.cli.arguments import Arguments
from engine.cli.commands.compare import as_json as comparison_as_json
from engine.cli.commands.compare import tell as tell_comparison
from engine.cli.figures import plain
from engine.cli.paper import BAD, GOOD, LOUD, QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.cli.progress import progress_bar
from engine.cli.scenarios import scenario_of
from engine.prose import counted
from engine.scenario.changes import ADDED, CHANGED, MOVED, REMOVED, RULES, TESTS, WORDS, Change, changes, spelled
from engine.scenario.models import Scenario

HEADINGS = {
    RULES: ("Rules", "how games go"),
    WORDS: ("Words and evidence", "how they are told, and what they rest on"),
    TESTS: ("Tests", "what is promised of them"),
}

SIGNS = {ADDED: Text("+", GOOD), REMOVED: Text("-", BAD), CHANGED: Text("~", LOUD), MOVED: Text("~", LOUD)}


def execute(arguments: Arguments) -> int:
    """Compares the two, plays both on the same chance unless told not to, and prints."""
    first, second = scenario_of(arguments.scenario), scenario_of(arguments.second)
    found = changes(first, second)
    comparison = played(arguments, first, second) if arguments.runs else None
    if arguments.json:
        print_json(plain(as_json(arguments, found, comparison)))
    else:
        tell(Paper(), arguments, found, comparison)
    return 0


def played(arguments: Arguments, first: Scenario, second: Scenario) -> Comparison:
    """Both scenarios on the same chance: a draw depends on what it decides and not on the scenario it is in."""
    before = Arm(arguments.scenario, results_of(arguments, first), {0: 0})
    now = Arm(arguments.second, results_of(arguments, second), {0: 0})
    return compare_arms(Couple(before, now, share_chance=True))


def results_of(arguments: Arguments, scenario: Scenario) -> Results:
    """One batch in memory."""
    plan = plan_from_arguments(scenario, runs=arguments.runs, seed=arguments.seed)
    with progress_bar() as progress:
        return batch.run_plan(plan, workers=arguments.workers, progress=progress)


def tell(paper: Paper, arguments: Arguments, found: Sequence[Change], comparison: Comparison | None) -> None:
    """The changes, part by part, and then the differences that they make."""
    paper.title(f"From {arguments.scenario} to {arguments.second}")
    paper.put(as_text(sum_of(found), QUIET))
    for part, (heading, aside) in HEADINGS.items():
        lines = [change for change in found if change.bears_on == part]
        if lines:
            paper.heading(heading, aside)
        for change in lines:
            tell_change(paper, change)
    if comparison is not None:
        paper.blank()
        tell_comparison(paper, comparison, arguments.every)


def sum_of(found: Sequence[Change]) -> str:
    """How many changes there are."""
    if not found:
        return "They mean the same."
    counts = {kind: sum(change.kind == kind for change in found) for kind in (ADDED, REMOVED, CHANGED, MOVED)}
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    return f"{counted(len(found), 'difference')} in meaning: {said}"


def tell_change(paper: Paper, change: Change) -> None:
    """One change: where, from what to what."""
    paper.item(Text.assemble(as_text(change.where), "  ", as_text(change.words, QUIET)), mark=SIGNS[change.kind])
    for line in values(change):
        paper.put(as_text(line), indent=2)


def values(change: Change) -> Iterator[str]:
    """What was written, and what is written now."""
    match change.kind:
        case "added":
            yield f"now {spelled(change.new)}"
        case "removed":
            yield f"was {spelled(change.old)}"
        case "moved":
            yield f"the order was {spelled(change.old)}"
            yield f"it is now {spelled(change.new)}"
        case _:
            yield f"was {spelled(change.old)}, now {spelled(change.new)}"


def as_json(arguments: Arguments, found: Sequence[Change], comparison: Comparison | None) -> dict[str, Any]:
    """The same in plain dictionaries and lists."""
    return {
        "first": arguments.scenario,
        "second": arguments.second,
        "changes": [
            {
                "kind": change.kind,
                "path": change.where,
                "words": change.words,
                "bears_on": change.bears_on,
                "old": change.old,
                "new": change.new,
            }
            for change in found
        ],
        "comparison": None if comparison is None else comparison_as_json(comparison),
    }
