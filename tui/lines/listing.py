"""The options of a side as a list of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.actions import option_title
from tui.lines.cells import fit, plain, row
from tui.lines.odds import letters, score_change

if TYPE_CHECKING:
    from engine.play.session import Option
    from tui.match import Match

TITLE, CHANGE = 44, 9
"""Cells of a title and of a change of the score, which longer ones exceed."""

FEW = 3
"""Up to so many targets of an action have a line each; more stand in one paragraph."""


def listing_lines(match: Match, options: Sequence[Option | None], glyphs: Glyphs) -> Iterator[Content]:
    """Each option by its number, with what it changes and twenty futures; many targets of one action together."""
    numbered = list(enumerate(options))
    for action, group in groupby(numbered, key=lambda pair: pair[1].action if pair[1] else ""):
        members = list(group)
        if len(members) <= FEW:
            yield from (_line(match, number, option, glyphs) for number, option in members)
        else:
            yield _paragraph(match, action, members, glyphs)


def _line(match: Match, number: int, option: Option | None, glyphs: Glyphs) -> Content:
    """One option."""
    title = option_title(match.scenario, option) if option else plain(_("Hold: do nothing this turn"))
    odds = match.odds_of(option)
    tail = row(_widened(score_change(odds, glyphs), CHANGE), " ", letters(match.scenario, match.marks, odds))
    return row(f"{number:2} ", _widened(row(title, _chosen(match, option)), TITLE), " ", tail)


def _paragraph(match: Match, action: str, members: Sequence[tuple[int, Option | None]], glyphs: Glyphs) -> Content:
    """One action at many targets: each by its number, with what it changes of the score."""
    parts = []
    for number, option in members:
        assert option is not None, "holding has no targets"
        assert option.target is not None, "only options with targets are several"
        odds = match.odds_of(option)
        name = plain(f"{number} {match.scenario.actors[option.target].title}")
        is_told = odds is not None and not odds.is_same
        parts.append(row(name, _chosen(match, option), *((" ", score_change(odds, glyphs)) if is_told else ())))
    title = plain(_("{action} (the same as holding unless told):").format(action=match.scenario.choice(action).title))
    return row("   ", title, "\n   ", Content(", ").join(parts))


def _widened(content: Content, width: int) -> Content:
    return content if content.cell_length >= width else fit(content, width)


def _chosen(match: Match, option: Option | None) -> Content:
    """A word behind what is chosen."""
    is_chosen = option in match.plan if option else not match.plan
    return plain(" (" + _("chosen") + ")") if is_chosen else Content("")
