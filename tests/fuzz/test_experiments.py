"""Broken experiments, tables and options: a plan that says what ran, or sentences; within five seconds and 500 MB."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from random import Random

import pytest

from engine import asked
from engine.batch.design.plan import Plan
from engine.batch.design.planning import plan_from_arguments
from engine.errors import BrinkmanshipError
from engine.scenario.models import Scenario
from tests.fuzz.effort import cases, keeping, seed
from tests.scenario.minimal import load

HEAD = "experiment_format: 1\nscenario: small-crisis\nruns: 5\n"

SEEDS = (
    HEAD + "set: {temperature: 0.1, groups.powers: [us]}\nlevers:\n  l:\n    choices:\n      x: {}\n"
    "      y: {set: {actors.us.capability: '*0.5'}, policy: {russia: hold}, off: [clashes]}\n"
    "      z: {orders: {russia: {0: 'warn:us', 2007-12-10: hold}}, votes: {russia: {all: abstain}}}\n"
    "      w: {agenda: {kosovo: {0: [declare], 2007-12-11: [declare]}}}\ndesign: {levers: one_by_one}\n",
    HEAD + "uncertainties:\n  a: {path: values.unrest.start, range: [0.1, 0.9]}\n"
    "  b: {path: [actors.powers.stances.status.salience], apply: times, triangular: {low: 0.1, mode: 0.5, high: 1}}\n"
    "  c: {path: institutions.council.pass.yes, values: [1, 2]}\noutcomes: {worst: {maximum: unrest}}\n"
    "design: {saltelli: 4}\n",
    HEAD + "uncertainties:\n  a: {path: actions.declare.tempo, log_range: [1, 90]}\n"
    "  b: {path: temperature, normal: {mean: 0.3, sd: 0.1, low: 0.1}}\ndesign: {csv: points.csv}\n",
    HEAD + "uncertainties:\n  a: {path: actions.declare.effects.1.chance, range: [0, 1]}\nlevers:\n"
    "  l: {choices: {x: {}, y: {set: {end: 2008-01-22}}}}\ndesign: {grid: {a: {steps: 3}, l: [x, y]}}\n",
)

TABLE = "a,b\n7,0.2\n14.5,0.3\n,0.25\n"

OPTIONS = (
    "temperature=0.2",
    "actors.powers.capability=*0.5",
    "values.unrest.range=[0, 1]",
    "endings.independent.when=declared",
    "actions.declare.tempo=8w",
    "institutions.council.pass.yes=2",
)

TOKENS = re.compile(r"[\w.*+-]+|[^\w\s]|\n *")

STRANGE: tuple[str, ...] = (
    "",
    "null",
    "true",
    "-1",
    "0",
    "1e99",
    ".inf",
    "nan",
    "[]",
    "{}",
    "[1, [2]]",
    "0,5",
    "50%",
    "é",
    "\x00",
)
STRANGE += ("\t", "999999999", "1000000", "9" * 400, "x" * 5000, "-", ": ", "'", '"', "&a", "*a", "!!x", "=", ";", "é")


def broken(dice: Random, text: str, words: list[str]) -> str:
    """A text with some of its words exchanged, doubled, taken out, or lines put elsewhere."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        spans = [match.span() for match in TOKENS.finditer(text)] or [(0, 0)]
        start, end = dice.choice(spans)
        word = dice.choice((dice.choice(words), dice.choice(words), dice.choice(STRANGE), text[start:end] * 2))
        text = text[:start] + word + text[end:]
        if dice.random() < 0.1:
            lines = text.splitlines(keepends=True)
            dice.shuffle(lines)
            text = "".join(lines)
    return text


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The minimal scenario."""
    return load(tmp_path_factory.mktemp("minimal"))


def memory() -> int:
    """The most megabytes that this process has had."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def test_broken_requests_are_plans_or_sentences(scenario: Scenario, tmp_path: Path) -> None:
    """Experiments, tables beside them, and options, broken by chance."""
    dice, before = Random(seed()), memory()
    words = sorted({word for text in (*SEEDS, TABLE, *OPTIONS) for word in TOKENS.findall(text)})
    experiment = tmp_path / "experiment.yaml"
    plans = 0
    for _ in range(cases(60)):
        text, table, options = dice.choice(SEEDS), TABLE, dice.sample(OPTIONS, dice.choice((0, 0, 1, 2)))
        match dice.choice(("experiment", "experiment", "table", "options")):
            case "experiment":
                text = broken(dice, text, words)
            case "table":
                text, table = SEEDS[2], broken(dice, table, words)
            case _:
                options = [broken(dice, option, words) for option in options or OPTIONS[:1]]
        experiment.write_bytes(text.encode("utf-8", "surrogatepass"))
        (tmp_path / "points.csv").write_bytes(table.encode("utf-8", "surrogatepass"))
        is_alone = dice.random() < 0.2
        with keeping("experiments", f"{text}\n---\n{table}\n---\n{options}"):
            plans += try_one(scenario, options, None if is_alone else experiment)
            assert memory() - before < 500
    assert plans > 0


def try_one(scenario: Scenario, options: list[str], experiment: Path | None) -> bool:
    """Whether a request is a plan, some points of which are made; it is refused in sentences where not."""
    begun, said = time.process_time(), ""
    plan: Plan | None
    try:
        if experiment is None:
            plan = plan_from_arguments(scenario, options[:1], options[1:])
        else:
            plan = plan_from_arguments(scenario, options, experiment=experiment)
    except BrinkmanshipError as refused:
        said, plan = str(refused), None
    assert time.process_time() - begun < 20
    if plan is None:
        assert said
        assert "Traceback" not in said
        return False
    assert plan.total_runs <= asked.MOST_RUNS_IN_ALL
    look_at(plan)
    assert time.process_time() - begun < 20
    return True


def look_at(plan: Plan) -> None:
    """The first point, one in the middle and the last are arms, or say why not."""
    for number in {0, len(plan.points) // 2, len(plan.points) - 1}:
        try:
            plan.arm(plan.points[number])
        except BrinkmanshipError as refused:
            assert "design point" in str(refused)  # noqa: PT017  # both an arm and a sentence are fine
