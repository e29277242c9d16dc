"""The experiment format, version 1: what is not known, what could be decided, what is asked, and which points are run.

The words are those of exploratory modelling (Lempert, Popper and Bankes, *Shaping the Next One Hundred Years*):
uncertainties, levers, outcomes. Whether the names in an experiment fit its scenario is checked
afterwards (``engine.batch.design.checks``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, model_validator

from engine.asked import LARGEST_SEED, MOST_POINTS, MOST_RUNS
from engine.batch.design.outcomes import Outcome
from engine.batch.design.posterior import Posterior
from engine.scenario.fields import Ballot, Identifier, PolicyName, ScenarioName, Texts, Title
from engine.scenario.overrides import Relative, Setting, relative_to
from engine.scenario.records import Record

FORMAT: Final = 1
"""The only format that this version reads."""

DISTRIBUTIONS = ("range", "log_range", "normal", "triangular", "values")
"""Ways of saying what an uncertain number may be."""

SAMPLINGS = ("grid", "list", "csv", "random", "latin_hypercube", "sobol", "saltelli", "morris")
"""Ways of choosing design points."""

DRAWN = ("random", "latin_hypercube", "sobol", "saltelli", "morris")
"""Those whose points are a sample of what may be, so that they have a mean."""


def is_setting(value: Any) -> Any:
    """A value that can be set: a number, a yes/no, a text or a list."""
    if value is None or isinstance(value, dict):
        raise ValueError("a value is a number, true or false, a text, or a list")
    return value


def is_cell(value: Any) -> Any:
    """A value of a design: a number or the name of a choice."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("a design holds numbers and names of choices")
    return value


def is_axis(value: Any) -> Any:
    """An axis of a grid: its values, or a number of steps."""
    if isinstance(value, list) and value:
        return [is_cell(cell) for cell in value]
    if isinstance(value, dict) and list(value) == ["steps"]:
        steps = value["steps"]
        if isinstance(steps, int) and not isinstance(steps, bool) and 2 <= steps <= MOST_POINTS:
            return value
        raise ValueError(f"steps is a whole number from 2 to {MOST_POINTS:,}")
    raise ValueError("an axis is a list of values, or steps: and their number")


def is_plain_name(name: str) -> str:
    """The name of a file in the same folder."""
    if name in ("", ".", "..") or any(character in name for character in "/\\:\0"):
        raise ValueError("a file is named without its folder: it lies beside the experiment")
    return name


AnySetting = Annotated[Any, AfterValidator(is_setting)]
Cell = Annotated[Any, AfterValidator(is_cell)]
Axis = Annotated[Any, AfterValidator(is_axis)]
PlainName = Annotated[str, AfterValidator(is_plain_name), Field(max_length=120)]
Count = Annotated[int, Field(ge=1, le=MOST_POINTS)]
Between = Annotated[tuple[float, float], Field(strict=False)]
Path = Annotated[str, Field(min_length=1, max_length=200)]


class Normal(Record):
    """A bell curve, cut off at its ends where these are given, and a thousandth of it on either side in any case."""

    mean: float
    """Its middle."""
    sd: Annotated[float, Field(gt=0)]
    """Its standard deviation."""
    low: float | None = None
    """Nothing below this."""
    high: float | None = None
    """Nothing above this."""

    @model_validator(mode="after")
    def has_room(self) -> Normal:
        """The ends are the right way round."""
        if (self.low if self.low is not None else -math.inf) >= (self.high if self.high is not None else math.inf):
            raise ValueError("low is below high")
        return self


class Triangular(Record):
    """A triangle."""

    low: float
    """Its lower end."""
    mode: float
    """Its peak."""
    high: float
    """Its upper end."""

    @model_validator(mode="after")
    def is_in_order(self) -> Triangular:
        """The peak is between the ends."""
        if not self.low <= self.mode <= self.high or self.low == self.high:
            raise ValueError("low, mode and high are in this order")
        return self


class Uncertainty(Record):
    """A number of the scenario that nobody knows."""

    title: Title | None = None
    """What people read; its name where left out."""
    path: Texts
    """Which values of the scenario it is; several share one number."""
    apply: Literal["set", "times", "plus"] = "set"
    """Whether the number takes the value's place, multiplies it, or is added to it."""
    range: Between | None = None
    """Anything between these two, all alike."""
    log_range: Between | None = None
    """Anything between these two, all orders of magnitude alike."""
    normal: Normal | None = None
    """A bell curve."""
    triangular: Triangular | None = None
    """A triangle."""
    values: Annotated[tuple[float, ...], Field(strict=False, min_length=1)] | None = None
    """One of these, all alike."""
    because: str | None = None
    """Why these numbers."""

    @model_validator(mode="after")
    def is_one_distribution(self) -> Uncertainty:
        """Exactly one distribution, with ends that are the right way round."""
        check_distribution(self)
        return self

    def settings(self, number: float) -> Iterator[tuple[str, Setting]]:
        """What the scenario's values become where it is this number."""
        value: Setting = number if self.apply == "set" else Relative("*" if self.apply == "times" else "+", number)
        for path in self.path:
            yield path, value


def distributions_in(uncertainty: Uncertainty) -> tuple[str, ...]:
    """Which ways of saying what it may be are given."""
    return tuple(name for name in DISTRIBUTIONS if getattr(uncertainty, name) is not None)


