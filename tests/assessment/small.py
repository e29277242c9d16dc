"""A small scenario with targets of every kind, for tests."""

from __future__ import annotations

from pathlib import Path

from engine.assessment.backtest import Backtest, backtest
from engine.assessment.card import card
from engine.assessment.plain import plain
from engine.scenario.history import History
from engine.scenario.load import check_scenario
from engine.scenario.models import Scenario
from tests.scenario.minimal import write

CARD = Path(__file__).with_name("card.md")
"""The card of the small scenario, but for its hashes."""

RUNS, SEED = 60, 3
"""Of its backtest."""

HISTORY = """\
history_format: 1
entries: []
cut_off: 2007-12-31
targets:
  declared_by:
    title: It is declared by the end of the year
    done: {what: declared, by: 2007-12-31, was: true}
    background: known
  declared_on:
    title: The day of the declaration
    day: {of: did.declare.kosovo, was: 2007-12-20}
    background: known
  unrest:
    title: Unrest on New Year's Eve
    value: {of: unrest, on: 2007-12-31, was: 0.3}
    background: known
  calm:
    title: Unrest stays low
    range: {of: unrest, on: 2008-01-20, between: [0, 0.25], was: false}
    background: known
  recognised:
    title: Who recognises
    who: {flag: recognised, among: powers, by: 2008-01-20, did: [us], by_position: {issue: status, above: 50}}
    background: known
  acts:
    title: What is done
    which: {of: [did.warn.russia.us, did.declare, happened.clashes], by: 2007-12-31, were: [did.declare]}
    background: known
  order:
    title: Does the declaration come before clashes?
    order: {first: declared, second: happened.clashes, by: 2008-01-20, was: first}
    background: known
  vote:
    title: How the council votes
    ballot: {question: table_resolution, on: 2008-01-10, yes: [us, kosovo], no: [russia]}
    background: known
  votes:
    title: The votes for it
    given: vote.table_resolution.held
    value: {of: vote.table_resolution.yes, on: 2008-01-20, was: 2}
    background: known
  open_question:
    title: Is there ever another resolution?
    done: {what: times.table_resolution >= 2, by: 2008-01-20}
remarks: Nobody believes it.
"""
"""Every kind of statement; what is known later than 2007 is held out, and the last is not known."""


def small(folder: Path, history: str = HISTORY) -> tuple[Scenario, History]:
    """The scenario and its history."""
    write(folder)
    (folder / "history.yaml").write_text(history)
    report = check_scenario(folder)
    assert list(report.lines()) == []
    assert report.scenario is not None and report.history is not None
    return report.scenario, report.history


def shown(test: Backtest) -> str:
    """The card, but for what it is of."""
    return card(plain(test), "brink backtest small-crisis").partition("## What it is of")[0]


def fresh_card(folder: Path) -> str:
    """The same, made anew in an empty folder."""
    return shown(backtest(*small(folder), RUNS, SEED))
