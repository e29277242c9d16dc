"""An earlier moment of a game: its world as a turn opened, played again by the rules from the record of the moves.

No game and no Mesa take part, so that the last turn of a long game is reached in a fraction of what playing it took.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.play.policies import View
from engine.rules.arrays import Rows
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.rulebook import Rules
from engine.rules.world import World

if TYPE_CHECKING:
    from engine.play.game import Game
    from engine.play.record import Turn


@dataclass(frozen=True)
class Moment:
    """An open turn: what everybody may do, and what the rule would do for everybody."""

    rules: Rules
    world: World
    appraisal: Appraisal
    choice: Rows
    """The rule's choices: option numbers or NO_MOVE, shape (actors, 1)."""

    def view(self, actor: str) -> View:
        """What an actor sees at this moment."""
        return View(self.rules, self.world, self.appraisal, actor, int(self.choice[self.rules.layout.actors[actor], 0]))


def moment_of(game: Game, turn: int) -> Moment:
    """The opening of a turn that has been played, or of the one that is open."""
    from engine.play.game import by_question

    rules, world = game.rules, game.rules.open(game.scenario_seed, game.run)
    for number, past in enumerate(game.turns[:turn]):
        rules.open_turn(world)
        appraisal = rules.appraise(world)
        votes = {actor: move.votes for actor, move in game.seat_moves[number].items()}
        rules.play_turn(world, appraisal, _choices(rules, past), None, by_question(votes))
    rules.open_turn(world)
    appraisal = rules.appraise(world)
    return Moment(rules, world, appraisal, rules.choose(world, appraisal))


def _choices(rules: Rules, turn: Turn) -> Rows:
    """What everybody did in a turn."""
    choice = np.full((len(rules.layout.actors), 1), NO_MOVE, dtype=np.intp)
    for move in turn.moves:
        choice[rules.layout.actors[move.option.actor]] = rules.number_of[move.option]
    return choice
