"""The lines of the workshop: what is found in a draft, the game beside it, and what expressions are worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from engine.play.facts.particulars import particulars
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.actions import BARRED, HOLD, barred_detail, barred_groups, barred_line, choice_sign, option_title
from tui.lines.calendar import calendar_lines
from tui.lines.cells import BAD, GOOD, QUIET, fit, hang, plain, row, stack
from tui.lines.news import news_rows
from tui.widgets.rows import Row

if TYPE_CHECKING:
    from engine.play.session import Option, Session
    from engine.play.workshop.bench import Workshop
    from engine.play.workshop.draft import Draft, Problem
    from engine.play.workshop.figures import Figure, Figures, Value

KEPT = "kept:"
"""What the names of lines begin with whose expressions the author wrote."""

SEVERITIES = {"error": BAD, "warning": "$text-warning", "hint": QUIET}

BEFORE_CARET = 20
"""Cells of a long line that are shown before the place that a finding is about."""

NAME, VALUE = 20, 8
"""Cells of the name of a figure and of its value, which longer ones exceed."""


# Findings


def finding_rows(draft: Draft | None, width: int, glyphs: Glyphs) -> list[Row]:
    """Each finding by its number among them, with the line that it is about."""
    if draft is None:
        return [Row(None, plain(_("The file is being read ...")))]
    rows = [
        Row(str(number), stack(_finding_lines(draft, problem, width, glyphs)))
        for number, problem in enumerate(draft.findings)
    ]
    if draft.report.left_out:
        rows.append(Row(None, plain(_("... and {n} more").format(n=draft.report.left_out))))
    return rows or [Row(None, plain(_("Nothing is wrong with the file.")))]


def _finding_lines(draft: Draft, problem: Problem, width: int, glyphs: Glyphs) -> Iterator[Content]:
    code = problem.code or problem.severity
    place = f"{problem.line}:{problem.column}" if problem.line else Path(problem.file).name
    head = row(plain(code, SEVERITIES[problem.severity]), "  ", plain(place, "b"), "  ")
    yield hang(head, plain(problem.message), width)
    shown = draft.shown(problem)
    if shown is not None:
        yield from excerpt(shown[0], problem.column - 1, width, glyphs)


def excerpt(line: str, place: int, width: int, glyphs: Glyphs) -> tuple[Content, Content]:
    """A line of a file cut to a width so that a place in it is in view, and the caret below that place."""
    cut = 0
    while cell_len(line[cut:place]) > max(BEFORE_CARET, width - 2 * BEFORE_CARET):
        cut += 1
    head = glyphs.ellipsis if cut else ""
    text = plain(head + line[cut:], QUIET)
    before = cell_len(head + line[cut:place])
    return (
        fit(row("  ", text), width, glyphs=glyphs),
        row(" " * (2 + before), plain("^", "b $accent")),
    )


# The game


def game_rows(workshop: Workshop, width: int, glyphs: Glyphs) -> list[Row]:
    """What could not be done again, what may be done and what may not, and the news of the turn before."""
    session = workshop.session
    if session is None:
        return [Row(None, plain(_("The game begins as soon as the file has no errors.")))]
    rows = [Row(None, plain(words, BAD)) for words in _warnings(workshop)]
    rows += _option_rows(session, workshop.seat, width, glyphs)
    return rows + news_rows(session, workshop.seat, width)


def _warnings(workshop: Workshop) -> Iterator[str]:
    if workshop.is_stale:
        yield _("The file can't be used as it is: this game is that of an earlier draft.")
    for note in workshop.replayed:
        yield _("Turn {n}: {text}").format(n=note.turn + 1, text=note.text)


def _option_rows(session: Session, seat: str | None, width: int, glyphs: Glyphs) -> list[Row]:
    if session.game.ending is not None:
        words = _("The story is over: {ending}. u opens the turn before.")
        return [Row("over", plain(words.format(ending=session.game.ending.title), "b"))]
    if seat is None:
        return [Row("watch", plain(_("You sit in no seat; e lets the turn take its course.")))]
    chosen, scenario = session.orders(seat), session.scenario
    is_held = not chosen.acts and not chosen.by_rule
    rows = [Row(HOLD, _choice(plain(_("Hold: do nothing this turn")), is_held, width, glyphs))]
    for explained in session.view(seat).legal:
        option = explained.option
        rows.append(
            Row(str(option), _choice(option_title(scenario, option, width - 2), option in chosen.moves, width, glyphs))
        )
    groups = barred_groups(session.view(seat).options)
    if groups:
        rows.append(Row(None, plain(_("Not possible now"), QUIET)))
    return rows + [Row(name, barred_line(scenario, group, width, glyphs)) for name, group in groups.items()]


def _choice(title: Content, is_chosen: bool, width: int, glyphs: Glyphs) -> Content:
    return fit(row(choice_sign(is_chosen, glyphs), " ", title), width, glyphs=glyphs)


def option_of(session: Session | None, seat: str | None, name: str | None) -> Option | None:
    """The option that a line stands for: of an action that may not be taken, that at its first target."""
    if session is None or seat is None or name is None or session.is_over:
        return None
    view = session.view(seat)
    if name.startswith(BARRED):
        group = barred_groups(view.options).get(name)
        return group[0].option if group else None
    return next((explained.option for explained in view.legal if str(explained.option) == name), None)


def detail_lines(session: Session, seat: str, name: str, option: Option) -> Iterator[Content]:
    """What an option means, and what it lacks where it may not be taken."""
    if name.startswith(BARRED):
        yield from barred_detail(session.scenario, barred_groups(session.view(seat).options)[name])
        return
    yield option_title(session.scenario, option).stylize("b")
    summary = session.scenario.choice(option.action).summary
    if summary:
        yield plain(summary, QUIET)
    explained = next(e for e in session.view(seat).options if e.option == option)
    yield from (plain(words) for words in particulars(session.scenario, explained))


# Values


def value_rows(
    figures: Figures, option: Option | None, kept: Sequence[Figure | str], width: int, glyphs: Glyphs
) -> list[Row]:
    """What the author asked, what the option in view asks for, then everything that has a value."""
    rows = []
    if kept:
        rows.append(_heading(_("Your expressions; Enter lets one go")))
        rows += [Row(f"{KEPT}{number}", asked_lines(asked, width, glyphs)) for number, asked in enumerate(kept)]
    if option is not None:
        rows.append(_heading(_("What {option} asks for").format(option=option)))
        conditions = figures.conditions(option)
        rows += [Row(f"if:{number}", figure_lines(found, width, glyphs)) for number, found in enumerate(conditions)]
    for title, found in (
        (_("Measures"), figures.measures()),
        (_("Issues"), figures.issues()),
        (_("Values"), figures.values()),
        (_("Flags"), figures.flags()),
    ):
        if found:
            rows.append(_heading(title))
            rows += [Row(f"is:{title}:{figure.text}", figure_lines(figure, width, glyphs)) for figure in found]
    return rows


def _heading(words: str) -> Row:
    return Row(None, plain(words, "$accent"))


def asked_lines(asked: Figure | str, width: int, glyphs: Glyphs) -> Content:
    """What an expression is worth, or what is wrong with it."""
    return plain(asked, BAD) if isinstance(asked, str) else figure_lines(asked, width, glyphs)


def figure_lines(figure: Figure, width: int, glyphs: Glyphs) -> Content:
    """An expression with its value, a sign and the value before where it changed; what it is made of below it."""
    value = plain(in_words(figure.now), _tint(figure.now))
    head = row(_change(figure, glyphs), " ", _at_least(value, VALUE), " ")
    name = row(_at_least(plain(figure.text, "b"), NAME), " ", plain(figure.title, QUIET))
    lines = [hang(row(head), name.rstrip(), width)]
    told = [f"{name} {in_words(value)}" for name, value in figure.parts if name != figure.text]
    if figure.has_changed and figure.before is not None:
        told.insert(0, _("was {value}").format(value=in_words(figure.before)))
    if told:
        lines.append(hang(Content(" " * head.cell_length), plain("; ".join(told), QUIET), width))
    return stack(lines)


def _at_least(content: Content, width: int) -> Content:
    return content if content.cell_length >= width else fit(content, width)


def _change(figure: Figure, glyphs: Glyphs) -> Content:
    if not figure.has_changed or figure.before is None:
        return Content(" ")
    return plain(glyphs.up if figure.now > figure.before else glyphs.down, "b $accent")


def _tint(value: Value) -> str:
    return "b" if not isinstance(value, bool) else GOOD if value else BAD


def in_words(value: Value) -> str:
    """A number in four digits, or yes or no."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:.4g}"


# The timeline


def timeline_rows(session: Session | None, width: int, glyphs: Glyphs) -> list[Row]:
    """The days that matter."""
    if session is None:
        return []
    lines = calendar_lines(session.scenario, session.turn, None, width, glyphs)
    return [Row(str(n), Content(line) if isinstance(line, str) else line) for n, line in enumerate(lines)]
