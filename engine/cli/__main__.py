"""`python -m engine.cli` is `brink`."""

import sys

from engine.cli import main

sys.exit(main())
