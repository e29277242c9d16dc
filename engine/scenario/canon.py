"""A record in one form for one content, and a name for that: as manifests, saves and the cache hold it."""

from __future__ import annotations

import hashlib
import json
import weakref
from typing import Final

from pydantic import BaseModel

from engine.scenario.doubts import AS_SLOTS
from engine.scenario.fields import OWN_WORDS
from engine.scenario.models import Scenario

_forms: Final[dict[int, tuple[weakref.ref[Scenario], str]]] = {}
"""The names of forms that are known, by the identity of scenarios that are there."""


def scenario_hash(scenario: Scenario) -> str:
    """A name for the content of a scenario, whatever its comments and layout: sha256 in hexadecimal."""
    return hashlib.sha256(canonical(scenario).encode()).hexdigest()


def form_hash(scenario: Scenario) -> str:
    """A name for the content of a scenario, whatever its numbers in doubt are; it is worked out once."""
    known = _forms.get(id(scenario))
    if known is not None and known[0]() is scenario:
        return known[1]
    name = hashlib.sha256(canonical(scenario, AS_SLOTS).encode()).hexdigest()
    note_form(scenario, name)
    return name


def note_form(scenario: Scenario, name: str) -> None:
    """Remember what :func:`form_hash` gives, as long as the scenario is there."""
    place = id(scenario)
    _forms[place] = weakref.ref(scenario, lambda _: _forms.pop(place, None)), name


def from_canonical(text: str) -> Scenario:
    """The scenario that :func:`canonical` has written. Raises pydantic's ValidationError where it is none."""
    return Scenario.model_validate_json(text, context=OWN_WORDS)


def canonical(record: BaseModel, context: str | None = None) -> str:
    """A record as JSON that is the same for the same content; order counts, since it decides who is asked first.

    In the context AS_SLOTS it is the same whatever its numbers in doubt are.
    """
    content = record.model_dump(mode="json", by_alias=True, context=context)
    return json.dumps(content, ensure_ascii=True, separators=(",", ":"))
