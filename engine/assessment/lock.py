"""A locked forecast: what is forecast, by what, and when, written down before it is known, and sealed.

A lock holds its scenario and its questions, so that whoever scores it later needs nothing but it and a record of what
came. The seal is the sha256 of all the rest: it shows that nothing was changed afterwards, and not when it was written;
whoever wants to prove that too publishes the seal.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine import __version__
from engine.assessment.backtest import Backtest
from engine.assessment.errors import AssessmentError
from engine.assessment.identity import written
from engine.assessment.plain import said
from engine.assessment.scores import Distribution
from engine.files import SealedKind, SealError, WrongContentError, reason, seal_of, sha256_of, write_whole
from engine.scenario.canon import canonical, from_canonical
from engine.scenario.history import History
from engine.scenario.models import Scenario
from engine.scenario.problems import shortened
from engine.scenario.records import first_wrong
from engine.scenario.targets import Target

LOCKS = SealedKind("a locked forecast", "lock_format", 1, 50_000_000, "brink lock SCENARIO", "so it is not scored")
"""Files of locks: their format, and how large one may be."""

MOST_POINTS = 400
"""Points of a distribution that are kept as they are."""

QUANTILES = 200
"""Quantiles at equal distances that stand for a distribution of more points."""


class Forecast(BaseModel):
    """A distribution, as it was locked."""

    model_config = ConfigDict(extra="forbid", strict=True)

    points: list[float] = Field(min_length=1, max_length=MOST_POINTS)
    chances: list[float] = Field(min_length=1, max_length=MOST_POINTS)
    runs: int | None
    """How many runs it is of; null where it is of none, or of quantiles."""

    @classmethod
    def of(cls, forecast: Distribution) -> Forecast:
        """From a distribution."""
        if len(forecast.points) <= MOST_POINTS:
            return cls(points=forecast.points.tolist(), chances=forecast.chances.tolist(), runs=forecast.runs)
        at = [forecast.quantile((number + 0.5) / QUANTILES) for number in range(QUANTILES)]
        points, counts = np.unique(at, return_counts=True)
        return cls(points=points.tolist(), chances=(counts / QUANTILES).tolist(), runs=None)

    @property
    def distribution(self) -> Distribution:
        """As it is scored."""
        return Distribution(np.array(self.points), np.array(self.chances), self.runs)


class LockedQuestion(BaseModel):
    """A question, and what everybody forecasts."""

    model_config = ConfigDict(extra="forbid", strict=True)

    target: str
    about: str
    kind: str
    told: dict[str, Any]
    """The rule's forecast in short: a chance of yes with its interval, the chance of each rank, or quantiles."""
    forecasts: dict[str, Forecast]
    """By forecaster."""


class Lock(BaseModel):
    """A locked forecast."""

    model_config = ConfigDict(extra="forbid", strict=True)

    lock_format: Literal[1]
    scenario: dict[str, Any]
    """The scenario, whole."""
    made: str
    """When it was locked, by the clock of the machine: ISO 8601, in UTC."""
    engine: str
    runs: int
    seed: int
    hashes: dict[str, str]
    """Of the scenario, the targets, what the rules make of it, and the method."""
    known: list[str]
    """Targets whose answer stood in the file already: no forecasts, but a way to check the scoring."""
    targets: dict[str, Any]
    """Each target as it was asked, without an answer."""
    forecasters: dict[str, str]
    """What each is called."""
    questions: list[LockedQuestion]
    seal: str = ""
    """The sha256 of all the rest."""

    @property
    def scenario_there(self) -> Scenario:
        """The scenario in it. Raises pydantic's ValidationError."""
        return from_canonical(json.dumps(self.scenario))

    def as_bytes(self) -> bytes:
        """The file."""
        return (self.model_dump_json(indent=1) + "\n").encode()


def locked(test: Backtest, hashes: Mapping[str, str], now: dt.datetime) -> Lock:
    """The lock of what everybody forecasts; answers that are known already are not in it."""
    targets = test.history.targets
    questions = [
        LockedQuestion(
            target=asked.target,
            about=asked.label,
            kind=asked.kind,
            told=said(asked, test.rule.distributions[number], test.calendar),
            forecasts={one.name: Forecast.of(one.distributions[number]) for one in test.forecasters},
        )
        for number, asked in enumerate(test.questions)
    ]
    lock = Lock(
        lock_format=1,
        scenario=json.loads(canonical(test.scenario)),
        made=now.astimezone(dt.UTC).isoformat(timespec="seconds"),
        engine=__version__,
        runs=test.runs,
        seed=test.seed,
        hashes=dict(hashes),
        known=[name for name, target in targets.items() if target.is_known],
        targets={name: written(target.without_answer()) for name, target in targets.items()},
        forecasters={one.name: one.title for one in test.forecasters},
        questions=questions,
    )
    return lock.model_copy(update={"seal": seal_of(lock.model_dump(mode="json"))})


def refuse_there(path: Path) -> None:
    """Raises :class:`~engine.assessment.errors.AssessmentError` where there is something already."""
    if os.path.lexists(path):
        there = shortened(path, 200)
        raise AssessmentError(f"{there} is there already, and a lock is never written over: choose another name")


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock where nothing is yet. Raises :class:`~engine.assessment.errors.AssessmentError`."""
    shown = shortened(path, 200)
    refuse_there(path)
    try:
        write_whole(path, lock.as_bytes())
    except (OSError, ValueError) as error:
        raise AssessmentError(f"{shown} can't be written: {reason(error)}") from None


def read_lock(path: Path) -> Lock:
    """A lock whose seal holds. Raises :class:`~engine.assessment.errors.AssessmentError`."""
    try:
        return LOCKS.read(path, shortened(path, 200), _lock_in)
    except SealError as error:
        raise AssessmentError(str(error)) from None


def _lock_in(content: dict[str, Any]) -> Lock:
    """The lock that a file holds. Raises :class:`~engine.files.WrongContentError`."""
    try:
        lock = Lock.model_validate(content)
    except ValidationError as error:
        raise WrongContentError(first_wrong(error, "lock")) from None
    try:
        _ = lock.scenario_there
    except ValueError:
        raise WrongContentError("its scenario is none that this version reads") from None
    return lock


def asked_again(lock: Lock, record: History) -> Sequence[str]:
    """The targets of a lock that a record answers.

    Raises :class:`~engine.assessment.errors.AssessmentError` where the record asks something else under a name, or
    answers nothing.
    """
    answered: list[str] = []
    for name, asked in lock.targets.items():
        target: Target | None = record.targets.get(name)
        if target is None or not target.is_known:
            continue
        if sha256_of(written(target.without_answer())) != sha256_of(asked):
            raise AssessmentError(f"the record asks something else than was locked under the name {name}")
        answered.append(name)
    if not answered:
        raise AssessmentError("the record says of no target of this lock what came of it, so there is nothing to score")
    return answered
