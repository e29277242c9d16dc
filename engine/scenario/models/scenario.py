"""A scenario, whole."""

# ruff: noqa: RUF012
# pydantic gives each record a default of its own

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from engine.scenario.doubts import Doubtful, doubts_in, name_doubts
from engine.scenario.fields import (
    USUAL_PACE,
    Date,
    Days,
    Identifier,
    Pace,
    ScenarioName,
    Title,
    hours_in,
)
from engine.scenario.models.actors import Actor, Institution
from engine.scenario.models.choices import (
    Action,
    Ask,
)
from engine.scenario.models.course import CalendarEntry, Dynamic, Ending, Event, Worth
from engine.scenario.models.promises import Case, Expectation
from engine.scenario.models.quantities import (
    Temperature,
)
from engine.scenario.models.state import (
    PLAIN_LOSS,
    Issue,
    Loss,
    Losses,
    Measure,
    Secret,
    Value,
)
from engine.scenario.models.words import Draft, Promisable, Threat, Undertaking, Words
from engine.scenario.records import Record, if_said, without
from engine.scenario.timeline import Timeline

FORMAT = 1
"""The only format this version reads."""

USUAL_WEIGHT_OF_ENDING = 0.5

EVERYONE = "actors"
"""The group of all actors."""


class Scenario(Record):
    """A crisis, written down once."""

    scenario_format: Literal[1]
    """The version of this format: 1."""
    id: ScenarioName
    """The scenario's name, the same as its folder's."""
    title: Title
    """What people read."""
    summary: str | None = None
    """What the crisis is about."""
    briefing: str | None = None
    """What a player should know before the first turn."""
    authors: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Who wrote it."""
    start: Date
    """The first day."""
    end: Date
    """The day on which the calendar runs out."""
    pace: Pace | None = None
    """The step of the rules: whole days, or hours that divide a day. Where left out a day; where a turn is shorter than
    that it must be said. A shorter pace costs as many times more as it goes into the longer one."""
    step: Days
    """The length of a turn, after which people are asked again: a whole number of paces."""
    moves_per_turn: Annotated[int, Field(ge=1, le=12)] = 1
    """How many options a seat may take in one turn; an actor whom the rule decides for takes at most one a pace."""
    temperature: Temperature = 0.05
    """How loosely actors follow their gain: the gain that makes an action e times likelier."""
    loss: Losses | None = None
    """How much it hurts an actor that the world is off its position: by its distance (``absolute``) where left out."""
    issues: Annotated[dict[Identifier, Issue], Field(min_length=1)]
    """What the crisis is about."""
    values: dict[Identifier, Value] = {}
    """Other numbers of the world."""
    flags: dict[Identifier, str] = {}
    """Yes-no states of the world, each with what it means; all start at no."""
    actor_flags: dict[Identifier, str] = {}
    """Yes-no states of each actor, each with what it means; all start at no."""
    secrets: dict[Identifier, Secret] = {}
    """Flags, values and flags of actors that not everybody knows, each with who does."""
    groups: dict[Identifier, Annotated[tuple[Identifier, ...], Field(strict=False, min_length=1)]] = {}
    """Lists of actors with a name."""
    actors: Annotated[dict[Identifier, Actor], Field(min_length=1)]
    """Who decides."""
    measures: dict[Identifier, Measure] = {}
    """Numbers and conditions that follow from the state."""
    institutions: dict[Identifier, Institution] = {}
    """Bodies that vote."""
    calendar: dict[Identifier, CalendarEntry] = {}
    """Days that matter."""
    actions: dict[Identifier, Action] = {}
    """What may be done."""
    asks: dict[Identifier, Ask] = {}
    """Questions that are put to a side."""
    undertakings: dict[Promisable, Undertaking] = {}
    """What sides may give their word for, in return for another's."""
    threats: dict[Promisable, Threat] = {}
    """With what sides may warn others off."""
    texts: dict[Promisable, Draft] = {}
    """Texts that sides negotiate."""
    words: Words | None = None
    """What a word is worth, and how words are given; as usual where left out."""
    dynamics: dict[Identifier, Dynamic] = {}
    """What drifts by itself."""
    events: dict[Identifier, Event] = {}
    """What happens unchosen."""
    endings: Annotated[tuple[Ending, ...], Field(strict=False, min_length=1)]
    """How the story may close; the first that holds does, and the last has no condition."""
    ending_weighs: Annotated[float, Field(ge=0, le=1)] | None = None
    """The part of a side's score that is what the ending is worth to it, where that is said; 0.5 where left out. The
    rest is how well the world fits what it wanted."""
    expect: Annotated[tuple[Expectation, ...], Field(strict=False)] = ()
    """What the author promises about many runs."""
    cases: dict[Identifier, Case] = {}
    """Scripted tests, which ``brink test`` runs."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return if_said(
            without(dumped(self), "pace", "loss", "words", "ending_weighs"),
            "secrets",
            "undertakings",
            "threats",
            "texts",
        )

    @model_validator(mode="after")
    def names_its_doubts(self) -> Scenario:
        """Each number in doubt is drawn by the path at which it stands."""
        name_doubts(self)
        return self

    @property
    def doubts(self) -> tuple[Doubtful, ...]:
        """Its numbers in doubt, in the order in which they stand."""
        return tuple(number for _, number in doubts_in(self))

    def __repr__(self) -> str:
        """Short: all that a scenario holds would fill a hundred pages."""
        return f"<Scenario {self.id}: {self.title}, {self.start} to {self.end}, {len(self.actors)} actors>"

    def __str__(self) -> str:
        return repr(self)

    @cached_property
    def timeline(self) -> Timeline:
        """Its days, paces and turns."""
        return Timeline(self.start, self.end, max(1, hours_in(self.days_in_pace)), max(1, hours_in(self.step)))

    @property
    def days_in_pace(self) -> float:
        """The step of the rules in days, written or not."""
        return USUAL_PACE if self.pace is None else self.pace

    def loss_of(self, issue: str) -> Loss:
        """How much it hurts to be off one's position on an issue."""
        written = self.loss if self.issues[issue].loss is None else self.issues[issue].loss
        if isinstance(written, str):
            return Loss.model_validate({"form": written})
        return PLAIN_LOSS if written is None else written

    @property
    def choices(self) -> dict[str, Action]:
        """Whatever an actor may choose, by the name that an option has: actions, and answers as ``ASK.ANSWER``."""
        return {**self.actions, **{name: self.answer(name) for name in self.answers}}

    def choice(self, name: str) -> Action:
        """An action by its name, or an answer by ``ASK.ANSWER``."""
        return self.answer(name) if "." in name else self.actions[name]

    def answer(self, name: str) -> Action:
        """An answer by its name, ``ASK.ANSWER``."""
        ask, _, answer = name.partition(".")
        return self.asks[ask].as_action(ask, answer)

    @property
    def speaks(self) -> bool:
        """Whether anybody may give its word, threaten, or negotiate a text."""
        return bool(self.undertakings or self.threats or self.texts)

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer, as ``ASK.ANSWER``."""
        return tuple(f"{name}.{answer}" for name, ask in self.asks.items() for answer in ask.answers)

    @property
    def turns(self) -> int:
        """How many turns the calendar holds."""
        return self.timeline.turns

    def turn_of(self, day: dt.date) -> int:
        """The turn in which a day lies, as if turns went on without end before the start and after the end."""
        return self.timeline.turn_of(day)

    def date_of(self, turn: int) -> dt.date:
        """The day on which a turn opens (turn 0 is the first)."""
        return self.timeline.date_of(turn)

    def day_of(self, day: str) -> dt.date:
        """The day of an entry of the calendar, or of a date as it is written."""
        return self.calendar[day].on if day in self.calendar else dt.date.fromisoformat(day)

    @property
    def weight_of_ending(self) -> float:
        """The part of a score that is what the ending is worth, where that is said."""
        return USUAL_WEIGHT_OF_ENDING if self.ending_weighs is None else self.ending_weighs

    def worth_of(self, ending: Ending, actor: str) -> Worth | None:
        """What an ending is to an actor besides where it leaves the issues; None where nothing is said of that."""
        if actor in ending.worth:
            return ending.worth[actor]
        return next((worth for who, worth in ending.worth.items() if actor in self.members((who,))), None)

    def members(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The actors that a list of actors and groups stands for, in the order of ``actors``."""
        groups = {**self.groups, EVERYONE: tuple(self.actors)}
        wanted = {actor for name in names for actor in groups.get(name, (name,))}
        return tuple(actor for actor in self.actors if actor in wanted)

    def audience(self, known_to: tuple[str, ...] | None, *parties: str | None) -> tuple[str, ...] | None:
        """Who learns of something that is known to these and to its parties; None where everybody does."""
        if known_to is None:
            return None
        return self.members((*known_to, *(party for party in parties if party is not None)))

    def in_text(self, actor: str) -> str:
        """An actor's name inside a sentence."""
        return self.actors[actor].in_text or self.actors[actor].title
