"""Opens the screens, or says in a sentence why that can't be."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from threading import Thread, Timer
from typing import TYPE_CHECKING

from engine.ending import PATIENCE, exit_code, told
from engine.files import make_folders
from engine.words import _, use
from tui.settings import config_folder, read_settings
from tui.start import Start
from tui.terminal.abilities import fault_of_terminal, has_keyboard, trouble_with_terminal
from tui.terminal.modes import attributes, give_back
from tui.terminal.typing import is_gone

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import BrinkApp

__all__ = ["Start", "fault_of_terminal", "has_keyboard", "launch", "speak", "trouble_with_terminal"]

GRACE = 5 * PATIENCE
"""Seconds after a signal in which the screens close by themselves; then the process ends all the same."""


def speak() -> None:
    """Take the language of the settings; texts are looked up as modules are read, so before any screen is."""
    settings, _troubles = read_settings(config_folder())
    if settings.language:
        use(settings.language)


def launch(start: Start) -> int:
    """Run the application until it is left; 0 where it ended well, 1 where it did not or a game could not be kept.

    What goes wrong inside is written into a file and told in a sentence. A signal, or a key that stands for one, gives
    its exit code.
    """
    speak()
    from tui.app import BrinkApp

    app, before = BrinkApp(start), attributes()

    def at_once(code: int) -> None:
        give_back(before)
        os._exit(code)

    def be_told(number: int) -> None:
        late = Timer(GRACE, at_once, (exit_code(number),))
        late.daemon = True
        late.start()
        app.be_told(number)

    with told(be_told, at_once), contextlib.redirect_stderr(io.StringIO()) as report:
        Thread(target=_tell_of_the_end, args=(app.lose_terminal,), name="hang-up", daemon=True).start()
        app.run()
    code, sentence = parting(app, report.getvalue())
    with contextlib.suppress(OSError):  # nobody may be there any more to read it
        print(sentence, end="\n" if sentence else "", file=sys.stderr if code == 1 else sys.stdout, flush=True)
    return code


def _tell_of_the_end(tell: Callable[[], None]) -> None:
    """Wait until the terminal is gone; the signal of a hang-up may not come, or be ignored (``nohup``)."""
    assert sys.__stdin__ is not None
    if is_gone(sys.__stdin__.fileno(), None):
        tell()


def parting(app: BrinkApp, report: str) -> tuple[int, str]:
    """The exit code, and what is said once the terminal is as it was: that the game is kept only where it is."""
    reason = next(iter(app.unkept.values()), None)
    kept = _("The game is kept; brink play goes on with it.") if app.has_played and reason is None else ""
    if app.return_code:
        return 1, _in_a_sentence(app, report, kept or reason or "")
    if reason is not None:
        return 1, _("brink: the game is not kept: {reason}").format(reason=reason)
    return 0 if app.ended_by is None else exit_code(app.ended_by), kept


def _in_a_sentence(app: BrinkApp, report: str, about_game: str) -> str:
    """Where the report of a fault of the program has gone, and what became of the game."""
    path = app.folder / "fault.txt"
    said = " ".join(filter(None, (_("brink: a fault of the program has ended it."), about_game)))
    try:
        make_folders(path.parent)
        path.write_text(report, encoding="utf-8")
    except OSError:
        return said
    return _("{said} Report: {path}").format(said=said, path=path)
