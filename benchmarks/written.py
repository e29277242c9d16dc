"""A long scenario as text, for measuring how long its check takes: ``python -m benchmarks.written``.

Like a scenario that people write, it has quotes' worth of reasons, conditions over flags, groups and measures, votes,
events and a calendar; nothing in it is found fault with.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROUNDS = 5
"""How often the check is timed."""

LINES = 2_000
"""Lines of the scenario."""

HEAD = """\
scenario_format: 1
id: long-crisis
title: A long crisis
start: 2007-11-20
end: 2008-04-01
step: 1w
issues:
  status: {title: Status, start: 35, scale: {0: as before, 100: independent}, assumed: made up for measuring}
  order: {title: Order, start: 60, scale: {0: none, 100: calm}, assumed: made up for measuring}
values:
  unrest: {title: Unrest, start: 0.2, range: [0, 1], assumed: made up for measuring}
measures:
  tension: {title: Tension, value: "clamp(unrest + 0.1 * share(warned, actors), 0, 2)"}
actor_flags:
  warned: has been warned
"""

TAIL = """\
endings:
  - {id: settled, title: Settled, when: status > 90 and order > 50}
  - {id: open, title: Open}
"""


def flags(number: int) -> Iterator[str]:
    """Flags of the world."""
    yield "flags:"
    yield from (f"  done_{n}: step {n} has been taken" for n in range(number))


def actors(number: int) -> Iterator[str]:
    """States with stances on both issues."""
    yield "actors:"
    for n in range(number):
        yield f"  state_{n}:"
        yield f"    title: State {n}"
        yield f"    capability: {n % 10 / 10}"
        yield f"    playable: {'true' if n < 3 else 'false'}"
        yield "    assumed: made up for measuring"
        yield "    stances:"
        for issue, step in (("status", 7), ("order", 13)):
            yield f"      {issue}:"
            yield f"        position: {n * step % 101}"
            yield f"        salience: {(n % 9 + 1) / 10}"
            yield "        spread: 4"
            yield "        assumed: made up for measuring, and told in a sentence of some length as authors do"


def actions(number: int, states: int) -> Iterator[str]:
    """Steps, each of which is legal after the one before; every eighth is voted on."""
    yield "actions:"
    for n in range(number):
        yield f"  step_{n}:"
        yield f"    title: Step {n}"
        yield f"    by: [state_{n % states}, state_{(n + 1) % states}]"
        yield "    targets: actors"
        yield "    cooldown: 3w"
        yield f"    when: not done_{n}" + (f" and done_{n - 1} and not target.warned" if n else "")
        yield "    needs:"
        yield '      "the streets are quiet enough": tension < 1.05 and order > 20'
        yield f"    tempo: {n % 9 + 2}w"
        yield "    effects:"
        yield f"      - set: {{done_{n}: true, target.warned: true}}"
        yield f"        add: {{status: {n % 5 + 1} * (1 - status / 200), unrest: 0.02}}"
        yield f"      - {{chance: 0.3 * tension, add: {{order: -{n % 3 + 1}}}}}"
        yield '    dispatch: "{date}: {by} turns to {target}."'
        yield "    assumed: made up for measuring"
        if n % 8 == 0:
            yield "    vote:"
            yield "      in: council"
            yield "      question: Shall it be so?"
            yield "      pass: [{add: {status: 5}}]"


def text(lines: int = LINES) -> str:
    """A scenario of about so many lines."""
    states = max(4, lines // 45)
    steps = max(4, (lines - 17 * states - 60) // 17)
    seats = ", ".join(f"{{actor: state_{n}}}" for n in range(4))
    council = f"institutions:\n  council: {{title: Council, assumed: made up, seats: [{seats}], pass: {{yes: 3}}}}"
    parts = [HEAD + "\n".join(flags(steps)), *actors(states), council, *actions(steps, states), TAIL]
    return "\n".join(parts)


def main() -> int:
    """Times the whole command, from the shell and back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(text(), encoding="utf-8")
        command = [sys.executable, "-m", "engine.cli", "check", str(path)]
        taken = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            taken.append(time.perf_counter() - begun)
    number = text().count("\n") + 1
    print(
        f"brink check, {number:,} lines: {min(taken):.2f} to {max(taken):.2f} s, median {statistics.median(taken):.2f}"
    )
    print(done.stdout.split("\n")[0])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
