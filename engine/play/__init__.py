"""One world, played: the game, who decides in it, its record, and its saves."""

from engine.play.game import Game, IllegalMoveError

__all__ = ["Game", "IllegalMoveError"]
