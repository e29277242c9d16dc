"""All that is assumed as one experiment: each number in doubt, and each stance with a spread, over its own range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.batch.design.experiment import FORMAT, Design, Experiment, Normal, Triangular, Uncertainty
from engine.batch.design.options import ASSUMED, SET, read_settings
from engine.batch.design.plan import Plan
from engine.batch.design.planning import UNFIT, plan_of
from engine.batch.design.values import misuse
from engine.scenario.answers import NOWHERE
from engine.scenario.changes import in_words
from engine.scenario.document import Document, Node, Path
from engine.scenario.doubts import Doubtful, doubts_in, numbers_in
from engine.scenario.evidence import sourced_records
from engine.scenario.models import Scenario
from engine.scenario.names import scale_of
from engine.scenario.overrides import Setting, resolve, with_settings
from engine.scenario.problems import Problems
from engine.scenario.shape import dotted

INSTEAD = "write {value, between} where a number is assumed, or vary all such numbers with --give-or-take"
"""What to do where nothing is in doubt."""


def plan_of_assumed(
    scenario: Scenario,
    points: int,
    runs: int,
    seed: int,
    margin: float | None = None,
    settings: Sequence[str] = (),
) -> Plan:
    """A Latin hypercube over all that is assumed, apart from what is set.

    With a ``margin``, such as 0.2, also each number that a record assumes without a source, so far either way. Raises
    :class:`~engine.scenario.problems.ScenarioError`.
    """
    asked = list(read_settings(scenario, settings))
    base: dict[str, Setting] = {path: value for path, value, _ in asked}
    changed = with_settings(scenario, base, SET)
    said = {found.path for path in base for found in resolve(changed, path)}
    found = {path: one for path, one in _assumed(changed, margin) if path not in said}
    if not found:
        raise misuse(ASSUMED, f"has nothing in doubt: {INSTEAD}", scenario.id)
    for path in found:
        if path[-1] == "position":
            base[dotted((*path[:-1], "spread"))] = 0.0
    experiment = Experiment(experiment_format=FORMAT, scenario=scenario.id).model_copy(
        update={
            "runs": runs,
            "seed": seed,
            "set": base,
            "uncertainties": {UNFIT.sub("_", dotted(path)): one for path, one in found.items()},
            "design": Design(latin_hypercube=points),
        }
    )
    return plan_of(scenario, experiment, Document(ASSUMED, Node(NOWHERE, {})), Problems(ASSUMED))


def _assumed(scenario: Scenario, margin: float | None) -> Iterator[tuple[Path, Uncertainty]]:
    """What is assumed, by its path, with what it may be."""
    contents = [scenario.model_dump(mode="json", by_alias=True)]
    known: set[Path] = set()
    for path, number in doubts_in(scenario):
        if path[-1] != "spread":
            known.add(path)
            yield path, of_doubt(number, in_words(path, contents))
    for actor, record in scenario.actors.items():
        for issue, stance in record.stances.items():
            path = ("actors", actor, "stances", issue, "position")
            if stance.spread > 0 and path not in known:
                known.add(path)
                low, high = scale_of(scenario, issue)
                bell = Normal(mean=float(stance.position), sd=float(stance.spread), low=low, high=high)
                yield path, Uncertainty(title=in_words(path, contents)[:120], path=(dotted(path),), normal=bell)
    if margin is not None:
        for path, value in _without_source(scenario):
            ends = _ends(scenario, path, value, margin)
            if path not in known and ends[0] < ends[1]:
                yield path, Uncertainty(title=in_words(path, contents)[:120], path=(dotted(path),), range=ends)


def of_doubt(number: Doubtful, title: str) -> Uncertainty:
    """A number in doubt as what an experiment does not know."""
    ends, shape = (number.low, number.high), "listed" if number.among else number.shape
    return Uncertainty(
        title=title[:120],
        path=(number.path,),
        values=number.among or None,
        range=ends if shape == "even" else None,
        log_range=ends if shape == "orders" else None,
        triangular=Triangular(low=ends[0], mode=number.value, high=ends[1]) if shape == "peaked" else None,
        because=number.record.assumed,
    )


def _without_source(scenario: Scenario) -> Iterator[tuple[Path, float]]:
    """Each number of the records that say what they assume, and quote nothing."""
    yield ("temperature",), float(scenario.temperature)
    for path, record in sourced_records(scenario):
        if record.assumed is not None and not record.evidence:
            for where, value in numbers_in(record, path):
                is_own = where[:-2] != (*path, "stances") and where[-1] != "spread"
                if value and is_own and not isinstance(value, Doubtful):
                    yield where, value


def _ends(scenario: Scenario, path: Path, value: float, margin: float) -> tuple[float, float]:
    """How far a number may be either way, within what it is held to."""
    low, high = sorted((value * (1 - margin), value * (1 + margin)))
    match path:
        case (*_, "salience" | "capability" | "chance" | "chance_per_week"):
            return low, min(high, 1.0)
        case ("actors", _, "stances", issue, "position"):
            ends = scale_of(scenario, str(issue))
        case ("issues", name, "start"):
            ends = scale_of(scenario, str(name))
        case ("values", name, "start"):
            ends = scenario.values[str(name)].range
        case _:
            return low, high
    return max(low, ends[0]), min(high, ends[1])
