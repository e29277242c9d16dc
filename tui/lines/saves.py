"""Saved games as a tree of branches, and what is known of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from engine.belief.kept import has_secrets
from engine.play.levels import LEVELS
from engine.play.wording import long_date
from engine.words import _, ngettext
from tui.glyphs import Glyphs
from tui.lines.cells import BAD, QUIET, hang, plain, row, stack
from tui.widgets.rows import Row

if TYPE_CHECKING:
    from engine.play.crisis import Scenario
    from engine.play.journal_format import Journal
    from engine.play.store import Branch, Saved

LATEST = 4
"""Turns of a game whose moves the card tells."""


def tree_rows(
    branches: Sequence[Branch], scenarios: Mapping[str, Scenario], at_table: str | None, width: int, glyphs: Glyphs
) -> list[Row]:
    """Every save under the one from which it branched; ``scenarios`` are those that have been read, by id."""
    return [
        Row(saved.id, _save(saved, head, below, scenarios, at_table, width, glyphs))
        for saved, head, below in _walk(sorted(branches, key=lambda b: not b.saved.is_readable), "", "", glyphs)
    ]


def _walk(branches: Sequence[Branch], above: str, sign: str, glyphs: Glyphs) -> Iterator[tuple[Saved, str, str]]:
    """Every save with what stands before its first line, and before those below it."""
    for number, branch in enumerate(branches):
        is_last = number == len(branches) - 1
        is_root = not sign
        head = "" if is_root else above + (glyphs.last_branch if is_last else glyphs.branch) + " "
        below = "" if is_root else above + ("   " if is_last else f"{glyphs.trunk} ")
        has_more = f"{glyphs.trunk} " if branch.branches else "   "
        yield branch.saved, head, below + has_more
        yield from _walk(branch.branches, below, "branch", glyphs)


def _save(
    saved: Saved,
    head: str,
    below: str,
    scenarios: Mapping[str, Scenario],
    at_table: str | None,
    width: int,
    glyphs: Glyphs,
) -> Content:
    """The title, then the side, the turn and how it stands, then what is wrong with the file, if anything."""
    here = plain(_("  (at the table)") if saved.id == at_table else "", "$accent")
    space, room = Content.styled(below, QUIET), max(16, width - len(below))
    title, *rest = row(plain(saved.title, "b"), here).wrap(room)
    lines = [row(Content.styled(head, QUIET), title.rstrip()), *(row(space, more.rstrip()) for more in rest)]
    if saved.is_readable:
        lines += [row(space, plain(facts, QUIET)) for facts in _filled(list(_facts(saved, scenarios)), room)]
    if saved.trouble:
        lines.append(hang(row(space, Content.styled("! ", f"b {BAD}")), plain(saved.trouble, BAD), width))
    return stack(lines)


def _filled(parts: Sequence[str], width: int) -> list[str]:
    """Parts two spaces apart, on as many lines as they need; none is broken."""
    lines = [parts[0]]
    for part in parts[1:]:
        longer = f"{lines[-1]}  {part}"
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _facts(saved: Saved, scenarios: Mapping[str, Scenario]) -> Iterator[str]:
    """What is told of a save, the weightiest first."""
    yield sides_of(saved, scenarios)
    yield turn_of(saved, scenarios)
    if saved.ending:
        yield _("ended: {ending}").format(ending=ending_of(saved, scenarios))
    if saved.level is not None and saved.level in LEVELS:
        yield LEVELS[saved.level].title
    if saved.saved:
        yield moment_of(saved)


def sides_of(saved: Saved, scenarios: Mapping[str, Scenario]) -> str:
    """Who is played, by their titles where the scenario has been read."""
    scenario = scenarios.get(saved.scenario)
    known = scenario.actors if scenario else {}
    names = [known[actor].title if actor in known else actor for actor in saved.people]
    return ", ".join(names) or _("nobody seated")


def turn_of(saved: Saved, scenarios: Mapping[str, Scenario]) -> str:
    """How far it has come, with the day where the scenario has been read."""
    scenario = scenarios.get(saved.scenario)
    if saved.ending:
        return ngettext("{n} turn", "{n} turns", saved.turn).format(n=saved.turn)
    if scenario is None:
        return _("turn {n}").format(n=saved.turn + 1)
    day = long_date(scenario.date_of(saved.turn))
    return _("turn {n}/{of}, {day}").format(n=saved.turn + 1, of=scenario.turns, day=day)


def ending_of(saved: Saved, scenarios: Mapping[str, Scenario]) -> str:
    """How it closed, by the ending's title where the scenario has been read."""
    scenario = scenarios.get(saved.scenario)
    titles = {ending.id: ending.title for ending in scenario.endings} if scenario else {}
    return titles.get(saved.ending or "", saved.ending or "")


