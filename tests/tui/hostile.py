"""Scenarios whose every text is as awkward as a text can be, and right in every other way."""

from __future__ import annotations

import json
from pathlib import Path

from engine.play.crisis import Crisis, open_crisis
from tests.play.tables import TWO_MOVES
from tests.scenario.minimal import replaced, write

TEXTS = {
    "title: A small crisis": "[/nope] crisis [link=https://x.y]a[/link]",
    "title: Russia": "[/] שלום",
    "title: United States": "[b]Bold[/b]",
    "in_text: the United States": "the [b]Bold[/b]",
    "title: Kosovo": "日本国 é̂ عربي",
    "title: Status": "[$primary] [1] vote [yes]/[no]",
    "title: Unrest": "[red]Unrest",
    "title: Council": "[link=x]Council",
    "title: Warn": "[@click=app.finish]Warn[/]",
    "title: Declare independence": "[Reuters] Declare",
    "title: Table a resolution": "Table [draft 1]",
    "title: Independent": "[/bold] 独立",
    "title: No decision": "[x=1] None",
    "title: The deadline": "[10 December] \\[day",
    "question: Shall the status be settled?": "Shall [yes]/[no] hold [/nope]?",
    'dispatch: "{By} warns {target}."': "[Reuters] {By} warns {target}. [/]",
}
"""What stands in the small crisis, and the text that takes its place."""

LONG = "Plenipotentiary of the Grand Alliance of United Provinces and Associated Territories Beyond the Sea " * 3
"""A name that no line holds, less than a scenario may have."""


def hostile(folder: Path, texts: dict[str, str] | None = None) -> Crisis:
    """The small crisis with awkward texts."""
    text = TWO_MOVES
    for old, new in (texts or TEXTS).items():
        key = old.partition(":")[0]
        pair = f"{key}: {json.dumps(new, ensure_ascii=False)}"
        for end in ("\n", ",", "}"):
            if text.count(f"{old}{end}") == 1:
                text = replaced(f"{old}{end}", f"{pair}{end}", text)
                break
        else:
            raise AssertionError(f"{old!r} does not stand once")
    return open_crisis(str(write(folder, text)))


def long(folder: Path) -> Crisis:
    """The small crisis with names that no line holds."""
    return hostile(
        folder, {old: f"{number} {LONG}"[:120].strip() for number, old in enumerate(TEXTS) if "{" not in old}
    )
