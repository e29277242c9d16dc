"""What a seat may do in one turn: so many moves and, besides them, a few words to others, which cost none."""

from __future__ import annotations

from engine.play.plans import Plan, now
from engine.prose import counted
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.scenario.models import Scenario

WORDS_A_TURN = 3
"""Offers, warnings, amendments and signatures that a seat may send in one turn."""


def is_word(rules: Rules, option: Option) -> bool:
    """Whether an option is a word to others."""
    return option.action in rules.speech


def moves_in(rules: Rules, plan: Plan) -> Plan:
    """What of a plan costs a move: neither answers nor words."""
    return tuple(option for option in plan if not option.answers and not is_word(rules, option))


def words_in(rules: Rules, plan: Plan) -> Plan:
    """The words of a plan."""
    return tuple(option for option in plan if is_word(rules, option))


def excess(rules: Rules, plan: Plan) -> str | None:
    """Of what a plan has more than a seat may do in one turn, and how many; None where it may do as much."""
    moves, words = len(moves_in(rules, plan)), len(words_in(rules, plan))
    if moves > rules.scenario.moves_per_turn:
        return counted(moves, "move")
    return counted(words, "word") if words > WORDS_A_TURN else None


def gives_way(rules: Rules, plan: Plan, option: Option) -> Option | None:
    """The last choice of a plan that has no room for one option more of its kind; None where there is room."""
    if option.answers:
        return None
    if is_word(rules, now(option)):
        alike, most = words_in(rules, plan), WORDS_A_TURN
    else:
        alike, most = moves_in(rules, plan), rules.scenario.moves_per_turn
    return alike[-1] if len(alike) >= most else None


def most_in_words(scenario: Scenario) -> str:
    """How much a seat may do in one turn."""
    most = scenario.moves_per_turn
    moves = "one move" if most == 1 else f"{most} different moves"
    return f"{moves} and {WORDS_A_TURN} words" if scenario.speaks else moves
