"""What a page adds to a file that is there already."""

from __future__ import annotations

import re


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
