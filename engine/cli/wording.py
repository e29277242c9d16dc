"""Numbers and rules of a scenario in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.scenario.models import Institution, PassRule, Scenario, Seat
from engine.scenario.names import scale_of

CLOSE = 0.02
"""The share of a scale within which a number is said to stand at a named point."""


def parted(option: str) -> tuple[str, str | None]:
    """The action and the target of what is written ``action:target``."""
    action, _, target = option.partition(":")
    return action, target or None


def share_of_scale(scenario: Scenario, issue: str, number: float) -> float:
    """Where a number stands between the ends of an issue's scale, 0 to 1."""
    low, high = scale_of(scenario, issue)
    return (number - low) / (high - low)


def nearest_point(scenario: Scenario, issue: str, number: float) -> str:
    """The named point of a scale at which a number stands, or the two between which it does."""
    points = sorted(scenario.issues[issue].scale.items())
    low, high = scale_of(scenario, issue)
    near, words = min(points, key=lambda point: abs(point[0] - number))
    if abs(near - number) <= CLOSE * (high - low):
        return words
    below = [point for point in points if point[0] < number][-1]
    above = next(point for point in points if point[0] > number)
    return f'between "{below[1]}" and "{above[1]}"'


def rule_in_words(scenario: Scenario, rule: PassRule) -> str:
    """When a question passes."""
    veto = [scenario.actors[actor].title for actor in rule.veto]
    return _counting(rule) + (f"; a no of {', '.join(veto)} blocks it" if veto else "")


def _counting(rule: PassRule) -> str:
    if rule.yes is not None:
        return f"passes with {rule.yes} votes for it"
    if rule.majority:
        return "passes with more votes for it than against it"
    if rule.share is not None:
        return f"passes with {rule.share} of those who vote for or against"
    if rule.unanimous:
        return "passes unless somebody votes against it"
    return f"passes when the weights of those for it reach {rule.quota}"


def seats_in_words(scenario: Scenario, institution: Institution) -> Iterator[tuple[str, str]]:
    """Who sits in an institution, by the days between which they do."""
    terms: dict[str, list[str]] = {}
    for seat in institution.seats:
        terms.setdefault(term_in_words(seat), []).append(scenario.actors[seat.actor].title)
    for term, members in terms.items():
        yield term, ", ".join(members)


def term_in_words(seat: Seat) -> str:
    """From when to when a seat is held."""
    if seat.since and seat.until:
        return f"from {seat.since} to {seat.until}"
    if seat.since:
        return f"from {seat.since}"
    return f"until {seat.until}" if seat.until else "throughout"


def days_in_words(days: float) -> str:
    """A number of days, in weeks where it is a whole number of them."""
    if days % 7 == 0:
        return "1 week" if days == 7 else f"{days / 7:g} weeks"
    return "1 day" if days == 1 else f"{days:g} days"


def titles(scenario: Scenario, actors: Sequence[str]) -> str:
    """Actors by their titles."""
    return ", ".join(scenario.actors[actor].title for actor in actors)
