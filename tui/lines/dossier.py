"""A dossier: who it is, where it stands by the sources' own words, what it did in this game, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.candour import shown_stance
from engine.play.facts.beliefs import Believed, beliefs_about
from engine.play.facts.briefing import cares_in_words
from engine.play.facts.dossier import Deed, Dossier, Gap, StanceLine, dossier_of, record_of
from engine.play.facts.reasons import foremost, terms_in_words
from engine.play.wording import long_date
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.cells import QUIET, percent, plain, row
from tui.lines.votes import VOTES, may_see_leans

if TYPE_CHECKING:
    from tui.match import Match

RECENT = 12
"""Deeds that are told."""


def dossier_lines(match: Match, actor: str, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """Everything that the people at the table may know of an actor."""
    facts = dossier_of(match.scenario, actor, match.crisis.sources)
    yield from _who(facts)
    yield ""
    yield plain(_("Stances"), "b $accent")
    for stance in facts.stances:
        yield from _stance(match, actor, stance, glyphs)
    yield from _beliefs(match, actor, glyphs)
    yield from _record(match, actor)
    if facts.seats:
        yield ""
        yield plain(_("Seats"), "b $accent")
        for seat in facts.seats:
            veto = _(", with a veto") if seat.has_veto else ""
            yield plain(f"{seat.title}, {seat.term}{veto}")


def _who(facts: Dossier) -> Iterator[str | Content]:
    record = facts.record
    if record.summary:
        yield plain(record.summary)
    for head, words in ((_("Wants"), record.wants), (_("Fears"), record.fears)):
        if words:
            yield row(plain(head, "$accent"), "  ", plain(words))


def _stance(match: Match, actor: str, stance: StanceLine, glyphs: Glyphs) -> Iterator[str | Content]:
    shown = shown_stance(match.session, actor, stance.issue, match.viewer)
    if shown is None:
        return
    if shown.is_hidden:
        yield row(plain(stance.title, "b"), "  ", plain(shown.reason, QUIET))
        return
    if shown.position is None or shown.salience is None:
        yield row(plain(stance.title, "b"), "  ", plain(shown.reason, QUIET))
    else:
        words = _("{words} ({position}); {cares} ({salience}%)").format(
            words=stance.words,
            position=f"{shown.position:.0f}",
            cares=cares_in_words(shown.salience),
            salience=f"{100 * shown.salience:.0f}",
        )
        yield row(plain(stance.title, "b"), "  ", plain(words))
    for quote in stance.support.quotes:
        by = f", {quote.by}" if quote.by else ""
        yield row("  ", plain(f"{glyphs.quote_open}{quote.words}{glyphs.quote_close}{by}", "i"))
        yield row("  ", plain(quote.head, QUIET))
        if quote.reading:
            yield row("  ", plain(_("read as: {reading}").format(reading=quote.reading), QUIET))
    if stance.support.assumed and not stance.support.quotes:
        yield row("  ", plain(_("assumed: {why}").format(why=stance.support.assumed), QUIET))


def _beliefs(match: Match, actor: str, glyphs: Glyphs) -> Iterator[str | Content]:
    """What the side at the desk now believes of it, and since what, as far as its level shows numbers of stances."""
    told = [one for one in beliefs_about(match.seen, actor) if _may_be_told(match, one)]
    if not told:
        return
    yield ""
    yield plain(_("What you believe now"), "b $accent")
    for one in told:
        number = percent(one.now) if one.is_chance else f"{one.now:.0f} {glyphs.plus_minus}{one.spread:.0f}"
        yield row(plain(f"{one.title}: ", "b"), plain(number), "  ", plain(_since(match, one), QUIET))


def _may_be_told(match: Match, one: Believed) -> bool:
    if one.place.kind != "position":
        return True
    shown = shown_stance(match.session, one.place.who, one.place.id, match.viewer)
    return shown is not None and shown.position is not None


def _since(match: Match, one: Believed) -> str:
    """What it was at the start, or before the turn in which it moved last, and what was done in that."""
    before = one.shifts[0].before if one.shifts else one.start
    was = percent(before) if one.is_chance else f"{before:.0f}"
    if not one.shifts:
        return _("at the start: {was}").format(was=was)
    shift = one.shifts[0]
    day = long_date(match.scenario.date_of(shift.turn))
    if not shift.deeds:
        return _("was {was}, before the turn from {day}").format(was=was, day=day)
    deeds = ", ".join(f"{deed.words} ({VOTES[deed.vote][1]})" if deed.vote else deed.words for deed in shift.deeds)
    return _("was {was}, before the turn from {day}: {deeds}").format(was=was, day=day, deeds=deeds)


def _record(match: Match, actor: str) -> Iterator[str | Content]:
    """What it has done and become in this game, and how the world suits it."""
    record = record_of(match.seen, actor)
    if record.flags:
        yield ""
        yield plain(_("In this game it"), "b $accent")
        yield from (plain(f"{meaning}") for _flag, meaning in record.flags)
    if record.deeds:
        yield ""
        yield plain(_("What it did"), "b $accent")
        may_know_why = may_see_leans(match.session, actor, match.viewer)
        for deed in reversed(record.deeds[-RECENT:]):
            yield _deed(deed)
            why = terms_in_words(foremost(match.scenario, deed.terms)) if may_know_why else ""
            if why:
                yield row("    ", plain(_("because of {terms}").format(terms=why), QUIET))
    is_own = actor == match.viewer or match.session.is_over
    if record.score is not None and is_own:
        yield ""
        yield row(plain(_("How the world suits it now"), "b $accent"), f"  {record.score:.0f}/100")
        yield from (_gap(gap) for gap in record.gaps if gap.costs >= 0.5)


def _deed(deed: Deed) -> Content:
    day = plain(long_date(deed.date), QUIET)
    if deed.kind == "vote":
        return row(day, "  ", plain(deed.words), "  ", plain(VOTES[deed.vote or "abstain"][1], "b"))
    chance = "" if deed.chance is None else _("({chance} likely by its stances)").format(chance=percent(deed.chance))
    return row(day, "  ", plain(deed.words), "  ", plain(chance, QUIET))


def _gap(gap: Gap) -> Content:
    return row(
        plain(f"{gap.title}: ", "b"),
        plain(_("wants {wants}, has {has}").format(wants=gap.wants_in_words, has=gap.world_in_words)),
        plain("  " + _("costs {n} points").format(n=f"{gap.costs:.0f}"), QUIET),
    )
