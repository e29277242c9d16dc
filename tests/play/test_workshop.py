"""The workshop: a game that is played again after each save of its scenario, and the expressions on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.session import OrderRefused
from engine.play.workshop.bench import Workshop
from engine.play.workshop.draft import explanation
from engine.play.workshop.figures import ExpressionError
from tests.play.tables import RECOGNISE, TABLE, TWO_MOVES, WARN_KOSOVO, WARN_US
from tests.scenario.minimal import replaced, write

SEED = 2


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A workshop of the small crisis, with Russia in the author's hands."""
    found = Workshop(str(write(tmp_path, TWO_MOVES)), SEED, "russia")
    assert found.refresh()
    return found


def save(workshop: Workshop, text: str) -> None:
    """Write the scenario, and look at it."""
    write(workshop.place.folder, text)
    assert workshop.refresh()


def warn_twice(workshop: Workshop) -> None:
    """Two turns with a warning each, then one that is chosen in the open turn."""
    for option in (WARN_US, WARN_KOSOVO):
        workshop.toggle(option)
        assert workshop.end_turn()
    workshop.toggle(WARN_US)


def moves(workshop: Workshop) -> list[tuple[str, ...]]:
    """What Russia did, turn by turn."""
    assert workshop.session is not None
    return [tuple(map(str, turn["russia"].moves)) for turn in workshop.session.game.seat_moves]  # type: ignore[arg-type]


def test_nothing_is_done_where_nothing_was_saved(workshop: Workshop) -> None:
    """A look at files that nobody saved changes nothing."""
    assert not workshop.findings
    assert not workshop.refresh()


def test_choices_are_made_again_after_a_save(workshop: Workshop) -> None:
    """Moves of past turns and of the open one outlive an edit, and the world follows the new text."""
    warn_twice(workshop)
    before = workshop.evaluate("unrest").now
    save(workshop, TWO_MOVES.replace("add: {unrest: 0.02}", "add: {unrest: 0.2}"))
    assert moves(workshop) == [("warn:us",), ("warn:kosovo",)]
    assert workshop.session is not None
    assert workshop.session.orders("russia").moves == (WARN_US,)
    assert workshop.evaluate("unrest").now > before
    assert not workshop.replayed


def test_a_comment_leaves_the_game_as_it_is(workshop: Workshop) -> None:
    """A save that means the same does not play the game anew."""
    warn_twice(workshop)
    session = workshop.session
    save(workshop, TWO_MOVES + "# a remark\n")
    assert workshop.session is session


def test_a_new_action_can_be_taken_where_the_game_stands(workshop: Workshop) -> None:
    """An action that was added is an option in the open turn, with the past as it was."""
    warn_twice(workshop)
    added = (
        "  protest:\n    title: Protest\n    by: russia\n    tempo: 6w\n"
        "    effects: [{add: {unrest: 0.01}}]\n    assumed: for the test\n"
    )
    save(
        workshop,
        TWO_MOVES.replace("  recognise:\n    title: Recognise\n", f"{added}  recognise:\n    title: Recognise\n"),
    )
    assert workshop.session is not None
    assert "protest" in {str(explained.option) for explained in workshop.session.view("russia").legal}
    assert moves(workshop) == [("warn:us",), ("warn:kosovo",)]


def test_a_choice_that_is_gone_is_said_and_comes_back(workshop: Workshop) -> None:
    """Where a target was removed the turn is held, in words; where it returns the choice is made again."""
    warn_twice(workshop)
    save(workshop, replaced("targets: [us, kosovo]", "targets: [us]", TWO_MOVES))
    assert moves(workshop) == [("warn:us",), ()]
    (note,) = workshop.replayed
    assert note.turn == 1
    assert note.text.startswith("warn:kosovo: ") and note.text.endswith("held instead")
    save(workshop, TWO_MOVES)
    assert moves(workshop) == [("warn:us",), ("warn:kosovo",)]
    assert not workshop.replayed


def test_a_condition_that_no_longer_holds_is_said(workshop: Workshop) -> None:
    """A choice that is not legal any more is left out in each turn, with the condition that fails."""
    warn_twice(workshop)
    save(workshop, replaced("tension > 0.25", "tension > 0.9", TWO_MOVES))
    assert moves(workshop) == [(), ()]
    assert [note.turn for note in workshop.replayed] == [0, 1, 2]
    assert all("the air is thick" in note.text for note in workshop.replayed)


def test_a_broken_file_keeps_the_last_game(workshop: Workshop) -> None:
    """Findings are those of the file, the game is the last that could be played, and can be played on."""
    warn_twice(workshop)
    save(workshop, replaced("tension > 0.25", "tensoin > 0.25", TWO_MOVES))
    first = workshop.findings[0]
    assert first.code == "E203"
    assert workshop.draft is not None
    shown = workshop.draft.shown(first)
    assert shown is not None
    assert shown[0][shown[1].index("^") :].startswith("tensoin")
    assert workshop.is_stale
    assert workshop.end_turn()
    save(workshop, TWO_MOVES)
    assert moves(workshop) == [("warn:us",), ("warn:kosovo",), ("warn:us",)]


