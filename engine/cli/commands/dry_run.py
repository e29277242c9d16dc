"""`brink dry-run`: what many games of a scenario cover of it, and what its sides do best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.text import Text

from engine.batch.analysis.coverage import Coverage, Happening, Pinned, cover
from engine.batch.analysis.exploits import MARGIN, Exploit, how_many_games, search_exploits
from engine.batch.analysis.strategies import Scored, Side, how_many, search, sides
from engine.batch.running.progress import Pace
from engine.cli.arguments import Arguments
from engine.cli.figures import interval, number, plain, share_in_words, signed_number
from engine.cli.paper import BAD, LOUD, QUIET, Paper, as_text, percent
from engine.cli.printing import print_json
from engine.cli.progress import progress_bar
from engine.cli.scenarios import fit_report
from engine.prose import counted, series
from engine.rules import Rules
from engine.scenario.models import Scenario
from engine.scenario.reasons import Reasons

NEVER = "NEVER"

MOST_BUSY = 3
"""How many of those who do an action are told."""

BEST = 5
"""How many of a side's strategies are told."""

OFTEN_PINNED = 0.2
"""The share of turns from which on a value at the end of its range is told."""


def execute(arguments: Arguments) -> int:
    """Plays, tries strategies unless told not to, and prints."""
    report = fit_report(arguments.scenario)
    assert report.scenario is not None
    rules = Rules(report.scenario)
    runs, paired, seed = arguments.runs or 0, arguments.paired, arguments.seed or 0
    players = sides(rules) if paired else ()
    with progress_bar() as progress:
        pace = Pace(tell=progress)
        games = sum(how_many(rules, actor) for actor in players) + how_many_games(rules.scenario)
        pace.want(runs + paired * games)
        coverage = cover(rules, runs, seed, pace)
        found = [search(rules, actor, paired, seed, pace.advance) for actor in players]
        exploits = search_exploits(rules, paired, seed, pace.advance) if paired else ()
    if arguments.json:
        print_json(plain(as_json(rules.scenario, seed, coverage, found, exploits, report.reasons)))
    else:
        tell(Paper(), rules, seed, coverage, found, exploits, report.reasons)
    return 0


def tell(
    paper: Paper,
    rules: Rules,
    seed: int,
    coverage: Coverage,
    found: Sequence[Side],
    exploits: Sequence[Exploit],
    reasons: Reasons,
) -> None:
    """Everything that was found, and what it comes to."""
    scenario = rules.scenario
    paper.title(scenario.title)
    paper.put(as_text(f"{scenario.id}, seed {seed}, {counted(coverage.runs, 'run')} decided by the rules", QUIET))
    aside = "shares of runs; the day is that of the middle run, 0 first"
    tell_part(paper, "Actions", aside, coverage.of_kind("action"), "legal", "done")
    answers = coverage.of_kind("ask", "answer")
    tell_part(paper, "Questions to a side", "shares of runs", answers, "legal", "put, given")
    votes = coverage.of_kind("passed", "failed")
    tell_part(paper, "Votes", "shares of runs", votes, "voted on", "so decided")
    events = coverage.of_kind("event", "outcome")
    tell_part(paper, "Events", "shares of runs", events, "could", "happened")
    tell_part(paper, "Endings", "shares of runs", coverage.of_kind("ending"), "", "reached")
    tell_pinned(paper, coverage.pinned)
    for side in found:
        tell_side(paper, scenario, side)
    tell_exploits(paper, exploits)
    tell_reasons(paper, coverage, found, reasons)
    paper.blank()
    for sentence in (*conclusions(coverage, found, reasons), *exploited(exploits), *poorer(scenario, coverage)):
        paper.put(as_text(sentence, LOUD))


def tell_part(paper: Paper, heading: str, aside: str, lines: Sequence[Happening], could: str, happened: str) -> None:
    """A table of what happens."""
    if lines:
        paper.heading(heading, aside)
        heads = (could, happened, "day", "what", "by" if heading == "Actions" else "")
        paper.table([row(one) for one in lines], heads=heads, right="rrrll", indent=0)


