"""Every write, flush and rename of a save fails in turn, or the power goes there: nothing that was kept is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import pytest

from engine.files import TEMPORARY
from engine.play.ahead.forecaster import Forecaster
from engine.play.crisis import open_crisis
from engine.play.game import Game
from engine.play.journal import journal_of, read_journal, write
from engine.play.journal_format import SaveError
from engine.play.session import Session
from engine.play.store import Store
from engine.rules import Rules
from tests.faults import DEATHS, Died, every_fault
from tests.fuzz.effort import cases
from tests.play.tables import TABLE, TWO_MOVES
from tui.dialogue import Line
from tui.match import Match
from tui.plain import PlainGame

STEP = 1 if cases(1) > 1 else 5
"""`make fuzz` lets every operation fail, `make test` every fifth."""

LEFT = f"{TEMPORARY}999999999-1"
"""What a process that was killed has left."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def kept(crisis: Rules, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a game of one turn, which has been saved twice, and what a killed process left."""
    folder = tmp_path_factory.mktemp("kept")
    session = Session.new(crisis, 2, people=["us"], game_id="first")
    store = Store(folder)
    store.autosave(session)
    session.end_turn()
    store.autosave(session)
    store.autosave(Session.new(crisis, 2, people=["us"], game_id="other"))
    (folder / LEFT).write_text("half")
    return folder


def anew(kept: Path, folder: Path) -> Store:
    """The same folder as it was."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept, folder)
    return Store(folder)


def go_on(folder: Path) -> None:
    """One operation more, so that the program may end right after it has said that a game is kept."""
    with contextlib.suppress(OSError):
        os.mkdir(folder / "later")  # noqa: PTH102  # the function that can be made to fail


def test_a_game_is_kept_as_it_is_or_as_it_was(kept: Path, crisis: Rules, tmp_path: Path) -> None:
    """Once it is said to be kept, it is, though the power goes right then; the next save needs no help."""
    folder = tmp_path / "saves"
    tried = 0
    for fault in every_fault(step=STEP):
        store = anew(kept, folder)
        session = store.load("first", crisis)
        session.end_turn()
        is_said = False
        with fault:
            try:
                store.autosave(session)
                is_said = True
            except SaveError as error:
                assert "first.json can't be written: " in str(error), fault  # noqa: PT017
            go_on(folder)
        assert fault.error is None or isinstance(fault.error, Died), fault
        found = Store(folder).load("first", crisis).turn
        assert found == 2 if is_said else found in (1, 2), fault
        assert {saved.id for saved in Store(folder).list()} == {"first", "other"}, fault
        again = Store(folder).load("first", crisis)
        again.choose("us", TABLE) if again.turn == 0 else again.end_turn()
        assert Store(folder).autosave(again).notice is None, fault
        assert not (folder / LEFT).exists(), fault
        tried += 1
    assert tried > 40 // STEP


def test_a_first_save_is_there_whole_or_not_at_all(crisis: Rules, tmp_path: Path) -> None:
    """With its folders made; and `brink run --save` likewise."""
    for fault in every_fault(step=STEP):
        shutil.rmtree(tmp_path / "home", ignore_errors=True)
        session = Session.new(crisis, 2, people=["us"], game_id="first")
        store, is_said = Store(tmp_path / "home/a/saves"), False
        with fault:
            try:
                store.autosave(session)
                is_said = True
                go_on(tmp_path / "home")
            except SaveError:
                assert not fault.is_death, fault
        assert [saved.is_readable for saved in store.list()] in ([[True]] if is_said else [[], [True]]), fault
    game, file = Game(crisis, 2), tmp_path / "run.json"
    game.step()
    for fault in every_fault(step=STEP):
        file.unlink(missing_ok=True)
        with fault:
            try:
                write(journal_of(game), file)
            except SaveError:
                assert not fault.is_death, fault
        assert not file.exists() or len(read_journal(file).turns) == 1, fault


def test_in_lines_nothing_finished_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A game of orders, a turn and an end of input: "kept" is said only where it is; else there is a reason."""
    monkeypatch.setattr("tui.plain.Forecaster", lambda rules: Forecaster(rules, workers=0))
    monkeypatch.setattr(Match, "ask_odds", lambda _match: None)
    monkeypatch.setattr(PlainGame, "wait_for_odds", lambda _game: None)
    (tmp_path / "scenario.yaml").write_text(TWO_MOVES)
    played = open_crisis(str(tmp_path / "scenario.yaml"))
    tried, unsaid = 0, 0
    for fault in every_fault(step=STEP):
        folder = tmp_path / "saves"
        shutil.rmtree(folder, ignore_errors=True)
        orders, told = iter(["1", "e !", "1"]), list[str]()

        def read(orders=orders) -> str:
            try:
                return next(orders)
            except StopIteration:
                raise EOFError from None

        session = Session.new(played.rules, 2, people=["us"], game_id="first")
        error = None
        with fault:
            try:
                PlainGame(Line(read, told.append), Store(folder)).play(played, session)
            except SaveError as found:
                error = found
            except Died:
                pass
        is_said = any("the game is kept" in line for line in told)
        assert is_said or error is not None or fault.is_death, fault
        turns = [Store(folder).load(saved.id, played.rules).turn for saved in Store(folder).list()]
        if is_said:
            assert turns == [1], fault
        elif not fault.is_death:
            assert error is not None and "can't be written" in str(error), fault
        has_ended = any("What happened" in line for line in told)
        assert not (has_ended and fault.how in DEATHS) or turns == [1], fault
        tried, unsaid = tried + 1, unsaid + (not is_said)
    assert tried > 100 // STEP
    assert unsaid < tried
