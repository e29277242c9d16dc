"""Counter-offers: who is offered something may offer something else for it, or ask for something else."""

from __future__ import annotations

import itertools

from engine.play.game import Game
from engine.rules import Rules
from engine.scenario.models import Effect, Scenario
from engine.scenario.words.spoken import with_words, without_words
from tests.reference.test_agreement import check_runs
from tests.words import two_rivers


def with_counters(*, may: bool = True) -> Scenario:
    """The North may give a large thing or a smaller one for the loan, and an offer may be countered or not."""
    scenario = without_words(two_rivers({"secrets.talks.chance": 1.0, "words.trust": 0.9}))
    assert scenario.words is not None
    large, loan = (scenario.undertakings[name].model_copy(update={"known_to": None}) for name in ("opening", "loan"))
    small = large.model_copy(update={"title": "to open it by half", "act": "pay"})
    half = scenario.actions["pay"].model_copy(update={"cost": "0", "effects": (Effect(add={"border": "32"}),)})
    update = {
        "undertakings": {"small": small, "large": large, "loan": loan.model_copy(update={"when": "True"})},
        "threats": {},
        "texts": {},
        "words": scenario.words.model_copy(update={"counters": may, "tempo": 100.0}),
        "secrets": {},
        "actions": scenario.actions | {"pay": half},
        "endings": scenario.endings[1:],
    }
    return with_words(scenario.model_copy(update=update))


def said(scenario: Scenario, runs: int = 12) -> list[list[str]]:
    """What is said of the loan in each of some games, in its order: offers, counter-offers, and answers."""
    rules, found = Rules(scenario), []
    for run in range(runs):
        game = Game(rules, 3, run)
        while not game.is_over:
            game.step()
        moves = [move.option.action for turn in game.turns for move in turn.moves]
        found.append([move for move in moves if "loan" in move])
    return found


def test_it_is_what_the_design_says():
    """Counter-offers are those of the plain interpreter, to the last bit."""
    check_runs(with_counters(), seed=5, runs=1)


def test_an_offer_is_countered_once():
    """The South asks for the whole border, where it is offered half of it; that is taken or not."""
    games = said(with_counters())
    countered = [moves for moves in games if any(".counter_" in move for move in moves)]
    assert any("take_small_for_loan.counter_loan_for_large" in moves for moves in countered)
    for moves in countered:
        answers = [move.rpartition(".")[2] for move in moves if "." in move]
        pairs = itertools.pairwise(answers)
        assert not any(one.startswith("counter") and two.startswith("counter") for one, two in pairs), answers


def test_nothing_is_given_twice_for_one_thing_by_offers_that_cross():
    """Where each offers the other something of which the loan is a part, one of the two is taken at most."""
    for moves in said(with_counters()):
        for one, two in itertools.pairwise(moves):
            crossing = {one, two} == {"take_small_for_loan.accept", "take_loan_for_large.accept"}
            assert not crossing, moves


def test_nothing_is_countered_where_the_scenario_does_not_say_so():
    """An offer is taken or refused."""
    assert not any(".counter_" in move for moves in said(with_counters(may=False), 3) for move in moves)
