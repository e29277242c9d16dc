"""`brink replay`: the game of a save, told again."""

from __future__ import annotations

from engine.cli.arguments import Arguments
from engine.cli.paper import Paper
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.cli.scenarios import rules_of
from engine.cli.story import tell_game


def execute(arguments: Arguments) -> int:
    """Plays the save again, as far as it goes."""
    from engine.play.journal import load, read_journal
    from engine.play.standings import game_as_json

    assert arguments.save is not None
    seats = read_journal(arguments.save).seats
    rules = None if arguments.scenario is None else rules_of(arguments.scenario)
    with at_work("playing the save again"):
        game = load(arguments.save, rules)
    if arguments.json:
        print_json(game_as_json(game, arguments.seconds))
    else:
        seated = ", ".join(game.rules.scenario.actors[actor].title for actor in seats)
        tell_game(Paper(), game, f"Replayed from a save; seats: {seated or 'none'}.", seconds=arguments.seconds)
    return 0
