"""The scenario that results were made from, as far as a report tells of it, out of the results' own manifest."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.batch.errors import BatchError
from engine.scenario.document import Path
from engine.scenario.records import Sourced

KINDS = ("issues", "values", "actors", "institutions", "calendar", "actions", "dynamics", "events")
"""Parts of a scenario whose records may carry evidence."""


@dataclass(frozen=True)
class IssueTold:
    """An issue: its title, the named points of its scale in their order, and where the world starts."""

    title: str
    scale: tuple[tuple[float, str], ...]
    start: float


@dataclass(frozen=True)
class StanceTold:
    """Where an actor stands on an issue."""

    actor: str
    """Its title."""
    is_playable: bool
    position: float
    salience: float


@dataclass(frozen=True)
class Story:
    """What a report tells of a scenario."""

    title: str
    summary: str
    start: dt.date
    end: dt.date
    step: float
    issues: Mapping[str, IssueTold]
    values: Mapping[str, tuple[str, float, float]]
    """Title and range of each."""
    stances: Mapping[str, tuple[StanceTold, ...]]
    """By issue."""
    actors: int
    records: tuple[tuple[Path, Sourced], ...]
    """Everything that may carry evidence, with its path."""

    @property
    def turns(self) -> int:
        """How many turns there are."""
        return math.ceil((self.end - self.start).days / self.step)

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Story:
        """The story of the content of a scenario as a manifest has it.

        Raises :class:`~engine.batch.errors.BatchError`.
        """
        try:
            return cls(
                str(content["title"]),
                str(content.get("summary") or ""),
                dt.date.fromisoformat(content["start"]),
                dt.date.fromisoformat(content["end"]),
                max(0.01, float(content["step"])),
                {name: _issue(issue) for name, issue in content["issues"].items()},
                {
                    name: (str(value["title"]), float(value["range"][0]), float(value["range"][1]))
                    for name, value in content.get("values", {}).items()
                },
                {name: tuple(_stances(content["actors"], name)) for name in content["issues"]},
                len(content["actors"]),
                tuple(_records(content)),
            )
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise BatchError("these results are damaged: their manifest does not hold the scenario") from None


def _issue(issue: Mapping[str, Any]) -> IssueTold:
    scale = sorted((float(point), str(name)) for point, name in issue["scale"].items())
    return IssueTold(str(issue["title"]), tuple(scale), float(issue["start"]))


def _stances(actors: Mapping[str, Any], issue: str) -> Iterator[StanceTold]:
    for actor in actors.values():
        stance = actor.get("stances", {}).get(issue)
        if stance is not None:
            is_playable = bool(actor.get("playable"))
            yield StanceTold(str(actor["title"]), is_playable, float(stance["position"]), float(stance["salience"]))


def _records(content: Mapping[str, Any]) -> Iterator[tuple[Path, Sourced]]:
    for kind in KINDS:
        for name, record in content.get(kind, {}).items():
            yield (kind, name), _sourced(record)
            if kind == "actors":
                for issue, stance in record.get("stances", {}).items():
                    yield ("actors", name, "stances", issue), _sourced(stance)


def _sourced(record: Mapping[str, Any]) -> Sourced:
    return Sourced.model_validate({"evidence": record.get("evidence") or (), "assumed": record.get("assumed")})
