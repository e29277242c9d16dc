"""`brink dossier`: what is known of an actor, and from where."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from engine.cli.arguments import Arguments
from engine.cli.paper import LOUD, QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.cli.scenarios import fit_report, known_actor
from engine.play.facts.dossier import Dossier, Quote, Support, dossier_of
from engine.play.wording import days_in_words, start_in_words, titles
from engine.scenario.doubts import in_words
from engine.scenario.models import Scenario
from engine.scenario.replies import deeds_in_words


def execute(arguments: Arguments) -> int:
    """Prints the dossier."""
    report = fit_report(arguments.scenario)
    scenario = report.scenario
    assert scenario is not None
    dossier = dossier_of(scenario, known_actor(scenario, arguments.actor), report.sources)
    if arguments.json:
        print_json(as_json(scenario, dossier))
    else:
        tell(Paper(), scenario, dossier)
    return 0


def tell(paper: Paper, scenario: Scenario, dossier: Dossier) -> None:
    """The dossier, from who this is to what it may do."""
    record = dossier.record
    paper.title(record.title)
    side = "a side to play" if record.playable else "not a side to play"
    paper.put(as_text(f"{dossier.actor}, {side}, weight {record.capability:g}", QUIET))
    if record.summary:
        paper.blank()
        paper.paragraphs(record.summary)
    told = (("wants", record.wants), ("fears", record.fears), ("groups", ", ".join(dossier.groups)))
    rows = [(word, text) for word, text in told if text]
    if rows:
        paper.blank()
        paper.table(rows)
    tell_support(paper, dossier.support)
    tell_stances(paper, dossier)
    tell_seats(paper, dossier)
    tell_actions(paper, scenario, dossier)
    tell_asks(paper, dossier)


def tell_stances(paper: Paper, dossier: Dossier) -> None:
    """Where it stands on each issue, and why that is thought."""
    paper.heading("Stances", "the point of the scale that it wants, and how much it cares (0 to 1)")
    if not dossier.stances:
        paper.put("None: nothing in this crisis matters to it.")
    for line in dossier.stances:
        spread = f" give or take {line.spread:g}" if line.spread else ""
        words = f": {line.position:g}{spread}, {line.words}; cares {in_words(line.salience)}"
        paper.put(Text.assemble(as_text(line.title, LOUD), as_text(words)))
        tell_support(paper, line.support)


def tell_seats(paper: Paper, dossier: Dossier) -> None:
    """Where it votes."""
    if dossier.seats:
        paper.heading("Seats")
    for line in dossier.seats:
        extras = [line.term]
        extras += ["its no blocks"] if line.has_veto else []
        extras += [f"weight {line.weight}"] if line.weight is not None else []
        paper.item(f"{line.title}: {', '.join(extras)}")


def tell_actions(paper: Paper, scenario: Scenario, dossier: Dossier) -> None:
    """What it may do, how readily, and what was said on it."""
    paper.heading("What it may do", "with the mean wait of an actor who gains nothing by it")
    if not dossier.actions:
        paper.put("Nothing but vote." if dossier.seats else "Nothing.")
    for line in dossier.actions:
        action = line.record
        limits = ["once"] if action.once else []
        limits += [f"again after {days_in_words(action.cooldown)}"] if action.cooldown else []
        limits += [start_in_words(scenario, action.in_force)] if action.in_force else []
        aside = f" ({', '.join([line.action, days_in_words(action.tempo), *limits])})"
        paper.put(Text.assemble(as_text(action.title, LOUD), as_text(aside, QUIET)))
        if action.summary:
            paper.paragraphs(action.summary, indent=2)
        if action.aims:
            aim = "at" if action.each is None else f"at each of whom it holds that {action.each.each}, of"
            paper.put(as_text(f"{aim}: {titles(scenario, line.targets)}"), indent=2)
        if action.reply_to is not None:
            deeds, within = deeds_in_words(scenario, action.reply_to), days_in_words(action.reply_to.within)
            paper.put(as_text(f"in reply to {deeds}, within {within}"), indent=2)
        if line.asks:
            paper.put(as_text(f"puts to {line.asks}"), indent=2)
        tell_support(paper, line.support)


def tell_asks(paper: Paper, dossier: Dossier) -> None:
    """What it may be asked, how long it may think, and what it may answer."""
    if dossier.asks:
        paper.heading("What it may be asked", "with the time in which to answer, and what happens in silence")
    for line in dossier.asks:
        ask = line.record
        aside = f" ({line.ask}, {days_in_words(ask.within)}, else {ask.otherwise})"
        paper.put(Text.assemble(as_text(ask.title, LOUD), as_text(aside, QUIET)))
        if ask.summary:
            paper.paragraphs(ask.summary, indent=2)
        for answer, said in ask.answers.items():
            paper.put(as_text(f"{said.title} ({answer})"), indent=2)
        tell_support(paper, line.support)


def tell_support(paper: Paper, support: Support) -> None:
    """The quotes of a record, and what was assumed."""
    for quote in support.quotes:
        speaker = f", {quote.by}" if quote.by else ""
        paper.item(f'"{quote.words}"{speaker}', indent=2)
        paper.put(as_text(quote.head, QUIET), indent=4)
        if quote.reading:
            paper.put(as_text(f"read as: {quote.reading}"), indent=4)
    if support.assumed:
        paper.item(f"assumed: {support.assumed}", indent=2)


def as_json(scenario: Scenario, dossier: Dossier) -> dict[str, Any]:
    """The dossier in plain dictionaries and lists."""
    record = dossier.record
    return {
        "scenario": scenario.id,
        "actor": dossier.actor,
        "title": record.title,
        "summary": record.summary,
        "wants": record.wants,
        "fears": record.fears,
        "playable": record.playable,
        "capability": record.capability,
        "groups": list(dossier.groups),
        **_support(dossier.support),
        "stances": [
            {
                "issue": line.issue,
                "title": line.title,
                "position": line.position,
                "words": line.words,
                "salience": line.salience,
                "spread": line.spread,
                **_support(line.support),
            }
            for line in dossier.stances
        ],
        "institutions": [
            {
                "id": line.institution,
                "title": line.title,
                "from": line.seat.since.isoformat() if line.seat.since else None,
                "until": line.seat.until.isoformat() if line.seat.until else None,
                "veto": line.has_veto,
            }
            for line in dossier.seats
        ],
        "actions": [
            {
                "id": line.action,
                "title": line.record.title,
                "summary": line.record.summary,
                "tempo_days": line.record.tempo,
                "once": line.record.once,
                "cooldown_days": line.record.cooldown,
                "in_force": line.record.in_force,
                "reply_to": list(line.record.reply_to.action) if line.record.reply_to else [],
                "targets": list(line.targets),
                "each": line.record.each.each if line.record.each else None,
                "institution": line.record.vote.institution if line.record.vote else None,
                "question": line.record.vote.question if line.record.vote else None,
                **_support(line.support),
            }
            for line in dossier.actions
        ],
        "asks": [
            {
                "id": line.ask,
                "title": line.record.title,
                "summary": line.record.summary,
                "within_days": line.record.within,
                "otherwise": line.record.otherwise,
                "answers": {answer: said.title for answer, said in line.record.answers.items()},
                **_support(line.support),
            }
            for line in dossier.asks
        ],
    }


def _support(support: Support) -> dict[str, Any]:
    return {"evidence": [_quote(quote) for quote in support.quotes], "assumed": support.assumed}


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "quote": quote.words,
        "by": quote.by,
        "reading": quote.reading,
        "source": quote.source,
        "title": quote.title,
        "publisher": quote.publisher,
        "date": quote.date.isoformat(),
    }
