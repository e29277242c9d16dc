"""`brink run`: one game, told turn by turn."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.cli.arguments import Arguments
from engine.cli.failures import INTERRUPTED, UsageError, unknown
from engine.cli.goldens import NOBODY
from engine.cli.paper import Paper, as_text
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.cli.scenarios import known_actor, rules_of
from engine.cli.story import tell_game
from engine.rules import Rules

if TYPE_CHECKING:
    from engine.play.game import Game
    from engine.play.journal_format import Journal, Place
    from engine.play.policies import Policy
    from engine.play.record import Turn


def execute(arguments: Arguments) -> int:
    """Plays, tells each turn as it comes, and saves if asked to; what was played is saved where somebody stops it."""
    from engine.play.game import Game
    from engine.play.journal import refuse_taken
    from engine.play.whereabouts import place_of

    if arguments.certain and arguments.save is not None:
        raise UsageError("a save names a scenario, doubts and all: leave out --certain, or --save")
    rules = rules_of(arguments.scenario, arguments.certain)
    seats = seats_of(arguments, rules) if arguments.case is None else seats_in_case(arguments, rules)
    assert arguments.seed is not None
    if arguments.save is not None:
        refuse_taken(arguments.save)
    game = Game(rules, arguments.seed, arguments.run, seats, people=tuple(arguments.seat or ()))
    played = Played(game, arguments.save, place_of(arguments.scenario))
    try:
        tell(arguments, game, played)
    except KeyboardInterrupt:
        if played.keep():
            print(f"brink: interrupted; turns 0 to {played.whole - 1} are kept in {arguments.save}", file=sys.stderr)
            return INTERRUPTED
        raise
    return 0


def tell(arguments: Arguments, game: Game, played: Played) -> None:
    """The game, while it is played or as one object."""
    from engine.play.standings import game_as_json

    if arguments.json:
        with at_work("playing"):
            list(played.turns())
            content = game_as_json(game, arguments.seconds)
        print_json(content)
        return
    paper = Paper()
    tell_game(paper, game, who_decides(arguments, game), played.turns(), arguments.seconds)
    if arguments.save is not None:
        paper.blank()
        paper.put(as_text(f"Saved as {arguments.save}. To see it again: brink replay {arguments.save}"))


@dataclass
class Played:
    """A game while it is played, and its save."""

    game: Game
    save: str | None
    place: Place | None = None
    """Where its scenario is, if it does not come with the game."""
    whole: int = 0
    """Turns that are known to be whole."""
    _journal: Journal | None = None
    _is_saved: bool = False

    def turns(self) -> Iterator[Turn]:
        """Each turn as it has been played; at the end the game is saved."""
        from engine.play.journal import journal_of

        while not self.game.is_over:
            self.game.step()
            if self.save is not None and not self.game.is_over:
                self._journal = journal_of(self.game, self.place)
            self.whole = len(self.game.turns)
            yield self.game.turns[-1]
        if self.save is not None:
            self._journal = journal_of(self.game, self.place)
            self.keep()

    def keep(self) -> bool:
        """Save what is whole, once; whether there is a save."""
        from engine.play.journal import write

        if self.save is not None and self._journal is not None and not self._is_saved:
            write(self._journal, self.save)
            self._is_saved = True
        return self._is_saved


def seats_of(arguments: Arguments, rules: Rules) -> dict[str, Policy]:
    """The policies of the actors for whom the rules do not decide."""
    from engine.play.orders import read_orders
    from engine.play.policies import BUILT_IN

    seats: dict[str, Policy] = {}
    files = dict(_pairs(arguments))
    for actor, name in arguments.policy or ():
        known_actor(rules.scenario, actor)
        if name not in BUILT_IN:
            raise unknown("policy", name, BUILT_IN)
        if actor in files:
            raise UsageError(f"--seat {actor} and --policy {actor}={name} both say who decides for {actor}")
        seats[actor] = BUILT_IN[name]
    for actor in files:
        known_actor(rules.scenario, actor)
    return {**{actor: read_orders(path, rules, actor) for actor, path in files.items()}, **seats}


def seats_in_case(arguments: Arguments, rules: Rules) -> dict[str, Policy]:
    """The policies of those who are ordered about in a case of the scenario."""
    from engine.play.scripts import seats_of_case

    if arguments.seat or arguments.orders or arguments.policy:
        raise UsageError("a case says itself who sits where: leave out --seat, --orders and --policy")
    cases = rules.scenario.cases
    if arguments.case not in cases:
        raise unknown("case", arguments.case or "", cases, "" if cases else f"{rules.scenario.id} has none")
    return seats_of_case(rules.scenario, cases[arguments.case])


def _pairs(arguments: Arguments) -> list[tuple[str, str]]:
    actors, files = arguments.seat or [], arguments.orders or []
    if len(actors) != len(files):
        raise UsageError("each --seat ACTOR needs its --orders FILE, and each --orders its --seat")
    return list(zip(actors, files, strict=True))


def who_decides(arguments: Arguments, game: Game) -> str:
    """A sentence on the seats."""
    if arguments.case is not None:
        return f"Played as the case {arguments.case} says; the rules decide the rest."
    seated = [(actor, f"the orders in {path}") for actor, path in _pairs(arguments)]
    seated += [(actor, f"the policy {policy}") for actor, policy in arguments.policy or ()]
    said = [f"{game.rules.scenario.actors[actor].title} follows {whom}" for actor, whom in seated]
    return f"{'; '.join(said)}; the rules decide for the others." if said else NOBODY
