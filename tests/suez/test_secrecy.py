"""The paper of Sèvres is a secret of three: others suspect it, ask, are lied to and find out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.batch.design.policies import OrdersSeat
from engine.batch.running.runner import play_out
from engine.play import Game
from engine.play.crisis import Crisis, open_crisis
from engine.play.facts.briefing import brief, brief_side, briefing_lines
from engine.play.facts.calendar import agenda_at
from engine.play.session import Session
from engine.play.sight.state import KeptError
from engine.play.store import Store
from engine.rules import Rules, World
from engine.rules.options import Option
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from tests.tui.reading import lines_of

OUTSIDE = ("us", "egypt", "secretary_general")
"""Sides to play that have not signed."""

THEY_SIGNED = ("uk", "france", "israel")

NAME = "Sèvres"


@pytest.fixture(scope="module")
def crisis() -> Crisis:
    """The crisis, with what really happened."""
    return open_crisis("suez-1956")


def before_the_first_turn(crisis: Crisis, side: str) -> Iterator[str]:
    """What a side reads of the crisis, of itself, and on its calendar."""
    scenario, whole = crisis.scenario, brief(crisis.scenario)
    yield from (whole.summary or "", *whole.paragraphs)
    yield from briefing_lines(brief_side(scenario, side, crisis.sources))
    yield from (f"{entry.title} {entry.summary}" for entry in agenda_at(scenario, 0, side).entries)
    choices = (choice for choice in scenario.choices.values() if side in scenario.members(choice.by))
    yield from (f"{choice.title} {choice.summary} {' '.join(choice.needs)}" for choice in choices)


@pytest.mark.parametrize("side", OUTSIDE)
def test_nobody_outside_is_told_what_was_signed(crisis: Crisis, side: str) -> None:
    """Not in a briefing, nor on a calendar, nor among what may be done; those who signed are told at once."""
    assert NAME not in " ".join(before_the_first_turn(crisis, side))
    assert all(NAME in " ".join(before_the_first_turn(crisis, signer)) for signer in ("uk", "israel"))


@pytest.mark.parametrize("side", OUTSIDE)
def test_no_line_tells_it_while_the_story_opens(crisis: Crisis, side: str, tmp_path: Path) -> None:
    """News, stances, votes, the record, dossiers: whatever can be asked on the day of the attack."""
    session = Session.new(crisis.rules, 3, people=(side,))
    session.end_turn()
    assert NAME not in "\n".join(lines_of(crisis, session, Store(tmp_path), futures=4))


def test_a_policy_is_refused_the_paper_until_it_has_found_it(rules: Rules) -> None:
    """Washington's is; London's is not."""
    game = Game(rules, seed=3)
    game.step()
    assert game.view("uk").state["paper"] == 1
    with pytest.raises(KeptError, match="paper is kept from us"):
        game.view("us").state["paper"]


def knowing(world: World, rules: Rules, who: str) -> float:
    """In what part of the runs somebody has learned of the paper."""
    return float(world.cells[rules.layout.rows[Reference("knows", "paper", who)]].mean())


def share(world: World, rules: Rules, flag: str) -> float:
    """In what part of the runs a flag is yes."""
    return float(world.cells[rules.layout.rows[Reference("flag", flag)]].mean())


@pytest.fixture(scope="module")
def by_rule(rules: Rules) -> World:
    """Some hundred runs in which the rules decide."""
    world = rules.open(seed=1956, runs=300)
    rules.finish(world)
    return world


def test_some_find_out_and_most_do_not_tell(rules: Rules, by_rule: World) -> None:
    """Washington knows in half of the runs, Cairo seldom, and it is seldom published."""
    assert 0.35 < knowing(by_rule, rules, "us") < 0.8
    assert 0.01 < knowing(by_rule, rules, "egypt") < 0.2
    assert 0.01 < share(by_rule, rules, "published") < 0.15
    assert all(Reference("knows", "paper", signer) not in rules.layout.rows for signer in THEY_SIGNED)


def end_of(rules: Rules, answer: str) -> World:
    """Runs in which London gives one answer whenever Washington asks."""
    world, paces = rules.open(seed=1956, runs=120), range(rules.timeline.paces)
    seat = OrdersSeat(dict.fromkeys(paces, Option("uk", f"was_it_arranged.{answer}")))
    play_out(rules, world, seats={"uk": seat})
    return world


@pytest.mark.slow
def test_a_lie_holds_until_it_is_found_out(rules: Rules) -> None:
    """Where London always denies, some of it is found out; where it says nothing or owns up, nothing is."""
    denied, silent, admitted = (end_of(rules, answer) for answer in ("deny", "say_nothing", "admit"))
    assert 0.1 < share(denied, rules, "found_out") < share(denied, rules, "denied")
    assert share(silent, rules, "found_out") == share(admitted, rules, "found_out") == 0
    assert knowing(admitted, rules, "us") > knowing(silent, rules, "us")


def test_the_temper_of_the_cabinet_is_drawn_and_told_in_london_alone(suez: Scenario, rules: Rules) -> None:
    """One of three, by the weights of the scenario."""
    world = rules.open(seed=1, runs=400)
    found = world.cells[rules.layout.rows[Reference("value", "resolve")]].round(2)
    assert set(found) == set(suez.secrets["resolve"].among)
    assert 0.4 < (found == 0.85).mean() < 0.6
    assert rules.layout.knowledge.holders(Reference("value", "resolve")) == frozenset({"uk"})
