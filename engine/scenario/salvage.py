"""What is left of a broken file once its misfits are cut out, so that the rest can be checked all the same."""

from __future__ import annotations

import copy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.scenario.document import Document, Path
from engine.scenario.shape import path_of

R = TypeVar("R", bound=BaseModel)

EXPENDABLE = ("actions", "events", "dynamics")
"""Parts whose entries nothing else names, so that cutting one out breaks nothing."""


def salvage(model: type[R], document: Document) -> R | None:
    """The record without the parts that don't fit; None where these are parts that others stand on."""
    content: Any = copy.deepcopy(document.content)
    try:
        return model.model_validate(content)
    except ValidationError as failure:
        cuts = {cut_for(error) for error in failure.errors(include_url=False, include_context=False)}
    for cut in cuts:
        if cut is None:
            return None
        remove(content, cut)
    try:
        return model.model_validate(content)
    except ValidationError:
        return None


def cut_for(error: ErrorDetails) -> Path | None:
    """The smallest part around a misfit that can go without others missing it."""
    path = path_of(error)
    if "evidence" in path:
        return path[: path.index("evidence") + 1]
    if error["type"] == "extra_forbidden":
        return path
    match path:
        case ("actors", _, "stances", _, *_):
            return path[:4]
        case (part, _, *_) if part in EXPENDABLE:
            return path[:2]
        case ("expect", *_):
            return path[:1]
    return None


def remove(content: Any, path: Path) -> None:
    """Takes a part out of plain data; a record that loses its evidence counts as assumed."""
    for step in path[:-1]:
        try:
            content = content[step]
        except (LookupError, TypeError):
            return
    if isinstance(content, dict) and content.pop(path[-1], None) is not None and path[-1] == "evidence":
        content["assumed"] = "its evidence is being mended"
