"""Sensitivity: known answers through the whole path, and designs that do not suit the method."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pytest

from engine.batch.analysis import effects, pawn
from engine.batch.analysis.factors import holm
from engine.batch.analysis.measuring import Measure, point_means
from engine.batch.analysis.sensitivity import MORRIS, PAWN, SOBOL, is_morris, is_saltelli, sensitivity
from engine.batch.design.designs import morris, saltelli
from engine.batch.errors import BatchError
from engine.rules.arrays import Numbers
from tests.batch.made_up import made_up

pytest.importorskip("SALib")


def ishigami(x: Numbers) -> Numbers:
    """The function of Ishigami and Homma (1990), with a = 7 and b = 0.1: shape (rows,)."""
    first, second, third = (np.pi * (2 * x.T - 1))[:3]
    found: Numbers = np.sin(first) + 7 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first)
    return found


def named(x: Numbers) -> dict[str, list[float]]:
    """Columns x1, x2 and so on."""
    return {f"x{number}": column.tolist() for number, column in enumerate(x.T, start=1)}


def random(rows: int, width: int, seed: int = 1) -> Numbers:
    """Points in the unit cube."""
    found: Numbers = np.random.default_rng(seed).random((rows, width))
    return found


def test_sobol_finds_the_indices_of_ishigami() -> None:
    """Total 0.5576, 0.4424, 0.2437; first 0.3139, 0.4424, 0 (Ishigami and Homma 1990), within their intervals."""
    x = saltelli(random(1024, 6))
    found = sensitivity(made_up(named(x), {"y": ishigami(x)}, 1), "y")
    assert found.method == SOBOL
    known = {"x1": (0.5576, 0.3139), "x2": (0.4424, 0.4424), "x3": (0.2437, 0.0)}
    assert [factor.name for factor in found.factors] == ["x1", "x2", "x3"]
    for factor in found.factors:
        total, first = known[factor.name]
        assert factor.low - 0.03 <= total <= factor.high + 0.03
        assert factor.more["first_low"] - 0.03 <= first <= factor.more["first_high"] + 0.03
        assert factor.matters


def test_morris_finds_slopes_and_curves() -> None:
    """Of 3 x1 - 2 x2: mu* is 3 and 2, mu 3 and -2, sigma 0; and x3 does nothing."""
    x = morris(20, 3, np.random.default_rng(2))
    found = sensitivity(made_up(named(x), {"y": 3 * x[:, 0] - 2 * x[:, 1]}, 1), "y")
    assert found.method == MORRIS
    assert [(f.name, round(f.index, 6), round(f.more["mu"], 6), round(f.more["sigma"], 6)) for f in found.factors] == [
        ("x1", 3.0, 3.0, 0.0),
        ("x2", 2.0, -2.0, 0.0),
        ("x3", 0.0, 0.0, 0.0),
    ]
    assert [factor.matters for factor in found.factors] == [True, True, False]


def test_pawn_tells_what_matters_from_chance() -> None:
    """A number and a lever that matter come before two that do not, which are within the level of chance."""
    x = random(400, 2)
    lever = np.random.default_rng(7).choice(["a", "b", "c"], (400, 2))
    y = 2 * x[:, 0] + 3.0 * (lever[:, 0] == "b")
    designs = {**named(x), "strong": lever[:, 0].tolist(), "idle": lever[:, 1].tolist()}
    found = sensitivity(made_up(designs, {"y": y}, 1), "y")
    assert found.method == PAWN
    assert {factor.name for factor in found.factors if factor.matters} == {"x1", "strong"}
    assert all(factor.low <= factor.index <= factor.high for factor in found.factors if factor.matters)


@pytest.mark.slow
def test_own_index_is_that_of_salib_wherever_salib_has_one() -> None:
    """For 2 to 600 points; SALib's own edges overshoot for six and nine slices, which once stopped whole reports."""
    from SALib.analyze import pawn as theirs  # type: ignore[import-untyped, unused-ignore]

    problem = {"num_vars": 1, "names": ["x1"], "bounds": [[0, 1]]}
    for points in range(2, 601):
        x = random(points, 1, points)
        y = x[:, 0] ** 2 + 0.1 * random(points, 1, 7)[:, 0]
        number = pawn.slices_for(points)
        own = pawn.index(pawn.slices(x[:, 0], number), y)
        assert 0.0 < own <= 1.0
        if points % 20 == 0 and number not in (6, 9):
            assert own == pytest.approx(theirs.analyze(problem, x, y, S=number)["median"][0])


