"""How much it hurts an actor that the world is off its position, by the distance: written once for tapes and arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from engine.expressions import portable
from engine.rules.arrays import Numbers
from engine.scenario.models import Loss

V = TypeVar("V")

Apply = Callable[..., V]
"""Carries out an arithmetic instruction, by its name, on values and plain numbers."""


def curve(loss: Loss, span: float, far: V, apply: Apply[V]) -> V:
    """The loss at a distance, in points of a scale of that span, before it is weighed by salience over span.

    Absolute (Black 1948; Downs 1957), quadratic (Davis, Hinich and Ordeshook 1970; Enelow and Hinich 1984) or Gaussian
    (Poole and Rosenthal 1985); nothing inside the zone of indifference, steeper beyond the reservation point.
    """
    hurt = far
    if loss.zone:
        hurt = apply("MAX", apply("SUB", hurt, loss.zone * span), 0.0)
    if loss.form == "quadratic":
        hurt = apply("MUL", apply("MUL", hurt, hurt), 1.0 / span)
    elif loss.form == "gaussian":
        assert loss.width is not None
        widths = apply("MUL", hurt, 1.0 / (loss.width * span))
        fallen = apply("EXP", apply("MUL", apply("MUL", widths, widths), -0.5))
        hurt = apply("MUL", apply("SUB", 1.0, fallen), span)
    if loss.reserve is not None and loss.steeper is not None:
        beyond = apply("MAX", apply("SUB", far, loss.reserve * span), 0.0)
        hurt = apply("ADD", hurt, apply("MUL", beyond, loss.steeper - 1.0))
    return hurt


def loss_at(loss: Loss, span: float, far: Numbers) -> Numbers:
    """The same of distances in an array: shape as it is."""
    return curve(loss, span, far, lambda name, *values: _ON_ARRAYS[name](*values))


_ON_ARRAYS: dict[str, Callable[..., Numbers]] = {
    "ADD": np.add,
    "SUB": np.subtract,
    "MUL": np.multiply,
    "MAX": lambda a, b: np.maximum(a, b) + 0.0,
    "EXP": portable.exponential,
}
