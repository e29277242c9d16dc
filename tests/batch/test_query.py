"""Questions in SQL: they are answered, and they only read."""

from __future__ import annotations

import time
from pathlib import Path

import polars as pl
import pytest

from engine.batch.analysis.query import query
from engine.batch.errors import BatchError
from engine.batch.running.conduct import run_plan
from engine.batch.storage.results import Results
from engine.errors import ArgumentError
from tests.batch.batches import small_plan

pytest.importorskip("duckdb")


def within_quotes(path: Path) -> str:
    """A path as it stands in a text of SQL."""
    return str(path).replace("'", "''")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Two design points of twenty runs, in a folder with a quotation mark in its name."""
    folder = tmp_path_factory.mktemp("it's")
    plan = small_plan(folder / "scenario", 20, vary=["issues.status.start=30,60"])
    return run_plan(plan, folder / "out", trajectories="summary")


@pytest.mark.slow
def test_views_hold_what_the_results_hold(results: Results) -> None:
    """Runs, designs, failures and trajectories can be asked, and joined."""
    counted = query(results, "select count(*) as runs, count(distinct point) as points from runs")
    assert counted.rows() == [(40, 2)]
    assert query(results, "select * from designs order by point").shape == results.designs.shape
    assert query(results, "select * from failures").height == 0
    assert query(results, "select name from trajectories limit 1").height == 1
    joined = query(
        results, 'select d."issues.status.start" s, avg(day) from runs join designs d using (point) group by s'
    )
    assert sorted(joined["s"].to_list()) == [30.0, 60.0]


def test_answer_is_that_of_polars(results: Results) -> None:
    """Counts of endings are the same both ways."""
    counted = query(results, "select ending, count(*) as runs from runs group by ending")
    expected = results.runs.group_by("ending").len().collect()
    assert dict(counted.iter_rows()) == {str(ending): runs for ending, runs in expected.iter_rows()}


def test_huge_decimal_and_repeated_columns_fit_a_table(results: Results) -> None:
    """A sum of whole numbers is huge to duckdb, 0.5 is decimal, and two columns may have one name."""
    answer = query(results, "select sum(run), 0.5 as x, 2 as x, 1e30::hugeint as y from runs")
    assert answer.rows() == [(380, 0.5, 2, 1e30)]
    assert answer.schema["sum(run)"] == pl.Int64


@pytest.mark.slow
@pytest.mark.parametrize(
    "sql",
    [
        "copy runs to '{folder}/x.csv'",
        "with a as (copy runs to '{folder}/x.csv') select * from a",
        "select (with a as (copy runs to '{folder}/x.csv') select count(*) from a)",
        "create table t as select 1",
        "select 1; select 2",
        "drop view runs",
        "attach '{folder}/x.db'",
        "install httpfs",
        "set enable_external_access = true",
        "",
        "-- nothing",
        "explain analyze with a as (copy runs to '{folder}/x.csv') select * from a",
    ],
)
def test_only_one_select_is_answered(results: Results, sql: str) -> None:
    """Whatever else it is, and wherever it hides, it is refused before it is run."""
    assert results.path is not None
    before = sorted(results.path.rglob("*"))
    with pytest.raises(BatchError, match="a query is one SELECT"):
        query(results, sql.format(folder=within_quotes(results.path)))
    assert sorted(results.path.rglob("*")) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    ["read_text('/etc/passwd')", "glob('/*')", "read_csv('{folder}/../secret.csv')", "read_text('http://localhost/')"],
)
def test_nothing_outside_the_folder_is_read(results: Results, source: str) -> None:
    """Neither files nor addresses."""
    assert results.path is not None
    (results.path.parent / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(BatchError, match="file system operations are disabled"):
        query(results, f"select * from {source.format(folder=within_quotes(results.path))}")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("selec 1", 'the query can\'t be read: syntax error at or near "selec"'),
        (
            "select * from runz",
            'the query can\'t be answered: Table with name runz does not exist! Did you mean "runs"?',
        ),
    ],
)
def test_a_mistake_is_told_in_one_line(results: Results, sql: str, said: str) -> None:
    """Without the drawing that duckdb adds."""
    with pytest.raises(BatchError) as caught:
        query(results, sql)
    assert str(caught.value) == said


def test_only_the_folder_is_open(results: Results) -> None:
    """No place for temporary files either, and no setting can be changed."""
    (allowed,) = query(results, "select value from duckdb_settings() where name = 'allowed_directories'").row(0)
    assert allowed.count("/") == str(results.path).count("/") + 1
    assert "/out/" in allowed


def test_results_in_memory_have_no_files_to_ask(tmp_path: Path) -> None:
    """They are polars frames already."""
    with pytest.raises(BatchError, match="written to a folder"):
        query(run_plan(small_plan(tmp_path, 2)), "select 1")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select range(1000000000)", "needs more memory than 2 GB, so ask for less at a time"),
        ("select repeat('x', 100000000)", "has more than 100,000 characters: ask for a part of it"),
        ("select range(200000) as many", "a cell of many has more than 100,000 characters"),
        ("select {'a': [repeat('x', 60000), repeat('y', 60000)]} as deep", "a cell of deep has more than 100,000"),
        ("select repeat('x', 90000) from range(1000000)", "the answer has more than 100,000,000 characters"),
        ("select * from range(1000001)", "the answer has more than 1,000,000 rows"),
    ],
)
def test_no_answer_is_larger_than_it_may_be(results: Results, sql: str, said: str) -> None:
    """In memory, in one cell, in rows, in all; one sentence each."""
    with pytest.raises(BatchError, match=said) as caught:
        query(results, sql)
    assert "\n" not in str(caught.value)


def test_no_answer_takes_longer_than_it_may(results: Results) -> None:
    """The process that looks for it ends."""
    begun = time.monotonic()
    with pytest.raises(BatchError, match="there is no answer after 1 s; --seconds allows more"):
        query(results, "select count(*) from range(1000000) a, range(1000000) b", seconds=1)
    assert time.monotonic() - begun < 120
    with pytest.raises(ArgumentError, match="is a number of seconds from 0 to 1e"):
        query(results, "select 1", seconds=-1)
