"""The files that a document tells its readers to write, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[2]

BLOCK = re.compile(r"<!-- (?P<what>file|add): (?P<name>[\w./-]+) -->\n+```\w+\n(?P<body>.*?)```\n", re.DOTALL)
"""A block of code that is a file, or what is added to one."""


def blocks(document: Path) -> Iterator[tuple[str, str, str]]:
    """Each block: whether it is a file or an addition, of which file, and its text."""
    for match in BLOCK.finditer(document.read_text(encoding="utf-8")):
        yield match["what"], match["name"], match["body"]


def follow(document: Path, folder: Path) -> Iterator[str]:
    """Write what each block says, one after the other, as a reader does; gives the name of the file each time.

    What is added goes into the part of its name; what is there already under the same name is replaced.
    """
    for what, name, body in blocks(document):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if what == "add":
            body = merged(path.read_text(encoding="utf-8"), body)
        path.write_text(body, encoding="utf-8")
        yield name


def merged(old: str, new: str) -> str:
    """The parts of both: entries of the same part beside each other, the new one where both have one."""
    parts = divided(old, "")
    for part, text in divided(new, "").items():
        entries = {**divided(parts.get(part, ""), "  "), **divided(text, "  ")}
        parts[part] = f"{part}:\n" + "".join(entries.values()) if entries else text
    return "".join(parts.values())


def divided(text: str, indent: str) -> dict[str, str]:
    """The entries of a mapping that is indented so far, each as it is written, by its key; none of a list."""
    found: dict[str, str] = {}
    for match in re.finditer(rf"^{indent}([\w-]+):.*\n(?:(?!{indent}\w).*\n)*", text, re.MULTILINE):
        found[match[1]] = match[0]
    return found
