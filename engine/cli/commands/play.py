"""`brink play`: the game, on screen, in lines of text, or by itself where nobody is there."""

from __future__ import annotations

import sys

from engine.cli.arguments import DEFAULT_SEED, Arguments
from engine.cli.failures import UsageError, unknown
from engine.cli.paper import Paper
from engine.cli.scenarios import known_actor, rules_of, scenario_of
from engine.cli.story import tell_game
from engine.prose import series


def execute(arguments: Arguments) -> int:
    """Opens the screens; in lines with ``--plain`` or where they can't be shown; by itself where nobody can answer."""
    if arguments.place is not None:
        arguments.scenario = place_of_save(arguments)
    check_seats(arguments)
    if arguments.plain:
        return play_plainly(arguments)
    from tui.launch import Start, fault_of_terminal, has_keyboard, launch, trouble_with_terminal

    trouble = trouble_with_terminal()
    if trouble is None:
        return launch(
            Start(
                scenario=arguments.scenario,
                save=arguments.save,
                results=arguments.results,
                people=tuple(arguments.sides or ()),
                level=arguments.level,
                afterwards=arguments.afterwards,
                seed=arguments.seed,
                is_ascii=arguments.ascii,
            )
        )
    if has_keyboard():
        print(f"brink: {fault_of_terminal()}: the game is told in lines, as with --plain", file=sys.stderr)
        return play_plainly(arguments)
    if arguments.scenario is None or arguments.save is not None:
        raise UsageError(trouble)
    return play_by_itself(arguments, trouble)


def place_of_save(arguments: Arguments) -> str | None:
    """Where the scenario of a save is, said once."""
    if arguments.save is None:
        raise UsageError("--scenario says where the scenario of a save is: it goes with --load")
    if arguments.scenario is not None:
        raise UsageError("the scenario is named twice: by SCENARIO and by --scenario")
    return arguments.place


def check_seats(arguments: Arguments) -> None:
    """Fail where a side or a difficulty is named that there is not, or for a game that has its own."""
    if arguments.sides is None and arguments.level is None:
        return
    if arguments.save is not None or arguments.results is not None:
        raise UsageError("--as and --level are for a new game, and go neither with --load nor with --results")
    from engine.play.levels import LEVELS

    if arguments.level is not None and arguments.level not in LEVELS:
        raise unknown("difficulty", arguments.level, LEVELS)
    if arguments.scenario is None:
        if arguments.plain and arguments.sides is None:
            return
        raise UsageError("--as and --level need a scenario: brink play SCENARIO --as SIDE")
    scenario = scenario_of(arguments.scenario)
    for side in arguments.sides or ():
        sides = [actor for actor, record in scenario.actors.items() if record.playable]
        if known_actor(scenario, side) not in sides:
            raise UsageError(f"nobody can play {side}: people take {series(sides, 'or')}")


def play_plainly(arguments: Arguments) -> int:
    """The game in lines of text."""
    from tui.launch import speak

    speak()
    from tui.dialogue import Line, signs
    from tui.plain import PlainGame
    from tui.terminal.typing import next_line, print_at_once

    if arguments.results is not None:
        raise UsageError("--results is for the screens; brink summary tells the results of a batch in lines")
    game = PlainGame(Line(next_line, print_at_once, signs(arguments.ascii)), afterwards=arguments.afterwards)
    if arguments.save is not None:
        return game.resume(arguments.save, arguments.scenario)
    return game.begin(arguments.scenario, arguments.seed, tuple(arguments.sides or ()), arguments.level)


def play_by_itself(arguments: Arguments, trouble: str) -> int:
    """Plays a game by the rules, and prints it."""
    from engine.play.game import Game

    seed = DEFAULT_SEED if arguments.seed is None else arguments.seed
    game = Game(rules_of(arguments.scenario), seed)
    game.play()
    again = f"brink run {arguments.scenario} --seed {seed}"
    print(f"brink: {trouble}. Nobody sits in a seat, so this game plays by itself.", file=sys.stderr)
    tell_game(Paper(), game, f"Nobody sits in a seat: this game plays by itself. To see it again: {again}")
    return 0
