"""What results say: their sum, differences between arms, what an outcome hangs on, and the page that tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from engine import asked
from engine.batch.storage.results import Results
from engine.errors import ArgumentError
from engine.scenario.problems import quoted

if TYPE_CHECKING:
    import polars as pl

    from engine.batch.analysis.compare import Comparison
    from engine.batch.analysis.discovery import Discovery
    from engine.batch.analysis.sensitivity import Sensitivity
    from engine.batch.analysis.summary import Summary
    from engine.report import Report


def summary(results: Results) -> Summary:
    """What the runs say, arm by arm: the frames ``endings``, ``times``, ``outcomes`` and ``scores``.

    An arm is a combination of the levers' choices. Shares go from 0 to 1 and have 95 % intervals, times are days since
    the start.

    >>> import brinkmanship as bm
    >>> summary(bm.batch("cuba-1962", 30)).endings.columns
    ['arm', 'ending', 'count', 'runs', 'share', 'low', 'high']
    """
    from engine.batch.analysis.summary import summarise

    return summarise(these("results", results))


def compare(first: Results, second: Results, titles: tuple[str, str] = ("first", "second")) -> Comparison:
    """Everything that differs between two batches of one scenario, run by run where they share their chance.

    ``frame`` has a row for each difference, second less first, with its 95 % interval: shares 0 to 1, scores 0 to 100,
    times in days. Raises :class:`~brinkmanship.errors.BatchError` where the two can't be compared.

    >>> import brinkmanship as bm
    >>> calm, tense = (bm.batch("cuba-1962", 40, set={"issues.war.start": war}) for war in (5, 40))
    >>> compare(calm, tense).frame.select("kind", "difference", "low", "high").width
    4
    """
    from engine.batch.analysis.compare import compare as compare_batches

    return compare_batches(these("first", first), these("second", second), titles)


def compare_choices(results: Results, lever: str | None = None) -> tuple[Comparison, ...]:
    """Each choice of the levers of an experiment, or of one lever, against its base.

    Raises :class:`~brinkmanship.errors.BatchError`.

    >>> import brinkmanship as bm
    >>> lever = {"choices": {"as_it_is": {}, "tense": {"set": {"issues.war.start": 40}}}}
    >>> [one.pairs for one in compare_choices(bm.batch("cuba-1962", 30, experiment={"levers": {"start": lever}}))]
    [30]
    """
    from engine.batch.analysis.compare import compare_choices as compare_levers

    return compare_levers(these("results", results), lever)


def sensitivity(
    results: Results,
    outcome: str,
    method: Literal["sobol", "morris", "pawn"] | None = None,
    at: Mapping[str, str] | None = None,
) -> Sensitivity:
    """What an outcome hangs on: ``frame`` has a row for each assumption, the most important first.

    ``outcome`` is an expression over the runs, such as ``"ending.nuclear"`` or ``"score_us"``; ``method`` the one that
    the design was made for where it is left out; ``at`` holds levers at a choice. Needs the extra ``analysis``. Raises
    :class:`~brinkmanship.errors.BatchError`, also where the design does not suit the method.
    """
    from engine.batch.analysis.sensitivity import sensitivity as indices

    return indices(these("results", results), text("outcome", outcome), method, at)


def discover(results: Results, when: str, often: float | None = None, step: int | None = None) -> Discovery:
    """The box of assumptions in which a condition on runs is frequent (PRIM): ``limits``, and ``frame`` of all steps.

    A design point counts where ``when``, such as ``"ending.nuclear"``, holds in at least the share ``often`` of its
    runs; ``step`` names a box of the peeling. Needs the extra ``discovery``. Raises
    :class:`~brinkmanship.errors.BatchError`.
    """
    from engine.batch.analysis.discovery import discover as boxes

    share = None if often is None else asked.share("often", often)
    number = None if step is None else asked.whole("step", step, 0, asked.MOST_RUNS)
    return boxes(these("results", results), text("when", when), share, number)


def query(results: Results, sql: str) -> pl.DataFrame:
    """The answer to one SELECT over the views ``runs``, ``designs``, ``failures``, ``trajectories``, ``every_run``.

    The results are those of a folder. Needs the extra ``query``. Raises :class:`~brinkmanship.errors.BatchError`.
    """
    from engine.batch.analysis.query import query as answer

    return answer(these("results", results), text("sql", sql))


def report(results: Results) -> Report:
    """The page of ``brink report``: ``html()`` gives it as text, ``files()`` its figures as SVG and PNG by name.

    Needs the extra ``report``. Raises :class:`~brinkmanship.errors.BatchError`.
    """
    from engine.report import report_on

    return report_on(these("results", results))


def these(argument: str, given: object) -> Results:
    """Results. Raises :class:`~brinkmanship.errors.ArgumentError` for anything else."""
    if not isinstance(given, Results):
        hint = ": open a folder with brinkmanship.results(FOLDER)" if isinstance(given, str) else ""
        raise ArgumentError(f"{argument} are the results of a batch, not {quoted(given)}{hint}")
    return given


def text(argument: str, given: object) -> str:
    """A text. Raises :class:`~brinkmanship.errors.ArgumentError` for anything else."""
    if not isinstance(given, str):
        raise ArgumentError(f"{argument} is a text, not {quoted(given)}")
    return given
