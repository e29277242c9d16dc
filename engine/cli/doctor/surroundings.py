"""What lies around the game: the terminal, the folders that it writes, and the fonts of figures."""

from __future__ import annotations

import locale
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from engine.cli.doctor.findings import Finding, State
from engine.cli.doctor.libraries import trouble_with
from engine.files import reason

SMALLEST = (60, 20)
"""Columns and rows that the screens need."""

REMEDY = "name a folder of your own: BRINK_HOME=FOLDER"
"""What helps where the platform's folders can't be written."""

LETTERS = "中日本한국"
"""Letters of Chinese, Japanese and Korean."""


def terminal() -> Iterator[Finding]:
    """What is known of it; the game in lines needs none of this."""
    is_there = sys.stdin is not None and sys.stdout is not None and sys.stdin.isatty() and sys.stdout.isatty()
    yield Finding("Terminal", "interactive", "yes" if is_there else "no: brink play is told line by line (--plain)")
    kind = os.environ.get("TERM", "")
    is_able = kind not in ("", "dumb")
    yield Finding(
        "Terminal",
        "TERM",
        kind or "not set",
        State.GOOD if is_able else State.LACKING,
        "" if is_able else "screens need a terminal that can place text; brink play --plain works without",
    )
    columns, rows = shutil.get_terminal_size()
    is_wide = columns >= SMALLEST[0] and rows >= SMALLEST[1]
    yield Finding(
        "Terminal",
        "size",
        f"{columns}x{rows}",
        State.GOOD if is_wide else State.LACKING,
        "" if is_wide else f"screens need {SMALLEST[0]}x{SMALLEST[1]}",
    )
    yield Finding("Terminal", "colours", colours())
    encoding = (getattr(sys.__stdout__, "encoding", None) or "none").lower()
    is_utf = "utf" in encoding
    yield Finding(
        "Terminal",
        "encoding",
        f"{encoding}, locale {locale.setlocale(locale.LC_CTYPE)}",
        State.GOOD if is_utf else State.LACKING,
        "" if is_utf else "signs and names beyond ASCII need UTF-8: set LC_ALL=C.UTF-8, or play with --ascii",
    )


def colours() -> str:
    """How many colours the environment speaks of."""
    if os.environ.get("NO_COLOR"):
        return "none, by NO_COLOR"
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in os.environ.get("TERM", "") else "as the terminal has them"


def folders() -> Iterator[Finding]:
    """Where saves and settings are kept, and whether they can be."""
    from engine.play.store import default_folder
    from tui.settings import config_folder

    for name, folder in (("saves", default_folder()), ("settings", config_folder())):
        trouble = why_not_writable(folder)
        remedy = REMEDY if trouble else ""
        state = State.BROKEN if trouble else State.GOOD
        yield Finding("Folders", name, f"{folder}{f': {trouble}' if trouble else ''}", state, remedy)
    yield kept()


def kept() -> Finding:
    """The cache: where it is, and how large; without it everything works, and some of it later."""
    from engine.files import cache

    folder = cache.folder()
    if folder is None:
        return Finding("Folders", "cache", "none: nobody's home is known", State.LACKING, REMEDY)
    trouble = why_not_writable(folder) or cache.why_unsafe(folder)
    if trouble:
        return Finding("Folders", "cache", f"{folder}: {trouble}; nothing is kept", State.LACKING, REMEDY)
    held = cache.held()
    most = f"{cache.MOST / 1e6:,.0f} MB"
    return Finding("Folders", "cache", f"{folder}: {held.size / 1e6:,.1f} MB, at most {most}", State.GOOD)


def why_not_writable(folder: Path) -> str:
    """Why nothing can be written into a folder, or the folder can't be made; nothing where all is well."""
    try:
        nearest = next(place for place in (folder, *folder.parents) if place.exists())
        if not nearest.is_dir():
            return f"{nearest} is no folder"
        Path(tempfile.mkdtemp(prefix=".brink-", dir=nearest)).rmdir()
    except OSError as error:
        return reason(error)
    return ""


def fonts() -> Iterator[Finding]:
    """Whether figures can be drawn with letters that are not of Europe."""
    if trouble_with("matplotlib"):
        return
    from engine.report.fonts import choose

    missing = choose(LETTERS).missing
    says = f"no font has {''.join(sorted(missing))}" if missing else "Chinese, Japanese and Korean"
    remedy = "PNG figures need one such as Noto Sans CJK; the page and the SVG figures do without" if missing else ""
    yield Finding("Fonts", "figures", says, State.LACKING if missing else State.GOOD, remedy)
