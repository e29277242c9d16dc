"""A game told again: one of its turns, with what happened, how the world stood, and the record beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from engine.belief.kept import has_secrets
from engine.play.facts.calendar import column_of
from engine.play.facts.headlines import headlines
from engine.play.facts.reasons import foremost, terms_in_words
from engine.play.wording import long_date, named, nearest_point, share_of_scale, titles
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.cells import GOOD, QUIET, bar, fit, hang, percent, plain, row, scale
from tui.lines.ghost import drift_details, drift_line, turn_ghost
from tui.lines.head import axis
from tui.lines.news import headline_line
from tui.lines.odds import tint
from tui.lines.report import OWN_REASONS, vote_lines
from tui.lines.stances import trend

if TYPE_CHECKING:
    from engine.play.crisis import Crisis, History, Scenario
    from engine.play.record import Move
    from engine.play.retold.frame import Frame
    from engine.play.retold.frames import Retelling

NAME = 22
"""Cells that a name takes."""


@dataclass(frozen=True)
class Shown:
    """A moment of a retelling, as somebody looks at it."""

    told: Retelling
    number: int
    """Of the frame."""
    is_open: bool
    """Whether everybody's reasons and stances lie open, and not only the news."""
    marks: Mapping[str, str]
    """The letter of each ending."""

    @property
    def crisis(self) -> Crisis:
        """What is played."""
        return self.told.crisis

    @property
    def scenario(self) -> Scenario:
        """The same without its rules."""
        return self.told.scenario

    @property
    def history(self) -> History | None:
        """What really happened, as far as it may be told."""
        return self.told.history

    @property
    def frame(self) -> Frame:
        """How the game stood."""
        return self.told.frames[self.number]

    @property
    def before(self) -> Frame:
        """How it stood a turn earlier; the same at the start."""
        return self.told.frames[max(0, self.number - 1)]

    @property
    def people(self) -> tuple[str, ...]:
        """In whose seats people sat in the turn that led here."""
        return self.frame.sheet.people if self.frame.sheet else ()

    @property
    def viewer(self) -> str | None:
        """The first of them."""
        return self.people[0] if self.people else None


def head_line(shown: Shown, is_running: bool, width: int, glyphs: Glyphs) -> Content:
    """That this is a replay, of what, and where it is; the title gives way where there is no room."""
    last = len(shown.told.frames) - 1
    where = (
        _("after turn {n} of {last}").format(n=shown.number, last=last)
        if shown.number
        else _("start of {last} turns").format(last=last)
    )
    parts = [
        plain(where, "b"),
        plain(long_date(shown.frame.day)),
        plain(_("all open") if shown.is_open else _("fog: only news"), "$accent"),
        *([plain(_("plays"), "b $accent")] if is_running else []),
    ]
    rest = Content("  ").join(parts)
    start = plain(" " + _("REPLAY") + " ", "b $primary")
    room = width - start.cell_length - rest.cell_length - 3
    title = fit(plain(shown.told.source.title), room, glyphs=glyphs) if room >= 8 else Content("")
    return fit(row(start, title, "  " if title else "", rest), width, glyphs=glyphs)


def scrubber(shown: Shown, width: int, glyphs: Glyphs) -> tuple[Content, ...]:
    """The calendar with today, and above it a sign for each key moment."""
    scenario, columns = shown.scenario, max(10, width - 2)
    cells = [" "] * columns
    for number in shown.told.moments:
        cells[column_of(shown.told.frames[number].day, scenario.start, scenario.end, columns)] = glyphs.wanted
    here = column_of(shown.frame.day, scenario.start, scenario.end, columns)
    line = row(
        " ", *(Content.styled(sign, "b $accent" if place == here else "$accent") for place, sign in enumerate(cells))
    )
    viewer = None if shown.is_open else next(iter(shown.told.source.people), None)
    return (line, *axis(scenario, shown.number, viewer, width, glyphs))


