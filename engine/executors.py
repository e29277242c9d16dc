"""What can work out turns in which the rules decide for everyone: all of them give the same bits."""

from __future__ import annotations

from typing import Final

NUMPY: Final = "numpy"
"""Arrays of all runs side by side."""

NUMBA: Final = "numba"
"""A compiled program, in blocks of runs (the extra ``fast``)."""

BEST: Final = "best"
"""Arrays at first, and the compiled program as soon as that is worth its loading, where it can be had."""

EXECUTORS: Final = (BEST, NUMPY, NUMBA)
