"""What a folder of results is: which runs of which scenario, made by what, when, and every file that belongs to it.

``manifest.json`` is read through one door and believed only where it fits itself: the scenario has the hash that is
named, and columns, endings and actors are those of the scenario.
"""

from __future__ import annotations

import hashlib
import json
import platform
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

import engine
from engine.asked import MOST_PARTS
from engine.batch.design.outcomes import Outcome
from engine.batch.errors import BatchError
from engine.batch.storage.doubt import (
    ANOTHER_FOLDER,
    FORMAT,
    DamagedError,
    OtherFormatError,
    check_format,
    is_utf8,
    sealed,
)
from engine.batch.storage.entries import (
    PART_FOLDERS,
    Digest,
    Number,
    PartEntry,
    Seal,
    troubles,
)
from engine.batch.storage.hashes import points_hash
from engine.batch.storage.provenance import as_words, libraries, machine, now, program
from engine.batch.storage.rows import Columns
from engine.batch.storage.trajectories import ALL, NONE, SUMMARY
from engine.batch.storage.written import experiment_of
from engine.files import read_whole, reason
from engine.scenario.canon import canonical, from_canonical, scenario_hash
from engine.scenario.fields import ScenarioName
from engine.scenario.kinds import Kind, recognise
from engine.scenario.models import Scenario
from engine.scenario.problems import shortened
from engine.scenario.records import first_wrong

if TYPE_CHECKING:
    from engine.batch.design.experiment import Experiment
    from engine.batch.design.plan import Plan
    from engine.batch.running.making import Job

MANIFEST: Final = "manifest.json"

RUNNING, COMPLETE = "running", "complete"

LARGEST: Final = 32_000_000
"""Bytes of a manifest: a hundred thousand parts, and a scenario beside which the largest is small."""

MOST_MARKS: Final = 3_000_000
"""Commas and brackets of a manifest: each may cost a hundred bytes of memory once it is read."""

FOLDERS: Final = {NONE: PART_FOLDERS[2:], SUMMARY: (PART_FOLDERS[0], PART_FOLDERS[2]), ALL: PART_FOLDERS}
"""The folders with files of parts, by what is kept of trajectories."""


