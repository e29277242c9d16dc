"""Hypothesis looks for new examples when a person runs pytest, and repeats the same ones in `make` and CI."""

import os
import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile("explore", deadline=None)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "explore")

# what the engine keeps for later is kept beside what pytest does, and not where the person keeps it who runs the tests
os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parents[1] / ".pytest_cache" / "home")

# what Python compiles is kept, whatever the surroundings say: hundreds of processes are started here, and each would
# compile all modules anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
