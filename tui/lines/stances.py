"""Where the world stands on an issue, and where everybody wants it to stand, on one scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.candour import shown_stance
from engine.play.session import Session
from engine.play.wording import nearest_point, share_of_scale
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.cells import QUIET, fit, plain, row, scale, signed
from tui.widgets.rows import Row

if TYPE_CHECKING:
    from engine.play.crisis import Scenario

NAME = 20
"""Cells that an actor's name takes."""

MOVED = 0.5
"""Scale points from which a change is shown as one."""


def standing(session: Session, issue: str) -> float:
    """Where the world stands on an issue at the open turn."""
    return session.game.issue(issue)


def before(session: Session, issue: str) -> float:
    """Where the world stood on an issue a turn ago."""
    turns = session.game.turns
    return turns[-2].values[issue] if len(turns) > 1 else session.game.began[issue]


def trend(change: float, glyphs: Glyphs) -> Content:
    """Up, down or level, with the number."""
    if abs(change) < MOVED:
        return Content.styled(glyphs.level, QUIET)
    return plain(f"{glyphs.up if change > 0 else glyphs.down}{signed(change)}")


def issue_lines(session: Session, issue: str, viewer: str | None, width: int, glyphs: Glyphs) -> Iterator[Content]:
    """An issue: its name, what its ends mean, where the world stands."""
    scenario = session.scenario
    rule, now = scenario.issues[issue], standing(session, issue)
    number = list(scenario.issues).index(issue) + 1
    yield row(plain(rule.title, "b"), plain(f"  {number}/{len(scenario.issues)}", QUIET))
    yield row(
        Content.styled(f"{glyphs.here} ", "b $accent"),
        plain(_("the world: {number}, {words}").format(number=f"{now:.0f}", words=nearest_point(scenario, issue, now))),
        " ",
        trend(now - before(session, issue), glyphs),
    )
    points = sorted(rule.scale.items())
    half = (width - 2) // 2
    low = fit(plain(f"{points[0][0]:g} {points[0][1]}"), half, glyphs=glyphs)
    high = fit(plain(f"{points[-1][0]:g} {points[-1][1]}"), width - 2 - half, "right", glyphs)
    yield row(low, "  ", high).stylize(QUIET)


def actor_rows(session: Session, issue: str, viewer: str | None, width: int, glyphs: Glyphs) -> list[Row]:
    """Everybody with a stance on an issue, those who care most first, the own side on top."""
    scenario = session.scenario
    holders = [actor for actor, record in scenario.actors.items() if issue in record.stances]
    holders.sort(
        key=lambda actor: (actor != viewer, not scenario.actors[actor].playable, -_care(scenario, actor, issue))
    )
    return [Row(actor, actor_line(session, actor, issue, viewer, width, glyphs)) for actor in holders]


def _care(scenario: Scenario, actor: str, issue: str) -> float:
    record = scenario.actors[actor]
    return record.stances[issue].salience * (0.2 + record.capability)


def actor_line(session: Session, actor: str, issue: str, viewer: str | None, width: int, glyphs: Glyphs) -> Content:
    """An actor: its place on the scale, the number, and how much it cares; what is hidden is said to be."""
    scenario = session.scenario
    shown = shown_stance(session, actor, issue, viewer)
    is_own = actor == viewer
    space = max(12, min(NAME, width // 3))
    name = fit(plain(scenario.actors[actor].title, "b $primary" if is_own else ""), space, glyphs=glyphs)
    room = max(10, width - space - 12)
    world = (share_of_scale(scenario, issue, standing(session, issue)), glyphs.here, "b $accent")
    if shown is None or shown.position is None:
        words = _("hidden") if shown is None or shown.is_hidden else _("only words: Enter")
        return row(name, " ", scale([world], room, glyphs), " ", plain(words, QUIET))
    place = (share_of_scale(scenario, issue, shown.position), glyphs.wanted, "b $primary" if is_own else "b")
    care = "" if shown.salience is None else f"{100 * shown.salience:3.0f}%"
    return row(name, " ", scale([world, place], room, glyphs), f" {shown.position:3.0f} ", plain(care, QUIET))
