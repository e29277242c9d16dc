"""What Moscow is told while Washington decides in secret, and Washington of Moscow: lines of a player's complaint."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from engine.play import Game
from engine.play.ahead.forecaster import Forecaster
from engine.play.crisis import Crisis, open_crisis
from engine.play.facts.advisers import advise
from engine.play.facts.ghost import drift_of, ghost_of
from engine.play.facts.impact import impact_of
from engine.play.levels import LEVELS
from engine.play.session import Session
from engine.play.sight.observer import Observer
from engine.play.sight.seen import Played
from engine.play.sight.state import KeptError
from engine.play.store import Store
from engine.play.wording import named
from engine.rules import Rules
from engine.rules.layout import NO_STAMP
from engine.rules.options import Option
from tui.dialogue import WIDTH
from tui.glyphs import UNICODE
from tui.lines.dossier import dossier_lines
from tui.lines.ghost import ghost_lines
from tui.lines.news import archive_lines
from tui.lines.report import report_lines
from tui.match import Match

SECRET = {"choose_quarantine", "choose_strike", "argue_for_strike", "argue_for_blockade", "argue_for_time", "ask_press"}
"""Steps of Washington's of which nobody in Moscow learns."""


@pytest.fixture(scope="module")
def crisis() -> Crisis:
    """The crisis, with what really happened."""
    return open_crisis("cuba-1962")


@pytest.fixture(scope="module")
def chosen(rules: Rules) -> Game:
    """A game in which the President has chosen in secret, on the evening of that day."""
    for seed in range(20):
        game = Game(rules, seed=seed)
        while (not game.is_over and not game.turns[-1:]) or (game.turns and not game.turns[-1].flags["public"]):
            game.step()
            if game.turns[-1].flags["quarantine_chosen"] and not game.turns[-1].flags["public"]:
                return game
    raise AssertionError("the President chooses before he speaks in one game of twenty")


def done(game: Game, seat: str | None) -> set[str]:
    """The deeds of which a seat is told."""
    return {move.option.action for turn in game.seen_by(seat).turns for move in turn.moves}


def test_secret_moves_are_told_to_those_who_learn_of_them(chosen: Game) -> None:
    """Neither that they were made nor why."""
    assert done(chosen, None) & SECRET == done(chosen, "us") & SECRET
    assert "choose_quarantine" in done(chosen, "us")
    assert not done(chosen, "ussr") & SECRET


def test_drift_does_not_jump_with_a_secret_choice(chosen: Game, crisis: Crisis) -> None:
    """Moscow's drift is made of what Moscow is told."""
    assert crisis.history is not None
    seen, whole = (drift_of(chosen.seen_by(seat), crisis.history) for seat in ("ussr", None))
    assert "quarantine_chosen" in {flag.flag for flag in whole.flags}
    assert "quarantine_chosen" not in {flag.flag for flag in seen.flags}


def test_what_really_happened_is_told_to_those_who_knew(chosen: Game, crisis: Crisis) -> None:
    """The photographs of the first day to Washington alone, the conversation of the third to both."""
    assert crisis.history is not None
    found = {}
    for seat in ("us", "ussr"):
        history = chosen.seen_by(seat).of_history(crisis.history)
        assert history is not None
        ghosts = [ghost_of(chosen.rules.scenario, history, crisis.sources, seat, turn) for turn in range(8)]
        found[seat] = {deed.title for ghost in ghosts for deed in (*ghost.own, *ghost.others)}
    assert "The President is shown the photographs" in found["us"] - found["ussr"]
    assert "Gromyko at the White House" in found["us"] & found["ussr"]
    assert "The President addresses the nation" in found["ussr"]


def test_a_policy_can_not_read_a_secret_choice(chosen: Game) -> None:
    """It is not among what its side knows, and to ask for it is an error that says so."""
    state = chosen.view("ussr").state
    assert "quarantine_chosen" not in state
    assert "public" in state
    with pytest.raises(KeptError, match="quarantine_chosen is kept from ussr"):
        state["quarantine_chosen"]
    assert chosen.view("us").state["quarantine_chosen"] == 1


