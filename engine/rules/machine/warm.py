"""``python -m engine.rules.machine.warm``: compile the executor now, once on this machine, where numba is there."""

from __future__ import annotations

import sys

from engine.executors import NUMBA
from engine.rules import Rules
from engine.rules.machine import readiness
from engine.scenario.load import list_scenarios, load_scenario

if __name__ == "__main__" and readiness.is_installed() and not readiness.is_compiled():
    print("Compiling what plays the rules, once ...", file=sys.stderr)
    rules = Rules(load_scenario(list_scenarios()[0]), NUMBA)
    rules.step(rules.open(0))
