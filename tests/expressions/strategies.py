"""Strategies: expressions as text, typed so that most are good, and values for every name."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.expressions.vocabulary import CAPABILITY, FLAGS, MEMBER_FLAGS, MEMBER_NUMBERS, NUMBERS

Text = st.SearchStrategy[str]

_LITERALS = st.sampled_from(["0", "1", "2.5", "1e-3", "7", "100", ".5", "3."])
_GROUPS = st.sampled_from(["powers", "alone"])


def _format(shape: str, *parts: Text) -> Text:
    return st.tuples(*parts).map(lambda found: shape.format(*found))


def _number_leaf() -> Text:
    return st.one_of(
        st.sampled_from(list(NUMBERS)),
        _LITERALS,
        _format(
            "{}({}, {})",
            st.sampled_from(["mean", "lowest", "highest", "total"]),
            st.sampled_from(list(MEMBER_NUMBERS)),
            _GROUPS,
        ),
        _format("{}({}, {})", st.sampled_from(["count", "share", "weight"]), st.sampled_from(MEMBER_FLAGS), _GROUPS),
    )


def _yes_no_leaf() -> Text:
    return st.one_of(
        st.sampled_from([*FLAGS, "True", "False"]),
        _format("{}({}, {})", st.sampled_from(["any", "all"]), st.sampled_from(MEMBER_FLAGS), _GROUPS),
    )


def numbers(depth: int = 3) -> Text:
    """Expressions that are a number, or a yes/no that counts as one."""
    if depth == 0:
        return _number_leaf()
    n, y = numbers(depth - 1), yes_nos(depth - 1)
    return st.one_of(
        n,
        y.map(lambda text: f"({text})"),
        _format("({} {} {})", n, st.sampled_from(["+", "-", "*"]), n),
        _format("{} / {}", n.map(lambda text: f"({text})"), st.sampled_from(["2", "-0.3", "7e2"])),
        _format("-({})", n),
        _format("(({}) if {} else {})", n, y, n),
        _format("{}({})", st.sampled_from(["abs", "sqrt", "exp", "logistic"]), n),
        _format("{}({}, {})", st.sampled_from(["min", "max"]), n, n),
        _format("clamp({}, {}, {})", n, n, n),
        _format("ratio({}, {}, {})", n, n, n),
    )


def yes_nos(depth: int = 3) -> Text:
    """Expressions that are a yes/no."""
    if depth == 0:
        return _yes_no_leaf()
    n, y = numbers(depth - 1), yes_nos(depth - 1)
    compared = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    return st.one_of(
        y,
        _format("(({}) {} ({} + 0))", n, compared, n),
        _format("((0 + {}) {} ({} + 0) {} ({}))", n, compared, n, compared, n),
        _format("(({}) {} ({}))", y, st.sampled_from(["==", "!="]), y),
        _format("({} and {} and {})", y, y, y),
        _format("({} or {})", y, y),
        _format("(not {})", y),
        _format("({} if {} else {})", y, y, y),
    )


def values() -> st.SearchStrategy[dict[str, float | bool]]:
    """A value for every name, within its interval; often an end or a whole number, where ties are."""
    actors = list(CAPABILITY)
    named = {name: _within(*ends) for name, ends in NUMBERS.items()}
    named |= {f"{name}/{actor}": _within(*ends) for name, ends in MEMBER_NUMBERS.items() for actor in actors}
    flags = [*FLAGS, *(f"{name}/{actor}" for name in MEMBER_FLAGS for actor in actors)]
    return st.fixed_dictionaries(named | {name: st.booleans() for name in flags})


def _within(low: float, high: float) -> st.SearchStrategy[float]:
    return st.sampled_from([low, 0.0, high]) | st.floats(low, high, allow_subnormal=False)
