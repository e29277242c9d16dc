"""How large anything may be that a stranger has written, in one place, each with its reason.

What breaks a limit is refused at once; whatever keeps them all is checked within seconds and 300 MB. The limits of a
single expression stand with its language, in ``engine.expressions``.
"""

from __future__ import annotations

# Reading -----------------------------------------------------------------------------------------

LARGEST_FILE = 1_000_000
"""Bytes of a scenario, an index or a source: ten times a long scenario, and read in a fraction of a second."""

DEEPEST = 24
"""Levels that mappings and lists may be nested: the format needs ten, and deeper nesting only exhausts readers."""

MOST_NODES = 100_000
"""Values of one file: each costs some hundred bytes, and a scenario of 4,000 lines has 12,000."""

LARGEST_NUMBER = 1e100
"""Numbers stay below this, either side of zero, so that products of a few of them are finite."""

MOST_SOURCES = 200
"""Texts that one index may name: each is opened and searched."""

MOST_SOURCE_CHARACTERS = 10_000_000
"""Characters that all texts of one index may have together: they are kept in memory twice."""

# Time --------------------------------------------------------------------------------------------

MOST_PACES = 4_000
"""Paces of a calendar: eleven years of days; each pace of a run costs milliseconds."""

LAST_YEAR = 9_000
"""The calendar's own last year is 9999, and a story must be able to look beyond its end."""

LONGEST_STORY = 40_000.0
"""Days that a calendar may hold, a little more than a century: the bound of every count of days."""

# Parts -------------------------------------------------------------------------------------------

MOST: dict[str, int] = {
    "actors": 200,
    "issues": 50,
    "values": 500,
    "flags": 1000,
    "actor_flags": 100,
    "secrets": 1600,
    "groups": 500,
    "measures": 1000,
    "institutions": 100,
    "calendar": 1000,
    "actions": 2000,
    "asks": 200,
    "undertakings": 100,
    "threats": 100,
    "texts": 20,
    "dynamics": 500,
    "events": 1000,
    "endings": 100,
    "expect": 500,
    "cases": 500,
}
"""Entries of each part: a few times what the largest crisis needs. Stances, actor flags and whether it is asked are
kept for each actor, so that the state has at most 200 x (50 + 100 + 200) rows of them."""

LONGEST_CHAIN = 50
"""Measures that may stand one on the other: working out the last goes down through them all, a call inside a call."""

MOST_OPTIONS = 20_000
"""Options (actor, action, target): the gain of each is worked out in every pace."""

MOST_DECISIONS = 1_000_000
"""Options times paces: what one run has to weigh up, at some microseconds each; Kosovo has 62,000."""

MOST_EXCHANGES = 60
"""Exchanges of two undertakings: each brings two offers and four answers, whose worth is judged in every pace."""

MOST_EFFECTS = 2_000
"""Effects and beliefs of all actions and events: each is an array operation a pace."""

MOST_REVEALED = 20_000
"""What effects may reveal, counted once for each actor who learns it: each has a row of the state."""

MOST_SEATS = 5_000
"""Seats of all institutions: looked through whenever somebody comes or goes."""

LARGEST_END = 1e9
"""Scales and ranges stay below this, either side of zero, so that no digit of a small change is lost."""

MOST_CHANCES_IN_LIST = 4
"""Effects of one list that may have a chance: a draw gives four uniforms."""

MOST_CHANCES_ON_ISSUE = 6
"""Chances of one option that may bear on one issue: the gain goes through all their combinations, 64 of them."""

# Checking ----------------------------------------------------------------------------------------

MOST_REPORTED = 100
"""Problems that are told before the rest is only counted: nobody reads further, and each costs a search."""

MOST_KEPT = 10_000
"""Problems that are kept at all."""

PATIENCE = 2_000_000
"""Characters of expressions that the estimate of what can come about looks at before everything counts as possible."""
