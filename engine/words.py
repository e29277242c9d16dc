"""The language of what people read: each text passes through :func:`_`, which looks it up in the chosen language.

A text is looked up whole, with its named placeholders still in it, and filled in afterwards.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final

DOMAIN: Final = "brinkmanship"
"""The name of the files of translations, without their ending."""

FOLDER: Final = Path(__file__).with_name("locale")
"""Where translations are looked for: ``LANGUAGE/LC_MESSAGES/brinkmanship.mo``."""

_chosen: gettext.NullTranslations = gettext.translation(DOMAIN, FOLDER, fallback=True)


def use(language: str | None, folder: Path = FOLDER) -> bool:
    """Speak a language from now on, or that of the environment where None; says whether there is a translation.

    Where there is none, texts stay as they were written, in English.
    """
    global _chosen  # noqa: PLW0603  one language for the whole program, as gettext itself keeps it
    _chosen = gettext.translation(DOMAIN, folder, None if language is None else [language], fallback=True)
    return isinstance(_chosen, gettext.GNUTranslations)


def _(text: str) -> str:
    """The text in the chosen language."""
    return _chosen.gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """The text for a number of things in the chosen language."""
    return _chosen.ngettext(one, many, number)
