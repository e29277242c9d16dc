"""The signs that stand for things, in two sets: one for terminals that have Unicode, one in plain ASCII."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Every sign that is not a letter; each is one cell wide."""

    name: str
    chosen: str
    free: str
    barred: str
    folded: str
    """Before a line behind which more stands."""
    unfolded: str
    here: str
    """Where the world stands on a scale."""
    wanted: str
    """What an actor wants on a scale."""
    track: str
    axis: str
    today: str
    full: str
    parts: tuple[str, ...]
    """Parts of a full cell, from an eighth (or a half) upwards."""
    left: str
    right: str
    up: str
    down: str
    level: str
    plus_minus: str
    ellipsis: str
    bullet: str
    quote_open: str
    quote_close: str
    branch: str
    last_branch: str
    trunk: str


UNICODE = Glyphs(
    name="unicode",
    chosen="●",
    free="○",
    barred="×",
    folded="▸",
    unfolded="▾",
    here="┃",
    wanted="◆",
    track="·",
    axis="━",
    today="▲",
    full="█",
    parts=("▏", "▎", "▍", "▌", "▋", "▊", "▉"),
    left="▕",
    right="▏",
    up="↗",
    down="↘",
    level="→",
    plus_minus="±",
    ellipsis="…",
    bullet="•",
    quote_open="“",
    quote_close="”",
    branch="├─",
    last_branch="└─",
    trunk="│ ",
)

ASCII = Glyphs(
    name="ascii",
    chosen="*",
    free="o",
    barred="x",
    folded=">",
    unfolded="v",
    here="|",
    wanted="#",
    track=".",
    axis="-",
    today="^",
    full="=",
    parts=("-",),
    left="[",
    right="]",
    up="+",
    down="-",
    level="=",
    plus_minus="+-",
    ellipsis="~",
    bullet="-",
    quote_open='"',
    quote_close='"',
    branch="|-",
    last_branch="`-",
    trunk="| ",
)

SETS = {"unicode": UNICODE, "ascii": ASCII}
"""The sets by name."""


def speaks_unicode() -> bool:
    """Whether the terminal can be expected to show lines and dots."""
    encoding = (getattr(sys.__stdout__, "encoding", None) or "ascii").lower()
    return "utf" in encoding and os.environ.get("TERM") not in ("linux", "dumb")
