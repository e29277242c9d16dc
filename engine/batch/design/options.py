"""The words of ``--set`` and ``--vary`` read: paths and values as somebody types them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.batch.design.values import misuse
from engine.scenario.models import Scenario
from engine.scenario.overrides import PathError, Setting, parse_setting, with_settings
from engine.scenario.problems import ScenarioError, quoted

SET, VARY, ASSUMED, POSTERIOR = "--set", "--vary", "--assumed", "--posterior"
"""What values on the command line are asked with, all that is assumed, and what a calibration has left."""


def read_settings(scenario: Scenario, arguments: Sequence[str]) -> Iterator[tuple[str, Setting, str]]:
    """The path and value of each ``--set``, which together make a scenario, and the whole of it."""
    found: list[tuple[str, Setting, str]] = []
    for argument in arguments:
        path, value = divided(SET, argument)
        try:
            found.append((path, parse_setting(value), argument))
        except ValueError as error:
            raise misuse(SET, str(error), path) from None
    _try_together(scenario, {path: setting for path, setting, _ in found})
    yield from found


def _try_together(scenario: Scenario, settings: dict[str, Setting]) -> None:
    """Where settings don't stand together, the first that is wrong by itself is told; the plan tells of the others."""
    try:
        with_settings(scenario, settings, SET)
    except (PathError, ScenarioError):
        for path, setting in settings.items():
            with_settings(scenario, {path: setting}, SET)


def read_varied(arguments: Sequence[str]) -> Iterator[tuple[str, Sequence[Setting], str]]:
    """The path and the values of each ``--vary``, and the whole of it."""
    for argument in arguments:
        path, text = divided(VARY, argument)
        try:
            yield path, [parse_setting(part) for part in split(text)], argument
        except ValueError as error:
            raise misuse(VARY, str(error), path) from None


def divided(argument: str, text: str) -> tuple[str, str]:
    """The path and the rest of ``PATH=VALUE``."""
    path, equals, value = text.partition("=")
    if not equals or not path.strip() or not value.strip():
        shape = "PATH=VALUE" if argument == SET else "PATH=VALUE,VALUE"
        raise misuse(argument, f"write {shape}, such as issues.status.start=40, not {quoted(text)}")
    return path.strip(), value.strip()


def split(text: str) -> list[str]:
    """The values between the commas that are in no brackets or quotation marks."""
    parts, depth, quote = [""], 0, ""
    for character in text:
        if character == "," and depth == 0 and not quote:
            parts.append("")
            continue
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        depth += (character in "([{") - (character in ")]}")
        parts[-1] += character
    if not all(part.strip() for part in parts):
        raise PathError(f"{quoted(text)} has an empty value: write values with single commas between them")
    return [part.strip() for part in parts]