def moment_of(saved: Saved) -> str:
    """When it was kept, to the minute."""
    return (saved.saved or "").replace("T", " ")[:16]


def card_lines(
    saved: Saved, scenarios: Mapping[str, Scenario], journal: Journal | None, width: int
) -> Iterator[str | Content]:
    """A save in full, with its latest moves where its file has been read."""
    yield plain(saved.title, "b")
    scenario = scenarios.get(saved.scenario)
    yield plain(scenario.title if scenario else saved.scenario, QUIET)
    if saved.is_readable:
        yield plain(sides_of(saved, scenarios))
        yield plain(turn_of(saved, scenarios))
    if saved.ending:
        yield plain(_("The story has closed: {ending}").format(ending=ending_of(saved, scenarios)))
    if saved.level is not None and saved.level in LEVELS:
        yield plain(_("Difficulty: {level}").format(level=LEVELS[saved.level].title))
    if saved.saved:
        yield plain(_("Kept {moment}").format(moment=moment_of(saved)), QUIET)
    if saved.parent:
        yield plain(_("Branched in turn {n}").format(n=saved.parent.turn + 1), QUIET)
    if saved.trouble:
        yield ""
        yield plain(saved.trouble, BAD)
        yield plain(_("The file stays where it is."), QUIET)
    if journal is not None:
        yield from _moves(journal, scenario)


def _moves(journal: Journal, scenario: Scenario | None) -> Iterator[str | Content]:
    """What the people at the table did in the latest turns."""
    first = max(0, len(journal.turns) - LATEST)
    if journal.turns:
        yield ""
        yield plain(_("The latest moves"), "b $accent")
    for number in reversed(range(first, len(journal.turns))):
        sheet = journal.turns[number]
        when = long_date(scenario.date_of(number)) if scenario else _("turn {n}").format(n=number + 1)
        yield plain(when, QUIET)
        for actor in sheet.people:
            moves = sheet.deeds[actor].moves if actor in sheet.deeds else ()
            seen = [move for move in moves if _is_for_all(journal, scenario, actor, move)]
            done = ", ".join(_move(move, scenario) for move in seen) or _held(journal, scenario)
            who = scenario.actors[actor].title if scenario and actor in scenario.actors else actor
            yield plain(f"  {who}: {done}")


def _held(journal: Journal, scenario: Scenario | None) -> str:
    """That somebody did nothing; where something may have been done in secret, only that all know of nothing."""
    is_sealed = len(journal.people) > 1 and journal.ending is None and (scenario is None or has_secrets(scenario))
    return _("nothing that all of you know of") if is_sealed else _("held")


def _is_for_all(journal: Journal, scenario: Scenario | None, actor: str, written: str) -> bool:
    """Whether everybody at the table learned of a move; all lies open where one plays alone, and after the end."""
    if len(journal.people) < 2 or journal.ending is not None:
        return True
    action, _colon, target = written.partition("@")[0].partition(":")
    if scenario is None or action not in scenario.choices:
        return False
    audience = scenario.audience(scenario.choice(action).known_to, actor, target or None)
    return audience is None or set(journal.people) <= set(audience)


def _move(written: str, scenario: Scenario | None) -> str:
    """A move as a journal writes it, by its titles."""
    action, _colon, target = written.partition(":")
    if scenario is None or action not in scenario.choices:
        return written
    aim = f": {scenario.actors[target].title}" if target in scenario.actors else ""
    return scenario.choice(action).title + aim
