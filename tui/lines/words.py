"""Words between sides as lines: who owes what until when, who kept its word, and who trusts whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.words import Given, trusts, words_given
from engine.play.wording import long_date
from engine.words import _
from tui.lines.cells import QUIET, fit, plain, row

if TYPE_CHECKING:
    from engine.play.sight.seen import Played

STYLES = {"in force": "b", "kept": "$success", "broken": "b $error", "lapsed": QUIET}
"""How a word looks, by what has become of it."""

STANDINGS = {"in force": _("in force"), "kept": _("kept"), "broken": _("broken"), "lapsed": _("lapsed")}


def words_lines(game: Played) -> Iterator[str | Content]:
    """Every word that was given, then how far the sides trust each other."""
    scenario = game.rules.scenario
    if not scenario.undertakings:
        yield plain(_("In this scenario nobody gives its word."), QUIET)
        return
    given = words_given(game)
    if not given:
        yield plain(_("Nobody has given its word yet, as far as you know. Offers stand among your actions."), QUIET)
    for word in given:
        yield from _word(game, word)
    yield ""
    yield plain(_("Who trusts whose word"), "b")
    for trust in trusts(game):
        who, whose = scenario.actors[trust.who].title, scenario.actors[trust.whose].title
        yield row(fit(plain(f"{trust.share:4.0%}"), 6), plain(_("{who} that of {whose}").format(who=who, whose=whose)))


def _word(game: Played, word: Given) -> Iterator[str | Content]:
    actors, style = game.rules.scenario.actors, STYLES[word.standing]
    head = _("{giver} to {to}, until {day}").format(
        giver=actors[word.giver].title, to=actors[word.to].title, day=long_date(word.until)
    )
    yield row(fit(plain(STANDINGS[word.standing], style), 10), plain(head, style))
    yield row(" " * 10, plain(word.title))
    yield row(" " * 10, plain(_("in return: {title}").format(title=word.in_return), QUIET))
