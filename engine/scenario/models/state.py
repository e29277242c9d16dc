"""What a world is made of: issues and what a distance on them counts for, values, measures, secrets."""

# ruff: noqa: RUF012
# pydantic gives each record a default of its own

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    model_serializer,
    model_validator,
)

from engine.scenario.fields import (
    Identifier,
    Knowers,
    Title,
    Unit,
)
from engine.scenario.models.quantities import (
    Number,
    Quantity,
)
from engine.scenario.records import Record, Sourced, if_said, without

LossForm = Literal["absolute", "quadratic", "gaussian"]
"""How a loss grows with the distance, by name."""


class Loss(Record):
    """How much it hurts an actor that the world is off its position, by the distance as a share of the scale."""

    form: LossForm = "absolute"
    """As the distance, as its square, or as 1 - exp(-distance² / (2 width²)), which is flat far away."""
    width: Annotated[float, Field(ge=0.1, le=1)] | None = None
    """Of a Gaussian loss, the distance at which it is steepest, as a share of the scale."""
    zone: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Within this share of the scale an actor is indifferent; the distance counts from there."""
    reserve: Annotated[float, Field(gt=0, lt=1)] | None = None
    """The reservation point: what lies farther off than this share of the scale is beyond what can be lived with."""
    steeper: Annotated[float, Field(gt=1, le=100)] | None = None
    """How many times as much a step beyond the reservation point adds."""

    @model_validator(mode="after")
    def says_what_its_form_needs(self) -> Loss:
        """A width goes with gaussian; reserve and steeper go together."""
        if (self.form == "gaussian") != (self.width is not None):
            raise ValueError("width goes with gaussian, which needs it")
        if (self.reserve is None) != (self.steeper is None):
            raise ValueError("reserve and steeper go together")
        return self

    @property
    def is_plain(self) -> bool:
        """Whether it is the distance, and nothing else."""
        return self == PLAIN_LOSS


PLAIN_LOSS = Loss.model_construct()
"""The loss where nothing is said."""


def shape_of_loss(loss: Any) -> str:
    """Which of the two ways of writing a loss it is."""
    return CURVE if isinstance(loss, (dict, Loss)) else NAMED


NAMED, CURVE = "[named]", "[curve]"
"""What pydantic writes into the path of an error for the two ways of writing a loss."""

Losses = Annotated[
    Annotated[Literal["absolute", "quadratic"], Tag(NAMED)] | Annotated[Loss, Tag(CURVE)], Discriminator(shape_of_loss)
]
"""How a loss grows with the distance: by the name of its form, or as a record."""


class Issue(Sourced):
    """A value of the world with a scale whose ends have names, on which actors hold stances."""

    title: Title
    """What people read."""
    start: Number
    """Where the world stands when the scenario opens."""
    scale: Annotated[dict[float, str], Field(min_length=2)]
    """What the points of the scale mean; the lowest and the highest are its ends."""
    summary: str | None = None
    """What is at stake, in a sentence or two."""
    loss: Losses | None = None
    """How much it hurts to be off one's position on this issue; as the scenario says where left out."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without(dumped(self), "loss")


class Value(Sourced):
    """Another number of the world, on which nobody holds a stance."""

    title: Title
    """What people read."""
    start: Number = 0.0
    """Where it stands at the start."""
    range: Annotated[tuple[float, float], Field(strict=False)]
    """Lowest and highest number that it can take; it is held to them."""


class Measure(Record):
    """A number or yes/no that follows from the state, named once and used by its name."""

    title: Title
    """What people read."""
    value: Quantity
    """How it follows from issues, values, flags and measures written above it."""


class Secret(Sourced):
    """What not everybody knows of a flag or a value, and how it is drawn where chance decides it."""

    known_to: Knowers = ()
    """Actors and groups that know it from the start; nobody where left out. A flag that actors have is always known to
    the one whose it is."""
    chance: Unit | None = None
    """The probability that the flag is yes when the story opens, drawn anew for each run; of a flag that actors have,
    for each of them by itself."""
    among: Annotated[dict[float, Annotated[float, Field(gt=0)]], Field(min_length=2)] = {}
    """The numbers at which the value may start, each with its weight; one of them is drawn for each run."""
    noticed: dict[Identifier, Unit] = {}
    """By actor or group, how likely each of them is on a day to learn of it by chance: of a flag while it is yes, of a
    value at any time."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return if_said(dumped(self), "among", "noticed")

    @model_validator(mode="after")
    def is_drawn_one_way(self) -> Secret:
        """A flag has a chance, a value numbers to be drawn from, and nothing has both."""
        if self.chance is not None and self.among:
            raise ValueError("choose one of chance, among: chance is of a flag, among of a value")
        return self
