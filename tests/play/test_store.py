"""The folder of saves: nothing is lost, whatever happens to a file or a process."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.files.home import HOME
from engine.play.journal_format import SaveError
from engine.play.last_played import LOCK, ORDER, note_played, ranks
from engine.play.session import Session
from engine.play.store import BEFORE, TRASH, Branch, Store, default_folder
from engine.rules import Rules
from tests.play.tables import TABLE, WARN_US


def clock() -> Iterator[dt.datetime]:
    """One second after the other."""
    moment = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    while True:
        yield moment
        moment += dt.timedelta(seconds=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty folder with a clock of its own."""
    moments = clock()
    return Store(tmp_path / "saves", lambda: next(moments))


@pytest.fixture
def session(crisis: Rules) -> Session:
    """A game with an order in its first turn."""
    session = Session.new(crisis, 2, people=["us"], title="First try", game_id="first")
    session.choose("us", TABLE)
    return session


def test_a_saved_game_goes_on_where_it_was(store: Store, session: Session, crisis: Rules) -> None:
    """Turn, title, people, level and the orders of the open turn."""
    session.end_turn()
    session.leave_to_rule("us")
    store.autosave(session)
    again = store.load("first", crisis)
    assert again.orders("us") == session.orders("us")
    assert (again.title, again.people, again.level) == ("First try", ("us",), session.level)
    assert again.end_turn() == session.end_turn()


def test_the_list_tells_what_a_game_is(store: Store, session: Session, crisis: Rules) -> None:
    """The latest first, with both times; an end is told."""
    store.autosave(session)
    session.end_turn()
    store.autosave(session)
    other = Session.new(crisis, 3, title="Watched", game_id="other")
    while not other.is_over:
        other.end_turn()
    store.autosave(other)
    watched, first = store.list()
    assert (watched.id, watched.title, watched.people, watched.turn) == ("other", "Watched", (), len(other.game.turns))
    assert watched.ending == (other.game.ending and other.game.ending.id)
    assert (first.created, first.saved) == ("2026-01-02T03:04:05+00:00", "2026-01-02T03:04:06+00:00")
    assert (first.turn, first.people, first.level, first.trouble) == (1, ("us",), "student", None)
    assert store.latest() == first


def test_an_empty_or_missing_folder_has_no_saves(store: Store) -> None:
    """And is not made by looking."""
    assert (store.list(), store.tree(), store.latest()) == ((), (), None)
    assert not store.folder.exists()


def names(branches: tuple[Branch, ...]) -> list:
    """A tree as nested lists."""
    return [[branch.saved.id, names(branch.branches)] for branch in branches]


def test_branches_hang_on_the_game_from_which_they_came(store: Store, session: Session) -> None:
    """Also on other branches; where a parent is gone, its branches stand alone."""
    session.end_turn()
    store.autosave(session)
    for game_id in ("b", "a"):
        store.autosave(session.branch(1, game_id, game_id))
    store.autosave(session.branch(0, "a", "a2").branch(0, "c", "c"))
    store.autosave(session.branch(0, "a2", "a2"))
    assert names(store.tree()) == [["first", [["b", []], ["a", []], ["a2", [["c", []]]]]]]
    store.delete("first")
    assert names(store.tree()) == [["b", []], ["a", []], ["a2", [["c", []]]]]


def test_saves_that_hang_on_each_other_are_still_listed(store: Store, session: Session) -> None:
    """Each once, by itself."""
    session.end_turn()
    for game_id, parent in (("a", "b"), ("b", "a"), ("c", "c")):
        session.id = parent
        store.autosave(session.branch(1, game_id, game_id))
    assert names(store.tree()) == [["a", []], ["b", []], ["c", []]]


def test_the_version_before_stays_beside_and_steps_in_for_a_damaged_file(
    store: Store, session: Session, crisis: Rules
) -> None:
    """The list says so; the damaged file is not lost when the game is saved again."""
    store.autosave(session)
    session.end_turn()
    store.autosave(session)
    path = store.folder / "first.json"
    path.write_text(path.read_text()[:300])
    (saved,) = store.list()
    assert saved.is_readable
    assert saved.trouble is not None
    assert saved.trouble.endswith("this is no save, or it is damaged; the version before it is used")
    again = store.load("first", crisis)
    assert again.turn == 0
    assert len(path.read_text()) == 300
    store.autosave(again)
    assert [len(file.read_text()) for file in (store.folder / TRASH).iterdir()] == [300]
    assert store.load("first", crisis).turn == 0


