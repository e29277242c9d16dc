"""What holds of every expression and every text."""

from __future__ import annotations

import math
import time
import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.expressions import Expression, ExpressionError, Kind, Node, parse, walk
from tests.expressions.scalar import evaluate
from tests.expressions.strategies import numbers, values, yes_nos
from tests.expressions.vocabulary import CAPABILITY, Vocabulary, frame_of, values_of
from tests.fuzz.effort import cases

EXPRESSIONS = numbers() | yes_nos()
SETTINGS = settings(max_examples=cases(400), deadline=None)


def _parsed(text: str) -> Expression:
    """Parse a text of the strategy, of which a few are too long or may grow too large."""
    try:
        return parse(text, Vocabulary())
    except ExpressionError as error:
        assume(not any(word in error.message for word in ("more than", "400 are", "1e100")))
        raise


def _calls(node: Node) -> set[str]:
    return {getattr(part, "function", "") for part in walk(node)}


@pytest.mark.slow
@SETTINGS
@given(text=EXPRESSIONS, found=values())
def test_numpy_and_a_plain_interpreter_agree(text: str, found: dict[str, float | bool]) -> None:
    """The numpy function gives what one reads off the tree; to the last bit but for exp, which is built otherwise."""
    expression = _parsed(text)
    result = values_of(expression, frame_of(found))
    assert result.dtype == (np.bool_ if expression.kind is Kind.YESNO else np.float64)
    plain = evaluate(expression.root, found, CAPABILITY)
    if not _calls(expression.root) & {"exp", "logistic"}:
        assert np.ravel(result)[0] == plain
    elif expression.kind is Kind.NUMBER and not any(part.kind is Kind.YESNO for part in walk(expression.root)):
        scale = max(max(abs(part.low), abs(part.high)) for part in walk(expression.root))
        assert math.isclose(np.ravel(result)[0], plain, rel_tol=1e-9, abs_tol=scale * 1e-9) or scale > 1e12


@pytest.mark.slow
@SETTINGS
@given(text=EXPRESSIONS, found=values())
def test_a_value_never_leaves_its_interval(text: str, found: dict[str, float | bool]) -> None:
    """Every part of an expression, by itself, lies between its low and its high."""
    expression = _parsed(text)
    for node in walk(expression.root):
        result = values_of(Expression(text, node), frame_of(found))
        assert node.low <= float(np.ravel(result)[0]) <= node.high


@pytest.mark.slow
@SETTINGS
@given(text=EXPRESSIONS, runs=st.lists(values(), min_size=2, max_size=9))
def test_a_run_alone_has_the_bits_that_it_has_among_others(text: str, runs: list[dict[str, float | bool]]) -> None:
    """The value of a run does not depend on which other runs are computed with it."""
    parsed = _parsed(text)
    together = values_of(parsed, {name: np.array([found[name] for found in runs]) for name in runs[0]})
    for index, found in enumerate(runs):
        alone = values_of(parsed, frame_of(found))[0]
        assert alone.tobytes() == together[index].tobytes()


@pytest.mark.slow
@settings(max_examples=cases(500), deadline=None)
@given(text=EXPRESSIONS)
def test_a_conjunct_reads_the_same_alone(text: str) -> None:
    """The text of a conjunct parses to a tree of the same shape, and all conjuncts together bound the whole."""
    expression = _parsed(text)
    parts = expression.conjuncts()
    assert expression.low == min(part.low for part in parts)
    for part in parts:
        assert _shape(parse(part.text, Vocabulary()).root) == _shape(part.root)


def _shape(node: Node) -> list[tuple[str, float, float]]:
    return [(type(part).__name__, part.low, part.high) for part in walk(node)]


def _refused_or_good(text: str) -> None:
    start = time.process_time()
    error = _error_of(text)
    assert time.process_time() - start < 3
    if error is not None:
        assert 0 <= error.offset <= len(text)
        assert error.message.isascii()
        assert "\n" not in error.message


def _error_of(text: str) -> ExpressionError | None:
    try:
        parse(text, Vocabulary())
    except ExpressionError as error:
        return error
    return None


_PIECE_TEXT = (
    "( ) ( ) , + - * / ** // % < <= == != = := and or not if else is in lambda True None . .. : [ ] { } ' \" \\ # @ ~ "
    "tension declared powers mobilised max( count( any( exp( 1 0 007 1e9 1e999 0x1f 1_0 1j 1if .5 5. self.is.serbia "
    "await yield __import__ f'' * ** => ; ! tension.real tension. \n \t \0 é"
)
_PIECES = st.sampled_from(_PIECE_TEXT.split(" "))


@pytest.mark.slow
@settings(max_examples=cases(800), deadline=None)
@given(text=st.text() | st.lists(_PIECES).map(" ".join) | st.lists(_PIECES).map("".join))
def test_no_text_does_anything_but_parse_or_be_refused(text: str) -> None:
    """Whatever the text, parsing takes no time, warns of nothing, and raises only ExpressionError."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _refused_or_good(text)


def test_bombs_are_refused_at_once() -> None:
    """Towers, deep nests and long chains neither recurse nor take time."""
    opened = "(" * 10_000
    for text in (
        opened,
        opened + "1" + ")" * 10_000,
        "9**9**9**9",
        "9" * 5_000,
        "-" * 399 + "1",
        "not " * 99 + "True",
        "1" + "+1" * 199,
        "1" + "-1" * 199,
        "1" + "<1" * 199,
        "True if " * 30 + "True" + " else True" * 30,
        "max(1," * 50 + "1" + ")" * 50,
        "tension*" * 49 + "tension",
        "1," * 190 + "1",
        "\n" * 50_000,
        "a" * 50_000,
    ):
        _refused_or_good(text)


def test_a_long_sum_is_one_level() -> None:
    """A chain of sixty terms is not sixty levels deep."""
    assert parse("1" + "+1" * 59, Vocabulary()).high == 60.0
