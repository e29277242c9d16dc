"""What the calibration card of a bundled scenario says, in a few sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.assessment.card import gaps, in_words
from engine.prose import counted
from engine.report.figure import Section
from engine.report.markup import bullets, element, joined, paragraphs
from engine.report.material import Material
from engine.scenario.places import BUNDLED, CARD_FILE, list_scenarios

MOST_MISSES = 6
"""Misses that are told one by one."""


def calibration(material: Material) -> Section | None:
    """How the scenario does against what happened; nothing where it has no card, or the card is of another state."""
    scenario = material.manifest["scenario"]
    values = card_of(str(scenario["id"]))
    if values is None or values["hashes"]["scenario"] != scenario["hash"]:
        return None
    words = (
        f"Of {counted(values['runs'], 'run')} by the rule, with nothing changed (seed {values['seed']}), beside "
        "baselines that know little. Lower scores are better; intervals are 95 % intervals."
    )
    more = joined("All of it: ", element("code", f"brink backtest {scenario['id']}"), ".")
    return Section(
        "calibration",
        "Held against what happened",
        joined(paragraphs(words), bullets(told(values)), misses(values), element("p", more)),
    )


def card_of(name: str) -> dict[str, Any] | None:
    """The values of a bundled scenario's card."""
    path = BUNDLED / name / CARD_FILE
    if name not in list_scenarios() or not path.is_file():
        return None
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values


def told(values: Mapping[str, Any]) -> Iterator[str]:
    """Each part, and how the rule does beside the best baseline."""
    for part in values["parts"]:
        for sentence in gaps(values, part):
            yield f"{part['part'].capitalize()}: {plain(sentence)}"


def misses(values: Mapping[str, Any]) -> str | None:
    """What came and was thought unlikely."""
    found = [question for question in values["questions"] if question["missed"]]
    if not found:
        return None
    heading = f"Missed: {counted(len(found), 'question')} of {len(values['questions'])}"
    entries = [plain(in_words(question)) for question in found[:MOST_MISSES]]
    if len(found) > MOST_MISSES:
        entries.append(f"and {len(found) - MOST_MISSES} more")
    return joined(element("h3", heading), bullets(entries))


def plain(sentence: str) -> str:
    """A sentence without the marks of Markdown."""
    return sentence.replace("`", "").replace("*", "")
