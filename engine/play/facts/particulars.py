"""What is particular about an option, in sentences: at whom it is directed, what it replies to, when it is in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.play.odds import days_in_force
from engine.play.wording import long_date, titles
from engine.scenario.models import Scenario
from engine.words import _, ngettext

if TYPE_CHECKING:
    from engine.play.odds import Call, Explained, InForce
    from engine.play.record import Move


def particulars(scenario: Scenario, explained: Explained) -> Iterator[str]:
    """What a player is to know of an option besides its title."""
    if explained.targets:
        yield targets_in_words(scenario, explained.targets)
    if explained.call is not None and explained.legal:
        yield call_in_words(scenario, explained.call)
    yield from (in_force_in_words(scenario, begins) for begins in explained.in_force)


def particulars_of_move(scenario: Scenario, move: Move) -> Iterator[str]:
    """What is told of a move besides its title, once it is made."""
    if move.targets:
        yield targets_in_words(scenario, move.targets)
    tick = scenario.timeline.pace_of(move.when)
    yield from (in_force_in_words(scenario, begins) for begins in days_in_force(scenario, move.option.action, tick))


def targets_in_words(scenario: Scenario, targets: Sequence[str]) -> str:
    """At whom an option is directed all at once."""
    text = ngettext("At {actors}.", "At {count} at once: {actors}.", len(targets))
    return text.format(count=len(targets), actors=titles(scenario, targets))


def call_in_words(scenario: Scenario, call: Call) -> str:
    """To what a reply replies, and until when."""
    titles = [scenario.choice(deed).title for deed in call.to]
    return _("In reply to {deeds} of {day}; possible until {until}.").format(
        deeds=_(" or ").join(f'"{title}"' for title in titles), day=long_date(call.on), until=long_date(call.until)
    )


def in_force_in_words(scenario: Scenario, begins: InForce) -> str:
    """From when on an option holds, or a part of what it does."""
    day = long_date(begins.on)
    if begins.entry:
        day = _("{day} ({entry})").format(day=day, entry=scenario.calendar[begins.entry].title)
    text = _("In force on {day}.") if begins.is_whole else _("Partly in force on {day}.")
    return text.format(day=day)