def check_distribution(uncertainty: Uncertainty) -> None:
    """Raises ValueError unless there is exactly one distribution, with ends that are the right way round."""
    found = distributions_in(uncertainty)
    if len(found) != 1:
        said = " and ".join(found) if found else "none"
        raise ValueError(f"choose one of {', '.join(DISTRIBUTIONS)} (found {said})")
    ends = uncertainty.range or uncertainty.log_range
    if ends is not None and ends[0] >= ends[1]:
        raise ValueError(f"the lower end {ends[0]:g} is not below the upper end {ends[1]:g}")
    if uncertainty.log_range is not None and uncertainty.log_range[0] <= 0:
        raise ValueError("log_range starts above 0")


def amount_in_words(apply: str, number: float) -> str:
    """A number that takes a value's place, or that multiplies it or is added to it: ``10``, ``*0.5``, ``+10``."""
    return {"times": f"*{number:g}", "plus": f"{number:+g}"}.get(apply, f"{number:g}")


class Choice(Record):
    """One of the ways in which a lever may stand; without anything in it, all stays as the scenario has it."""

    title: Title | None = None
    """What people read; its name where left out."""
    set: dict[Path, AnySetting] = Field(default_factory=dict)
    """Values of the scenario, by path."""
    policy: dict[Identifier, PolicyName] = Field(default_factory=dict)
    """Who decides for an actor."""
    orders: dict[Identifier, dict[Any, str]] = Field(default_factory=dict)
    """What an actor does, by turn or date: an action, ``action:target``, or the name of a policy for that turn."""
    agenda: dict[Identifier, dict[Any, Annotated[tuple[str, ...], Field(strict=False, min_length=1)]]] = Field(
        default_factory=dict
    )
    """From a turn or date on, the wishes of an actor: each turn it takes the first that it may (an action, at the
    target that promises most, or ``action:target``); where it may take none, it does as its ``policy`` says, or
    nothing."""
    votes: dict[Identifier, dict[str, Ballot]] = Field(default_factory=dict)
    """How an actor votes, by question (the action that tables it), or on ``all``."""
    off: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Actions, events and dynamics that are taken out."""
    because: str | None = None
    """What this stands for."""

    def settings(self) -> Iterator[tuple[str, Setting]]:
        """What the scenario's values become."""
        for path, value in self.set.items():
            yield path, relative_to(value) or value


class Lever(Record):
    """Something that somebody could decide; its first choice is the base."""

    title: Title | None = None
    """What people read; its name where left out."""
    choices: Annotated[dict[Identifier, Choice], Field(min_length=1)]
    """The ways in which it may stand."""


class Design(Record):
    """Which points are run: one way of choosing numbers, with each of the levers' choices."""

    grid: dict[Identifier, Axis] | None = None
    """Every combination of these values (or equal steps)."""
    list: Annotated[tuple[dict[Identifier, Cell], ...], Field(strict=False)] | None = None
    """These points."""
    csv: PlainName | None = None
    """The points of a table beside the experiment, with names in its first line."""
    random: Count | None = None
    """So many points at random."""
    latin_hypercube: Count | None = None
    """So many points, one in each slice of every uncertainty."""
    sobol: Count | None = None
    """So many points, a power of two, of a scrambled Sobol sequence."""
    saltelli: Count | None = None
    """A base of so many points, a power of two, times the uncertainties and two: for Sobol's indices."""
    morris: Count | None = None
    """So many trajectories, each of one more point than there are uncertainties: for Morris's effects."""
    levers: Literal["cross", "one_by_one", "base"] = "cross"
    """Every combination of choices; one lever at a time away from its base; or all at their base."""

    @model_validator(mode="after")
    def is_one_sampling(self) -> Design:
        """At most one way of choosing."""
        found = [name for name in SAMPLINGS if getattr(self, name) is not None]
        if len(found) > 1:
            raise ValueError(f"choose one of {', '.join(SAMPLINGS)} (found {' and '.join(found)})")
        for name in ("sobol", "saltelli"):
            number = getattr(self, name)
            if number is not None and number & (number - 1):
                below = 1 << (number.bit_length() - 1)
                raise ValueError(f"{name} wants a power of two, such as {below:,} or {2 * below:,}")
        return self

    @property
    def sampling(self) -> str | None:
        """How numbers are chosen; None where none are."""
        return next((name for name in SAMPLINGS if getattr(self, name) is not None), None)


class Experiment(Record):
    """A question put to many runs of one scenario."""

    experiment_format: Literal[1]
    """The version of this format: 1."""
    scenario: ScenarioName
    """The scenario that it is about."""
    title: Title | None = None
    """What people read."""
    question: str | None = None
    """What is asked."""
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 0
    """All chance follows from this number."""
    runs: Annotated[int, Field(ge=1, le=MOST_RUNS)] = 200
    """Runs of each design point."""
    set: dict[Path, AnySetting] = Field(default_factory=dict)
    """Values of the scenario that are others everywhere, by path."""
    certain: bool = False
    """Whether no run draws what a number in doubt or a position with a spread is: each is its best guess."""
    posterior: Posterior | None = None
    """What a calibration has left of some numbers; `brink batch --posterior FILE` puts it here."""
    uncertainties: dict[Identifier, Uncertainty] = Field(default_factory=dict)
    """What is not known."""
    levers: dict[Identifier, Lever] = Field(default_factory=dict)
    """What could be decided."""
    outcomes: dict[Identifier, Outcome] = Field(default_factory=dict)
    """What is asked of each run, besides how it ends."""
    design: Design = Design.model_construct()
    """Which points are run."""

    def base_settings(self) -> Iterator[tuple[str, Setting]]:
        """What the scenario's values become everywhere."""
        for path, value in self.set.items():
            yield path, relative_to(value) or value
