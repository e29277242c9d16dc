"""A session: orders and their undoing, hand-overs, branches, calls, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play import Game
from engine.play.journal import SaveError, journal_of
from engine.play.journal_format import Deed, ShownOdds, journal_from
from engine.play.orders import read_orders
from engine.play.session import LEVELS, OrderRefused, Orders, Session
from engine.play.table import Table
from engine.rules import Rules
from engine.rules.options import Option
from engine.rules.votes import ABSTAIN, NO, YES
from tests.play.tables import RECOGNISE, TABLE, WARN_KOSOVO, WARN_US

QUESTION = "table_resolution"


def opened(crisis: Rules, *people: str, level: str = "student", seed: int = 2) -> Session:
    """A new session with some people at the table."""
    return Session.new(crisis, seed, people=people or ("russia", "us"), level=LEVELS[level])


def again(session: Session) -> Session:
    """The same session, out of what its save says."""
    return Session.of(journal_from(session.journal().model_dump(mode="json")), session.rules)


def test_what_is_ordered_is_done(crisis: Rules) -> None:
    """Moves and votes of both people, and of nobody else's by order."""
    session = opened(crisis)
    session.choose("russia", WARN_KOSOVO)
    session.choose("russia", WARN_US)
    session.choose("us", TABLE)
    session.vote("russia", QUESTION, ABSTAIN)
    turn = session.end_turn()
    assert {move.option for move in turn.moves} >= {WARN_KOSOVO, WARN_US, TABLE}
    assert "russia" in turn.votes[0].abstain
    assert session.sheets[0].deeds["russia"] == Deed(moves=("warn:kosovo", "warn:us"), votes={QUESTION: "abstain"})
    assert session.sheets[0].people == ("russia", "us")
    assert session.orders("russia") == Orders()


def test_without_orders_a_seat_holds(crisis: Rules) -> None:
    """In every turn; what is left to the rule is what the rule does."""
    held, left = opened(crisis), opened(crisis)
    watched = opened(crisis, level="student")
    watched.hand_back("russia")
    watched.hand_back("us")
    while not held.is_over:
        assert not [move for move in held.end_turn().moves if move.option.actor != "kosovo"]
    while not left.is_over:
        left.leave_to_rule("russia")
        left.leave_to_rule("us")
        assert left.end_turn() == watched.end_turn()
    assert watched.is_over
    assert watched.game.turns == Game(crisis, 2).play()


def choose_twice(session: Session) -> None:
    """The same move again."""
    for _ in range(2):
        session.choose("us", TABLE)


def vote_without_a_seat(session: Session) -> None:
    """Kosovo joins the Council in January."""
    session.take("kosovo")
    session.vote("kosovo", QUESTION, YES)


REFUSED: list[tuple[Callable[[Session], object], str]] = [
    (lambda s: s.choose("us", RECOGNISE), '"Recognise" is not possible now, for this does not hold: declared'),
    (lambda s: s.choose("us", Option("us", "recognize")), 'has no option "recognize", did you mean "recognise"?'),
    (lambda s: s.choose("us", WARN_US), "the United States has no option"),
    (lambda s: s.choose("kosovo", Option("kosovo", "declare")), "nobody sits in the seat of Kosovo: take it first"),
    (lambda s: s.choose("russland", WARN_US), 'there is no actor "russland", did you mean "russia"?'),
    (choose_twice, '"Table a resolution" is chosen already'),
    (lambda s: s.withdraw("us", TABLE), '"Table a resolution" is not chosen'),
    (lambda s: s.vote("us", "table", YES), 'there is no question "table"'),
    (lambda s: s.vote("us", QUESTION, 7), "a vote is yes, abstain or no"),
    (vote_without_a_seat, "Kosovo has no seat in Council this turn"),
    (lambda s: s.take("us"), "somebody sits in the seat of the United States already"),
    (lambda s: s.hand_back("kosovo"), "nobody sits in the seat of Kosovo"),
    (lambda s: s.call("us", "frost", 0.5), 'there is no ending "frost"'),
    (lambda s: s.call("us", "frozen", 1.5), "a probability is from 0 to 1, not 1.5"),
    (lambda s: s.call("us", "frozen", float("nan")), "a probability is from 0 to 1, not nan"),
    (lambda s: s.expect("us", {"frozen": 1.0}, 0), "odds come from one future or more"),
    (lambda s: s.branch(1, "x"), "a branch begins in a turn from 0 to 0, not in 1"),
]


@pytest.mark.parametrize(("order", "words"), REFUSED)
def test_what_can_not_be_ordered_is_refused_in_a_sentence(crisis: Rules, order, words: str) -> None:
    """With the reason, and without a change."""
    session = opened(crisis)
    with pytest.raises(OrderRefused) as caught:
        order(session)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_used_up_budget_says_what_it_went_on(crisis: Rules) -> None:
    """Both moves by name; after withdrawing one there is room again."""
    narrow = Session.new(crisis.scenario.model_copy(update={"moves_per_turn": 1}), 2, people=["russia"])
    narrow.choose("russia", WARN_US)
    with pytest.raises(
        OrderRefused, match=r"a side may make one move a turn, and .*Warn.* is chosen: withdraw one first"
    ):
        narrow.choose("russia", WARN_KOSOVO)
    narrow.withdraw("russia", WARN_US)
    narrow.choose("russia", WARN_KOSOVO)
    assert narrow.orders("russia").moves == (WARN_KOSOVO,)


