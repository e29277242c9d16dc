"""A scenario that was checked once need not be read again: it is kept in the cache under all that it follows from.

What is kept are its records as plain lists (``flat.py``), behind the name of its form (``form_hash``). They were
checked before they were kept, and are sealed, so that they are only put together again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import stat
from collections.abc import Iterator
from pathlib import Path

from engine.files import cache, read_whole
from engine.scenario.canon import form_hash, note_form
from engine.scenario.flat import flat, made
from engine.scenario.limits import LARGEST_FILE
from engine.scenario.models import Scenario
from engine.scenario.places import CODERS_FOLDER, HISTORY_FILE, SEEDS, SOURCES_FOLDER, ScenarioPlace, find_scenario


def usable_scenario(path_or_name: str | Path) -> Scenario:
    """The same as :func:`~engine.scenario.load.load_scenario`, sooner the second time, and with the same errors."""
    place = find_scenario(path_or_name)
    key = _key(place)
    scenario = None if key is None else _kept(key)
    if scenario is None:
        from engine.scenario.load import load_scenario

        scenario = load_scenario(path_or_name)
        if key is not None and key == _key(place):  # nothing was written in the meantime
            with contextlib.suppress(TypeError):  # what can't be told by plain lists is not kept
                told = json.dumps(flat(scenario), separators=(",", ":"))
                cache.keep(key, f"{form_hash(scenario)}\n{told}".encode())
    return scenario


def _kept(key: str) -> Scenario | None:
    content = cache.load(key)
    if content is None:
        return None
    form, _, text = content.partition(b"\n")
    try:
        scenario = made(json.loads(text))
    except (ValueError, RecursionError):
        return None
    if not isinstance(scenario, Scenario):
        return None
    note_form(scenario, form.decode())
    return scenario


def _key(place: ScenarioPlace) -> str | None:
    """What the scenario follows from: its bytes, and its neighbours as far as they are read; None where it can't be."""
    try:
        text = read_whole(place.file, LARGEST_FILE, follow=not place.is_found)
        folders = (place.folder / SOURCES_FOLDER, place.folder / CODERS_FOLDER, SEEDS)
        beside = [place.folder / HISTORY_FILE, *(path for folder in folders for path in _texts(folder))]
        return cache.key_of("scenario", hashlib.sha256(text).hexdigest(), *filter(None, map(_stamp, beside)))
    except (OSError, ValueError):
        return None


def _texts(folder: Path) -> Iterator[Path]:
    """Everything in a folder of texts, if there is one, and the folder itself."""
    yield folder
    yield from sorted(folder.rglob("*"))


def _stamp(path: Path) -> str:
    """By what it is noticed that a file was written or exchanged; nothing where there is none."""
    try:
        told = path.lstat()
    except FileNotFoundError:
        return ""
    is_folder = stat.S_ISDIR(told.st_mode)
    return repr((str(path), told.st_mode, told.st_ino, *(() if is_folder else (told.st_size, told.st_mtime_ns))))
