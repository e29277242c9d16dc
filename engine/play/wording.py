"""Numbers and rules of a scenario in words, for every way of showing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.play.plans import Later
from engine.scenario.fields import days_in, hours_in
from engine.scenario.models import Institution, PassRule, Scenario, Seat
from engine.scenario.names import scale_of
from engine.words import _, ngettext

if TYPE_CHECKING:
    from engine.play.record import Lapse
    from engine.rules.options import Option

CLOSE = 0.02
"""The share of a scale within which a number is said to stand at a named point."""


def parted(option: str) -> tuple[str, str | None]:
    """The action and the target of what is written ``action:target``."""
    action, _colon, target = option.partition(":")
    return action, target or None


def playable(scenario: Scenario) -> list[str]:
    """The sides that a person may take."""
    return [actor for actor, record in scenario.actors.items() if record.playable]


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
    return _('between "{below}" and "{above}"').format(below=below[1], above=above[1])


def rule_in_words(scenario: Scenario, rule: PassRule) -> str:
    """When a question passes."""
    if not rule.veto:
        return _counting(rule)
    return _("{rule}; a no of {members} blocks it").format(rule=_counting(rule), members=titles(scenario, rule.veto))


def _counting(rule: PassRule) -> str:
    if rule.yes is not None:
        text = ngettext("passes with {needed} vote for it", "passes with {needed} votes for it", rule.yes)
        return text.format(needed=rule.yes)
    if rule.majority:
        return _("passes with more votes for it than against it")
    if rule.share is not None:
        return _("passes with {share} of those who vote for or against").format(share=rule.share)
    if rule.unanimous:
        return _("passes unless somebody votes against it")
    return _("passes when the weights of those for it reach {quota}").format(quota=rule.quota)


def seats_in_words(scenario: Scenario, institution: Institution) -> Iterator[tuple[str, str]]:
    """Who sits in an institution, by the days between which they do."""
    terms: dict[str, list[str]] = {}
    for seat in institution.seats:
        terms.setdefault(term_in_words(seat), []).append(_voter(scenario, institution.passes, seat.actor))
    for term, members in terms.items():
        yield term, ", ".join(members)


def term_in_words(seat: Seat) -> str:
    """From when to when a seat is held."""
    if seat.since and seat.until:
        return _("from {first} to {last}").format(first=seat.since, last=seat.until)
    if seat.since:
        return _("from {first}").format(first=seat.since)
    return _("until {last}").format(last=seat.until) if seat.until else _("throughout")


def lapse_in_words(scenario: Scenario, lapse: Lapse) -> str:
    """An order that could not be done on its day, and why."""
    return _("{actor}: {move} was ordered for {day} and could not be done: {missing}.").format(
        actor=scenario.actors[lapse.option.actor].title,
        move=named(scenario, lapse.option),
        day=long_date(lapse.when.date()),
        missing="; ".join(lapse.missing) or _("it was not possible then"),
    )


def days_in_words(days: float) -> str:
    """A number of days, in weeks where it is a whole number of them, and in hours where it is less than one."""
    if days < 1:
        return ngettext("{hours} hour", "{hours} hours", hours_in(days)).format(hours=hours_in(days))
    if days % 7 == 0:
        weeks = int(days // 7)
        return ngettext("{weeks} week", "{weeks} weeks", weeks).format(weeks=weeks)
    return _("1 day") if days == 1 else _("{days} days").format(days=f"{days:g}")


def start_in_words(scenario: Scenario, start: str) -> str:
    """From when on something is in force: a day, an entry of the calendar, or a wait."""
    days = days_in(start)
    if days is not None:
        return _("in force after {days}").format(days=days_in_words(days))
    day = long_date(scenario.day_of(start))
    if start in scenario.calendar:
        return _("in force on {day} ({entry})").format(day=day, entry=scenario.calendar[start].title)
    return _("in force on {day}").format(day=day)


def months() -> tuple[str, ...]:
    """The months by their names."""
    first = (_("January"), _("February"), _("March"), _("April"), _("May"), _("June"))
    return (*first, _("July"), _("August"), _("September"), _("October"), _("November"), _("December"))


def short_months() -> tuple[str, ...]:
    """The months in three letters or so."""
    first = (_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"))
    return (*first, _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"))


def long_date(day: dt.date) -> str:
    """A day as it is written in a sentence: 4 December 2007."""
    return _("{day} {month} {year}").format(day=day.day, month=months()[day.month - 1], year=day.year)


def long_moment(moment: dt.datetime) -> str:
    """*6 December 2007*, with its hour where it has one: *6 December 2007, 12:00*."""
    day = long_date(moment.date())
    return _("{day}, {hour}:00").format(day=day, hour=f"{moment.hour:02}") if moment.hour else day


def short_date(day: dt.date) -> str:
    """A day of a year that everybody knows: 4 Dec."""
    return _("{day} {month}").format(day=day.day, month=short_months()[day.month - 1])


def short_moment(moment: dt.datetime) -> str:
    """*4 Dec*, with its hour where it has one: *4 Dec, 12:00*."""
    day = short_date(moment.date())
    return _("{day}, {hour}:00").format(day=day, hour=f"{moment.hour:02}") if moment.hour else day


def voters(scenario: Scenario, rule: PassRule, members: Sequence[str]) -> str:
    """Members by their titles, with their votes where they cast more or less than one."""
    return ", ".join(_voter(scenario, rule, member) for member in members)


def _voter(scenario: Scenario, rule: PassRule, member: str) -> str:
    votes = rule.weight_of(member)
    return scenario.actors[member].title + (f" ({votes})" if votes != 1 else "")


def titles(scenario: Scenario, actors: Sequence[str]) -> str:
    """Actors by their titles."""
    return ", ".join(scenario.actors[actor].title for actor in actors)


def named(scenario: Scenario, option: Option) -> str:
    """An option by the titles of its action and target; an answer with its question."""
    if option.answers:
        return f"{scenario.asks[option.answers].title} {scenario.choice(option.action).title}"
    aim = f": {scenario.actors[option.target].title}" if option.target else ""
    day = f" ({short_moment(option.on)})" if isinstance(option, Later) else ""
    return f"{scenario.choice(option.action).title}{aim}{day}"


def reason_in_words(scenario: Scenario, name: str) -> str:
    """What a term of a gain is about."""
    kind, _dot, own = name.partition(".")
    words = {"appeal": _("appeal"), "cost": _("cost"), "lean": _("what the question itself asks")}
    return scenario.issues[name].title if name in scenario.issues else own or words[kind]


def asked_in_words(scenario: Scenario, action: str, target: str | None) -> str:
    """The question that an action tables."""
    vote = scenario.choice(action).vote
    assert vote is not None, "only an action that has a vote tables a question"
    return f"{vote.question} ({scenario.actors[target].title})" if target else vote.question
