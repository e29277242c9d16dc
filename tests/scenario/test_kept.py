"""A scenario that is kept is the one that would be read, and whatever it follows from is looked at each time."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.files import cache
from engine.scenario import kept, load
from engine.scenario.canon import canonical
from engine.scenario.kept import usable_scenario
from engine.scenario.models import Scenario
from engine.scenario.places import BUNDLED, list_scenarios
from engine.scenario.problems import ScenarioError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("BRINK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a scenario with all that lies beside it."""
    return Path(shutil.copytree(BUNDLED / "cuba-1962", tmp_path / "cuba"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was read from its text, and not taken from the cache."""
    found: list[object] = []
    real = load.load_scenario

    def noted(wanted: str | Path) -> Scenario:
        found.append(wanted)
        return real(wanted)

    monkeypatch.setattr(load, "load_scenario", noted)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", list_scenarios())
def test_a_kept_scenario_is_the_one_that_was_read(name: str, read: list[object]) -> None:
    """In everything, to the order of its entries."""
    first, second = usable_scenario(name), usable_scenario(name)
    assert read == [name]
    assert first == second == load.load_scenario(name)
    assert canonical(first) == canonical(second)
    assert repr(first) == repr(second)


def write(path: Path) -> None:
    """One more line at the end."""
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")


def stamp(path: Path) -> None:
    """The same text, written again later."""
    os.utime(path, (1_000_000_000, 1_000_000_000))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("scenario.yaml", write),
        ("history.yaml", write),
        ("history.yaml", Path.unlink),
        ("sources/index.yaml", stamp),
        ("sources/new.txt", Path.touch),
    ],
)
def test_what_is_beside_it_is_looked_at(
    folder: Path, read: list[object], name: str, change: Callable[[Path], None]
) -> None:
    """A text that was written, exchanged, added or removed: all is read again."""
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "index.yaml").write_text("sources: {}\n")
    (folder / "history.yaml").touch()
    usable_scenario(folder)
    usable_scenario(folder)
    before = len(read)
    change(folder / name)
    with contextlib.suppress(ScenarioError):  # an index that lists other files than there are may be refused
        usable_scenario(folder)
    assert len(read) == before + 1


def test_errors_are_told_each_time_and_nothing_is_kept(folder: Path, home: Path) -> None:
    """With the same words as without a cache."""
    path = folder / "scenario.yaml"
    good = path.read_text(encoding="utf-8")
    usable_scenario(folder)
    path.write_text(good.replace("playable: true", "playable: maybe", 1), encoding="utf-8")
    said = []
    for read_it in (usable_scenario, usable_scenario, load.load_scenario):
        with pytest.raises(ScenarioError) as error:
            read_it(folder)
        said.append(str(error.value))
    assert said[0] == said[1] == said[2]
    assert "maybe" in said[0]
    assert cache.held().entries == 1
    path.write_text(good, encoding="utf-8")
    assert usable_scenario(folder).id == "cuba-1962"


def test_a_link_is_refused_though_its_target_is_known(folder: Path, tmp_path: Path) -> None:
    """What a stranger's folder brings is not read through a link, and not recognised through one either."""
    usable_scenario(folder)
    elsewhere = tmp_path / "elsewhere.yaml"
    (folder / "scenario.yaml").rename(elsewhere)
    (folder / "scenario.yaml").symlink_to(elsewhere)
    with pytest.raises(ScenarioError, match="link"):
        usable_scenario(folder)


@pytest.mark.slow
def test_an_entry_that_is_no_scenario_is_none(
    folder: Path, read: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an older engine might have kept it under the same key."""
    for content in (b"{}", b"\xff", b"", b'{"id": 1}'):
        monkeypatch.setattr(cache, "load", lambda _, content=content: content)
        assert usable_scenario(folder).id == "cuba-1962"
    assert len(read) == 4


def test_what_changes_while_it_is_read_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the new text would stand for the old scenario."""
    keys = iter(["before", "after"])
    monkeypatch.setattr(kept, "_key", lambda _: next(keys))
    usable_scenario(folder)
    assert cache.held().entries == 0
