"""The odds of a choice: twenty futures in letters, bars on a fixed axis, and the difference beside holding."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.forecast import Afterwards
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.cells import BAD, GOOD, QUIET, bar, fit, percent, plain, row, signed

if TYPE_CHECKING:
    from engine.play.ahead.board import Estimate, PlanOdds
    from engine.play.crisis import Scenario

FUTURES = 20
"""Letters that a choice is shown as."""

BAR, SHORT_BAR = 22, 12
"""Cells of a bar from 0 to 100, on a wide and on a narrow panel."""

WIDE = 96
"""Cells from which a panel is wide."""

TINTS = ("$primary", "$accent", "$secondary", "$text-error", "$text-muted", "$text-success", "$text-warning")
"""Colours that endings take in turns; the letter says which it is."""


def afterwards_in_words(afterwards: Afterwards) -> str:
    """Who plays one's own side in the futures, once the open turn is over; the rule plays everybody else's."""
    return {
        Afterwards.RULE: _("After this turn the rules play everybody's side, yours included."),
        Afterwards.HOLD: _("After this turn your side does nothing more, and the rules play everybody else's."),
        Afterwards.GREEDY: _(
            "After this turn your side does each turn what promises most then, and the rules play everybody else's."
        ),
    }[afterwards]


def tint(scenario: Scenario, ending: str) -> str:
    """The colour of an ending."""
    return TINTS[[e.id for e in scenario.endings].index(ending) % len(TINTS)]


def letters(scenario: Scenario, marks: Mapping[str, str], odds: PlanOdds | None) -> Content:
    """Twenty futures, a letter each; dots while nothing is known."""
    if odds is None or not odds.futures:
        return Content.styled("." * FUTURES, QUIET)
    return row(*(Content.styled(marks[ending], tint(scenario, ending)) for ending in odds.twenty()))


def score_change(odds: PlanOdds | None, glyphs: Glyphs) -> Content:
    """What a choice changes of the own score, or that it is the same as holding inside the noise."""
    if odds is None or not odds.futures or math.isnan(odds.score.mean):
        return Content("")
    change = odds.score_change
    if odds.is_same:
        return Content.styled(_("same"), QUIET)
    if change.is_same:
        return Content.styled(_("other end"), QUIET)
    return row(
        Content.styled(signed(change.mean), GOOD if change.mean > 0 else BAD),
        Content.styled(glyphs.plus_minus + f"{change.reach:.1f}", QUIET),
    )


def change_in_words(change: Estimate, glyphs: Glyphs, beside: str, digits: int = 0, factor: float = 100) -> Content:
    """A difference with its noise, or that there is none; ``beside`` names beside what, where that is told."""
    if math.isnan(change.mean) or change.is_same:
        return Content.styled(_("same as {beside}").format(beside=beside) if beside else _("same"), QUIET)
    words = f"{signed(factor * change.mean, digits)} {glyphs.plus_minus}{factor * change.reach:.{digits}f}"
    against = row(" ", Content.styled(_("beside {beside}").format(beside=beside), QUIET)) if beside else ""
    return row(Content.styled(words, "b"), against)


def notable(odds: PlanOdds, most: int) -> list[str]:
    """The endings worth a line: the likeliest, here or in the baseline, in the order of the scenario."""
    seen = {name: share.share + abs(odds.changes[name].mean) for name, share in odds.shares.items()}
    picked = sorted((name for name in seen if seen[name] > 0), key=lambda name: -seen[name])[:most]
    return [name for name in odds.endings if name in picked]


def ending_lines(
    scenario: Scenario,
    marks: Mapping[str, str],
    odds: PlanOdds,
    width: int,
    glyphs: Glyphs,
    beside: str,
    most: int = 99,
) -> Iterator[Content]:
    """Each ending: its letter and title, its share, a bar from 0 to 100, and the difference, where there is one."""
    titles = {ending.id: ending.title for ending in scenario.endings}
    length = BAR if width >= WIDE else SHORT_BAR
    tails: dict[str, Content] = {}
    for name in notable(odds, most):
        share = odds.shares[name]
        tails[name] = row(
            f" {percent(share.share):>4}",
            Content.styled(f" {glyphs.plus_minus}{50 * (share.high - share.low):<2.0f} ", QUIET),
            bar(share.share, length, glyphs, tint(scenario, name)),
            " ",
            change_in_words(odds.changes[name], glyphs, "") if beside else "",
        )
    longest = max((tail.cell_length for tail in tails.values()), default=0)
    space = max(10, min(44, width - 2 - longest))
    for name, tail in tails.items():
        head = Content.styled(f"{marks[name]} ", f"b {tint(scenario, name)}")
        yield row(head, fit(plain(titles[name]), space, glyphs=glyphs), tail)


def score_line(odds: PlanOdds, glyphs: Glyphs, beside: str) -> Content:
    """The own score at the end, with its noise, and the difference from what it is held ``beside``, if anything."""
    if not odds.futures or math.isnan(odds.score.mean):
        return Content.styled(_("The odds are being worked out ..."), QUIET)
    return row(
        _("Your score "),
        Content.styled(f"{odds.score.mean:.1f}", "b"),
        Content.styled(f" {glyphs.plus_minus}{odds.score.reach:.1f}", QUIET),
        "  ",
        change_in_words(odds.score_change, glyphs, beside, 1, 1) if beside else "",
        Content.styled("  " + _("{n} futures").format(n=f"{odds.futures:,}"), QUIET),
    )


def legend(scenario: Scenario, marks: Mapping[str, str], odds: PlanOdds | None) -> Content:
    """What the letters mean that are to be seen."""
    seen = set(odds.twenty()) if odds is not None and odds.futures else set(marks)
    parts = [
        row(Content.styled(marks[e.id], f"b {tint(scenario, e.id)}"), " ", plain(e.title, QUIET))
        for e in scenario.endings
        if e.id in seen
    ]
    return Content("  ").join(parts)
