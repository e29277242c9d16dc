"""The compiled executor, with what it is compiled to kept where `readiness` says."""

from __future__ import annotations

import numba

from engine.rules.machine import readiness

_place, _before = readiness.folder(), numba.config.CACHE_DIR
readiness.forget_others()
if _place is not None:
    numba.config.CACHE_DIR = str(_place)  # numba asks for it when a function is declared, so only while these are
try:
    from engine.rules.machine.compiled import At, execute_lanes
    from engine.rules.machine.lanes import LANES
finally:
    numba.config.CACHE_DIR = _before

__all__ = ["LANES", "At", "execute_lanes"]
