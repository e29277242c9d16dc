"""Names that a screen may mangle."""

from __future__ import annotations

from tests.scenario.minimal import MINIMAL, replaced

BRACKETS = "[bold]Russia[/bold] {by}"
"""What looks like markup, and like a placeholder."""

LONG = "The " + "United " * 14 + "States of the West"
"""As long as a title may be, nearly."""

FROM_THE_RIGHT = "קוסובו كوسوفو"
"""Hebrew and Arabic."""


def _strange() -> str:
    text = replaced("title: Russia", f'title: "{BRACKETS}"')
    text = replaced("title: United States", f"title: {LONG}", text)
    text = replaced("title: Kosovo\n", f"title: {FROM_THE_RIGHT}\n", text)
    return replaced("title: Council", 'title: "[red]Council[/]"', text)


STRANGE = _strange()
assert len(STRANGE) > len(MINIMAL)
