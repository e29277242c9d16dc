"""Standing simulations: how often what has no effect is called real, and how often intervals hold the truth."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.batch.analysis.sensitivity import sensitivity
from engine.batch.design.designs import low_discrepancy, morris, saltelli
from engine.rules.arrays import Numbers
from tests.batch.made_up import made_up
from tests.fuzz.effort import cases, seed

pytest.importorskip("SALib")

pytestmark = pytest.mark.slow


def at_most(share: float, found: int, of: int) -> bool:
    """Whether so many of so many are no more than a share lets expect, but once in ten thousand."""
    from scipy.stats import binom

    return bool(found <= binom.ppf(0.9999, of, share))


def points(kind: str, rows: int, width: int, rng: np.random.Generator) -> Numbers:
    """Rows of a design in the unit cube."""
    from scipy.stats import qmc

    match kind:
        case "latin_hypercube":
            found: Numbers = qmc.LatinHypercube(width, rng=rng).random(rows)
            return found
        case "sobol":
            return low_discrepancy(rows, width, rng)
        case "saltelli":
            return saltelli(low_discrepancy(rows, 2 * width, rng))
        case "morris":
            return morris(rows, width, rng)
    return rng.random((rows, width))


def seeds(short: int) -> Iterator[np.random.Generator]:
    """As many as this fuzzer is to try."""
    yield from (np.random.default_rng([seed(), number]) for number in range(cases(short)))


@pytest.mark.parametrize(
    ("kind", "rows", "choices"),
    [("random", 64, 1), ("latin_hypercube", 64, 9), ("sobol", 64, 9), ("latin_hypercube", 256, 4)],
)
def test_pawn_calls_few_idle_assumptions_real(kind: str, rows: int, choices: int) -> None:
    """Of y = x1 + noise, five others: at most 5 %, however many copies a row has; x1 is found."""
    called = found = tried = 0
    for rng in seeds(4):
        x = points(kind, rows, 6, rng)
        y = np.repeat(x[:, 0] + 0.3 * rng.normal(size=rows), choices)
        designs: dict[str, list[float] | list[str]] = {
            f"x{n}": np.repeat(c, choices).tolist() for n, c in enumerate(x.T)
        }
        if choices > 1:
            designs["same"] = [str(choice) for choice in range(choices)] * rows
        factors = {factor.name: factor.matters for factor in sensitivity(made_up(designs, {"y": y}, 1), "y").factors}
        called += sum(factors[f"x{n}"] for n in range(1, 6)) + factors.get("same", False)
        found, tried = found + factors["x0"], tried + 1
    assert at_most(0.055, called, 5 * tried)
    assert found >= 0.8 * tried


@pytest.mark.parametrize("kind", ["saltelli", "morris"])
@pytest.mark.parametrize("runs", [8, 40])
def test_shuffling_runs_is_seldom_called_an_effect(kind: str, runs: int) -> None:
    """Chance that an assumption only shifts moves no share; what moves it is found, what moves no run is never."""
    shuffles = idle = weak = tried = 0
    for rng in seeds(25):
        x = points(kind, 32 if kind == "saltelli" else 20, 4, rng)
        chance = (rng.random(runs) + x[:, 3:]) % 1.0
        y = chance < 0.2 + 0.5 * x[:, :1] + 0.1 * x[:, 1:2]
        designs = {f"x{n}": column.tolist() for n, column in enumerate(x.T)}
        results = made_up(designs, {"y": y.ravel().astype(float)}, runs)
        factors = {factor.name: factor.matters for factor in sensitivity(results, "y").factors}
        weak, idle, shuffles = weak + factors["x1"], idle + factors["x2"], shuffles + factors["x3"]
        tried += 1
    assert idle == 0
    assert at_most(0.06, shuffles, tried)
    assert runs < 40 or weak >= 0.8 * tried
