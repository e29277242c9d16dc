"""The screens of results: folders, endings, runs, and the ones that stand out."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile, copytree

import pytest
from textual.widgets import Input

from engine.batch import Results
from engine.batch.analysis.browse import Wanted, endings_of, median_run, odd_ones
from engine.play.crisis import Crisis
from tests.tui.conftest import SIZES, app_with
from tests.tui.screens import settled, text_of, until
from tui.app import BrinkApp
from tui.lines.batches import name_of
from tui.screens.batches import Batches
from tui.screens.folders import Folders
from tui.screens.replay import Replay
from tui.start import Start
from tui.widgets.rows import Rows

pytestmark = pytest.mark.slow


async def opened(app: BrinkApp, pilot: object) -> Batches:
    """The screen with which the application began, once the folder is open."""
    screen = app.screen
    assert isinstance(screen, Batches)
    await until(pilot, lambda: screen.opened is not None)  # type: ignore[arg-type]
    await settled(pilot)  # type: ignore[arg-type]
    return screen


async def pressed(pilot: object, *keys: str) -> None:
    """Keys one after the other, each with what follows from it."""
    for key in keys:
        await pilot.press(key)  # type: ignore[attr-defined]
        await pilot.pause()  # type: ignore[attr-defined]
        await settled(pilot)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", SIZES)
async def test_endings_stand_with_counts_and_intervals(small: Crisis, folder: Path, size: tuple[int, int]) -> None:
    """Each ending has its count, share and interval; no line is wider than the screen."""
    app = app_with(small, Start(results=str(folder)))
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        text = text_of(app)
    assert "60 runs, seed 5" in text
    assert "all 2 design points together" in text
    for ending, share in endings_of(Results.open(folder), None).shares.items():
        if share.count:
            line = next(line for line in text.splitlines() if Results.open(folder).manifest["endings"][ending] in line)
            assert f" {share.count} " in line
            assert f"{100 * share.low:.0f}-{100 * share.high:.0f}%" in line
    assert all(len(line) <= size[0] for line in text.splitlines())


async def test_filters_by_ending_and_design_point(small: Crisis, folder: Path) -> None:
    """What is chosen from the lists is what the table holds, and is said above it."""
    app = app_with(small, Start(results=str(folder)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "slash", "down", "enter")
        assert screen.opened is not None
        ending = screen.opened.wanted.ending
        assert ending is not None
        assert {row.ending for row in screen.opened.page.rows} == {ending}
        await pressed(pilot, "slash", "enter", "d", "down", "down", "enter")
        assert screen.opened.wanted == Wanted(1)
        assert {row.point for row in screen.opened.page.rows} == {1}
        assert "0.9" in text_of(app)
        assert screen.opened.group.runs == 30


async def test_orders_follow_one_another(small: Crisis, folder: Path) -> None:
    """By run, by ending, by each score, and by run again."""
    app = app_with(small, Start(results=str(folder)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        seen = []
        for _order in range(5):
            assert screen.opened is not None
            seen.append(screen.opened.wanted.order)
            await pressed(pilot, "o")
        assert seen == ["run", "ending", "score_russia", "score_us", "run"]
        assert "by ending" in text_of(app)


async def test_the_median_and_the_odd_run_come_into_view(small: Crisis, folder: Path) -> None:
    """The line in view is that of the run, and it is said why."""
    results = Results.open(folder)
    app = app_with(small, Start(results=str(folder)))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "m")
        median = median_run(results, Wanted(), "score_russia")
        assert median is not None
        assert screen.query_one(Rows).in_view == name_of(median.row)
        assert "is the one in the middle by the score of Russia" in text_of(app)
        for odd in odd_ones(results, Wanted())[:2]:
            await pressed(pilot, "z")
            assert screen.query_one(Rows).in_view == name_of(odd.row)
            assert f"Run {odd.row.run} " in text_of(app)


async def test_a_run_opens_as_a_replay(small: Crisis, folder: Path) -> None:
    """By its number with j, then with Enter; Esc comes back to the table."""
    app = app_with(small, Start(results=str(folder)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("j")
        await pilot.pause()
        app.screen.query_one(Input).value = "17"
        await pressed(pilot, "enter")
        assert screen.query_one(Rows).in_view == "0:17"
        await pressed(pilot, "enter")
        replay = app.screen
        assert isinstance(replay, Replay)
        await until(pilot, lambda: replay.told is not None)
        assert replay.told is not None
        assert replay.told.verdict.is_same
        assert "Run 17 of A small crisis, seed 5" in text_of(app)
        await pressed(pilot, "escape")
        assert app.screen is screen


async def test_pages_turn(small: Crisis, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the last row of a page stand the next runs, and before the first the ones before."""
    from engine.batch.analysis import browse
    from tui.screens import batches

    monkeypatch.setattr(batches, "PAGE", 25)
    monkeypatch.setattr(batches, "page_of", lambda r, w, first=0: browse.page_of(r, w, first, 25))
    app = app_with(small, Start(results=str(folder)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pressed(pilot, "end", "enter")
        assert screen.opened is not None
        assert (screen.opened.page.first, screen.opened.page.end) == (25, 50)
        await pressed(pilot, "home", "enter")
        assert screen.opened.page.first == 0


@pytest.mark.parametrize(("text", "words"), [(None, "holds no results of a batch"), ("{", "is damaged")])
async def test_a_folder_without_results_is_a_sentence(
    small: Crisis, tmp_path: Path, text: str | None, words: str
) -> None:
    """A folder that holds none, or whose manifest is damaged, is named with what is wrong, and no key does harm."""
    if text is not None:
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    app = app_with(small, Start(results=str(tmp_path)))
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "can't be opened" in text_of(app))
        assert words in text_of(app)
        await pilot.press("m", "z", "o", "slash")
        await pilot.pause()
        assert isinstance(app.screen, Batches)


async def test_folders_are_listed_and_typed(
    small: Crisis, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders below the current one are there; any other is opened by its path, and a wrong one is refused."""
    monkeypatch.chdir(folder.parent)
    app = app_with(small)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(Folders())
        await pressed(pilot)
        await settled(pilot)
        await until(pilot, lambda: "60 runs, 2 design points, seed 5" in text_of(app))
        await pressed(pilot, "slash")
        app.screen.query_one(Input).value = str(tmp_path)
        await pressed(pilot, "enter")
        assert "there is no manifest.json in it" in " ".join(text_of(app).replace("┃", " ").split())
        app.screen.query_one(Input).value = str(folder)
        await pressed(pilot, "enter")
        assert isinstance(app.screen, Batches)
        await pressed(pilot, "escape", "enter")
        assert isinstance(app.screen, Batches)


async def test_what_a_folder_lacks_stands_above_its_numbers(small: Crisis, folder: Path, tmp_path: Path) -> None:
    """A copy beside a part is named, and not counted."""
    damaged = Path(copytree(folder, tmp_path / "damaged"))
    copyfile(damaged / "runs" / "part-000000.parquet", damaged / "runs" / "part-000000 2.parquet")
    app = app_with(small, Start(results=str(damaged)))
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(app, pilot)
        text = " ".join(text_of(app).split())
    assert "60 runs, seed 5" in text
    assert "Note: runs/part-000000 2.parquet is not in the manifest and not counted." in text
