"""From the words of a user to a plan: an experiment's file or content, and values given beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.batch.design.checks import Check
from engine.batch.design.designs import make_points
from engine.batch.design.experiment import FORMAT, Choice, Design, Experiment, Lever, Uncertainty
from engine.batch.design.options import POSTERIOR, SET, VARY, read_settings, read_varied
from engine.batch.design.plan import Owner, Plan
from engine.batch.design.posterior import Posterior
from engine.batch.design.request import Written, of_options, refusals
from engine.batch.design.tables import Table
from engine.batch.design.values import by_path, misuse, plain_mapping
from engine.scenario.answers import NOWHERE, Answer
from engine.scenario.certain import certain
from engine.scenario.document import Document, Node, Position
from engine.scenario.files import read_text
from engine.scenario.models import Scenario
from engine.scenario.overrides import PathError, Relative, Setting, relative_to, resolve, with_settings
from engine.scenario.problems import Problems, ScenarioError, escaped, quoted
from engine.scenario.shape import validate
from engine.scenario.written import is_expression, is_number

UNFIT = re.compile(r"[^a-z0-9_.]+")
"""What a path may have and a name of a column may not."""


@dataclass(frozen=True)
class Names:
    """What messages call the places where values were asked for."""

    set: str
    vary: str
    posterior: str


TYPED, CALLED = Names(SET, VARY, POSTERIOR), Names("set", "vary", "posterior")
"""On the command line, and as arguments of a function."""


@dataclass(frozen=True)
class Asked:
    """What is asked for beside an experiment: paths with values, each with the words in which it was asked."""

    names: Names
    set: Sequence[tuple[str, Setting, str]] = ()
    vary: Sequence[tuple[str, Sequence[Setting], str]] = ()
    runs: int | None = None
    """Runs of each design point, in place of the experiment's own."""
    seed: int | None = None
    posterior: Posterior | None = None
    """What runs draw from."""
    certain: bool = False
    """Whether nothing is in doubt, whatever the experiment says."""

    @property
    def base(self) -> dict[str, Setting]:
        """What is set, by path."""
        return {path: setting for path, setting, _ in self.set}

    def answers(self, scenario: Scenario) -> Iterator[Answer]:
        """Which values of a scenario are said."""
        yield from of_options(scenario, self.names.set, ((path, words) for path, _, words in self.set))
        yield from of_options(scenario, self.names.vary, ((path, words) for path, _, words in self.vary))
        numbers = self.posterior.numbers if self.posterior else {}
        drawn = ((path, name) for name, number in numbers.items() for path in number.path)
        yield from of_options(scenario, self.names.posterior, drawn)

    def drawing(self, experiment: Experiment) -> Experiment:
        """An experiment whose runs draw from the posterior, if one is given, and from no doubt, if that is asked."""
        if self.certain:
            experiment = experiment.model_copy(update={"certain": True})
        if self.posterior is None:
            return experiment
        if experiment.posterior is not None:
            raise misuse(self.names.posterior, "the experiment has a posterior of its own: leave one of them out")
        return experiment.model_copy(update={"posterior": self.posterior})


def plan_from_arguments(
    scenario: Scenario,
    settings: Sequence[str] = (),
    vary: Sequence[str] = (),
    experiment: str | Path | None = None,
    runs: int | None = None,
    seed: int | None = None,
    posterior: Posterior | None = None,
    is_certain: bool = False,
) -> Plan:
    """The plan that ``--set PATH=VALUE``, ``--vary PATH=a,b,c`` and ``--experiment FILE`` ask for.

    Nothing may be set twice: neither by two arguments, nor by an argument and the experiment. ``runs`` (of each design
    point) and ``seed`` replace those of an experiment; runs draw from a ``posterior``, and from nothing else that is in
    doubt where it ``is_certain``.

    Raises :class:`~engine.scenario.problems.ScenarioError`, with every problem.
    """
    asked = Asked(
        TYPED, list(read_settings(scenario, settings)), list(read_varied(vary)), runs, seed, posterior, is_certain
    )
    return _planned(scenario, asked, experiment)


