"""`brink show`: the briefing of a scenario."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from engine.cli.arguments import Arguments
from engine.cli.paper import LOUD, QUIET, Paper, as_text
from engine.cli.printing import evidence_in_words, print_json
from engine.cli.scenarios import fit_report
from engine.play.wording import days_in_words, playable, rule_in_words, seats_in_words
from engine.prose import counted
from engine.rules import Rules
from engine.scenario.evidence import sourced_records
from engine.scenario.load import Report
from engine.scenario.models import Scenario
from engine.scenario.sources import Source


def execute(arguments: Arguments) -> int:
    """Prints the briefing."""
    report = fit_report(arguments.scenario)
    assert report.scenario is not None
    options = len(Rules(report.scenario).options)
    if arguments.json:
        print_json(as_json(report, report.scenario, options))
    else:
        tell(Paper(), report, report.scenario, options)
    return 0


def tell(paper: Paper, report: Report, scenario: Scenario, options: int) -> None:
    """The briefing, from what it is about to what it rests on."""
    paper.title(scenario.title)
    step = days_in_words(scenario.step)
    frame = f"{scenario.id}, {scenario.start} to {scenario.end}, {scenario.turns} turns of {step}"
    by = f"; by {', '.join(scenario.authors)}" if scenario.authors else ""
    paper.put(as_text(frame + by, QUIET))
    for text in (scenario.summary, scenario.briefing):
        if text:
            paper.blank()
            paper.paragraphs(text)
    tell_sides(paper, scenario)
    tell_issues(paper, scenario)
    tell_institutions(paper, scenario)
    tell_calendar(paper, scenario)
    tell_rest(paper, scenario, options)
    tell_sources(paper, report)


def tell_sides(paper: Paper, scenario: Scenario) -> None:
    """Who may be played, and who else decides."""
    paper.heading("Sides to play")
    for actor in playable(scenario):
        record = scenario.actors[actor]
        paper.put(as_text(f"{record.title} ({actor})", LOUD))
        told = (("wants", record.wants), ("fears", record.fears))
        paper.table([(word, text) for word, text in told if text])
    others = [f"{record.title} ({actor})" for actor, record in scenario.actors.items() if not record.playable]
    if others:
        paper.blank()
        paper.put(as_text(f"Besides them decide: {', '.join(others)}"))


def tell_issues(paper: Paper, scenario: Scenario) -> None:
    """What the crisis is about."""
    paper.heading("Issues")
    for issue, record in scenario.issues.items():
        paper.put(as_text(f"{record.title} ({issue})", LOUD))
        if record.summary:
            paper.paragraphs(record.summary, indent=2)
        points = sorted(record.scale.items())
        paper.table([(f"{point:g}", words) for point, words in points] + [("now", f"{record.start:g}")], right="rl")


def tell_institutions(paper: Paper, scenario: Scenario) -> None:
    """Who votes, and by which rule."""
    if scenario.institutions:
        paper.heading("Institutions")
    for name, body in scenario.institutions.items():
        paper.put(as_text(f"{body.title} ({name})", LOUD))
        if body.summary:
            paper.paragraphs(body.summary, indent=2)
        rows = [("rule", rule_in_words(scenario, body.passes))]
        rows += [(f"seats {term}", members) for term, members in seats_in_words(scenario, body)]
        paper.table(rows)


def tell_calendar(paper: Paper, scenario: Scenario) -> None:
    """The days that matter."""
    if scenario.calendar:
        paper.heading("Calendar")
        days = sorted(scenario.calendar.values(), key=lambda entry: entry.on)
        rows = [(str(e.on), _entry(e.title, e.summary, e.deadline)) for e in days]
        paper.table(rows)


def _entry(title: str, summary: str | None, deadline: bool) -> str:
    mark = " (deadline)" if deadline else ""
    return f"{title}{mark}. {summary}" if summary else f"{title}{mark}"


def tell_rest(paper: Paper, scenario: Scenario, options: int) -> None:
    """How large the scenario is, and how it may end."""
    paper.heading("How it may go")
    sizes = [
        counted(len(scenario.actors), "actor"),
        counted(len(scenario.actions), "action"),
        *([f"{counted(len(scenario.asks), 'question')} to a side"] if scenario.asks else []),
        f"{counted(options, 'option')} (who, what, at whom)",
        counted(len(scenario.events), "event"),
        counted(len(scenario.endings), "ending"),
    ]
    paper.put(as_text(", ".join(sizes)))
    for ending in scenario.endings:
        paper.item(f"{ending.title} ({ending.id})")


def tell_sources(paper: Paper, report: Report) -> None:
    """What the numbers rest on, and which texts are quoted."""
    paper.heading("Sources")
    paper.put(as_text(evidence_in_words(report.evidence)))
    for source, quotes in quoted_sources(report):
        entry = source.entry
        head = ", ".join(filter(None, (entry.publisher, str(entry.date))))
        paper.item(f"{head}: {entry.title} ({source.id}, {counted(quotes, 'quote')})")


def quoted_sources(report: Report) -> list[tuple[Source, int]]:
    """The sources that the scenario quotes, and how often."""
    assert report.scenario is not None
    quotes = Counter(quote.source for _, record in sourced_records(report.scenario) for quote in record.evidence)
    return [(source, quotes[name]) for name, source in report.sources.items() if quotes[name]]


def as_json(report: Report, scenario: Scenario, options: int) -> dict[str, Any]:
    """The briefing in plain dictionaries and lists."""
    plain = scenario.model_dump(mode="json", by_alias=True)
    return {
        **{key: plain[key] for key in ("id", "title", "summary", "briefing", "authors", "start", "end")},
        "turns": scenario.turns,
        "step_days": scenario.step,
        "issues": [_issue(issue, plain["issues"][issue]) for issue in scenario.issues],
        "sides": [
            _picked(plain["actors"][a], a, "actor", "title", "summary", "wants", "fears") for a in playable(scenario)
        ],
        "actors": list(scenario.actors),
        "institutions": [
            {
                "id": name,
                "title": body.title,
                "summary": body.summary,
                "rule": rule_in_words(scenario, body.passes),
                "pass": plain["institutions"][name]["pass"],
                "seats": plain["institutions"][name]["seats"],
            }
            for name, body in scenario.institutions.items()
        ],
        "calendar": [
            _picked(plain["calendar"][e], e, "id", "on", "title", "summary", "deadline") for e in scenario.calendar
        ],
        "actions": len(scenario.actions),
        "asks": len(scenario.asks),
        "options": options,
        "events": len(scenario.events),
        "endings": [{"id": ending.id, "title": ending.title} for ending in scenario.endings],
        "evidence": asdict(report.evidence),
        "sources": [
            {
                "id": source.id,
                "publisher": source.entry.publisher,
                "date": source.entry.date.isoformat(),
                "title": source.entry.title,
                "quotes": quotes,
            }
            for source, quotes in quoted_sources(report)
        ],
    }


def _picked(record: dict[str, Any], name: str, called: str, *keys: str) -> dict[str, Any]:
    return {called: name, **{key: record[key] for key in keys}}


def _issue(issue: str, record: dict[str, Any]) -> dict[str, Any]:
    scale = [{"at": float(point), "words": words} for point, words in record["scale"].items()]
    return {**_picked(record, issue, "id", "title", "summary", "start"), "scale": sorted(scale, key=lambda p: p["at"])}