class Checked(BaseModel):
    """A part of the manifest: every entry there, nothing else there, and of its type."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class WrittenScenario(Checked):
    """The scenario that was run, before any setting."""

    id: ScenarioName
    title: str
    hash: Digest
    content: dict[str, Any]


class WrittenExperiment(Checked):
    """What was asked; ``points`` names the design points, since they may come from a table beside the experiment."""

    text: str
    content: dict[str, Any]
    hash: Digest
    points: Digest


class WrittenColumn(Checked):
    """What a column of the runs is."""

    kind: Literal["point", "run", "ending", "day", "date", "outcome", "score", "first"]
    title: str


class Machine(Checked):
    """What the results were made on."""

    cores: Number
    processor: str
    system: str
    byte_order: Literal["little", "big"]


class Manifest(Checked):
    """The content of ``manifest.json``."""

    results_format: Literal[2]
    status: Literal["running", "complete"]
    scenario: WrittenScenario
    experiment: WrittenExperiment
    seed: Annotated[int, Field(ge=0, lt=2**64)]
    runs: Annotated[int, Field(ge=1, le=1_000_000_000)]
    until: Annotated[float, Field(gt=0, lt=1)] | None
    points: Annotated[int, Field(ge=1, le=10_000_000)]
    trajectories: Literal["none", "summary", "all"]
    runs_per_point: Number
    """How many runs each design point has, once all are there."""
    runs_done: Number
    columns: dict[str, WrittenColumn]
    outcomes: dict[str, dict[str, Any]]
    actors: dict[str, str]
    endings: dict[str, str]
    command: list[str]
    engine: str
    executor: str
    program: Digest
    python: str
    libraries: dict[str, str]
    machine: Machine
    started: str
    finished: str | None
    resumed: Number
    designs: Seal
    failures: Seal | None
    """None as long as not all parts are there, as of the summary."""
    summary: Seal | None
    parts: Annotated[list[PartEntry], Field(max_length=MOST_PARTS)]
    seal: str
    """The digest of all the rest, by which a changed digit is known where anything would be possible there."""

    @classmethod
    def of(cls, job: Job, until: float | None, command: Sequence[str], designs: Seal) -> Manifest:
        """The manifest of a batch that begins now."""
        plan, scenario = job.plan, job.plan.scenario
        hashed = scenario_hash(scenario)
        return cls.model_validate(
            {
                "results_format": FORMAT,
                "status": RUNNING,
                "scenario": {
                    "id": scenario.id,
                    "title": scenario.title,
                    "hash": hashed,
                    "content": json.loads(canonical(scenario)),
                },
                "experiment": experiment(plan),
                "seed": plan.seed,
                "runs": plan.runs,
                "until": until,
                "points": len(plan.points),
                "trajectories": job.trajectories,
                "runs_per_point": 0,
                "runs_done": 0,
                "columns": job.columns.titles,
                "outcomes": outcomes_in(plan.experiment),
                **named_in(scenario),
                "command": as_words(command),
                "engine": engine.__version__,
                "executor": job.executor,
                "program": program(hashed),
                "python": platform.python_version(),
                "libraries": libraries(),
                "machine": machine(),
                "started": now(),
                "finished": None,
                "resumed": 0,
                "designs": designs,
                "failures": None,
                "summary": None,
                "parts": [],
                "seal": "",
            }
        )

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """The manifest in a folder of results; ``path`` is that of the file.

        Raises :class:`BatchError`, in one sentence, whatever is there in place of it.
        """
        shown = shortened(path, 200)
        try:
            raw = read_whole(path, LARGEST, follow=False)
        except (FileNotFoundError, NotADirectoryError):
            other = recognise(path.parent)
            what = f": it is {other.title}; {other.advice}" if other and other.kind is not Kind.FOLDER else ""
            raise BatchError(f"{shortened(path.parent, 200)} holds no results of a batch{what}") from None
        except (OSError, ValueError) as error:
            raise BatchError(f"{shown} can't be read: {reason(error)}") from None
        try:
            return cls.from_bytes(raw)
        except DamagedError as error:
            raise BatchError(f"{shown}{error}; {ANOTHER_FOLDER}") from None
        except OtherFormatError as error:
            raise BatchError(f"{shown}{error}") from None

    @classmethod
    def from_bytes(cls, raw: bytes) -> Manifest:
        """The manifest of these bytes. Raises :class:`DamagedError` or :class:`OtherFormatError`."""
        if sum(map(raw.count, (b",", b"[", b"{"))) > MOST_MARKS:
            raise DamagedError(" is damaged: it holds more than any manifest")
        try:
            content = from_json(raw, allow_inf_nan=False)
            check_format(content)
        except ValueError:
            raise DamagedError(f" is damaged: it is no {'JSON' if is_utf8(raw) else 'UTF-8'}") from None
        try:
            manifest = cls.model_validate_json(raw)
        except ValidationError as error:
            raise DamagedError(f" is damaged: {first_wrong(error, 'manifest')}") from None
        for trouble in manifest.troubles():
            raise DamagedError(f" is damaged: {trouble}")
        if sealed(content) != manifest.seal:
            raise DamagedError(" is damaged: something in it is not what was written")
        return manifest

    def troubles(self) -> Iterator[str]:
        """In what it does not fit itself, in words."""
        written = self.scenario
        if content_hash(written.content) != written.hash:
            yield "the scenario in it has been changed"
        try:
            scenario = self.scenario_there
        except ValueError:
            yield "the scenario in it can't be read by this version"
            return
        try:
            asked, columns = experiment_of(self.experiment.content), self.row_columns
        except ValueError:
            yield "the experiment in it can't be read by this version"
            return
        said = {name: column.model_dump() for name, column in self.columns.items()}
        if said != columns.titles or asked.scenario != written.id:
            yield "its columns are not those of the scenario and the experiment in it"
        if {"actors": self.actors, "endings": self.endings} != named_in(scenario) or written.id != scenario.id:
            yield "its actors or endings are not those of the scenario in it"
        if self.points * self.runs < self.runs_done or self.runs_per_point > self.runs:
            yield "it counts more runs than were asked for"
        if written.title != scenario.title or self.outcomes != outcomes_in(asked):
            yield "it calls the scenario or the outcomes otherwise than they are written in it"
        yield from troubles(self.parts, self.points, self.runs, set(FOLDERS[self.trajectories]))
        if self.status == COMPLETE and any(part.last_run > self.runs_per_point for part in self.parts):
            yield "it has more runs than it counts"

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            **self.model_dump(mode="json", exclude={"parts", "seal"}),
            "parts": [part.plain() for part in self.parts],
        }

    def as_bytes(self) -> bytes:
        """The file: an entry a line, and a part a line. ASCII, so that no name of a file can't be written."""
        content = self.plain()
        head = json.dumps({key: value for key, value in content.items() if key != "parts"}, indent=1)
        parts = ",\n".join(f"  {json.dumps(part)}" for part in content["parts"])
        between = "\n" if self.parts else ""
        seal = json.dumps(sealed(content))
        return f'{head[:-2]},\n "parts": [{between}{parts}{between} ],\n "seal": {seal}\n}}\n'.encode("ascii")

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders in which a part has files."""
        return FOLDERS[self.trajectories]

    @cached_property
    def scenario_there(self) -> Scenario:
        """The scenario in it. Raises pydantic's ValidationError."""
        return from_canonical(json.dumps(self.scenario.content))

    @cached_property
    def row_columns(self) -> Columns:
        """The columns of the runs. Raises ValueError."""
        outcomes = {name: Outcome.model_validate_json(json.dumps(said)) for name, said in self.outcomes.items()}
        return Columns(self.scenario_there, {name: outcome.title or name for name, outcome in outcomes.items()})

    def entry(self, number: int) -> PartEntry | None:
        """What is said of a part; None where it is not listed."""
        place = self._place(number)
        return self.parts[place] if place < len(self.parts) and self.parts[place].number == number else None

    def put(self, entry: PartEntry) -> None:
        """List a part, in the place of what was said of it before."""
        place, is_known = self._place(entry.number), self.entry(entry.number) is not None
        self.parts[place : place + is_known] = [entry]

    def _place(self, number: int) -> int:
        return bisect_left(self.parts, number, key=lambda part: part.number)

    def goes_on(self, there: Manifest) -> None:
        """Take over what is known of the results that are there."""
        self.started, self.resumed = there.started, there.resumed + 1
        self.parts[:] = there.parts
        self.failures, self.summary = there.failures, there.summary

    def complete(self, runs_per_point: int) -> None:
        """Note that all is there."""
        self.status, self.finished, self.runs_per_point = "complete", now(), runs_per_point


def experiment(plan: Plan) -> dict[str, Any]:
    """The text and the content of an experiment, and names for what it asks and for its design points."""
    return {
        "text": plan.text,
        "content": json.loads(
            json.dumps(plan.experiment.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        ),
        "hash": plan.hash,
        "points": points_hash(plan.points),
    }


def named_in(scenario: Scenario) -> dict[str, dict[str, str]]:
    """The actors that have a score and the endings of a scenario, with what people call them."""
    return {
        "actors": {actor: scenario.actors[actor].title for actor in Columns(scenario).scored},
        "endings": {ending.id: ending.title for ending in scenario.endings},
    }


def outcomes_in(experiment: Experiment) -> dict[str, dict[str, Any]]:
    """What is asked of each run, as JSON."""
    return {name: outcome.model_dump(mode="json", exclude_none=True) for name, outcome in experiment.outcomes.items()}


def content_hash(content: Mapping[str, Any]) -> str:
    """The hash of a scenario as it is written in a manifest: that of the scenario itself, if it is whole."""
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
