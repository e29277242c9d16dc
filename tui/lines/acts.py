"""What a side may do as a list that keeps still: holding, words, acts by kind, and what is not possible now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.budget import WORDS_A_TURN, words_in
from engine.play.facts.parley import Amendment, Offer, Signature, Warn
from engine.play.plans import Later
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.actions import (
    HOLD,
    barred_groups,
    barred_line,
    hold_line,
    option_line,
)
from tui.lines.cells import QUIET, fit, plain, row
from tui.lines.odds import score_change
from tui.widgets.rows import Row

if TYPE_CHECKING:
    from engine.play.facts.parley import Sayable
    from engine.play.odds import Explained
    from engine.play.session import Option
    from tui.match import Match

SPEAK = "speak"
"""The name of the line behind which all words stand; no action is called so, since it holds nothing of a scenario."""

KIND = "+"
"""What the name of a line begins with behind which many targets of one act stand."""

SHUT = "-"
"""The name of the line behind which stands what is not possible now."""

FEW = 3
"""Up to so many targets of an act have a line each; more stand behind one."""


def act_rows(
    match: Match, order: Sequence[Option] | None, opened: Collection[str], width: int, glyphs: Glyphs
) -> list[Row]:
    """All lines; ``order`` is another one than the scenario's, ``opened`` the names of lines that are open."""
    own = match.viewer
    assert own is not None, "only a side may do anything"
    view, chosen = match.session.view(own), match.session.orders(own)
    is_held = not chosen.acts and not chosen.by_rule
    rows = [Row(HOLD, hold_line(match.scenario, is_held, match.marks, match.odds_of(None), width, glyphs))]
    if match.words:
        rows.append(Row(SPEAK, speak_line(match, width, glyphs)))
        rows += [_line(match, word, width, glyphs) for word in words_in(match.session.rules, chosen.acts)]
    rows += [_line(match, option, width, glyphs) for option in chosen.acts if isinstance(option, Later)]
    acts = match.acts if order is None else [option for option in order if option in match.acts]
    kinds: dict[str, list[Option]] = {}
    for option in acts:
        kinds.setdefault(option.action, []).append(option)
    for option in acts:
        group = kinds[option.action]
        if len(group) <= FEW:
            rows.append(_line(match, option, width, glyphs))
        elif option is group[0]:
            rows += _kind(match, option.action, group, opened, width, glyphs)
    return [*rows, *_shut(match, barred_acts(match, view.options), opened, width, glyphs)]


def barred_acts(match: Match, options: Sequence[Explained]) -> dict[str, list[Explained]]:
    """The acts that are not possible now, words left out: those stand where words are written."""
    speech = match.session.rules.speech
    return barred_groups([explained for explained in options if explained.option.action not in speech])


def speak_line(match: Match, width: int, glyphs: Glyphs) -> Content:
    """What kinds of words there are, and how many may be said today."""
    said = words_in(match.session.rules, match.plan)
    ready = sum(word.explained.legal for word in match.words)
    may = _("{n} may be said today").format(n=ready) if ready else _("nothing today")
    if said:
        may = _("{n} of {most} chosen").format(n=len(said), most=WORDS_A_TURN)
    title = _("Speak: {kinds}").format(kinds=", ".join(kinds_of(match.words)))
    line = row(Content.styled(glyphs.folded, "b $accent"), " ", plain(title, "b"), "  ", plain(f"({may})", QUIET))
    return fit(line, width, glyphs=glyphs)


def kinds_of(words: Sequence[Sayable]) -> Iterator[str]:
    """The kinds of words that a side has."""
    for kind, verb in ((Offer, _("offer")), (Warn, _("warn")), (Amendment, _("amend")), (Signature, _("sign"))):
        if any(isinstance(word.speech, kind) for word in words):
            yield verb


def _line(match: Match, option: Option, width: int, glyphs: Glyphs) -> Row:
    odds = match.odds_of(option)
    return Row(str(option), option_line(match.scenario, option, option in match.plan, match.marks, odds, width, glyphs))


def _kind(
    match: Match, action: str, group: list[Option], opened: Collection[str], width: int, glyphs: Glyphs
) -> Iterator[Row]:
    """The many options of one act behind one line; those that are chosen stand below it at any rate."""
    name = KIND + action
    is_open = name in opened
    yield Row(name, _kind_line(match, action, group, is_open, width, glyphs))
    yield from (_line(match, option, width, glyphs) for option in group if is_open or option in match.plan)


def _kind_line(
    match: Match, action: str, group: Sequence[Option], is_open: bool, width: int, glyphs: Glyphs
) -> Content:
    """An act, at how many it may be directed, and at whom it is worth most."""
    sign = glyphs.unfolded if is_open else glyphs.folded
    title = plain(match.scenario.choice(action).title)
    many = plain(" " + _("({n})").format(n=len(group)), QUIET)
    tail = Content("")
    known = {option: odds for option in group if (odds := match.odds_of(option)) is not None and odds.futures}
    if known:
        differ = {option: odds for option, odds in known.items() if not odds.is_same}
        if differ:
            best = max(differ, key=lambda option: differ[option].score_change.mean)
            name = match.scenario.actors[best.target or ""].title
            tail = row(plain(_("best: {name} ").format(name=name), QUIET), score_change(differ[best], glyphs))
        else:
            tail = plain(_("all the same"), QUIET)
    space = max(8, width - 2 - many.cell_length - tail.cell_length - 2)
    head = title if title.cell_length <= space else fit(title, space, glyphs=glyphs)
    return fit(row(Content.styled(sign, QUIET), " ", head, many, "  ", tail), width, glyphs=glyphs)


def _shut(
    match: Match, groups: Mapping[str, list[Explained]], opened: Collection[str], width: int, glyphs: Glyphs
) -> Iterator[Row]:
    """What is not possible now, behind one line."""
    if not groups:
        return
    if len(groups) <= FEW:
        yield Row(None, plain(_("Not possible now"), QUIET))
        yield from (Row(name, barred_line(match.scenario, group, width, glyphs)) for name, group in groups.items())
        return
    is_open = SHUT in opened
    sign = glyphs.unfolded if is_open else glyphs.folded
    text = _("Not possible now ({n}): Enter says what it needs").format(n=len(groups))
    yield Row(SHUT, fit(row(Content.styled(sign, QUIET), " ", plain(text, QUIET)), width, glyphs=glyphs))
    if is_open:
        yield from (Row(name, barred_line(match.scenario, group, width, glyphs)) for name, group in groups.items())