HIDDEN = {"ussr": {"strike_mood", "rumour"}, "us": {"resolve", "fear"}}
"""What moves in the other capital, and is not told at once."""


@pytest.mark.parametrize("seat", HIDDEN)
def test_what_a_plan_does_at_once_names_nothing_of_the_other_capital(rules: Rules, seat: str) -> None:
    """Nor does any part of the state that the seat is shown; some plan does move it."""
    game, moved = Game(rules, seed=3), set[str]()
    for _turn in range(9):
        plans = [(explained.option,) for explained in game.view(seat).legal]
        told = {shift.name for plan in plans for shift in impact_of(game.seen_by(seat), seat, plan).shifts}
        moved |= {shift.name for plan in plans for shift in impact_of(game, seat, plan).shifts}
        assert not told & HIDDEN[seat]
        assert not HIDDEN[seat] & set(game.view(seat).state)
        game.step()
        if game.is_over:
            break
    assert moved & HIDDEN[seat]


@pytest.mark.slow
def test_advisers_name_no_step_of_which_the_side_would_not_learn(rules: Rules) -> None:
    """As Washington moves in secret, Moscow's analyst does not say what becomes likelier there, nor the other way."""
    game, count = Game(rules, seed=2), {"whole": 0, "seen": 0}
    for _turn in range(3):
        for seat in ("us", "ussr"):
            for how, played in (("whole", game), ("seen", game.seen_by(seat))):
                told = likelier(played, game, seat)
                count[how] += sum(not game.seen_by(seat).hears_of(option) for option in told)
        game.step()
    assert count["seen"] == 0
    assert count["whole"] > 0, "there is something to be kept back"


def likelier(played: Played, game: Game, seat: str) -> list[Option]:
    """What the analyst calls likelier after each plan of a seat."""
    names = {named(game.rules.scenario, option): option for option in game.rules.options if option.actor != seat}
    words = (advise(played, seat, (e.option,))[2].words for e in game.view(seat).legal[:2])
    return [option for text in words for name, option in names.items() if f", {name} (from " in text]


def unchosen(session: Session, seat: str) -> Session:
    """The same game as if nothing had been done of which a seat does not learn, as far as that is told."""
    other = deepcopy(session)
    game, observer = other.game, Observer(session.rules, seat)
    game.turns[:] = [observer.of(turn) for turn in game.turns]
    for place in observer.kept.unreported:
        row = game.rules.layout.rows[place]
        if place.kind == "flag" and not session.game.seen_by(seat).tells(place):
            game.world.cells[row] = 0.0
            game.world.cells[game.rules.layout.stamps[row]] = NO_STAMP
    return other


@pytest.mark.parametrize("level", ["student", "statesman"])
def test_lines_tell_moscow_nothing_of_what_washington_hides(level: str, crisis: Crisis, tmp_path: Path) -> None:
    """Reports, dispatches, dossiers and the record are what they would be, had nothing of it been done."""
    session = Session.new(crisis.rules, 2, people=("ussr",), level=LEVELS[level])
    for _turn in range(5):
        session.end_turn()
    told: list[list[str]] = []
    for one in (session, unchosen(session, "ussr")):
        match = Match(crisis, one, Store(tmp_path / str(len(told))), Forecaster(crisis.rules, 0), 20)
        with match.forecaster:
            lines = [
                *(line for turn in one.game.turns for line in report_lines(match, turn, WIDTH, UNICODE)),
                *(line for actor in crisis.scenario.actors for line in dossier_lines(match, actor, WIDTH, UNICODE)),
                *archive_lines(one, "ussr", WIDTH),
                *ghost_lines(match, WIDTH, UNICODE),
            ]
            told.append([line if isinstance(line, str) else line.plain for line in lines])
    assert told[0] == told[1]
    assert done(session.game, None) - done(session.game, "ussr"), "there is something to hide"
