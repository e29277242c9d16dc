"""After the game: how it ended, the score among others, what turned it, how good the forecasts were, the record."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.debrief import CallScores, ForecastScores, call_scores, forecast_scores
from engine.play.facts.briefing import brief_side
from engine.play.facts.endings import ending_of, prospects_from, prospects_in_words, score_in_words, score_of
from engine.play.facts.reasons import terms_in_words
from engine.play.wording import asked_in_words, long_date, named, parted
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.cells import BAD, GOOD, QUIET, bar, fit, percent, plain, row, signed
from tui.lines.ghost import drift_lines
from tui.lines.secrecy import TOLD, secrecy_lines

if TYPE_CHECKING:
    from engine.play.ahead.pair import Pair
    from engine.play.crisis import Scenario
    from engine.play.facts.endings import Prospect
    from engine.play.otherside import Revealed
    from engine.play.standings import RuleRuns, Standing
    from engine.play.turning import Cause, Swing, TurningPoints
    from tui.match import Match

TURNS, CAUSES = 4, 4
"""Turning points that are told, and causes of each."""

RANKED = 48
"""Columns for the title of a way out."""

SMALLEST = 0.01
"""The smallest change of an ending's share that is told."""


@dataclass(frozen=True)
class Findings:
    """What takes a few seconds to find out, as far as it is known."""

    others: RuleRuns | None = None
    standings: tuple[Standing, ...] = ()
    turning: TurningPoints | None = None
    done: int = 0
    wanted: int = 0


def debrief_lines(
    match: Match, width: int, glyphs: Glyphs, found: Findings = Findings(), keys: str = ""
) -> Iterator[str | Content]:
    """Everything that is to be said of a game that is over; ``keys`` says what leads on from here, if anything does."""
    yield from _ending(match)
    sides = (*match.session.people,) or ()
    for actor in sides:
        yield from _score(match, actor, found, glyphs)
    yield from _standings(match, found)
    yield from _turning(match, found, width, glyphs)
    yield from _forecasts(match, found)
    yield from secrecy_lines(match, width, TOLD if keys else None)
    yield ""
    yield plain(_("What really happened"), "b $accent")
    yield from drift_lines(match, glyphs)
    if keys:
        yield plain(keys, QUIET)
    yield from _sources(match)


def _ending(match: Match) -> Iterator[str | Content]:
    told = ending_of(match.session.game)
    if told is None:
        yield plain(_("The game is not over."), QUIET)
        return
    yield row(plain(match.marks[told.ending], "b $accent"), "  ", plain(told.title, "b $primary"))
    for part in (told.text or "").split("\n"):
        if part.strip():
            yield plain(part.strip())


def _score(match: Match, actor: str, found: Findings, glyphs: Glyphs) -> Iterator[str | Content]:
    """A person's side: its score, what it cost, and where that is among games of the same side."""
    line = score_of(match.session.game, actor)
    if line is None:
        return
    yield ""
    yield row(plain(line.title, "b $accent"), "  ", plain(score_in_words(line)))
    if line.text is not None:
        yield plain(line.text)
    standing = next((standing for standing in found.standings if standing.actor == actor), None)
    if standing is None or found.others is None:
        yield plain(_("Other games of this side are being played for comparison ..."), QUIET)
        return
    yield plain(
        _("That beats {percent} of {runs} games of the same side in which the rules decided for everybody.").format(
            percent=f"{standing.percentile:.0f}%", runs=f"{standing.runs:,}"
        )
    )
    most = max(standing.bins)
    for number, count in enumerate(standing.bins):
        if count or number == standing.bin:
            here = row(" ", plain(_("your game"), "b $accent")) if number == standing.bin else Content("")
            yield row(f"  {10 * number:3}-{10 * number + 9:<3} ", bar(count / most, 26, glyphs), f" {count:5}", here)
    row_number = list(match.scenario.actors).index(actor)
    ways = prospects_from(match.crisis.rules, found.others.endings, found.others.scores[row_number])
    yield plain(prospects_in_words(ways))
    yield from _ranking(match, ways, glyphs)


def _ranking(match: Match, ways: tuple[Prospect, ...], glyphs: Glyphs) -> Iterator[Content]:
    """Every way out that some games had: the best for the side first, catastrophe where it belongs."""
    told = ending_of(match.session.game)
    for place, way in enumerate(ways, 1):
        here = told is not None and told.ending == way.ending
        title = fit(plain(way.title, "b $accent" if here else ""), RANKED, glyphs=glyphs)
        share = plain(_("{share} of games").format(share=percent(way.share)), QUIET)
        yield row(f"  {place:2}. {match.marks[way.ending]} ", title, f" {way.score:5.1f}  ", share)


def _standings(match: Match, found: Findings) -> Iterator[str | Content]:
    """All sides, as it suits them."""
    scores = match.session.game.scores()
    yield ""
    yield plain(_("How it suits the sides"), "b $accent")
    percentiles = {standing.actor: f"{standing.percentile:.0f}" for standing in found.standings}
    for actor, record in match.scenario.actors.items():
        if record.playable and actor in scores:
            beats = percentiles.get(actor)
            told = _("better than {n} of 100").format(n=beats) if beats is not None else ""
            yield row("  ", fit(plain(record.title), 24), f"{scores[actor]:5.1f}  ", plain(told, QUIET))


