"""Advisers: each says what its numbers say, and they do not all say the same."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine.play import Game
from engine.play.facts.advice import Advice
from engine.play.facts.advisers import Odds, advise, all_effects, try_plan
from engine.play.openness import Candour
from engine.rules.options import Option
from tests.play.facts.strange import BRACKETS

TABLE = Option("us", "table_resolution")


def by_name(found: tuple[Advice, ...]) -> dict[str, Advice]:
    """Each adviser's advice."""
    return {advice.adviser: advice for advice in found}


def odds(difference: float, margin: float = 1.0, more: float = 0.0) -> Odds:
    """Futures in which a plan is better by so much, and the bad ending likelier by so much."""
    shares = {"independent": 0.5 - more, "frozen": 0.5 + more}
    scores = {"independent": 80.0, "frozen": 20.0}
    return Odds(shares, {"independent": 0.5, "frozen": 0.5}, difference, margin, 0.05, scores)


def test_nothing_planned_nothing_said(small: Game) -> None:
    """To hold needs no advice."""
    assert advise(small, "us", []) == ()


@pytest.mark.parametrize(("difference", "verdict"), [(3.0, "for"), (-3.0, "against"), (0.5, "indifferent")])
def test_the_strategist_follows_the_futures(small: Game, difference: float, verdict: str) -> None:
    """Better, worse, or within the margin."""
    assert by_name(advise(small, "us", [TABLE], odds(difference)))["strategist"].verdict == verdict


@pytest.mark.parametrize(("more", "verdict"), [(0.2, "against"), (-0.2, "for"), (0.01, "indifferent")])
def test_the_cautious_one_looks_at_the_worst_ending(small: Game, more: float, verdict: str) -> None:
    """Whatever the mean score does."""
    advice = by_name(advise(small, "us", [TABLE], odds(5.0, more=more)))["cautious"]
    assert advice.verdict == verdict
    assert ("No decision" in advice.words) == (verdict != "indifferent")


def test_the_jurist_counts_the_vote(small: Game) -> None:
    """A text that would be vetoed has the jurist against it, with the member's name."""
    advice = by_name(advise(small, "us", [TABLE]))["jurist"]
    chance = float(small.rules.passing(small.world, small.rules.question("table_resolution"))[0])
    assert advice.verdict == "against"
    assert f"passes with {100 * chance:.0f}%" in advice.words
    assert "Russia would block it." in advice.words


def test_the_treasurer_knows_what_is_used_up(small: Game) -> None:
    """A declaration can be made once, opens recognition to others, and can't be undone."""
    while not any(e.option.action == "declare" for e in small.view("kosovo").legal):
        small.step()
    words = by_name(advise(small, "kosovo", [Option("kosovo", "declare")]))["treasurer"].words
    assert words == "We can do this only once. It can't be undone: independence is declared"
    table = by_name(advise(small, "us", [TABLE]))["treasurer"].words
    assert table == "We can do this again only after 21 days."


def test_the_analyst_names_who_gains_and_who_loses(small: Game) -> None:
    """By their own stances, and the answer that becomes likelier."""
    while not any(e.option.action == "declare" for e in small.view("kosovo").legal):
        small.step()
    trial = try_plan(small, "kosovo", [Option("kosovo", "declare")])
    words = by_name(advise(small, "kosovo", [Option("kosovo", "declare")]))["analyst"].words
    assert trial.change("us") > 0 > trial.change("russia")
    assert f"Gains most: United States ({trial.change('us'):+.1f} points)." in words
    assert f"Loses most: Russia ({trial.change('russia'):+.1f} points)." in words
    assert "Likelier becomes: United States, Recognise (from 0% to" in words


def test_advice_changes_nothing_and_is_the_same_again(game: Game) -> None:
    """The game stands where it stood, and the same question has the same answer."""
    before = game.digest(), game.world.cells.copy()
    option = game.view("serbia").legal[0].option
    assert advise(game, "serbia", [option]) == advise(game, "serbia", [option])
    assert game.digest() == before[0]
    assert np.array_equal(game.world.cells, before[1])


@pytest.mark.slow
def test_advisers_disagree(game: Game) -> None:
    """Among the options of the playable sides some have one adviser for and another against."""
    split = 0
    for actor in ("kosovo", "serbia", "eu", "russia"):
        for explained in game.view(actor).legal[:9]:
            verdicts = {advice.verdict for advice in advise(game, actor, [explained.option])}
            split += {"for", "against"} <= verdicts
    assert split >= 5


def test_a_flag_that_something_resets_is_not_for_good(game: Game) -> None:
    """Serbia's embargo can be lifted, so that nobody says otherwise."""
    places = [(place, value) for effect in all_effects(game.rules.scenario) for place, value in effect.set.items()]
    assert ("embargo", "True") in places
    assert ("embargo", "False") in places


def test_strange_names_stand_as_they_are(strange: Game) -> None:
    """Braces in a name are no placeholders."""
    words = by_name(advise(strange, "us", [TABLE]))["jurist"].words
    assert f"{BRACKETS} would block it." in words


@pytest.mark.parametrize("candour", Candour)
def test_no_number_gives_away_a_stance_that_is_not_shown(small: Game, candour: Candour) -> None:
    """Without numbers nobody's gains are told, nor how likely an answer is; with words alone no chance of a vote."""
    while not any(e.option.action == "declare" for e in small.view("kosovo").legal):
        small.step()
    declaring = [Option("kosovo", "declare")]
    told = by_name(advise(small, "kosovo", declaring, candour=candour))["analyst"]
    has_numbers = candour in (Candour.OPEN, Candour.CODED)
    assert bool(re.search(r"\d", told.words)) == ("most:" in told.words) == has_numbers
    assert told.verdict == by_name(advise(small, "kosovo", declaring))["analyst"].verdict
    jurist = by_name(advise(small, "us", [TABLE], candour=candour))["jurist"]
    assert ("%" not in jurist.words) == (candour is Candour.WORDS)
