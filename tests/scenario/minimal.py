"""A small scenario that is right in every way, as text with a few knobs, for other tests to use and to break."""

from __future__ import annotations

import re
from pathlib import Path

from engine.scenario.load import Report, check_scenario, load_scenario
from engine.scenario.models import Scenario

MINIMAL = """\
scenario_format: 1
id: small-crisis
title: A small crisis
start: 2007-11-20
end: 2008-01-29
pace: 1w
step: 1w
issues:
  status:
    title: Status
    start: 35
    scale: {0: as before, 100: independent}
    assumed: for the test
values:
  unrest: {title: Unrest, start: 0.2, range: [0, 1], assumed: for the test}
flags:
  declared: independence is declared
actor_flags:
  recognised: has recognised the new state
groups:
  powers: [russia, us]
actors:
  russia:
    title: Russia
    capability: 0.8
    playable: true
    assumed: for the test
    stances:
      status: {position: 0, salience: 0.9, spread: 5, assumed: for the test}
  us:
    title: United States
    in_text: the United States
    capability: 0.9
    playable: true
    assumed: for the test
    stances:
      status: {position: 90, salience: 0.5, assumed: for the test}
  kosovo:
    title: Kosovo
    assumed: for the test
    stances:
      status: {position: 100, salience: 1, assumed: for the test}
measures:
  tension: {title: Tension, value: unrest + 0.1 * declared}
institutions:
  council:
    title: Council
    assumed: for the test
    seats: [{actor: russia}, {actor: us}, {actor: kosovo, from: 2008-01-01}]
    pass: {yes: 2, veto: [russia]}
calendar:
  deadline: {on: 2007-12-10, title: The deadline, assumed: for the test}
actions:
  declare:
    title: Declare independence
    by: kosovo
    once: true
    when: not declared and days_since.deadline >= 0
    tempo: 8w
    effects:
      - {set: {declared: true}, add: {status: 40}}
      - {chance: 0.3, add: {unrest: 0.1}}
    expects: [{add: {status: "5 * share(recognised, powers)"}}]
    dispatch: "{date}: {by} declares independence."
    assumed: for the test
  recognise:
    title: Recognise
    by: powers
    when: declared and not self.recognised
    tempo: 4w
    effects: [{set: {self.recognised: true}, add: {status: 2}}]
    assumed: for the test
  warn:
    title: Warn
    by: russia
    targets: [us, kosovo]
    needs: {"the air is thick": tension > 0.25}
    tempo: 6w
    effects: [{when: target.is.us, add: {unrest: 0.02}}]
    dispatch: "{By} warns {target}."
    assumed: for the test
  table_resolution:
    title: Table a resolution
    by: [us]
    cooldown: 3w
    tempo: 6w
    vote:
      in: council
      question: Shall the status be settled?
      pass: [{add: {status: 20}}]
      fail: [{add: {status: -1}}]
      lean: 0.1 * self.is.kosovo
      passed: "{date}: {institution} says yes to: {question}"
    assumed: for the test
dynamics:
  calm: {title: Things calm down, per_week: {unrest: -0.05 * unrest}, assumed: for the test}
events:
  clashes:
    title: Clashes
    when: unrest > 0.25
    chance_per_week: 0.15 * unrest
    effects: [{add: {unrest: 0.2}}]
    dispatch: "{date}: clashes."
    assumed: for the test
endings:
  - {id: independent, title: Independent, when: status > 75 and declared}
  - {id: frozen, title: No decision}
expect:
  - {chance: ending.independent, at_most: 0.99, because: it may happen}
  - {never: recognised.us and not declared, because: there is nothing to recognise}
"""
"""A scenario without an error and without a warning."""

FILE = "scenario.yaml"
"""What a scenario's file is called."""


def minimal(**changes: str) -> str:
    """The text, with the value of each named top-level key replaced by another (in flow style), or a key added."""
    return edited(MINIMAL, **changes)


def edited(text: str, **changes: str) -> str:
    """A scenario's text with some top-level keys replaced; an empty value removes the key."""
    lines = text.splitlines(keepends=True)
    for key, value in changes.items():
        first = next((i for i, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
        last = next((i for i in range(first + 1, len(lines)) if not lines[i].startswith((" ", "#"))), len(lines))
        lines[first:last] = [f"{key}: {value}\n"] if value else []
    return "".join(lines)


def replaced(old: str, new: str, text: str = MINIMAL) -> str:
    """The text with one passage exchanged, which must be there exactly once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def write(folder: Path, text: str = MINIMAL) -> Path:
    """The path of a new scenario file with this text."""
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str = MINIMAL) -> Scenario:
    """The scenario of a text, which must have no error."""
    return load_scenario(write(folder, text), {})


def check(folder: Path, text: str) -> Report:
    """What a check finds in a text."""
    return check_scenario(write(folder, text), {})


def uncoded(line: str) -> str:
    """A told problem without the code of its finding."""
    return re.sub(r"(error|warning|hint)\[\w+\]:", r"\1:", line)
