"""Why a thing never happens in many runs, or is of no use to its side: ``# ok: never why`` and ``# ok: dead why``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.scenario.document import Document, Path
from engine.scenario.models import Scenario

Reason = Mapping[str, str]
"""Why, by what it is said of: ``kind:id``, with the kinds of a happening."""

DECIDED = {"pass": "passed", "passed": "passed", "fail": "failed", "failed": "failed"}
"""The keys of a vote at which a remark speaks of one way in which it may be decided."""


@dataclass(frozen=True)
class Reasons:
    """What an author says of things that never happen, and of actions that do their side no good."""

    never: Reason = field(default_factory=dict)
    dead: Reason = field(default_factory=dict)


def stated_reasons(scenario: Scenario, document: Document) -> Reasons:
    """The reasons that a file states; notes which remarks stand where something may happen."""
    found: dict[str, dict[str, str]] = {"never": {}, "dead": {}}
    named: dict[int, list[str]] = {}
    for name, path in places(scenario):
        if document.holds(path):
            named.setdefault(document.locate(path, key=True)[0], []).append(name)
    for silencer in document.silencers:
        for word in found.keys() & set(silencer.codes):
            of = [
                name
                for name in named.get(silencer.line, ())
                if word == "never" or name.startswith(("action:", "answer:"))
            ]
            silencer.heard.update([word] if of else [])
            found[word].update(dict.fromkeys(of, silencer.why))
    return Reasons(**found)


def places(scenario: Scenario) -> Iterator[tuple[str, Path]]:
    """Whatever may happen, and where the file speaks of it."""
    for name, ask in scenario.asks.items():
        yield f"ask:{name}", ("asks", name)
        yield from ((f"answer:{name}.{answer}", ("asks", name, "answers", answer)) for answer in ask.answers)
    for action, record in scenario.actions.items():
        yield f"action:{action}", ("actions", action)
        if record.vote is not None:
            yield from ((f"{way}:{action}", ("actions", action, "vote", key)) for key, way in DECIDED.items())
    for event, rule in scenario.events.items():
        yield f"event:{event}", ("events", event)
        yield from ((f"outcome:{event}:{name}", ("events", event, "outcomes", name)) for name in rule.outcomes)
    yield from ((f"ending:{ending.id}", ("endings", number)) for number, ending in enumerate(scenario.endings))
