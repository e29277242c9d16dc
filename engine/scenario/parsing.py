"""The expressions of a scenario, parsed once each, with its measures resolved in the order written.

The checker, the rules and the reference interpreter all parse through :class:`Parser`, so that a
name means the same to each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from engine.expressions import Expression, ExpressionError, Kind, Symbol, parse, tree
from engine.scenario.doubts import DoubtfulText
from engine.scenario.models import Scenario
from engine.scenario.names import Reference, ScenarioNames, interval
from engine.scenario.spelling import Vocabulary

MeasureFailed = Callable[[str, ExpressionError], None]
"""Told of each measure that can't be parsed."""

NO_SCOPES: frozenset[str] = frozenset()
"""Where neither ``self`` nor ``target`` means anybody."""


class HintingNames(ScenarioNames):
    """The same names, which suggest only what is spelled like the name that was last asked for in vain.

    A large scenario has tens of thousands of names, too many to compare each of them with each mistake.
    """

    def find(self, name: str) -> Symbol | None:
        """The symbol of a name, or None where nothing is called so here."""
        symbol = super().find(name)
        if symbol is None:
            self.__dict__["missed"] = name
        return symbol

    def known(self) -> Iterable[str]:
        """Names worth suggesting."""
        return self._vocabulary.near(self.__dict__.get("missed", ""))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(super().known())


class Parser:
    """Parses the expressions of one scenario and remembers them.

    Where ``failed`` is given it hears of each broken measure, and a stand-in that fits wherever a number or
    a yes/no is wanted takes its place; otherwise a broken measure raises
    :class:`~engine.expressions.ExpressionError`.
    """

    def __init__(self, scenario: Scenario, failed: MeasureFailed | None = None) -> None:
        self.scenario = scenario
        self.measures: dict[str, Expression] = {}
        """The parsed measures, in the order written, each over the names known before it."""
        self._symbols: dict[str, Symbol] = {}
        self._names: dict[tuple[frozenset[str], bool], ScenarioNames] = {}
        self._parsed: dict[tuple[str, Kind | None, frozenset[str], bool], Expression] = {}
        self._parse_measures(failed)

    def expression(
        self, text: str, kind: Kind | None = None, scopes: frozenset[str] = NO_SCOPES, endings: bool = False
    ) -> Expression:
        """The parsed text, of the kind expected (any, where None), in a place where ``scopes`` mean somebody.

        Raises ``ExpressionError``.
        """
        key = (text.path if isinstance(text, DoubtfulText) else text, kind, scopes, endings)
        if key not in self._parsed:
            self._parsed[key] = self._parse(text, self.names(scopes, endings), kind)
        return self._parsed[key]

    @staticmethod
    def _parse(text: str, names: ScenarioNames, kind: Kind | None) -> Expression:
        """What a text says; a number in doubt is a name, for what each run draws."""
        number = parse(text, names, kind)
        if not isinstance(text, DoubtfulText):
            return number
        for end in (text.low, text.high):
            parse(repr(end), names, kind)
        symbol = interval(text.low, text.high, Kind.NUMBER, Reference("doubt", text.path))
        name = tree.Name(str(text), symbol, kind=Kind.NUMBER, low=text.low, high=text.high, span=number.root.span)
        return replace(number, root=name)

    def condition(self, text: str, scopes: frozenset[str] = NO_SCOPES, endings: bool = False) -> Expression:
        """A parsed yes/no."""
        return self.expression(text, Kind.YESNO, scopes, endings)

    def number(self, text: str, scopes: frozenset[str] = NO_SCOPES) -> Expression:
        """A parsed number (a yes/no counts as 1 or 0)."""
        return self.expression(text, Kind.NUMBER, scopes)

    def names(self, scopes: frozenset[str] = NO_SCOPES, endings: bool = False) -> ScenarioNames:
        """The names that an expression may use where ``scopes`` mean somebody."""
        key = (scopes, endings)
        if key not in self._names:
            self._names[key] = HintingNames(self.scenario, scopes, self._symbols, endings)
        return self._names[key]

    def _parse_measures(self, failed: MeasureFailed | None) -> None:
        names = HintingNames(self.scenario, measures=self._symbols)
        for name, measure in self.scenario.measures.items():
            try:
                parsed = self._parse(measure.value, names, None)
            except ExpressionError as error:
                if failed is None:
                    raise
                failed(name, error)
                self._symbols[name] = Symbol(Kind.YESNO, 0.0, 1.0, Reference("measure", name))
            else:
                self.measures[name] = parsed
                self._symbols[name] = Symbol(parsed.kind, parsed.low, parsed.high, Reference("measure", name))
