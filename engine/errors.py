"""What a user may do wrong: a small tree of exceptions, each of which says in a sentence what it is and what to do."""

from __future__ import annotations

__all__ = ["ArgumentError", "BrinkmanshipError"]


class BrinkmanshipError(Exception):
    """Something that whoever asked can mend: a file, an argument, a move; says so in a sentence."""

    @property
    def is_of_the_command(self) -> bool:
        """Whether the words of the command are wrong, whatever the files say that it reads."""
        return False


class ArgumentError(BrinkmanshipError, ValueError):
    """A value that can't be asked for, named by its argument."""

    @property
    def is_of_the_command(self) -> bool:
        """It is."""
        return True
