"""A batch over a posterior: each run draws one of its points, of all numbers together, and the results say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.batch.analysis.browse import Wanted, page_of
from engine.batch.design.plan import Plan
from engine.batch.design.planning import plan_from_arguments, plan_from_values
from engine.batch.design.posterior import Posterior, PosteriorNumber
from engine.batch.errors import BatchError
from engine.batch.running.conduct import run_plan
from engine.batch.storage.posteriors import Moved, OfScenario, PosteriorFile, read_posterior
from engine.batch.storage.recall import arm_in
from engine.batch.storage.results import Results
from engine.play.retold.frames import retell
from engine.play.retold.runs import BatchRun
from engine.report import report_on
from engine.rules.doubts import numbers_of
from engine.rules.draws import Draws
from engine.scenario.canon import canonical, scenario_hash
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from engine.scenario.problems import ScenarioError
from tests.batch.batches import files
from tests.scenario.minimal import load

TEMPO, SALIENCE = "actions.declare.tempo", "actors.us.stances.status.salience"

POINTS = {"pace": [0.5, 1.0, 2.0, 4.0], "care": [0.1, 0.2, 0.3, 0.4]}


@pytest.fixture(name="scenario")
def small_scenario(tmp_path: Path) -> Scenario:
    """Loaded."""
    return load(tmp_path)


def a_file(scenario: Scenario) -> PosteriorFile:
    """What a calibration of two numbers, one of them a factor, may have left."""
    numbers = {
        "pace": Moved(title="its pace", path=[TEMPO], apply="times", now=1.0),
        "care": Moved(title="its care", path=[SALIENCE], apply="set", now=0.5),
    }
    mine = OfScenario(hash=scenario_hash(scenario), facets=["declared"], numbers=numbers)
    return PosteriorFile.sealed(
        title="A small crisis", seed=1, points=20, runs=8, scenarios={scenario.id: mine}, draws=POINTS, scores={}
    )


def plan_over(scenario: Scenario, runs: int = 40, seed: int = 5) -> Plan:
    """A batch that draws from it."""
    return plan_from_values(scenario, runs=runs, seed=seed, posterior=a_file(scenario).of(scenario))


def test_each_run_draws_one_point_of_all_numbers(scenario: Scenario) -> None:
    """A factor multiplies what the scenario has; every point is drawn, and no other."""
    arm = plan_over(scenario).arm(plan_over(scenario).points[0])
    found = numbers_of(arm.scenario.doubts, Draws(5, 0, 400))
    drawn = set(zip(found[TEMPO].tolist(), found[SALIENCE].tolist(), strict=True))
    assert drawn == {(56 * pace, care) for pace, care in zip(POINTS["pace"], POINTS["care"], strict=True)}


def test_a_run_is_that_of_the_scenario_with_its_point(scenario: Scenario) -> None:
    """Ending and day by day."""
    plan = plan_over(scenario)
    found = numbers_of(plan.arm(plan.points[0]).scenario.doubts, Draws(5, 0, 40))
    rows = run_plan(plan).runs.select("ending", "day").collect().rows()
    for place in range(len(POINTS["pace"])):
        alone = with_settings(scenario, {TEMPO: f"{56 * POINTS['pace'][place]}d", SALIENCE: POINTS["care"][place]})
        settled = run_plan(plan_from_values(alone, runs=40, seed=5)).runs.select("ending", "day").collect().rows()
        mine = [run for run in range(40) if found[SALIENCE][run] == POINTS["care"][place]]
        assert mine and all(rows[run] == settled[run] for run in mine)


def test_results_say_what_was_drawn_from_and_go_on_with_nothing_else(scenario: Scenario, tmp_path: Path) -> None:
    """The same bytes by seed, in the hash of the experiment, and in the manifest, from which a run is made again."""
    plan, plain = plan_over(scenario), plan_from_values(scenario, runs=40, seed=5)
    assert plan.hash != plain.hash
    one, two = (run_plan(plan, tmp_path / name, chunk=chunk) for name, chunk in (("a", 40), ("b", 7)))
    assert files(tmp_path / "a") == files(tmp_path / "b")
    written = one.manifest["experiment"]["content"]["posterior"]
    assert written["seal"] == a_file(scenario).seal and written["numbers"]["pace"]["points"] == POINTS["pace"]
    again = arm_in(Results.open(tmp_path / "b"), 0)
    assert canonical(again.scenario) == canonical(plan.arm(plan.points[0]).scenario)
    with pytest.raises(BatchError, match="the experiment is another"):
        run_plan(plain, tmp_path / "a")
    page = report_on(two).html()
    assert "one of the 4 points that a calibration has left" in page
    assert "its pace, a factor: 1.5 (0.575 to 3.7)" in page and a_file(scenario).seal in page


def test_a_run_of_it_is_told_again(scenario: Scenario, tmp_path: Path) -> None:
    """With the point that it drew: the ending and the day are those of the batch."""
    results = run_plan(plan_over(scenario), tmp_path / "a")
    for row in page_of(results, Wanted()).rows[:4]:
        told = retell(BatchRun(results, row))
        assert told is not None and told.verdict.is_same


def test_a_posterior_is_of_one_state_of_a_scenario(scenario: Scenario) -> None:
    """Another scenario, and the same with another number in it, are refused."""
    held = a_file(scenario)
    with pytest.raises(BatchError, match="of another state of small-crisis"):
        held.of(with_settings(scenario, {"actions.warn.tempo": "5w"}))
    with pytest.raises(BatchError, match="the posterior is of small-crisis, and the scenario is other"):
        held.of(scenario.model_copy(update={"id": "other"}))


def test_a_file_is_read_where_its_seal_holds(scenario: Scenario, tmp_path: Path) -> None:
    """What was changed, is of another format, or is something else says so in a sentence."""
    path = tmp_path / "p.json"
    path.write_bytes(a_file(scenario).as_bytes())
    assert read_posterior(path) == a_file(scenario)
    whole = path.read_text()
    wrong = {
        whole.replace("0.5", "0.6", 1): "its seal does not hold",
        whole.replace('"posterior_format": 1', '"posterior_format": 2'): "of format 2, and this version reads 1",
        whole.replace('"draws"', '"dros"'): "is damaged",
        '{"a": 1}': "is no posterior",
        "{": "it is no JSON",
    }
    for text, said in wrong.items():
        path.write_text(text)
        with pytest.raises(BatchError, match=said):
            read_posterior(path)
    with pytest.raises(BatchError, match="there is no such file"):
        read_posterior(tmp_path / "nowhere.json")


def test_one_question_has_one_answer(scenario: Scenario, tmp_path: Path) -> None:
    """What is drawn from the posterior is not set or varied besides; an experiment may set the rest."""
    posterior = a_file(scenario).of(scenario)
    with pytest.raises(ScenarioError, match="--posterior"):
        plan_from_arguments(scenario, settings=[f"{SALIENCE}=0.4"], runs=4, posterior=posterior)
    with pytest.raises(ScenarioError, match="--posterior"):
        plan_from_arguments(scenario, vary=[f"{TEMPO}=1w,2w"], runs=4, posterior=posterior)
    plan = plan_from_values(scenario, {"issues.status.start": 50}, runs=4, posterior=posterior)
    assert plan.arm(plan.points[0]).scenario.issues["status"].start == 50
    own = {"posterior": json.loads(posterior.model_dump_json())}
    asked = plan_from_values(scenario, experiment=own, runs=4, seed=0)
    assert asked.experiment.posterior == posterior
    with pytest.raises(ScenarioError, match=r"is said by posterior\.numbers\.pace already"):
        plan_from_values(scenario, experiment=own, runs=4, posterior=posterior)
    del own["posterior"]["numbers"]["pace"]
    other = Posterior(numbers={"pace": posterior.numbers["pace"]})
    with pytest.raises(ScenarioError, match="a posterior of its own"):
        plan_from_values(scenario, experiment=own, runs=4, posterior=other)


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        (PosteriorNumber(path=("actions.declare.temp",), points=(1.0, 2.0)), 'did you mean "tempo"'),
        (PosteriorNumber(path=("title",), points=(1.0, 2.0)), "title can't be in doubt"),
        (PosteriorNumber(path=(SALIENCE,), points=(0.5, 2.0)), "at most 1"),
    ],
)
def test_a_posterior_that_does_not_fit_is_told(scenario: Scenario, number: PosteriorNumber, wrong: str) -> None:
    """At the number, with what is allowed."""
    with pytest.raises(ScenarioError, match=wrong):
        plan_from_values(scenario, runs=4, posterior=Posterior(numbers={"a": number}))


def test_points_that_are_all_one_are_no_doubt(scenario: Scenario) -> None:
    """A posterior of one point sets its numbers."""
    posterior = Posterior(numbers={"a": PosteriorNumber(path=(TEMPO,), apply="times", points=(2.0, 2.0))})
    plan = plan_from_values(scenario, runs=4, posterior=posterior)
    assert plan.arm(plan.points[0]).scenario.actions["declare"].tempo == 112.0
    with pytest.raises(ValueError, match="as many points as the others"):
        Posterior(
            numbers={
                "a": PosteriorNumber(path=(TEMPO,), points=(1.0, 2.0)),
                "b": PosteriorNumber(path=(SALIENCE,), points=(0.1,)),
            }
        )
