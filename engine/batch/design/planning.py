"""From the words of a user to a plan: an experiment's file, and values given on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.batch.design.checks import Check
from engine.batch.design.designs import make_points
from engine.batch.design.experiment import FORMAT, Choice, Design, Experiment, Lever, Uncertainty
from engine.batch.design.plan import Owner, Plan
from engine.batch.design.request import Written, of_options, refusals
from engine.batch.design.tables import Table
from engine.scenario.answers import NOWHERE, Answer
from engine.scenario.document import Document, Node, Position
from engine.scenario.files import read_text
from engine.scenario.models import Scenario
from engine.scenario.overrides import PathError, Relative, Setting, parse_setting, resolve, with_settings
from engine.scenario.problems import Problem, Problems, ScenarioError, escaped, quoted
from engine.scenario.reader import parse_document
from engine.scenario.shape import validate
from engine.scenario.written import is_expression, is_number

SET, VARY = "--set", "--vary"
"""What values on the command line are asked with."""

UNFIT = re.compile(r"[^a-z0-9_.]+")
"""What a path may have and a name of a column may not."""


def plan_from_arguments(
    scenario: Scenario,
    settings: Sequence[str] = (),
    vary: Sequence[str] = (),
    experiment: str | Path | None = None,
    runs: int | None = None,
    seed: int | None = None,
) -> Plan:
    """The plan that ``--set PATH=VALUE``, ``--vary PATH=a,b,c`` and ``--experiment FILE`` ask for.

    Nothing may be set twice: neither by two arguments, nor by an argument and the experiment. ``runs`` (of each design
    point) and ``seed`` replace those of an experiment. Raises :class:`~engine.scenario.problems.ScenarioError`, with
    every problem.
    """
    asked = list(read_settings(scenario, settings))
    said = list(of_options(scenario, SET, ((path, argument) for path, _, argument in asked)))
    refuse(said)
    base = {path: setting for path, setting, _ in asked}
    if experiment is None:
        return _plan_to_vary(scenario, base, vary, runs, seed, said)
    if vary:
        raise misuse(VARY, "an experiment names what it varies: write it under uncertainties or levers")
    return read_plan(experiment, scenario, base, runs, seed)


def read_plan(
    path: str | Path,
    scenario: Scenario,
    settings: dict[str, Setting] | None = None,
    runs: int | None = None,
    seed: int | None = None,
) -> Plan:
    """The plan of an experiment's file. Raises :class:`~engine.scenario.problems.ScenarioError`."""
    path = Path(path)
    problems = Problems(str(path))
    text = read_text(path, problems)
    document = None if text is None else parse_document(text, problems)
    read = None if document is None else validate(Experiment, document, problems)
    if read is None or document is None or problems.errors:
        raise ScenarioError(problems.in_order(), problems.left_out)
    settings = settings or {}
    said = of_options(scenario, SET, ((path, f"{path}={value}") for path, value in settings.items()))
    if read.scenario == scenario.id:
        refuse([*Written(scenario, read, document).answers(), *said])
    asked = {
        "set": {**read.set, **settings},
        "runs": read.runs if runs is None else runs,
        "seed": read.seed if seed is None else seed,
    }
    wanted = read.model_copy(update=asked)
    return plan_of(scenario, wanted, document, problems, path.parent, text or "")


def plan_of(
    scenario: Scenario,
    experiment: Experiment,
    document: Document,
    problems: Problems,
    folder: Path | None = None,
    text: str = "",
) -> Plan:
    """The plan of an experiment, once it is known to fit its scenario; tables are looked for in ``folder``."""
    check = Check(scenario, experiment, document, problems)
    check.parts()
    table = None
    if experiment.design.csv is not None and folder is not None and not problems.errors:
        table = Table(folder / experiment.design.csv, str(Path(problems.file).parent / experiment.design.csv))
    rows = () if problems.errors else check.design(table)
    found = [*problems.in_order(), *(table.problems.in_order() if table else ())]
    if found:
        raise ScenarioError(found, problems.left_out)
    cells = [row.cells for row in rows]
    points = make_points(experiment.design, experiment.uncertainties, experiment.levers, cells, experiment.seed)
    return Plan(scenario, experiment, points, problems.file, text, dict(places_in(document, experiment)))


def places_in(document: Document, experiment: Experiment) -> Iterator[tuple[Owner, Position]]:
    """Where everything that sets values stands in an experiment's file."""
    for path in experiment.set:
        yield ("set", path), document.locate(("set", path), key=True)
    for name in experiment.uncertainties:
        yield ("uncertainties", name), document.locate(("uncertainties", name), key=True)
    for lever, record in experiment.levers.items():
        for choice, settings in record.choices.items():
            for path in settings.set:
                owner = ("levers", lever, "choices", choice, "set", path)
                yield owner, document.locate(owner, key=True)


