"""The rules: a scenario lowered to a program, and what executes it on a world, pace by pace."""

from engine.rules.rulebook import Rules
from engine.rules.world import OPEN, World

__all__ = ["OPEN", "Rules", "World"]
