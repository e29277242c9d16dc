"""Broken and hostile scenario files: each gets its located messages, in less than a second, and never a traceback."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.scenario.broken import CASES, Case, located
from tests.scenario.minimal import MINIMAL, check, uncoded

SLOWEST = 1.0
"""Seconds that the check of a broken file may take."""


def test_there_are_many_cases():
    """The collection is as large as promised, and no case is there twice."""
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


def test_minimal_scenario_is_clean(tmp_path):
    """What the cases break is whole to begin with."""
    report = check(tmp_path, MINIMAL)
    assert list(report.lines()) == []
    assert report.scenario is not None


@contextmanager
def without_others() -> Iterator[None]:
    """Garbage is looked for only in what is new: to go over all that other tests have left takes seconds."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_broken_file(case: Case, tmp_path):
    """The expected messages are there, at their places; nothing takes long; nothing dangerous is printed."""
    text = case.text()
    with without_others():
        begun = time.thread_time()
        report = check(tmp_path, text)
        taken = time.thread_time() - begun
    assert taken < SLOWEST
    lines = [uncoded(str(problem)).removeprefix(f"{report.file}:") for problem in report.problems]
    for expected in case.expected:
        wanted = located(expected, text)
        assert any(line.startswith(wanted) for line in lines), f"{wanted}\nis not in\n" + "\n".join(lines)
    assert all(problem.code for problem in report.problems), "each problem is a finding with a code"
    if case.exactly:
        assert len(lines) == len(case.expected), "\n".join(lines)
    assert all(character.isprintable() for line in lines for character in line)
