"""What lies on a desk: who wants what and by when, what it is worth, and whose word is out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.asked import Standing, standing_with
from engine.play.facts.parley import MUCH, SOMETHING, Letter, letter_in
from engine.play.facts.words import Given, OnTheTable, Threatened, texts_on_the_table, warnings_given, words_given
from engine.play.wording import long_date, short_date, titles
from engine.words import _, ngettext
from tui.lines.actions import option_title
from tui.lines.cells import BAD, GOOD, QUIET, hang, plain, row
from tui.widgets.rows import Row

if TYPE_CHECKING:
    import datetime as dt

    from engine.play.crisis import Scenario
    from engine.play.sight.seen import Played
    from tui.match import Match

ASKED, GIVEN = "ask:", "word:"
"""What the names of lines begin with: of questions, which are opened, and of words that were given."""

SOON = 7
"""Days before a word is due from which on that is said aloud."""


def desk_rows(match: Match, width: int) -> list[Row]:
    """Who wants what of the viewer: questions first, then warnings, texts and words that wait."""
    own = match.viewer
    if own is None or match.session.is_over:
        return []
    rows = [
        Row(f"{ASKED}{standing.ask}", question_line(match, standing, width))
        for standing in standing_with(match.session.game, own)
    ]
    rows += [Row(f"{GIVEN}{number}", line) for number, line in enumerate(waiting_lines(match.seen, own, width))]
    if not rows:
        nobody = _("Nobody wants anything of you. 2 shows what you may do, e lets time pass.")
        return [Row(None, plain(nobody, QUIET))]
    return [Row(None, plain(_("Who wants what of you"), "$accent")), *rows]


def question_line(match: Match, standing: Standing, width: int) -> Content:
    """A question or an offer, with its last day, what it is worth, and the answer that is chosen."""
    letter = letter_in(match.seen, standing)
    until = "" if standing.is_never_due else _("answer by {day}").format(day=short_date(standing.until))
    when = _("answer now") if standing.is_last else until
    lines = letter_lines(match.scenario, letter, width - 2) if letter else [plain(standing.title, "b")]
    said = match.answer_to(standing)
    if said is not None:
        when = _("you answer: {answer}").format(answer=option_title(match.scenario, said).plain)
    tail = plain(f"  {when}", "b $accent") if when else Content("")
    first, *rest = lines
    return Content("\n").join(
        [hang(plain("? ", "b $accent"), row(first, tail), width), *(row("  ", line) for line in rest)]
    )


def letter_lines(scenario: Scenario, letter: Letter, width: int) -> list[Content]:
    """Who writes, what is given and asked for, what that is worth, and how the writer has kept its word."""
    gives, wants = letter.offer.gives, letter.offer.wants
    heads = (_("gives  "), _("asks   "))
    parts = (gives.undertaking.title, wants.undertaking.title)
    lines = [plain(scenario.actors[gives.by].title, "b")]
    lines += [hang(plain(head, QUIET), plain(part), max(20, width)) for head, part in zip(heads, parts, strict=True)]
    worth = worth_in_words(letter.worth, letter.temperature)
    return [*lines, row(worth, plain("; " + record_in_words(letter), QUIET))]


def worth_in_words(gain: float, temperature: float) -> Content:
    """How much a gain is to a side, in words."""
    ratio = gain / temperature
    if ratio >= MUCH:
        return plain(_("worth much to you"), GOOD)
    if ratio >= SOMETHING:
        return plain(_("worth something to you"), GOOD)
    if ratio > -SOMETHING:
        return plain(_("worth next to nothing to you"), QUIET)
    return plain(_("costs you more than it brings") if ratio > -MUCH else _("costs you dear"), BAD)


def record_in_words(letter: Letter) -> str:
    """How the writer has kept its word so far, and how far it is trusted."""
    kept, broken = letter.kept, letter.broken
    if broken and kept:
        record = _("of the words that it gave {kept} were kept and {broken} broken").format(kept=kept, broken=broken)
    elif broken:
        record = ngettext("it has broken its word", "it has broken its word {n} times", broken).format(n=broken)
    elif kept:
        record = _("it has kept its word so far")
    else:
        record = _("its word is not tried yet")
    if letter.trust is None:
        return record
    return _("{record}; you trust it {share}").format(record=record, share=f"{letter.trust:.0%}")


def waiting_lines(game: Played, own: str, width: int) -> Iterator[Content]:
    """Warnings to a side, texts that it may sign, and words that it owes or is owed."""
    scenario, today = game.rules.scenario, game.day
    for warning in warnings_given(game):
        if warning.standing in ("stands", "defied") and own in (warning.to, warning.giver):
            yield hang(Content("  "), _warning(scenario, warning, own), width)
    for text in texts_on_the_table(game):
        if own in text.parties and text.is_open:
            yield hang(Content("  "), _text(scenario, text, own), width)
    for word in words_given(game):
        if word.standing == "in force" and own in (word.giver, word.to):
            yield hang(Content("  "), _word(scenario, word, own, today), width)


def _warning(scenario: Scenario, warning: Threatened, own: str) -> Content:
    giver, to = scenario.actors[warning.giver].title, scenario.actors[warning.to].title
    deeds = "; ".join(warning.deeds)
    if warning.standing == "defied":
        who, words = (
            (plain(_("{to} has defied you").format(to=to), "b $error"), _("you threatened {what}"))
            if own == warning.giver
            else (
                plain(_("You have defied {giver}").format(giver=scenario.in_text(warning.giver)), "b $error"),
                _("it threatened {what}"),
            )
        )
        return row(who, plain(": " + words.format(what=warning.title)))
    if own == warning.giver:
        head = _("You warn {to}").format(to=scenario.in_text(warning.to))
    else:
        head = _("{giver} warns you").format(giver=giver)
    text = _(": {what}, if this is done: {deeds}").format(what=warning.title, deeds=deeds)
    return row(plain(head, "b"), plain(text), _until(warning.until))


def _text(scenario: Scenario, text: OnTheTable, own: str) -> Content:
    signed = titles(scenario, text.signs)
    if own in text.signs:
        state = _("you have signed")
        waits = [party for party in text.parties if party not in text.signs]
        state += _("; it waits for {names}").format(names=titles(scenario, waits))
    elif text.signs:
        state = _("signed by {names}; it waits for you").format(names=signed)
    else:
        state = _("on the table, signed by nobody")
    return row(plain(text.title[:1].upper() + text.title[1:], "b"), plain(f": {state}"))


def _word(scenario: Scenario, word: Given, own: str, today: dt.date) -> Content:
    left = (word.until - today).days
    if own == word.giver:
        head = _("You owe {to}").format(to=scenario.in_text(word.to))
    else:
        head = _("{giver} owes you").format(giver=scenario.actors[word.giver].title)
    style = "b $accent" if left <= SOON and own == word.giver else QUIET
    days = ngettext("{n} day left", "{n} days left", left).format(n=left)
    return row(plain(head, "b"), plain(f": {word.title}"), plain(f"  {days}", style))


def _until(day: dt.date | None) -> Content:
    return Content("") if day is None else plain("  " + _("until {day}").format(day=long_date(day)), QUIET)
