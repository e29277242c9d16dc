"""Suggestions: as good as comparing with every name, and quick in the largest scenario."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import nearest
from engine.scenario.spelling import MOST_CANDIDATES, Vocabulary

FLAGS = [f"flag_{letter}{number}" for letter in "abcdefghij" for number in range(10)]
ACTORS = ["russia", "serbia", "kosovo", "kosovo_serbs", "france", "united_states", *(f"state_{n}" for n in range(194))]
NAMES = [*FLAGS, "unrest", "status", *(f"{flag}.{actor}" for flag in FLAGS for actor in ACTORS)]
LARGE = Vocabulary(NAMES)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("unrst", "unrest"),
        ("statsu", "status"),
        ("flag_a1.rusia", "flag_a1.russia"),
        ("flagg_a1.russia", "flag_a1.russia"),
        ("flag_b7.kosvo", "flag_b7.kosovo"),
        ("flag_b7.unitedstates", "flag_b7.united_states"),
        ("zzzzzzz", None),
        ("a.b.c.d.e.f", None),
        ("", None),
        ("." * 50, None),
        ("x" * 100_000, None),
    ],
)
def test_suggestions(written, meant):
    """The nearest of twenty thousand names."""
    assert nearest(written, LARGE.near(written)) == meant


@given(st.sampled_from(NAMES), st.data())
def test_a_letter_left_out(name, data):
    """A name that lacks a letter keeps the name meant among the candidates."""
    at = data.draw(st.integers(0, len(name) - 1))
    if name[at] != ".":
        assert name in LARGE.near(name[:at] + name[at + 1 :])


@given(st.text())
def test_any_text(text):
    """There are never many candidates."""
    assert len(LARGE.near(text)) <= MOST_CANDIDATES


def test_a_hundred_suggestions_are_quick():
    """Among twenty thousand names, in a moment."""
    begun = time.process_time()
    for number in range(100):
        assert nearest(f"flg_c{number % 10}.serbia", LARGE.near(f"flg_c{number % 10}.serbia"))
    assert time.process_time() - begun < 5
