"""How long the check of a long scenario takes: ``python -m benchmarks.written``.

The whole command is timed from the shell and back, and with ``--watch`` the time from a save that changes one line
until the answer to it stands on the screen. Python keeps what it has compiled, as it does for authors.

Like a scenario that people write, it has quotes' worth of reasons, conditions over flags, groups and measures, votes,
events and a calendar; nothing in it is found fault with.
"""

from __future__ import annotations

import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from engine.files import write_whole

ROUNDS = 9
"""How often each is timed."""

LINES = 2_000
"""The scenario has at least so many lines."""

STATE_LINES, STEP_LINES, OTHER_LINES = 16, 16.5, 23
"""Lines of a state, of a step (on the average, since some are voted on), and of the rest."""

USEFUL, IDLE = "unrest: 0.02", "unrest: 0.00"
"""What the save changes, there and back: an amount; where it is nothing, the whole check ends with one warning."""

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
    """A scenario of at least so many lines, and not many more."""
    states = max(4, lines // 45)
    steps = max(4, math.ceil((lines - STATE_LINES * states - OTHER_LINES) / STEP_LINES))
    seats = ", ".join(f"{{actor: state_{n}}}" for n in range(4))
    council = f"institutions:\n  council: {{title: Council, assumed: made up, seats: [{seats}], pass: {{yes: 3}}}}"
    parts = [HEAD + "\n".join(flags(steps)), *actors(states), council, *actions(steps, states), TAIL]
    return "\n".join(parts)


def from_shell(command: list[str], environment: dict[str, str]) -> Iterator[float]:
    """Seconds of the whole command, over and over; the first time, in which Python compiles, is left out."""
    for number in range(ROUNDS + 1):
        begun = time.perf_counter()
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        if number:
            yield time.perf_counter() - begun


def while_watched(command: list[str], environment: dict[str, str], path: Path) -> Iterator[float]:
    """Seconds from a save until the last line of the answer to it, over and over."""
    useful = path.read_text(encoding="utf-8")
    idle = useful.replace(USEFUL, IDLE, 1)
    watching = [*command, "--watch"]
    with subprocess.Popen(watching, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        answer(program.stdout)
        for number in range(ROUNDS):
            begun = time.perf_counter()
            write_whole(path, (useful if number % 2 else idle).encode())
            said = answer(program.stdout)
            yield time.perf_counter() - begun
            assert ("1 warning," in said) == (number % 2 == 0), said
        program.send_signal(signal.SIGINT)


def answer(output: IO[str]) -> str:
    """What one check says, to its last line."""
    lines: list[str] = []
    while not lines or not lines[-1].startswith("checked at"):
        lines.append(output.readline())
        assert lines[-1], "the watch has ended"
    return "".join(lines)


def in_words(taken: list[float]) -> str:
    """The fastest, the slowest and the median."""
    return f"{min(taken):.3f} to {max(taken):.3f} s, median {statistics.median(taken):.3f}"


def main() -> int:
    """Times both, and says so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(text(), encoding="utf-8")
        environment = {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled"),
        }
        command = [sys.executable, "-m", "engine.cli", "check", str(path)]
        print(f"brink check, {text().count(chr(10)):,} lines: {in_words(list(from_shell(command, environment)))}")
        print(f"--watch, from a save to the answer: {in_words(list(while_watched(command, environment, path)))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