def test_a_question_that_nobody_can_table_is_not_voted_on(crisis: Rules) -> None:
    """After it was tabled the United States has to wait for three weeks."""
    session = opened(crisis)
    assert session.questions("russia") == (QUESTION,)
    assert session.questions("kosovo") == ()
    session.choose("us", TABLE)
    session.end_turn()
    assert session.questions("russia") == ()
    with pytest.raises(OrderRefused, match=r"nobody can table .* this turn"):
        session.vote("russia", QUESTION, NO)


def test_nothing_is_ordered_after_the_end(crisis: Rules) -> None:
    """One sentence, whatever is tried."""
    session = opened(crisis)
    while not session.is_over:
        session.end_turn()
    for order in (session.end_turn, lambda: session.hold("us"), lambda: session.take("kosovo")):
        with pytest.raises(OrderRefused, match="the story has closed"):
            order()
    with pytest.raises(OrderRefused, match="a branch begins in a turn from 0 to 9, not in 10"):
        session.branch(10, "too late")


ACTS: list[Callable[[Session], object]] = [
    lambda s: s.choose("russia", WARN_US),
    lambda s: s.choose("russia", WARN_KOSOVO),
    lambda s: s.choose("us", TABLE),
    lambda s: s.withdraw("russia", WARN_US),
    lambda s: s.hold("russia"),
    lambda s: s.leave_to_rule("us"),
    lambda s: s.vote("us", QUESTION, YES),
    lambda s: s.vote("russia", QUESTION, NO),
    lambda s: s.vote("russia", QUESTION, None),
    lambda s: s.take("kosovo"),
    lambda s: s.hand_back("kosovo"),
    lambda s: s.take("us"),
    lambda s: s.hand_back("us"),
]


def does(session: Session, act: Callable[[Session], object]) -> None:
    """Tries something that may be refused."""
    before = session.table
    try:
        act(session)
    except OrderRefused:
        assert session.table == before


@given(acts=st.lists(st.sampled_from(ACTS), max_size=15), back=st.integers(0, 15))
def test_undo_and_redo_walk_through_all_that_was_ordered(crisis: Rules, acts, back: int) -> None:
    """Undo leads back table by table to where the turn opened, and redo to where it was."""
    session = opened(crisis)
    tables: list[Table] = [session.table]
    for act in acts:
        does(session, act)
        if session.table != tables[-1]:
            tables.append(session.table)
    steps = min(back, len(tables) - 1)
    for step in range(steps):
        assert session.undo()
        assert session.table == tables[-2 - step]
    for step in range(steps):
        assert session.redo()
        assert session.table == tables[len(tables) - steps + step]
    assert not session.redo()
    while session.undo():
        pass
    assert session.table == tables[0]


def test_an_order_after_undo_forgets_what_was_undone(crisis: Rules) -> None:
    """And a turn that has ended can't be undone."""
    session = opened(crisis)
    session.choose("us", TABLE)
    session.undo()
    session.choose("russia", WARN_US)
    assert not session.can_redo
    session.end_turn()
    assert not session.undo()


def test_the_orders_of_another_seat_are_not_undone(crisis: Rules) -> None:
    """They are sealed; with nobody named the latest of anybody's is."""
    session = opened(crisis)
    session.choose("us", TABLE)
    assert not session.may_undo("russia")
    assert not session.undo("russia")
    session.choose("russia", WARN_US)
    assert session.undo("russia")
    assert not session.undo("russia")
    assert session.redo("russia")
    assert session.orders("us").moves == (TABLE,)
    assert session.undo()


@pytest.mark.slow
@settings(max_examples=20)
@given(
    turns=st.lists(st.lists(st.sampled_from(ACTS), max_size=6), min_size=1, max_size=8),
    level=st.sampled_from(["student", "envoy"]),
    seed=st.integers(0, 20),
)
def test_a_save_holds_all_of_a_game_whoever_sat_where(crisis: Rules, turns, level: str, seed: int) -> None:
    """Seats taken and handed back in the middle of turns, orders of the open turn: what is saved is what is loaded,
    and both go on alike."""
    session = opened(crisis, level=level, seed=seed)
    for acts in turns:
        if session.is_over:
            break
        for act in acts:
            does(session, act)
        restored = again(session)
        assert restored.journal() == session.journal()
        assert restored.table.people == session.people
        assert all(restored.orders(actor) == session.orders(actor) for actor in session.people)
        assert session.end_turn() == restored.end_turn()
    assert again(session).game.turns == session.game.turns


