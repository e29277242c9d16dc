"""What a shell completes: commands, options, scenarios and files, from the very parser that reads them."""

from __future__ import annotations

import argparse
from typing import Any

from engine.cli.arguments import whole_parser

SCENARIOS = {"SCENARIO", "PATH", "RESULTS", "A", "B"}
"""What stands, in the usage of a command, for a scenario or a file."""

FILES = {"FILE", "DIR", "FOLDER", "OTHER", "SAVE", "TARGET"}
"""What stands for a file or folder."""

NAMES = "brink list --names 2>/dev/null"
"""What a shell asks for the names of scenarios; new ones are known at once."""

BASH = f"""
_brink_scenario_or_file() {{
  compgen -W "$({NAMES})" -- $1
  _shtab_compgen_files $1
}}
"""

ZSH = f"""
_brink_scenario_or_file() {{
  _alternative "scenarios:scenario:($({NAMES}))" "files:file:_files"
}}
"""

A_SCENARIO: dict[str, Any] = {
    "bash": "_brink_scenario_or_file",
    "zsh": "_brink_scenario_or_file",
    "fish": f"({NAMES}; __fish_complete_path (commandline -ct))",
    "preamble": {"bash": BASH, "zsh": ZSH},
}
"""How each shell completes a scenario: by its name, or as a file."""


def script_for(shell: str) -> str:
    """The completion script of a shell."""
    import shtab

    parser = whole_parser()
    for command in commands_of(parser):
        for argument in command._actions:
            if argument.choices is None and argument.metavar in SCENARIOS | FILES:
                how = A_SCENARIO if argument.metavar in SCENARIOS else shtab.FILE
                argument.complete = how  # type: ignore[attr-defined]  # where shtab looks for it
    return str(shtab.complete(parser, shell))


def commands_of(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """The parser of each command."""
    (commands,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return list(commands.choices.values())
