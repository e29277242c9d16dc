"""One world, played: the game, who decides in it, its record, and its saves.

``Game`` and ``IllegalMoveError`` are imported when they are first asked for: a game brings Mesa, which takes a second,
and much of what players read needs no game.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.play.game import Game, IllegalMoveError

__all__ = ["Game", "IllegalMoveError"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from engine.play import game

        return getattr(game, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
