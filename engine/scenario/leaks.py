"""What an expression would tell whoever decides by it of the state, beyond what that actor knows.

An expression tells nothing where its value is the same in any two states that differ only in what the actor does not
know in either. This is shown part by part: what is read counts only where it can bear on the value, and ``knows``
guards what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.expressions import Expression, Node, Symbol, tree
from engine.scenario.knowledge import Knowledge
from engine.scenario.names import Reference, concrete, place_of, thing_of
from engine.scenario.parsing import Parser
from engine.scenario.words.pledges import judges

Things = frozenset[str]
"""Names of things that the reader knows where a part of an expression is worked out."""

NOTHING: Things = frozenset()

JUDGED = ("worth", "dread", "threat", "signing", "amends_up", "amends_down", "seen", "possible")
"""What a word, a warning or a text is worth, which its judge knows; what a word seems to be worth, and whether it can
be kept, which both sides know."""


@dataclass(frozen=True)
class Leak:
    """A thing that is read by somebody who does not know it."""

    place: Reference
    """What is read; of kind ``knows`` where it is whether another knows something."""
    span: tuple[int, int]
    """Where it is read in the text of the expression."""
    guard: str = ""
    """What ``knows`` would ask for there; empty where it is no thing, or one of a whole group."""
    measure: str = ""
    """The measure through which it is read, if it is."""


@dataclass(frozen=True)
class Reader:
    """Somebody who decides by expressions in which ``self`` and ``target`` are certain actors."""

    sight: Sight
    actor: str
    parts: Mapping[str, str | None] = field(default_factory=dict)
    """The actors that ``self`` and ``target`` mean."""

    def leaks(self, node: Node, known: Things = NOTHING) -> tuple[Leak, ...]:
        """What a node tells beyond what the reader knows."""
        truth = self.certain(node)
        return () if truth is not None else tuple(dict.fromkeys(self._leaks(node, known)))

    def of_all(self, parts: Sequence[Node], known: Things, holds: bool = True) -> list[tuple[Leak, ...]]:
        """Of parts that count only where all of them hold (or none does), what each of them tells.

        A part is asked where the others hold that tell nothing themselves, in whatever order they are written.
        """
        found: list[tuple[Leak, ...]] = [()] * len(parts)
        left = list(range(len(parts)))
        if any(self.certain(part) is (not holds) for part in parts):
            return found
        while left:
            clean = [at for at in left if not self.leaks(parts[at], known)]
            if not clean:
                break
            for at in clean:
                known |= self.facts(parts[at], holds)
                left.remove(at)
        for at in left:
            found[at] = self.leaks(parts[at], known)
        return found

    def facts(self, node: Node, holds: bool) -> Things:
        """What the reader is sure to know where a condition holds, or does not."""
        match node:
            case tree.Name(_, symbol):
                return self._facts_of_name(symbol, holds)
            case tree.Not(operand):
                return self.facts(operand, not holds)
            case tree.All(parts) | tree.Any(parts):
                found = [self.facts(part, holds) for part in parts if self.certain(part) is not (not holds)]
                if isinstance(node, tree.All) is holds:
                    return NOTHING.union(*found)
                return found[0].intersection(*found[1:]) if found else NOTHING
        return NOTHING

    def certain(self, node: Node) -> bool | None:
        """Whether a condition holds by who is who alone; None where that is open."""
        match node:
            case tree.YesNo(value=value):
                return value
            case tree.Name(_, symbol):
                return self._certain_name(symbol)
            case tree.Not(operand):
                truth = self.certain(operand)
                return None if truth is None else not truth
            case tree.All(parts) | tree.Any(parts):
                deciding = isinstance(node, tree.Any)
                truths = {self.certain(part) for part in parts}
                return deciding if deciding in truths else None if None in truths else not deciding
        return None

    def _leaks(self, node: Node, known: Things) -> Iterator[Leak]:
        match node:
            case tree.Name(_, symbol):
                yield from self._of_name(symbol, node.span, known)
            case tree.Over(_, member, group):
                yield from self._of_members(member, group, node.span, known)
            case tree.All(parts) | tree.Any(parts):
                for found in self.of_all(parts, known, isinstance(node, tree.All)):
                    yield from found
            case tree.Choice(condition, then, otherwise):
                yield from self._of_choice(condition, then, otherwise, known)
            case _:
                for part in tree.children(node):
                    yield from self.leaks(part, known)

    def _of_choice(self, condition: Node, then: Node, otherwise: Node, known: Things) -> Iterator[Leak]:
        truth, asked = self.certain(condition), self.leaks(condition, known)
        yield from asked
        for part, holds in ((then, True), (otherwise, False)):
            if truth is not (not holds):
                yield from self.leaks(part, known if asked else known | self.facts(condition, holds))

    def _of_name(self, symbol: Symbol, span: tuple[int, int], known: Things) -> Iterator[Leak]:
        reference = symbol.reference
        assert isinstance(reference, Reference)
        if reference.kind == "measure":
            for leak in self.leaks(self.sight.parser.measures[reference.id].root, known):
                yield replace(leak, span=span, measure=reference.id)
        elif reference.who or reference.kind in ("flag", "value", "since_flag", "since_entry"):
            yield from self._of_place(self._meant(reference), span, known, guard_of(reference))

    def _of_members(self, member: Symbol, group: Iterable[str], span: tuple[int, int], known: Things) -> Iterator[Leak]:
        assert isinstance(member.reference, Reference)
        for actor in group:
            yield from self._of_place(member.reference._replace(who=actor), span, known)

    def _of_place(self, place: Reference, span: tuple[int, int], known: Things, guard: str = "") -> Iterator[Leak]:
        if place.kind in JUDGED:
            alone = place.kind not in ("seen", "possible")
            if self.actor not in ((place.who,) if alone else judges(self.sight.knowledge.scenario, place.id)):
                yield Leak(place, span)
            return
        if place.kind == "knows":
            if place.who != self.actor and place.who in self.sight.knowledge.revealed.get(place.id, ()):
                yield Leak(place, span)
            return
        place = place._replace(kind=place.kind.removeprefix("since_"))
        if not self.sight.knowledge.knows(self.actor, place) and thing_of(place) not in known:
            yield Leak(place, span, guard)

    def _facts_of_name(self, symbol: Symbol, holds: bool) -> Things:
        reference = symbol.reference
        assert isinstance(reference, Reference)
        if reference.kind == "measure":
            return self.facts(self.sight.parser.measures[reference.id].root, holds)
        if reference.kind == "knows" and holds and self._meant(reference).who == self.actor:
            return frozenset({self._meant(reference).id})
        return NOTHING

    def _certain_name(self, symbol: Symbol) -> bool | None:
        reference = symbol.reference
        assert isinstance(reference, Reference)
        meant = self._meant(reference)
        match reference.kind:
            case "is":
                return meant.who == reference.id
            case "in":
                return meant.who in self.sight.knowledge.scenario.members((reference.id,))
            case "knows" if meant.who not in self.sight.knowledge.revealed.get(meant.id, ()):
                place = place_of(self.sight.knowledge.scenario, meant.id)
                return self.sight.knowledge.knows(meant.who, place)
            case "measure":
                return self.certain(self.sight.parser.measures[reference.id].root)
        return None

    def _meant(self, reference: Reference) -> Reference:
        who = self.parts.get(reference.who) or reference.who
        return Reference(reference.kind, concrete(reference.id, self.parts), who)


def guard_of(reference: Reference) -> str:
    """What ``knows`` is asked of something that an expression reads; nothing of what can't be revealed."""
    kind = reference.kind.removeprefix("since_")
    return thing_of(reference._replace(kind=kind)) if kind in ("flag", "value", "actor_flag", "position") else ""


