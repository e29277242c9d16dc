"""Drops from a drawn scenario what the checker refuses, such as conditions that can never hold."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from engine.scenario.load import Report, check_scenario, load_scenario
from engine.scenario.models import Scenario

ROUNDS = 12
"""How often a scenario is mended and checked again; what is dropped may leave other parts without a cause."""

FILE = "scenario.yaml"


BREACHES = ("E321", "E322")
"""What is found where somebody decides by what it can't know."""


class PlainDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes the same thing twice rather than once with an anchor; by libyaml where it is there."""

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is referred to."""
        return True


def as_yaml(written: dict[str, Any]) -> str:
    """The text of a scenario file."""
    return yaml.dump(written, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=1000)


def load_text(text: str) -> Scenario:
    """The scenario that the loader reads from a file with this text."""
    with TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_text(text, encoding="utf-8")
        return load_scenario(Path(folder), sources={})


def check_text(text: str) -> Report:
    """What the checker says of a file with this text."""
    with TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_text(text, encoding="utf-8")
        return check_scenario(Path(folder), sources={})


def mended(written: dict[str, Any]) -> dict[str, Any]:
    """The scenario without what the checker refuses."""
    written = deepcopy(written)
    for _ in range(ROUNDS):
        errors = check_text(as_yaml(written)).errors
        if not errors:
            return written
        breaches = [
            problem for problem in errors if problem.code in BREACHES
        ]  # whose places are gone once more is dropped
        for problem in breaches:
            blind(written, problem.where.split("."))
        for problem in () if breaches else reversed(errors):  # what stands last in a list goes before what it follows
            drop(written, problem.where.split("."))
        written["endings"] = [ending for ending in written["endings"] if ending]
    raise AssertionError([str(problem) for problem in errors])


def blind(written: dict[str, Any], path: list[str]) -> None:
    """Puts something plain in the place of an expression that reads what some who decide by it can't know."""
    asks = path[-1] in ("when", "each") or "needs" in path
    plain = "True" if asks else 0.5 if path[-1] == "chance" else 0.125
    try:
        inside(written, path[:-1])[path[-1]] = plain
    except KeyError:  # what it stood in was dropped a moment ago: the next round looks again
        return


def inside(part: Any, path: list[str]) -> Any:
    """What stands at a path in a part."""
    for step in path:
        part = part[int(step)] if isinstance(part, list) else part[step]
    return part


def effect_at(path: list[str]) -> int | None:
    """Where in a path the number of an effect stands, of which something that it adds or sets is named."""
    steps = enumerate(pairwise(path))
    return next((at for at, (step, key) in steps if step.isdigit() and key in ("add", "set")), None)


def forget(part: Any, ask: str) -> None:
    """Takes the name of a question out of all effects, expressions and replies."""
    if isinstance(part, list):
        for each in part:
            forget(each, ask)
    elif isinstance(part, dict):
        if part.get("ask") == ask:
            part.pop("of", None)
            del part["ask"]
        if "reply_to" in part:
            part["reply_to"]["action"] = [deed for deed in part["reply_to"]["action"] if not deed.startswith(f"{ask}.")]
            if not part["reply_to"]["action"]:
                del part["reply_to"]
        for key, value in part.items():
            if isinstance(value, str):
                uncounted = re.sub(rf"count\(asked\.{ask}, \w+\)", "0", value)
                part[key] = re.sub(
                    rf"any\(asked\.{ask}, \w+\)|(?:\w+\.)?\basked\.{ask}\b(?:\.\w+)?", "False", uncounted
                )
            forget(part[key], ask)


def drop(written: dict[str, Any], path: list[str]) -> None:
    """Drops the part at a path, with what can't stand without it; an ending is left empty."""
    match path:
        case ["endings", number, *_]:
            written["endings"][int(number)] = {}
        case ["measures", name, "value"]:  # too long; a yes/no may stand wherever a number may
            written["measures"][name]["value"] = "day >= 1"
        case ["actions", action, *part]:
            drop_of_action(written["actions"][action], part)
        case ["events", event, "outcomes"]:
            for outcome in written["events"][event]["outcomes"].values():
                outcome.pop("weight", None)
        case ["events", name, "when" | "chance" | "chance_per_week" as key]:
            written["events"][name].pop(key, None)
        case ["asks", ask, *part]:
            drop_of_ask(written, ask, part)
        case [
            "undertakings" | "threats" | "texts" as part,
            name,
            *_,
        ]:  # what can't be judged, or done
            written[part].pop(name, None)
        case ["institutions", body, "pass", "weights"]:
            del written["institutions"][body]["pass"]["weights"]
        case ["institutions", body, "pass", "yes" | "quota" as key]:  # more than all who sit have, which may be nothing
            written["institutions"][body]["pass"][key] = 1
            written["institutions"][body]["pass"].pop("weights", None)
        case _:
            drop_of_effect(written, path)


def drop_of_ask(written: dict[str, Any], ask: str, path: list[str]) -> None:
    """Drops a question, somebody to whom it may be put, or the conditions of an answer."""
    match path:
        case []:
            del written["asks"][ask]
            forget(written, ask)
        case ["to", number]:
            del written["asks"][ask]["to"][int(number)]
        case ["answers", answer, "when" | "needs", *_]:
            written["asks"][ask]["answers"][answer].pop("when", None)
            written["asks"][ask]["answers"][answer].pop("needs", None)
        case _:
            drop_of_effect(written["asks"][ask], path)


def drop_of_action(action: dict[str, Any], path: list[str]) -> None:
    """Drops a part of an action, with what may be the reason for it."""
    match path:
        case []:  # too many chances bear on its gain
            for change in (*action["effects"], *action["expects"]):
                change.pop("chance", None)
        case ["reply_to" | "when" | "needs" as key, *_]:
            action.pop(key, None)
        case ["targets", "each"]:
            action["targets"]["each"] = True
        case ["by", *_]:
            for key in ("reply_to", "when", "needs"):
                action.pop(key, None)
            if isinstance(action.get("targets"), dict):
                action["targets"]["each"] = True
        case _:
            drop_of_effect(action, path)


def drop_of_effect(part: dict[str, Any], path: list[str]) -> None:
    """Drops a part of an effect, or the whole of it."""
    match path:
        case _ if "reveal" in path:
            inside(part, path[: path.index("reveal")]).pop("reveal", None)
        case [*effect, "of", _] | [*effect, "chance" | "when"]:
            inside(part, effect).pop(path[len(effect)])
        case _ if (at := effect_at(path)) is not None:
            del inside(part, path[:at])[int(path[at])]
        case _:
            leave_out(part, path)


def leave_out(part: Any, path: list[str]) -> None:
    """Leaves out the smallest thing around a place that is there; the next round says what can't stand without it."""
    for end in range(len(path), 0, -1):
        try:
            holder, step = inside(part, path[: end - 1]), path[end - 1]
            del holder[int(step) if isinstance(holder, list) else step]
        except (KeyError, IndexError, TypeError, ValueError):
            continue  # it is not there, or no part of it
        return
    raise AssertionError(f"nothing is dropped at {path}")
