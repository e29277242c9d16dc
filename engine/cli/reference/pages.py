"""The pages of the reference, by the names of their files."""

from __future__ import annotations

from collections.abc import Iterator

from engine.cli.reference.commands import commands_page
from engine.cli.reference.fields import fields_page
from engine.cli.reference.limits import limits_page
from engine.cli.reference.markdown import cell, table
from engine.cli.reference.python import python_page
from engine.expressions import FUNCTIONS
from engine.scenario.coding.models import Coding
from engine.scenario.findings.pages import reference as findings_page
from engine.scenario.forms import MEMBERS, NAMES, PLACES, RUNS, Form
from engine.scenario.history import History
from engine.scenario.models import Scenario
from engine.scenario.sources import SourceIndex

NOTE = "<!-- Made by `brink docs`; do not edit. -->"

LISTED = "Everything that there is, written by the program itself: `brink docs` prints these pages."

CAPITALS = (
    "Words in capitals stand for an id of that kind: `ENTRY` for one of the calendar, `ACTOR_FLAG` for a flag that "
    "each actor has."
)

LANGUAGE = (
    "Conditions, amounts and weights are written as in Python: numbers, names, `+ - * /`, comparisons, `and`, `or`, "
    "`not`, `a if condition else b`, and the functions below. Each is a number or a yes/no; a yes/no counts as 1 or 0 "
    "where a number is needed. Division only by a number other than zero that is written out; else "
    "`ratio(a, b, if_zero)`."
)


def pages() -> dict[str, str]:
    """Every page, its contents page first."""
    found = dict(made())
    return {"README.md": contents(found), **{name: f"{NOTE}\n\n{text}" for name, text in found.items()}}


def made() -> Iterator[tuple[str, str]]:
    """Each page but the one that lists them."""
    from engine.assessment.calibration.over import Calibration
    from engine.batch.design.experiment import Experiment
    from engine.play.orders import WrittenOrders

    yield "commands.md", commands_page()
    yield (
        "scenario.md",
        fields_page(
            "The fields of a scenario",
            Scenario,
            "What `scenario.yaml` may hold, part by part, beginning with the whole file.",
        ),
    )
    yield (
        "history.md",
        fields_page("The fields of a history", History, "What `history.yaml` beside a scenario may hold."),
    )
    yield (
        "coding.md",
        fields_page("The fields of a coder's file", Coding, "What `coders/NAME.yaml` beside a scenario may hold."),
    )
    yield (
        "sources.md",
        fields_page(
            "The fields of an index of sources",
            SourceIndex,
            "What `sources/index.yaml` beside a scenario may hold; an entry may say more than is read here.",
        ),
    )
    yield (
        "orders.md",
        fields_page(
            "The fields of orders", WrittenOrders, "What a file for `brink run --seat ACTOR --orders FILE` may hold."
        ),
    )
    yield (
        "experiment.md",
        fields_page(
            "The fields of an experiment", Experiment, "What a file for `brink batch --experiment FILE` may hold."
        ),
    )
    yield (
        "calibration.md",
        fields_page(
            "The fields of a calibration", Calibration, "What a file for `brink calibrate --over FILE` may hold."
        ),
    )
    yield "expressions.md", expressions_page()
    yield "limits.md", limits_page()
    yield "findings.md", findings_page()
    yield "python.md", python_page()


def contents(found: dict[str, str]) -> str:
    """The page that lists the others, by their titles."""
    entries = "\n".join(f"- [{text.splitlines()[0].removeprefix('# ')}]({name})" for name, text in found.items())
    return f"{NOTE}\n\n# Reference\n\n{LISTED}\n\n{entries}\n"


def expressions_page() -> str:
    """Functions, names and places."""
    parts = [
        "# Expressions",
        LANGUAGE,
        "## Functions",
        table(
            ("function", "gives", "what"), ((f"`{f.signature}`", f.kind.value, cell(f.doc)) for f in FUNCTIONS.values())
        ),
        "A group is one of `groups`, or `actors` for all of them.",
        "## Names",
        CAPITALS,
        forms(NAMES),
        "## What may be asked of a run",
        "In `outcomes` of an experiment and in `targets` of a history, besides the names above.",
        table(
            ("written", "is", "meaning"), ((f"`{f.pattern}`", f.kind.value, cell(f.meaning)) for f in RUNS if f.kind)
        ),
        "## What each member of a group has",
        "The first argument of a function of a group.",
        forms(MEMBERS),
        "## Places",
        "What `add` and `set` may change. Measures, saliences and capabilities are no places.",
        forms(PLACES),
    ]
    return "\n\n".join(parts) + "\n"


def forms(entries: tuple[Form, ...]) -> str:
    """A table of forms."""
    rows = ((f"`{f.pattern}`", f.kind.value if f.kind else "either", cell(f.meaning), f.where) for f in entries)
    return table(("written", "is", "meaning", "where"), rows)
