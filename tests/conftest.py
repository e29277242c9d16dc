"""Hypothesis looks for new examples when a person runs pytest, and repeats the same ones in `make` and CI."""

import os
from pathlib import Path

from hypothesis import settings

settings.register_profile("explore", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "explore")

# what the engine keeps for later is kept beside what pytest does, and not where the person keeps it who runs the tests
os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parents[1] / ".pytest_cache" / "home")