def row(one: Happening) -> Sequence[str | Text]:
    """One thing: in how many runs it could happen and did, when, and by whom."""
    could = "" if one.could is None else share_in_words(one.could.share) if one.could.count else NEVER
    happened = Text(NEVER, f"{LOUD} {BAD}") if one.is_dead else as_text(share_in_words(one.happened.share))
    busy = [f"{actor} {percent(share, 0)}" for actor, share in list(one.by.items())[:MOST_BUSY] if len(one.by) > 1]
    more = len(one.by) - MOST_BUSY
    by = ", ".join(busy) + (f" and {more} more" if more > 0 else "")
    return could, happened, number(one.day), name_of(one), by or "".join(one.by)


def name_of(one: Happening) -> str:
    """What a thing is called, with how a vote was decided."""
    return f"{one.id} {one.kind}" if one.kind in ("passed", "failed") else one.id


def key_of(one: Happening) -> str:
    """What the scenario's reasons know a thing by."""
    return f"{one.kind}:{one.id}"


def tell_pinned(paper: Paper, pinned: Sequence[Pinned]) -> None:
    """What often stands at the end of its scale."""
    often = [one for one in pinned if max(one.at_low, one.at_high) >= OFTEN_PINNED]
    if often:
        paper.heading("At the end of their range", f"in at least {percent(OFTEN_PINNED, 0)} of all paces")
        rows = [(one.id, percent(one.at_low), f"{one.low:g}", percent(one.at_high), f"{one.high:g}") for one in often]
        paper.table(rows, heads=("what", "at the lowest", "", "at the highest", ""), right="lrlrl", indent=0)


def tell_side(paper: Paper, scenario: Scenario, side: Side) -> None:
    """The best strategies of a side, and the simple ones."""
    aside = (
        f"the best of {len(side.scored)} strategies on the same {counted(side.runs, 'run')}; better than the rule by"
    )
    paper.heading(scenario.actors[side.actor].title, aside)
    shown = [one for rank, one in enumerate(side.scored) if rank < BEST or not one.strategy.actions]
    paper.table(map(scored, shown), heads=("score", "better by", "between", "strategy"), right="rrrl", indent=0)
    if side.single is not None and side.runner_up is not None:
        first, ahead = side.single.strategy, side.runner_up
        said = (
            f"Doing nothing else, {first.text} is best; ahead of {ahead.strategy.text}, without {first.actions[0]}, by"
        )
        paper.put(as_text(f"{said} {number(ahead.better)} ({interval(ahead.interval, False)}).", QUIET))
    if side.dead:
        paper.put(as_text(f"No better than holding, and no help to the rule: {', '.join(side.dead)}.", QUIET))


def tell_exploits(paper: Paper, exploits: Sequence[Exploit]) -> None:
    """The offers by which others lose most, made by sides that mind no broken word."""
    if not exploits:
        return
    aside = f"those that cost the other most, made whenever they may be, {counted(exploits[0].runs, 'run')} each"
    paper.heading("Offers", aside)
    rows = [
        (
            share_in_words(one.agreed),
            signed_number(one.lost),
            interval(one.lost_between, False),
            signed_number(one.gained),
            f"{one.offer} ({one.by} to {one.to}){told_faith(one)}",
        )
        for one in exploits[:BEST]
    ]
    paper.table(rows, heads=("agreed", "the other loses", "between", "it gains", "offer"), right="rrrrl", indent=0)


def told_faith(exploit: Exploit) -> str:
    """What sort of side offers, where it is not as the scenario says."""
    return ", minding no broken word" if exploit.is_faithless else ""


