"""Faults at every operation on files in turn, as SQLite tries them: operation k fails, for k = 1, 2, ... to the last.

    for fault in every_fault():
        ...                                # things as they were before
        with fault:                        # operation k fails in here, or the program dies there
            work()
        check_that_nothing_is_lost()       # the next k follows, until work() ends before operation k

The program under test knows nothing of it: what ``os`` offers for writing is replaced for a while.
"""

from tests.faults.faults import DEATHS, ERRORS, Died, Fault, every_fault

__all__ = ["DEATHS", "ERRORS", "Died", "Fault", "every_fault"]
