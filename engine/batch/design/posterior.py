"""A posterior: the points that a calibration has left of some numbers, one of which each run draws for all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import numpy as np
from pydantic import Field, model_validator

from engine.batch.design.places import places_of
from engine.scenario.doubts import MOST_AMONG
from engine.scenario.fields import Identifier, Texts, Title
from engine.scenario.records import Record

if TYPE_CHECKING:
    from engine.batch.design.places import Place
    from engine.scenario.document import Content
    from engine.scenario.models import Scenario

TOGETHER: Final = "posterior"
"""The word by which a run draws the same point for all numbers."""

TAILS: Final = (0.05, 0.95)
"""Between these shares of its points lies the 90 % interval of a number."""


class PosteriorNumber(Record):
    """One number of a posterior."""

    title: Title | None = None
    """What people read; its name where left out."""
    path: Texts
    """Which values of the scenario it is; several share one number."""
    apply: Literal["set", "times", "plus"] = "set"
    """Whether the number takes the value's place, multiplies it, or is added to it."""
    points: Annotated[tuple[float, ...], Field(strict=False, min_length=1, max_length=MOST_AMONG)]
    """What it is at each point."""

    @property
    def median(self) -> float:
        """The middle of its points."""
        return float(np.quantile(self.points, 0.5))

    @property
    def ends(self) -> tuple[float, float]:
        """Its 90 % interval."""
        low, high = np.quantile(self.points, TAILS)
        return float(low), float(high)


class Posterior(Record):
    """What a calibration has left: each run draws one of its points, all alike."""

    seal: Annotated[str, Field(pattern="[0-9a-f]{64}")] | None = None
    """The sha256 of the file that it comes from."""
    numbers: Annotated[dict[Identifier, PosteriorNumber], Field(min_length=1)]
    """The numbers, each with as many points as the others."""

    @model_validator(mode="after")
    def is_one_table(self) -> Posterior:
        """Each number has all points."""
        counts = {name: len(number.points) for name, number in self.numbers.items()}
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{name} {count}" for name, count in counts.items())
            raise ValueError(f"each number has as many points as the others (found {told})")
        return self

    @property
    def points(self) -> int:
        """How many points there are."""
        return len(next(iter(self.numbers.values())).points)

    def settings(self, scenario: Scenario) -> Iterator[tuple[str, str, Content]]:
        """The name of each number, and a path of the scenario with a number in doubt that runs draw together.

        Raises :class:`~engine.scenario.overrides.PathError`.
        """
        for name, number in self.numbers.items():
            for place in places_of(scenario, number.path):
                yield name, place.name, drawn_at(place, number)


def drawn_at(place: Place, number: PosteriorNumber) -> Content:
    """What stands at a place: a number in doubt among all points, or the one that all of them are."""
    found = place.numbers(number.apply, np.array(number.points))
    if found.min() == found.max():
        return place.written(float(found[0]))
    return {
        "value": place.written(float(np.quantile(found, 0.5))),
        "between": [place.written(float(end)) for end in (found.min(), found.max())],
        "among": [place.written(float(one)) for one in found],
        "together": TOGETHER,
    }


def posterior_in(experiment: Mapping[str, Any]) -> Posterior | None:
    """The posterior that an experiment's content holds, if runs draw from one."""
    content = experiment.get("posterior")
    return None if content is None else Posterior.model_validate_json(json.dumps(content))


def told_of(posterior: Posterior) -> Iterator[str]:
    """Each number with its median and its 90 % interval."""
    for name, number in posterior.numbers.items():
        low, high = number.ends
        which = {"times": ", a factor", "plus": ", added"}.get(number.apply, "")
        yield f"{number.title or name}{which}: {number.median:.3g} ({low:.3g} to {high:.3g})"
