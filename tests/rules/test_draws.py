"""Chance is a pure function of (seed, stream, turn, run)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.rules.draws import BESIDE, Draws, stream_key, uniforms_beside


@pytest.mark.parametrize(("first", "runs"), [(0, 1), (0, 1000), (999, 1), (417, 93), (2**40, 5)])
def test_a_block_is_part_of_any_larger_block(first: int, runs: int) -> None:
    """The numbers of a run do not depend on the block that it is drawn in."""
    wide = Draws(11, first - first % 1000, 2000).uniforms("actor:russia", 7)
    offset = first % 1000
    assert np.array_equal(Draws(11, first, runs).uniforms("actor:russia", 7), wide[:, offset : offset + runs])


def test_order_of_drawing_does_not_matter() -> None:
    """A draw leaves nothing behind that another one would see."""
    one, other = Draws(5, 0, 8), Draws(5, 0, 8)
    first = [one.uniforms(stream, 2) for stream in ("a", "b", "c")]
    second = [other.uniforms(stream, 2) for stream in ("c", "b", "a")][::-1]
    assert np.array_equal(first, second)


def test_seeds_streams_turns_and_runs_all_differ() -> None:
    """No two draws of a small design share a number."""
    drawn = [Draws(seed, 0, 16).uniforms(s, turn) for seed in (0, 1) for s in ("a", "b") for turn in range(4)]
    assert len(np.unique(drawn)) == np.size(drawn)


def test_uniforms_and_normals_have_their_moments() -> None:
    """Means and variances within five standard errors for 100,000 runs."""
    draws = Draws(1, 0, 100_000)
    u, z = draws.uniforms("u", 0), draws.normal("z", 0)
    assert abs(u.mean(axis=1) - 0.5).max() < 5 * np.sqrt(1 / 12 / 1e5)
    assert abs(z.mean()) < 5 / np.sqrt(1e5)
    assert abs(z.var() - 1) < 5 * np.sqrt(2 / 1e5)
    assert u.min() >= 0
    assert u.max() < 1


@pytest.mark.parametrize("runs", [1, BESIDE, BESIDE + 1, 3000])
@pytest.mark.parametrize("again", [lambda draws: draws, lambda draws: draws.repeated(2), lambda draws: draws.each(2)])
def test_several_streams_together_give_the_bits_of_each_alone(runs: int, again: Callable[[Draws], Draws]) -> None:
    """Few runs, whose words are worked out here, and many, whose words are numpy's."""
    draws = again(Draws(2**64 - 3, 2**40, runs))
    streams = [f"stance:{name}" for name in range(7)]
    alone = np.stack([draws.normal(stream, 4) for stream in streams])
    assert np.array_equal(draws.normals(streams, 4).view(np.uint64), alone.view(np.uint64))
    keys = np.array([stream_key(stream) for stream in streams], dtype=np.uint64)
    beside = uniforms_beside(draws.seed, keys, draws.numbers, 4)
    assert np.array_equal(beside, np.stack([draws.uniforms(stream, 4) for stream in streams], axis=1))


def test_the_key_of_a_stream_is_fixed_for_ever() -> None:
    """Saves and published results rest on these numbers."""
    assert stream_key("actor:russia") == 0xC0AED296311DAE69
    drawn = Draws(2007, 4711, 1).uniforms("actor:russia", 3)[:, 0]
    assert drawn.tolist() == [0.4860806072596846, 0.5700924519171529, 0.5720761379430346, 0.8128844229837412]