@pytest.mark.parametrize("points", [50, 55, 72, 75, 79])
def test_pawn_takes_any_number_of_points(points: int) -> None:
    """Through the whole path, also where SALib stops."""
    x = random(points, 2)
    found = sensitivity(made_up(named(x), {"y": x[:, 0]}, 1), "y")
    assert [factor.matters for factor in found.factors] == [True, False]


def test_own_indices_of_sobol_are_those_of_salib() -> None:
    """What is drawn anew for the interval is the index that is told."""
    x = saltelli(random(64, 6))
    y = ishigami(x)
    found = sensitivity(made_up(named(x), {"y": y}, 1), "y")
    first, total = effects.sobol_indices(y.reshape(1, -1, 5))[:, 0]
    for number, name in enumerate(("x1", "x2", "x3")):
        factor = next(factor for factor in found.factors if factor.name == name)
        assert (factor.more["first"], factor.index) == pytest.approx((first[number], total[number]))


def test_rows_are_shuffled_and_not_their_copies_at_the_choices_of_a_lever() -> None:
    """Four identical choices change nothing: the indices, the intervals and what is called real stay the same."""
    x = random(64, 4)
    y = x[:, 0] + random(64, 1, 9)[:, 0]
    plain = sensitivity(made_up(named(x), {"y": y}, 1), "y")
    fourfold: dict[str, list[Any]] = {name: np.repeat(column, 4).tolist() for name, column in named(x).items()}
    crossed = made_up(fourfold | {"nothing": list("abcd") * 64}, {"y": np.repeat(y, 4)}, 1)
    found = sensitivity(crossed, "y")
    numbers = [factor for factor in found.factors if factor.name != "nothing"]
    assert [(f.name, f.index, f.chance, f.p) for f in numbers] == [
        (f.name, f.index, f.chance, f.p) for f in plain.factors
    ]
    (lever,) = [factor for factor in found.factors if factor.name == "nothing"]
    assert (lever.index, lever.chance, lever.matters) == (0.0, 0.0, False)


@pytest.mark.parametrize("method", [SOBOL, MORRIS])
def test_what_moves_no_run_has_an_index_of_nothing(method: str) -> None:
    """Under shared chance it is 0, not the run-to-run noise, above which a small effect is real."""
    rng = np.random.default_rng(3)
    x = saltelli(random(64, 6)) if method == SOBOL else morris(30, 3, rng)
    chance = rng.random(40)
    y = (chance < 0.2 + 0.5 * x[:, :1] + 0.07 * x[:, 1:2]).astype(float)
    found = sensitivity(made_up(named(x), {"y": y.ravel()}, 40), "y")
    strong, weak, idle = found.factors
    assert (idle.name, idle.index, idle.low, idle.high, idle.p) == ("x3", 0.0, 0.0, 0.0, 1.0)
    assert strong.matters
    assert weak.matters
    assert found.noise_share is not None
    assert not idle.matters


