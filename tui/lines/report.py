"""The report of a turn: the news, what you did and what came of it, why the others acted, and the real world beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.causes import causes, causes_in_words
from engine.play.facts.headlines import MINOR, headlines
from engine.play.facts.particulars import particulars_of_move
from engine.play.facts.reasons import foremost, terms_in_words
from engine.play.facts.secrecy import learned_in
from engine.play.wording import lapse_in_words, long_date, named, nearest_point, parted, titles, voters
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.cells import BAD, GOOD, QUIET, percent, plain, row, signed
from tui.lines.ghost import drift_line, turn_ghost
from tui.lines.news import headline_line

if TYPE_CHECKING:
    from engine.batch.statistics import Share
    from engine.play.record import Move, Turn, VoteResult
    from tui.lines.scene import Scene
    from tui.match import Match

MOVES = 6
"""Moves of others that are explained, the most surprising and weighty first."""

OWN_REASONS = _("no reasons are given")
"""Of moves of which it is not told why they were made."""

MOVED = 0.5
"""Scale points from which a change of an issue is told."""


def report_lines(match: Match, turn: Turn, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """The turn from the lead story to the record of the real world."""
    turn = match.seen.turns[turn.turn]
    yield from _cause(match)
    yield from _news(match, turn, width)
    for vote in turn.votes:
        yield from vote_lines(match, vote)
    yield from _learned(match, turn)
    yield from _own(match, turn, glyphs)
    yield from _world(match, turn, glyphs)
    yield from _others(match, turn)
    yield ""
    yield plain(_("Meanwhile, in reality"), "b $accent")
    yield from turn_ghost(match, turn.turn, glyphs)
    if match.crisis.history is not None:
        from engine.play.facts.ghost import drift_of

        yield drift_line(drift_of(match.seen, match.crisis.history), glyphs)


def _cause(match: Match) -> Iterator[Content]:
    """What was sent, and what it made likelier or less likely than holding would have."""
    sent = match.sent_odds
    found = causes(match.seen, sent) if sent is not None and sent.plan else ()
    if sent is not None and found:
        deeds = ", ".join(named(match.scenario, option) for option in sent.plan)
        yield row(plain(f"{deeds}: ", "b $accent"), plain(causes_in_words(found)))
        yield plain("")


def _news(match: Match, turn: Turn, width: int) -> Iterator[str | Content]:
    for part in turn.day_by_day(match.scenario.timeline):
        told = headlines(match.scenario, part, match.viewer)
        if told and part is not turn:
            yield plain(long_date(part.date), "b $accent")
        for headline in told:
            yield headline_line(headline, part.date, width)
    yield from question_lines(match, turn)
    if not turn.dispatches and not turn.asked:
        yield plain(_("Nothing is reported."), QUIET)


def question_lines(match: Scene, turn: Turn) -> Iterator[Content]:
    """Questions that were put and have no news of their own, where the side in view knows of them."""
    for put in turn.asked:
        is_known = match.viewer is None or put.known_to is None or match.viewer in (*put.known_to, *put.actors)
        if is_known and not match.scenario.asks[put.ask].dispatch:
            words = _("{side} is asked: {question}").format(
                side=titles(match.scenario, put.actors), question=match.scenario.asks[put.ask].title
            )
            yield row(Content.styled("!! ", "b"), " ", plain(words))


def vote_lines(match: Scene, vote: VoteResult) -> Iterator[str | Content]:
    """A vote: the question, how it went, who stood where."""
    action, target = parted(vote.question)
    asked = match.scenario.actions[action].vote
    assert asked is not None
    aim = f" ({match.scenario.actors[target].title})" if target else ""
    yield ""
    yield row(
        plain(match.scenario.institutions[vote.institution].title + ": ", "b"),
        plain(asked.question + aim + " "),
        Content.styled(_("Passed.") if vote.passed else _("Failed."), f"b {GOOD if vote.passed else BAD}"),
    )
    rule = match.scenario.institutions[vote.institution].passes
    for letter, word, who in (("Y", _("yes"), vote.yes), ("N", _("no"), vote.no), ("A", _("abstaining"), vote.abstain)):
        if who:
            count = plain(f"  {letter} {rule.votes_of(who)} {word}  ", "b")
            yield row(count, plain(voters(match.scenario, rule, who), QUIET))
    if vote.vetoed_by:
        yield row(
            plain("  V ", f"b {BAD}"),
            plain(_("vetoed by {names}").format(names=titles(match.scenario, vote.vetoed_by))),
        )


def _learned(match: Match, turn: Turn) -> Iterator[str | Content]:
    """The secrets that the own side has found out."""
    found = () if match.viewer is None else learned_in(match.seen, turn, match.viewer)
    if found:
        yield ""
        yield plain(_("What you have learned"), "b $accent")
    for secret in found:
        yield row("  ", plain(f"{secret.words.rstrip('.')}: ", "b"), plain(secret.stands))


def _own(match: Match, turn: Turn, glyphs: Glyphs) -> Iterator[str | Content]:
    """What the own side did, and its odds before and after."""
    if match.viewer is None:
        return
    yield ""
    yield plain(_("Your side"), "b $accent")
    own = [move for move in turn.moves if move.option.actor == match.viewer]
    for move in own:
        yield row(plain(f"{glyphs.chosen} "), plain(named(match.scenario, move.option)))
        yield from (plain(f"  {words}", QUIET) for words in particulars_of_move(match.scenario, move))
    for lapse in turn.lapses:
        if lapse.option.actor == match.viewer:
            yield plain(lapse_in_words(match.scenario, lapse), BAD)
    if not own:
        yield plain(_("You held."), QUIET)
    yield from odds_before_and_after(match, glyphs)


def give_or_take(share: Share, glyphs: Glyphs) -> str:
    """A share of futures, and how far its interval reaches, in points of a hundred."""
    return f"{percent(share.share)} {glyphs.plus_minus}{50 * (share.high - share.low):.0f}"


def odds_before_and_after(match: Match, glyphs: Glyphs) -> Iterator[str | Content]:
    """What was forecast when the turn was sent, and what is forecast, or has come true, now."""
    before = match.sent_odds
    if before is None:
        return
    now = match.hold_odds
    ending = match.session.game.ending
    for name, share in sorted(before.shares.items(), key=lambda item: -item[1].share):
        title = next(e.title for e in match.scenario.endings if e.id == name)
        then = share.share
        if ending is not None:
            told = _("came true") if ending.id == name else _("did not come true")
            if then >= 0.05 or ending.id == name:
                yield plain(f"  {match.marks[name]} {title}: {give_or_take(share, glyphs)}, {told}")
        elif now is not None:
            later = now.shares[name]
            after = later.share
            if max(then, after) >= 0.05:
                change = round(100 * after) - round(100 * then)
                style = "b" if abs(change) >= 5 else QUIET
                yield row(
                    plain(f"  {match.marks[name]} {title}: "),
                    plain(
                        _("expected {then}, now {now}").format(
                            then=give_or_take(share, glyphs), now=give_or_take(later, glyphs)
                        )
                    ),
                    plain(f"  {signed(change, 0)}", style),
                )
    if ending is None and now is None:
        yield plain(_("  The odds from here are being worked out ..."), QUIET)


def _world(match: Match, turn: Turn, glyphs: Glyphs) -> Iterator[str | Content]:
    """The issues that moved."""
    turns, index = match.seen.turns, turn.turn
    scenario = match.scenario
    before = turns[index - 1].values if index else match.seen.began
    moved = {name: turn.values[name] - before[name] for name in scenario.issues}
    if any(abs(change) >= MOVED for change in moved.values()):
        yield ""
        yield plain(_("What moved"), "b $accent")
    for name, change in moved.items():
        if abs(change) >= MOVED:
            sign = glyphs.up if change > 0 else glyphs.down
            yield row(
                plain(f"  {sign} {scenario.issues[name].title} "),
                plain(f"{signed(change)} ", "b"),
                plain(
                    _("to {n}, {words}").format(
                        n=f"{turn.values[name]:.0f}", words=nearest_point(scenario, name, turn.values[name])
                    ),
                    QUIET,
                ),
            )


def _others(match: Match, turn: Turn) -> Iterator[str | Content]:
    """Why the others acted, the weightiest first."""
    others = [move for move in turn.moves if move.option.actor not in match.session.people]
    told = _weightiest(match, turn, others)[:MOVES]
    if told:
        yield ""
        yield plain(_("Why they did it"), "b $accent")
    from tui.lines.votes import may_see_leans

    silent = list[str]()
    for move in told:
        head = f"{match.scenario.actors[move.option.actor].title}: {named(match.scenario, move.option)}"
        if move.is_explained and may_see_leans(match.session, move.option.actor, match.viewer):
            reasons = terms_in_words(foremost(match.scenario, move.terms)) or _("nothing spoke for or against it")
            why = _("{terms}; {chance} likely").format(terms=reasons, chance=percent(move.chance))
        else:
            silent.append(head)
            continue
        yield row(plain("  " + head, "b"), "  ", plain(why, QUIET))
    if silent:
        yield row(plain("  " + "; ".join(silent), "b"), "  ", plain(OWN_REASONS, QUIET))


def _weightiest(match: Match, turn: Turn, moves: Sequence[Move]) -> list[Move]:
    """Moves by the weight of their news, the less likely first among equals."""
    found = headlines(match.scenario, turn, match.viewer)
    weights = {(h.dispatch.actor, h.dispatch.about): h.weight for h in found if h.dispatch.kind == "move"}
    return sorted(moves, key=lambda m: (-weights.get((m.option.actor, m.option.action), MINOR), m.chance))
