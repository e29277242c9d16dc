"""`brink explain`: an actor's options at one moment, with the reasons for and against each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from engine.cli.arguments import Arguments
from engine.cli.failures import UsageError
from engine.cli.paper import GOOD, LOUD, QUIET, Paper, as_text, percent, signed
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.cli.scenarios import known_actor, rules_of, turn_of
from engine.play.facts.particulars import particulars
from engine.play.facts.reasons import chance_to_hold
from engine.play.facts.sounding import sounding, sounding_in_words
from engine.play.wording import days_in_words, named, reason_in_words, titles
from engine.prose import counted
from engine.scenario.models import Scenario

if TYPE_CHECKING:
    from engine.play.game import Game
    from engine.play.odds import Explained
    from engine.play.policies import View

DIGITS = 4
"""Decimals of a gain."""


def execute(arguments: Arguments) -> int:
    """Plays up to the turn by the rules, and explains."""
    from engine.play.game import Game

    rules = rules_of(arguments.scenario, arguments.certain)
    actor = known_actor(rules.scenario, arguments.actor)
    turn = turn_of(rules.scenario, arguments.turn)
    assert arguments.seed is not None
    with at_work(f"playing up to turn {turn}"):
        game = Game(rules, arguments.seed, arguments.run)
        while game.turn < turn and not game.is_over:
            game.step()
    if game.is_over:
        raise UsageError(
            f"this game is over after turn {game.turn - 1}, so nothing is decided in turn {turn}; "
            f"another --run or --seed may last longer"
        )
    view = game.view(actor)
    if arguments.json:
        print_json(as_json(game, view))
    else:
        tell(Paper(), game, view)
    return 0


def by_chance(view: View) -> list[Explained]:
    """The legal options, the likeliest first."""
    return sorted(view.legal, key=lambda explained: -explained.chance)


def tell(paper: Paper, game: Game, view: View) -> None:
    """The options in the order of their chances, then those that are not legal."""
    scenario = game.rules.scenario
    paper.title(f"{scenario.actors[view.actor].title} on {view.date}, turn {view.turn}")
    paper.put(as_text(f"{scenario.id}, seed {game.scenario_seed}, run {game.run}", QUIET))
    is_one_pace = scenario.timeline.paces_per_turn == 1
    moment = "" if is_one_pace else " as the turn opens"
    move = named(scenario, view.by_rule) if view.by_rule else "nothing"
    paper.put(as_text(f"Its move in this run{moment}: {move}.", LOUD))
    paper.heading("What it may do", f"with its chance in the {days_in_words(scenario.step)} of this turn, and its gain")
    for same in alike(view):
        tell_options(paper, scenario, same, same[0].option == view.by_rule, sounding_in_words(game, same[0].option))
    held = " (this is what it does)" if is_one_pace and not view.by_rule else ""
    paper.put(Text.assemble(f"{percent(chance_to_hold(view)):>6}  ", ("nothing", LOUD), (held, GOOD)))
    for ask in view.asked:
        tell_question(paper, scenario, view, ask)
    tell_illegal(paper, scenario, view)


def tell_question(paper: Paper, scenario: Scenario, view: View, ask: str) -> None:
    """A question that is put to it, with what it may answer, the likeliest first."""
    paper.heading(scenario.asks[ask].title, "it is asked now; the chance of each answer, and its gain")
    given = view.rule_answer(ask)
    for explained in sorted(view.answers(ask), key=lambda answer: -answer.chance):
        tell_options(paper, scenario, [explained], explained.option == given)


def alike(view: View) -> list[list[Explained]]:
    """The legal options by chance; targets of one action for which every number is the same stand together."""
    together: dict[object, list[Explained]] = {}
    for explained in by_chance(view):
        reasons = tuple((name, round(amount, DIGITS)) for name, amount in explained.terms.items())
        passing = None if explained.passing is None else round(explained.passing, DIGITS)
        is_taken = explained.option == view.by_rule
        key = (explained.option.action, explained.call, is_taken, round(explained.chance, DIGITS), reasons, passing)
        together.setdefault(key, []).append(explained)
    return list(together.values())


def tell_options(
    paper: Paper, scenario: Scenario, same: list[Explained], is_taken: bool, sounded: str | None = None
) -> None:
    """One option with its terms, or several of one action that differ only in their targets; how an offer is taken."""
    first = same[0]
    each = " each" if len(same) > 1 else ""
    head = Text.assemble(
        as_text(scenario.choice(first.option.action).title, LOUD),
        as_text(f" ({first.option.action}), gain "),
        signed(first.gain, DIGITS, is_judged=True),
        as_text(each),
        (" (this is what it does)" if is_taken else "", GOOD),
    )
    paper.item(head, mark=f"{percent(first.chance):>6} ")
    targets = [explained.option.target for explained in same if explained.option.target]
    if targets:
        paper.item(", ".join(f"{scenario.actors[target].title} ({target})" for target in targets), "at", indent=8)
    for words in particulars(scenario, first):
        paper.put(as_text(words), indent=8)
    if sounded is not None:
        paper.put(as_text(sounded), indent=8)
    rows: list[tuple[str | Text, str | Text]] = [
        (signed(amount, DIGITS, is_judged=True), reason_in_words(scenario, name))
        for name, amount in first.terms.items()
        if round(amount, DIGITS)
    ]
    if first.passing is not None:
        rows.append((percent(first.passing), "chance that the question passes"))
    if rows:
        paper.table(rows, right="rl", indent=8)


def tell_illegal(paper: Paper, scenario: Scenario, view: View) -> None:
    """What it may not do, with the conditions that fail; targets with the same ones together."""
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    illegal = [explained for explained in view.options if not explained.legal]
    for explained in illegal:
        targets = together.setdefault((explained.option.action, explained.missing), [])
        targets += [explained.option.target] if explained.option.target else []
    if illegal:
        paper.heading("What it may not do now", f"{counted(len(illegal), 'option')}, with what each of them lacks")
    for (action, missing), targets in together.items():
        aim = f": {titles(scenario, targets)}" if targets else ""
        paper.item(Text.assemble(as_text(scenario.choice(action).title, LOUD), as_text(f" ({action}){aim}")))
        for condition in missing:
            paper.item(condition, mark="lacks", indent=2)


def as_json(game: Game, view: View) -> dict[str, Any]:
    """The options in plain dictionaries and lists, the legal ones first, the likeliest before the others."""
    illegal = [explained for explained in view.options if not explained.legal]
    return {
        "scenario": game.rules.scenario.id,
        "seed": game.scenario_seed,
        "run": game.run,
        "turn": view.turn,
        "date": view.date.isoformat(),
        "actor": view.actor,
        "taken": str(view.by_rule) if view.by_rule else None,
        "chance_of_nothing": chance_to_hold(view),
        "asked": {ask: str(view.rule_answer(ask)) for ask in view.asked},
        "options": [
            {
                "action": explained.option.action,
                "target": explained.option.target,
                "legal": explained.legal,
                "missing": list(explained.missing),
                "gain": explained.gain,
                "terms": explained.terms,
                "chance": explained.chance,
                "passing": explained.passing,
                "targets": list(explained.targets),
                "call": None
                if explained.call is None
                else {
                    "to": list(explained.call.to),
                    "on": explained.call.on.isoformat(),
                    "until": explained.call.until.isoformat(),
                },
                "answer": None if (found := sounding(game, explained.option)) is None else asdict(found),
                "in_force": [begins.on.isoformat() for begins in explained.in_force],
            }
            for explained in (*by_chance(view), *illegal)
        ],
    }
