"""What all parts of a program under construction share: constants, tapes, sites, streams, and lists of effects."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.rules.draws import stream_key
from engine.rules.program import program as p
from engine.rules.program.expressions import Lowering, Who
from engine.rules.program.program import Announcement, Sites
from engine.rules.program.roster import Roster
from engine.rules.program.tape import NEWS, SITE, SPECIAL, Constants, Operand, Places, Region, Tape, plain
from engine.scenario.names import find_places

if TYPE_CHECKING:
    from engine.rules.rulebook import Rules
    from engine.scenario.models import Effect

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

    rules: Rules
    constants: Constants = field(default_factory=Constants)
    lines: list[list[int]] = field(default_factory=list)
    """The code; what instructions name by its line comes first."""
    streams: list[int] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)
    most_due: int = 0

    def __post_init__(self) -> None:
        s, self.roster = self.rules, Roster(self.rules)
        self.layout, self.scenario, self.parser = s.layout, s.scenario, s.compiler.parser
        members = sum(len(body.names) for sittings in self.roster.sittings for _, body in sittings)
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
            at += number
        self._first["end"] = at
        self.fleeting = self._first["legal"]
        """So many sites are cleared when a pace opens."""
        self.options = len(s.options)
        self._tapes: dict[int, list[Tape]] = {}

    def site(self, kind: str, number: int = 0) -> Operand:
        """A slot that is read from outside."""
        return SITE, self._first[kind] + number

    def tape(self, stretch: int) -> Tape:
        """A new tape at the end of a stretch; what stands on it is worked out on the state that it finds."""
        self._tapes.setdefault(stretch, []).append(Tape(self.constants))
        return self._tapes[stretch][-1]

    def on(self, tape: Tape) -> Lowering:
        """What writes expressions on a tape."""
        return Lowering(self.layout, self.parser, tape)

    def stream(self, name: str, which: int = 0) -> Operand:
        """The number of one of the four uniforms of a stream."""
        self.streams.append(stream_key(name))
        return plain(4 * (len(self.streams) - 1) + which)

    def cause(
        self, tape: Tape, region: Region, effects: Iterable[Effect], who: Who, where: Operand, by: Source
    ) -> None:
        """What follows, where a yes/no holds that is known when the region is entered."""
        drawn = 0
        for number, effect in enumerate(effects):
            chance = None
            if effect.chance is not None:
                chance, drawn = self.stream(by.stream, drawn), drawn + 1
            self._effect(tape, region, effect, who, where, chance, Announcement(by.kind, by.number, by.outcome, number))

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
            region.head.append(line("COPY", takes, where))
            if effect.when:
                region.head.append(line("MUL", takes, takes, on.condition(effect.when, who)))
            if effect.chance is not None and chance is not None:
                u = tape.register()
                region.head.append(line("UNIFORM", u, TICK, chance, takes))
                region.head.append(line("LT", u, u, on.number(effect.chance, who)))
                region.head.append(line("MUL", takes, takes, u))
            region.head.append(tape.unless(takes))
            where = takes
        if effect.dispatch:
            self._announce(region, tape, where, self._ticks(effect), news)
        for sets, changes in enumerate((effect.add, effect.set)):
            for place, text in changes.items():
                amount = on.number(text, who)
                places = find_places(self.scenario, who.names, place)
                assert places is not None, f"the checker refuses {place}"
                for row in [on.row(reference, who) for reference in places.references]:
                    self._change(region, tape, on.cell(row), amount, where, sets, self._ticks(effect))

    def _ticks(self, effect: Effect) -> int:
        """How many paces later it falls due."""
        return math.ceil(effect.delay / self.scenario.step) if effect.delay else 0

    def _announce(self, region: Region, tape: Tape, where: Operand, ticks: int, news: Announcement) -> None:
        slot = (NEWS, len(self.announcements))
        self.announcements.append(news)
        self._change(region, tape, slot, tape.number(1.0), where, 1, ticks)

    def _change(
        self, region: Region, tape: Tape, slot: Operand, amount: Operand, where: Operand, sets: int, ticks: int
    ) -> None:
        if ticks:
            region.body.append(tape.line("LATER", slot, amount, where, plain(ticks), plain(sets)))
            self.most_due += 1
        else:
            region.body.append(tape.line("BECOMES" if sets else "MORE", slot, amount, where))

    def assemble(self) -> tuple[list[tuple[int, int]], Sites, int]:
        """Give everything its place; where each stretch stands, the sites, and the number of registers."""
        news = p.FIRST_ROW + self.layout.size
        first = news + len(self.announcements)
        constants = first + self._first["end"]
        places = Places(p.FIRST_ROW, news, first, constants, constants + len(self.constants.numbers))
        found, most = [], 0
        for stretch in range(p.STRETCHES):
            start = len(self.lines)
            for tape in self._tapes.get(stretch, ()):
                lines, used = tape.assemble(places)
                self.lines += lines
                most = max(most, used)
            found.append((start, len(self.lines)))
        return found, Sites(news, **{name: first + at for name, at in self._first.items()}), most
