"""`brink replay`: the game of a save, told again."""

from __future__ import annotations

from pathlib import Path

from engine.cli.arguments import Arguments
from engine.cli.paper import Paper
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.cli.scenarios import rules_of
from engine.cli.story import tell_game


def execute(arguments: Arguments) -> int:
    """Plays the save again, as far as it goes."""

    from engine.play.journal import SaveError, game_of, read_journal
    from engine.play.standings import game_as_json
    from engine.play.whereabouts import find_again

    assert arguments.save is not None
    journal = read_journal(arguments.save)
    try:
        rules = rules_of(arguments.scenario or find_again(journal, Path(arguments.save).parent))
        with at_work("playing the save again"):
            game = game_of(journal, rules)
    except SaveError as error:
        raise SaveError(f"{arguments.save}: {error}") from None
    if arguments.json:
        print_json(game_as_json(game, arguments.seconds))
    else:
        seated = ", ".join(game.rules.scenario.actors[actor].title for actor in journal.seats)
        tell_game(Paper(), game, f"Replayed from a save; seats: {seated or 'none'}.", seconds=arguments.seconds)
    return 0
