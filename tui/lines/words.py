"""Words between sides as lines: who owes what until when, who kept its word, and who trusts whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.words import (
    Given,
    OnTheTable,
    Threatened,
    texts_on_the_table,
    trusts,
    warnings_given,
    words_given,
)
from engine.play.wording import long_date
from engine.words import _
from tui.lines.cells import QUIET, fit, plain, row

if TYPE_CHECKING:
    from engine.play.sight.seen import Played

STYLES = {
    "in force": "b",
    "kept": "$success",
    "broken": "b $error",
    "lapsed": QUIET,
    "stands": "b",
    "defied": "b $error",
    "carried out": "",
    "not carried out": QUIET,
}
"""How a word or a warning looks, by what has become of it."""

STANDINGS = {
    "in force": _("in force"),
    "kept": _("kept"),
    "broken": _("broken"),
    "lapsed": _("lapsed"),
    "stands": _("warned"),
    "defied": _("defied"),
    "carried out": _("done"),
    "not carried out": _("bluff"),
}
"""In one word, for the first column."""


def words_lines(game: Played) -> Iterator[str | Content]:
    """Every word that was given, then how far the sides trust each other."""
    scenario = game.rules.scenario
    if not scenario.speaks:
        yield plain(_("In this scenario nobody gives its word."), QUIET)
        return
    given = words_given(game)
    if not given and not warnings_given(game) and scenario.undertakings:
        yield plain(_("Nobody has given its word yet, as far as you know. k writes an offer."), QUIET)
    for word in given:
        yield from _word(game, word)
    for warning in warnings_given(game):
        yield from _warning(game, warning)
    for text in texts_on_the_table(game):
        yield from _text(game, text)
    if not trusts(game):
        return
    yield ""
    yield plain(_("Who trusts whose word"), "b")
    for trust in trusts(game):
        who, whose = scenario.actors[trust.who].title, scenario.actors[trust.whose].title
        yield row(fit(plain(f"{trust.share:4.0%}"), 6), plain(_("{who} that of {whose}").format(who=who, whose=whose)))


def _text(game: Played, text: OnTheTable) -> Iterator[str | Content]:
    scenario = game.rules.scenario
    standing, style = (_("signed"), "b $success") if text.is_signed else (_("draft"), "b")
    yield row(fit(plain(standing, style), 10), plain(text.title, style))
    for issue, place in text.drafts.items():
        yield row(" " * 10, plain(f"{scenario.issues[issue].title} {place:g}"))
    names = [scenario.actors[party].title for party in text.signs]
    parties = ", ".join(scenario.actors[party].title for party in text.parties)
    signed = ", ".join(names) or _("nobody")
    yield row(
        " " * 10,
        plain(_("to be signed by {parties}; signed by {signed}").format(parties=parties, signed=signed), QUIET),
    )


def _warning(game: Played, warning: Threatened) -> Iterator[str | Content]:
    actors, style = game.rules.scenario.actors, STYLES[warning.standing]
    giver, to = actors[warning.giver].title, actors[warning.to].title
    day = None if warning.until is None else long_date(warning.until)
    head = _("{giver} to {to}") if day is None else _("{giver} to {to}, until {day}")
    yield row(
        fit(plain(STANDINGS[warning.standing], style), 10), plain(head.format(giver=giver, to=to, day=day), style)
    )
    yield row(" " * 10, plain(warning.title))
    yield row(" " * 10, plain(_("if it does: {deeds}").format(deeds="; ".join(warning.deeds)), QUIET))


def _word(game: Played, word: Given) -> Iterator[str | Content]:
    actors, style = game.rules.scenario.actors, STYLES[word.standing]
    head = _("{giver} to {to}, until {day}").format(
        giver=actors[word.giver].title, to=actors[word.to].title, day=long_date(word.until)
    )
    yield row(fit(plain(STANDINGS[word.standing], style), 10), plain(head, style))
    yield row(" " * 10, plain(word.title))
    yield row(" " * 10, plain(_("in return: {title}").format(title=word.in_return), QUIET))