def test_pawn_refuses_rows_that_repeat_each_other() -> None:
    """Of Saltelli's and Morris's designs, also where only the experiment tells which it is."""
    for x in (saltelli(random(16, 6)), morris(20, 3, np.random.default_rng(1))):
        results = made_up(named(x), {"y": x[:, 0]}, 1)
        with pytest.raises(BatchError, match="PAWN needs rows that are drawn one by one"):
            sensitivity(results, "y", PAWN)
    results = made_up(named(random(40, 2)), {"y": random(40, 1)[:, 0]}, 1)
    results.manifest["experiment"]["content"]["design"] = {"morris": 10}
    with pytest.raises(BatchError, match="those of a morris design"):
        sensitivity(results, "y")
    eight: dict[str, list[Any]] = {"u": np.repeat(random(8, 1)[:, 0], 9).tolist(), "l": list("abcdefghi") * 8}
    few = made_up(eight, {"y": random(72, 1)[:, 0]}, 1)
    with pytest.raises(BatchError, match="at least 16 rows of uncertainties; there are 8"):
        sensitivity(few, "y")


def test_a_lever_is_judged_by_how_far_runs_lie_apart() -> None:
    """One that lifts every run is real; one that shuffles them may be chance, though all rows say the same."""
    rng = np.random.default_rng(4)
    x, runs = random(40, 1), 12
    noise = rng.normal(size=runs)
    up, shuffled = np.array([0.0, 0.3]), np.stack([noise, noise[::-1] + 0.02])
    y = x[:, 0][:, None, None, None] + up[None, :, None, None] + shuffled[None, None, :, :]
    designs: dict[str, list[Any]] = {"x1": np.repeat(x[:, 0], 4).tolist()}
    designs |= {"up": ["n", "n", "y", "y"] * 40, "idle": ["a", "b"] * 80}
    found = sensitivity(made_up(designs, {"y": y.ravel()}, runs), "y")
    assert {factor.name: factor.matters for factor in found.factors} == {"x1": True, "up": True, "idle": False}


def test_holm_corrects_for_the_number_of_tests() -> None:
    """Of 0.01, 0.04 and 0.03: 0.03, 0.06 and 0.06 (Holm 1979)."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
    x = random(60, 3)
    found = sensitivity(made_up(named(x), {"y": x[:, 0]}, 1), "y")
    assert found.multiplicity.startswith("3 tests at 5 % each: had nothing an effect, 0.15 would be called real")
    assert "(Holm 1979)" in found.multiplicity


def test_points_that_could_not_be_run_take_their_row_along() -> None:
    """So that a row is the same mean over levers wherever it is known; the others are judged."""
    x = random(40, 1)[:, 0]
    designs: dict[str, list[Any]] = {"x1": np.repeat(x, 2).tolist(), "l": ["a", "b"] * 40}
    y = np.repeat(x, 2)
    y[5] = math.nan
    found = sensitivity(made_up(designs, {"y": y}, 1), "y")
    assert "1 row left out: at a point of theirs it can't be known" in found.notes
    with pytest.raises(BatchError, match="or hold levers with --at l=CHOICE"):
        sensitivity(made_up(designs, {"y": np.where(np.arange(80) % 2, y, math.nan)}, 1), "y")


def test_structure_of_designs_is_seen_through_any_distribution() -> None:
    """Blocks and trajectories are known by which numbers are the same; points at random are neither."""
    blocks, paths = saltelli(random(8, 6)), morris(4, 3, np.random.default_rng(1))
    assert is_saltelli(np.exp(blocks))
    assert is_morris(np.exp(paths))
    assert not is_saltelli(paths[: 5 * 3])
    assert not is_morris(blocks)
    assert not is_saltelli(random(40, 3))
    assert not is_morris(random(40, 3))


def test_method_that_the_design_does_not_suit_is_refused() -> None:
    """With what would suit it."""
    results = made_up(named(random(40, 3)), {"y": random(40, 1)[:, 0]}, 1)
    with pytest.raises(BatchError, match="Sobol's indices need the design saltelli"):
        sensitivity(results, "y", SOBOL)
    with pytest.raises(BatchError, match="Morris's effects need the design morris"):
        sensitivity(results, "y", MORRIS)
    with pytest.raises(BatchError, match="at least 16 design points; there are 4"):
        sensitivity(made_up(named(random(4, 1)), {"y": [1.0, 2.0, 3.0, 4.0]}, 1), "y")
    with pytest.raises(BatchError, match="nothing that varies"):
        sensitivity(made_up({}, {"y": [1.0, 2.0]}, 2), "y")
    with pytest.raises(BatchError, match="hangs on nothing"):
        sensitivity(made_up(named(random(40, 1)), {"y": [1.0] * 40}, 1), "y")


def test_levers_are_averaged_over_or_held() -> None:
    """Saltelli's rows crossed with a lever: the mean over its choices, or only one of them."""
    x = saltelli(random(64, 4))
    rows = [(*row, choice) for row, choice in product(x.tolist(), ("flat", "steep"))]
    y = [row[0] * (4.0 if row[2] == "steep" else 0.0) for row in rows]
    designs = {"x1": [row[0] for row in rows], "x2": [row[1] for row in rows], "slope": [row[2] for row in rows]}
    results = made_up(designs, {"y": y}, 1)
    both = sensitivity(results, "y")
    assert both.notes[-1] == "the mean over the choices of slope"
    assert both.mean == pytest.approx(np.mean(y))
    steep = sensitivity(results, "y", at={"slope": "steep"})
    assert (steep.factors[0].name, steep.points) == ("x1", len(x))
    with pytest.raises(BatchError, match='no choice of slope "step", did you mean "steep"'):
        sensitivity(results, "y", at={"slope": "step"})


