"""What a batch, its results and questions about them refuse."""

from __future__ import annotations

from engine.errors import BrinkmanshipError


class BatchError(BrinkmanshipError):
    """A batch that can't be made or gone on with, or results that can't be read: one sentence for the user."""


class QuestionError(BatchError):
    """A question that makes no sense to these results: a name that they don't have, a condition that can't be read."""

    @property
    def is_of_the_command(self) -> bool:
        """It is."""
        return True