class Sight:
    """What the readers of one scenario may see: its knowledge, and what its measures stand for."""

    def __init__(self, parser: Parser) -> None:
        self.parser, self.knowledge = parser, Knowledge(parser.scenario)
        self._measures: set[str] = set()
        for name, measure in parser.measures.items():
            if self.may_leak(measure):
                self._measures.add(name)

    def may_leak(self, expression: Expression) -> bool:
        """Whether an expression reads anything that not everybody knows."""
        return any(self._is_private(symbol) for symbol in expression.symbols())

    def is_wholly_private(self, expression: Expression) -> bool:
        """Whether everything that an expression reads is known to some only, so that its truth tells of that alone."""
        symbols = list(expression.symbols())
        return bool(symbols) and all(self._is_private(symbol) for symbol in symbols)

    def reader(self, actor: str, me: str | None = None, target: str | None = None) -> Reader:
        """An actor that decides by expressions of which ``self`` and ``target`` are these."""
        return Reader(self, actor, {"self": me, "target": target})

    def _is_private(self, symbol: Symbol) -> bool:
        reference, scenario = symbol.reference, self.knowledge.scenario
        assert isinstance(reference, Reference)
        if reference.kind in JUDGED:
            return True
        match reference.kind:
            case "measure":
                return reference.id in self._measures
            case "knows" | "position":
                return True
            case "asked":
                return scenario.asks[reference.id].known_to is not None
            case "since_entry":
                return scenario.calendar[reference.id].known_to is not None
        return reference.id in scenario.secrets
