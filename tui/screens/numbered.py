"""Lines that are chosen by their number."""

from __future__ import annotations


class Numbered:
    """A screen whose keys 1 to 6 look at the first six of its lines, and choose the one that is in view."""

    def look_at(self, number: int) -> None:
        """Bring a line into view; what choosing one that is there already means, each screen says."""
        raise NotImplementedError

    def action_answer_1(self) -> None:
        """The first line."""
        self.look_at(1)

    def action_answer_2(self) -> None:
        """The second line."""
        self.look_at(2)

    def action_answer_3(self) -> None:
        """The third line."""
        self.look_at(3)

    def action_answer_4(self) -> None:
        """The fourth line."""
        self.look_at(4)

    def action_answer_5(self) -> None:
        """The fifth line."""
        self.look_at(5)

    def action_answer_6(self) -> None:
        """The sixth line."""
        self.look_at(6)
