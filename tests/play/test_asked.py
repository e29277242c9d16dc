"""People are asked in the middle of a turn, which stands still meanwhile; saves, undo and replays know it."""

from __future__ import annotations

import copy

import pytest

from engine.play.facts.asked import standing_with, time_in_words
from engine.play.game import Game
from engine.play.journal_format import Journal
from engine.play.orders import OrdersError, orders_in
from engine.play.policies import HoldPolicy, Order, View
from engine.play.session import Option, OrderRefused, Session
from engine.rules import Rules
from engine.scenario.overrides import with_settings
from tests.asked import by_the_week

BOMB, WAIT = Option("west", "bomb_the_battery.bomb"), Option("west", "bomb_the_battery.wait")
PATROL = Option("west", "patrol")


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The lost plane, week by week."""
    return by_the_week()


@pytest.fixture
def session(rules: Rules) -> Session:
    """A game whose first turn stands still, since a patrol of the East has gone wrong on 2 April."""
    session = Session.new(rules, 3, people=("west",))
    while session.go_on() is not None or not session.is_under_way:
        pass
    return session


def test_the_turn_stands_still_where_a_person_is_asked(session: Session) -> None:
    """At the pace after the one that put the question, with what may be said and how long there is."""
    (standing,) = standing_with(session.game, "west")
    assert (standing.ask, standing.is_last) == ("bomb_the_battery", False)
    assert str(session.game.day) == "2001-04-03"
    assert [explained.option.said for explained in standing.legal] == ["bomb", "demand", "wait"]
    assert sum(explained.chance for explained in standing.legal) == pytest.approx(1)
    assert "4 April 2001" in time_in_words(standing, "Wait")


def test_nobody_is_told_of_a_moment_after_the_end(rules: Rules) -> None:
    """A question that may be thought over for longer than the story lasts is never answered by silence."""
    late = Rules(with_settings(rules.scenario, {"asks.bomb_the_battery.within": "8w"}))
    session = Session.new(late, 3, people=("west",))
    while session.go_on() is not None or not session.is_under_way:
        pass
    (standing,) = standing_with(session.game, "west")
    assert standing.until == late.timeline.moment_of(late.timeline.paces)
    assert "until the story ends" in time_in_words(standing, "Wait")


def test_what_is_answered_takes_place_in_that_pace(session: Session) -> None:
    """Beside what was ordered for the turn, and it is told with the day on which it was said."""
    session.answer("west", "bomb_the_battery", BOMB)
    turn = session.end_turn()
    (move,) = [move for move in turn.moves if move.option == BOMB]
    assert str(move.when) == "2001-04-03 06:00:00"
    assert "The West bombs the battery that fired." in [dispatch.text for dispatch in turn.dispatches]
    assert not session.is_under_way


def test_what_is_left_open_is_asked_again_until_the_time_is_out(session: Session) -> None:
    """Four paces of six hours make a day; in the last of them the answer of silence takes place."""
    seen = []
    while session.go_on() is None:
        seen += [standing.is_last for standing in standing_with(session.game, "west")]
    assert seen[:3] == [False, False, True]
    assert WAIT in [move.option for move in session.game.turns[-1].moves]


def test_an_answer_can_be_undone_until_the_turn_goes_on(session: Session) -> None:
    """What was ordered before the turn began can't be any more."""
    session.answer("west", "bomb_the_battery", BOMB)
    assert session.answer_to("west", "bomb_the_battery") == BOMB
    assert session.undo()
    assert session.answer_to("west", "bomb_the_battery") is None
    assert not session.undo()
    assert session.redo()
    session.go_on()
    assert session.answer_to("west", "bomb_the_battery") is None


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (lambda s: s.answer("west", "strike_back", None), '"Strike back\\?" is not put to the West now'),
        (lambda s: s.answer("west", "bomb_the_batery", None), 'did you mean "bomb_the_battery"'),
        (
            lambda s: s.answer("west", "bomb_the_battery", Option("west", "bomb_the_battery.bomp")),
            'did you mean "bomb"',
        ),
        (lambda s: s.answer("east", "strike_back", None), "nobody sits in the seat of the East"),
        (lambda s: s.choose("west", PATROL), "the turn is on its way"),
        (lambda s: s.hold("west"), "the turn is on its way"),
        (lambda s: s.take("east"), "the turn is on its way"),
    ],
)
def test_what_can_not_be_answered_is_refused_in_a_sentence(session: Session, order, message: str) -> None:
    """And nothing else is ordered while the turn is on its way."""
    with pytest.raises(OrderRefused, match=message):
        order(session)


