"""What a check can find: for each code a title and a page, from which `--explain` and the reference are made."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.scenario.findings import (
    conduct,
    expressions,
    knowledge,
    names,
    numbers,
    reading,
    shape,
    sourcing,
    story,
    usage,
    words,
)
from engine.scenario.findings.finding import Finding

__all__ = ["FINDINGS", "Finding"]

GROUPS = (reading, shape, names, expressions, knowledge, words, numbers, story, usage, sourcing, conduct)

FINDINGS: Mapping[str, Finding] = MappingProxyType({found.code: found for group in GROUPS for found in group.FINDINGS})
"""Every finding by its code, subject by subject."""
