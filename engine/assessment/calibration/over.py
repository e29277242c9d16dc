"""What is calibrated: the calibration format, version 1, and the values of each scenario that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from engine.batch.design.assumed import of_doubt
from engine.batch.design.checks import Check
from engine.batch.design.experiment import FORMAT as EXPERIMENT_FORMAT
from engine.batch.design.experiment import Experiment, Uncertainty, check_distribution, distributions_in
from engine.batch.design.places import Place, places_of
from engine.batch.design.request import refusals
from engine.batch.design.values import plain_mapping
from engine.scenario.answers import NOWHERE
from engine.scenario.document import Document, Node
from engine.scenario.document import Path as Keys
from engine.scenario.doubts import may_be_in_doubt, numbers_in
from engine.scenario.fields import Identifier, ScenarioName, Texts, Title
from engine.scenario.files import read_text
from engine.scenario.models import Scenario
from engine.scenario.overrides import answer_at, with_settings
from engine.scenario.problems import Problems, ScenarioError, quoted
from engine.scenario.records import Record
from engine.scenario.shape import dotted, validate
from engine.scenario.spelling import instead

FORMAT: Final = 1
"""The only format that this version reads."""


class Sought(Uncertainty):
    """A number that is calibrated: which values it is, and what it may be before anything is held against it."""

    path: Texts = ()
    """Which values of the scenario it is; several share one number."""
    every: Identifier | None = None
    """In place of a path: all numbers of this name, such as `temperature` or `tempo`, which share one factor."""
    scenario: ScenarioName | None = None
    """The only scenario that has it; each, where left out."""

    @model_validator(mode="after")
    def is_one_distribution(self) -> Sought:
        """One way of saying which values, and at most one distribution; where there is none, the doubt says it."""
        if bool(self.path) == (self.every is not None):
            raise ValueError("say which values it is: either path or every")
        if self.every is not None and "apply" in self.model_fields_set and self.apply != "times":
            raise ValueError("numbers of one name share a factor: leave out apply")
        if self.every is not None and not distributions_in(self):
            raise ValueError("a factor needs a range, such as range: [0.5, 2]")
        if distributions_in(self):
            check_distribution(self)
        return self


class Calibration(Record):
    """What is calibrated on what happened."""

    calibration_format: Literal[1]
    """The version of this format: 1."""
    title: Title | None = None
    """What people read."""
    numbers: Annotated[dict[Identifier, Sought], Field(min_length=1, max_length=100)]
    """The numbers, by a name."""


@dataclass(frozen=True)
class Number:
    """A number that is calibrated."""

    name: str
    title: str
    prior: Uncertainty
    """What it may be, before."""
    values: Mapping[str, Uncertainty]
    """By scenario, the values there that it is."""


@dataclass(frozen=True)
class Over:
    """All numbers of a calibration, in some scenarios."""

    title: str
    numbers: tuple[Number, ...]
    plain: Mapping[str, Scenario]
    """Each scenario, with its best guess in place of each number that is in doubt and calibrated."""

    def within(self, names: Sequence[str]) -> Over:
        """Only what some of the scenarios have."""
        kept = tuple(one for one in self.numbers if any(name in one.values for name in names))
        return Over(self.title, kept, {name: self.plain[name] for name in names})


def read_calibration(file: str | Path | Mapping[str, Any], scenarios: Sequence[Scenario]) -> Over:
    """What a file, or the same as a mapping, calibrates of some scenarios.

    Raises :class:`~engine.scenario.problems.ScenarioError`, with every problem at its line.
    """
    if isinstance(file, Mapping):
        written = {"calibration_format": FORMAT, **plain_mapping("over", file)}
        document, problems = Document("over", Node(NOWHERE, written)), Problems("over")
        return _over(document, problems, scenarios)
    from engine.scenario.reader import parse_document  # and all of YAML

    problems = Problems(str(file))
    text = read_text(Path(file), problems)
    return _over(None if text is None else parse_document(text, problems), problems, scenarios)


def _over(document: Document | None, problems: Problems, scenarios: Sequence[Scenario]) -> Over:
    read = None if document is None else validate(Calibration, document, problems)
    if read is not None and document is not None and not problems.errors:
        found = _Reading(read, document, problems, scenarios).numbers()
        if not problems.errors:
            for scenario in scenarios:
                _refuse_twins(found, scenario, document)
            title = read.title or ", ".join(one.title for one in scenarios)
            return Over(title, found, {one.id: _plain(found, one) for one in scenarios})
    raise ScenarioError(problems.in_order(), problems.left_out)


@dataclass
class _Reading:
    """Which values a calibration names in each scenario, with every problem at its place in the file."""

    calibration: Calibration
    document: Document
    problems: Problems
    scenarios: Sequence[Scenario]
    known: set[str] = field(default_factory=set)

    def error(self, path: Keys, message: str) -> None:
        """Notes an error at a value."""
        self.problems.error(self.document.locate(path), dotted(path), message)

    def numbers(self) -> tuple[Number, ...]:
        """Each number, as far as nothing is wrong with it."""
        return tuple(self._numbers())

    def _numbers(self) -> Iterator[Number]:
        names = [scenario.id for scenario in self.scenarios]
        for name, sought in self.calibration.numbers.items():
            if sought.scenario is not None and sought.scenario not in names:
                where: Keys = ("numbers", name, "scenario")
                self.error(
                    where, f"no scenario {quoted(sought.scenario)} is calibrated{instead(sought.scenario, names)}"
                )
                continue
            having = [one for one in self.scenarios if sought.scenario in (None, one.id)]
            found = {one.id: self._in(name, sought, one) for one in having}
            values = {scenario: one for scenario, one in found.items() if one is not None}
            if len(values) < len(having):
                continue
            prior, *others = values.values()
            if any(_distribution(other) != _distribution(prior) for other in others):
                self.error(("numbers", name), "is in doubt between other ends in each scenario: write a range")
                continue
            yield Number(name, sought.title or prior.title or name, prior, values)

    def _in(self, name: str, sought: Sought, scenario: Scenario) -> Uncertainty | None:
        """What a number is in one scenario; None where something is wrong with it."""
        where: Keys = ("numbers", name)
        before = self.problems.errors
        said = sought.model_dump(exclude={"every", "scenario"}, exclude_unset=True)
        if sought.every is not None:
            paths = every_path(scenario, sought.every)
            if not paths:
                near = instead(sought.every, sorted({str(path[-1]) for path, _ in numbers_in(scenario)}))
                self.error((*where, "every"), f"{scenario.id} has no number called {quoted(sought.every)}{near}")
                return None
            said.update(path=paths, apply="times")
        check = Check(scenario, _nothing(scenario), self.document, self.problems)
        for number, path in enumerate(sought.path):
            check.is_path((*where, "path", number), path)
        if self.problems.errors > before:
            return None
        if not distributions_in(sought):
            return self._of_doubt(where, sought, scenario)
        uncertainty = Uncertainty.model_validate(said)
        check.uncertainty(where, uncertainty)
        self._can_be_drawn(where, uncertainty, scenario)
        return uncertainty if self.problems.errors == before else None

    def _of_doubt(self, where: Keys, sought: Sought, scenario: Scenario) -> Uncertainty | None:
        """What the scenario's own doubt says that a number may be."""
        named = [place.name for place in places_of(scenario, sought.path)]
        doubts = {number.path: number for number in scenario.doubts}
        if len(named) != 1 or named[0] not in doubts or sought.apply != "set":
            self.error(where, f"{named[0]} is not in doubt in {scenario.id}: write a range, such as range: [0.1, 0.4]")
            return None
        return of_doubt(doubts[named[0]], sought.title or named[0])

    def _can_be_drawn(self, where: Keys, uncertainty: Uncertainty, scenario: Scenario) -> None:
        """Each run draws it from the posterior, so it has to be a number that may be in doubt."""
        for place in places_of(scenario, uncertainty.path):
            if not may_be_in_doubt(place.found.kind):
                self.error(where, f"{place.name} can't be drawn by each run, so it can't be calibrated")
            elif uncertainty.apply != "set" and place.best is None:
                self.error(where, f"{place.name} is no number that is written out, so there is nothing to multiply")


