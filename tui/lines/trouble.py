"""What is wrong with a scenario, in lines."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from engine.words import _
from tui.lines.cells import plain


def trouble_lines(error: Exception) -> Iterable[str | Content]:
    """What is wrong with a scenario, one problem a line."""
    yield plain(_("This scenario can't be played:"), "$text-error")
    problems = getattr(error, "problems", None) or (error,)
    yield from (plain(str(problem)) for problem in problems)
