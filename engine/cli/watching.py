"""Doing something again whenever one of some files has been written."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable

from engine.scenario.places import ScenarioPlace
from engine.scenario.watched import Signature, signature_of

EVERY = 0.02
"""Seconds between two looks: a save is seen within this, and looking costs next to nothing."""


def watch(place: ScenarioPlace, do: Callable[[], object]) -> None:
    """Does it at once, and again after each save, until Ctrl-C."""
    seen: Signature | None = None
    try:
        while True:
            now = signature_of(place)
            if now != seen:
                seen = now
                clear_screen()
                do()
                sys.stdout.flush()
                gc.collect()
            time.sleep(EVERY)
    except KeyboardInterrupt:
        print()


def clear_screen() -> None:
    """An empty screen, with what stood there still to be scrolled to; nothing where there is no screen."""
    if sys.stdout.isatty():
        print("\x1b[H\x1b[2J", end="")