def plan_from_values(
    scenario: Scenario,
    settings: Mapping[str, Setting] | None = None,
    vary: Mapping[str, Any] | None = None,
    experiment: str | Path | Mapping[str, Any] | None = None,
    runs: int | None = None,
    seed: int | None = None,
    posterior: Posterior | None = None,
    is_certain: bool = False,
) -> Plan:
    """The same of values in Python: settings and lists by path, and an experiment as a file or as its content.

    An experiment as a mapping need not say its format and scenario. Messages speak of the arguments ``set``, ``vary``
    and ``experiment``. Raises :class:`~engine.scenario.problems.ScenarioError`, with every problem.
    """
    base = settings_in(settings or {})
    with_settings(scenario, base, CALLED.set)
    several = {path: _several(path, values) for path, values in by_path(CALLED.vary, vary or {}).items()}
    asked = Asked(
        CALLED,
        [(path, value, f"{path}={value}") for path, value in base.items()],
        [(path, values, path) for path, values in several.items()],
        runs,
        seed,
        posterior,
        is_certain,
    )
    return _planned(scenario, asked, experiment)


def settings_in(given: Mapping[str, Setting]) -> dict[str, Setting]:
    """Values by path, as Python gives them. Raises :class:`~engine.scenario.problems.ScenarioError`."""
    return {path: _relative(value) for path, value in by_path(CALLED.set, given).items()}


def with_values(scenario: Scenario, given: Mapping[str, Setting]) -> Scenario:
    """The scenario with these values. Raises :class:`~engine.scenario.problems.ScenarioError`, with every problem."""
    asked = Asked(CALLED, [(path, value, f"{path}={value}") for path, value in settings_in(given).items()])
    refuse(asked.answers(scenario))
    return with_settings(scenario, asked.base, CALLED.set)


def _relative(value: Any) -> Setting:
    """A value that was set: ``"*0.5"`` and ``"+10"`` follow from the one that is there."""
    return relative_to(value) or value


def _several(path: str, values: Any) -> list[Setting]:
    if not isinstance(values, list) or not values:
        raise misuse(CALLED.vary, f"is a list of values to try, not {quoted(values)}", path)
    return [_relative(value) for value in values]


def _planned(scenario: Scenario, asked: Asked, experiment: str | Path | Mapping[str, Any] | None) -> Plan:
    refuse(asked.answers(scenario))
    if experiment is None:
        return _plan_to_vary(scenario, asked)
    if asked.vary:
        where = "an experiment names what it varies: write it under uncertainties or levers"
        raise misuse(asked.names.vary, where)
    if isinstance(experiment, (str, Path)):
        return _plan_in_file(Path(experiment), scenario, asked)
    written = {"experiment_format": FORMAT, "scenario": scenario.id, **plain_mapping("experiment", experiment)}
    document = Document("experiment", Node(NOWHERE, written))
    return _plan_read(document, Problems(document.file), scenario, asked)


def read_plan(
    path: str | Path,
    scenario: Scenario,
    settings: dict[str, Setting] | None = None,
    runs: int | None = None,
    seed: int | None = None,
) -> Plan:
    """The plan of an experiment's file. Raises :class:`~engine.scenario.problems.ScenarioError`."""
    given = [(where, value, f"{where}={value}") for where, value in (settings or {}).items()]
    return _plan_in_file(Path(path), scenario, Asked(TYPED, given, runs=runs, seed=seed))


def _plan_in_file(path: Path, scenario: Scenario, asked: Asked) -> Plan:
    from engine.scenario.reader import parse_document  # and all of YAML, which few batches need

    problems = Problems(str(path))
    text = read_text(path, problems)
    document = None if text is None else parse_document(text, problems)
    return _plan_read(document, problems, scenario, asked, path.parent, text or "")


