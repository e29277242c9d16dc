"""What commands cost from the shell that do next to nothing, beside a Python that reads numpy."""

from __future__ import annotations

import resource
import subprocess
import sys

from benchmarks.paired import Timed, head, line, pairs

NUMPY_ALONE = ("-c", "import numpy")

COMMANDS = ("batch kosovo-2007 --runs 1", "check kosovo-2007")


def process(*arguments: str) -> Timed:
    """A Python of its own; the processor time of all that it starts."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)

    return seconds


def report() -> str:
    """A line for each command, the second time that it is given and later: processor seconds."""
    lines = [head("From the shell, processor s")]
    for command in COMMANDS:
        found = pairs(process("-m", "engine.cli", *command.split()), process(*NUMPY_ALONE))
        lines.append(line(f"brink {command}, and Python with numpy", found))
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
