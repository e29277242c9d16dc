"""The `brink` command, one module for each of its commands."""

from engine.cli.main import main

__all__ = ["main"]