def misuse(argument: str, message: str, where: str = "") -> ScenarioError:
    """Something that is wrong with an argument."""
    return ScenarioError([Problem(argument, *NOWHERE, "error", where, message)])


def refuse(answers: Iterable[Answer]) -> None:
    """Raises :class:`~engine.scenario.problems.ScenarioError` where two parts of a request answer one question."""
    if problems := list(refusals(answers)):
        raise ScenarioError(problems)


def read_settings(scenario: Scenario, arguments: Sequence[str]) -> Iterator[tuple[str, Setting, str]]:
    """The path and value of each ``--set``, which makes a scenario, and the whole of it."""
    for argument in arguments:
        path, value = divided(SET, argument)
        try:
            setting = parse_setting(value)
        except ValueError as error:
            raise misuse(SET, str(error), path) from None
        with_settings(scenario, {path: setting}, SET)
        yield path, setting, argument


def divided(argument: str, text: str) -> tuple[str, str]:
    """The path and the rest of ``PATH=VALUE``."""
    path, equals, value = text.partition("=")
    if not equals or not path.strip() or not value.strip():
        shape = "PATH=VALUE" if argument == SET else "PATH=VALUE,VALUE"
        raise misuse(argument, f"write {shape}, such as issues.status.start=40, not {quoted(text)}")
    return path.strip(), value.strip()


@dataclass
class _Varied:
    """What the arguments of ``--vary`` come to."""

    uncertainties: dict[str, Uncertainty] = field(default_factory=dict)
    levers: dict[str, Lever] = field(default_factory=dict)
    grid: dict[str, list[float | str]] = field(default_factory=dict)


def _plan_to_vary(
    scenario: Scenario,
    base: dict[str, Setting],
    vary: Sequence[str],
    runs: int | None,
    seed: int | None,
    said: Sequence[Answer],
) -> Plan:
    changed = with_settings(scenario, base, SET)
    varied = _Varied()
    pairs = [(*divided(VARY, argument), argument) for argument in vary]
    refuse([*said, *of_options(scenario, VARY, ((path, argument) for path, _, argument in pairs))])
    for path, text, _ in pairs:
        name = UNFIT.sub("_", path)
        if name in varied.grid:
            raise misuse(VARY, f"another path has the name {quoted(name)} in the results, too", path)
        try:
            values = [parse_setting(part) for part in split(text)]
            number_like = all(is_number(f.kind) or is_expression(f.kind) for f in resolve(changed, path))
        except ValueError as error:  # a PathError is one, too
            raise misuse(VARY, str(error), path) from None
        refuse_twins(changed, path, values)
        _vary(varied, name, path, values, number_like)
    experiment = Experiment(experiment_format=FORMAT, scenario=scenario.id)
    experiment = experiment.model_copy(
        update={
            "runs": experiment.runs if runs is None else runs,
            "seed": seed or 0,
            "set": base,
            "uncertainties": varied.uncertainties,
            "levers": varied.levers,
            "design": Design.model_construct(grid=varied.grid) if varied.grid else Design(),
        }
    )
    problems = Problems(VARY)
    return plan_of(scenario, experiment, Document(VARY, Node(NOWHERE, {})), problems)


def refuse_twins(scenario: Scenario, path: str, values: Sequence[Setting]) -> None:
    """Raises where a value makes no scenario, or is another one in other words: 1 and 1.0, 8w and 56d, +0 and *1."""
    seen: dict[str, Setting] = {}
    for value in values:
        made = with_settings(scenario, {path: value}, VARY)
        first = seen.setdefault(repr([found.value for found in resolve(made, path)]), value)
        if first is not value:
            both = quoted(first) if str(first) == str(value) else f"{quoted(first)} and {quoted(value)}"
            raise misuse(VARY, f"{both} would be run twice as one and the same value: name it once", path)


def _vary(varied: _Varied, name: str, path: str, values: Sequence[Setting], number_like: bool) -> None:
    """Numbers become an uncertainty, anything else a lever."""
    numbers = [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
    signs = {value.sign for value in values if isinstance(value, Relative)}
    amounts = [value.amount for value in values if isinstance(value, Relative)]
    if number_like and len(numbers) == len(values):
        varied.uncertainties[name] = Uncertainty(path=(path,), values=tuple(float(number) for number in numbers))
        varied.grid[name] = [float(number) for number in numbers]
    elif len(amounts) == len(values) and len(signs) == 1:
        varied.uncertainties[name] = Uncertainty(
            path=(path,), values=tuple(amounts), apply="times" if signs == {"*"} else "plus"
        )
        varied.grid[name] = list(amounts)
    else:
        choices = {escaped(str(value)): Choice.model_construct(set={path: value}) for value in values}
        varied.levers[name] = Lever.model_construct(choices=choices)
        varied.grid[name] = list(choices)


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
