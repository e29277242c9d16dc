"""Marks: one letter or digit for each ending, for screens and lines with little room."""

from __future__ import annotations

import string
from collections.abc import Iterator
from itertools import chain, count

from engine.scenario.models import Ending, Scenario

PLAIN = string.ascii_uppercase + string.digits + string.ascii_lowercase
"""What a mark may be, the first choice first."""

BEYOND = 0xC0
"""From this character on marks are found where an author has more endings than there are plain marks."""


def marks_of(scenario: Scenario) -> dict[str, str]:
    """The mark of each ending, no two the same: the author's, else a letter of its title, else any."""
    marks = {ending.id: ending.mark for ending in scenario.endings if ending.mark is not None}
    taken = set(marks.values())
    for ending in scenario.endings:
        if ending.id not in marks:
            marks[ending.id] = next(mark for mark in candidates(ending) if mark not in taken)
            taken.add(marks[ending.id])
    return {ending.id: marks[ending.id] for ending in scenario.endings}


def candidates(ending: Ending) -> Iterator[str]:
    """Marks that would do, the best first: initials of the title, its other letters, any letter or digit."""
    title = ending.title.upper()
    initials = [word[0] for word in title.split()]
    fitting = (letter for letter in chain(initials, title) if letter in PLAIN)
    return chain(fitting, PLAIN, (letter for letter in map(chr, count(BEYOND)) if letter.isalpha()))