def test_a_seat_can_be_taken_and_handed_back_at_any_time(crisis: Rules) -> None:
    """Whose hands a seat was in is kept turn by turn."""
    session = opened(crisis, "us")
    session.end_turn()
    session.take("russia")
    session.choose("russia", WARN_US)
    session.end_turn()
    session.hand_back("us")
    session.end_turn()
    session.hand_back("russia")
    session.end_turn()
    assert [sheet.people for sheet in session.sheets] == [("us",), ("us", "russia"), ("russia",), ()]
    assert [tuple(sheet.deeds) for sheet in session.sheets] == [("us",), ("russia", "us"), ("russia",), ()]


def test_a_branch_shares_the_past_and_nothing_else(crisis: Rules) -> None:
    """It has a name of its own, knows its parent, and the people of that turn sit at its table."""
    session = opened(crisis)
    session.choose("us", TABLE)
    session.call("us", "frozen", 0.25)
    session.end_turn()
    session.end_turn()
    session.hand_back("us")
    session.choose("russia", WARN_US)
    other = session.branch(1, "But Washington stays")
    assert (other.people, other.orders("russia"), other.turn) == (("russia", "us"), Orders(), 1)
    assert (other.parent and (other.parent.id, other.parent.turn)) == (session.id, 1)
    assert other.id != session.id
    assert other.sheets == session.sheets[:1]
    assert other.sheets[0].calls == {"us": {"frozen": 0.25}}
    other.end_turn()
    assert len(session.game.turns) == 2
    here = session.branch(2, "As it stands")
    assert here.orders("russia") == session.orders("russia") == Orders((WARN_US,))


def test_calls_and_odds_are_kept_with_their_turn(crisis: Rules) -> None:
    """A later call of the same ending wins; the open turn's are saved too."""
    session = opened(crisis)
    session.call("us", "frozen", 0.5)
    session.call("us", "frozen", 0.25)
    session.call("us", "independent", 0.75)
    session.expect("us", {"frozen": 0.3, "independent": 0.7}, 200)
    assert again(session).calls == session.calls
    session.end_turn()
    assert (session.calls, session.expected) == ({}, {})
    sheet = again(session).sheets[0]
    assert sheet.calls == {"us": {"frozen": 0.25, "independent": 0.75}}
    assert sheet.expected == {"us": ShownOdds(shares={"frozen": 0.3, "independent": 0.7}, futures=200)}


def test_orders_from_a_file_and_from_a_table_are_the_same_deeds(crisis: Rules, tmp_path: Path) -> None:
    """A game of orders, and a session fed with them: the same journal turn by turn."""
    path = tmp_path / "orders.yaml"
    path.write_text(
        "orders: {0: {moves: [warn:kosovo, warn:us]}, 1: rule, 2: hold,\n"
        "         3: {move: warn:us, votes: {table_resolution: yes}}}\n"
        "standing_votes: {table_resolution: abstain}\n"
    )
    script = read_orders(path, crisis, "russia")
    game = Game(crisis, 7, seats={"russia": script}, people=["russia"])
    game.play()
    session = opened(crisis, "russia", seed=7)
    while not session.is_over:
        for move in {0: [WARN_KOSOVO, WARN_US], 3: [WARN_US]}.get(session.turn, []):
            session.choose("russia", move)
        if session.turn == 1:
            session.leave_to_rule("russia")
        if QUESTION in session.questions("russia"):
            session.vote("russia", QUESTION, YES if session.turn == 3 else ABSTAIN)
        session.end_turn()
    assert session.game.turns == game.turns
    assert session.sheets == journal_of(game).turns


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"level": "wizard"}, "a level that this version does not know: wizard"),
        ({"people": ["ruritania"]}, 'the save has a seat for "ruritania"'),
        (
            {"pending": {"deeds": {"us": {"moves": ["recognise"]}}}},
            "the save does not fit the scenario: .*Recognise.* is not possible",
        ),
        ({"pending": {"calls": {"us": {"frost": 0.5}}}}, "the save does not fit the scenario: there is no ending"),
        ({"pending": {"expected": {"usa": {"shares": {}, "futures": 9}}}}, "there is no actor"),
        ({"pending": {"deeds": {"us": {"moves": ["warn:us", ":", ""]}}}}, "the United States has no option"),
        ({"pending": {"deeds": {"kosovo": {"moves": ["declare"]}}}}, "nobody sits in the seat of Kosovo"),
        ({"seed": 3, "digest": "0"}, "playing it again leads elsewhere"),
    ],
)
def test_a_save_that_does_not_fit_is_refused(crisis: Rules, change: dict, words: str) -> None:
    """In one sentence."""
    written = opened(crisis).journal().model_dump(mode="json")
    with pytest.raises(SaveError, match=words):
        Session.of(journal_from({**written, **change}), crisis)


def test_a_title_is_one_visible_line(crisis: Rules) -> None:
    """Whatever was typed."""
    session = opened(crisis)
    session.title = " My\x1b[2J\n first   game " + "x" * 200
    assert session.title.startswith("My [2J first game x")
    assert len(session.title) == 120


def test_unknown_people_are_refused_at_the_start(crisis: Rules) -> None:
    """Before a game begins."""
    with pytest.raises(OrderRefused, match="there is no actor"):
        opened(crisis, "ruritania")
