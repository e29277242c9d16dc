"""What the commands take that look after the installation."""

from __future__ import annotations

from engine.cli.arguments.common import Parser, nothing_but_json

SHELLS = ("bash", "zsh", "fish")
"""Shells whose completion is known."""

WHERE = """
How each shell is told, once:
  bash   brink completion bash > ~/.local/share/bash-completion/completions/brink
  zsh    brink completion zsh > DIR/_brink, where DIR is one of $fpath
  fish   brink completion fish > ~/.config/fish/completions/brink.fish
"""


def doctor(parser: Parser) -> None:
    """``brink doctor``."""
    nothing_but_json(parser)


def completion(parser: Parser) -> None:
    """``brink completion``."""
    import argparse

    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))
    parser.epilog, parser.formatter_class = WHERE, argparse.RawDescriptionHelpFormatter
