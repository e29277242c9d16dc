"""How an offer would be taken: by the rule of whom it is made to, with its reasons."""

from __future__ import annotations

import math

import pytest

from engine.play.facts.sounding import sounding, sounding_in_words
from engine.play.game import Game
from engine.rules import Rules
from engine.rules.options import Option
from tests.words import two_rivers


def test_an_offer_is_sounded_by_the_rule_of_the_other_side():
    """The chance is that of accepting against refusing; trust is what weighs the offer."""
    game = Game(Rules(two_rivers({"secrets.talks.chance": 1.0, "words.trust": 0.9})), 1)
    offer = Option("south", "offer_loan_for_opening")
    found = sounding(game, offer)
    assert found is not None
    assert found.to == "north"
    assert found.trust == 0.9
    assert found.gets > 0 > found.gives
    loose = float(game.rules.scenario.temperature)
    assert found.accepts == pytest.approx(1 / (1 + math.exp(-(found.gets + found.gives) / loose)))
    words = sounding_in_words(game, offer)
    assert words is not None
    assert words.startswith(f"The North would accept with {found.accepts:.0%}: {found.gets:+.3f} from what it gets")


def test_what_is_no_offer_is_not_sounded():
    """An act is not taken or refused."""
    game = Game(Rules(two_rivers()), 1)
    assert sounding(game, Option("south", "build_dam")) is None
    assert sounding_in_words(game, Option("south", "build_dam")) is None
