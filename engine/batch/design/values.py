"""Values of Python as a file would hold them: what an experiment may be made of without a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.scenario.answers import NOWHERE
from engine.scenario.limits import DEEPEST
from engine.scenario.overrides import Relative
from engine.scenario.problems import Problem, ScenarioError, quoted


def misuse(argument: str, message: str, where: str = "") -> ScenarioError:
    """Something that is wrong with an argument."""
    return ScenarioError([Problem(argument, *NOWHERE, "error", where, message)])


def plain_mapping(argument: str, given: Any) -> dict[Any, Any]:
    """A mapping as a file would hold it: texts, numbers, lists and mappings, those of numpy and days too.

    Raises :class:`~engine.scenario.problems.ScenarioError`, where something else stands in it.
    """
    if not isinstance(given, Mapping):
        raise misuse(argument, f"is a mapping, not {quoted(given)}")
    found: dict[Any, Any] = plain_content(argument, given, ())
    return found


def by_path(argument: str, given: Any) -> dict[str, Any]:
    """A mapping by the dotted paths of a scenario. Raises :class:`~engine.scenario.problems.ScenarioError`."""
    found = plain_mapping(argument, given)
    for path in found:
        if not isinstance(path, str):
            raise misuse(argument, f"has paths such as issues.status.start for keys, not {quoted(path)}")
    return found


def plain_content(argument: str, value: Any, at: tuple[object, ...]) -> Any:
    """The same of any value, which stands under these keys."""
    match value:
        case np.generic():
            return value.item()
        case dt.date():
            return value.isoformat()
        case None | bool() | int() | float() | str() | Relative():
            return value
        case _ if len(at) >= DEEPEST:
            raise misuse(argument, f"is nested more than {DEEPEST} levels deep")
        case Mapping():
            return {_key(argument, key, at): plain_content(argument, part, (*at, key)) for key, part in value.items()}
        case list() | tuple() | np.ndarray() | range():
            return [plain_content(argument, part, (*at, place)) for place, part in enumerate(value)]
    where = ".".join(map(str, at))
    raise misuse(argument, f"can't hold a value of the type {type(value).__name__}: {quoted(value)}", where)


def _key(argument: str, key: Any, at: tuple[object, ...]) -> Any:
    if isinstance(key, (Mapping, list, tuple)):
        raise misuse(argument, f"can't hold a key of the type {type(key).__name__}: {quoted(key)}")
    return plain_content(argument, key, at)
