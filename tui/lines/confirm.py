"""What is read before a turn is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.budget import moves_in
from engine.play.facts.advice import AGAINST, FOR
from engine.play.facts.advisers import Odds, advise
from engine.play.facts.particulars import particulars
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.actions import option_title
from tui.lines.cells import BAD, GOOD, QUIET, hang, percent, plain, row
from tui.lines.odds import ending_lines, letters, score_line

if TYPE_CHECKING:
    from tui.match import Match

VERDICTS = {FOR: ("+", _("for"), GOOD), AGAINST: ("-", _("against"), BAD)}
NEITHER = ("=", _("indifferent"), QUIET)


def plan_lines(match: Match, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """What is about to be done, and where it leads."""
    assert match.viewer is not None
    orders = match.session.orders(match.viewer)
    yield plain(_("Send this turn?"), "b $primary")
    if orders.by_rule:
        yield plain(_("You leave it to the rule."))
    elif not orders.moves:
        yield plain(_("You hold: you do nothing this turn."))
    for option in orders.moves:
        yield row(Content.styled(f"{glyphs.chosen} ", "b $accent"), option_title(match.scenario, option).stylize("b"))
        explained = match.explained(option)
        if explained is not None:
            yield from (
                hang(Content("  "), plain(words, QUIET), width) for words in particulars(match.scenario, explained)
            )
    for question, ballot in orders.votes.items():
        word = match.vote_words[ballot]
        asked = next((m.words for _body, m in match.motions if m is not None and m.question == question), question)
        yield plain(_('If "{question}" is tabled, you vote: {vote}').format(question=asked, vote=word), QUIET)
    left = match.scenario.moves_per_turn - len(moves_in(match.session.rules, orders.moves))
    if left and match.options and not orders.by_rule:
        yield plain(
            _("You could do more: {n} of {most} moves are free.").format(n=left, most=match.scenario.moves_per_turn),
            QUIET,
        )
    odds = match.plan_odds
    if odds is not None and not orders.by_rule:
        yield letters(match.scenario, match.marks, odds)
        yield score_line(odds, glyphs, _("holding"))
        yield from ending_lines(match.scenario, match.marks, odds, width, glyphs, _("holding"), 3)


def advice_lines(match: Match, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """What each adviser says; they look at different things, and need not agree."""
    assert match.viewer is not None
    for number, advice in enumerate(
        advise(match.seen, match.viewer, match.plan, adviser_odds(match), match.session.level.candour)
    ):
        if number == 0:
            yield ""
        sign, word, style = VERDICTS.get(advice.verdict, NEITHER)
        head = row(plain(advice.title, "b"), Content.styled(f" ({word}): ", style))
        yield hang(Content.styled(f"{sign} ", f"b {style}"), row(head, plain(advice.words)), width)


def adviser_odds(match: Match) -> Odds | None:
    """What the advisers are told of the futures."""
    odds = match.plan_odds
    if odds is None or odds.score.mean != odds.score.mean:
        return None
    reach = max((change.reach for change in odds.changes.values()), default=0.0)
    scores = {
        name: float(odds.scores[odds.closed == number].mean())
        for number, name in enumerate(odds.endings)
        if (odds.closed == number).any()
    }
    hold = match.hold_odds
    return Odds(
        {name: share.share for name, share in odds.shares.items()},
        {name: share.share for name, share in hold.shares.items()} if hold else {},
        odds.score_change.mean,
        odds.score_change.reach,
        reach,
        scores,
    )


def call_line(match: Match, ending: str | None, sure: float, width: int) -> Content:
    """The player's own call, with the keys behind it or, where that is too long, below it."""
    if ending is None:
        return plain(_("Your call: none. f names the ending that you expect; the debrief scores your calls."), QUIET)
    title = next(e.title for e in match.scenario.endings if e.id == ending)
    call = row(plain(_("Your call: ")), plain(title, "b"), plain(f" {percent(sure)}", "b $accent"))
    keys = plain(_("+ surer, - less"), QUIET)
    gap = "   " if call.cell_length + 3 + keys.cell_length <= width else "\n"
    return row(call, gap, keys)
