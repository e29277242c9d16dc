"""Searching a source for exact words, and for the passage nearest to words that are not there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from engine.scenario.problems import UNSEEN

FOLDED = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
)
"""Typographic quotation marks and dashes, and what they are compared as."""

COMMON = 200
"""A word that stands more often than this in a source does not help to find a passage."""

CANDIDATES = 3
"""How many passages are compared closely."""

NEAR = 0.45
"""How alike a passage must be to be worth naming, 0 to 1."""


SHORT = 1_000
"""Characters of a quote at most: so short texts are remembered by the thousand, longer ones by the dozen."""


def normalised(text: str) -> str:
    """The text as quotes are compared: NFKC, plain quotation marks and dashes, single spaces."""
    return of_quote(text) if len(text) <= SHORT else of_source(text)


@lru_cache(maxsize=4096)
def of_quote(text: str) -> str:
    """A short text as quotes are compared."""
    return folded_together(text)


@lru_cache(maxsize=16)
def of_source(text: str) -> str:
    """A long text as quotes are compared; with the text it takes up to 8 MB of memory."""
    return folded_together(text)


def folded_together(text: str) -> str:
    """A text with what is written in several ways written in one."""
    folded = unicodedata.normalize("NFKC", text.translate(FOLDED)).translate(FOLDED)
    return " ".join(UNSEEN.sub(lambda m: " " if m[0].isspace() else "", folded).split())


class Passages:
    """A source's text, ready to be searched."""

    def __init__(self, text: str) -> None:
        self.text = normalised(text)

    def occurrences(self, quote: str) -> list[int]:
        """Where the (normalised) words stand, as whole words."""
        if not quote or quote not in self.text:
            return []
        return [match.start() for match in as_whole_words(quote).finditer(self.text)]

    def follows(self, prefix: str, start: int) -> bool:
        """Whether the (normalised) prefix stands just before this place."""
        before = self.text[max(0, start - len(prefix) - 2) : start].rstrip()
        if not before.endswith(prefix):
            return False
        first = start - (len(self.text[:start]) - len(self.text[:start].rstrip())) - len(prefix)
        return first <= 0 or not (self.text[first - 1].isalnum() and prefix[:1].isalnum())

    def nearest(self, quote: str) -> str | None:
        """The passage most like the (normalised) words, if any is like them."""
        wanted = quote.split()
        compared = SequenceMatcher(None, "", quote, autojunk=False)
        best, passage = NEAR, None
        for start in self._candidates(wanted):
            found = " ".join(self._words[start : start + len(wanted)])
            compared.set_seq1(found)
            if compared.quick_ratio() > best and (likeness := compared.ratio()) > best:
                best, passage = likeness, found
        return passage

    def _candidates(self, wanted: list[str]) -> list[int]:
        """The word numbers at which most of the wanted words would fall into place, give or take one."""
        votes: Counter[int] = Counter()
        for offset, word in enumerate(wanted):
            places = self._places.get(bare(word), ())
            for place in places if len(places) <= COMMON else ():
                votes[max(0, place - offset)] += 1
        near = {start: votes[start] + 0.5 * (votes[start - 1] + votes[start + 1]) for start in list(votes)}
        return sorted(near, key=lambda start: (-near[start], start))[:CANDIDATES]

    @cached_property
    def _words(self) -> list[str]:
        return self.text.split()

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            places.setdefault(bare(word), []).append(number)
        return places


def bare(word: str) -> str:
    """A word without its punctuation, in small letters."""
    return word.strip("\"'.,;:!?()[]-").casefold()


@lru_cache(maxsize=1024)
def as_whole_words(quote: str) -> re.Pattern[str]:
    """The words, neither begun nor ended inside a longer word; may overlap with themselves."""
    before = r"(?<!\w)" if is_word(quote[0]) else ""
    after = r"(?!\w)" if is_word(quote[-1]) else ""
    return re.compile(f"{before}(?={re.escape(quote)}{after})")


def is_word(character: str) -> bool:
    """Whether a character belongs to words."""
    return character.isalnum() or character == "_"
