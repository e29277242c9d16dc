"""What programs read, and what needs no layout: printed without a slow import."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.prose import counted

if TYPE_CHECKING:
    from engine.scenario.evidence import EvidenceSummary


def print_json(content: Any) -> None:
    """One JSON object in plain ASCII, which no terminal can stumble over."""
    print(json.dumps(content, indent=2, ensure_ascii=True, allow_nan=False))


def evidence_in_words(evidence: EvidenceSummary) -> str:
    """What a scenario's numbers and rules rest on, in a sentence or two."""
    e = evidence
    proved = f"{counted(e.quotes, 'quote')} found word for word in the sources, {e.distinct_quotes} of them distinct"
    stances = f"{e.stances_with_quotes} of {counted(e.stances, 'stance')} rest on a quote"
    assumed = (
        f"{counted(e.assumed, 'record')} {'gives a reason' if e.assumed == 1 else 'give reasons'} for an assumption"
    )
    return f"{proved}; {stances}; {assumed}; {e.unsupported or 'none'} without either."
