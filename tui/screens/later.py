"""An order for a later day of the turn: which moments there are, and choosing one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.play.plans import later_paces, put_off
from engine.play.wording import long_moment
from engine.words import _
from tui.screens.asking import AskChoice

if TYPE_CHECKING:
    import datetime as dt

    from engine.play.session import Option
    from tui.match import Match


def later_moments(match: Match) -> list[dt.datetime]:
    """The moments of the open turn, after its first, at which the rules go on."""
    timeline = match.scenario.timeline
    return [timeline.moment_of(pace) for pace in later_paces(timeline, match.session.turn)]


def ask_moment(match: Match, option: Option) -> AskChoice:
    """Asks for which moment an option is to be ordered; the answer is its number in the row."""
    title = match.scenario.choice(option.action).title
    words = [long_moment(moment) for moment in later_moments(match)]
    return AskChoice(
        _('When? "{title}"').format(title=title),
        [(str(number), text) for number, text in enumerate(words)],
        _("If it can't be done then, the order lapses, and the report says so."),
    )


def putting_off(match: Match, option: Option, order: Callable[[Option], None]) -> Callable[[str | None], None]:
    """What is done with the answer: nothing where it was left without one."""

    def chosen(answer: str | None) -> None:
        if answer is not None:
            order(put_off(option, later_moments(match)[int(answer)]))

    return chosen
