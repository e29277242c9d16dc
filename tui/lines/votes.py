"""Institutions: who would vote how, how sure that is, what would change it, and whether a text would pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.council import Ballot, Chamber, Motion, tally_in_words
from engine.play.facts.flips import Flip, flip_in_words
from engine.play.openness import Candour
from engine.play.wording import reason_in_words
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.cells import BAD, GOOD, QUIET, fit, percent, plain, row, scale
from tui.widgets.rows import Row

if TYPE_CHECKING:
    from engine.play.crisis import Scenario
    from engine.play.session import Session

NAME, VOTE, LEAN = 20, 10, 15
"""Cells of a member's name, its vote, and its lean."""

STEEPEST_LEAN = 0.3
"""The gain at which the lean stands at the end of its scale."""

VOTES = {
    "yes": ("Y", _("yes"), GOOD),
    "abstain": ("A", _("abstains"), QUIET),
    "no": ("N", _("no"), BAD),
}


def likely_vote(ballot: Ballot) -> Content:
    """The likeliest vote with its letter; a no that blocks is a veto."""
    letter, word, style = VOTES[ballot.vote]
    if ballot.vote == "no" and ballot.has_veto:
        letter, word = "V", _("veto")
    return row(Content.styled(letter, f"b {style}"), " ", Content.styled(word, style))


def lean(gain: float, glyphs: Glyphs) -> Content:
    """How far a member leans against or for a text, apart from how it votes."""
    share = 0.5 + max(-0.5, min(0.5, gain / (2 * STEEPEST_LEAN)))
    return scale([(0.5, glyphs.here, QUIET), (share, glyphs.wanted, "b")], LEAN, glyphs)


def may_see_leans(session: Session, actor: str, viewer: str | None) -> bool:
    """Whether a seat, or whoever watches, may know how far an actor leans, and why."""
    return actor == viewer or session.level.candour in (Candour.OPEN, Candour.CODED)


def ballot_rows(
    chamber: Chamber,
    motion: Motion | None,
    instructed: Mapping[str, str],
    width: int,
    glyphs: Glyphs,
    candour: Candour = Candour.OPEN,
) -> list[Row]:
    """Each member with its lean and its likely vote; a seat that has been told how to vote says so."""
    if motion is None:
        return [
            Row(
                member.actor, row(fit(plain(member.title), NAME, glyphs=glyphs), " ", plain(_term(member.until), QUIET))
            )
            for member in chamber.members
        ]
    terms = {member.actor: member for member in chamber.members}
    return [
        Row(
            ballot.actor,
            ballot_line(ballot, terms[ballot.actor].until, instructed.get(ballot.actor), width, glyphs, candour),
        )
        for ballot in motion.ballots
    ]


def _term(until: object) -> str:
    return "" if until is None else _("until {day}").format(day=until)


def ballot_line(
    ballot: Ballot, until: object, told: str | None, width: int, glyphs: Glyphs, candour: Candour
) -> Content:
    """A member on a question; its lean is told only where stances lie open, how sure it is only with numbers."""
    term = "P5" if ballot.has_veto else "" if until is None else str(until)[2:7]
    name = fit(plain(ballot.title), max(12, min(NAME, width - 46)), glyphs=glyphs)
    vote = fit(likely_vote(ballot), VOTE)
    if told is not None:
        letter, word, style = VOTES[told]
        vote = fit(
            row(Content.styled(letter, f"b {style}"), " ", Content.styled(_("told: {vote}").format(vote=word), "i")),
            VOTE + 6,
        )
    sure = "?" if candour is Candour.WORDS else percent(ballot.sure)
    parts: list[str | Content] = [name, " ", Content.styled(f"{term:<5}", QUIET), " ", vote, f"{sure:>5}  "]
    if candour in (Candour.OPEN, Candour.CODED) and width >= NAME + VOTE + LEAN + 16:
        parts.append(lean(ballot.gain, glyphs))
    return row(*parts)


def heads(width: int) -> Content:
    """The names of the columns."""
    name = max(12, min(NAME, width - 46))
    words = fit(_("Member"), name), " ", fit(_("Term"), 5), " ", fit(_("Vote"), VOTE), fit(_("Sure"), 5, "right"), "  "
    tail = (_("against     for"),) if width >= NAME + VOTE + LEAN + 16 else ()
    return row(*words, *tail).stylize(QUIET)


def count_line(scenario: Scenario, chamber: Chamber, motion: Motion, candour: Candour = Candour.OPEN) -> Content:
    """The count against what is needed, vetoes apart from it, and the exact chance, where there are numbers."""
    words = tally_in_words(scenario, chamber.institution, motion.tally)
    verdict = _("passes") if motion.tally.passes else _("fails")
    chance = "?" if candour is Candour.WORDS else percent(motion.chance)
    return row(
        plain(words, "b"),
        "  ",
        Content.styled(verdict, GOOD if motion.tally.passes else BAD),
        Content.styled("  " + _("chance {chance}").format(chance=chance), QUIET),
    )


def motion_line(motion: Motion) -> Content:
    """The question, and who may table it."""
    able = [sponsor.title for sponsor in motion.sponsors if sponsor.is_legal]
    who = _("may be tabled by {names}").format(names=", ".join(able)) if able else _("nobody can table it now")
    return row(plain(motion.words, "b"), "  ", plain(who, QUIET))


def member_lines(scenario: Scenario, ballot: Ballot, flip: Flip | None, power: str) -> Iterator[Content]:
    """Why a member leans as it does, what would change its vote, and what its vote is worth."""
    chances = _("yes {yes}, abstains {abstain}, no {no}").format(
        yes=percent(ballot.yes), abstain=percent(ballot.abstain), no=percent(ballot.no)
    )
    yield row(plain(ballot.title, "b"), "  ", plain(chances, QUIET))
    if ballot.reason is not None:
        way = _("for") if ballot.reason_amount > 0 else _("against")
        yield plain(
            _("What weighs most {way} it: {issue} ({amount})").format(
                way=way, issue=reason_in_words(scenario, ballot.reason), amount=f"{ballot.reason_amount:+.3f}"
            )
        )
    yield plain(_("It changes its vote: {flip}").format(flip=flip_in_words(scenario, flip)))
    yield plain(power, QUIET)
