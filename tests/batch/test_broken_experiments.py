"""Experiments broken in ways that no person would think of: a plan comes out, or a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.batch.design.plan import Plan
from engine.batch.design.planning import read_plan
from engine.scenario.models import Scenario
from engine.scenario.problems import ScenarioError
from tests.batch.test_experiments import RIGHT
from tests.fuzz.effort import cases
from tests.scenario.minimal import load

TOKENS = re.compile(r"[\w.+-]+|[^\w\s]")
"""Words, numbers and signs of an experiment."""

PLACES = [match.span() for match in TOKENS.finditer(RIGHT)]

WRITTEN = sorted({RIGHT[start:end] for start, end in PLACES})

STRANGE = ["", "null", "true", "-1", "0", "1e99", ".inf", "nan", "[]", "{}", "[1, [2]]", "{a: {b: c}}", '""', "x" * 999]

SAMPLINGS = [
    "random: 4",
    "latin_hypercube: 3",
    "sobol: 4",
    "saltelli: 2",
    "morris: 2",
    "list: [{}]",
    "list: [{resolve: 1}]",
]


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The minimal scenario."""
    return load(tmp_path_factory.mktemp("minimal"))


EDITS = st.lists(
    st.tuples(
        st.integers(0, len(PLACES) - 1), st.sampled_from(WRITTEN) | st.sampled_from(STRANGE) | st.text(max_size=5)
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda edit: edit[0],
)


@given(edits=EDITS, sampling=st.none() | st.sampled_from(SAMPLINGS))
@settings(max_examples=cases(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_broken_experiment_is_a_plan_or_a_sentence(
    scenario: Scenario, tmp_path: Path, edits: list[tuple[int, str]], sampling: str | None
):
    """Words exchanged, taken out, or replaced by what does not belong there; each point is an arm, or says why not."""
    text = RIGHT
    for place, word in sorted(edits, reverse=True):
        start, end = PLACES[place]
        text = text[:start] + word + text[end:]
    if sampling is not None:
        text = re.sub(r"  grid: .*\n", f"  {sampling}\n", text)
    path = tmp_path / "experiment.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        made = read_plan(path, scenario)
    except ScenarioError:
        return
    assert len(made.points) > 0
    look_at(made)


def look_at(made: Plan) -> None:
    """Some of the points."""
    for point in (made.points[0], made.points[-1]):
        try:
            made.arm(point)
        except ScenarioError as error:
            assert "design point" in str(error)  # noqa: PT017 - both a plan and a sentence are fine
