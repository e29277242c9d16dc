"""Sensitivity: known answers through the whole path, and designs that do not suit the method."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from engine.batch.analysis import pawn
from engine.batch.analysis.measuring import Measure, point_means
from engine.batch.analysis.sensitivity import MORRIS, PAWN, SOBOL, is_morris, is_saltelli, sensitivity
from engine.batch.design.designs import morris, saltelli
from engine.batch.storage.manifest import BatchError
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


def test_own_index_is_that_of_salib() -> None:
    """So that intervals and the level of chance are of the same index."""
    from SALib.analyze import pawn as theirs  # type: ignore[import-untyped, unused-ignore]

    x = random(200, 2)
    y = x[:, 0] ** 2
    problem = {"num_vars": 2, "names": ["x1", "x2"], "bounds": [[0, 1], [0, 1]]}
    medians = theirs.analyze(problem, x, y, S=10)["median"]
    assert [pawn.index(pawn.slices(column, 10), y) for column in x.T] == pytest.approx(list(medians))


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
