"""What is possible and hardly meant: a day a year off, a wait as long as the story, weights that add to 99."""

from __future__ import annotations

import datetime as dt

from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.models import Institution, Scenario
from engine.scenario.names import scale_of
from engine.scenario.slips.numerals import in_words, only_reading

YEARS = (1, -1, 2, -2, 10, -10, 100, -100)
"""By how many years a day is often mistyped."""

LONGEST_WAIT = 10
"""So many times the story as a tempo means never; up to seven are meant, for what is rarely done."""

SHORTEST_WAIT = 0.02
"""A tempo below this share of a pace means at once and every pace."""

ROUND = (100, 1000)
"""What weights are often meant to add up to."""

FACTORS = (10.0, 100.0, 1000.0)
"""By how much a number of a quote is miswritten when a zero is lost or added."""

FEWEST = 20
"""Numbers below this are of many things in a quote."""


def check_likely(context: Context) -> None:
    """Hints at what is possible and hardly meant."""
    check_years(context)
    check_tempi(context)
    check_replies(context)
    for name, institution in context.scenario.institutions.items():
        check_weights(context, ("institutions", name, "pass", "weights"), institution)
    check_bounds(context)
    check_numbers(context)


def check_years(context: Context) -> None:
    """Hints at a day before the story that would lie in it in another year."""
    s = context.scenario
    for name, entry in s.calendar.items():
        if (s.start - entry.on).days > (s.end - s.start).days and (meant := in_story(s, entry.on)):
            message = f"{entry.on} is long before the start on {s.start}: {meant} would lie in the story"
            context.note("I410", ("calendar", name, "on"), message)


def in_story(scenario: Scenario, day: dt.date) -> dt.date | None:
    """The same day of another year, if it is one of the story."""
    for years in YEARS:
        try:
            moved = day.replace(year=day.year + years)
        except ValueError:
            continue
        if scenario.start <= moved <= scenario.end:
            return moved
    return None


def check_tempi(context: Context) -> None:
    """Hints at a tempo that means never, or every pace."""
    s = context.scenario
    days, pace = (s.end - s.start).days, s.timeline.pace_in_days
    for name, action in s.actions.items():
        if action.tempo > LONGEST_WAIT * days:
            message = f"is {action.tempo:g} days, and the story has {days}: nobody will come to do it"
            context.note("I411", ("actions", name, "tempo"), message)
        elif action.tempo < SHORTEST_WAIT * pace:
            message = f"is {action.tempo:g} days, and a pace has {pace:g}: whoever may do it does, in every pace"
            context.note("I411", ("actions", name, "tempo"), message)


def check_replies(context: Context) -> None:
    """Hints at replies for which there is hardly time."""
    for name, action in context.scenario.actions.items():
        if action.reply_to is not None and action.tempo > LONGEST_WAIT * action.reply_to.within:
            within = action.reply_to.within
            message = f"is {action.tempo:g} days, and the reply is possible for {within:g}: nobody will come to make it"
            context.note("I411", ("actions", name, "tempo"), message)


def check_weights(context: Context, path: Path, institution: Institution) -> None:
    """Hints at weights that are one short of a round sum, or one beyond it."""
    weights = institution.passes.weights
    total = sum(weights.values())
    round_sum = next((goal for goal in ROUND if abs(total - goal) == 1), None)
    if len(weights) > 1 and round_sum is not None:
        context.note("I505", path, f"add up to {total}: perhaps {round_sum} was meant", key=True)


def check_bounds(context: Context) -> None:
    """Warns of promises whose bounds hold for any share."""
    for number, promise in enumerate(context.scenario.expect):
        bounds = {
            "at_least": promise.at_least == 0,
            "at_most": promise.at_most == 1,
            "between": promise.between == (0, 1),
        }
        for key, is_empty in bounds.items():
            if is_empty:
                message = "says nothing: every share lies between 0 and 1, so it would be kept by any rules"
                context.note("W610", ("expect", number, key), message)


def check_numbers(context: Context) -> None:
    """Hints at a start that differs from the only number in its quote by a zero or two."""
    for part in ("issues", "values"):
        for name, record in getattr(context.scenario, part).items():
            numbers = {found for quote in record.evidence for found in numbers_in(quote.quote)}
            if len(numbers) != 1:
                continue
            (said,) = numbers
            start = abs(record.start)
            high = scale_of(context.scenario, name)[1] if part == "issues" else record.range[1]
            is_off = any(said in (start * factor, start / factor) for factor in FACTORS)
            if is_off and start > 0 and FEWEST <= said <= high:  # what lies beyond the end is counted in other units
                context.note("I707", (part, name, "start"), f"is {record.start:g}, and its quote says {said:g}")


def numbers_in(text: str) -> set[float]:
    """The numbers of a text, in digits or in English words, as far as the next word that is none."""
    found: set[float] = set()
    spelled: list[str] = []
    for word in [*text.split(), ""]:
        bare = word.strip(".,;:!?()\"'“”’").lower()
        number = only_reading(bare) if any(sign.isdigit() for sign in bare) else None
        grouped = bare.replace(",", "")
        if number is None and "," in bare and grouped.isdigit():
            number = float(grouped)
        if number is not None:
            found.add(number)
        is_part = bare == "and" if spelled else False
        if number is None and (is_part or (bare.replace("-", "").isalpha() and in_words(bare) is not None)):
            spelled.append(bare)
            continue
        if spelled and (value := in_words(" ".join(spelled).removesuffix(" and"))) is not None:
            found.add(float(value))
        spelled = []
    return found