def happened_lines(shown: Shown, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """The turn that led here: what made it a key moment, how the story closed; the deeds, if open, then the news."""
    turn, frame = shown.frame.passed, shown.frame
    moment = shown.told.moments.get(shown.number)
    if moment is not None:
        head = plain(f"{glyphs.wanted} " + _("Key moment: "), "b $accent")
        yield hang(head, plain("; ".join(moment.reasons[:4])), width)
    if frame.ending is not None:
        yield from _ending(shown)
    if turn is None:
        yield plain(shown.told.source.title, "b")
        yield plain(_("The game begins"), "b $accent")
        yield verdict_line(shown)
    else:
        if shown.is_open:
            yield from _moves(shown, width, glyphs)
            yield ""
        yield plain(_("The turn from {day}").format(day=long_date(turn.date)), "b $accent")
        for headline in headlines(shown.scenario, turn, shown.viewer):
            yield headline_line(headline, turn.date, width)
        if not turn.dispatches:
            yield plain(_("Nothing is reported."), QUIET)
        for vote in turn.votes:
            yield from vote_lines(shown, vote)
        if not shown.is_open and shown.people:
            yield ""
            yield from _moves(shown, width, glyphs)
    if frame.ending is None and frame.stands.dispatches:
        yield ""
        yield plain(_("As the turn from {day} opens").format(day=long_date(frame.day)), "b $accent")
        for headline in headlines(shown.scenario, frame.stands, shown.viewer):
            yield headline_line(headline, frame.day, width)


def _ending(shown: Shown) -> Iterator[str | Content]:
    """How the story closed."""
    ending = next(ending for ending in shown.scenario.endings if ending.id == shown.frame.ending)
    yield row(plain(_("The story has closed: "), "b $accent"), plain(ending.title, "b"))
    if ending.text:
        yield plain(ending.text)
    yield verdict_line(shown)
    yield ""


def verdict_line(shown: Shown) -> Content:
    """Whether this is the game that was kept."""
    verdict = shown.told.verdict
    return plain(verdict.words, GOOD if verdict.is_same else "$text-warning")


def _moves(shown: Shown, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """Everybody's moves with their reasons, players and playable sides first; in fog, only those of the players."""
    turn = shown.frame.passed
    assert turn is not None, "moves are those of a turn"
    moves = [move for move in turn.moves if shown.is_open or move.option.actor in shown.people]
    moves.sort(key=lambda m: (m.option.actor not in shown.people, not shown.scenario.actors[m.option.actor].playable))
    movers = {move.option.actor for move in moves}
    is_sealed = len(shown.people) > 1 and not shown.told.is_over and has_secrets(shown.scenario)
    yield plain(_("Who did what, and why") if shown.is_open else _("What the players did"), "b $accent")
    for actor in shown.people:
        if actor not in movers:
            held = _("nothing that all of you know of") if is_sealed else _("held")
            yield row(plain(f"{glyphs.chosen} {shown.scenario.actors[actor].title}: ", "b"), plain(held, QUIET))
    for move in moves:
        yield from _move(shown, move, width, glyphs)
    if shown.is_open and not turn.moves:
        yield plain(_("Nobody moved."), QUIET)


def _move(shown: Shown, move: Move, width: int, glyphs: Glyphs) -> Iterator[Content]:
    scenario, actor = shown.scenario, move.option.actor
    is_person = actor in shown.people
    sign = glyphs.chosen if is_person else glyphs.bullet
    yield row(plain(f"{sign} {scenario.actors[actor].title}: ", "b"), plain(named(scenario, move.option)))
    if shown.is_open:
        reasons = terms_in_words(foremost(scenario, move.terms)) or _("nothing spoke for or against it")
        likely = _("{chance} likely by the rule")
        why = f"{reasons}; {likely.format(chance=percent(move.chance))}" if move.is_explained else OWN_REASONS
        yield hang(plain("    "), plain(why, QUIET), width)


def world_lines(shown: Shown, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """How the world stood, the odds as they were shown, and the record beside it; all stances and flags, if open."""
    yield plain(_("Where the world stands"), "b $accent")
    for number, issue in enumerate(shown.scenario.issues, 1):
        yield _issue(shown, number, issue, width, glyphs)
    yield from _odds(shown, width, glyphs)
    if shown.is_open:
        yield from _stances(shown, width, glyphs)
        yield from _flags(shown)
    drift = shown.frame.drift
    if drift is not None:
        yield ""
        yield plain(_("Beside history"), "b $accent")
        yield drift_line(drift, glyphs)
        yield from drift_details(drift, shown.frame.ending is not None)
        if shown.frame.passed is not None:
            yield ""
            yield plain(_("Meanwhile, in reality"), "b $accent")
            yield from turn_ghost(shown, shown.frame.passed.turn, glyphs)


def _issue(shown: Shown, number: int, issue: str, width: int, glyphs: Glyphs) -> Content:
    """Where the world stands on an issue, on its scale, and how it has moved."""
    scenario, value = shown.scenario, shown.frame.stands.values[issue]
    change = value - shown.before.stands.values[issue]
    longest = max(len(rule.title) for rule in scenario.issues.values()) + 3
    space = max(12, min(longest, width - 22))
    name = fit(plain(f"{number} {scenario.issues[issue].title}"), space, glyphs=glyphs)
    here = (share_of_scale(scenario, issue, value), glyphs.here, "b $accent")
    track = scale([here], max(8, min(30, width - space - 13)), glyphs)
    line = row(name, " ", track, f" {value:3.0f} ", fit(trend(change, glyphs), 7))
    room = width - line.cell_length - 1
    return row(line, plain(nearest_point(scenario, issue, value), QUIET)) if room >= 44 else line


def _odds(shown: Shown, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """What the players were shown for the plan that they sent, and what they called."""
    sheet = shown.frame.sheet
    if sheet is None or not (sheet.expected or sheet.calls):
        return
    names = {ending.id: ending.title for ending in shown.scenario.endings}
    for actor, odds in sheet.expected.items():
        yield ""
        head = _("Odds that {side} was shown ({n} futures)").format(
            side=shown.scenario.actors[actor].title, n=f"{odds.futures:,}"
        )
        yield plain(head, "b $accent")
        for ending, share in sorted(odds.shares.items(), key=lambda item: -item[1]):
            if share >= 0.005 or ending == shown.frame.ending:
                came = _("came true") if ending == shown.frame.ending else ""
                yield row(
                    Content.styled(f"{shown.marks[ending]} ", f"b {tint(shown.scenario, ending)}"),
                    fit(plain(names[ending]), max(12, min(40, width - 32)), glyphs=glyphs),
                    f" {percent(share):>4} ",
                    bar(share, 14, glyphs, tint(shown.scenario, ending)),
                    plain(f" {came}", "b"),
                )
    for actor, calls in sheet.calls.items():
        for ending, sure in calls.items():
            yield plain(
                _("{side} called: {ending}, {sure} sure").format(
                    side=shown.scenario.actors[actor].title, ending=names[ending], sure=percent(sure)
                )
            )


def _stances(shown: Shown, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """Where everybody stands on every issue, a column each, with a sign where it has moved in the turn."""
    scenario = shown.scenario
    yield ""
    yield plain(_("Where everybody stands, by the numbers of the issues"), "b $accent")
    issues = list(scenario.issues)
    per = max(1, (width - NAME) // 5)
    actors = sorted(
        (actor for actor, record in scenario.actors.items() if record.stances),
        key=lambda actor: not scenario.actors[actor].playable,
    )
    for first in range(0, len(issues), per):
        some = issues[first : first + per]
        yield plain(" " * NAME + "".join(f"{first + n:>4} " for n in range(1, len(some) + 1)), QUIET)
        for actor in actors:
            if any(actor in shown.frame.positions[issue] for issue in some):
                name = fit(plain(scenario.actors[actor].title), NAME, glyphs=glyphs)
                yield row(name, *(_position(shown, actor, issue, glyphs) for issue in some))


def _position(shown: Shown, actor: str, issue: str, glyphs: Glyphs) -> Content:
    now = shown.frame.positions[issue].get(actor)
    if now is None:
        return Content.styled(f"{glyphs.track:>4} ", QUIET)
    change = now - shown.before.positions[issue][actor]
    sign = " " if abs(change) < 0.5 else glyphs.up if change > 0 else glyphs.down
    return Content.styled(f"{now:4.0f}{sign}", "b" if sign != " " else "")


def _flags(shown: Shown) -> Iterator[str | Content]:
    """What is the case by now."""
    scenario, stands = shown.scenario, shown.frame.stands
    yield ""
    yield plain(_("What is the case"), "b $accent")
    true = [scenario.flags[flag] for flag, is_true in stands.flags.items() if is_true]
    held = {flag: actors for flag, actors in stands.actor_flags.items() if actors}
    for words in true:
        yield plain(words)
    for flag, actors in held.items():
        yield row(plain(f"{scenario.actor_flags[flag]}: "), plain(titles(scenario, actors), QUIET))
    if not true and not held:
        yield plain(_("Nothing yet that the scenario keeps track of."), QUIET)
