"""Does it matter where a main actor stands? Each is moved by a tenth of the scale, and everything is asked again.

A side's position is moved up and down, on the issue for which it cares most of those on which main actors differ. Runs
share their chance, so each question is compared run by run; as many questions are asked, an interval holds all of them
together (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from engine.assessment.measured import Sampled, measure
from engine.assessment.questions import RANK, Question
from engine.assessment.scores import Numbers
from engine.batch.design.planning import with_values
from engine.executors import BEST
from engine.scenario.models import Scenario
from engine.scenario.names import scale_of

TENTH = 0.1
"""By how much of the scale a position is moved."""

LEVEL = 0.05
"""How often any of the differences would be called real, were there none."""


@dataclass(frozen=True)
class Moved:
    """What comes of moving one actor one way."""

    actor: str
    issue: str
    position: float
    moved_to: float
    question: Question | None
    """The one that moves most for its doubt; None where none moves more than chance would move any."""
    difference: float = 0.0
    """Its mean with the position moved, less that without: a chance, ranks over 2, days, or a value."""
    low: float = 0.0
    high: float = 0.0
    """The interval, wide enough for all questions together."""
    questions: int = 0
    """How many questions move."""


def moved(
    scenario: Scenario,
    questions: Sequence[Question],
    base: Sequence[Sampled],
    seed: int,
    executor: str = BEST,
    workers: int = 1,
) -> Iterator[Moved]:
    """Each side that people may play, moved down and up; ``base`` is what the questions come to without."""
    runs = len(base[0].values)
    for actor, issue, position, to in positions(scenario):
        changed = with_values(scenario, {f"actors.{actor}.stances.{issue}.position": to})
        yield compared(
            Moved(actor, issue, position, to, None),
            questions,
            base,
            measure(changed, questions, runs, seed, None, executor, workers),
        )


def positions(scenario: Scenario) -> Iterator[tuple[str, str, float, float]]:
    """Each main actor, the issue, where it stands, and where it is moved to."""
    main = {actor: record for actor, record in scenario.actors.items() if record.playable}
    disputed = [issue for issue in scenario.issues if is_disputed(scenario, issue, list(main))]
    for actor, record in main.items():
        own = [issue for issue in disputed if issue in record.stances]
        if own:
            issue = max(own, key=lambda name: record.stances[name].salience)
            low, high = scale_of(scenario, issue)
            stands = record.stances[issue].position
            for way in (-TENTH, TENTH):
                to = min(high, max(low, stands + way * (high - low)))
                if to != stands:
                    yield actor, issue, stands, to


def is_disputed(scenario: Scenario, issue: str, actors: Sequence[str]) -> bool:
    """Whether the positions of some actors lie farther apart than a position is moved."""
    stances = (scenario.actors[actor].stances.get(issue) for actor in actors)
    held = [stance.position for stance in stances if stance is not None]
    low, high = scale_of(scenario, issue)
    return len(held) > 1 and max(held) - min(held) > TENTH * (high - low)


def compared(what: Moved, questions: Sequence[Question], before: Sequence[Sampled], after: Sequence[Sampled]) -> Moved:
    """The same with the question that moves most."""
    far = NormalDist().inv_cdf(1 - LEVEL / 2 / len(questions))
    real = []
    for question, one, other in zip(questions, before, after, strict=True):
        differences = in_units(question, other.values - one.values)
        if len(differences) < 2 or not differences.any():
            continue
        mean, error = float(differences.mean()), float(differences.std(ddof=1) / np.sqrt(len(differences)))
        if abs(mean) > far * error:
            real.append(
                (abs(mean) / error if error else np.inf, question, mean, mean - far * error, mean + far * error)
            )
    if not real:
        return what
    _, question, mean, low, high = max(real, key=lambda one: one[0])
    return Moved(what.actor, what.issue, what.position, what.moved_to, question, mean, low, high, len(real))


def in_units(question: Question, differences: Numbers) -> Numbers:
    """The differences of the runs that count in both, ranks as shares of their span."""
    counted = differences[~np.isnan(differences)]
    return counted / 2.0 if question.kind == RANK else counted


def as_plain(scenario: Scenario, one: Moved) -> dict[str, Any]:
    """In plain values."""
    question = one.question
    found: dict[str, Any] = {
        "actor": one.actor,
        "title": scenario.actors[one.actor].title,
        "issue": one.issue,
        "position": one.position,
        "moved_to": one.moved_to,
        "questions": one.questions,
    }
    if question is not None:
        most = {"target": question.target, "about": question.label, "kind": question.kind}
        found["most"] = {**most, "difference": one.difference, "low": one.low, "high": one.high}
    return found
