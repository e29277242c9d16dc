"""Dossiers: the words of the sources, and an actor's record in a game."""

from __future__ import annotations

import pytest

from engine.play import Game
from engine.play.facts.dossier import dossier_of, gap_in_words, gaps_of, record_of
from engine.scenario.load import Report


def test_quotes_carry_their_sources(report: Report) -> None:
    """Words, speaker, publisher, day, title and reading, as the file has them."""
    assert report.scenario is not None
    stance = dossier_of(report.scenario, "serbia", report.sources).stances[0]
    quote = stance.support.quotes[0]
    assert quote.words == "Kosovo would remain and integral and inalienable part of Serbia forever"
    assert (quote.by, quote.publisher, str(quote.date)) == ("Vojislav Kostunica", "BBC News", "2007-12-19")
    assert quote.reading == "a province, at most with the autonomy of Hong Kong"
    assert quote.words in " ".join(report.sources[quote.source].passages.text.split())


def test_the_record_holds_every_move_and_vote(game: Game) -> None:
    """By turn, and nothing of others."""
    for actor in ("serbia", "us", "eu"):
        deeds = record_of(game, actor).deeds
        moves = [move for turn in game.turns for move in turn.moves if move.option.actor == actor]
        votes = [v for turn in game.turns for v in turn.votes if actor in (*v.yes, *v.no, *v.abstain)]
        assert [deed.chance for deed in deeds if deed.kind == "move"] == [move.chance for move in moves]
        assert len([deed for deed in deeds if deed.kind == "vote"]) == len(votes)
        assert [deed.turn for deed in deeds] == sorted(deed.turn for deed in deeds)


def test_what_is_missing_adds_up_to_the_score(game: Game) -> None:
    """The points that issues cost and the score make a hundred."""
    scores = game.scores()
    for actor in scores:
        assert sum(gap.costs for gap in gaps_of(game, actor)) + scores[actor] == pytest.approx(100.0)
        assert record_of(game, actor).score == scores[actor]


def test_a_gap_in_words(small: Game) -> None:
    """What is wanted, what is there, and what the difference costs."""
    (gap,) = gaps_of(small, "us")
    assert gap_in_words(gap) == (
        'Status: wants between "as before" and "independent" (90), has between "as before" and "independent" (35); '
        "costs 61.1 of 100 points"
    )


def test_flags_are_told_with_their_meaning(game: Game) -> None:
    """Those that the actor has now."""
    while not any(record_of(game, actor).flags for actor in ("us", "uk", "france")):
        game.step()
    held = [(flag, words) for actor in ("us", "uk", "france") for flag, words in record_of(game, actor).flags]
    assert all(game.rules.scenario.actor_flags[flag] == words for flag, words in held)