def test_noise_that_all_points_share_is_no_noise_between_them() -> None:
    """A run that adds the same everywhere does not blur the points; chance of its own does, and is measured."""
    rng = np.random.default_rng(5)
    points, runs = 60, 40
    effect, shared, own = rng.normal(size=(points, 1)), rng.normal(size=(1, runs)), rng.normal(size=(points, runs))
    measure = "y"
    designs = {"u": effect[:, 0].tolist()}
    common = made_up(designs, {"y": (effect + 5 * shared).ravel()}, runs)
    found = point_means(common, Measure.of(common.manifest, measure, "y"))
    assert found.noise_share == pytest.approx(0.0, abs=1e-9)
    blurred = made_up(designs, {"y": (effect + 5 * shared + 4 * own).ravel()}, runs)
    found = point_means(blurred, Measure.of(blurred.manifest, measure, "y"))
    assert found.noise == pytest.approx(16 / runs, rel=0.1)
    assert found.noise_share == pytest.approx(0.4 / 1.4, abs=0.1)


def test_expressions_are_over_endings_outcomes_and_whether_they_came() -> None:
    """A run without a number has no comparison that holds."""
    results = made_up({}, {"x": [1.0, math.nan, 3.0], "first_flag": [math.nan, 7.0, 14.0]}, 3, ["war", "peace", "war"])
    runs = results.runs.collect()

    def values(text: str) -> list[float]:
        return Measure.of(results.manifest, text, "it").values(runs).tolist()

    assert values("ending.war") == [1.0, 0.0, 1.0]
    assert values("x > 0") == [1.0, 0.0, 1.0]
    assert values("ever.flag and not ending.war") == [0.0, 1.0, 0.0]
    assert values("x + 1 if ever.x else 0") == [2.0, 0.0, 4.0]
    with pytest.raises(BatchError, match=r'it: unknown name "ending\.wra", did you mean "ending\.war"'):
        values("ending.wra")
    with pytest.raises(BatchError, match="it: "):
        Measure.of(results.manifest, "x + 1", "it", is_condition=True)


def test_outcome_that_never_comes_about_somewhere_is_refused_for_sobol() -> None:
    """With what to ask instead."""
    x = saltelli(random(4, 4))
    y = np.where(x[:, 0] > 0.5, x[:, 1], math.nan)
    with pytest.raises(BatchError, match=r"never comes about in any run; ask whether it does: ever\.y"):
        sensitivity(made_up(named(x), {"y": y}, 1), "y")
