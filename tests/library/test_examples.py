"""The examples in the docstrings of the public module print what they say."""

from __future__ import annotations

import doctest
import importlib

import pytest

PARTS = (
    "",
    ".errors",
    ".loading",
    ".policies",
    *(pytest.param(part, marks=pytest.mark.slow) for part in (".asking", ".games", ".running")),
)


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_examples_print_what_they_say(part: str) -> None:
    """Each of them."""
    module = importlib.import_module(f"brinkmanship{part}")
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0
