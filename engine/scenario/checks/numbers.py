"""Numbers: scales and ranges that are some, and everything inside them."""

from __future__ import annotations

from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.doubts import ends_of
from engine.scenario.limits import LARGEST_END
from engine.scenario.names import scale_of


def check_numbers(context: Context) -> None:
    """Notes numbers outside what they are held to."""
    s = context.scenario
    for name, issue in s.issues.items():
        low, high = scale_of(s, name)
        check_bounds(context, ("issues", name, "scale"), low, high)
        check_inside(context, ("issues", name, "start"), issue.start, low, high, "the issue's scale")
    for name, value in s.values.items():
        low, high = value.range
        check_bounds(context, ("values", name, "range"), low, high)
        check_inside(context, ("values", name, "start"), value.start, low, high, "its range")
    for name, actor in s.actors.items():
        for issue_id, stance in actor.stances.items():
            if issue_id in s.issues:
                path: Path = ("actors", name, "stances", issue_id, "position")
                check_inside(context, path, stance.position, *scale_of(s, issue_id), "the issue's scale")
    for number, expectation in enumerate(s.expect):
        if expectation.between and expectation.between[0] > expectation.between[1]:
            context.note("E401", ("expect", number, "between"), "the first number is larger than the second")


def check_bounds(context: Context, path: Path, low: float, high: float) -> None:
    """Notes ends that are the wrong way round or too far out."""
    if low >= high:
        context.note("E401", path, f"the lower end {low:g} is not below the upper end {high:g}")
    elif max(abs(low), abs(high)) > LARGEST_END:
        context.note(
            "E403", path, f"reaches from {low:g} to {high:g}: at most {LARGEST_END:g} either side of zero is allowed"
        )


def check_inside(context: Context, path: Path, number: float, low: float, high: float, what: str) -> None:
    """Notes a number outside its ends, or one that may be, where these are the right way round."""
    outside = [end for end in dict.fromkeys(ends_of(number)) if not low <= end <= high]
    if low < high and outside:
        context.note("E402", path, f"{outside[0]:g} is outside {what}, {low:g} to {high:g}")
