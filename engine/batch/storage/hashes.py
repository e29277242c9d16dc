"""Names for the design points of a plan."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.batch.design.plan import Points


def points_hash(points: Points) -> str:
    """A name for design points: sha256 in hexadecimal."""
    words = [list(points.uncertainties), {lever: list(choices) for lever, choices in points.levers.items()}]
    name = hashlib.sha256(json.dumps(words, separators=(",", ":")).encode())
    name.update(np.ascontiguousarray(points.numbers, dtype="<f8").tobytes())
    name.update(np.ascontiguousarray(points.choices, dtype="<i8").tobytes())
    return name.hexdigest()
