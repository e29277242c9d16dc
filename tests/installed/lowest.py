"""The lowest versions that pyproject.toml allows, one a line; `make lowest` installs them and runs the tests on them.

What the tests themselves are run with keeps the versions of constraints.txt.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[2]

WANTED = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,]+\])?(?:[>=]=(?P<version>[\w.]+))?(?P<more>[^;]*)(?P<where>;.*)?")
"""A line of dependencies: a name, perhaps extras, and the lowest version; then upper bounds and markers."""

LEFT_OUT = ("cairosvg",)
"""What needs a library of the system."""


def lowest() -> Iterator[str]:
    """Each library of the game and of its extras in its lowest version, then the tools of the tests."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    own = [*project["dependencies"], *(line for name, lines in extras.items() if name != "dev" for line in lines)]
    for line in own:
        name, version, where = parted(line)
        if name.lower() not in LEFT_OUT:
            yield f"{name}=={version}{where}"
    tools = {parted(line)[0].lower() for line in extras["dev"]}
    for line in (TOP / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line.partition("==")[0].lower() in tools:
            yield line


def parted(line: str) -> tuple[str, str, str]:
    """The name, the lowest version and the marker of a line of dependencies."""
    match = WANTED.fullmatch(line)
    assert match is not None, line
    return match["name"], match["version"] or "", match["where"] or ""


if __name__ == "__main__":
    print("\n".join(lowest()))
