"""`brink backtest`: a scenario held against what happened."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.assessment.backtest import Backtest, asked_of, backtest
from engine.assessment.card import (
    card,
    difference,
    gaps,
    hashes_in,
    in_words,
    scored,
    seed_in,
    stale,
    titled,
    with_interval,
)
from engine.assessment.errors import AssessmentError
from engine.assessment.identity import FIRST_RUNS, hashes
from engine.assessment.measured import measure
from engine.assessment.moved import Moved, moved
from engine.assessment.plain import plain
from engine.batch.extras import extra
from engine.cli.arguments import DEFAULT_SEED, Arguments
from engine.cli.arguments.assessment import BACKTEST_RUNS
from engine.cli.commands.report import refuse, write
from engine.cli.paper import LOUD, QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.cli.targets import as_set, scenario_and_targets, there
from engine.executors import NUMBA
from engine.files import read_whole, reason
from engine.prose import counted
from engine.scenario.problems import listed, shortened

LARGEST_CARD = 5_000_000
"""Bytes of a card that is looked at."""


def execute(arguments: Arguments) -> int:
    """Plays, scores, prints; writes cards if asked to, or says whether one is stale."""
    if arguments.stale is not None:
        return check(arguments)
    if not arguments.overwrite:
        refuse([Path(file) for file in arguments.cards])
    given, history = scenario_and_targets(arguments.scenario, arguments.targets)
    scenario = as_set(given, arguments.set, arguments.certain)
    need(arguments.executor)
    with at_work(f"playing {scenario.id} and its baselines"):
        seed = DEFAULT_SEED if arguments.seed is None else arguments.seed
        test = backtest(scenario, history, arguments.runs or BACKTEST_RUNS, seed, arguments.executor, arguments.workers)
        values = plain(test, stances_of(test, arguments) if arguments.stances else None)
    write({Path(file): page(file, values, arguments) for file in arguments.cards}, None)
    if arguments.json:
        print_json(values)
    else:
        tell(Paper(), values)
        for file in arguments.cards:
            print(f"written: {file}")
    return 0


def stances_of(test: Backtest, arguments: Arguments) -> Iterator[Moved]:
    """What comes of moving each main actor."""
    assert test.rule.sampled is not None, "the rule plays"
    how = arguments.executor, arguments.workers
    return moved(test.scenario, test.questions, test.rule.sampled, test.seed, *how)


def need(executor: str) -> None:
    """Raises :class:`~engine.batch.errors.BatchError` where a library is missing."""
    if executor == NUMBA:
        extra("numba", "numba", "fast", "--executor numba")


def page(file: str, values: Mapping[str, Any], arguments: Arguments) -> bytes:
    """A card as a file holds it."""
    if file.endswith(".json"):
        return (json.dumps(values, indent=1) + "\n").encode()
    return card(values, command(arguments)).encode()


def command(arguments: Arguments) -> str:
    """The command that makes the same digits."""
    words = ["brink", "backtest", arguments.scenario, "--runs", arguments.runs, "--seed", arguments.seed]
    words += ["--stances"] if arguments.stances else []
    words += [word for setting in arguments.set for word in ("--set", setting)]
    return shlex.join(map(str, words + (["--targets", arguments.targets] if arguments.targets else [])))


def check(arguments: Arguments) -> int:
    """Whether a card is what would be made now."""
    assert arguments.stale is not None, "only asked where a card is named"
    path = there(arguments.stale)
    try:
        text = read_whole(path, LARGEST_CARD).decode()
    except (OSError, ValueError) as error:
        raise AssessmentError(f"{shortened(path, 200)} can't be read: {reason(error)}") from None
    if not hashes_in(text):
        raise AssessmentError(
            f"{shortened(path, 200)} is no calibration card: `brink backtest SCENARIO --card FILE` makes one"
        )
    given, history = scenario_and_targets(arguments.scenario, arguments.targets)
    scenario = as_set(given, arguments.set, arguments.certain)
    questions = tuple(q for q in asked_of(scenario, history) if q.truth is not None)
    assert history is not None, "only a history asks"
    found = stale(text, hashes(scenario, history, measure(scenario, questions, FIRST_RUNS, seed_in(text))))
    if found:
        print(f"{path} is stale: it is of another state of {listed(found)}")
        return 1
    print(f"{path} is as it would be made now")
    return 0


def tell(paper: Paper, values: Mapping[str, Any]) -> None:
    """The scores of each part, how they compare, and what was missed."""
    paper.title(values["title"])
    cut_off = f"what was known by {values['cut_off']} is fit" if values["cut_off"] else "no cut-off: all of it is fit"
    paper.put(
        as_text(f"{values['scenario']}, seed {values['seed']}, {counted(values['runs'], 'run')}; {cut_off}", QUIET)
    )
    for part in values["parts"]:
        asked = f"{counted(part['targets'], 'target')}, {counted(part['questions'], 'question')}"
        paper.heading(part["part"].capitalize(), f"{asked}; lower is better; 95 % intervals over runs")
        for score in part["scores"]:
            tell_score(paper, values, score)
        tell_areas(paper, values, part)
        for sentence in gaps(values, part):
            paper.item(sentence)
    tell_stances(paper, values)
    missed = [question for question in values["questions"] if question["missed"]]
    paper.heading("Missed", "what came and had a chance below 10 %, or lay outside the middle 90 %")
    for question in missed:
        paper.item(in_words(question).replace("`", ""))
    if not missed:
        paper.put(as_text("Nothing."))


def tell_stances(paper: Paper, values: Mapping[str, Any]) -> None:
    """Whether it matters where main actors stand, if it was asked."""
    if values["stances"] is None:
        return
    paper.heading("Stances", "a main actor's position moved by a tenth of the scale")
    for one in values["stances"]:
        most = f"{titled(values, one['most'])}: {difference(one['most'])}" if "most" in one else "nothing beyond chance"
        moves = f"{one['title']}, {one['issue']} {one['position']:g} to {one['moved_to']:g}"
        paper.item(f"{moves}: {most}".replace("`", ""))


def tell_score(paper: Paper, values: Mapping[str, Any], score: Mapping[str, Any]) -> None:
    """One score of everybody, the best first."""
    titles = {one["name"]: one["title"] for one in values["forecasters"]}
    of = score["of"][0]
    unit = f", {score['unit']}" if score["unit"] else ""
    asked = f"{counted(of['targets'], 'target')}, {counted(of['questions'], 'question')}{unit}"
    rows = [
        (as_text(scored(one), LOUD if one["forecaster"] == "rule" else ""), titles[one["forecaster"]])
        for one in sorted(score["of"], key=lambda one: float(one["value"]))
    ]
    paper.blank()
    paper.table(rows, heads=(score["title"], asked), indent=0)


def tell_areas(paper: Paper, values: Mapping[str, Any], part: Mapping[str, Any]) -> None:
    """Who did what."""
    if part["areas"]:
        titles = {one["name"]: one["title"] for one in values["forecasters"]}
        first = part["areas"][0]
        rows = [
            (with_interval(one), titles[one["forecaster"]])
            for one in sorted(part["areas"], key=lambda one: -float(one["value"]))
        ]
        paper.blank()
        asked = f"{first['did']} did, {first['did_not']} did not; more is better"
        paper.table(rows, heads=("area", f"who did what: {asked}"), indent=0)
    paper.blank()
