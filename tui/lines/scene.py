"""What lines about a game need to know of it, whether it is being played or told again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.play.crisis import Crisis, History, Scenario


class Scene(Protocol):
    """A game, as somebody looks at it."""

    @property
    def crisis(self) -> Crisis:
        """What is played."""

    @property
    def scenario(self) -> Scenario:
        """The same without its rules."""

    @property
    def history(self) -> History | None:
        """What really happened, as far as it may be told."""

    @property
    def viewer(self) -> str | None:
        """Whose side is looked at first; None where nobody's is."""
