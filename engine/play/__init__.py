"""One world, played: the game, who decides in it, its record, and its saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.play.game import Game
    from engine.play.under_way import IllegalMoveError

__all__ = ["Game", "IllegalMoveError"]


def __getattr__(name: str) -> Any:
    """The game, loaded when it is first asked for: who only looks ahead needs no Mesa, which is slow to load."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from engine.play import game

    return getattr(game, name)
