"""What hypothesis does in `make fuzz`: new inputs, more of them, and those that failed are kept; a plugin of pytest."""

import os
from pathlib import Path

from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.fuzz.effort import FOLDER, cases

EXAMPLES = 100
"""How many a test tries that doesn't say."""

settings.register_profile(
    "fuzz",
    deadline=None,
    print_blob=True,
    max_examples=cases(EXAMPLES),
    database=DirectoryBasedExampleDatabase(Path(os.environ[FOLDER]) / "examples"),
)
