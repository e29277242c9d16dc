"""From the tree of an expression of a scenario to operations over the memory, for one doer and one target."""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from engine.expressions import Kind, Symbol
from engine.rules.layout import NOT_ASKED
from engine.rules.loss import curve
from engine.rules.program.program import ENDING
from engine.rules.program.tape import BESIDE, ROW, SPECIAL, Operand, Tape
from engine.rules.program.trees import NOBODY, Trees, Who
from engine.scenario.doubts import ends_of
from engine.scenario.fields import HOURS_IN_DAY
from engine.scenario.knowledge import has_doubt
from engine.scenario.names import SELF, TARGET, Reference, coded_position, concrete, find_places, place_of
from engine.scenario.walk import is_unforeseen, says_target

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from engine.rules.roster import Roster
    from engine.scenario.models import Belief, Each, Effect, Vote

HOURS_WITHOUT_ROUNDING = 3
"""The clock of a pace of a multiple of so many hours counts eighths of days, which are numbers of the machine."""

TO_WHOLE = 1.5 * 2.0**52
"""Added and taken away again, this rounds a number of less than 2^51 to a whole one."""


UNINVOLVED = -1
"""Who knows nothing that not everybody knows."""

Branches = list[tuple[Operand | None, Operand]]
"""Each way that chance can go: its probability, None for the only one, and where an issue would then stand."""


@dataclass(frozen=True)
class Shift:
    """One effect's bearing on one issue, as texts, and whom it means."""

    who: Who
    meant: Operand | None
    """Of an act at several, whether it is at this one; None of any other."""
    when: str | None
    chance: str | None
    add: str | None
    set: str | None


