"""What a plan makes likelier or less likely: told first in the report of its turn."""

from __future__ import annotations

from engine.play import Game
from engine.play.ahead.board import PlanOdds, empty_board
from engine.play.ahead.tasks import block_of
from engine.play.facts.causes import causes, causes_in_words
from engine.play.forecast import look_ahead
from engine.play.plans import Plan
from engine.rules.options import Option

FUTURES = 200


def odds_of(game: Game, actor: str, plan: Plan) -> PlanOdds:
    """A plan beside holding."""
    plans: list[Plan] = [(), plan]
    found = look_ahead(game.rules, game.world, actor, plans, FUTURES)
    return empty_board(game.rules, 1, game.turn, actor, plans).with_block(block_of(game.rules, 0, found, actor))[plan]


def test_a_warning_that_moves_nothing_is_no_cause(small: Game) -> None:
    """Neither an ending nor a flag is told of it."""
    assert causes(small, odds_of(small, "russia", (Option("russia", "warn", "kosovo"),))) == ()


def test_what_a_deed_moves_is_told_with_what_would_have_been(small: Game) -> None:
    """A flag that does not stand yet and an ending, the larger change first; what says the same once."""
    while not [option for option in small.view("kosovo").legal if option.option.action == "declare"]:
        small.step()
    odds = odds_of(small, "kosovo", (Option("kosovo", "declare"),))
    found = causes(small, odds)
    assert [cause.id for cause in found][:1] == ["declared"]
    first = found[0]
    assert (first.kind, first.words, first.share) == ("flag", "independence is declared", 1.0)
    assert 0 < first.otherwise < 1
    told = causes_in_words(found)
    assert told.startswith(f"independence is declared, 100% instead of {100 * first.otherwise:.0f}%")
    assert len({(cause.share, cause.otherwise) for cause in found}) == len(found)
    assert [abs(cause.change) for cause in found] == sorted((abs(cause.change) for cause in found), reverse=True)


def test_what_stands_already_has_no_cause(small: Game) -> None:
    """Once the deed is done its flag is told by the news, not as likelier than it would have been."""
    while not [option for option in small.view("kosovo").legal if option.option.action == "declare"]:
        small.step()
    odds = odds_of(small, "kosovo", (Option("kosovo", "declare"),))
    while not small.state()["declared"] and not small.is_over:
        small.step()
    assert "declared" not in [cause.id for cause in causes(small, odds)]
