"""Whether the parts of a scenario fit each other: names, expressions, numbers, dates, what can come about."""

from __future__ import annotations

from engine.scenario.checks.cases import check_cases
from engine.scenario.checks.context import Context
from engine.scenario.checks.dates import check_dates
from engine.scenario.checks.endings import check_endings
from engine.scenario.checks.expressions import check_expressions
from engine.scenario.checks.identifiers import check_identifiers
from engine.scenario.checks.institutions import check_institutions
from engine.scenario.checks.limits import check_limits
from engine.scenario.checks.news import check_dispatches
from engine.scenario.checks.numbers import check_numbers
from engine.scenario.checks.reach import check_reach
from engine.scenario.checks.usage import check_usage
from engine.scenario.document import Document
from engine.scenario.models import Scenario
from engine.scenario.problems import Problems


def check_references(scenario: Scenario, document: Document, problems: Problems) -> None:
    """Notes everything that does not fit; what can come about is only asked of a scenario that fits."""
    context = Context(scenario, document, problems)
    check_fit(context)
    if not problems.errors:
        check_reach(context)
        check_usage(context)


def check_fit(context: Context) -> None:
    """Notes everything that does not fit, without asking what can come about."""
    if not check_limits(context):
        return
    check_identifiers(context)
    check_numbers(context)
    check_endings(context)
    check_dispatches(context)
    check_expressions(context)
    if check_dates(context):
        check_institutions(context)
        check_cases(context)
