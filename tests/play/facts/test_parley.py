"""What may be said to others: how it is taken is what the rule does; words cost no move; nothing leaks through them."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from engine.play.budget import WORDS_A_TURN
from engine.play.crisis import Crisis
from engine.play.facts.advice import AGAINST
from engine.play.facts.asked import standing_with
from engine.play.facts.envoy import envoy
from engine.play.facts.parley import Sayable, letter_in, sayables
from engine.play.levels import LEVELS
from engine.play.session import Option, OrderRefused, Session
from engine.play.store import Store
from engine.rules import Rules
from tests.play.sight.worlds import otherwise
from tests.tui.reading import lines_of
from tests.words import TWO_RIVERS, two_rivers

OFFER, ASK = Option("north", "offer_opening_for_loan"), "take_opening_for_loan"


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The two rivers, with talks under way."""
    return Rules(two_rivers({"secrets.talks.chance": 1.0}))


def at_table(rules: Rules, actor: str = "north", level: str = "student") -> Session:
    """A game that begins."""
    return Session.new(rules, 7, people=(actor, "south"), level=LEVELS[level], title="A game of the tests")


def offer_of(session: Session) -> Sayable:
    """The offer of the North to the South."""
    said = sayables(session.seen("north"), "north", session.level.candour)
    return next(word for word in said if word.option == OFFER)


def test_an_offer_is_taken_as_likely_as_the_rule_takes_it(rules: Rules) -> None:
    """What is told before is what the rule then reckons with."""
    session = at_table(rules)
    word = offer_of(session)
    session.choose("north", OFFER)
    assert session.go_on() is None, "the South is asked"
    answers = {e.option.said: e for e in session.view("south").options if e.option.answers == ASK}
    assert word.chance == pytest.approx(answers["accept"].chance, abs=0.02)
    letter = letter_in(session.seen("south"), standing_with(session.game, "south")[0])
    assert letter is not None and letter.worth == answers["accept"].gain
    assert letter.offer.gives.by == "north" and letter.trust == 0.7


def test_an_envoy_is_told_no_chance(rules: Rules) -> None:
    """From that level on whether others take an offer is for the player to judge; what it is worth is still told."""
    told, untold = offer_of(at_table(rules)), offer_of(at_table(rules, level="envoy"))
    assert told.chance is not None and untold.chance is None and untold.worth > 0


def test_words_cost_no_move_within_limits(rules: Rules) -> None:
    """Three words and a move may be sent in one turn; a fourth word is refused, and so is a second move."""
    session = at_table(rules)
    session.end_turn()
    legal = [e.option for e in session.view("north").legal]
    words = [option for option in legal if option.action in rules.speech]
    moves = [option for option in legal if option.action not in rules.speech]
    for option in (*words[:WORDS_A_TURN], moves[0]):
        session.choose("north", option)
    with pytest.raises(OrderRefused, match="a side may make one move a turn"):
        session.choose("north", moves[1])
    with pytest.raises(OrderRefused, match="a side may send 3 words a turn"):
        session.choose("north", words[WORDS_A_TURN])
    session.end_turn()
    done = [move.option for move in session.game.turns[-1].moves if move.option.actor == "north"]
    assert {moves[0], *words[:WORDS_A_TURN]} <= set(done)


def test_the_envoy_speaks_of_offers_and_of_what_is_owed(rules: Rules) -> None:
    """Before: whom to ask for what; once it is agreed: what is due and by when."""
    session = at_table(rules)
    before = envoy(session.seen("north"), "north", (), session.level.candour)
    assert before is not None and "We might ask the South to lend the North money" in before.words
    session.choose("north", OFFER)
    session.go_on()
    session.answer("south", ASK, Option("south", f"{ASK}.accept"))
    session.end_turn()
    session.end_turn()
    after = envoy(session.seen("north"), "north", (), session.level.candour)
    assert after is not None and after.verdict == AGAINST
    assert "we owe the South this: to open the border" in after.words


def test_two_worlds_are_written_to_alike(rules: Rules, tmp_path: Path) -> None:
    """The East does not know whether the others talk; what it may say, and how that is taken, does not tell it."""
    session = Session.new(rules, 7, people=("east",), level=LEVELS["student"], title="A game of the tests")
    session.end_turn()
    other = deepcopy(session)
    otherwise(other.game, "east", seed=5)
    assert other.game.digest() != session.game.digest()
    crisis = Crisis(str(TWO_RIVERS), rules, None, {})
    here, there = (lines_of(crisis, one, Store(tmp_path / name)) for name, one in (("here", session), ("there", other)))
    assert any("speak" in line for line in here) and here == there
