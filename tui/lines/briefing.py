"""Before the first turn: the crisis, a side of it, the difficulty, and who sits where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.briefing import brief, brief_side, briefing_lines
from engine.play.wording import long_date
from engine.words import _
from tui.lines.cells import plain, row

if TYPE_CHECKING:
    from engine.play.crisis import Crisis
    from engine.play.levels import Level


def crisis_lines(crisis: Crisis) -> Iterable[str | Content]:
    """What is at stake, for whom, and by when."""
    facts = brief(crisis.scenario)
    yield plain(facts.title, "b")
    yield plain(
        _("{start} to {end}: {turns} turns of {step}").format(
            start=long_date(facts.start), end=long_date(facts.end), turns=facts.turns, step=facts.step
        ),
        "$text-muted",
    )
    if facts.pace is not None:
        words = _("Time passes in steps of {pace}. A side may make {n} moves a turn, at once or on later days of it.")
        yield plain(words.format(pace=facts.pace, n=facts.moves), "$text-muted")
    for part in (facts.summary, *facts.paragraphs):
        if part:
            yield ""
            yield plain(part)
    yield ""
    for deadline in facts.deadlines:
        yield row(plain(long_date(deadline.on), "$accent"), "  ", plain(deadline.title))
    yield ""
    yield row(plain(_("Sides: "), "$text-muted"), plain(", ".join(side.title for side in facts.sides)))


def side_lines(crisis: Crisis, actor: str) -> Iterable[str | Content]:
    """A side: who it is, what it wants, fears and may do; with blank lines between."""
    facts = brief_side(crisis.scenario, actor, crisis.sources)
    yield plain(facts.title, "b $primary")
    for line in briefing_lines(facts):
        yield ""
        head, colon, rest = line.partition(":")
        is_headed = colon and len(head) < 40
        yield row(plain(head + colon, "$accent"), " ", plain(rest)) if is_headed else plain(line)
    if facts.sources:
        yield ""
        yield plain(_("Sources"), "$accent")
        yield from (plain(source, "$text-muted") for source in facts.sources)


def watch_lines() -> Iterable[str | Content]:
    """What it means to take no side."""
    yield plain(_("No seat"), "b $primary")
    yield ""
    yield plain(_("The rules decide for everyone, and you watch, turn by turn. You may take a seat at any time."))


def level_line(level: Level) -> Content:
    """The difficulty in a line."""
    return row(plain(_("Difficulty"), "$text-muted"), " ", plain(level.title, "b"), ". ", plain(level.text))


def people_line(crisis: Crisis, people: Sequence[str]) -> Content:
    """Who sits at the terminal besides."""
    names = ", ".join(crisis.scenario.actors[actor].title for actor in people)
    here = _("At this terminal {names}").format(names=names) if names else _("Space lets another person sit down here")
    return row(plain(_("Enter begins."), "b $accent"), " ", plain(here, "$text-muted"))
