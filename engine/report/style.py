"""How figures look: one set of colours, lines and signs, all told apart without colour as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from engine.report.fonts import HOME_FONT

INK, MUTED, GRID, PAPER = "#1b1b1b", "#565656", "#d6d6d6", "#ffffff"
"""Text, lesser text, lines behind, and what lies under them."""

FAR, NEAR = "#cfe3f1", "#86bbdd"
"""The middle 90 % and the middle 50 % of a fan."""


@dataclass(frozen=True)
class Look:
    """How one of several arms is drawn."""

    colour: str
    marker: str
    dashes: Any


LOOKS: Final = (
    Look("#0072b2", "o", "solid"),
    Look("#d55e00", "s", (0, (5, 1.5))),
    Look("#007f5c", "^", (0, (1.2, 1.2))),
    Look("#b0568a", "D", (0, (6, 1.5, 1.2, 1.5))),
    Look("#3c3c3c", "v", (0, (3, 1, 1, 1, 1, 1))),
    Look("#a66f00", "P", (0, (9, 2))),
)
"""The colours of Okabe and Ito (2008), some a little darker for 3:1 against white; a sign and a line for each."""

VARIABLES: Final = {
    INK: "ink",
    MUTED: "muted",
    GRID: "grid",
    PAPER: "paper",
    FAR: "far",
    NEAR: "near",
    **{look.colour: f"arm{number}" for number, look in enumerate(LOOKS)},
}
"""What a colour is called in the style sheet of the page, which has others for the dark."""

SIZE, SMALL = 9.5, 8.5
"""Sizes of text in points: 12.7 and 11.3 pixels on a screen."""

EM: Final = 0.56
"""Mean width of a letter, in sizes of the text."""


def settings(salt: str) -> dict[str, Any]:
    """What matplotlib is told: nothing that differs from one day, machine or call to the next."""
    return {
        "font.family": [HOME_FONT],
        "font.size": SIZE,
        "text.color": INK,
        "text.parse_math": False,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.7,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "axes.formatter.use_mathtext": False,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "xtick.major.size": 3,
        "ytick.major.size": 3,
        "grid.color": GRID,
        "grid.linewidth": 0.6,
        "axes.axisbelow": True,
        "hatch.linewidth": 0.6,
        "figure.facecolor": PAPER,
        "axes.facecolor": "none",
        "savefig.facecolor": PAPER,
        "svg.fonttype": "none",
        "svg.hashsalt": salt,
        "path.simplify": True,
    }
