"""Headlines: which dispatch leads, what it weighs, and whom it is about."""

from __future__ import annotations

import datetime as dt

from engine.play import Game
from engine.play.facts.headlines import headlines, is_colour
from engine.play.record import Dispatch, Turn, VoteResult
from engine.scenario.load import load_scenario

DAY = dt.date(2007, 12, 10)


def turn_of(*dispatches: Dispatch, votes: tuple[VoteResult, ...] = ()) -> Turn:
    """A turn in which these are told."""
    return Turn(0, DAY, (), votes, (), dispatches)


def test_the_weightiest_leads_and_colour_comes_last(small: Game) -> None:
    """A vote that passes, a declaration, what is aimed at the player, an event of values only, in that order."""
    clashes = Dispatch(DAY, "clashes", "event", "clashes")
    warning = Dispatch(DAY, "a warning", "move", "warn", "russia", "us")
    vote = Dispatch(DAY, "a vote", "vote", "table_resolution", "us")
    result = VoteResult("council", "table_resolution", ("us",), ("us", "kosovo"), (), ("russia",), (), True)
    found = headlines(small.rules.scenario, turn_of(clashes, warning, vote, votes=(result,)), player="kosovo")
    assert [(h.dispatch.text, h.weight) for h in found] == [("a vote", 3), ("a warning", 2), ("clashes", 1)]
    aimed = headlines(small.rules.scenario, turn_of(clashes, warning), player="us")
    assert [(h.dispatch.text, h.weight, h.concerns_player) for h in aimed] == [
        ("a warning", 3, True),
        ("clashes", 1, False),
    ]


def test_a_vote_that_fails_weighs_less(small: Game) -> None:
    """It is news all the same."""
    result = VoteResult("council", "table_resolution", ("us",), (), ("us", "russia"), (), ("russia",), False)
    told = turn_of(Dispatch(DAY, "a vote", "vote", "table_resolution"), votes=(result,))
    assert headlines(small.rules.scenario, told)[0].weight == 2


def test_dispatches_say_whom_they_are_about(game: Game) -> None:
    """Each move's own actor and target, in a real game; events are nobody's."""
    game.play()
    for turn in game.turns:
        moves = {(move.option.action, move.option.actor, move.option.target) for move in turn.moves}
        for dispatch in turn.dispatches:
            if dispatch.kind == "move":
                assert (dispatch.about, dispatch.actor, dispatch.target) in moves
            if dispatch.kind == "event":
                assert dispatch.actor is None


def test_nothing_is_lost_and_colour_is_last(game: Game) -> None:
    """Every dispatch of a turn that it learns of is told once; after the first of colour there is only colour."""
    game.play()
    for turn in game.turns:
        found = headlines(game.rules.scenario, turn, "serbia")
        told = [dispatch for dispatch in turn.dispatches if dispatch.is_known_to("serbia")]
        assert sorted(h.dispatch.text for h in found) == sorted(dispatch.text for dispatch in told)
        assert [h.is_colour for h in found] == sorted(h.is_colour for h in found)
        assert all(h.weight == 1 for h in found if h.is_colour)
    assert is_colour(game.rules.scenario, "new_flag")
    assert not is_colour(game.rules.scenario, "flare_up")


def test_what_few_are_told_on_its_day_comes_before_routine() -> None:
    """The President's first sight of the photographs leads the news of 16 October, before tea in New York."""
    scenario = load_scenario("cuba-1962")
    day = dt.date(1962, 10, 16)
    tea = Dispatch(day, "tea", "move", "quiet_soundings", "un", known_to=("un", "us"))
    shown = Dispatch(day, "photographs", "event", "photographs_shown", known_to=("us", "joint_chiefs"))
    found = headlines(scenario, Turn(0, day, (), (), (), (tea, shown)), player="us")
    assert [(h.dispatch.text, h.weight, h.is_colour) for h in found] == [("photographs", 3, False), ("tea", 2, False)]
