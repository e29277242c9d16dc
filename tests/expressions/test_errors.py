"""Expressions that may not be used: where the mistake is, and what is said about it."""

from __future__ import annotations

import pytest

from engine.expressions import ExpressionError, Kind, nearest, parse
from tests.expressions.vocabulary import Vocabulary

NEEDS_YES_NO = "this is a number where a yes/no is needed: compare it with something"
ONE_BY_ONE = "a comma stands only between the arguments of a function"
SMALL = "this value could grow beyond 1e100: clamp its parts"

BAD: list[tuple[str, int, str]] = [
    ("", 0, "the expression is empty"),
    ("   ", 0, "the expression is empty"),
    ("1 +", 3, "a value is missing at the end"),
    ("* 2", 0, "a value is missing before *"),
    ("1 + * 2", 4, "a value is missing before *"),
    ("()", 1, "a value is missing before )"),
    ("max(1, )", 7, "a value is missing before )"),
    ("tension day", 8, "an operator is missing before day"),
    ("declared AND declared", 9, "an operator is missing before AND: write and in small letters"),
    ("(tension)(1)", 9, "an operator is missing before ("),
    ("1 + not declared", 4, "put brackets around `not ...` after +"),
    ("(1 + 2", 0, "this bracket is never closed: add a )"),
    ("1 + 2)", 5, "this bracket closes nothing: no bracket is open here"),
    ("(" * 21 + "1" + ")" * 21, 20, "more than 20 brackets inside each other: simplify"),
    ("1 if declared", 2, "this cannot be read: write a choice as a if condition else b"),
    ("1 else 2", 2, "this cannot be read: write a choice as a if condition else b"),
    ("tension ** 2", 8, "** is not allowed: multiply the value by itself, as in x * x"),
    ("tension % 2", 8, "% is not allowed: write a share as a number, such as 0.4"),
    ("tension = 2", 8, "= is not allowed: to compare, write =="),
    ("(x := 2)", 3, ":= is not allowed: an expression computes a value and sets nothing"),
    ("declared && declared", 9, "&& is not allowed: write and"),
    ("declared is True", 9, "is is not allowed: to compare, write =="),
    ("lambda: 1", 0, "lambda is not allowed: the functions are those of the table"),
    ("'a'", 0, "' is not allowed: text in quotes does not exist here, write the bare name"),
    ("tension[0]", 7, "[ is not allowed: use round brackets"),
    ("max(1, 2).real", 9, ". is not allowed: a dot stands only inside a name or a number, without spaces"),
    ("tension . real", 8, ". is not allowed: a dot stands only inside a name or a number, without spaces"),
    ("1 # one", 2, "# is not allowed: put the remark outside the expression"),
    ("max(*tension, 1)", 4, "a value is missing before *"),
    ("clamp(1, low=2, high=3)", 12, "= is not allowed: to compare, write =="),
    ("1\n+ 2", 1, "the character '\\n' is not allowed: an expression is one line"),
    (
        "tensión",
        5,
        "a latin small letter o with acute (U+00F3) is not allowed: use plain ASCII letters, digits, signs and spaces",
    ),
    ("trust > 0,35", 8, "a decimal number has a point: write 0.35"),
    ("trust × 2", 6, 'a multiplication sign (U+00D7) is not allowed: write "*"'),
    ("−trust", 0, 'a minus sign (U+2212) is not allowed: write "-"'),
    ("trust ≥ 2", 6, 'a greater-than or equal to (U+2265) is not allowed: write ">="'),
    ("trust ＞ 2", 6, 'a fullwidth greater-than sign (U+FF1E) is not allowed: write ">"'),
    ("trust > ٢", 8, 'an arabic-indic digit two (U+0662) is not allowed: write "2"'),
    ("trust\u00a0> 2", 5, "a no-break space (U+00A0) is not allowed: write a space"),
    (
        "“trust” > 2",
        0,
        "a left double quotation mark (U+201C) is not allowed: text in quotes does not exist here, write the bare name",
    ),
    ("trusт > 2", 4, 'a cyrillic small letter te (U+0442) is not allowed: write "t"'),
    ("1" * 401, 400, "the expression has 401 characters, 400 are allowed: split it into measures"),
    ("1j", 0, "this is not a number: write it like 12, 0.5 or 1e6, with a space after it"),
    ("0x1f", 0, "this is not a number: write it like 12, 0.5 or 1e6, with a space after it"),
    ("1 if declared else 2else", 19, "this is not a number: write it like 12, 0.5 or 1e6, with a space after it"),
    ("2 + 007", 4, "a number does not begin with 0 and a digit: write 7"),
    ("2 + 1e10", 4, "this number is too large: at most 1e9 may be written"),
    ("1e999", 0, "this number is too large: at most 1e9 may be written"),
    ("+".join("1" * 61), 120, "more than 120 parts: split the expression into measures"),
    ("-" * 20 + "1", 20, "more than 20 levels inside each other: simplify"),
    ("1, 2", 0, ONE_BY_ONE),
    ("1 + (1, 2)", 4, ONE_BY_ONE),
    ("tensoin + 1", 0, 'unknown name "tensoin", did you mean "tension"?'),
    ("1 + position.serbia.statsu", 4, 'unknown name "position.serbia.statsu", did you mean "position.serbia.status"?'),
    ("zzz", 0, 'unknown name "zzz"'),
    ("yes", 0, 'unknown name "yes", did you mean "True"?'),
    ("max > 1", 0, '"max" is a function: write max(a, b, ...)'),
    ("1 + maxx(1, 2)", 4, 'unknown function "maxx", did you mean "max"?'),
    ("__import__(1)", 0, "unknown function"),
    ("tension(1)", 0, "unknown function"),
    ("1(2)", 0, "only a function of the table can be called: name it before the bracket"),
    ("ratio(1, 2)", 0, "ratio(a, b, if_zero) takes 3 arguments, not 2"),
    ("abs()", 0, "abs(x) takes 1 argument, not 0"),
    ("max(1)", 0, "max(a, b, ...) takes 2 to 8 arguments, not 1"),
    ("any(mobilised)", 0, "any(flag, group) takes 2 arguments, not 1"),
    ("any(mobilized, powers)", 4, 'unknown name "mobilized" for what each actor has, did you mean "mobilised"?'),
    ("any(mobilised, power)", 15, 'unknown group "power", did you mean "powers"?'),
    ("any(mobilised, nobody)", 15, 'the group "nobody" has no members: it needs at least one'),
    ("any(not mobilised, powers)", 4, "the first argument of any(flag, group) is the name of what each actor has"),
    ("any(mobilised, 1)", 15, "the second argument of a group function is the name of a group"),
    ("any(capability, powers)", 4, '"capability" is a number, but any(flag, group) needs a yes/no'),
    ("mean(mobilised, powers)", 5, '"mobilised" is a yes/no, but mean(number, group) needs a number'),
    ("declared and tension", 13, NEEDS_YES_NO),
    ("not tension", 4, NEEDS_YES_NO),
    ("1 if tension else 2", 5, NEEDS_YES_NO),
    (
        "declared < self.is.serbia",
        0,
        "two yes/no values have no order, so < is not allowed between them: use == or !=",
    ),
    ("1 / tension", 4, "divide only by a number that is written out; otherwise use ratio(a, b, if_zero)"),
    ("1 / (1 - 1)", 5, "divide only by a number that is written out; otherwise use ratio(a, b, if_zero)"),
    ("1 / -0.0", 4, "this divides by zero: divide by another number"),
    ("1 / 1e-320", 4, "this divides by zero: divide by another number"),
    ("*".join(["1e9"] * 12), 0, SMALL),
    ("tension / 1e-99", 0, SMALL),
]


@pytest.mark.parametrize(("text", "offset", "message"), BAD)
def test_message_and_place(text: str, offset: int, message: str) -> None:
    """Each mistake is told in one sentence, at the character where it is."""
    with pytest.raises(ExpressionError) as caught:
        parse(text, Vocabulary())
    assert caught.value.message.startswith(message)
    assert caught.value.message == message or message == "unknown function"
    assert caught.value.offset == offset


def test_a_number_is_refused_where_yes_or_no_is_expected() -> None:
    """The expected kind is checked for the whole expression."""
    with pytest.raises(ExpressionError, match="where a yes/no is needed"):
        parse("tension + 1", Vocabulary(), Kind.YESNO)


def test_nearest_spelling() -> None:
    """The nearest spelling is offered if there is one that is near."""
    assert nearest("tensoin", ["tension", "day"]) == "tension"
    assert nearest("zzz", ["tension", "day"]) is None