def exploited(exploits: Sequence[Exploit]) -> Iterator[str]:
    """Who can be made a fool of."""
    clear = [
        f"{one.to} by {one.by} ({one.offer}, {number(one.lost)} points)"
        for one in exploits
        if one.is_clear and not one.is_faithless
    ]
    if clear:
        yield f"Trusts too much, as what it accepts clearly costs more than {MARGIN:g} point: {series(clear)}."
    elif exploits:
        yield f"No offer costs who accepts it clearly more than {MARGIN:g} point of score."


def tell_reasons(paper: Paper, coverage: Coverage, found: Sequence[Side], reasons: Reasons) -> None:
    """What the scenario says of that which never happens, and of that which is of no use."""
    never = [("never", name_of(one), reasons.never.get(key_of(one))) for one in coverage.never]
    dead = [("no use", name, why) for name, why in without_use(found, reasons)]
    stated = [(what, name, why) for what, name, why in (*never, *dead) if why is not None]
    if stated:
        paper.heading("Why not", "as the scenario says")
        paper.table(stated, heads=("", "what", "why"), indent=0)


def without_use(found: Sequence[Side], reasons: Reasons) -> Iterator[tuple[str, str | None]]:
    """Each action that does its side no good, and why it is there, where that is said."""
    for side in found:
        yield from (
            (f"{action} ({side.actor})", reasons.dead.get(f"{'answer' if '.' in action else 'action'}:{action}"))
            for action in side.dead
        )


def scored(one: Scored) -> Sequence[str]:
    """One strategy."""
    is_rule = one.strategy.text == "rule"
    better = "" if is_rule else signed_number(one.better)
    return number(one.score), better, "" if is_rule else interval(one.interval, False), one.strategy.text


def conclusions(coverage: Coverage, found: Sequence[Side], reasons: Reasons) -> Iterator[str]:
    """What an author should look at."""
    never = [name_of(one) for one in coverage.never if key_of(one) not in reasons.never]
    denied = [name_of(one) for one in coverage.happenings if key_of(one) in reasons.never and not one.is_dead]
    if never:
        yield f"NEVER in {counted(coverage.runs, 'run')}: {', '.join(never)}."
    else:
        yield "All else happened in some run." if coverage.never else "Everything happened in some run."
    if denied:
        yield f"Happened, though the scenario says that it never does: {', '.join(denied)}."
    useless = [name for name, why in without_use(found, reasons) if why is None]
    if useless:
        yield f"Of no use, and no reason stated: {', '.join(useless)}."
    dominant = [f"{side.dominant} ({side.actor})" for side in found if side.dominant]
    if dominant:
        yield f"Dominant, clearly better than anything without it: {series(dominant)}."
    elif found:
        yield "No side has a dominant option."


def poorer(scenario: Scenario, coverage: Coverage) -> Iterator[str]:
    """Playable sides for which the rule makes more moves than a person may."""
    most = scenario.moves_per_turn
    for actor, used in coverage.budgets.items():
        if scenario.actors[actor].playable and used > most:
            yield (
                f"moves_per_turn is {most}, and the rule makes up to {used} moves a turn for {actor} in nine turns of "
                f"ten: a person in that seat is poorer than the rule."
            )


def as_json(
    scenario: Scenario,
    seed: int,
    coverage: Coverage,
    found: Sequence[Side],
    exploits: Sequence[Exploit],
    reasons: Reasons,
) -> dict[str, Any]:
    """The same in plain dictionaries and lists."""
    return {
        "scenario": scenario.id,
        "seed": seed,
        "runs": coverage.runs,
        "happenings": [asdict(one) for one in coverage.happenings],
        "never": [key_of(one) for one in coverage.never],
        "reasons": asdict(reasons),
        "ranges": [asdict(one) for one in coverage.pinned],
        "moves_in_nine_turns_of_ten": coverage.budgets,
        "sides": [
            {**asdict(side), "scored": [{**asdict(one), "text": one.strategy.text} for one in side.scored]}
            for side in found
        ],
        "offers": [{**asdict(one), "is_clear": one.is_clear} for one in exploits],
    }
