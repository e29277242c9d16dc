"""Files that are no scenario, checked as what they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.cli.failures import UsageError
from engine.scenario.coding.reading import read_coder
from engine.scenario.kinds import Kind, Recognised
from engine.scenario.load import Report, check_scenario, read_history, sources_for
from engine.scenario.places import SCENARIO_FILE, ScenarioPlace, list_scenarios
from engine.scenario.problems import Problem, Problems, ScenarioError
from engine.scenario.reader import read_document
from engine.scenario.shape import validate
from engine.scenario.sources import read_sources


def report_on_other(found: Recognised) -> Report:
    """What is wrong with a file that is no scenario. Raises :class:`UsageError` where nothing can be checked in it."""
    check = CHECKS.get(found.kind)
    if check is None:
        raise UsageError(str(found))
    return check(found.path)


def scenario_beside(path: Path) -> Path | None:
    """The scenario's file beside a file, or in the folder above."""
    places = (path.parent / SCENARIO_FILE, path.parent.parent / SCENARIO_FILE)
    return next((place for place in places if place.is_file()), None)


def check_experiment(path: Path) -> Report:
    """An experiment, held against the scenario that it names: beside it, in the folder above, or a bundled one."""
    from engine.batch.design.experiment import Experiment
    from engine.batch.design.planning import plan_from_arguments

    problems = Problems(str(path), coded=True)
    document = read_document(path, problems)
    experiment = validate(Experiment, document, problems) if document else None
    if experiment is None or document is None or problems.errors:
        return report(problems)
    beside = scenario_beside(path)
    name = experiment.scenario
    origin = beside if beside and is_called(beside, name) else name if name in list_scenarios() else None
    if origin is None:
        place = document.locate(("scenario",))
        where = "beside it, in the folder above or among the bundled ones"
        problems.error(
            place, "scenario", f'there is no scenario "{name}" {where}: its values are checked when it is run'
        )
        return report(problems)
    checked = check_scenario(str(origin))
    if checked.scenario is None or checked.errors:
        problems.error((0, 0), "scenario", f"{checked.file} has errors: mend these first (`brink check {origin}`)")
        return report(problems)
    try:
        plan_from_arguments(checked.scenario, experiment=path)
    except ScenarioError as error:
        return Report(str(path), (*problems.in_order(), *error.problems), None, left_out=error.left_out)
    return report(problems)


def is_called(scenario: Path, name: str) -> bool:
    """Whether a scenario's file has this id."""
    document = read_document(scenario, Problems(str(scenario)))
    return document is not None and isinstance(document.content, dict) and document.content.get("id") == name


def check_orders(path: Path) -> Report:
    """The shape of a file of orders; its moves are held against a scenario when it is followed."""
    from engine.play.orders import WrittenOrders

    problems = Problems(str(path), coded=True)
    document = read_document(path, problems)
    if document is not None:
        validate(WrittenOrders, document, problems)
    return report(problems)


def check_history(path: Path) -> Report:
    """A history, held against the scenario beside it."""
    from engine.scenario.history import History

    beside = scenario_beside(path)
    if beside is None or path.name != "history.yaml":
        problems = Problems(str(path), coded=True)
        document = read_document(path, problems)
        if document is not None:
            validate(History, document, problems)
        return report(problems)
    place = ScenarioPlace(beside, str(beside))
    _, found = read_history(place, sources_for(place, None)[0], check_scenario(str(beside)).scenario)
    return Report(str(path), found, None)


def check_coding(path: Path) -> Report:
    """A coder's file, held against the scenario in the folder above."""
    beside = scenario_beside(path)
    place = ScenarioPlace(beside or path, str(beside or path))
    coder = read_coder(path, str(path), sources_for(place, None)[0])
    scenario = check_scenario(str(beside)).scenario if beside is not None else None
    return Report(str(path), coder.checked(scenario), None)


def check_index(path: Path) -> Report:
    """An index of sources, with the texts that it names."""
    folder = path if path.is_dir() else path.parent
    return Report(str(path), read_sources(folder, str(folder)).problems, None)


def check_results(path: Path) -> Report:
    """A folder of results: its manifest and the parts that this lists."""
    from engine.batch.errors import BatchError
    from engine.batch.storage.results import Results

    folder = path if path.is_dir() else path.parent
    try:
        results = Results.open(folder)
    except BatchError as error:
        return Report(
            str(folder), (Problem(str(folder), 0, 0, "error", "", str(error).removeprefix(str(folder))),), None
        )
    found = tuple(Problem(str(folder), 0, 0, "warning", "", caveat) for caveat in results.caveats)
    return Report(str(folder), found, None)


def check_save(path: Path) -> Report:
    """The shape of a save; `brink replay` plays it again."""
    from engine.play.journal import SaveError, read_journal

    try:
        read_journal(path)
    except SaveError as error:
        said = str(error).removeprefix(f"{path}: ")
        return Report(str(path), (Problem(str(path), 0, 0, "error", "", said),), None)
    return Report(str(path), (), None)


def report(problems: Problems) -> Report:
    """What was found in one file."""
    return Report(problems.file, problems.in_order(), None, left_out=problems.left_out)


CHECKS: dict[Kind, Callable[[Path], Report]] = {
    Kind.EXPERIMENT: check_experiment,
    Kind.ORDERS: check_orders,
    Kind.HISTORY: check_history,
    Kind.CODING: check_coding,
    Kind.INDEX: check_index,
    Kind.SOURCES: check_index,
    Kind.RESULTS: check_results,
    Kind.MANIFEST: check_results,
    Kind.SAVE: check_save,
}
"""How each kind is checked."""
