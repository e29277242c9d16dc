"""The workshop: a scenario's file, what is found in it, and a game that is played again after each save."""

from __future__ import annotations

from dataclasses import replace

from engine.play.choosing import toggle
from engine.play.session import Session
from engine.play.table import Orders
from engine.play.workshop.choices import Choices, Note, Played, copy_of, play_again
from engine.play.workshop.draft import Draft, check, fit_scenario, lines_of
from engine.play.workshop.figures import Figure, Figures
from engine.rules import Rules
from engine.rules.options import Option
from engine.scenario.load import scenario_hash
from engine.scenario.models import Scenario
from engine.scenario.places import find_scenario
from engine.scenario.problems import Problem
from engine.scenario.watched import signature_of


class Workshop:
    """One scenario while it is written, and one game of it; what was chosen outlives every edit."""

    def __init__(self, name: str, seed: int = 1, side: str | None = None) -> None:
        """For a bundled name, a folder or a file; ``side`` is the first that may be played, where left out.

        Raises :class:`~engine.scenario.problems.ScenarioError` where no scenario is called so.
        """
        self.name, self.seed, self.side = name, seed, side
        self.place = find_scenario(name)
        self.draft: Draft | None = None
        """The files as they were read last."""
        self.played: Played | None = None
        """The game of the last draft that could be used."""
        self.choices = Choices()

    # The file

    @property
    def is_saved(self) -> bool:
        """Whether a file was saved since it was read last."""
        return self.draft is None or signature_of(self.place) != self.draft.signature

    def look(self) -> Draft:
        """The files as they are now, checked and played again: slow, and nothing here changes by it."""
        signature, choices, played = signature_of(self.place), self.choices, self.played
        report = check(self.name, self.place)
        scenario = fit_scenario(report)
        if scenario is None:
            played = None
        elif played is None or scenario_hash(played.session.scenario) != scenario_hash(scenario):
            played = play_again(Rules(scenario), self.seed, self.side or first_side(scenario), choices)
        return Draft(signature, report, lines_of(self.place, report), played)

    def take_in(self, draft: Draft) -> None:
        """Go on with a draft; the last game stays where it can't be used."""
        self.draft, found = draft, draft.played
        if found is None or found is self.played:
            return
        self.side = self.side or first_side(found.session.scenario)
        self.played = found if found.choices == self.choices else self._again(found.session.rules)

    def refresh(self) -> bool:
        """Look where something was saved; whether it was."""
        if not self.is_saved:
            return False
        self.take_in(self.look())
        return True

    @property
    def findings(self) -> tuple[Problem, ...]:
        """What a check finds in the files, errors first."""
        return () if self.draft is None else self.draft.findings

    @property
    def is_stale(self) -> bool:
        """Whether the game is that of an earlier draft, since this one can't be used."""
        return self.played is not None and self.draft is not None and self.draft.played is None

    # The game

    @property
    def session(self) -> Session | None:
        """The game, once the scenario has been fit for one."""
        return None if self.played is None else self.played.session

    @property
    def seat(self) -> str | None:
        """The actor in whose seat the author sits, if there is one."""
        return next(iter(self.session.people), None) if self.session is not None else None

    @property
    def replayed(self) -> tuple[Note, ...]:
        """What could not be done again as it was chosen."""
        return () if self.played is None else self.played.notes

    def toggle(self, option: Option | None) -> None:
        """Choose an option of the open turn or leave it again; None holds. Raises ``OrderRefused``."""
        session, seat = self._seated()
        toggle(session, seat, option)
        self._note_pending()

    def leave_to_rule(self) -> None:
        """The rule decides in the open turn. Raises ``OrderRefused``."""
        session, seat = self._seated()
        session.leave_to_rule(seat)
        self._note_pending()

    def vote(self, question: str, ballot: int | None) -> None:
        """How the seat votes if a question is tabled this turn. Raises ``OrderRefused``."""
        session, seat = self._seated()
        session.vote(seat, question, ballot)
        self._note_pending()

    def end_turn(self) -> bool:
        """The turn takes its course, and what was chosen is kept; whether there was one."""
        played = self.played
        if played is None or played.session.is_over:
            return False
        session, before = played.session, copy_of(played.session.game.world)
        chosen = (*self.choices.turns[: session.turn], *self._pending())
        session.end_turn()
        self.choices = Choices(chosen)
        notes = tuple(note for note in played.notes if note.turn < session.turn)
        self.played = replace(played, choices=self.choices, before=before, notes=notes)
        return True

    def undo(self) -> bool:
        """Take back the latest choice, or open the turn before with what was chosen in it; whether there was any."""
        session = self.session
        if session is None:
            return False
        if session.undo():
            self._note_pending()
            return True
        turns = self.choices.turns[: len(session.game.turns)]
        if not turns:
            return False
        self.choices = Choices(turns[:-1], turns[-1])
        self.played = self._again(session.rules)
        return True

    def _seated(self) -> tuple[Session, str]:
        session, seat = self.session, self.seat
        assert session is not None, "there is no game yet"
        assert seat is not None, "nobody sits in a seat"
        return session, seat

    def _pending(self) -> tuple[Orders, ...]:
        session, seat = self.session, self.seat
        return () if session is None else (session.orders(seat or ""),)

    def _note_pending(self) -> None:
        self.choices = replace(self.choices, pending=self._pending()[0])
        if self.played is not None:
            self.played = replace(self.played, choices=self.choices)

    def _again(self, rules: Rules) -> Played:
        return play_again(rules, self.seed, self.side, self.choices)

    # Expressions

    @property
    def figures(self) -> Figures | None:
        """Every expression on the game as it stands."""
        if self.played is None:
            return None
        game = self.played.session.game
        return Figures(game.rules, game.world, self.played.before)

    def evaluate(self, text: str, option: Option | None = None) -> Figure:
        """An expression on the game as it stands. Raises ``ExpressionError``."""
        assert self.figures is not None, "there is no game yet"
        return self.figures.evaluate(text, option, self.seat)


def first_side(scenario: Scenario) -> str | None:
    """The first actor that may be played."""
    return next((name for name, actor in scenario.actors.items() if actor.playable), None)
