"""A question that is put to a side: what is asked, the time left, and what may be said with its odds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.asked import Standing, time_in_words
from engine.play.facts.parley import ACCEPT, COUNTER, letter_in
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.actions import CHANGE, choice_sign, impact_line, option_title, outlook_lines
from tui.lines.cells import QUIET, fit, hang, plain, row, stack
from tui.lines.letters import letter_lines
from tui.lines.odds import FUTURES, letters, score_change

if TYPE_CHECKING:
    from engine.play.odds import Explained
    from engine.play.session import Option
    from tui.match import Match


WIDTH = 66
"""Cells for which the lines of a letter are broken, in a question over a desk of 80 columns."""


def head_lines(match: Match, standing: Standing) -> Iterator[Content]:
    """Who is asked what, what is at stake, and how long it may be thought over."""
    scenario = match.scenario
    who = _("{day}. {side} is asked:").format(day=match.moment_in_words, side=scenario.actors[standing.actor].title)
    yield plain(who, "$accent")
    letter = letter_in(match.session.seen(standing.actor), standing)
    if letter is not None:
        yield from letter_lines(scenario, letter, WIDTH)
    else:
        yield plain(standing.title, "b")
    if standing.summary:
        yield plain(standing.summary)
    otherwise = option_title(scenario, standing.silence).plain
    yield plain(time_in_words(standing, otherwise), "$text-warning" if standing.is_last else QUIET)


def answer_rows(match: Match, standing: Standing, width: int, glyphs: Glyphs) -> Iterator[Content]:
    """What may be said, a line each; saying nothing last."""
    chosen = match.answer_to(standing)
    for number, explained in enumerate(standing.answers, 1):
        yield answer_line(match, number, explained, explained.option == chosen, width, glyphs)
    yield open_line(match, chosen is None, standing, width, glyphs)


def keys_line(standing: Standing) -> Content:
    """How an answer is given."""
    said = [explained.option.said for explained in standing.answers]
    if ACCEPT not in said:
        return plain(_("A number looks at an answer; the number again, or Enter, gives it."), QUIET)
    if any(word.startswith(COUNTER) for word in said):
        return plain(_("a accepts, r refuses, c counters, l lets it lie; Enter gives the answer in view."), QUIET)
    return plain(_("a accepts, r refuses, l lets it lie; Enter gives the answer in view."), QUIET)


def answer_prompt(standing: Standing) -> str:
    """How an answer is given line by line."""
    if any(explained.option.said == ACCEPT for explained in standing.answers):
        return _("A number (or a to accept, r to refuse), or t to think it over:")
    return _("A number, or t to think it over:")


def numbered_answer(standing: Standing, words: str) -> int:
    """The number of the answer that a letter stands for; 0 where it stands for none."""
    said = {"a": ACCEPT, "r": "refuse"}.get(words.lower())
    numbers = [n for n, explained in enumerate(standing.answers, 1) if explained.option.said == said]
    return numbers[0] if numbers else 0


def answer_line(
    match: Match, number: int, explained: Explained, is_chosen: bool, width: int, glyphs: Glyphs
) -> Content:
    """The key of an answer, the answer, twenty futures, what it changes; or what it lacks."""
    key = Content.styled(f"{number} ", "b $primary")
    if not explained.legal:
        lacks = plain(_("needs: {conditions}").format(conditions="; ".join(explained.missing)), QUIET)
        title = fit(option_title(match.scenario, explained.option).stylize(QUIET), width - 4, glyphs=glyphs)
        return stack([row(key, Content.styled(glyphs.barred, QUIET), " ", title), hang(Content("    "), lacks, width)])
    odds = match.odds_of_answer(explained.option)
    tail = row(" ", letters(match.scenario, match.marks, odds), " ", fit(score_change(odds, glyphs), CHANGE))
    title = option_title(match.scenario, explained.option, max(8, width - 6 - FUTURES - CHANGE), glyphs)
    return row(key, choice_sign(is_chosen, glyphs), " ", title, tail)


def open_line(match: Match, is_chosen: bool, standing: Standing, width: int, glyphs: Glyphs) -> Content:
    """Saying nothing yet, or nothing at all."""
    words = _("Say nothing") if standing.is_last else _("Think it over")
    title = fit(plain(words), max(8, width - 6 - FUTURES - CHANGE), glyphs=glyphs)
    odds = match.odds_of_answer(None)
    return row("  ", choice_sign(is_chosen, glyphs), " ", title, " ", letters(match.scenario, match.marks, odds))


def detail_lines(
    match: Match, standing: Standing, option: Option | None, width: int, glyphs: Glyphs
) -> Iterator[Content]:
    """What an answer means, and what may follow; None says nothing."""
    if option is None:
        words = _("It takes place: {answer}.") if standing.is_last else _("The question stays open.")
        yield plain(words.format(answer=option_title(match.scenario, standing.silence).plain), QUIET)
    else:
        summary = match.scenario.choice(option.action).summary
        if summary:
            yield plain(summary, QUIET)
        yield impact_line(match.impact_of_answer(standing, option), width)
    odds = match.odds_of_answer(option)
    yield from outlook_lines(match.scenario, match.marks, odds, width, glyphs, _("saying nothing"), 4)
