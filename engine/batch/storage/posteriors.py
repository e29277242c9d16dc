"""Files of posteriors: what `brink calibrate --out` writes, and `brink batch --posterior` draws from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine import __version__
from engine.batch.design.posterior import Posterior, PosteriorNumber
from engine.batch.errors import BatchError
from engine.files import SealedKind, SealError, WrongContentError, seal_of
from engine.scenario.canon import scenario_hash
from engine.scenario.models import Scenario
from engine.scenario.problems import listed, shortened
from engine.scenario.records import first_wrong

POSTERIORS: Final = SealedKind(
    "a posterior",
    "posterior_format",
    1,
    50_000_000,
    "brink calibrate SCENARIO --over FILE --out POSTERIOR",
    "so nothing is drawn from it",
)
"""Files of posteriors: their format, and how large one may be."""


class _Form(BaseModel):
    """A part of the file: every entry there, nothing else there, and of its type."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Moved(_Form):
    """What a number of the posterior is in one scenario."""

    title: str
    path: list[str] = Field(min_length=1)
    apply: Literal["set", "times", "plus"]
    now: float | None
    """What it is in the scenario, 1 of a factor; None where the values that it moves differ."""


class OfScenario(_Form):
    """What the posterior is of, in one scenario."""

    hash: str
    facets: list[str]
    """The targets that it was fitted to."""
    numbers: dict[str, Moved]


class PosteriorFile(_Form):
    """The content of the file."""

    posterior_format: Literal[1]
    engine: str
    title: str
    seed: int
    points: int
    """Design points that were tried."""
    runs: int
    """Runs of each, of each scenario."""
    scenarios: dict[str, OfScenario] = Field(min_length=1)
    draws: dict[str, list[float]] = Field(min_length=1)
    """By number, what it is at each point that was kept."""
    scores: dict[str, Any]
    """What `brink calibrate --json` tells of scores before and after."""
    seal: str = ""
    """The sha256 of all the rest."""

    @classmethod
    def sealed(cls, **content: Any) -> PosteriorFile:
        """A file of this content."""
        made = cls(posterior_format=1, engine=__version__, **content)
        return made.model_copy(update={"seal": seal_of(made.model_dump(mode="json"))})

    def as_bytes(self) -> bytes:
        """The file."""
        return (json.dumps(self.model_dump(mode="json"), indent=1) + "\n").encode()

    def of(self, scenario: Scenario) -> Posterior:
        """What runs of a scenario draw from.

        Raises :class:`~engine.batch.errors.BatchError` where it is of another scenario, or of another state of it.
        """
        mine = self.scenarios.get(scenario.id)
        if mine is None:
            raise BatchError(f"the posterior is of {listed(list(self.scenarios))}, and the scenario is {scenario.id}")
        if mine.hash != scenario_hash(scenario):
            raise BatchError(
                f"the posterior is of another state of {scenario.id}: its file has changed since; `brink calibrate` "
                "makes a posterior of what it is now"
            )
        numbers = {
            name: PosteriorNumber(
                title=number.title, path=tuple(number.path), apply=number.apply, points=tuple(self.draws[name])
            )
            for name, number in mine.numbers.items()
        }
        return Posterior(seal=self.seal, numbers=numbers)


def read_posterior(path: Path) -> PosteriorFile:
    """The posterior in a file whose seal holds. Raises :class:`~engine.batch.errors.BatchError`."""
    try:
        return POSTERIORS.read(path, shortened(path, 200), _posterior_in)
    except SealError as error:
        raise BatchError(str(error)) from None


def _posterior_in(content: dict[str, Any]) -> PosteriorFile:
    """The posterior that a file holds. Raises :class:`~engine.files.WrongContentError`."""
    try:
        return PosteriorFile.model_validate(content)
    except ValidationError as error:
        raise WrongContentError(first_wrong(error, "posterior")) from None
