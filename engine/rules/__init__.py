"""The rules: a scenario compiled into functions over arrays, and one turn of a world."""

from engine.rules.rulebook import Rules
from engine.rules.world import OPEN, World

__all__ = ["OPEN", "Rules", "World"]
