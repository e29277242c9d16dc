"""What compiled code is handed: a table of words, each of them a number, or where an array stands in the memory.

Code that was compiled is called with where the table stands and with the days of a pace, and knows nothing of Python:
so it can be kept, and called without what has compiled it.
"""

from __future__ import annotations

from typing import Final

LANES: Final = 64
"""Runs side by side: operands of so many stay in the processor's nearest cache, and a word has a bit for each."""

ENTRY: Final = "brinkmanship_paces"
"""What the function is called in code that was compiled."""

# fmt: off
# what differs from call to call
(START, END, TICK, PACES, WATCH, WATCHED, SEED, LINES, ROOM, CODE, MEMORY, SLOTS, RUNS,
 DUE_LANES, DUE_TICKS, DUE_SLOTS, DUE_SETS, DUE_AMOUNTS, DUES) = range(19)
# what is the same for a program, and a number of lanes
(WIDE, TICKS, ROWS, TAKE, LEGAL, GAIN, RATE, FREE, DAY, OPTIONS, ACTORS, STREAMS,
 KEYS, ACTOR_KEYS, OPTION_TABLE, ACTOR_TABLE, LIMITS, STAMPS,
 MORE, BECOMES, GROWS, IS_SET, TOUCHED, TOUCHES) = range(DUES + 1, DUES + 25)
# fmt: on
WORDS: Final = TOUCHES + 1
