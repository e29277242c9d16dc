"""What is said when nobody may speak yet, and to whom: whole games, read word by word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.play import Game
from engine.play.record import Dispatch
from engine.rules import Rules

GAMES = 12

TELLING = ("missile", "quarantine", "blockade", "launcher", "photograph", "rocket")
"""Words that nobody says in public before the missiles are public."""

LINES = {"visit", "warn_in_private", "letter_arrives", "sound_out", "carry_word", "urge_moscow"}
"""What is only ever said in private."""


ENDS_THE_SECRET = ("leak", "warning_is_out", "announce_openly", "air_strike")
"""What makes the missiles public besides a speech."""

IN_FORCE = "The quarantine is in force."


@pytest.fixture(scope="module")
def games(rules: Rules) -> list[Game]:
    """Whole games in which the rules decide for everybody."""
    found = [Game(rules, seed=1962, run=run) for run in range(GAMES)]
    for game in found:
        game.play()
    return found


def before_it_is_out(game: Game) -> Iterator[Dispatch]:
    """What everybody reads before the turn in which the missiles become public."""
    for turn in game.turns:
        if turn.flags["public"]:
            return
        yield from (dispatch for dispatch in turn.dispatches if dispatch.known_to is None)


@pytest.mark.slow
def test_nobody_speaks_in_public_of_missiles_before_they_are_public(games: list[Game]) -> None:
    """Not in a single dispatch."""
    said = [d.text for game in games for d in before_it_is_out(game)]
    assert said
    assert [text for text in said if any(word in text.lower() for word in TELLING)] == []


@pytest.mark.slow
def test_private_words_are_read_by_both_ends_of_the_line_only(games: list[Game]) -> None:
    """Neither Havana nor U Thant reads what Robert Kennedy tells Dobrynin."""
    told = [d for game in games for turn in game.turns for d in turn.dispatches if d.about in LINES]
    assert {d.about for d in told} == LINES
    assert all(d.known_to is not None for d in told)
    jupiters = [d for d in told if d.about == "visit"]
    assert all(d.is_known_to("us") and d.is_known_to("ussr") for d in jupiters)
    assert not any(d.is_known_to(other) for d in jupiters for other in ("cuba", "un", "turkey", "joint_chiefs"))


@pytest.mark.slow
def test_a_quarantine_is_proclaimed_once_and_comes_into_force_two_days_later(games: list[Game]) -> None:
    """And the news of it is told on the day."""
    for game in games:
        spoken = [turn.turn for turn in game.turns for d in turn.dispatches if d.about == "speak" and d.kind == "move"]
        told = [turn.turn for turn in game.turns for d in turn.dispatches if d.text.startswith(IN_FORCE)]
        assert len(spoken) <= 1
        assert told in ([turn + 2 for turn in spoken], [])
        assert told or not spoken or spoken[0] + 2 >= len(game.turns)


@pytest.mark.slow
def test_the_nation_is_told_what_it_did_not_know_and_only_then(games: list[Game]) -> None:
    """A speech that follows a leak breaks no news; each other one does."""
    for game in games:
        for turn in game.turns:
            if any(d.about == "speak" and d.kind == "move" for d in turn.dispatches):
                told = [d.about for d in turn.dispatches]
                was_out = turn.turn > 0 and game.turns[turn.turn - 1].flags["public"]
                was_out |= any(news in told[: told.index("speak")] for news in ENDS_THE_SECRET)
                news = [d for d in turn.dispatches if d.text.startswith("Until tonight the nation did not know")]
                assert len(news) == (0 if was_out else 1)


@pytest.mark.slow
def test_no_actor_says_the_same_words_twice_running(games: list[Game]) -> None:
    """From one day to the next nobody repeats a dispatch."""
    for game in games:
        for earlier, later in zip(game.turns, game.turns[1:], strict=False):
            before = {(d.actor, d.text) for d in earlier.dispatches if d.kind == "move"}
            assert not before & {(d.actor, d.text) for d in later.dispatches if d.kind == "move"}
