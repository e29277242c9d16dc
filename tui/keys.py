"""Keys as people call them."""

from __future__ import annotations

from engine.words import _

KEYS = {
    "question_mark": "?",
    "colon": ":",
    "comma": ",",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "left": _("left"),
    "right": _("right"),
    "home": "Home",
    "end": "End",
    "delete": "Del",
}
"""Keys as they are written for people."""


def key_in_words(keys: str) -> str:
    """The keys of a command for people."""
    return ", ".join(
        KEYS.get(
            key,
            key.replace("ctrl+", "^").upper()
            if key.startswith("f") and key[1:].isdigit()
            else key.replace("ctrl+", "^"),
        )
        for key in keys.split(",")
    )