def test_a_save_in_the_middle_of_a_turn_goes_on_there(session: Session, rules: Rules) -> None:
    """With what was said before and what is chosen now; the rest of the game is the same."""
    session.answer("west", "bomb_the_battery", BOMB)
    again = Session.of(Journal.model_validate_json(session.journal().model_dump_json()), rules)
    assert again.is_under_way
    assert again.answer_to("west", "bomb_the_battery") == BOMB
    assert copy.deepcopy(again).journal() == session.journal()
    for game in (session, again):
        while not game.is_over:
            game.end_turn()
    assert again.game.digest() == session.game.digest()
    assert again.journal().turns == session.journal().turns


def test_a_whole_game_is_replayed_from_its_answers(rules: Rules) -> None:
    """Each with its moment, since a question may be put again in the same turn."""
    session = Session.new(rules, 12, people=("west", "east"))
    said = 0
    while not session.is_over:
        if session.go_on() is None:
            for standing in standing_with(session.game, *session.people):
                option = standing.legal[said % len(standing.legal)].option
                session.answer(standing.actor, standing.ask, option if said % 4 else None)
                said += 1
    assert said >= 4
    again = Session.of(session.journal(), rules)
    assert again.game.digest() == session.game.digest()
    assert again.journal().turns == session.journal().turns
    assert any(
        "bomb_the_battery." in move for sheet in session.sheets for deed in sheet.deeds.values() for move in deed.moves
    )


def test_a_seat_left_to_the_rule_is_not_asked(rules: Rules) -> None:
    """The rule answers for it as well."""
    session = Session.new(rules, 3, people=("west",))
    session.leave_to_rule("west")
    turn = session.go_on()
    assert turn is not None
    assert any(move.option.answers for move in turn.moves)


def test_orders_from_a_file_answer(rules: Rules) -> None:
    """An order that is an answer is given as soon as the question stands in its turn, and says nothing of moves."""
    written = {"orders": {"0": {"moves": ["patrol", "bomb_the_battery.bomb"]}, "1": "bomb_the_battery.demand"}}
    script = orders_in(written, rules, "west", "the orders")
    game = Game(rules, 3, seats={"west": script})
    game.step()
    turn = game.turns[0]
    assert [str(move.option) for move in turn.moves if move.option.actor == "west"][:2] == ["patrol", str(BOMB)]
    assert script.orders[1].only_answers
    with pytest.raises(OrdersError, match='did you mean "bomb_the_battery\\.bomb"'):
        orders_in({"orders": {"0": "bomb_the_battery.bomp"}}, rules, "west", "the orders")


def test_a_policy_of_ones_own_may_answer_with_its_moves(rules: Rules) -> None:
    """Or in a method of its own; one without it leaves questions to the rule."""

    class Bomber(HoldPolicy):
        """Bombs whenever it is asked."""

        def answer(self, view: View, ask: str) -> Option | None:
            return Option(view.actor, f"{ask}.bomb") if ask == "bomb_the_battery" else None

    game = Game(rules, 3, seats={"west": Bomber()})
    game.step()
    assert BOMB in [move.option for move in game.turns[0].moves]
    again = Game(rules, 3)
    again.step({"west": Order((), {}, game.seat_moves[0]["west"].answers)})
    assert again.digest() == game.digest()