def every_path(scenario: Scenario, name: str) -> tuple[str, ...]:
    """The paths of all numbers of a name that are not 0."""
    return tuple(dotted(path) for path, value in numbers_in(scenario) if path[-1] == name and value)


def _nothing(scenario: Scenario) -> Experiment:
    return Experiment(experiment_format=EXPERIMENT_FORMAT, scenario=scenario.id)


def _distribution(uncertainty: Uncertainty) -> object:
    return [(name, getattr(uncertainty, name)) for name in distributions_in(uncertainty)]


def _refuse_twins(numbers: Sequence[Number], scenario: Scenario, document: Document) -> None:
    """Raises where two numbers are one value of a scenario."""
    answers = []
    for number in numbers:
        for path in number.values[scenario.id].path if scenario.id in number.values else ():
            key: Keys = ("numbers", number.name)
            about = {"file": document.file, "place": document.locate(key, key=True), "where": dotted(key)}
            answers.append(answer_at(scenario, path, said=dotted(key), **about))
    if problems := list(refusals(one for one in answers if one is not None)):
        raise ScenarioError(problems)


def _plain(numbers: Sequence[Number], scenario: Scenario) -> Scenario:
    """A scenario whose calibrated numbers are in doubt no more."""
    found = [number.values[scenario.id] for number in numbers if scenario.id in number.values]
    doubtful = [place for one in found for place in places_of(scenario, one.path) if place.best != place.base]
    return with_settings(scenario, {place.name: place.written(_best(place)) for place in doubtful})


def _best(place: Place) -> float:
    assert place.best is not None, "a doubt has a best guess"
    return place.best
