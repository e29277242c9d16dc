"""What is asked by night: accidents put questions to a side, and careless answers cost more than careful ones."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from engine.batch.design.policies import OrdersSeat
from engine.batch.running.runner import play_out
from engine.play import Game
from engine.rules import Rules, World
from engine.rules.arrays import Numbers
from engine.rules.layout import NOT_ASKED
from engine.rules.options import Option
from engine.scenario.names import Reference

RUNS = 400

pytestmark = pytest.mark.slow


OF_A_NIGHT = ("after_the_u2", "after_the_battery", "under_the_destroyers")
"""Questions that are put once at the most."""


def is_lost(rules: Rules, world: World) -> Numbers:
    """Whether nuclear weapons have been used, run by run."""
    found: Numbers = world.cells[rules.layout.rows[Reference("flag", "nuclear")]]
    return found


def end_of(rules: Rules, side: str, answer: str) -> World:
    """Many runs in which the rule moves for a side, and one answer is given whenever it may be."""
    world = rules.open(seed=1962, runs=RUNS)
    ordered = dict.fromkeys(range(rules.timeline.paces), Option(side, answer))
    play_out(rules, world, seats={side: OrdersSeat(ordered)})
    return world


@pytest.mark.parametrize(
    ("side", "careless", "careful"),
    [
        ("us", "after_the_u2.bomb_battery", "after_the_u2.hold_fire"),
        ("ussr", "under_the_destroyers.fire", "under_the_destroyers.surface"),
    ],
)
def test_the_careless_answer_loses_the_world_oftener(rules: Rules, side: str, careless: str, careful: str) -> None:
    """On the same chance; whoever fires first in the dark loses it in a good part of all games."""
    lost = [is_lost(rules, end_of(rules, side, answer)).mean() for answer in (careless, careful)]
    assert lost[0] > lost[1] + 0.01


def test_each_accident_asks_in_the_same_night(rules: Rules) -> None:
    """What happens in one pace is answered as the next opens: by the rule no question of a night stands longer."""
    world = rules.open(seed=7, runs=RUNS)
    asked, answered = Counter[str](), Counter[str]()
    for _day in range(rules.timeline.paces):
        stands = {asking.ask: asking.stands(world) for asking in rules.askings if asking.ask in OF_A_NIGHT}
        rules.step(world)
        for asking in rules.askings:
            if asking.ask in OF_A_NIGHT:
                asked[asking.ask] += int(stands[asking.ask].sum())
                answered[asking.ask] += int((stands[asking.ask] & (world.cells[asking.row] == NOT_ASKED)).sum())
    assert asked == answered
    assert asked["after_the_u2"] > RUNS / 5
    assert asked["under_the_destroyers"] > RUNS / 3


def test_a_letter_is_taken_up_no_sooner_than_half_a_day_later_and_answered_by_the_morning(rules: Rules) -> None:
    """The dispatches of a whole game have the letter, then Washington's own offer, and Moscow's answer to that."""
    asks = {"take_assurance_for_quiet_withdrawal", "take_no_invasion_for_withdrawal"}
    played = (Game(rules, seed=1962, run=run) for run in range(20))
    found = (
        (game, [m for t in game.turns for m in t.moves if m.option.answers in asks]) for game in played if ends(game)
    )
    game, (answered, *_) = next((game, answers) for game, answers in found if answers)
    (arrived,), (offered,) = days_of(game, "letter_arrives"), days_of(game, "public_answer")
    assert arrived <= offered <= answered.when.date()
    assert answered.when >= dt.datetime.combine(arrived, dt.time(12))


def ends(game: Game) -> bool:
    """Whether it has come to an end, once it is played."""
    game.play()
    return game.is_over


def days_of(game: Game, event_or_question: str) -> list[dt.date]:
    """The days on which news told of it, once the game is played."""
    if not game.is_over:
        game.play()
    return [d.date for turn in game.turns for d in turn.dispatches if d.about == event_or_question]
