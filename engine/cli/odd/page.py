"""The seven elements of the protocol, in their order, from what a scenario holds."""

from __future__ import annotations

from collections.abc import Iterator

from engine.cli.odd.entities import entities, initial_values
from engine.cli.odd.processes import schedule, submodels
from engine.cli.odd.words import code, when
from engine.cli.reference.markdown import cell, table
from engine.prose import counted
from engine.scenario.canon import scenario_hash
from engine.scenario.evidence import sourced_records
from engine.scenario.load import Report
from engine.scenario.models import Expectation, Scenario

NOTE = "<!-- Made by `brink odd {id}`; do not edit. -->"

LEAD = """\
This follows the ODD protocol (Grimm and others 2020). What is common to all scenarios (how an actor decides, how a
pace goes, how chance is drawn) stands in the description of the engine, `docs/explanation/odd.md` of Brinkmanship; here
is what is this scenario's own. The whole model is the scenario's file, in whose language expressions stand here; the
content described has the sha256 {hash}."""

CONCEPTS = """\
*Basic principles*, *adaptation*, *objectives*, *prediction* and *sensing* are the engine's: actors move the world
towards their positions, weighted by salience, by what they expect of one step; the rule sees the whole state.
There is no *learning*.
"""


def odd_of(report: Report) -> str:
    """The description of a scenario that can be used, as Markdown."""
    scenario = report.scenario
    assert scenario is not None
    parts = [
        NOTE.format(id=scenario.id),
        f"# {scenario.title} (ODD)",
        LEAD.format(hash=scenario_hash(scenario)),
        "## 1. Purpose and patterns",
        *purpose(scenario, report),
        "## 2. Entities, state variables and scales",
        *entities(scenario),
        "## 3. Process overview and scheduling",
        *schedule(scenario),
        "## 4. Design concepts",
        *concepts(scenario),
        "## 5. Initialisation",
        *initial_values(scenario),
        "## 6. Input data",
        *inputs(scenario, report),
        "## 7. Submodels",
        *submodels(scenario),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def purpose(scenario: Scenario, report: Report) -> Iterator[str]:
    """What it is for, and which patterns it is held against."""
    yield scenario.summary or scenario.title
    if not scenario.expect:
        yield "The scenario promises nothing about its runs."
        return
    yield (
        "By these patterns it is judged (`brink test`). They are its author's; a pattern that it was tuned to is no "
        "proof of it."
    )
    yield table(
        ("in all runs", "share of runs", "because"),
        ((_pattern(one), _bound(one), cell(one.because)) for one in scenario.expect),
    )
    tested = [counted(len(scenario.cases), "scripted case")] if scenario.cases else []
    if report.history is not None:
        tested.append(f"a history of {counted(len(report.history.entries), 'entry')} beside which a game is laid")
    if tested:
        yield f"Besides: {' and '.join(tested)}."


def _pattern(one: Expectation) -> str:
    if one.never is not None:
        return code(one.never)
    given = f" given {code(one.given)}" if one.given is not None else ""
    return f"{code(one.chance or '')}{given}"


def _bound(one: Expectation) -> str:
    if one.never is not None:
        return "never, in any turn"
    if one.between is not None:
        return f"{one.between[0]:g} to {one.between[1]:g}"
    return f"at least {one.at_least:g}" if one.at_least is not None else f"at most {one.at_most:g}"


def concepts(scenario: Scenario) -> Iterator[str]:
    """What of the concepts is the scenario's own."""
    yield CONCEPTS
    aimed = [action for action in scenario.actions.values() if action.targets is not None]
    tabled = [action for action in scenario.actions.values() if action.vote is not None]
    replies = [action for action in scenario.actions.values() if action.reply_to is not None]
    interaction = [
        f"{counted(len(aimed), 'action')} directed at others",
        f"{counted(len(replies), 'reply')} to what others do",
        f"{counted(len(tabled), 'action')} that put a question to a body",
        f"{counted(len(scenario.asks), 'question')} put to a side",
    ]
    yield f"*Interaction*: through the shared state, and by {', '.join(interaction)}."
    doubts = f", and {counted(len(scenario.doubts), 'number')} in doubt" if scenario.doubts else ""
    spread = sum(1 for actor in scenario.actors.values() for stance in actor.stances.values() if stance.spread)
    uncertain = [event for event in scenario.events.values() if event.chance or event.chance_per_week or event.outcomes]
    chances = sum(effect.chance is not None for action in scenario.actions.values() for effect in action.all_effects)
    yield (
        f"*Stochasticity*: who moves and votes how; {counted(spread, 'position')} drawn anew for each run{doubts}; "
        f"{counted(chances, 'effect')} of actions and {counted(len(uncertain), 'event')} with a chance."
    )
    bodies = f" {counted(len(scenario.institutions), 'institution')}" if scenario.institutions else " no institution"
    yield f"*Collectives*: {counted(len(scenario.groups), 'named group')} and{bodies}; a group has no state of its own."
    endings = counted(len(scenario.endings), "ending")
    yield (
        f"*Emergence*: which of {endings} closes a run, and when. *Observation*: of each run its ending and day, "
        "scores of playable sides, the state when it closed, and on request each number turn by turn."
    )


def inputs(scenario: Scenario, report: Report) -> Iterator[str]:
    """What is read while it runs, which is nothing, and what the numbers rest on."""
    yield "No input data drive a run: dated entries and events stand in the scenario itself."
    found = report.evidence
    yield (
        f"The numbers rest on {counted(found.quotes, 'quote')}, each proved to stand in its source, and on "
        f"{counted(found.assumed, 'stated assumption')}; {found.stances_with_quotes} of "
        f"{counted(found.stances, 'stance')} have a quote."
    )
    quotes: dict[str, int] = {}
    for _, record in sourced_records(scenario):
        for evidence in record.evidence:
            quotes[evidence.source] = quotes.get(evidence.source, 0) + 1
    if scenario.doubts:
        yield table(
            ("in doubt", "value", "between", "shape", "assumed"),
            (
                (
                    code(number.path),
                    f"{number.value:g}",
                    f"{number.low:g} and {number.high:g}",
                    number.shape,
                    cell(number.record.assumed or ""),
                )
                for number in scenario.doubts
            ),
        )
    sources = [(name, source.entry) for name, source in report.sources.items() if name in quotes]
    if sources:
        yield table(
            ("source", "publisher", "date", "title", "quotes"),
            (
                (code(name), cell(entry.publisher or ""), when(entry.date), cell(entry.title), str(quotes[name]))
                for name, entry in sources
            ),
        )
    if report.coders:
        coders = ", ".join(f"{name} ({counted(len(coding.codes), 'code')})" for name, coding in report.coders.items())
        yield f"Coded besides, without effect on a run, by {coders}: `brink coders {scenario.id}`."
