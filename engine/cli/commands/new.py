"""`brink new`: a folder with a scenario to begin from."""

from __future__ import annotations

import shlex
from pathlib import Path

from engine.cli.arguments import Arguments
from engine.cli.failures import UsageError
from engine.cli.paper import QUIET, Paper, as_text
from engine.cli.scenarios import fit_report
from engine.scenario.creation import CreationError, create


def execute(arguments: Arguments) -> int:
    """Writes the folder, and says what to do with it."""
    target = Path(arguments.name)
    if arguments.origin is not None:
        fit_report(arguments.origin)
    try:
        files = create(target, arguments.origin)
    except CreationError as error:
        raise UsageError(str(error)) from None
    paper = Paper()
    paper.title(f"{target}: a new scenario")
    for file in files:
        paper.item(str(file))
    paper.blank()
    folder = shlex.quote(str(target))
    for command, does in (
        ("check", "every mistake, with its line"),
        ("run", "one game, told turn by turn"),
        ("test", "what it promises, and whether it keeps it"),
        ("dry-run", "what happens in many games, and what never does"),
    ):
        paper.put(as_text(f"brink {command} {folder}".ljust(30) + f"  {does}", QUIET))
    return 0