def _plan_read(
    document: Document | None,
    problems: Problems,
    scenario: Scenario,
    asked: Asked,
    folder: Path = Path(),
    text: str = "",
) -> Plan:
    """The plan of what an experiment says, whose tables lie in ``folder``."""
    read = None if document is None else validate(Experiment, document, problems)
    if read is None or document is None or problems.errors:
        raise ScenarioError(problems.in_order(), problems.left_out)
    if read.scenario == scenario.id:
        refuse([*Written(scenario, read, document).answers(), *asked.answers(scenario)])
    update = {
        "set": {**read.set, **asked.base},
        "runs": read.runs if asked.runs is None else asked.runs,
        "seed": read.seed if asked.seed is None else asked.seed,
    }
    wanted = asked.drawing(read.model_copy(update=update))
    return plan_of(scenario, wanted, document, problems, folder, text)


def plan_of(
    scenario: Scenario,
    experiment: Experiment,
    document: Document,
    problems: Problems,
    folder: Path | None = None,
    text: str = "",
) -> Plan:
    """The plan of an experiment, once it is known to fit its scenario; tables are looked for in ``folder``."""
    scenario = certain(scenario) if experiment.certain else scenario
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
    for name in experiment.posterior.numbers if experiment.posterior else ():
        owner: Owner = ("posterior", "numbers", name)
        yield owner, document.locate(owner, key=True)
    for name in experiment.uncertainties:
        yield ("uncertainties", name), document.locate(("uncertainties", name), key=True)
    for lever, record in experiment.levers.items():
        for choice, settings in record.choices.items():
            for path in settings.set:
                owner = ("levers", lever, "choices", choice, "set", path)
                yield owner, document.locate(owner, key=True)


def refuse(answers: Iterable[Answer]) -> None:
    """Raises :class:`~engine.scenario.problems.ScenarioError` where two parts of a request answer one question."""
    if problems := list(refusals(answers)):
        raise ScenarioError(problems)


@dataclass
class _Varied:
    """What the arguments of ``--vary`` come to."""

    uncertainties: dict[str, Uncertainty] = field(default_factory=dict)
    levers: dict[str, Lever] = field(default_factory=dict)
    grid: dict[str, list[float | str]] = field(default_factory=dict)


def _plan_to_vary(scenario: Scenario, asked: Asked) -> Plan:
    names = asked.names
    changed = with_settings(scenario, asked.base, names.set)
    varied = _Varied()
    for path, values, _ in asked.vary:
        name = UNFIT.sub("_", path)
        if name in varied.grid:
            raise misuse(names.vary, f"another path has the name {quoted(name)} in the results, too", path)
        try:
            number_like = all(is_number(f.kind) or is_expression(f.kind) for f in resolve(changed, path))
        except PathError as error:
            raise misuse(names.vary, str(error), path) from None
        refuse_twins(changed, path, values, names.vary)
        _vary(varied, name, path, values, number_like)
    experiment = Experiment.model_construct(experiment_format=FORMAT, scenario=scenario.id)
    experiment = experiment.model_copy(
        update={
            "runs": experiment.runs if asked.runs is None else asked.runs,
            "seed": asked.seed or 0,
            "set": asked.base,
            "uncertainties": varied.uncertainties,
            "levers": varied.levers,
            "design": Design.model_construct(grid=varied.grid) if varied.grid else Design.model_construct(),
        }
    )
    problems = Problems(names.vary)
    return plan_of(scenario, asked.drawing(experiment), Document(names.vary, Node(NOWHERE, {})), problems)


def refuse_twins(scenario: Scenario, path: str, values: Sequence[Setting], called: str) -> None:
    """Raises where a value makes no scenario, or is another one in other words: 1 and 1.0, 8w and 56d, +0 and *1."""
    seen: dict[str, Setting] = {}
    for value in values:
        made = with_settings(scenario, {path: value}, called)
        effect = repr([found.value for found in resolve(made, path)])
        if effect in seen:
            first = seen[effect]
            both = quoted(first) if str(first) == str(value) else f"{quoted(first)} and {quoted(value)}"
            raise misuse(called, f"{both} would be run twice as one and the same value: name it once", path)
        seen[effect] = value


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
