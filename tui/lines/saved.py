"""A saved game in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.levels import LEVELS
from engine.words import _
from tui.lines.cells import QUIET, plain

if TYPE_CHECKING:
    from engine.play.store import Saved


def saved_lines(saved: Saved) -> Iterator[str | Content]:
    """What it is, how far it has come, and what is wrong with its file, if anything."""
    yield plain(saved.scenario, QUIET)
    yield plain(_("{n} turns played").format(n=saved.turn))
    if saved.level is not None and saved.level in LEVELS:
        yield plain(_("Difficulty: {level}").format(level=LEVELS[saved.level].title))
    if saved.saved:
        yield plain(_("kept {moment}").format(moment=saved.saved.replace("T", " ").removesuffix("+00:00")), QUIET)
    if saved.ending:
        yield plain(_("ended: {ending}").format(ending=saved.ending))
    if saved.trouble:
        yield plain(saved.trouble, "$text-error")
