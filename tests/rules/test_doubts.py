"""A run with numbers in doubt is the run of the scenario in which they are what the run draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.rules import Rules
from engine.rules.doubts import drawn, numbers_of, settled
from engine.rules.draws import Draws
from engine.rules.program.kept import packed
from engine.scenario.canon import canonical, from_canonical
from engine.scenario.certain import certain
from engine.scenario.document import Content
from engine.scenario.doubts import AS_SLOTS, Doubtful
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.overrides import Relative, with_settings
from engine.scenario.problems import ScenarioError
from tests.reference.chance import Chance
from tests.reference.doubts import drawn as interpreted
from tests.reference.run import Run
from tests.reference.story import Story
from tests.rules.doubtful import in_doubt
from tests.rules.executed import go_the_same_way
from tests.scenario.minimal import MINIMAL, check, load, replaced

ASKED = Path(__file__).parents[1] / "asked" / "scenario.yaml"

SEED, RUNS = 3, 12

SALIENCE = "actors.us.stances.status.salience"


@pytest.fixture(name="doubtful", params=["minimal", "asked"])
def doubtful_scenario(request: pytest.FixtureRequest, tmp_path: Path) -> Scenario:
    """A scenario in which every number is in doubt."""
    return in_doubt(load(tmp_path) if request.param == "minimal" else load_scenario(ASKED, {}))


def test_a_run_in_doubt_is_the_run_of_what_it_draws(doubtful: Scenario) -> None:
    """Cell by cell, score by score, to the last bit, though one program serves all of them."""
    rules = Rules(doubtful)
    together = rules.open(SEED, 0, RUNS)
    rules.finish(together)
    rows = rules.layout.size - len(doubtful.doubts)
    for run in range(RUNS):
        alone = Rules(settled(doubtful, SEED, run))
        world = alone.open(SEED, run)
        alone.finish(world)
        assert world.cells[:, 0].tobytes() == together.cells[:rows, run].tobytes()
        assert alone.scores(world)[:, 0].tobytes() == np.ascontiguousarray(rules.scores(together)[:, run]).tobytes()
        assert world.ending[0] == together.ending[run]


def test_both_executors_agree(doubtful: Scenario) -> None:
    """Rows in the place of constants are read alike."""
    assert go_the_same_way(doubtful)


def test_the_plain_interpreter_draws_the_same_numbers(tmp_path: Path) -> None:
    """It plays a scenario in doubt as the engine does."""
    scenario = in_doubt(load(tmp_path))
    rules = Rules(scenario)
    world = rules.open(SEED, 0, RUNS)
    rules.finish(world)
    for run in range(RUNS):
        plainly = Run(Story(scenario), SEED, run)
        plainly.play()
        assert plainly.ending == plainly.scenario.endings[int(world.ending[run])]
        assert plainly.world.state[Reference("issue", "status")] == world.cells[1, run]


def test_without_its_doubts_a_scenario_has_its_best_guesses(tmp_path: Path) -> None:
    """What is in doubt is a number, or the text of one; no position has a spread; every run opens alike."""
    scenario = with_settings(load(tmp_path), {SALIENCE.replace("salience", "spread"): 4.0})
    plain = certain(in_doubt(scenario))
    assert not plain.doubts
    worlds = [(rules, rules.open(SEED, 0, RUNS)) for rules in (Rules(certain(scenario)), Rules(plain))]
    assert (worlds[1][1].cells[:, :1] == worlds[1][1].cells[:, :RUNS]).all()
    for rules, world in worlds:
        rules.finish(world)
    assert worlds[0][1].cells.tobytes() == worlds[1][1].cells.tobytes()


def test_another_doubt_changes_no_draw(tmp_path: Path) -> None:
    """Each number is drawn by its path, and of the same run the same, whatever else is in doubt."""
    scenario = load(tmp_path)
    doubt: Content = {"value": 0.5, "between": [0.2, 0.8]}
    one = with_settings(scenario, {SALIENCE: doubt})
    two = with_settings(scenario, {SALIENCE: doubt, "actions.warn.tempo": {"value": "6w", "between": ["2w", "8w"]}})
    draws = Draws(SEED, 0, 100)
    found = numbers_of(two.doubts, draws)[SALIENCE]
    assert (numbers_of(one.doubts, draws)[SALIENCE] == found).all()
    assert (numbers_of(two.doubts, Draws(SEED, 40, 1))[SALIENCE] == found[40:41]).all()
    assert len(set(found)) == 100


@pytest.mark.parametrize(("shape", "mean"), [("even", 5.5), ("peaked", 13 / 3), ("orders", 9 / np.log(10))])
def test_what_is_drawn_has_its_shape(tmp_path: Path, shape: str, mean: float) -> None:
    """Between the ends, with the mean of the distribution: of a uniform, a triangle, a reciprocal."""
    written: Content = {"value": "2d", "between": ["1d", "10d"], "shape": shape}
    (number,) = with_settings(load(tmp_path), {"actions.warn.tempo": written}).doubts
    found = drawn(number, Draws(SEED, 0, 20_000))
    assert 1 <= found.min() < 1.2 and 9 < found.max() <= 10
    assert found.mean() == pytest.approx(mean, abs=0.06)


def test_numbers_that_are_listed_together_are_drawn_from_one_row(tmp_path: Path) -> None:
    """A run takes the same place in each list; what shares no word is drawn by itself; the plain interpreter agrees."""
    listed: dict[str, Content] = {
        SALIENCE: {"value": 0.4, "between": [0.1, 0.8], "among": [0.1, 0.4, 0.8], "together": "them"},
        "actions.warn.tempo": {"value": "4d", "between": ["1d", "8d"], "among": ["1d", "4d", "8d"], "together": "them"},
        "actions.warn.cost": {"value": 0.4, "between": [0.1, 0.8], "among": [0.1, 0.4, 0.8]},
    }
    scenario = with_settings(load(tmp_path), listed)
    found = numbers_of(scenario.doubts, Draws(SEED, 0, 3_000))
    assert (found["actions.warn.tempo"] == found[SALIENCE] * 10).all()
    assert not (found["actions.warn.cost"] == found[SALIENCE]).all()
    counts = [(found[path] == 0.4).mean() for path in (SALIENCE, "actions.warn.cost")]
    assert counts == pytest.approx([1 / 3, 1 / 3], abs=0.03)
    for number in scenario.doubts:
        plainly = [interpreted(number, Chance(SEED, run)) for run in range(8)]
        assert plainly == found[number.path][:8].tolist()
    assert canonical(from_canonical(canonical(scenario))) == canonical(scenario)
    doubled = with_settings(scenario, {SALIENCE: Relative("*", 0.5)})
    (number,) = (one for one in doubled.doubts if one.path == SALIENCE)
    assert (number.value, number.among) == (0.2, (0.05, 0.2, 0.4))


def test_one_program_serves_whatever_the_ends_are(tmp_path: Path) -> None:
    """The kept program of a scenario in doubt has nothing of what its numbers may be."""
    scenario = load(tmp_path)
    costs: list[Content] = [{"value": 0, "between": [0, 1]}, {"value": 2, "between": [1, 9]}]
    one, two = (
        with_settings(scenario, {SALIENCE: {"value": best, "between": [0, best + 0.1]}, "actions.warn.cost": cost})
        for best, cost in zip((0.5, 0.25), costs, strict=True)
    )
    assert canonical(one, AS_SLOTS) == canonical(two, AS_SLOTS) != canonical(scenario, AS_SLOTS)
    programs = [packed(Rules(made).program, Rules(made).roster) for made in (one, two)]
    assert all((programs[0][name] == programs[1][name]).all() for name in programs[0])


def test_a_doubt_is_kept_with_its_scenario(tmp_path: Path) -> None:
    """In canonical form and back: the same numbers, ends, shapes and names."""
    scenario = in_doubt(load(tmp_path))
    again = from_canonical(canonical(scenario))
    assert canonical(again) == canonical(scenario)
    assert [told(number) for number in again.doubts] == [told(number) for number in scenario.doubts]


def told(number: Doubtful) -> tuple[object, ...]:
    """All that is known of a number in doubt."""
    return number.path, number.value, number.low, number.high, number.shape, number.among, number.stream


WRONG = {
    "salience: {value: 0.5, between: [0.2, 1.7]}": "salience.between.1: should be at most 1, is the number 1.7",
    "salience: {value: 0.9, between: [0.2, 0.7]}": (
        "salience: a value lies between two ends, the lower first, not 0.9 between 0.2 and 0.7"
    ),
    "salience: {value: 0.5, betwen: [0.2, 0.7]}": (
        'salience.betwen: unknown key "betwen", did you mean "between"? (allowed here: evidence, assumed, '
        "value, between, shape, among and together)"
    ),
    "salience: {value: 0.5, between: [0.2, 0.7], shape: flat}": (
        "salience.shape: should be 'even', 'peaked' or 'orders'"
    ),
    "salience: {value: 0.5, between: [0, 0.7], shape: orders}": (
        "salience: orders of magnitude start above 0, not at 0"
    ),
    "salience: {value: 0.5, between: [0, 0.7], among: [0.1, 0.8]}": (
        "salience: each number of among lies between 0 and 0.7, and 0.8 does not"
    ),
    "salience: {value: 0.5, between: [0.2, 0.7], among: [0.2, 1.7]}": (
        "salience.among.1: should be at most 1, is the number 1.7"
    ),
    "salience: {value: 0.5, between: [0.2, 0.7], shape: peaked, among: [0.2, 0.7]}": (
        "salience: of numbers that are listed all are alike: leave out shape: peaked"
    ),
    "salience: {value: 0.5, between: [0.2, 0.7], together: us}": (
        "salience: together is for numbers that say among what they are drawn"
    ),
    "salience: 0.5, position: {value: 90, between: [80, 120]}": (
        "position: 120 is outside the issue's scale, 0 to 100"
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_doubt_is_told(tmp_path: Path, text: str) -> None:
    """At the place of the end that is wrong, with what is allowed there."""
    old = "salience: 0.5" if "position" not in text else "position: 90, salience: 0.5"
    report = check(tmp_path, replaced(f"{old}, assumed", f"{text}, assumed", MINIMAL))
    assert any(WRONG[text] in str(problem) for problem in report.problems), [str(p) for p in report.problems]


def test_a_flag_is_never_in_doubt(tmp_path: Path) -> None:
    """Where a yes/no is wanted, a number in doubt is one number too many."""
    with pytest.raises(ScenarioError, match="this is a number where a yes/no is needed"):
        with_settings(load(tmp_path), {"actions.declare.effects.0.set.declared": {"value": 1, "between": [0, 1]}})


def test_what_may_come_about_reckons_with_both_ends(tmp_path: Path) -> None:
    """An ending that only a high draw can reach is not called out of reach."""
    cold = replaced("unrest: {title: Unrest, start: 0.2", "unrest: {title: Unrest, start: %s")
    cold = replaced(
        "  calm: {title: Things calm down, per_week: {unrest: -0.05 * unrest}, assumed: for the test}",
        "  calm: {title: Things calm down, per_week: {unrest: 0}, assumed: for the test}",
        cold,
    )
    cold = replaced("      - {chance: 0.3, add: {unrest: 0.1}}\n", "", cold)
    cold = replaced("effects: [{when: target.is.us, add: {unrest: 0.02}}]", "effects: [{add: {status: 1}}]", cold)
    known, open_ = (check(tmp_path, cold % start).problems for start in ("0.2", "{value: 0.2, between: [0.1, 0.3]}"))
    assert any("clashes" in problem.where for problem in known)
    assert not any("clashes" in problem.where for problem in open_)