@pytest.mark.parametrize("content", ["", "{}", "[" * 1000, '{"journal_format": 99}', "\0"])
def test_a_file_that_can_not_be_read_is_listed_with_its_trouble(store: Store, content: str) -> None:
    """In a sentence; it stays as it is, and is not offered."""
    store.folder.mkdir()
    (store.folder / "odd.json").write_text(content)
    (store.folder / "notes.txt").write_text("not a save")
    (saved,) = store.list()
    assert (saved.id, saved.is_readable) == ("odd", False)
    assert saved.trouble is not None
    assert store.latest() is None
    with pytest.raises(SaveError, match=r"odd\.json"):
        store.load("odd")
    assert (store.folder / "odd.json").read_text() == content


def test_the_save_of_a_newer_version_is_not_replaced_by_an_older_one(store: Store, session: Session) -> None:
    """Though the version before it could be read."""
    store.autosave(session)
    store.autosave(session)
    (store.folder / "first.json").write_text('{"journal_format": 5}')
    assert (store.folder / f"first{BEFORE}").is_file()
    with pytest.raises(SaveError, match="by a newer version"):
        store.load("first")
    assert not store.list()[0].is_readable


def _killed_between_write_and_rename(folder: Path, session: Session) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "first.json":
            os._exit(9)
        return real(self, target)

    Path.replace = replace  # type: ignore[method-assign,assignment]
    Store(folder).autosave(session)


def test_a_kill_between_write_and_rename_loses_nothing(store: Store, session: Session, crisis: Rules) -> None:
    """The last save is whole, and what lies about is no save."""
    store.autosave(session)
    before = (store.folder / "first.json").read_bytes()
    session.end_turn()
    process = multiprocessing.get_context("fork").Process(
        target=_killed_between_write_and_rename, args=(store.folder, session)
    )
    process.start()
    process.join()
    assert process.exitcode == 9
    assert (store.folder / "first.json").read_bytes() == before
    assert len(list(store.folder.iterdir())) > 2
    assert [saved.id for saved in store.list()] == ["first"]
    store.autosave(session)
    assert store.load("first", crisis).turn == 1


