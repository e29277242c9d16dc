"""A process that checks one scenario after the other keeps nothing of those before but a bounded memory."""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from engine.scenario.evidence import doubt
from engine.scenario.passages import SHORT, Passages, of_quote, of_source
from engine.scenario.records import Evidence
from engine.scenario.sources import Source, SourceEntry


def look_up(number: int) -> None:
    """A quote in a text of its own, 60 KB long."""
    text = f"we know what we want, {number} times. " + f"word{number} " * 7_000
    entry = SourceEntry.model_validate({"file": "memo.txt", "date": "2007-12-01", "title": "A memo"})
    source = Source("memo", entry, text)
    assert doubt(Evidence(source="memo", quote=f"what we want, {number} times"), {"memo": source}) is None


@pytest.mark.slow
def test_texts_of_earlier_scenarios_are_forgotten():
    """Of sixty sources of 60 KB no more than sixteen stay."""
    for number in range(30):
        look_up(number)
    gc.collect()
    tracemalloc.start()
    for number in range(30, 90):
        look_up(number)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 16 * 2 * 80_000 + 500_000


def test_what_is_remembered_is_bounded():
    """Thousands of quotes, a dozen of sources."""
    assert of_quote.cache_info().maxsize == 4096
    assert of_source.cache_info().maxsize == 16
    before = of_quote.cache_info().currsize
    Passages("x " * SHORT)
    assert of_quote.cache_info().currsize == before