class Lowering(Trees):
    """What the expressions of a scenario come to on one tape."""

    def __init__(
        self, roster: Roster, tape: Tape, beside: tuple[Hashable, ...] = (), knower: int | None = None
    ) -> None:
        """``beside`` are what symbols may refer to that stand in no row of the state.

        With a ``knower`` others stand where they were coded, if there is doubt about it: an actor, or UNINVOLVED.
        """
        super().__init__(tape)
        self.roster, self.layout, self.parser = roster, roster.layout, roster.parser
        self._beside, self.knower = beside, knower
        self.scenario = roster.scenario
        self._actors = tuple(self.scenario.actors)
        self._issues = tuple(self.scenario.issues)

    def number(self, text: str, who: Who = NOBODY) -> Operand:
        """The value of a number."""
        return self._value(self.parser.expression(text, Kind.NUMBER, who.names).root, who)

    def condition(self, text: str, who: Who = NOBODY) -> Operand:
        """The value of a yes/no."""
        return self._value(self.parser.expression(text, Kind.YESNO, who.names).root, who)

    def named(self, symbol: Symbol, who: Who) -> Operand:
        """The value of something of the scenario."""
        if symbol.reference in self._beside:
            return BESIDE, self._beside.index(symbol.reference)
        assert isinstance(symbol.reference, Reference)
        return self._named(symbol.reference, who)

    def members(self, member: Symbol, group: tuple[str, ...]) -> list[Operand]:
        """The value of something of the scenario for each actor of a group."""
        assert isinstance(member.reference, Reference)
        each = Reference(member.reference.kind, member.reference.id, SELF)
        return [self._named(each, Who(doer=self.layout.actors[actor])) for actor in group]

    def capability(self, group: tuple[str, ...]) -> list[Operand]:
        """The capability of each actor of a group."""
        return [self.known(self.layout.capability(self.layout.actors[actor])) for actor in group]

    def known(self, number: float) -> Operand:
        """A number of the scenario: a constant, or a row where it is in doubt."""
        row = self.layout.row_of(number)
        return self.tape.number(float(number)) if row is None else (ROW, row)

    def _named(self, reference: Reference, who: Who) -> Operand:
        day: Operand = (ROW, self.layout.day)
        match reference.kind:
            case "measure":
                return self._measure(reference.id)
            case "day":
                return day
            case "ending":
                number = [ending.id for ending in self.scenario.endings].index(reference.id)
                return self.tape.pure("EQ", (SPECIAL, ENDING), self.tape.number(float(number)))
            case "since_entry":
                on = (self.scenario.calendar[reference.id].on - self.scenario.start).days
                return self.whole_hours(self.tape.pure("SUB", day, self.tape.number(float(on))))
            case "worth" | "seen" | "possible" | "dread" | "threat" | "signing" | "amends_up" | "amends_down":
                return self.of_words(reference, who)
        actor = self._actor(reference, who)
        found = None if actor is None else self._of_actor(reference, actor, who)
        return self._cell(reference, who) if found is None else found

    def _of_actor(self, reference: Reference, actor: int, who: Who) -> Operand | None:
        """What an actor is, or is known to it; None of what stands in a row of the state."""
        number, name = self.tape.number, self._actors[actor]
        match reference.kind:
            case "position" if self._is_coded(reference.id, actor):
                return self.position(reference.id, actor)
            case "capability":
                return self.known(self.layout.capability(actor))
            case "salience":
                return self.known(self.layout.salience(reference.id, actor))
            case "is":
                return number(float(name == reference.id))
            case "in":
                return number(float(name in self.scenario.members((reference.id,))))
            case "coded":
                return self.known(coded_position(self.scenario, name, reference.id))
            case "knows":
                return self._knows(name, reference.id, who)
        return None

    def _cell(self, reference: Reference, who: Who) -> Operand:
        """What stands in a row of the state."""
        row = self.row(reference, who)
        match reference.kind:
            case "since_flag" | "since_actor_flag":
                return self.whole_hours(self.tape.pure("SINCE", (ROW, row), (ROW, self.layout.day)))
            case "flag" | "actor_flag" if row in self.layout.flags:
                return self.tape.pure("NE", (ROW, row), self.tape.number(0.0))
            case "asked":
                return self.tape.pure("NE", (ROW, row), self.tape.number(NOT_ASKED))
        return ROW, row

    def _knows(self, actor: str, thing: str, who: Who) -> Operand:
        """Whether an actor knows a thing: a row of the state only where an effect may reveal it."""
        named = {SELF: who.doer, TARGET: who.target}
        parts = {word: self._actors[number] for word, number in named.items() if number is not None}
        known = concrete(thing, parts)
        row = self.layout.rows.get(Reference("knows", known, actor))
        if row is not None:
            return self.tape.pure("NE", (ROW, row), self.tape.number(0.0))
        return self.tape.number(float(self.layout.knowledge.knows(actor, place_of(self.scenario, known))))

    def since(self, moment: Operand) -> Operand:
        """Days since something that the state remembers."""
        return self.whole_hours(self.tape.pure("SUB", self.cell(self.layout.day), moment))

    def whole_hours(self, days: Operand) -> Operand:
        """Days between two moments of the clock, to the hour, however each of the two is rounded."""
        pure, number = self.tape.pure, self.tape.number
        if self.scenario.timeline.hours_in_pace % HOURS_WITHOUT_ROUNDING == 0:
            return days
        hours = pure("MUL", days, number(float(HOURS_IN_DAY)))
        whole = pure("SUB", pure("ADD", hours, number(TO_WHOLE)), number(TO_WHOLE))
        return pure("DIV", whole, number(float(HOURS_IN_DAY)))

    def _measure(self, name: str) -> Operand:
        """Written once on a tape for each who knows: measures of measures are few, and their trees are not."""
        key = name, self.knower
        if key not in self.tape.measures:
            self.tape.measures[key] = self._value(self.parser.measures[name].root, NOBODY)
        return self.tape.measures[key]

    def _actor(self, reference: Reference, who: Who) -> int | None:
        if reference.who == SELF:
            return who.doer
        if reference.who == TARGET:
            return who.target
        return self.layout.actors.get(reference.who) if reference.who else None

    @staticmethod
    def cell(row: int) -> Operand:
        """A row as an operand."""
        return ROW, row

    def row(self, reference: Reference, who: Who) -> int:
        """The row of a thing."""
        if reference.who in (SELF, TARGET):
            actor = self._actor(reference, who)
            assert actor is not None, f"the checker lets {reference.who} pass only where it means somebody"
            return int(self.layout.block(reference.kind, reference.id)[actor])
        return self.layout.rows[reference]

    @abstractmethod
    def of_words(self, reference: Reference, who: Who) -> Operand:
        """What words between sides are worth, and whether they can be kept."""

    @abstractmethod
    def known_to(self, knower: int) -> Lowering:
        """The same on what an actor knows."""

    def outlook(
        self, effects: Iterable[Effect | Belief], judge: int, who: Who, each: Each | None = None
    ) -> dict[str, Branches]:
        """What effects and beliefs are expected to do to each issue that a judge cares about.

        Of an act at several at once, ``each`` says at whom: what says ``target`` counts for each of them.
        """
        shifts = self._shifts(effects, who, each)
        found = {}
        for issue in self._issues:
            if issue in shifts and ends_of(self.layout.salience(issue, judge)) != (0.0, 0.0):
                found[issue] = self._branches(self.layout.rows[Reference("issue", issue)], shifts[issue])
        return found

    def outlooks(
        self, alone: Iterable[Effect | Belief], vote: Vote, judge: int, who: Who
    ) -> tuple[dict[str, Branches], dict[str, Branches]]:
        """What is expected of an action with its question passed, and with its question failed."""
        passed = self.outlook([*alone, *vote.passes, *vote.pass_expects], judge, who)
        return passed, self.outlook([*alone, *vote.fails, *vote.fail_expects], judge, who)

    def weight(self, issue: str, judge: int) -> Operand:
        """How much a unit of an issue's scale weighs for an actor."""
        salience, span = self.layout.salience(issue, judge), self.layout.span[issue]
        if self.layout.row_of(salience) is None:
            return self.tape.number(float(salience / span))
        return self.tape.pure("DIV", self.known(salience), self.tape.number(float(span)))

    def position(self, issue: str, judge: int) -> Operand:
        """Where an actor stands on an issue, as far as whoever judges knows."""
        if self._is_coded(issue, judge):
            return self.known(coded_position(self.scenario, self._actors[judge], issue))
        return ROW, int(self.layout.block("position", issue)[judge])

    def _is_coded(self, issue: str, actor: int) -> bool:
        """Whether it is not known where an actor stands, so that it counts as standing where it was coded."""
        if self.knower is None or self.knower == actor:
            return False
        stance = self.scenario.actors[self._actors[actor]].stances.get(issue)
        return stance is not None and has_doubt(stance)

    def place(self, issue: str) -> Operand:
        """Where the world stands on an issue."""
        return ROW, self.layout.rows[Reference("issue", issue)]

    def relief(self, issue: str, branches: Branches, judge: int) -> Operand:
        """How much smaller a judge's loss on an issue is expected to be."""
        pure, wanted = self.tape.pure, self.position(issue, judge)
        relief = self._hurt(issue, pure("FAR", self.place(issue), wanted))
        for probability, place in branches:
            hurt = self._hurt(issue, pure("FAR", place, wanted))
            relief = pure("SUB", relief, hurt if probability is None else pure("MUL", hurt, probability))
        return pure("MUL", relief, self.weight(issue, judge))

    def _hurt(self, issue: str, far: Operand) -> Operand:
        def apply(name: str, *values: Operand | float) -> Operand:
            return self.tape.pure(name, *(self.tape.number(v) if isinstance(v, float) else v for v in values))

        return curve(self.layout.loss[issue], self.layout.span[issue], far, apply)

    def _shifts(self, effects: Iterable[Effect | Belief], who: Who, each: Each | None) -> dict[str, list[Shift]]:
        shifts: dict[str, list[Shift]] = {}
        for effect in effects:
            if is_unforeseen(effect):
                continue
            several: list[tuple[Who, Operand | None]] = [(who, None)]
            if each is not None and says_target(effect):
                several = [*self.several(each, who)]
            for one, meant in several:
                added, placed = self._by_issue(effect.add, one), self._by_issue(effect.set, one)
                for issue in dict.fromkeys((*added, *placed)):
                    shift = Shift(one, meant, effect.when, effect.chance, added.get(issue), placed.get(issue))
                    shifts.setdefault(issue, []).append(shift)
        return shifts

    def several(self, each: Each, who: Who) -> list[tuple[Who, Operand]]:
        """Everybody among whom an act at several chooses, and whether it is at them: never at the doer."""
        targets = [self.layout.actors[name] for name in self.scenario.members(each.of)]
        others = [Who(who.doer, target) for target in targets if target != who.doer]
        return [(one, self.condition(each.each, one)) for one in others]

    def _by_issue(self, changes: dict[str, str], who: Who) -> dict[str, str]:
        found = {}
        for place, text in changes.items():
            places = find_places(self.scenario, who.names, place)
            assert places is not None, f"the checker refuses {place}"
            if places.references[0].kind == "issue":
                found[places.references[0].id] = text
        return found

    def _branches(self, row: int, shifts: list[Shift]) -> Branches:
        sure = [shift for shift in shifts if shift.chance is None]
        chancy = [shift for shift in shifts if shift.chance is not None]
        chances = [self.probability(shift.chance, shift.who) for shift in chancy if shift.chance is not None]
        found: Branches = []
        for happens in product((True, False), repeat=len(chances)):
            probability: Operand | None = None
            for chance, does in zip(chances, happens, strict=True):
                factor = chance if does else self.tape.pure("SUB", self.tape.number(1.0), chance)
                probability = factor if probability is None else self.tape.pure("MUL", probability, factor)
            chosen = [shift for shift, does in zip(chancy, happens, strict=True) if does]
            found.append((probability, self._placed(row, [*sure, *chosen])))
        return found

    def probability(self, text: str, who: Who = NOBODY) -> Operand:
        """A number held between 0 and 1."""
        return self.tape.pure("HELD", self.number(text, who), self.tape.number(0.0), self.tape.number(1.0))

    def _placed(self, row: int, shifts: list[Shift]) -> Operand:
        """Where an issue stands after all of these: sums first, then what is set, then the ends of the scale."""
        pure, number = self.tape.pure, self.tape.number
        place: Operand = (ROW, row)
        value: Operand | None = None
        for shift in shifts:
            holds = self._holds(shift)
            if shift.add is not None:
                amount = self.number(shift.add, shift.who)
                place = pure("ADD", place, amount if holds is None else pure("MUL", amount, holds))
            if shift.set is not None:
                wanted = self.number(shift.set, shift.who)
                wanted = wanted if holds is None else pure("PICK", holds, wanted, number(-math.inf))
                value = wanted if value is None else pure("MAX", value, wanted)
        if value is not None:
            place = pure("PICK", pure("GT", value, number(-math.inf)), value, place)
        return self.held(place, row)

    def _holds(self, shift: Shift) -> Operand | None:
        """Where an effect counts; None where it always does."""
        own = None if shift.when is None else self.condition(shift.when, shift.who)
        if shift.meant is None or own is None:
            return own if shift.meant is None else shift.meant
        return self.tape.pure("MUL", shift.meant, own)

    def held(self, value: Operand, row: int) -> Operand:
        """A value held within the range of a row."""
        low, high = self.layout.bounds
        return self.tape.pure("HELD", value, self.tape.number(float(low[row])), self.tape.number(float(high[row])))
