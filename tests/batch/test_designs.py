"""Designs: how many points, where they lie, and that they are the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batch.design.designs import LEVELS, Points, count_points, make_points, quantile
from engine.batch.design.experiment import Choice, Design, Lever, Uncertainty

PATH = ("temperature",)

TWO = {"a": Uncertainty(path=PATH, range=(0.0, 1.0)), "b": Uncertainty(path=PATH, range=(-5.0, 5.0))}

LEVERS = {
    "l": Lever(choices={"base": Choice(), "other": Choice()}),
    "m": Lever(choices={"x": Choice(), "y": Choice(), "z": Choice()}),
}


def points(
    uncertainties: Mapping[str, Uncertainty],
    seed: int = 0,
    crossed_with: Mapping[str, Lever] = MappingProxyType({}),
    **design: Any,
) -> Points:
    """The points of a design, which are as many as were foretold."""
    record = Design(**design)
    rows: list[dict[str, float | str]] = []
    made = make_points(record, uncertainties, crossed_with, rows, seed)
    assert len(made) == count_points(record, uncertainties, crossed_with, rows)
    return made


@pytest.mark.parametrize("sampling", ["random", "latin_hypercube", "sobol", "saltelli", "morris"])
def test_a_design_follows_from_its_seed(sampling: str):
    """The same points for the same seed, others for another, all of them inside."""
    asked: dict[str, Any] = {sampling: 8}
    one, same, other = (points(TWO, seed, **asked).numbers for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert (one.min(axis=0) >= [0, -5]).all()
    assert (one.max(axis=0) <= [1, 5]).all()


@given(number=st.integers(1, 60), seed=st.integers(0, 2**64 - 1))
def test_a_latin_hypercube_has_one_point_in_each_slice(number: int, seed: int):
    """Of every uncertainty."""
    numbers = points(TWO, seed, latin_hypercube=number).numbers
    for column, (low, high) in enumerate(((0, 1), (-5, 5))):
        slices = np.floor((numbers[:, column] - low) / (high - low) * number)
        assert sorted(slices) == list(range(number))


@given(power=st.integers(0, 7), seed=st.integers(0, 2**64 - 1))
def test_a_sobol_sequence_is_even(power: int, seed: int):
    """2^k points have one in each of 2^k slices, and one in each cell of any grid of 2^k equal boxes."""
    numbers = (points(TWO, seed, sobol=2**power).numbers - [0, -5]) / [1, 10]
    for first in range(power + 1):
        boxes = np.floor(numbers * [2**first, 2 ** (power - first)])
        assert len({tuple(box) for box in boxes}) == 2**power


@given(base=st.sampled_from([1, 4, 16]), seed=st.integers(0, 99), dimensions=st.integers(1, 5))
def test_saltelli_exchanges_one_column_at_a_time(base: int, seed: int, dimensions: int):
    """Each block is A, then A with one column of B after the other, then B."""
    uncertain = {f"u{n}": TWO["a"] for n in range(dimensions)}
    blocks = points(uncertain, seed, saltelli=base).numbers.reshape(base, dimensions + 2, dimensions)
    for block in blocks:
        a, b = block[0], block[-1]
        for column in range(dimensions):
            assert np.array_equal(block[column + 1], np.where(np.arange(dimensions) == column, b, a))


@given(trajectories=st.integers(1, 9), seed=st.integers(0, 99), dimensions=st.integers(1, 5))
def test_morris_moves_each_uncertainty_once(trajectories: int, seed: int, dimensions: int):
    """By two thirds of its range, on the levels of the grid."""
    uncertain = {f"u{n}": TWO["a"] for n in range(dimensions)}
    numbers = points(uncertain, seed, morris=trajectories).numbers
    assert np.allclose(numbers * (LEVELS - 1), np.round(numbers * (LEVELS - 1)))
    for path in numbers.reshape(trajectories, dimensions + 1, dimensions):
        moves = np.abs(np.diff(path, axis=0))
        assert np.allclose(moves.sum(axis=0), 2 / 3)
        assert ((moves > 0).sum(axis=1) == 1).all()


def test_a_grid_has_every_combination_with_the_last_axis_fastest():
    """Steps are equal parts of a range, its ends included; levers may be axes too."""
    made = points(TWO, grid={"a": {"steps": 3}, "b": [1, 2], "m": ["z", "x"]}, crossed_with=LEVERS)
    assert len(made) == 3 * 2 * 2 * 2
    assert made[0].settings == {"a": 0.0, "b": 1.0, "l": "base", "m": "z"}
    assert made[1].settings == {"a": 0.0, "b": 1.0, "l": "other", "m": "z"}
    assert made[2].settings == {"a": 0.0, "b": 1.0, "l": "base", "m": "x"}
    assert np.unique(made.numbers[:, 0]).tolist() == [0.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("levers", "expected"),
    [
        ("cross", ["base x", "base y", "base z", "other x", "other y", "other z"]),
        ("one_by_one", ["base x", "other x", "base y", "base z"]),
        ("base", ["base x"]),
    ],
)
def test_levers_are_crossed_moved_one_by_one_or_left(levers: str, expected: list[str]):
    """For each row of numbers, in the same order."""
    made = points(TWO, crossed_with=LEVERS, sobol=2, levers=levers)
    assert [f"{point.settings['l']} {point.settings['m']}" for point in made] == expected * 2
    assert len({point.settings["a"] for point in made[: len(expected)]}) == 1


def test_points_are_a_sequence():
    """Of design points, which know their numbers."""
    made: Points = points(TWO, sobol=4)
    assert made[-1].number == 3
    assert [point.number for point in made[1:3]] == [1, 2]
    assert [point.number for point in made] == [0, 1, 2, 3]
    with pytest.raises(IndexError):
        made[4]


DISTRIBUTIONS: list[tuple[Uncertainty, float, float, float]] = [
    (Uncertainty(path=PATH, range=(2.0, 4.0)), 2, 3, 4),
    (Uncertainty(path=PATH, log_range=(0.01, 1.0)), 0.01, 0.1, 1),
    (Uncertainty.model_validate({"path": "t", "normal": {"mean": 5, "sd": 2}}), 5 - 6.18, 5, 5 + 6.18),
    (Uncertainty.model_validate({"path": "t", "normal": {"mean": 0, "sd": 1, "low": 0}}), 0, 0.673, 3.09),
    (Uncertainty.model_validate({"path": "t", "triangular": {"low": 0, "mode": 0, "high": 1}}), 0, 0.293, 1),
    (Uncertainty.model_validate({"path": "t", "triangular": {"low": 0, "mode": 0.5, "high": 1}}), 0, 0.5, 1),
    (Uncertainty(path=PATH, values=(3.0, 7.0, 9.0)), 3, 7, 9),
]


@pytest.mark.parametrize(("uncertainty", "least", "median", "most"), DISTRIBUTIONS)
def test_quantiles_of_a_distribution(uncertainty: Uncertainty, least: float, median: float, most: float):
    """The ends, the middle, and never backwards."""
    u = np.linspace(0, 1, 101)
    numbers = quantile(uncertainty, u)
    assert numbers[[0, 50, 100]] == pytest.approx([least, median, most], abs=0.002)
    assert (np.diff(numbers) >= 0).all()
