"""Whether the parts of a scenario fit each other: names, expressions, numbers, dates, what can come about."""

from __future__ import annotations

from engine.scenario.checks.cases import check_cases
from engine.scenario.checks.conditions import change_lists_in_place, check_conditions
from engine.scenario.checks.context import Context
from engine.scenario.checks.dates import check_dates, check_waits
from engine.scenario.checks.endings import check_endings
from engine.scenario.checks.expressions import check_expressions
from engine.scenario.checks.identifiers import check_identifiers
from engine.scenario.checks.idle import check_idle
from engine.scenario.checks.in_force import check_days_in_force, check_names_of_days
from engine.scenario.checks.institutions import check_institutions
from engine.scenario.checks.knowledge import check_knowledge
from engine.scenario.checks.likely import check_likely
from engine.scenario.checks.limits import check_limits
from engine.scenario.checks.logic import check_logic
from engine.scenario.checks.news import check_dispatches
from engine.scenario.checks.numbers import check_numbers
from engine.scenario.checks.reach import check_reach
from engine.scenario.checks.secrets import check_secrets
from engine.scenario.checks.sizes import check_sizes
from engine.scenario.checks.usage import check_usage, readers_in
from engine.scenario.checks.waiting import check_waiting
from engine.scenario.checks.words import check_judging
from engine.scenario.document import Document
from engine.scenario.models import Scenario
from engine.scenario.problems import Problems


def check_references(scenario: Scenario, document: Document, problems: Problems) -> None:
    """Notes everything that does not fit; what can come about is only asked of a scenario that fits.

    What is said for nothing is only looked for where everything else can come about, since it would follow from what
    can't.
    """
    context = Context(scenario, document, problems)
    check_fit(context)
    if problems.errors:
        return
    check_knowledge(context)
    check_judging(context)
    check_reach(context)
    if not problems.errors:
        readers = readers_in(scenario)
        check_usage(context, readers)
        in_place = list(change_lists_in_place(context))
        check_conditions(context, in_place)
        check_idle(context, readers, in_place)
        check_likely(context)
        check_logic(context)
        check_waiting(context)
        check_sizes(context, in_place)
        check_waits(context)
        check_days_in_force(context)


def check_fit(context: Context) -> None:
    """Notes everything that does not fit, without asking what can come about."""
    if not check_limits(context):
        return
    check_identifiers(context)
    check_secrets(context)
    check_names_of_days(context)
    check_numbers(context)
    check_endings(context)
    check_dispatches(context)
    check_expressions(context)
    if check_dates(context):
        check_institutions(context)
        check_cases(context)