def _turning(match: Match, found: Findings, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """The turns in which the odds moved most, and what moved them."""
    yield ""
    yield plain(_("Turning points"), "b $accent")
    if found.turning is None:
        done = f"{found.done}/{found.wanted}" if found.wanted else "..."
        yield plain(_("The game is played again from each of its turns: {done}").format(done=done), QUIET)
        return
    if not found.turning.largest:
        yield plain(_("Nothing moved the odds beyond the noise."), QUIET)
    for swing in found.turning.largest[:TURNS]:
        yield from _swing(match, swing, glyphs)


def _swing(match: Match, swing: Swing, glyphs: Glyphs) -> Iterator[str | Content]:
    date = long_date(match.scenario.date_of(swing.turn))
    yield row(plain(date, "b"), "  ", moved_in_words(match, swing.change, glyphs))
    for cause in swing.causes[:CAUSES]:
        if not cause.change.is_same:
            who = cause.option.actor if cause.option is not None else cause.id
            own = who in match.session.people
            style = "b $primary" if own else ""
            yield row(
                "   ",
                plain(cause_in_words(match.scenario, cause), style),
                "  ",
                moved_in_words(match, cause.change, glyphs),
            )
    if swing.decided is not None and swing.chanced is not None:
        shares = swing.decided.size, swing.chanced.size
        yield row(
            "   ",
            plain(
                _("what was decided moved them {decided}, chance and events {chance}").format(
                    decided=percent(shares[0]), chance=percent(shares[1])
                ),
                QUIET,
            ),
        )


def cause_in_words(scenario: Scenario, cause: Cause) -> str:
    """Who did what, which vote, or what happened."""
    if cause.option is not None:
        return f"{scenario.actors[cause.option.actor].title}: {named(scenario, cause.option)}"
    if cause.kind == "hold":
        return _("{side} held, instead of what it might have done").format(side=scenario.actors[cause.id].title)
    if cause.kind == "vote":
        return _("The vote: {question}").format(question=asked_in_words(scenario, *parted(cause.id)))
    event = cause.id.partition(":")[0]
    return scenario.events[event].title if event in scenario.events else cause.id


def moved_in_words(match: Match, change: Pair, glyphs: Glyphs) -> Content:
    """Which endings became likelier or less likely, the most first, and what that is worth to the side in view."""
    parts = []
    for ending, moved in sorted(change.changes.items(), key=lambda item: -abs(item[1].mean))[:3]:
        if not moved.is_same and abs(moved.mean) >= SMALLEST:
            words = f"{match.marks[ending]} {signed(100 * moved.mean, 0)} {glyphs.plus_minus}{100 * moved.reach:.0f}"
            parts.append(Content.styled(words, GOOD if moved.mean > 0 else BAD))
    score = change.score_change
    if match.viewer is not None and not math.isnan(score.mean) and not score.is_same:
        parts.append(plain(_("score {change}").format(change=signed(score.mean))))
    return Content(", ").join(parts) if parts else Content.styled(_("no ending by much"), QUIET)


def _forecasts(match: Match, found: Findings) -> Iterator[str | Content]:
    """How good the odds were that were shown, and the player's own calls."""
    ending = match.session.game.ending
    if ending is None:
        return
    sheets = match.session.sheets
    for actor in match.session.people:
        shown = [(n, sheet.expected[actor].shares) for n, sheet in enumerate(sheets) if actor in sheet.expected]
        calls = [(n, e, p) for n, sheet in enumerate(sheets) for e, p in sheet.calls.get(actor, {}).items()]
        yield ""
        yield plain(_("Forecasts"), "b $accent")
        if shown and found.others is not None:
            yield from _shown(forecast_scores(shown, ending.id, found.others.shares(match.crisis.rules)))
        yield from _called(match, call_scores(calls, ending.id))


def _shown(scores: ForecastScores) -> Iterator[Content]:
    yield plain(
        _(
            "The odds on your screen: Brier score {mean} over {n} turns (0 knows, 2 is all wrong); knowing only how "
            "often each ending comes would have scored {base}."
        ).format(mean=f"{scores.mean:.2f}", n=len(scores.by_turn), base=f"{scores.base_rate:.2f}")
    )
    yield plain(
        _("Turn by turn: {scores}").format(scores=" ".join(f"{score:.1f}" for _turn, score in scores.by_turn)), QUIET
    )


def _called(match: Match, calls: CallScores | None) -> Iterator[Content]:
    if calls is None:
        yield plain(_("You made no calls of your own."), QUIET)
        return
    yield plain(calls.in_words())
    yield plain(
        _("Brier score of your calls: {mean} (always saying one half gives 0.25)").format(mean=f"{calls.mean:.2f}")
    )


def _sources(match: Match) -> Iterator[str | Content]:
    sides = match.session.people or tuple(a for a, r in match.scenario.actors.items() if r.playable)
    heads = dict.fromkeys(s for actor in sides for s in brief_side(match.scenario, actor, match.crisis.sources).sources)
    if heads:
        yield ""
        yield plain(_("Sources"), "b $accent")
        yield from (plain(head, QUIET) for head in heads)


def revealed_lines(match: Match, actor: str, turns: tuple[Revealed, ...]) -> Iterator[str | Content]:
    """The game as an opponent saw it: what it did, why, how likely that was, and what else it might have done."""
    title = match.scenario.actors[actor].title
    for turn in turns:
        yield row(plain(long_date(turn.date), "b $accent"), "  ", plain(title, QUIET))
        for reason in turn.reasons:
            why = terms_in_words(reason.terms)
            words = reason.words if reason.option is not None else _("held")
            yield row(
                "  ",
                plain(words, "b"),
                plain(f"  {percent(reason.chance)}", QUIET),
                plain(f"  {why}" if why else "", QUIET),
            )
        others = ", ".join(f"{item.words} {percent(item.chance)}" for item in turn.alternatives)
        if others:
            yield row("    ", plain(_("or: {others}").format(others=others), QUIET))
