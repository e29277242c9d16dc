"""Opens the screens, or says in a sentence why that can't be."""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import sys
from threading import Thread
from typing import TYPE_CHECKING

from engine.files import make_folders, write_whole
from engine.words import use
from tui.settings import config_folder, read_settings
from tui.start import Start

if TYPE_CHECKING:
    from tui.app import BrinkApp

__all__ = ["Start", "launch", "speak", "trouble_with_terminal"]


def trouble_with_terminal(advice: str = "add --plain to play line by line") -> str | None:
    """Why the screens can't be shown here, and what to do instead."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if any(stream is None or not stream.isatty() for stream in streams):
        return f"this is not a terminal: {advice}"
    if os.environ.get("TERM") == "dumb":
        return f"this terminal can't place text: {advice}"
    return None


def speak() -> None:
    """Take the language of the settings; texts are looked up as modules are read, so before any screen is."""
    settings, _troubles = read_settings(config_folder())
    if settings.language:
        use(settings.language)


def launch(start: Start) -> int:
    """Run the application until it is left; 0 where it ended well.

    What goes wrong inside is written into a file and told in a sentence; the game is kept after every choice.
    """
    speak()
    from tui.app import BrinkApp

    app = BrinkApp(start)
    Thread(target=_end_without_terminal, name="hang-up", daemon=True).start()
    with contextlib.redirect_stderr(io.StringIO()) as told:
        app.run()
    if app.return_code:
        print(in_a_sentence(app, told.getvalue()), file=sys.stderr)
    return app.return_code or 0


def _end_without_terminal() -> None:
    """Wait until the terminal is gone, then end; the signal of a hang-up may not come, or be ignored (``nohup``)."""
    assert sys.__stdin__ is not None
    if hasattr(select, "poll"):
        terminal = select.poll()
        terminal.register(sys.__stdin__.fileno(), 0)
        if any(event & select.POLLHUP for _number, event in terminal.poll()):
            os.kill(os.getpid(), signal.SIGTERM)


def in_a_sentence(app: BrinkApp, report: str) -> str:
    """Where the report of a fault of the program has gone."""
    path = app.folder / "fault.txt"
    try:
        make_folders(path.parent)
        write_whole(path, report.encode())
    except OSError:
        return "brink: a fault of the program has ended it; the game was kept after your latest choice"
    return f"brink: a fault of the program has ended it; the game was kept after your latest choice. Report: {path}"
