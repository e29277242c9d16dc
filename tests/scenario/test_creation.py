"""New scenarios: whole folders that are right at once, under good names, never over anything that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario.changes import changes
from engine.scenario.creation import CreationError, create
from engine.scenario.load import check_scenario, load_scenario
from engine.scenario.problems import ScenarioError
from tests.scenario.minimal import MINIMAL, replaced, write


def test_a_new_scenario_has_no_error_and_no_warning(tmp_path: Path) -> None:
    """It brings its own source, its history and the schemas that its first lines point to."""
    create(tmp_path / "strait")
    report = check_scenario(tmp_path / "strait", {})
    assert report.problems == ()
    assert report.scenario is not None
    assert report.scenario.id == "strait"
    assert report.history is not None
    assert report.evidence.unsupported == 0
    for file in ("scenario.yaml", "history.yaml"):
        first = (tmp_path / "strait" / file).read_text(encoding="utf-8").splitlines()[0]
        pointed_at = first.removeprefix("# yaml-language-server: $schema=")
        assert (tmp_path / "strait" / pointed_at).is_file()


def test_a_new_scenario_shows_every_kind_of_thing(tmp_path: Path) -> None:
    """Two sides, a bystander, a vote, a deadline, an event, endings, promises, a case; in a page or two."""
    create(tmp_path / "strait")
    s = load_scenario(tmp_path / "strait")
    assert sum(actor.playable for actor in s.actors.values()) == 2
    assert len(s.actors) == 3
    assert any(action.vote for action in s.actions.values())
    assert any(entry.deadline for entry in s.calendar.values())
    assert s.events
    assert len(s.endings) >= 3
    assert {promise.never is None for promise in s.expect} == {True, False}
    assert s.cases
    assert len((tmp_path / "strait" / "scenario.yaml").read_text(encoding="utf-8").splitlines()) < 170


def test_the_source_of_a_new_scenario_says_that_it_is_made_up(tmp_path: Path) -> None:
    """Nobody takes it for a report."""
    create(tmp_path / "strait")
    (text,) = (tmp_path / "strait" / "sources").glob("*.txt")
    assert text.read_text(encoding="utf-8").startswith("[This text is made up.")
    assert "made up" in (tmp_path / "strait" / "sources" / "index.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("Strait", "strait"),
        ("the strait", "the-strait"),
        ("1914", "my-crisis"),
        ("été", "t"),
        ("-a", "a"),
        ("a" * 61, "a"),
    ],
)
def test_a_bad_name_is_explained(tmp_path: Path, name: str, proposed: str) -> None:
    """With what a name is made of, and one that would do."""
    with pytest.raises(CreationError, match="a name is made of small letters") as refusal:
        create(tmp_path / name)
    assert str(refusal.value).split("such as ")[1].startswith(f'"{proposed}')
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Neither a folder, nor an empty one, nor a file, nor a link to nowhere."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("folder", "file", "link"):
        with pytest.raises(CreationError, match="is there already, and is never written over"):
            create(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "link"]
    assert list((tmp_path / "folder").iterdir()) == []


def test_there_must_be_a_folder_to_write_into(tmp_path: Path) -> None:
    """Folders around it are not made."""
    with pytest.raises(CreationError, match="there is no folder"):
        create(tmp_path / "nowhere" / "strait")


@pytest.mark.slow
def test_a_copy_means_the_same_and_brings_its_sources(tmp_path: Path) -> None:
    """All but the id stands as it stood, comments included, and it is right without the seeds."""
    create(tmp_path / "again", "kosovo-2007")
    report = check_scenario(tmp_path / "again", {})
    assert report.problems == ()
    assert report.scenario is not None
    assert changes(load_scenario("kosovo-2007"), report.scenario) == ()
    before = (Path(__file__).parents[2] / "scenarios/kosovo-2007/scenario.yaml").read_text(encoding="utf-8")
    now = (tmp_path / "again" / "scenario.yaml").read_text(encoding="utf-8")
    pairs = zip(before.splitlines(), now.splitlines(), strict=True)
    assert [number for number, (old, new) in enumerate(pairs, 1) if old != new] == [1, 12]


@pytest.mark.slow
def test_a_copy_of_a_copy_keeps_the_sources(tmp_path: Path) -> None:
    """Those of its folder, byte for byte."""
    create(tmp_path / "one")
    create(tmp_path / "two", str(tmp_path / "one"))
    for file in ("index.yaml", "harbour-gazette.txt"):
        assert (tmp_path / "two/sources" / file).read_bytes() == (tmp_path / "one/sources" / file).read_bytes()
    assert check_scenario(tmp_path / "two", {}).problems == ()


def test_a_copy_of_something_wrong_is_refused(tmp_path: Path) -> None:
    """With its errors, and nothing is written."""
    broken = write(tmp_path, replaced("by: kosovo", "by: kosova", MINIMAL))
    with pytest.raises(ScenarioError, match="kosova"):
        create(tmp_path / "copy", str(broken))
    assert not (tmp_path / "copy").exists()
