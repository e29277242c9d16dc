"""Games of saves, told again."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from engine.play.journal import SaveError
from engine.play.refusals import OrderRefused
from engine.play.retold.frames import retell
from engine.play.retold.moments import LEAST, MOST
from engine.play.retold.saved import SavedGame
from engine.play.session import Session
from engine.rules import Rules
from tests.play.sight.worlds import crisis_in
from tests.play.tables import WARN_US


@pytest.fixture
def small(crisis: Rules) -> Crisis:
    """The small crisis, without history."""
    return Crisis("small-crisis", crisis, None, {})


@pytest.fixture
def session(crisis: Rules) -> Session:
    """A game that has ended, with a move of a person and the odds that she was shown."""
    session = Session.new(crisis, 3, people=("russia",), title="Mine")
    session.choose("russia", WARN_US)
    session.expect("russia", {"frozen": 0.75, "independent": 0.25}, 40)
    while not session.is_over:
        session.end_turn()
    return session


def test_every_turn_has_a_frame_as_the_game_left_it(small: Crisis, session: Session) -> None:
    """The frames hold the turns of the game one by one, and the last one its ending and state."""
    told = retell(SavedGame(session.journal(), small))
    assert told is not None
    assert [frame.passed for frame in told.frames] == [None, *session.game.turns]
    assert told.frames[-1].digest == session.game.digest()
    assert told.frames[-1].ending == session.game.ending.id  # type: ignore[union-attr]
    assert told.frames[1].sheet is not None
    assert told.frames[1].sheet.expected["russia"].futures == 40
    assert told.verdict.is_same


def test_a_state_that_differs_is_said_to(small: Crisis, session: Session) -> None:
    """A journal whose fingerprint is another leads to a sentence, and the game is told all the same."""
    other = session.journal().model_copy(update={"digest": "0" * 32})
    told = retell(SavedGame(other, small))
    assert told is not None
    assert not told.verdict.is_same
    assert "another course" in told.verdict.words
    assert len(told.frames) == len(session.game.turns) + 1


def test_what_does_not_fit_ends_the_retelling_with_the_reason(small: Crisis, session: Session) -> None:
    """A move that is not legal in its turn stops the telling before that turn."""
    journal = session.journal()
    sheets = list(journal.turns)
    deed = sheets[2].deeds["russia"].model_copy(update={"moves": ("warn:us", "warn:us")})
    sheets[2] = sheets[2].model_copy(update={"deeds": {"russia": deed}})
    told = retell(SavedGame(journal.model_copy(update={"turns": tuple(sheets)}), small))
    assert told is not None
    assert len(told.frames) == 3
    assert "does not fit the scenario" in told.verdict.words


def test_a_seat_that_nobody_knows_stops_it_at_once(small: Crisis, session: Session) -> None:
    """Where not even the start can be told, that is an error."""
    with pytest.raises(SaveError, match="nobody_here"):
        retell(SavedGame(session.journal().model_copy(update={"people": ("nobody_here",)}), small))


def test_a_retelling_can_be_given_up(small: Crisis, session: Session) -> None:
    """Whoever watches may stop it after any turn."""
    seen: list[int] = []

    def goes_on(number: int, _most: int) -> bool:
        seen.append(number)
        return number < 2

    assert retell(SavedGame(session.journal(), small), goes_on) is None
    assert seen == [0, 1, 2]


def test_key_moments_are_few_and_end_with_the_end(small: Crisis, session: Session) -> None:
    """The end is a key moment, no turn of no weight is, and the next one is found from anywhere."""
    told = retell(SavedGame(session.journal(), small))
    assert told is not None
    last = told.frames[-1].number
    assert last in told.moments
    assert len(told.moments) <= MOST
    assert all(moment.weight >= LEAST and moment.reasons for moment in told.moments.values())
    assert told.next_moment(last) is None
    assert told.next_moment(-1) == min(told.moments)
    assert told.moment_before(last + 1) == last


def test_a_day_leads_to_its_turn(small: Crisis, session: Session) -> None:
    """Every day belongs to the frame that opens its turn."""
    told = retell(SavedGame(session.journal(), small))
    assert told is not None
    for frame in told.frames:
        assert told.frame_on(frame.day) == frame.number
    assert told.frame_on(told.scenario.start) == 0


def test_taking_over_keeps_the_past_and_changes_the_seats(small: Crisis, session: Session) -> None:
    """A branch with other people has the same past, and its journal is read again to the same state."""
    source = SavedGame(session.journal(), small)
    branch = source.branch(small, 4, "Washington instead", ("us",))
    assert branch.people == ("us",)
    assert branch.game.turns == session.game.turns[:4]
    assert branch.journal().turns == session.journal().turns[:4]
    again = Session.of(branch.journal(), small.rules)
    assert (again.people, again.game.digest()) == (("us",), branch.game.digest())
    assert source.branch(small, 4, "As it was", None).people == ("russia",)
    assert source.branch(small, 4, "Watching", ()).people == ()


def test_nobody_takes_over_after_the_end(small: Crisis, session: Session) -> None:
    """A branch begins before the story closes, in the seat of somebody who exists."""
    source = SavedGame(session.journal(), small)
    with pytest.raises(OrderRefused, match="a branch begins in a turn"):
        source.branch(small, len(session.game.turns), "Too late", ("us",))
    with pytest.raises(OrderRefused, match="there is no actor"):
        source.branch(small, 2, "Nobody", ("uss",))


def test_a_game_that_goes_on_is_told_again_as_its_people_saw_it(tmp_path: Path) -> None:
    """Without secret moves, the stances of others, and what another was shown; once it is over, with all of it."""
    secretive = crisis_in(tmp_path)
    session = Session.new(secretive.rules, 4, people=("russia", "us"))
    rearm = next(explained.option for explained in session.view("russia").legal if explained.option.action == "rearm")
    session.choose("russia", rearm)
    session.expect("russia", {"frozen": 0.75, "independent": 0.25}, 40)
    session.end_turn()
    told = retell(SavedGame(session.journal(), secretive))
    assert told is not None
    frame = told.frames[-1]
    assert frame.passed is not None and frame.sheet is not None
    assert rearm not in [move.option for move in frame.passed.moves]
    assert "arms" not in frame.passed.values
    assert not frame.sheet.expected
    assert "russia" not in frame.positions["status"], "that is coded with doubt, and Washington does not know it"
    while not session.is_over:
        session.end_turn()
    whole = retell(SavedGame(session.journal(), secretive))
    assert whole is not None
    assert [frame.passed for frame in whole.frames] == [None, *session.game.turns]
    assert whole.frames[1].sheet is not None
    assert whole.frames[1].sheet.expected
