"""Expressions that may be used, and what they give."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from engine.expressions import Expression, Kind, parse
from tests.expressions.vocabulary import Vocabulary, frame_of, values_of

VALUES: dict[str, float | bool] = {
    "tension": 40.0,
    "position.serbia.status": -2.5,
    "day": 7.0,
    "tiny": 5e-10,
    "declared": True,
    "self.is.serbia": False,
    "self.in.great_powers": True,
    "mobilised/austria": True,
    "mobilised/russia": False,
    "mobilised/serbia": True,
    "recognised/austria": False,
    "recognised/russia": False,
    "recognised/serbia": False,
    "position.status/austria": 1.0,
    "position.status/russia": -4.0,
    "position.status/serbia": 9.0,
    "capability/austria": 4.0,
    "capability/russia": 5.0,
    "capability/serbia": 0.5,
}

GOOD: list[tuple[str, float | bool]] = [
    ("1", 1.0),
    ("1e9", 1e9),
    (".5", 0.5),
    ("-3", -3.0),
    ("+3", 3.0),
    ("True", True),
    ("tension", 40.0),
    ("  tension  ", 40.0),
    ("tension + day\n", 47.0),
    ("position.serbia.status * 2 - 1", -6.0),
    ("2 + 3 * 4", 14.0),
    ("(2 + 3) * 4", 20.0),
    ("10 - 3 - 2", 5.0),
    ("-tension / 8", -5.0),
    ("tension / -8", -5.0),
    ("tension / (8)", 5.0),
    ("declared + declared", 2.0),
    ("-declared", -1.0),
    ("+declared", 1.0),
    ("3 * self.is.serbia", 0.0),
    ("self.in.great_powers", True),
    ("not declared", False),
    ("not not declared", True),
    ("declared == self.is.serbia", False),
    ("declared != self.is.serbia", True),
    ("declared == 1", True),
    ("declared > 0.5", True),
    ("0 < day <= 7", True),
    ("0 < day < 7", False),
    ("1 < 2 > 1 != 0", True),
    ("declared and tension > 30", True),
    ("declared and tension > 30 and self.is.serbia", False),
    ("self.is.serbia or tension > 30 or day > 99", True),
    ("declared or self.is.serbia and self.is.serbia", True),
    ("not self.is.serbia and declared", True),
    ("1 if declared else 2", 1.0),
    ("1 if self.is.serbia else 2 if day < 1 else 3", 3.0),
    ("declared if tension > 50 else self.is.serbia", False),
    ("5 if self.is.serbia else declared", 1.0),
    ("abs(position.serbia.status)", 2.5),
    ("min(tension, day, declared)", 1.0),
    ("max(1, 2, 3, 4, 5, 6, 7, 8)", 8.0),
    ("clamp(tension, 0, 10)", 10.0),
    ("clamp(tension, 50, 10)", 10.0),
    ("exp(0)", 1.0),
    ("exp(-1e9) > 0", True),
    ("sqrt(tension - 4)", 6.0),
    ("sqrt(-4)", 0.0),
    ("logistic(0)", 0.5),
    ("logistic(-1e9) > 0", True),
    ("ratio(tension, day - 2, 0)", 8.0),
    ("ratio(tension, tiny, -1)", -1.0),
    ("ratio(tension, 0, declared)", 1.0),
    ("count(mobilised, powers)", 2.0),
    ("share(mobilised, powers)", 2.0 / 3.0),
    ("any(mobilised, powers)", True),
    ("any(recognised, powers)", False),
    ("all(mobilised, powers)", False),
    ("all(mobilised, alone)", True),
    ("weight(mobilised, powers)", 4.5 / 9.5),
    ("weight(recognised, powers)", 0.0),
    ("mean(position.status, powers)", 2.0),
    ("lowest(position.status, powers)", -4.0),
    ("highest(position.status, powers)", 9.0),
    ("total(capability, powers)", 9.5),
]


@pytest.mark.parametrize(("text", "value"), GOOD)
def test_value(text: str, value: float | bool) -> None:
    """Each expression has its value and its kind, and a float64 or bool of numpy."""
    expression = parse(text, Vocabulary())
    result = values_of(expression, frame_of(VALUES))
    is_yes_no = isinstance(value, bool)
    assert expression.kind is (Kind.YESNO if is_yes_no else Kind.NUMBER)
    assert result.dtype == (np.bool_ if is_yes_no else np.float64)
    assert np.ravel(result)[0] == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("tension", 0.0, 100.0),
        ("tension - day", -60.0, 100.0),
        ("position.serbia.status * tension", -1000.0, 1000.0),
        ("tension / -2", -50.0, 0.0),
        ("tension > 100", 0.0, 0.0),
        ("tension >= 0", 1.0, 1.0),
        ("tension > 99", 0.0, 1.0),
        ("0 <= tension <= 100", 1.0, 1.0),
        ("0 <= tension < 0", 0.0, 0.0),
        ("tension == 101", 0.0, 0.0),
        ("tension != 101", 1.0, 1.0),
        ("1 == 1", 1.0, 1.0),
        ("declared and tension < 0", 0.0, 0.0),
        ("declared or day >= 0", 1.0, 1.0),
        ("not (day >= 0)", 0.0, 0.0),
        ("1 if day >= 0 else tension", 1.0, 1.0),
        ("1 if declared else tension", 0.0, 100.0),
        ("abs(position.serbia.status)", 0.0, 10.0),
        ("abs(position.serbia.status - 20)", 10.0, 30.0),
        ("min(tension, 5)", 0.0, 5.0),
        ("clamp(tension, 10, day)", 0.0, 60.0),
        ("ratio(tension, day + 1, 0)", 0.0, 100.0),
        ("ratio(tension, tiny, -7)", -1e11, 1e11),
        ("count(mobilised, powers)", 0.0, 3.0),
        ("weight(mobilised, powers)", 0.0, 1.0),
        ("total(position.status, powers)", -30.0, 30.0),
        ("mean(position.status, powers) > 10", 0.0, 0.0),
    ],
)
def test_interval(text: str, low: float, high: float) -> None:
    """Each expression has its interval; a single point tells that a condition is always or never true."""
    expression = parse(text, Vocabulary())
    assert expression.low == pytest.approx(low)
    assert expression.high == pytest.approx(high)


def _conjuncts(text: str) -> list[str]:
    return [part.text for part in parse(text, Vocabulary()).conjuncts()]


def test_conjuncts_have_their_own_text() -> None:
    """Every part of a top-level `and`, however bracketed, is an expression of its own."""
    text = " (declared and (day > 3)) and (self.is.serbia or tension<5) and not (declared and declared) "
    assert _conjuncts(text) == ["declared", "day > 3", "self.is.serbia or tension<5", "not (declared and declared)"]
    assert _conjuncts("declared or day > 3") == ["declared or day > 3"]


def test_symbols_are_those_of_the_text() -> None:
    """Symbols come in the order of the text, those of group functions too."""
    expression = parse("declared and count(mobilised, powers) > day", Vocabulary())
    assert [symbol.reference for symbol in expression.symbols()] == ["declared", "mobilised", "day"]


def test_a_yes_no_where_a_number_is_expected_becomes_a_number() -> None:
    """With a number expected, the whole is a float64 whatever the text."""
    expression = parse("declared", Vocabulary(), Kind.NUMBER)
    assert expression.kind is Kind.NUMBER
    assert values_of(expression, frame_of(VALUES)).dtype == np.float64
    assert parse("declared", Vocabulary(), Kind.YESNO).kind is Kind.YESNO


def test_spans_cut_the_text() -> None:
    """The span of a node cuts its own text out of the whole."""
    text = "  tension if self.is.serbia else max(day, 1)"
    root = parse(text, Vocabulary()).root
    assert text[slice(*root.condition.span)] == "self.is.serbia"  # type: ignore[attr-defined]
    assert text[slice(*root.otherwise.span)] == "max(day, 1)"  # type: ignore[attr-defined]


def test_an_expression_can_be_sent_to_another_process() -> None:
    """An expression survives pickling, and equals its copy."""
    expression: Expression = parse("ratio(tension, day, 0) > 3 and any(mobilised, powers)", Vocabulary())
    assert pickle.loads(pickle.dumps(expression)) == expression
