"""Tables and paragraphs in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a line of heads."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(text: str) -> str:
    """A text that may stand in a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def paragraph(text: str) -> str:
    """A docstring as one paragraph, with single backticks, and without what only a program links to."""
    joined = " ".join(text.split())
    return re.sub(r":\w+:`~?([^`]*)`", r"`\1`", joined).replace("``", "`")
