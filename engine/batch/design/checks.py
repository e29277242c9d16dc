"""Whether an experiment fits its scenario: paths, numbers, actors, orders, expressions, and a design with points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from engine.asked import MOST_POINTS, MOST_RUNS_IN_ALL
from engine.batch.design.designs import count_points, of_normal
from engine.batch.design.experiment import SAMPLINGS, Choice, Experiment, Uncertainty
from engine.batch.design.posterior import Posterior
from engine.batch.design.seats import OrderError, order_of, pace_of, questions_of, wish_of
from engine.batch.design.tables import Row, Table, no_such_column
from engine.expressions import ExpressionError, Kind
from engine.scenario.deeds import of_a_run
from engine.scenario.document import Document, Path
from engine.scenario.doubts import may_be_in_doubt
from engine.scenario.models import Scenario
from engine.scenario.orders import OrderBook, called
from engine.scenario.overrides import Found, PathError, Setting, fitted, resolve, with_settings
from engine.scenario.parsing import Parser
from engine.scenario.problems import Problems, ScenarioError, listed, quoted
from engine.scenario.shape import dotted
from engine.scenario.spelling import instead
from engine.scenario.written import is_expression, is_number, is_whole

COLUMNS = ("point", "run", "ending", "day", "date")
"""Columns of the results that nothing else may be called like."""

PREFIXES = ("score_", "first_")
"""How names of other columns of the results begin."""


class Check:
    """One check of one experiment; problems go to ``problems``, those of a table to its own."""

    def __init__(self, scenario: Scenario, experiment: Experiment, document: Document, problems: Problems) -> None:
        self.scenario, self.experiment = scenario, experiment
        self.document, self.problems = document, problems

    def error(self, path: Path, message: str, key: bool = False) -> None:
        """Notes an error at a value (or its key)."""
        self.problems.error(self.document.locate(path, key), dotted(path), message)

    def unknown(self, path: Path, kind: str, word: str, known: Iterable[str], key: bool = False) -> None:
        """Notes a name that nothing has, with the nearest spelling or the names that there are."""
        self.error(path, f"unknown {kind} {quoted(word)}{instead(word, known)}", key)

    def parts(self) -> None:
        """Everything but the design."""
        named = self.experiment.scenario
        if named != self.scenario.id:
            self.error(("scenario",), f"is about {quoted(named)}, and the scenario is {quoted(self.scenario.id)}")
            return
        self.names()
        before = self.problems.errors
        self.settings(("set",), self.experiment.base_settings())
        if self.problems.errors > before:
            return
        if self.experiment.posterior is not None and not self.posterior(self.experiment.posterior):
            return
        self.scenario = with_settings(self.scenario, list(self.experiment.base_settings()))
        for name, uncertainty in self.experiment.uncertainties.items():
            self.uncertainty(("uncertainties", name), uncertainty)
        for name, lever in self.experiment.levers.items():
            for choice, record in lever.choices.items():
                self.choice(("levers", name, "choices", choice), record)
        self.outcomes()

    def names(self) -> None:
        """Uncertainties, levers and outcomes become columns of one table."""
        first_of: dict[str, str] = {}
        for part in ("uncertainties", "levers", "outcomes"):
            for name in getattr(self.experiment, part):
                if name in COLUMNS or name.startswith(PREFIXES):
                    self.error((part, name), f"{quoted(name)} is a column of every result: choose another name", True)
                first = first_of.setdefault(name, part)
                if first != part:
                    self.error((part, name), f"{quoted(name)} stands under {first} already", key=True)

    def settings(self, path: Path, settings: Iterable[tuple[str, Setting]]) -> None:
        """All values together make a scenario; of those that don't, each that makes none for itself is told."""
        given = [(where, value) for where, value in settings if self.is_path((*path, where), where, key=True)]
        together = list(self.misfits(given))
        if not together:
            return
        before = self.problems.errors
        for where, value in given:
            for message in self.misfits([(where, value)]):
                self.error((*path, where), message)
        if self.problems.errors == before:
            for message in together:
                self.error(path, message)

    def is_path(self, path: Path, where: str, key: bool = False) -> bool:
        """Whether this names values of the scenario; notes it at ``path`` where not."""
        try:
            return bool(tuple(resolve(self.scenario, where)))
        except PathError as error:
            self.error(path, str(error) if key else f"{quoted(where)}: {error}", key)
        return False

    def misfits(self, settings: Sequence[tuple[str, Setting]]) -> Iterator[str]:
        """Why the scenario can't have these values."""
        try:
            with_settings(self.scenario, settings)
        except ScenarioError as error:
            for problem in error.problems:
                about = "" if any(problem.where == where for where, _ in settings) else f"{problem.where}: "
                yield f"{about}{problem.message}"

    def posterior(self, posterior: Posterior) -> bool:
        """Its paths name numbers that may be in doubt, and may be all that its points say."""
        before = self.problems.errors
        for name, number in posterior.numbers.items():
            path: Path = ("posterior", "numbers", name)
            for place, where in enumerate(number.path):
                for found in resolve(self.scenario, where) if self.is_path((*path, "path", place), where) else ():
                    if not may_be_in_doubt(found.kind):
                        self.error((*path, "path", place), f"{dotted(found.path)} can't be in doubt")
        if self.problems.errors == before:
            for name, where, value in posterior.settings(self.scenario):
                for message in self.misfits([(where, value)]):
                    self.error(("posterior", "numbers", name), message)
        return self.problems.errors == before

    def uncertainty(self, path: Path, uncertainty: Uncertainty) -> None:
        """Its paths name numbers that may be anything that it says."""
        before = self.problems.errors
        for number, where in enumerate(uncertainty.path):
            for found in resolve(self.scenario, where) if self.is_path((*path, "path", number), where) else ():
                if not is_number(found.kind) and not is_expression(found.kind):
                    self.error((*path, "path", number), f"{dotted(found.path)} is no number")
        if self.problems.errors == before:
            self.whole(path, uncertainty)
            for place, fraction in self.fractions(uncertainty, dict(enumerate(uncertainty.values or ()))):
                self.error((*path, "values", place), fraction)
        if self.problems.errors == before:
            for distribution, end in dict.fromkeys(ends_of(uncertainty)):
                message = self.misfit_of(uncertainty, end)
                if message is not None:
                    self.error((*path, distribution), message)

    def misfit_of(self, uncertainty: Uncertainty, number: float) -> str | None:
        """Why an uncertainty can't be this number, if it can't."""
        for message in self.misfits(list(uncertainty.settings(number))):
            return f"can't be {number:g}: {message}"
        return None

    def whole(self, path: Path, uncertainty: Uncertainty) -> None:
        """Whole numbers are told which they may be."""
        whole = [found for found in self.numbers_of(uncertainty) if is_whole(found.kind)]
        if whole and uncertainty.values is None:
            [distribution, *_] = [distribution for distribution, _ in ends_of(uncertainty)]
            advice = "write values: [...] with those that it may be"
            self.error((*path, distribution), f"{dotted(whole[0].path)} is a whole number: {advice}")

    def numbers_of(self, uncertainty: Uncertainty) -> Iterator[Found]:
        """The values of the scenario that an uncertainty is."""
        for where in uncertainty.path:
            yield from resolve(self.scenario, where)

    def fractions(self, uncertainty: Uncertainty, numbers: Mapping[int, float]) -> Iterator[tuple[int, str]]:
        """The first number under which a whole number of the scenario would be none, and why not."""
        for found in self.numbers_of(uncertainty):
            if is_whole(found.kind):
                for place, number in numbers.items():
                    _, setting = next(uncertainty.settings(number))
                    become = fitted(setting, found.value, found.kind)
                    if not isinstance(become, int):
                        yield place, f"can't be {number:g}: {dotted(found.path)} is a whole number"
                        return

    def choice(self, path: Path, choice: Choice) -> None:
        """Its values, actors, orders, agendas, votes and switches fit the scenario."""
        self.settings((*path, "set"), choice.settings())
        for part in ("policy", "orders", "agenda", "votes"):
            for actor in getattr(choice, part):
                if actor not in self.scenario.actors:
                    self.unknown((*path, part, actor), "actor", actor, self.scenario.actors, key=True)
        self.orders(path, choice)
        self.agendas(path, choice)
        questions = questions_of(self.scenario)
        for actor, votes in choice.votes.items():
            for question in votes:
                if question not in questions:
                    self.unknown((*path, "votes", actor, question), "question", question, questions, key=True)
        switches = [*self.scenario.actions, *self.scenario.events, *self.scenario.dynamics]
        for number, name in enumerate(choice.off):
            if name not in switches:
                self.unknown((*path, "off", number), "action, event or dynamic", name, switches)

    def orders(self, path: Path, choice: Choice) -> None:
        """Orders are for turns of the story, one at a time, and name options of the actor."""
        for actor in self.known(choice.orders):
            book = OrderBook(self.scenario, actor)
            lines: dict[int, int] = {}
            for when, what in choice.orders[actor].items():
                where = self.turn((*path, "orders", actor), when)
                try:
                    order = order_of(self.scenario, actor, what)
                except OrderError as error:
                    self.error(where, str(error))
                    continue
                self.enter(book, where, when, order, lines)

    def enter(self, book: OrderBook, where: Path, when: object, order: object, lines: dict[int, int]) -> None:
        """An order that comes after others of its actor; ``lines`` are those of the first of each turn."""
        try:
            tick = pace_of(self.scenario, when)
        except OrderError:
            return  # noted where the turn was read
        turn = self.scenario.timeline.turn_at(tick)
        try:
            book.enter(tick, order)
        except OrderError as error:
            self.error(where, f"{error}, in line {lines[turn]}", key=True)
        lines.setdefault(turn, self.document.locate(where, key=True)[0])

    def agendas(self, path: Path, choice: Choice) -> None:
        """Their lists begin in turns of the story and name what the actor may do."""
        for actor in self.known(choice.agenda):
            self.once((*path, "agenda", actor), choice.agenda[actor])
            for when, wishes in choice.agenda[actor].items():
                where = self.turn((*path, "agenda", actor), when)
                for number, what in enumerate(wishes):
                    try:
                        wish_of(self.scenario, actor, what)
                    except OrderError as error:
                        self.error((*where, number), str(error))

    def known(self, actors: Iterable[str]) -> list[str]:
        """Those that the scenario has."""
        return [actor for actor in actors if actor in self.scenario.actors]

    def turn(self, path: Path, when: object) -> Path:
        """Where a turn or day is written, after noting it if the story has none such."""
        where = (*path, when if isinstance(when, (int, float)) else str(when))
        try:
            pace_of(self.scenario, when)
        except OrderError as error:
            self.error(where, str(error), key=True)
        return where

    def once(self, path: Path, days: Iterable[object]) -> None:
        """Of two days of one pace, or a turn and its first day, the second is noted."""
        lines: dict[int, int] = {}
        for when in days:
            where: Path = (*path, when if isinstance(when, (int, float)) else str(when))
            try:
                tick = pace_of(self.scenario, when)
            except OrderError:
                continue  # noted where orders are read
            if tick in lines:
                told = called(self.scenario, tick)
                self.error(where, f"{told} has been told already, in line {lines[tick]}", key=True)
            lines.setdefault(tick, self.document.locate(where, key=True)[0])

    def outcomes(self) -> None:
        """Expressions that the scenario understands."""
        parser = Parser(self.scenario)
        for name, outcome in self.experiment.outcomes.items():
            path: Path = ("outcomes", name, outcome.kind)
            if outcome.on_day is not None:
                self.is_in_story((*path, "day"), outcome.on_day.day)
                path = (*path, "of")
            kind = Kind.YESNO if outcome.is_condition else Kind.NUMBER
            try:
                of_a_run(parser, outcome.text, kind)
            except ExpressionError as error:
                self.problems.error(self.document.locate_within(path, error.offset), dotted(path), error.message)

    def is_in_story(self, path: Path, day: dt.date) -> None:
        """A day of the calendar of the scenario."""
        if not self.scenario.start <= day <= self.scenario.end:
            self.error(path, f"the story goes from {self.scenario.start} to {self.scenario.end}")

    def design(self, table: Table | None) -> tuple[Row, ...]:
        """The rows of a list or a table, once it is certain that the design has points, and not too many."""
        e, design = self.experiment, self.experiment.design
        sampling = design.sampling
        before = self.problems.errors
        if sampling is None and e.uncertainties:
            self.error(("design",), f"uncertainties need one of {listed(SAMPLINGS, last='or')}")
            return ()
        rows: tuple[Row, ...] = ()
        match sampling:
            case None:
                pass
            case "grid":
                self.grid(design.grid or {})
            case "list":
                rows = tuple(Row(cells, ("design", "list", n)) for n, cells in enumerate(design.list or ()))
                self.rows(rows)
            case "csv":
                if table is not None:
                    table.check(self)
                rows = table.rows if table else ()
            case _ if not e.uncertainties:
                self.error(("design", sampling), "there is nothing to choose: the experiment has no uncertainties")
        if self.problems.errors > before:
            return ()
        number = count_points(design, e.uncertainties, e.levers, [row.cells for row in rows])
        if number == 0 and not (table and table.problems.errors):
            self.error(("design", sampling or "levers"), "the design has no points")
        elif (excess := too_many(number, e.runs)) is not None:
            self.error(("design", sampling) if sampling else ("levers",), excess)
        return rows

    def grid(self, grid: Mapping[str, object]) -> None:
        """Axes are uncertainties with their numbers or steps, or levers with their choices."""
        if not grid:
            self.error(("design", "grid"), "the design has no points")
        for name, axis in grid.items():
            path: Path = ("design", "grid", name)
            known = self.columns if isinstance(axis, list) else tuple(self.experiment.uncertainties)
            if name not in known:
                self.error(path, no_such_column(name, known), key=True)
            elif isinstance(axis, list):
                for number, message in self.column(name, axis):
                    self.error((*path, number), message)
        self.all_named(("design", "grid"), grid)

    def rows(self, rows: Sequence[Row]) -> None:
        """Rows of a list name uncertainties and levers, with numbers and choices."""
        named = list(dict.fromkeys(name for row in rows for name in row.cells))
        for name in named:
            having = [row for row in rows if name in row.cells]
            if name not in self.columns:
                self.error((*having[0].path, name), no_such_column(name, self.columns), key=True)
                continue
            for number, message in self.column(name, [row.cells[name] for row in having]):
                self.error((*having[number].path, name), message)
            if name in self.experiment.levers and len(having) < len(rows):
                silent = next(row for row in rows if name not in row.cells)
                self.error(silent.path, f"does not say which choice of {quoted(name)}, as other points do")
        self.all_named(("design", "list"), named)

    def all_named(self, path: Path, named: Iterable[str]) -> None:
        """Each uncertainty is varied, where the names that there are make sense."""
        named = set(named)
        missing = [name for name in self.experiment.uncertainties if name not in named]
        if missing and named and named <= set(self.columns):
            self.error(path, f"says nothing about {listed(missing)}")

    @property
    def columns(self) -> tuple[str, ...]:
        """What a design may name."""
        return (*self.experiment.uncertainties, *self.experiment.levers)

    def column(self, name: str, cells: Sequence[object]) -> Iterator[tuple[int, str]]:
        """Which values can't stand under the name of an uncertainty or lever, and why.

        Of numbers only the smallest and the largest are tried: what the scenario allows is always an interval, but for
        whole numbers, all of which are looked at.
        """
        if name in self.experiment.levers:
            choices = self.experiment.levers[name].choices
            for number, cell in enumerate(cells):
                if cell not in choices:
                    yield number, f"{quoted(name)} has no choice {quoted(cell)}{instead(str(cell), choices)}"
            return
        numbers = {number: float(cell) for number, cell in enumerate(cells) if isinstance(cell, (int, float))}
        wrong = [number for number in range(len(cells)) if number not in numbers]
        yield from ((number, f"should be a number, is {quoted(cells[number])}") for number in wrong)
        yield from self.fractions(self.experiment.uncertainties[name], numbers)
        for number in {min(numbers, key=numbers.__getitem__), max(numbers, key=numbers.__getitem__)} if numbers else ():
            message = self.misfit_of(self.experiment.uncertainties[name], float(numbers[number]))
            if message is not None:
                yield number, message


def too_many(points: int, runs: int) -> str | None:
    """Why a design of so many points, of so many runs each, is larger than any batch; None where it isn't."""
    if points > MOST_POINTS:
        return f"the design has {points:,} points: at most {MOST_POINTS:,} are allowed"
    if points * runs > MOST_RUNS_IN_ALL:
        all_runs = f"{points:,} points of {runs:,} runs are {points * runs:,} runs"
        return f"{all_runs}: at most {MOST_RUNS_IN_ALL:,} are allowed, so write runs: {MOST_RUNS_IN_ALL // points}"
    return None


def ends_of(uncertainty: Uncertainty) -> Iterator[tuple[str, float]]:
    """The numbers at which an uncertainty may go too far, and under which key they follow from."""
    for name in ("range", "log_range", "values"):
        numbers = getattr(uncertainty, name)
        if numbers is not None:
            yield from ((name, number) for number in (min(numbers), max(numbers)))
    if uncertainty.triangular is not None:
        yield "triangular", uncertainty.triangular.low
        yield "triangular", uncertainty.triangular.high
    if uncertainty.normal is not None:
        for number in of_normal(uncertainty.normal, np.array([0.0, 1.0])):
            yield "normal", float(number)
