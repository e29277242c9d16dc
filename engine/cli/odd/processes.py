"""Elements 3 and 7: what happens in which order, and how each part works."""

from __future__ import annotations

from collections.abc import Iterator

from engine.cli.odd.words import amounts, code, effects_in_words, expected, named, weighed, when
from engine.cli.reference.markdown import cell, table
from engine.prose import counted
from engine.scenario.models import Action, Choice, Event, Scenario

PHASES = (
    "Calendar: dated events come due; seats of institutions are those of the day.",
    "Decide: every actor at the same moment takes at most one of its options; whoever was asked answers.",
    "Act: all moves and answers take effect together.",
    "Vote: questions that were tabled are decided, in the order of their actions below.",
    "Drift: what changes by itself changes; delayed effects fall due.",
    "Chance: undated events happen or not.",
    "Close: the first ending that holds closes the run.",
)
"""The seven phases of a pace, which are the engine's."""


def schedule(scenario: Scenario) -> Iterator[str]:
    """The order of a pace with how much of it there is, and the calendar."""
    dated = sum(event.on is not None for event in scenario.events.values())
    tables = sum(action.vote is not None for action in scenario.actions.values())
    amounts_of = (
        counted(dated, "dated event"),
        f"{counted(len(scenario.actions), 'action')}, {counted(len(scenario.asks), 'question')} to a side",
        "",
        f"{counted(tables, 'action')} that table a question",
        counted(len(scenario.dynamics), "drift"),
        counted(len(scenario.events) - dated, "undated event"),
        counted(len(scenario.endings), "ending"),
    )
    lines = (
        f"{number}. {phase}{f' Here: {many}.' if many else ''}"
        for number, (phase, many) in enumerate(zip(PHASES, amounts_of, strict=True), 1)
    )
    yield "Each pace takes seven phases, whose parts are described under 7:"
    yield "\n".join(lines)
    if scenario.calendar:
        yield "### Calendar"
        yield table(
            ("day", "entry", "title", "deadline"),
            (
                (when(entry.on), code(name), cell(entry.title), "yes" if entry.deadline else "")
                for name, entry in sorted(scenario.calendar.items(), key=lambda pair: pair[1].on)
            ),
        )


def submodels(scenario: Scenario) -> Iterator[str]:
    """Measures, actions, questions, drifts, events and endings, each as it is computed."""
    if scenario.measures:
        yield "### Measures"
        yield table(
            ("measure", "title", "is"),
            ((code(name), cell(one.title), code(one.value)) for name, one in scenario.measures.items()),
        )
    yield "### Actions"
    yield (
        "Legal where the condition and all needs hold. `tempo` is the mean wait, in days, of an actor that gains "
        "nothing by it. Appeal, cost and what an actor expects enter its gain; what it expects never enters the world."
    )
    yield table(
        ("action", "by", "at", "legal", "tempo", "appeal", "cost", "does"),
        (_action(name, action) for name, action in scenario.actions.items()),
    )
    yield from _questions(scenario)
    if scenario.dynamics:
        yield "### Drifts"
        yield table(
            ("drift", "of", "where", "a week"),
            (
                (code(name), named(one.each) if one.each else "the world", _condition(one.when), amounts(one.per_week))
                for name, one in scenario.dynamics.items()
            ),
        )
    if scenario.events:
        yield "### Events"
        yield table(
            ("event", "when", "chance", "does"), (_event(name, event) for name, event in scenario.events.items())
        )
    yield "### Endings, in the order in which they are judged"
    yield table(
        ("ending", "title", "where"),
        (
            (
                code(ending.id),
                cell(ending.title),
                ("at the end, " if ending.at_end else "") + (code(ending.when) if ending.when else "else"),
            )
            for ending in scenario.endings
        ),
    )


def _condition(condition: str) -> str:
    return "always" if condition == "True" else code(condition)


def _legal(choice: Choice) -> str:
    parts = [] if choice.when == "True" else [code(choice.when)]
    parts += [code(need) for need in choice.needs.values()]
    return " and ".join(parts) or "always"


def _action(name: str, action: Action) -> tuple[str, ...]:
    limits = "".join(
        [
            " once" if action.once else "",
            f", again after {action.cooldown:g} d" if action.cooldown else "",
            f", in reply to {named(action.reply_to.action)} within {action.reply_to.within:g} d"
            if action.reply_to
            else "",
        ]
    )
    each = f" each with {code(action.each.each)}" if action.each is not None else ""
    does = effects_in_words(action.effects) + expected(action.expects)
    if action.vote is not None:
        does += (
            f"; asks {code(action.vote.institution)}, lean {weighed(action.vote.lean)}: if it passes "
            f"{effects_in_words(action.vote.passes)}; if it fails {effects_in_words(action.vote.fails)}"
            f"{expected(action.vote.pass_expects, 'if it passes')}{expected(action.vote.fail_expects, 'if it fails')}"
        )
    does += f" (in force {action.in_force})" if action.in_force else ""
    at = f"{named(action.aims)}{each}" if action.aims else ""
    amounts_of_gain = f"{action.tempo:g}", weighed(action.appeal), weighed(action.cost)
    return code(name), named(action.by), at, _legal(action) + limits, *amounts_of_gain, does


def _questions(scenario: Scenario) -> Iterator[str]:
    if not scenario.asks:
        return
    yield "### Questions to a side"
    rows = []
    for name, ask in scenario.asks.items():
        for answer, said in ask.answers.items():
            silence = " (in silence)" if answer == ask.otherwise else ""
            row = (code(f"{name}.{answer}") + silence, named(ask.to), f"{ask.within:g}", _legal(said))
            rows.append((*row, effects_in_words(said.effects) + expected(said.expects)))
    yield table(("answer", "by", "days to answer", "legal", "does"), rows)


def _event(name: str, event: Event) -> tuple[str, ...]:
    conditions = [when(event.on)] if event.on is not None else []
    conditions += [code(event.when)] if event.when != "True" else []
    conditions += ["once"] if event.once else []
    chance = (
        code(event.chance)
        if event.chance
        else f"{code(event.chance_per_week)} a week"
        if event.chance_per_week
        else "sure"
    )
    does = effects_in_words(event.effects)
    outcomes = "; ".join(
        f"{code(outcome)} by weight {code(said.weight)}: {effects_in_words(said.effects)}"
        for outcome, said in event.outcomes.items()
    )
    return code(name), ", ".join(conditions) or "always", chance, f"{does}; {outcomes}" if outcomes else does
