"""What stands in a save: format 4 of the journal, and how formats 1 to 3 are read."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.asked import LARGEST_SEED
from engine.errors import BrinkmanshipError
from engine.play.game import Game
from engine.play.plans import option_in
from engine.play.policies import BY_RULE, ByRule, Order
from engine.play.under_way import SeatMove
from engine.rules.options import Option
from engine.rules.votes import ABSTAIN, BALLOTS, NO, YES
from engine.scenario.fields import ScenarioName, Unit
from engine.scenario.orders import OrderError

FORMAT: Final = 4
"""The version of the journal that this engine writes."""

LONGEST_PATH = 4096
"""Letters of a path."""

LONGEST_TITLE = 120
"""Letters of a game's title."""

VoteWord = Literal["yes", "abstain", "no"]

WORDS: Final[dict[int, VoteWord]] = {YES: "yes", ABSTAIN: "abstain", NO: "no"}

GameId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$")]
"""The name of a game, which is also that of its file."""

Time = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})?$")]
"""A moment, as ISO 8601 writes it."""

Turns = Annotated[int, Field(ge=0, le=1_000_000)]

CLOSED = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class SaveError(BrinkmanshipError):
    """A save that can't be read, does not fit the scenario, or can't be written."""


class NewerSaveError(SaveError):
    """A save of a version that came after this one: nothing is wrong with it."""


class Deed(BaseModel):
    """What one seat did in one turn, or has chosen to do."""

    model_config = CLOSED

    moves: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Each ``action`` or ``action:target``, with ``@day`` where it was for a later day; none where it held.

    Answers to questions stand among them: ``ASK.ANSWER``, with the moment at which it was given.
    """
    by_rule: bool = False
    """Whether the seat left it to the rule."""
    votes: dict[str, VoteWord] = {}
    """How it voted, by question."""


class ShownOdds(BaseModel):
    """The odds that a player saw for the plan that was sent."""

    model_config = CLOSED

    shares: dict[str, Unit]
    """By ending, the share of the futures that were looked at."""
    futures: Annotated[int, Field(ge=1)]
    """How many were looked at."""


class Sheet(BaseModel):
    """One turn as it was decided: who did what, and what was expected of it."""

    model_config = CLOSED

    people: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Whose seats were in people's hands."""
    deeds: dict[str, Deed] = {}
    """What each seat did that the rule did not decide for."""
    calls: dict[str, dict[str, Unit]] = {}
    """How likely a player called an ending, by actor and ending."""
    expected: dict[str, ShownOdds] = {}
    """What was shown to a player, by actor."""
    stands: Annotated[str, Field(max_length=20)] | None = None
    """Of a turn that is on its way: the moment at which it stands still, since somebody is asked."""


class Parent(BaseModel):
    """The game from which another branched, and the turn in which it did."""

    model_config = CLOSED

    id: GameId
    turn: Turns


class Place(BaseModel):
    """Where the file of a scenario was that does not come with the game."""

    model_config = CLOSED

    given: Annotated[str, Field(max_length=LONGEST_PATH)]
    """The name or path by which it was asked for."""
    path: Annotated[str, Field(max_length=LONGEST_PATH)]
    """The absolute path of its file."""


class Journal(BaseModel):
    """Everything that a game can be played again from."""

    model_config = CLOSED

    journal_format: Literal[4]
    id: GameId | None = None
    """The game's own name; nothing where nobody keeps it in a folder of saves."""
    title: Annotated[str, Field(max_length=LONGEST_TITLE)] = ""
    """What people call the game, or the branch."""
    created: Time | None = None
    saved: Time | None = None
    scenario: ScenarioName
    scenario_hash: str
    place: Place | None = None
    """Where the scenario was; nothing where it comes with the game, or the journal is of an older format."""
    engine: str
    hours_in_pace: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """The step of the rules; nothing in formats 1 to 3, in which it was a whole turn."""
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)]
    run: Annotated[int, Field(ge=0, lt=2**63)]
    level: str | None = None
    """How hard it is, where a table has chosen."""
    parent: Parent | None = None
    people: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Whose seats are in people's hands now."""
    turns: Annotated[tuple[Sheet, ...], Field(strict=False)]
    pending: Sheet = Sheet()
    """What is chosen already in the open turn."""
    ending: str | None = None
    """How the story has closed, if it has."""
    digest: str
    """The fingerprint of the state that this leads to."""

    @property
    def seats(self) -> tuple[str, ...]:
        """Every actor that the rule did not decide for at some time."""
        return tuple(dict.fromkeys(actor for sheet in self.turns for actor in sheet.deeds))

    def people_at(self, turn: int) -> tuple[str, ...]:
        """Whose seats were in people's hands in a turn; in the open one, whose are now."""
        return self.turns[turn].people if turn < len(self.turns) else self.people


