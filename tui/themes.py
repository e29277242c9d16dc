"""Four themes: dark, light, high contrast, and colours that people with any kind of colour vision can tell apart.

The last uses the palette of Okabe and Ito (Color Universal Design, 2008). No theme carries meaning alone: each colour
stands beside a letter, a word or a sign.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="dark",
    primary="#7aa2d6",
    secondary="#a9b665",
    accent="#e2b55a",
    warning="#e2b55a",
    error="#e07a6a",
    success="#8fbf7f",
    foreground="#d8dbe0",
    background="#14171c",
    surface="#1a1e25",
    panel="#242a33",
    dark=True,
)

LIGHT = Theme(
    name="light",
    primary="#1f4e8c",
    secondary="#4b6b1d",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a3291c",
    success="#2f6b23",
    foreground="#1c1f24",
    background="#f6f4ef",
    surface="#efece5",
    panel="#e2ded4",
    dark=False,
)

CONTRAST = Theme(
    name="contrast",
    primary="#ffffff",
    secondary="#ffff00",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#202020",
    dark=True,
    variables={"text-muted": "#e0e0e0", "border": "#ffffff", "border-blurred": "#c0c0c0"},
)

SAFE = Theme(
    name="safe",
    primary="#56b4e9",
    secondary="#009e73",
    accent="#e69f00",
    warning="#f0e442",
    error="#d55e00",
    success="#56b4e9",
    foreground="#e6e6e6",
    background="#101418",
    surface="#161b21",
    panel="#212830",
    dark=True,
)

ALL = (DARK, LIGHT, CONTRAST, SAFE)
"""Every theme, in the order in which the settings offer them."""
