"""What is said of a misspelled name: the nearest one, found quickly among tens of thousands, or which there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nlargest

from engine.expressions import nearest
from engine.scenario.problems import listed, quoted

MOST_CANDIDATES = 40
"""How many names are worth comparing letter by letter."""


class Vocabulary:
    """The names that there are in one place; dotted names count as near when all parts but one are the same."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(dict.fromkeys(names))

    def near(self, word: str) -> list[str]:
        """The names that share most letter pairs with a word, which may itself be any text."""
        if len(self.names) <= MOST_CANDIDATES:
            return self.names
        wanted = letter_pairs(word)
        return nlargest(MOST_CANDIDATES, self._alike(word), key=lambda name: len(wanted & letter_pairs(name)))

    def _alike(self, word: str) -> list[str]:
        """Names with as many parts, all of them the same but one."""
        found = [name for key in gaps(word) for name in self._by_gap.get(key, ())]
        return found if "." in word else self._by_gap.get((0, ()), [])

    @cached_property
    def _by_gap(self) -> dict[tuple[int, tuple[str, ...]], list[str]]:
        """The names by what is left when one part is taken out, and where."""
        index: dict[tuple[int, tuple[str, ...]], list[str]] = {}
        for name in self.names:
            for key in gaps(name):
                index.setdefault(key, []).append(name)
        return index


def gaps(name: str) -> list[tuple[int, tuple[str, ...]]]:
    """For each part of a dotted name, where it stands and the other parts."""
    parts = tuple(name[:200].split("."))[:4]
    return [(number, parts[:number] + parts[number + 1 :]) for number in range(len(parts))]


def letter_pairs(word: str) -> set[str]:
    """Each two letters of a word that stand side by side, its ends included."""
    closed = f"^{word[:200]}$"
    return {closed[number : number + 2] for number in range(len(closed) - 1)}


def instead(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The end of a message about an unknown word: the nearest spelling, or ``otherwise``, or which words there are."""
    names = list(known)
    near = nearest(word, names)
    return f", did you mean {quoted(near)}?" if near else f": {otherwise or there_are(names)}"


def there_are(names: Sequence[str]) -> str:
    """*there are a, b and c*."""
    return f"there {'is' if len(names) == 1 else 'are'} {listed(names)}"
