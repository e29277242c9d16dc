"""The game of a journal, told again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.play.journal import SaveError, openings
from engine.play.journal_format import Journal, Sheet
from engine.play.retold.frames import Verdict
from engine.play.session import Session
from engine.scenario.load import scenario_hash
from engine.words import _

if TYPE_CHECKING:
    from engine.play.crisis import Crisis
    from engine.play.game import Game


@dataclass(frozen=True)
class SavedGame:
    """A game that somebody has kept, or plays."""

    journal: Journal
    of: Crisis

    @property
    def title(self) -> str:
        """What people call it."""
        return self.journal.title or self.of.scenario.title

    @property
    def people(self) -> tuple[str, ...]:
        """In whose seats people sit."""
        return self.journal.people

    def crisis(self) -> Crisis:
        """What is played."""
        return self.of

    def games(self, crisis: Crisis) -> Iterator[Game]:
        """The game at the opening of each turn, and as it stands."""
        return openings(crisis.rules, self.journal)

    def sheet(self, turn: int) -> Sheet | None:
        """How a turn was decided."""
        return self.journal.turns[turn]

    def verdict(self, game: Game) -> Verdict:
        """By the fingerprint that the journal keeps of where it led."""
        if game.digest() == self.journal.digest:
            return Verdict(True, _("State checked: this is the game that was kept, to the last number."))
        has_changed = scenario_hash(game.rules.scenario) != self.journal.scenario_hash
        why = (
            _("the scenario has changed since")
            if has_changed
            else _("it was kept by version {version}").format(version=self.journal.engine)
        )
        return Verdict(False, _("It has taken another course than when it was kept: {why}.").format(why=why))

    def branch(self, crisis: Crisis, turn: int, title: str, people: Collection[str] | None) -> Session:
        """A branch of the game."""
        return Session.of(self.journal, crisis.rules).branch(turn, title, people=people)


__all__ = ["SaveError", "SavedGame"]
