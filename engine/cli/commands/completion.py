"""`brink completion`: the script by which a shell completes what is typed after `brink`."""

from __future__ import annotations

from engine.cli.arguments import Arguments
from engine.cli.completion import script_for


def execute(arguments: Arguments) -> int:
    """Prints the script."""
    print(script_for(arguments.shell), end="")
    return 0
