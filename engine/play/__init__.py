"""One world, played: the game, who decides in it, its record, and its saves.

``Game`` is imported when it is asked for, since Mesa takes a second: a screen may show a briefing meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.play.game import Game, IllegalMoveError

__all__ = ["Game", "IllegalMoveError"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from engine.play import game

    return getattr(game, name)