class FirstDeed(BaseModel):
    """What one seat did in one turn, in format 1."""

    model_config = CLOSED

    move: str | None
    by_rule: bool = False
    votes: dict[str, VoteWord] = {}


class FirstJournal(BaseModel):
    """A journal of format 1, which knew one move a turn and nothing of people."""

    model_config = CLOSED

    journal_format: Literal[1]
    scenario: ScenarioName
    scenario_hash: str
    engine: str
    hours_in_pace: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """The step of the rules; nothing in formats 1 to 3, in which it was a whole turn."""
    seed: int
    run: int
    seats: Annotated[tuple[str, ...], Field(strict=False)]
    turns: Annotated[tuple[dict[str, FirstDeed], ...], Field(strict=False)]
    digest: str

    def in_this_format(self) -> Journal:
        """The same journal as this version writes it."""
        turns = tuple(Sheet(deeds={actor: _from_first(deed) for actor, deed in deeds.items()}) for deeds in self.turns)
        return Journal(
            journal_format=FORMAT,
            scenario=self.scenario,
            scenario_hash=self.scenario_hash,
            engine=self.engine,
            seed=self.seed,
            run=self.run,
            turns=turns,
            digest=self.digest,
        )


def _from_first(deed: FirstDeed) -> Deed:
    return Deed(moves=() if deed.move is None else (deed.move,), by_rule=deed.by_rule, votes=deed.votes)


def as_title(text: str) -> str:
    """A title as it is kept: one line, nothing that can't be seen, and not too long."""
    visible = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(visible.split())[:LONGEST_TITLE]


def journal_from(content: Any) -> Journal:
    """The journal that some JSON holds, of any format that can be read. Raises pydantic's ValidationError."""
    if isinstance(content, dict) and content.get("journal_format") == 1:
        return FirstJournal.model_validate(content).in_this_format()
    if isinstance(content, dict) and content.get("journal_format") == 2 and "place" not in content:
        return Journal.model_validate(content | {"journal_format": FORMAT})
    if isinstance(content, dict) and content.get("journal_format") == 3:  # it knew no later days
        return Journal.model_validate(content | {"journal_format": FORMAT})
    return Journal.model_validate(content)


def sheets_of(game: Game) -> tuple[Sheet, ...]:
    """What the seats of a game did, turn by turn."""
    return tuple(
        Sheet(people=hands, deeds={actor: deed_of(move) for actor, move in moves.items()})
        for moves, hands in zip(game.seat_moves, game.hands, strict=True)
    )


def deed_of(move: SeatMove) -> Deed:
    """What a seat did, in words."""
    votes = {question: WORDS[vote] for question, vote in move.votes.items()}
    answers = tuple(str(option) for option in move.answers)
    if isinstance(move.moves, ByRule):
        return Deed(moves=answers, by_rule=True, votes=votes)
    return Deed(moves=(*(str(option) for option in move.moves), *answers), votes=votes)


def order_of(actor: str, deed: Deed) -> Order:
    """The order that brings about the same deed."""
    votes = {question: BALLOTS[word] for question, word in deed.votes.items()}
    options = [option_of(actor, text) for text in deed.moves]
    answers = tuple(option for option in options if option.answers)
    return Order(BY_RULE if deed.by_rule else tuple(o for o in options if not o.answers), votes, answers)


def option_of(actor: str, text: str) -> Option:
    """The option of an actor that is written ``action`` or ``action:target``, perhaps with its day.

    Raises :class:`SaveError`.
    """
    try:
        return option_in(actor, text)
    except OrderError as error:
        raise SaveError(f"the save does not fit the scenario: {error}") from None
