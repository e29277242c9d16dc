"""What every check needs: the scenario, where it is written, where problems go, and its expressions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from engine.expressions import Expression, ExpressionError, Fault, nearest
from engine.scenario.assumptions import Assumptions
from engine.scenario.attainable import STAGEHANDS, Attainable, Cast
from engine.scenario.document import Document, Path
from engine.scenario.models import Scenario
from engine.scenario.names import known_places
from engine.scenario.parsing import Parser
from engine.scenario.problems import Problems, quoted
from engine.scenario.shape import dotted
from engine.scenario.spelling import Vocabulary, there_are
from engine.scenario.walk import Formula, Scopes

UNKNOWN = "E203"
"""The finding that nothing is called so."""

CODES = {
    Fault.GRAMMAR: "E301",
    Fault.UNKNOWN: UNKNOWN,
    Fault.FUNCTION: "E205",
    Fault.KIND: "E302",
    Fault.LENGTH: "E303",
    Fault.SIZE: "E304",
}
"""Which finding each fault of an expression is."""


class Context:
    """One check of one scenario."""

    def __init__(self, scenario: Scenario, document: Document, problems: Problems) -> None:
        self.scenario = scenario
        self.document = document
        self.problems = problems
        self.refused: set[Path] = set()
        """Where expressions stand that can't be parsed."""
        self._places: dict[Scopes, Vocabulary] = {}

    @cached_property
    def parser(self) -> Parser:
        """The scenario's expressions; broken measures are noted when it is first asked for."""
        return Parser(self.scenario, self.measure_failed)

    @cached_property
    def state(self) -> Attainable:
        """What can come about; only asked of a scenario that fits."""
        return Attainable(self.scenario, self.parser)

    def given(self, conditions: Iterable[Expression], cast: Cast = STAGEHANDS) -> Assumptions:
        """What is known where these conditions hold, for ``self`` and ``target`` of this cast."""
        assumed = Assumptions(self.state.known(cast))
        for condition in conditions:
            assumed.assume(condition.root)
        return assumed

    def parse_measures(self) -> None:
        """Notes every broken measure."""
        _ = self.parser

    def note(self, code: str, path: Path, message: str, key: bool = False) -> None:
        """Notes a finding at a value (or its key)."""
        self.problems.note(code, self.document.locate(path, key), dotted(path), message)

    def unknown(
        self,
        path: Path,
        kind: str,
        word: str,
        known: Iterable[str] | Vocabulary,
        key: bool = False,
        code: str = UNKNOWN,
    ) -> None:
        """Notes a name that nothing has, with the nearest spelling or the names that there are."""
        known = known if isinstance(known, Vocabulary) else Vocabulary(known)
        near = None if self.problems.full else nearest(word, known.near(word))
        hint = f", did you mean {quoted(near)}?" if near else f": {there_are(known.names)}"
        self.note(code, path, f"unknown {kind} {quoted(word)}{hint}", key)

    def places(self, scopes: Scopes) -> Vocabulary:
        """The places that an effect may change where ``scopes`` mean somebody."""
        if scopes not in self._places:
            self._places[scopes] = Vocabulary(known_places(self.scenario, scopes))
        return self._places[scopes]

    def expression(self, formula: Formula) -> Expression | None:
        """The parsed expression, or None after noting (once) why it is none."""
        if self.problems.full or formula.path in self.refused:
            return None
        try:
            return self.parser.expression(formula.text, formula.kind, formula.scopes, formula.endings)
        except ExpressionError as error:
            self.refuse(formula.path, error)
            self.refused.add(formula.path)
            return None

    def parsed(self, formula: Formula) -> Expression:
        """An expression that is known to be right."""
        return self.parser.expression(formula.text, formula.kind, formula.scopes, formula.endings)

    def refuse(self, path: Path, error: ExpressionError) -> None:
        """Notes what is wrong with an expression, at the character that it is about."""
        place = self.document.locate_within(path, error.offset)
        self.problems.note(CODES[error.fault], place, dotted(path), error.message)

    def measure_failed(self, name: str, error: ExpressionError) -> None:
        """Notes a broken measure."""
        self.refuse(("measures", name, "value"), error)
