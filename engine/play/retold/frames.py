"""A game told again: how it stood at the opening of each turn, and how it came there, as values to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from engine.play.facts.ghost import drift_of, without_secrets
from engine.play.journal import SaveError
from engine.play.journal_format import Sheet
from engine.play.retold.frame import Frame
from engine.play.retold.moments import KeyMoment, key_moments
from engine.play.sight.observer import Observer
from engine.scenario.names import Reference

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.play.crisis import Crisis
    from engine.play.game import Game
    from engine.play.session import Session
    from engine.scenario.history import History
    from engine.scenario.models import Scenario


@dataclass(frozen=True)
class Verdict:
    """Whether a game that was told again is the one that was kept, in a sentence."""

    is_same: bool
    words: str


class Source(Protocol):
    """Where a game can be told again from."""

    @property
    def title(self) -> str:
        """What people call the game."""

    @property
    def people(self) -> tuple[str, ...]:
        """In whose seats people sit in a game that goes on."""

    def crisis(self) -> Crisis:
        """What is played. Raises :class:`SaveError`."""

    def games(self, crisis: Crisis) -> Iterator[Game]:
        """The game at the opening of each turn, and at last as it stands: one game that moves on.

        Raises :class:`SaveError` where it can't go on.
        """

    def sheet(self, turn: int) -> Sheet | None:
        """How a turn was decided, where that is known."""

    def verdict(self, game: Game) -> Verdict:
        """Whether the game that was told is the one that was kept."""

    def branch(self, crisis: Crisis, turn: int, title: str, people: Collection[str] | None) -> Session:
        """Another game with the same past up to the opening of a turn, with people in these seats from there.

        Where ``people`` is None they sit where they sat. Raises :class:`SaveError` and ``OrderRefused``.
        """


@dataclass(frozen=True)
class Retelling:
    """A whole game, told again."""

    source: Source
    crisis: Crisis
    frames: tuple[Frame, ...]
    history: History | None
    """What really happened, as far as it may be told while the game goes on."""
    moments: Mapping[int, KeyMoment]
    """The frames in which much changed, by their number."""
    verdict: Verdict

    @property
    def scenario(self) -> Scenario:
        """What was played."""
        return self.crisis.scenario

    @property
    def is_over(self) -> bool:
        """Whether the story has closed."""
        return self.frames[-1].ending is not None

    def frame_on(self, day: dt.date) -> int:
        """The number of the frame that opens a turn of this day; the last one after the end."""
        return max((frame.number for frame in self.frames if frame.day <= day), default=0)

    def next_moment(self, number: int) -> int | None:
        """The next frame in which much changed."""
        return next((later for later in sorted(self.moments) if later > number), None)

    def moment_before(self, number: int) -> int | None:
        """The one before."""
        return next((earlier for earlier in sorted(self.moments, reverse=True) if earlier < number), None)


def retell(source: Source, goes_on: Callable[[int, int], bool] = lambda _told, _most: True) -> Retelling | None:
    """A game told again from its start to where it stands; None where it was given up.

    ``goes_on`` is told after each turn how many have been told and how many there can be, and says whether to go on.
    Where a turn can't be told, the retelling ends before it and says so. Raises :class:`SaveError` where not even the
    start can.
    """
    crisis = source.crisis()
    frames: list[Frame] = []
    game: Game | None = None
    trouble = None
    try:
        for game in source.games(crisis):
            number = len(game.turns)
            frames.append(frame_of(game, crisis.history, source.sheet(number - 1) if number else None))
            if not goes_on(number, crisis.scenario.turns):
                return None
    except SaveError as error:
        if game is None:
            raise
        trouble = Verdict(False, str(error))
    assert game is not None, "a source tells at least the start"
    history = crisis.history
    if not game.is_over:
        for actor in source.people:
            observer = Observer(crisis.rules, actor)
            frames = [as_observed(frame, observer, source.people) for frame in frames]
            history = observer.of_history(history)
    moments = {moment.number: moment for moment in key_moments(crisis.scenario, frames)}
    return Retelling(source, crisis, tuple(frames), history, moments, trouble or source.verdict(game))


def as_observed(frame: Frame, observer: Observer, people: tuple[str, ...]) -> Frame:
    """What a person may see of a frame again while the game goes on; odds only where nobody else sits at the table."""
    if observer.sees_all:
        return frame
    stands, passed, sheet = observer.of(frame.stands), frame.passed, frame.sheet
    learned = observer.learned(frame.stands)
    if sheet is not None and people != (observer.actor,):
        sheet = sheet.model_copy(update={"expected": {}, "calls": {}})
    drift = None if frame.drift is None else without_secrets(frame.drift, lambda p: observer.is_told_of(p, learned))
    passed = None if passed is None else observer.of(passed)
    positions = {
        issue: {who: at for who, at in stood.items() if observer.knows_position(issue, who, learned)}
        for issue, stood in frame.positions.items()
    }
    return replace(frame, passed=passed, sheet=sheet, stands=stands, drift=drift, positions=positions, scores={})


def frame_of(game: Game, history: History | None, sheet: Sheet | None = None) -> Frame:
    """A game as it stands now."""
    scenario = game.rules.scenario
    return Frame(
        len(game.turns),
        game.day,
        game.turns[-1] if game.turns else None,
        sheet,
        game.turns[-1] if game.is_over else game.opening,
        {
            issue: {
                actor: game.read(Reference("position", issue, actor))
                for actor, record in scenario.actors.items()
                if issue in record.stances
            }
            for issue in scenario.issues
        },
        game.scores(),
        None if history is None else drift_of(game, history),
        game.ending.id if game.ending else None,
        game.digest(),
    )
