"""Expressions on a game as it stands: their values now and a turn ago, and the numbers that they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat

from engine.expressions import Expression, ExpressionError, Kind, walk
from engine.expressions.tree import Name, Over
from engine.rules import Rules
from engine.rules.options import Option
from engine.rules.program.trees import NOBODY, Who
from engine.rules.world import World

__all__ = ["ExpressionError", "Figure", "Figures", "Value"]

Value = float | bool

ALWAYS = "True"
"""The condition of an action that has none."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An expression with its value now, and at the opening of the turn before."""

    text: str
    title: str
    now: Value
    before: Value | None = None
    parts: tuple[tuple[str, Value], ...] = ()
    """What it is made of: names and functions over groups, each with its value now."""

    @property
    def has_changed(self) -> bool:
        """Whether its value is another than a turn ago."""
        return self.before is not None and self.before != self.now


@dataclass(frozen=True)
class Figures:
    """The expressions of a scenario on the world of one game."""

    rules: Rules
    world: World
    before: World | None = None
    """The world at the opening of the turn before."""

    def evaluate(self, text: str, option: Option | None = None, side: str | None = None) -> Figure:
        """Any expression; ``self`` is the side, or who would take an option, and ``target`` that option's target.

        Raises :class:`~engine.expressions.ExpressionError`, in the parser's own words.
        """
        who = self._who(option.actor if option else side, option.target if option else None)
        parsed = self.rules.parser.expression(text, None, who.names, endings=True)
        return self._figure(parsed, text, "", who)

    def measures(self) -> list[Figure]:
        """The measures, with what each is made of."""
        parsed, told = self.rules.parser.measures, self.rules.scenario.measures
        return [self._figure(parsed[name], name, measure.title, NOBODY) for name, measure in told.items()]

    def issues(self) -> list[Figure]:
        """Where the world stands on each issue."""
        return self._named((name, issue.title) for name, issue in self.rules.scenario.issues.items())

    def values(self) -> list[Figure]:
        """The values."""
        return self._named((name, value.title) for name, value in self.rules.scenario.values.items())

    def flags(self) -> list[Figure]:
        """The flags of the world."""
        return self._named(self.rules.scenario.flags.items())

    def conditions(self, option: Option) -> list[Figure]:
        """Everything that must hold before an option may be taken, in the order in which it is asked."""
        scenario, parser = self.rules.scenario, self.rules.parser
        rule, who = scenario.choice(option.action), self._who(option.actor, option.target)
        texts = (rule.when, *rule.needs.values())
        parsed = [parser.expression(text, Kind.YESNO, who.names) for text in texts]
        expressions = [*parsed[0].conjuncts(), *parsed[1:]]
        now = list(self._holds(option, self.world))
        before = [holds for _, holds in self._holds(option, self.before)] if self.before else repeat(None)
        rows = zip(now, before, chain(expressions, repeat(None)), strict=False)
        return [
            self._condition(words, holds, was, expression, who)
            for (words, holds), was, expression in rows
            if words != ALWAYS
        ]

    def _condition(self, words: str, now: bool, before: bool | None, parsed: Expression | None, who: Who) -> Figure:
        if parsed is None:
            return Figure(words, "", now, before)
        title = "" if words == parsed.text else words
        return Figure(parsed.text, title, now, before, self._parts(parsed, who))

    def _holds(self, option: Option, world: World) -> Iterator[tuple[str, bool]]:
        yield from self.rules.account(world, option).conditions

    def _named(self, things: Iterable[tuple[str, str]]) -> list[Figure]:
        parser = self.rules.parser
        return [self._figure(parser.expression(name), name, title, NOBODY, whole=True) for name, title in things]

    def _figure(self, parsed: Expression, text: str, title: str, who: Who, whole: bool = False) -> Figure:
        before = None if self.before is None else self._value(parsed, who, self.before)
        parts = () if whole else self._parts(parsed, who)
        return Figure(text, title, self._value(parsed, who, self.world), before, parts)

    def _parts(self, parsed: Expression, who: Who) -> tuple[tuple[str, Value], ...]:
        """Each name and each function over a group, once, in the order of the text."""
        found: dict[str, Value] = {}
        for node in walk(parsed.root):
            if isinstance(node, Name | Over):
                start, end = (place - parsed.origin for place in node.span)
                found[parsed.text[start:end]] = self._value(Expression("", node), who, self.world)
        return tuple(found.items())

    def _value(self, parsed: Expression, who: Who, world: World) -> Value:
        only = self.rules.reading(parsed, who=who).read(world)[0][0]
        return bool(only) if parsed.kind is Kind.YESNO else float(only)

    def _who(self, actor: str | None, target: str | None) -> Who:
        numbers = self.rules.layout.actors
        return Who(numbers.get(actor or ""), numbers.get(target or ""))
