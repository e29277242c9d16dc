"""What all parts of a program under construction share: constants, tapes, sites, streams, and lists of effects."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.rules.draws import stream_key
from engine.rules.program import program as p
from engine.rules.program.assembly import assemble
from engine.rules.program.program import NONE, Announcement, Gamble, Ints, Program, Sites, keys, table
from engine.rules.program.tape import NEWS, SITE, SPECIAL, Constants, Operand, Places, Region, Tape, plain
from engine.rules.program.trees import Who
from engine.rules.program.worths import Judging
from engine.rules.roster import Roster
from engine.scenario.fields import HOURS_IN_DAY
from engine.scenario.names import SELF, TARGET, Reference, find_places, thing_of, whom
from engine.scenario.walk import says_target

if TYPE_CHECKING:
    from engine.rules.votes import Body
    from engine.scenario.models import Each, Effect, Scenario

IS_OPEN: Operand = (SPECIAL, p.OPEN)
TICK: Operand = (SPECIAL, p.TICK)


@dataclass(frozen=True)
class Source:
    """What brings about a list of effects: a name for its chance, and for its news."""

    stream: str
    kind: str
    number: int
    outcome: str | None = None


@dataclass
class Draft:
    """A program under construction."""

    roster: Roster
    is_whole: bool = True
    """Whether it is a program of paces; else it only reads, and has no sites."""
    beside: tuple[Hashable, ...] = ()
    """What symbols may refer to that stands in no row of the state, but behind its rows, where something is read."""
    behind: int | None = None
    """The slot at which begins what follows the rows, where that is not right behind them."""
    gauges: int = 0
    """How many sites there are, where it only reads."""
    constants: Constants = field(default_factory=Constants)
    lines: list[list[int]] = field(default_factory=list)
    """The code; what instructions name by its line comes first."""
    streams: list[int] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)
    gambles: list[Gamble] = field(default_factory=list)
    most_due: int = 0
    kept: list[int] = field(default_factory=list)
    """The slots of all that tapes keep, once they are assembled."""
    rated: list[int] = field(default_factory=list)
    """By option, its place in the order of acting; of each, its temperature and one over its tempo are kept."""

    def __post_init__(self) -> None:
        s = self.roster
        self.layout, self.scenario, self.parser = s.layout, s.scenario, s.parser
        members = sum(len(body.names) for sittings in s.sittings for _, body in sittings) if self.is_whole else 0
        many = {
            "take": len(s.options),
            "tabled": len(s.questions),
            "passed": len(s.questions),
            "happens": len(s.occurrences),
            "outcome": len(s.occurrences),
            "legal": len(s.options),
            "gain": len(s.options),
            "rate": len(s.options),
            "chance": len(s.questions),
            "free": len(s.layout.actors),
            "allowed": len(s.occurrences),
            "ballots": members,
            "told": members,
        }
        self._first, at = {}, 0
        for name, number in many.items():
            self._first[name] = at
            at += number if self.is_whole else 0
        self._first["luck"] = at
        self._first["end"] = at + self.gauges
        self.fleeting = self._first["legal"]
        """So many sites are cleared when a pace opens."""
        self.options = len(s.options)
        self._tapes: dict[int, list[Tape]] = {}
        self._bodies: dict[tuple[str, tuple[str, ...]], int] = {}
        self._most_score = 1

    def site(self, kind: str, number: int = 0) -> Operand:
        """A slot that is read from outside."""
        return SITE, self._first[kind] + number

    def luck(self, gamble: Gamble) -> Operand:
        """The site of what is added to the uniform number that decides on something."""
        assert self.is_whole, "only a program of paces has luck"
        self.gambles.append(gamble)
        self._first["end"] += 1
        return self.site("luck", len(self.gambles) - 1)

    def tape(self, stretch: int) -> Tape:
        """A new tape at the end of a stretch; what stands on it is worked out on the state that it finds."""
        self._tapes.setdefault(stretch, []).append(Tape(self.constants))
        return self._tapes[stretch][-1]

    def on(self, tape: Tape) -> Judging:
        """What writes expressions on a tape."""
        return Judging(self.roster, tape, self.counting, self.beside)

    def counting(self, body: Body) -> int:
        """The line of the code at which a body's way of counting stands."""
        key = (body.institution_id, body.names)
        if key not in self._bodies:
            count = body.count
            lowest, highest = min(0, -sum(count.loss)), max(sum(count.gain), count.needed, 0)
            self._most_score = max(self._most_score, highest - lowest + 1)
            self._bodies[key] = len(self.lines)
            self.lines.append([len(body.names), count.needed, lowest, highest, int(count.someone_for), 0])
            seats = zip(count.gain, count.loss, count.blocks, count.weighs, strict=True)
            self.lines += [[gain, loss, int(blocks), int(weighs), 0, 0] for gain, loss, blocks, weighs in seats]
        return self._bodies[key]

    def stream(self, name: str, which: int = 0) -> Operand:
        """The number of one of the four uniforms of a stream."""
        self.streams.append(stream_key(name))
        return plain(4 * (len(self.streams) - 1) + which)

    def cause(
        self,
        tape: Tape,
        region: Region,
        effects: Iterable[Effect],
        who: Who,
        where: Operand,
        by: Source,
        each: Each | None = None,
    ) -> None:
        """What follows, where a yes/no holds that is known when the region is entered.

        Of an act at several at once, ``each`` says at whom: what says ``target`` follows for each of them.
        """
        drawn = 0
        for number, effect in enumerate(effects):
            slot = None if effect.chance is None else drawn
            drawn += effect.chance is not None
            news = Announcement(by.kind, by.number, by.outcome, number)
            if each is None or not says_target(effect):
                self._effect(tape, region, effect, who, where, self._chance(by.stream, slot), news)
                continue
            for one, holds in self.on(tape).several(each, who):
                assert one.target is not None
                inside, meant = region.inside(), tape.register()
                inside.head += [*tape.every(meant, where, holds), tape.unless(meant)]
                chance = self._chance(f"{by.stream}:{list(self.layout.actors)[one.target]}", slot)
                self._effect(tape, inside, effect, one, meant, chance, replace(news, target=one.target))

    def _chance(self, stream: str, slot: int | None) -> Operand | None:
        """The uniform that decides on an effect that has a chance."""
        return None if slot is None else self.stream(stream, slot)

    def _effect(
        self,
        tape: Tape,
        region: Region,
        effect: Effect,
        who: Who,
        where: Operand,
        chance: Operand | None,
        news: Announcement,
    ) -> None:
        on, line = self.on(tape), tape.line
        if effect.when or chance:
            takes = tape.register()
            region = region.inside()
            region.head += tape.every(takes, where, *([on.condition(effect.when, who)] if effect.when else []))
            if effect.chance is not None and chance is not None:
                u = tape.register()
                region.head.append(line("UNIFORM", u, TICK, chance, takes))
                region.head.append(line("ADD", u, u, self.luck(news)))
                region.head.append(line("LT", u, u, on.number(effect.chance, who)))
                region.head.append(line("MUL", takes, takes, u))
            region.head.append(tape.unless(takes))
            where = takes
        if effect.dispatch:
            self._announce(region, tape, where, self._due(effect), news)
        if effect.ask is not None:
            self._put(region, tape, effect, who, where)
        self._reveal(region, tape, effect, who, where)
        for sets, changes in enumerate((effect.add, effect.set)):
            for place, text in changes.items():
                amount = on.number(text, who)
                places = find_places(self.scenario, who.names, place)
                assert places is not None, f"the checker refuses {place}"
                for row in [on.row(reference, who) for reference in places.references]:
                    self._change(region, tape, on.cell(row), amount, where, sets, self._due(effect))

    def _due(self, effect: Effect) -> int:
        """When it falls due: 0 at once, so many paces later, or less than nothing: in a pace of that number."""
        paces, first = due_of(self.scenario, effect)
        return -first if first > 0 else paces

    def _put(self, region: Region, tape: Tape, effect: Effect, who: Who, where: Operand) -> None:
        """Put a question: what becomes of its row is the moment by which it is to be answered."""
        assert effect.ask is not None
        ask, hours = self.scenario.asks[effect.ask], tape.number(float(self.scenario.timeline.hours_in_pace))
        paces, first = due_of(self.scenario, effect)
        tick = tape.pure("ADD", TICK, tape.number(float(paces)))
        if first:
            tick = tape.pure("MAX", tick, tape.number(float(first)))
        moment = tape.pure("DIV", tape.pure("MUL", tick, hours), tape.number(float(HOURS_IN_DAY)))
        until = tape.pure("ADD", moment, self.on(tape).known(ask.within))
        asked = [self.layout.actors[actor] for actor in self.scenario.members(ask.to)]
        for word in whom(self.scenario, effect.ask, effect.of):
            actor = {SELF: who.doer, TARGET: who.target}.get(word, self.layout.actors.get(word))
            if actor in asked:
                row = int(self.layout.block("asked", effect.ask)[actor])
                self._change(region, tape, self.on(tape).cell(row), until, where, 1, self._due(effect))

    def _reveal(self, region: Region, tape: Tape, effect: Effect, who: Who, where: Operand) -> None:
        """Let others learn something: of each pair that is not known from the start, a row becomes yes."""
        actors, knowledge = list(self.layout.actors), self.layout.knowledge
        named = {SELF: who.doer, TARGET: who.target}
        parts = {word: (actors[number],) for word, number in named.items() if number is not None}
        for name, knowers in effect.reveal.items():
            for place in knowledge.places(name, who.names, parts):
                for knower in knowledge.learners(knowers, parts):
                    row = self.layout.rows.get(Reference("knows", thing_of(place), knower))
                    if row is not None:
                        yes = tape.number(1.0)
                        self._change(region, tape, self.on(tape).cell(row), yes, where, 1, self._due(effect))

    def _announce(self, region: Region, tape: Tape, where: Operand, due: int, news: Announcement) -> None:
        slot = (NEWS, len(self.announcements))
        self.announcements.append(news)
        self._change(region, tape, slot, tape.number(1.0), where, 1, due)

    def _change(
        self, region: Region, tape: Tape, slot: Operand, amount: Operand, where: Operand, sets: int, due: int
    ) -> None:
        if due:
            region.body.append(tape.line("LATER", slot, amount, where, plain(due), plain(sets)))
            self.most_due += 1
        else:
            region.body.append(tape.line("BECOMES" if sets else "MORE", slot, amount, where))

    def stamps(self) -> Ints:
        """By row, and by announcement, what becomes of it when it is changed."""
        stamps = np.full(self.layout.size + len(self.announcements), NONE, dtype=np.int32)
        for flag, stamp in self.layout.stamps.items():
            stamps[flag] = p.FIRST_ROW + stamp
        stamps[sorted(self.layout.asked)] = p.ASKED
        return stamps

    def program(self, most_score: int = 1) -> Program:
        """Everything in its place, with room for distributions of a vote's score of at least so many places."""
        stretches, sites, registers = self.assemble()
        layout, roster, many = self.layout, self.roster, len(self.announcements)
        low, high = layout.bounds
        return Program(
            table(self.lines, p.WIDTH),
            table(stretches, 2),
            table(list(zip(self.kept[::2], self.kept[1::2], self.rated, strict=True)) if self.rated else [], 3),
            table([self._span(actor) for actor in layout.actors], 2),
            keys(self.streams),
            keys([stream_key(f"actor:{actor}") for actor in layout.actors]),
            np.ascontiguousarray([[*low, *[-np.inf] * many], [*high, *[np.inf] * many]]),
            self.stamps(),
            np.array(self.constants.numbers, dtype=np.float64),
            sites,
            tuple(self.announcements),
            tuple(self.gambles),
            registers,
            max(1, self.most_due),
            max(most_score, self._most_score),
            roster.timeline.pace_in_days,
            roster.timeline.paces,
            layout.size,
            p.FIRST_ROW + layout.day,
        )

    def _span(self, actor: str) -> tuple[int, int]:
        """The first of an actor's options, and one past the last."""
        span = self.roster.actor_options.get(actor, slice(0, 0))
        return span.start, span.stop

    def assemble(self) -> tuple[list[tuple[int, int]], Sites, int]:
        """Give everything its place; where each stretch stands, the sites, and the number of registers."""
        news = p.FIRST_ROW + self.layout.size if self.behind is None else self.behind
        first = news + len(self.announcements) + len(self.beside)
        constants = first + self._first["end"]
        places = Places(p.FIRST_ROW, news, first, constants, constants + len(self.constants.numbers))
        found, most = [], 0
        for stretch in range(p.STRETCHES):
            start = len(self.lines)
            for tape in self._tapes.get(stretch, ()):
                assembled = assemble(tape, places)
                self.lines += assembled.code
                self.kept += assembled.kept
                most = max(most, assembled.registers)
            found.append((start, len(self.lines)))
        return found, Sites(news, **{name: first + at for name, at in self._first.items()}), most


def due_of(scenario: Scenario, effect: Effect) -> tuple[int, int]:
    """How many paces later an effect falls due at the soonest, and the first pace in which it may."""
    if effect.on is not None:
        return 1, scenario.timeline.first_pace_from(scenario.day_of(effect.on))
    return (scenario.timeline.paces_in(effect.delay) if effect.delay else 0), 0
