"""What a side may do: a line for each option with its odds, and what it lacks where it may not be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.particulars import particulars
from engine.play.plans import Later
from engine.play.wording import short_moment, titles
from engine.words import _, ngettext
from tui.glyphs import Glyphs
from tui.lines.cells import QUIET, fit, plain, row, signed
from tui.lines.odds import FUTURES, ending_lines, letters, score_change, score_line

if TYPE_CHECKING:
    from engine.play.ahead.board import PlanOdds
    from engine.play.crisis import Scenario
    from engine.play.facts.impact import Impact
    from engine.play.odds import Explained
    from engine.play.session import Option

CHANGE = 11
"""Cells that the difference of the score takes."""

SHORT = 10.0
"""The length of a scale below which a change is told in hundredths."""

REST = " ..."
"""Behind a line from which something was left out."""

HOLD = "hold"
"""The name of the line that does nothing; actions are named by their ids."""

BARRED = "!"
"""What the name of a line begins with that can't be chosen; no action is called so."""


def option_title(scenario: Scenario, option: Option, width: int | None = None, glyphs: Glyphs | None = None) -> Content:
    """An option by its action and its target; where space is short the action is cut, never the target."""
    title = scenario.choice(option.action).title
    if isinstance(option, Later):
        title = f"{short_moment(option.on)}: {title}"
    if option.target is None:
        return plain(title) if width is None else fit(plain(title), width, glyphs=glyphs)
    aim = plain(": " + scenario.actors[option.target].title, "b")
    if width is None:
        return row(plain(title), aim)
    space = max(6, width - aim.cell_length)
    head = plain(title)
    head = head if head.cell_length <= space else fit(head, space, glyphs=glyphs)
    return fit(row(head, aim), width, glyphs=glyphs)


def choice_sign(is_chosen: bool, glyphs: Glyphs) -> Content:
    """Whether an option is chosen."""
    return Content.styled(glyphs.chosen, "b $accent") if is_chosen else Content.styled(glyphs.free, QUIET)


def option_line(
    scenario: Scenario,
    option: Option,
    is_chosen: bool,
    marks: Mapping[str, str],
    odds: PlanOdds | None,
    width: int,
    glyphs: Glyphs,
) -> Content:
    """A sign, the option, what it changes; twenty futures where they are others, and the title leaves room for them."""
    change = fit(score_change(odds, glyphs), CHANGE)
    title = option_title(scenario, option)
    room = width - 3 - CHANGE
    is_same = odds is not None and odds.is_same
    if is_same or title.cell_length > room - 1 - FUTURES:
        tail = change
    else:
        tail, room = row(letters(scenario, marks, odds), " ", change), room - 1 - FUTURES
    return row(choice_sign(is_chosen, glyphs), " ", option_title(scenario, option, max(8, room), glyphs), " ", tail)


def hold_line(
    scenario: Scenario, is_chosen: bool, marks: Mapping[str, str], odds: PlanOdds | None, width: int, glyphs: Glyphs
) -> Content:
    """Doing nothing."""
    title = fit(plain(_("Hold: do nothing this turn")), max(8, width - 4 - FUTURES - CHANGE), glyphs=glyphs)
    return row(choice_sign(is_chosen, glyphs), " ", title, " ", letters(scenario, marks, odds))


def barred_groups(options: Sequence[Explained]) -> dict[str, list[Explained]]:
    """The options that are not legal, by action and what they lack, in the order of the scenario."""
    groups: dict[str, list[Explained]] = {}
    for explained in options:
        if not explained.legal:
            groups.setdefault(f"{BARRED}{explained.option.action}:{'|'.join(explained.missing)}", []).append(explained)
    return groups


def barred_line(scenario: Scenario, group: Sequence[Explained], width: int, glyphs: Glyphs) -> Content:
    """An action that may not be taken now, and why."""
    first = group[0]
    title = scenario.choice(first.option.action).title
    if first.option.target:
        title += " " + ngettext("({n} target)", "({n} targets)", len(group)).format(n=len(group))
    lacks = _("needs: {conditions}").format(conditions="; ".join(first.missing))
    return fit(
        row(Content.styled(f"{glyphs.barred} ", QUIET), plain(title, QUIET), "  ", plain(lacks, "i $text-muted")),
        width,
        glyphs=glyphs,
    )


def barred_detail(scenario: Scenario, group: Sequence[Explained]) -> Iterator[Content]:
    """What an action means, and each thing that it lacks."""
    first = group[0]
    rule = scenario.choice(first.option.action)
    yield plain(rule.title, "b")
    if rule.summary:
        yield plain(rule.summary)
    yield from (plain(words) for words in particulars(scenario, first))
    yield plain(_("Not now. What does not hold:"), "$text-error")
    yield from (plain(f"- {words}") for words in first.missing)
    targets = [explained.option.target for explained in group if explained.option.target]
    if targets:
        yield plain(_("At: {actors}").format(actors=titles(scenario, targets)), QUIET)


def option_head(scenario: Scenario, explained: Explained | None) -> Iterator[Content]:
    """What an option means; None holds."""
    if explained is None:
        yield row(plain(_("Hold"), "b"), "  ", plain(_("Do nothing, and see what the others do."), QUIET))
    else:
        yield option_title(scenario, explained.option).stylize("b")
        summary = scenario.choice(explained.option.action).summary
        if summary:
            yield plain(summary, QUIET)
        yield from (plain(words) for words in particulars(scenario, explained))


def impact_line(impact: Impact, width: int | None = None) -> Content:
    """What a plan does at once: the points of the own score, and what moves, the most moved first.

    In a line of ``width`` cells each number that is told stands whole; what has no room is left out.
    """
    shifts = sorted(impact.shifts, key=lambda shift: -abs(shift.change) / shift.span)
    moved = [(shift.title, signed(shift.change, 2 if shift.span < SHORT else 1)) for shift in shifts]
    head = plain(_("At once: your score {points}; ").format(points=signed(impact.score, 2)))
    if not moved:
        return row(head, plain(_("nothing that is measured moves")))
    whole = row(head, plain(", ".join(f"{title} {change}" for title, change in moved)))
    return whole if width is None or whole.cell_length <= width else _shortened(head, moved, width)


def _shortened(head: Content, moved: Sequence[tuple[str, str]], width: int) -> Content:
    """As many movements as have room, with a sign for the rest; the first one with its title cut, if need be."""
    room = width - head.cell_length - len(REST)
    told: list[str] = []
    for title, change in moved:
        if len(", ".join([*told, f"{title} {change}"])) > room:
            break
        told.append(f"{title} {change}")
    if not told:
        title, change = moved[0]
        told = [f"{fit(title, max(1, room - len(change) - 1)).plain.rstrip()} {change}"]
    return row(head, plain(", ".join(told)), plain(REST, QUIET))


def outlook_lines(
    scenario: Scenario,
    marks: Mapping[str, str],
    odds: PlanOdds | None,
    width: int,
    glyphs: Glyphs,
    beside: str,
    most: int,
) -> Iterator[Content]:
    """What an option would lead to."""
    if odds is None or not odds.futures:
        yield Content.styled(_("The odds are being worked out ..."), QUIET)
        return
    yield score_line(odds, glyphs, beside)
    yield from ending_lines(scenario, marks, odds, width, glyphs, beside, most)