def test_errors_come_first(workshop: Workshop) -> None:
    """A warning that stands above an error in the file is told after it."""
    text = replaced("tension > 0.25", "tensoin > 0.25", TWO_MOVES)
    save(workshop, text.replace("flags:\n", "flags:\n  unused: nobody asks for it\n", 1))
    severities = [finding.severity for finding in workshop.findings]
    assert severities[0] == "error"
    assert severities == sorted(severities, key=["error", "warning", "hint"].index)


def test_a_file_that_is_gone_is_a_finding(workshop: Workshop) -> None:
    """A file that was removed is said, and the game stays."""
    workshop.place.file.unlink()
    assert workshop.refresh()
    assert workshop.findings[0].severity == "error"
    assert workshop.is_stale


def test_undo_goes_back_through_choices_and_turns(workshop: Workshop) -> None:
    """First the choice of the open turn is taken back, then the turn before is open with its choice."""
    warn_twice(workshop)
    assert workshop.undo()
    assert workshop.session is not None
    assert not workshop.session.orders("russia").moves
    assert workshop.undo()
    assert workshop.session.turn == 1
    assert workshop.session.orders("russia").moves == (WARN_KOSOVO,)
    while workshop.undo():
        pass
    assert workshop.session.turn == 0


def test_votes_are_cast_again(tmp_path: Path) -> None:
    """A vote that was chosen is chosen again; where its question is gone, that is said."""
    workshop = Workshop(str(write(tmp_path, TWO_MOVES)), SEED, "us")
    workshop.refresh()
    workshop.toggle(TABLE)
    workshop.vote("table_resolution", -1)
    assert workshop.end_turn()
    save(workshop, TWO_MOVES.replace("start: 0.5,", "start: 0.51,"))
    assert workshop.choices.turns[0].votes == {"table_resolution": -1}
    assert not workshop.replayed
    assert workshop.session is not None
    assert workshop.session.game.seat_moves[0]["us"].votes == {"table_resolution": -1}


def test_a_side_that_is_gone_is_said(workshop: Workshop) -> None:
    """A side that is no actor any more has no seat, and the game goes on without it."""
    other = Workshop(workshop.name, SEED, "rusia")
    other.refresh()
    assert other.seat is None
    assert 'did you mean "russia"?' in other.replayed[0].text
    assert other.end_turn()


def test_values_are_those_of_the_world_now_and_a_turn_ago(workshop: Workshop) -> None:
    """Each figure has its value now and before; what differs is marked."""
    figures = workshop.figures
    assert figures is not None
    tension = figures.measures()[0]
    assert (tension.text, tension.now, tension.before) == ("tension", 0.5, None)
    assert tension.parts == (("unrest", 0.5), ("declared", False))
    workshop.toggle(WARN_US)
    workshop.end_turn()
    figures = workshop.figures
    assert figures is not None
    (unrest,) = figures.values()
    assert unrest.before == 0.5
    assert unrest.has_changed
    assert [figure.now for figure in figures.flags()] == [False]
    assert not figures.flags()[0].has_changed


def test_conditions_are_told_one_by_one(workshop: Workshop) -> None:
    """Each part of `when`, each need and the rest period of an option has its own answer and its numbers."""
    figures = workshop.figures
    assert figures is not None
    declared, recognised = figures.conditions(RECOGNISE)
    assert (declared.text, declared.now, declared.parts) == ("declared", False, (("declared", False),))
    assert (recognised.text, recognised.now) == ("not self.recognised", True)
    (need,) = figures.conditions(WARN_US)
    assert (need.title, need.text, need.now) == ("the air is thick", "tension > 0.25", True)
    *_, rest = figures.conditions(TABLE)
    assert rest.now is True
    assert rest.text == "21 days since it was done last"


def test_any_expression_can_be_asked(workshop: Workshop) -> None:
    """Names of the side and of an option's target mean somebody; mistakes are told in the parser's words."""
    assert workshop.evaluate("2 * unrest").now == 1.0
    assert workshop.evaluate("self.is.russia").now is True
    assert workshop.evaluate("target.is.kosovo", WARN_KOSOVO).now is True
    assert workshop.evaluate("count(recognised, powers) + 1").parts == (("count(recognised, powers)", 0.0),)
    with pytest.raises(ExpressionError, match='did you mean "unrest"'):
        workshop.evaluate("unrset > 1")


def test_what_can_not_be_done_now_is_refused(workshop: Workshop) -> None:
    """The workshop refuses what the table refuses."""
    workshop.toggle(WARN_US)
    with pytest.raises(OrderRefused):
        workshop.toggle(TABLE)


def test_a_finding_has_its_page(workshop: Workshop) -> None:
    """The page of a finding fits the columns that there are."""
    lines = list(explanation("E203", 50))
    assert lines[0].startswith("E203 (error)")
    assert not list(explanation("X000", 50))
