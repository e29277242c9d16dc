"""Where people keep things: the platform's folders, or the one that BRINK_HOME names."""

from __future__ import annotations

import os
from pathlib import Path

HOME = "BRINK_HOME"
"""The environment variable that names one folder for settings, saves and cache, in place of the platform's."""


def own_home() -> Path | None:
    """The folder that BRINK_HOME names; None where it names none."""
    named = os.environ.get(HOME)
    return Path(named).expanduser() if named else None
