"""A run of a batch, told again: the same seed, the same assumptions, the same seats."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from engine.batch.analysis.browse import RunRow
from engine.batch.analysis.settings import shown
from engine.batch.design.policies import BY_RULE as LEFT_TO_RULE
from engine.batch.design.policies import BatchPolicy, Moment, OrdersSeat
from engine.batch.errors import BatchError
from engine.batch.storage.recall import arm_in
from engine.play.crisis import Crisis
from engine.play.game import Game
from engine.play.journal import SaveError, journal_of
from engine.play.journal_format import Sheet
from engine.play.levels import EASIEST
from engine.play.plans import Later, later_paces, put_off
from engine.play.policies import BY_RULE, Answer, ByRule, Decision, View
from engine.play.refusals import OrderRefused
from engine.play.retold.frames import Verdict
from engine.play.session import Session
from engine.rules import Rules
from engine.rules.decide import NO_MOVE
from engine.rules.options import Option
from engine.scenario.load import check_scenario, scenario_hash
from engine.scenario.problems import ScenarioError
from engine.words import _

if TYPE_CHECKING:
    from engine.batch.design.plan import Arm
    from engine.batch.storage.results import Results
    from engine.scenario.models import Scenario


@dataclass(frozen=True)
class BatchSeat:
    """Decides in one game as a policy decides in all runs of a batch."""

    policy: BatchPolicy

    def decide(self, view: View) -> Decision:
        """The same option, or nothing; and what it is told to do on later days of the turn."""
        number = self.policy.decide(self._moment(view), view.actor)[0]
        if number == LEFT_TO_RULE:
            return BY_RULE
        at_once = () if number == NO_MOVE else (view.rules.options[number],)
        return (*at_once, *self._later(view))

    def _later(self, view: View) -> Iterator[Later]:
        orders = self.policy.orders if isinstance(self.policy, OrdersSeat) else {}
        for tick in later_paces(view.rules.timeline, view.turn):
            option = orders.get(tick)
            if isinstance(option, Option) and not option.answers and option in view.rules.number_of:
                yield put_off(option, view.rules.timeline.moment_of(tick))

    def answer(self, view: View, ask: str) -> Answer:
        """The same answer, or nothing."""
        asking = next(a for a in view.rules.askings if (a.ask, a.actor) == (ask, view.actor))
        number = self.policy.answer(self._moment(view), asking)[0]
        return None if number == NO_MOVE else view.rules.options[number]

    @staticmethod
    def _moment(view: View) -> Moment:
        return Moment(view.rules, view.world, view.appraisal)

    def vote(self, view: View, question: str) -> int | ByRule:
        """The same vote."""
        ballot = self.policy.vote(question)
        return BY_RULE if ballot is None else ballot


@dataclass(frozen=True)
class BatchRun:
    """A run of a folder of results."""

    results: Results
    row: RunRow
    known: Mapping[str, Crisis] = field(default_factory=dict)
    """Scenarios that are open already, which saves reading them again."""

    @property
    def title(self) -> str:
        """The run and, of a design, its point."""
        name = _("Run {run} of {scenario}, seed {seed}").format(
            run=self.row.run, scenario=self.results.manifest["scenario"]["title"], seed=self.results.manifest["seed"]
        )
        rows = self.results.designs.iter_rows(named=True)
        point = next((row for row in rows if row["point"] == self.row.point), {})
        said = [f"{key}={shown(value)}" for key, value in point.items() if key != "point" and value is not None]
        return f"{name} ({', '.join(said)})" if said else name

    @property
    def people(self) -> tuple[str, ...]:
        """Nobody."""
        return ()

    @cached_property
    def _arm(self) -> Arm:
        try:
            return arm_in(self.results, self.row.point)
        except BatchError as error:
            raise SaveError(str(error)) from None

    def crisis(self) -> Crisis:
        """The scenario as the run's design point sets it; with history and sources where the scenario is at hand."""
        scenario, name = self._arm.scenario, self.results.manifest["scenario"]["id"]
        wanted = scenario_hash(scenario)
        same = next((c for c in self.known.values() if scenario_hash(c.scenario) == wanted), None)
        if same is not None:
            return same
        near = next((c for c in self.known.values() if c.scenario.id == name), None)
        if near is not None:
            return Crisis(name, Rules(scenario), near.history, near.sources)
        try:
            report = check_scenario(name)
        except ScenarioError:  # it was run from a file that is not among the bundled ones
            return Crisis(name, Rules(scenario), None, {})
        return Crisis(name, Rules(scenario), report.history, report.sources)

    def games(self, crisis: Crisis) -> Iterator[Game]:
        """The game at the opening of each turn, and at its end."""
        yield from self._games(crisis.rules)

    def _games(self, rules: Rules) -> Iterator[Game]:
        seats = {actor: BatchSeat(policy) for actor, policy in self._arm.seats.items()}
        game = Game(rules, self.results.manifest["seed"], self.row.run, seats)
        yield game
        while not game.is_over:
            game.step()
            yield game

    def sheet(self, turn: int) -> Sheet | None:
        """Nobody kept one."""
        return None

    def verdict(self, game: Game) -> Verdict:
        """By the ending, and the day of it, that the batch has written down."""
        ending = game.ending
        is_same = ending is not None and ending.id == self.row.ending and float(game.world.day[0]) == self.row.day
        if is_same:
            return Verdict(True, _("Ending and day are those of the batch: this is the same history."))
        version = self.results.manifest.get("engine")
        return Verdict(
            False,
            _("It has taken another course than in the batch, which was made by version {version}.").format(
                version=version
            ),
        )

    def branch(self, crisis: Crisis, turn: int, title: str, people: Collection[str] | None) -> Session:
        """A game that somebody goes on with."""
        if not self._can_be_kept(crisis.scenario):
            raise OrderRefused(
                _(
                    "This run has other assumptions than the scenario, so a game that went on from it could not be "
                    "opened again. It can be watched; to play under its assumptions, write them into a copy of the "
                    "scenario."
                )
            )
        *_before, game = self._games(crisis.rules)
        journal = journal_of(game).model_copy(update={"title": self.title[:120], "level": EASIEST.id})
        session = Session.of(journal, crisis.rules).branch(turn, title, people=people)
        session.parent = None  # no save is its parent
        return session

    def _can_be_kept(self, scenario: Scenario) -> bool:
        """Whether the scenario that a save would name is the one of this run."""
        wanted = scenario_hash(scenario)
        if any(scenario_hash(crisis.scenario) == wanted for crisis in self.known.values()):
            return True
        try:
            found = check_scenario(scenario.id).scenario
        except ScenarioError:
            return False
        return found is not None and scenario_hash(found) == wanted
