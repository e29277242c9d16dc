"""All that a person in a seat can read line by line."""

from __future__ import annotations

from engine.play.ahead.forecaster import Forecaster
from engine.play.crisis import Crisis
from engine.play.session import Session
from engine.play.store import Store
from engine.play.wording import playable
from tui.dialogue import Line
from tui.match import Match
from tui.plain import PlainGame

ASKED = ("a", "o 1", "x", "n", "s 1", "v", "v 1", "w", "c", "h", "d", "b", "1", "q?", "k", "k 1?", "g")
"""Everything that can be asked line by line, but for the dossiers."""


def lines_of(crisis: Crisis, session: Session, store: Store, futures: int = 20) -> list[str]:
    """The report of the turn before, what each question brings, and what is said as the turn is sent."""
    shown: list[str] = []
    game = PlainGame(Line(str, shown.append), store)
    game.match = Match(crisis, session, store, Forecaster(crisis.rules, 0), futures=futures)
    with game.match.forecaster:
        game.tell_turn(session.game.turns[-1])
        game.open_turn()
        for words in (*ASKED, *(f"w {actor}" for actor in playable(crisis.scenario))):
            game.obey(words)
        game.obey("e")
    return shown