def test_a_full_disk_is_a_sentence_and_the_game_goes_on(
    store: Store, session: Session, crisis: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was saved before is still there."""
    store.autosave(session)
    session.end_turn()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(SaveError, match="can't be written: the disk is full"):
            store.autosave(session)
    assert store.load("first", crisis).turn == 0
    session.end_turn()
    store.autosave(session)
    assert store.load("first", crisis).turn == 2


def test_a_folder_that_can_not_be_made_is_a_sentence(tmp_path: Path, session: Session) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveError, match="can't be written"):
        Store(tmp_path / "file" / "saves").autosave(session)


def test_two_that_play_one_game_do_not_overwrite_each_other(store: Store, session: Session, crisis: Rules) -> None:
    """The second to save goes on as a branch, and is told."""
    store.autosave(session)
    other = store.load("first", crisis)
    session.end_turn()
    assert store.autosave(session).notice is None
    other.withdraw("us", TABLE)
    other.end_turn()
    written = store.autosave(other)
    assert written.notice == '"First try" was saved by somebody else meanwhile, so this game goes on as a branch of it'
    assert (other.title, other.parent and other.parent.id) == ("First try (branch)", "first")
    assert store.load("first", crisis).game.turns == session.game.turns
    assert store.load(other.id, crisis).game.turns == other.game.turns
    assert store.autosave(other).notice is None


def test_the_same_name_by_chance_is_no_reason_to_overwrite(store: Store, session: Session, crisis: Rules) -> None:
    """A new game whose file is there already becomes a branch."""
    store.autosave(session)
    before = (store.folder / "first.json").read_bytes()
    assert store.autosave(Session.new(crisis, 9, game_id="first")).notice is not None
    assert (store.folder / "first.json").read_bytes() == before


def test_renaming_changes_the_title_and_nothing_else(store: Store, session: Session, crisis: Rules) -> None:
    """The file keeps its name."""
    store.autosave(session)
    store.rename("first", "  Second\nthoughts ")
    again = store.load("first", crisis)
    assert (again.title, again.journal().turns) == ("Second thoughts", session.journal().turns)
    with pytest.raises(SaveError, match="no such save"):
        store.rename("nowhere", "x")


def test_what_is_deleted_lies_in_the_trash(store: Store, session: Session, crisis: Rules) -> None:
    """Every time, under a name of its own."""
    for _ in range(2):
        session.kept_as = None
        store.autosave(session)
        store.autosave(session)
        store.delete("first")
        assert store.list() == ()
    assert sorted(path.name for path in (store.folder / TRASH).iterdir()) == [
        "first.json",
        "first.json.2",
        "first.json.bak",
        "first.json.bak.2",
    ]
    with pytest.raises(SaveError, match="no such save"):
        store.delete("first")


def test_a_save_of_a_changed_scenario_is_refused_and_left(store: Store, session: Session, crisis: Rules) -> None:
    """In a sentence with the file's name."""
    store.autosave(session)
    changed = Rules(crisis.scenario.model_copy(update={"title": "Another"}))
    with pytest.raises(SaveError, match=r'first\.json: the scenario "small-crisis" has changed'):
        store.load("first", changed)


def test_the_folder_is_the_platforms_or_that_of_a_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Never the checkout."""
    monkeypatch.setenv(HOME, str(tmp_path))
    assert default_folder() == tmp_path / "saves"
    monkeypatch.delenv(HOME)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = default_folder()
    assert folder.name == "saves"
    assert "brinkmanship" in folder.parts


def test_orders_of_the_open_turn_survive_a_kill(store: Store, crisis: Rules) -> None:
    """Every order is saved as it is given, where whoever shows the game saves it then."""
    session = Session.new(crisis, 2, people=["russia"], game_id="first")
    session.choose("russia", WARN_US)
    store.autosave(session)
    assert store.load("first", crisis).orders("russia").moves == (WARN_US,)


def test_what_killed_games_have_left_is_cleared_away(store: Store, session: Session) -> None:
    """Only ours, and only of processes that are no more."""
    store.folder.mkdir()
    dead = multiprocessing.get_context("fork").Process(target=int)
    dead.start()
    dead.join()
    for name in (f".unfinished-{dead.pid}-first.json", f".unfinished-{dead.pid}-3"):
        (store.folder / name).write_text("half")
    for name in (f".unfinished-{os.getppid()}-first.json", "unfinished.json", ".other"):
        (store.folder / name).write_text("not ours, or not dead")
    store.autosave(session)
    assert {path.name for path in store.folder.iterdir()} == {
        f".unfinished-{os.getppid()}-first.json",
        "unfinished.json",
        ".other",
        "first.json",
        ORDER,
        LOCK,
    }


def test_the_game_played_last_goes_on_whatever_the_clock_says(tmp_path: Path, crisis: Rules) -> None:
    """The clock is set back between two games; a game that is played again is the last one again."""
    day = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    games = [Session.new(crisis, 1, people=["us"], game_id=name) for name in ("one", "two")]
    for number, session in enumerate((*games, games[0])):
        Store(tmp_path, lambda number=number: day - number * dt.timedelta(days=1)).autosave(session)  # type: ignore[misc]
        latest = Store(tmp_path).latest()
        assert latest is not None
        assert latest.id == session.id
    assert [saved.id for saved in Store(tmp_path).list()] == ["one", "two"]


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "{}", "[" * 100_000, "\udc80"])
def test_a_damaged_order_of_play_is_none(tmp_path: Path, crisis: Rules, content: str) -> None:
    """Then the clock decides, and the next save writes it anew; a link is not followed."""
    (tmp_path / ORDER).write_text(content, errors="surrogateescape")
    moments = clock()
    store = Store(tmp_path, lambda: next(moments))
    assert store.latest() is None
    for name in ("one", "two", "one"):
        store.autosave(kept_or_new(store, crisis, name))
    latest = store.latest()
    assert latest is not None
    assert latest.id == "one"


def kept_or_new(store: Store, crisis: Rules, name: str) -> Session:
    """A game as it is kept, or a new one."""
    is_kept = any(saved.id == name for saved in store.list())
    return store.load(name, crisis) if is_kept else Session.new(crisis, 1, people=["us"], game_id=name)


def _plays(folder: Path, session: Session) -> None:
    for _again in range(20):
        note_played(folder, session.id)


def test_processes_that_play_at_once_lose_nobody_from_the_order(tmp_path: Path, crisis: Rules) -> None:
    """All are in it, each once."""
    fork = multiprocessing.get_context("fork")
    sessions = [Session.new(crisis, 1, people=["us"], game_id=f"game-{number}") for number in range(4)]
    processes = [fork.Process(target=_plays, args=(tmp_path, session)) for session in sessions]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert sorted(ranks(tmp_path)) == [session.id for session in sessions]
    assert sorted(ranks(tmp_path).values()) == [1, 2, 3, 4]
