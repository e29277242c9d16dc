"""Whether two batches are alike enough to be compared: what is refused, and what is only said.

That the scenarios differ is what comparing is for, be it by a value that was set or by another text. But a name must
mean the same in both: an outcome, a design point, a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.batch.errors import BatchError
from engine.batch.storage.results import Results
from engine.scenario.problems import shortened

WORDS = ("title", "because")
"""What an experiment says for people, which changes nothing."""

MADE_BY = {
    "engine": "the version of the engine",
    "numpy": "the version of numpy",
    "executor": "what works the rules out",
}
"""What two batches may be made by that can make their runs differ."""

Written = Mapping[str, Any]


def refuse_unlike(first: Results, second: Results) -> None:
    """That names mean the same in both. Raises :class:`~engine.batch.errors.BatchError` where they don't."""
    a, b = first.manifest, second.manifest
    if a["scenario"]["id"] != b["scenario"]["id"]:
        raise BatchError(f"results of two scenarios can't be compared: {a['scenario']['id']} and {b['scenario']['id']}")
    starts = [m["scenario"]["content"]["start"] for m in (a, b)]
    if starts[0] != starts[1]:
        raise BatchError(f"results whose stories begin on different days can't be compared: {' and '.join(starts)}")
    for name in _unlike(a["outcomes"], b["outcomes"]):
        said = " and ".join(shortened(_in_words(m["outcomes"][name]), 80) for m in (a, b))
        raise BatchError(f"the outcome {name} is not the same in both, so they can't be compared: {said}")
    if first.designs.height == second.designs.height == 1:
        return
    if not first.designs.equals(second.designs):
        raise BatchError("results of different designs can't be compared: their points do not match one by one")
    for part, name in _unlike_settings(a["experiment"]["content"], b["experiment"]["content"]):
        raise BatchError(f"the {part} {name} is not the same in both, so their design points can't be compared")


def differences(first: Results, second: Results) -> Iterator[str]:
    """What may make two batches differ besides what was asked, in sentences without a full stop."""
    a, b = first.manifest, second.manifest
    for key, what in MADE_BY.items():
        one, other = _made_by(a, key), _made_by(b, key)
        if one != other:
            yield f"{what} is {shortened(one, 40)} in the first and {shortened(other, 40)} in the second"
    if a["scenario"].get("hash") != b["scenario"].get("hash"):
        yield "the scenarios have different content, so what differs may come from anything in it"


def _made_by(manifest: Written, key: str) -> str:
    found = manifest.get("libraries", {}).get(key) if key == "numpy" else manifest.get(key)
    return str(found) if found is not None else "not known"


def _unlike_settings(a: Written, b: Written) -> Iterator[tuple[str, str]]:
    """Uncertainties and levers that have one name and change different things."""
    for name in _unlike(a.get("uncertainties", {}), b.get("uncertainties", {})):
        yield "uncertainty", name
    levers, others = a.get("levers", {}), b.get("levers", {})
    for lever in levers.keys() & others.keys():
        for choice in _unlike(levers[lever]["choices"], others[lever]["choices"]):
            yield "choice", f"{lever}={choice}"


def _unlike(a: Written, b: Written) -> Iterator[str]:
    """Names of both that mean different things, whatever they are called."""
    return (name for name in a if name in b and _meaning(a[name]) != _meaning(b[name]))


def _meaning(written: Written) -> Written:
    return {key: value for key, value in written.items() if key not in WORDS}


def _in_words(written: Written) -> str:
    return ", ".join(f"{key} {value}" for key, value in _meaning(written).items())
