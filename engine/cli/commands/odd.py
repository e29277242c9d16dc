"""`brink odd`: a scenario described by the ODD protocol, as Markdown."""

from __future__ import annotations

from engine.cli.arguments import Arguments
from engine.cli.failures import plain
from engine.cli.odd import odd_of
from engine.cli.scenarios import fit_report


def execute(arguments: Arguments) -> int:
    """Prints the page."""
    print(plain(odd_of(fit_report(arguments.scenario))), end="")
    return 0
