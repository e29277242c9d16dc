"""What becomes of numbers, written once for the compiler: of one number, and of vectors as a processor has them.

numba would leave it to LLVM to find out that a loop over lanes may be vectorised, and whether operands overlap: that
costs three times as much as the work. So a meaning is a few lines that build code for numbers or for vectors alike. The
order of operations is that of ``engine/expressions/portable.py`` and of the table of instructions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from llvmlite import ir
from numba.core.cgutils import get_or_insert_function

from engine.expressions import portable
from engine.expressions.ranges import EXPONENT_LIMIT, ZERO_BELOW
from engine.rules.layout import NO_STAMP
from engine.rules.options import STEEPEST
from engine.rules.program.program import FREE

DOUBLE, WORD = ir.DoubleType(), ir.IntType(64)

Value = Any
"""A number or a vector of numbers in code that is being built."""


def known(builder: ir.IRBuilder, name: str, *given: Value) -> Value:
    """A call of a function that LLVM knows, which gives what its first operand is."""
    kind = ir.FunctionType(given[0].type, [one.type for one in given])
    return builder.call(get_or_insert_function(builder.module, kind, name), given)


class Writer:
    """Builds code for numbers, or for vectors of them."""

    def __init__(self, builder: ir.IRBuilder, many: int) -> None:
        """``many`` lanes at a time."""
        self.builder, self.many = builder, many
        self.add, self.sub, self.mul, self.div = builder.fadd, builder.fsub, builder.fmul, builder.fdiv

    def of(self, kind: ir.Type, number: float) -> Value:
        """A constant in every lane."""
        return ir.Constant(kind, number) if self.many == 1 else ir.Constant(self.shape(kind), [number] * self.many)

    def shape(self, kind: ir.Type) -> ir.Type:
        """Of so many lanes."""
        return kind if self.many == 1 else ir.VectorType(kind, self.many)

    def spread(self, kind: ir.Type, one: Value) -> Value:
        """What is known only when the code runs, in every lane of several."""
        first = self.builder.insert_element(ir.Constant(self.shape(kind), ir.Undefined), one, ir.Constant(WORD, 0))
        places = ir.Constant(ir.VectorType(ir.IntType(32), self.many), [0] * self.many)
        return self.builder.shuffle_vector(first, first, places)

    def number(self, number: float) -> Value:
        """The same number in every lane."""
        return self.of(DOUBLE, number)

    def when(self, a: Value, relation: str, b: Value) -> Value:
        """Whether it holds, as bits."""
        compare = self.builder.fcmp_unordered if relation == "!=" else self.builder.fcmp_ordered
        return compare(relation, a, b)

    def pick(self, bits: Value, a: Value, b: Value) -> Value:
        """One where a bit is set, else the other."""
        return self.builder.select(bits, a, b)

    def yesno(self, a: Value, relation: str, b: Value) -> Value:
        """Whether it holds, as 1.0 or 0.0."""
        return self.pick(self.when(a, relation, b), self.number(1.0), self.number(0.0))

    def is_yes(self, a: Value) -> Value:
        """Whether a yes/no is yes, as bits."""
        return self.when(a, "!=", self.number(0.0))

    def higher(self, a: Value, b: Value) -> Value:
        """The higher of two."""
        return self.pick(self.when(a, ">", b), a, b)

    def lower(self, a: Value, b: Value) -> Value:
        """The lower of two."""
        return self.pick(self.when(a, "<", b), a, b)

    def held(self, a: Value, low: Value, high: Value) -> Value:
        """Held from below, then from above."""
        return self.lower(self.higher(a, low), high)

    def call(self, name: str, a: Value) -> Value:
        """A function that LLVM knows, exact in every lane."""
        kind = "f64" if self.many == 1 else f"v{self.many}f64"
        return known(self.builder, f"llvm.{name}.{kind}", a)

    def size(self, a: Value) -> Value:
        """The number without its sign."""
        return self.call("fabs", a)

    def apart(self, a: Value, b: Value) -> Value:
        """How far two numbers are from each other."""
        return self.size(self.sub(a, b))

    def exponential(self, x: Value) -> Value:
        """e to the power x, as in ``engine/expressions/portable.py``."""
        x = self.held(x, self.number(-EXPONENT_LIMIT), self.number(EXPONENT_LIMIT))
        shifted = self.add(self.mul(x, self.number(portable.PER_LN2)), self.number(portable.TO_WHOLE))
        twos = self.sub(shifted, self.number(portable.TO_WHOLE))
        rest = self.sub(x, self.mul(twos, self.number(portable.LN2_HIGH)))
        rest = self.sub(rest, self.mul(twos, self.number(portable.LN2_LOW)))
        first, second, *others = portable.EXP_TERMS
        power = self.add(self.mul(rest, self.number(first)), self.number(second))
        for term in others:
            power = self.add(self.mul(power, rest), self.number(term))
        bits, word = self.builder.bitcast, self.shape(WORD)
        twos = self.builder.shl(bits(shifted, word), self.of(WORD, portable.EXPONENT))
        return bits(self.builder.add(bits(power, word), twos), self.shape(DOUBLE))

    def logistic(self, x: Value) -> Value:
        """1 / (1 + exp(-x))."""
        one = self.number(1.0)
        return self.div(one, self.add(one, self.exponential(self.builder.fneg(x))))

    def ratio(self, a: Value, b: Value, otherwise: Value) -> Value:
        """A quotient, or something else where it is by next to nothing."""
        by_nothing = self.when(self.size(b), "<", self.number(ZERO_BELOW))
        return self.pick(by_nothing, otherwise, self.div(a, b))

    def since(self, stamp: Value, day: Value) -> Value:
        """Days since a stamp."""
        return self.pick(self.when(stamp, "==", self.number(NO_STAMP)), self.number(-1.0), self.sub(day, stamp))

    def vote(self, u: Value, yes: Value, no: Value, told: Value) -> Value:
        """How a member votes."""
        in_favour = self.when(u, ">=", self.sub(self.number(1.0), yes))
        vote = self.pick(in_favour, self.number(1.0), self.number(0.0))
        vote = self.pick(self.when(u, "<", no), self.number(-1.0), vote)
        return self.pick(self.when(told, "==", self.number(FREE)), vote, told)

    def rate(self, gain: Value, temperature: Value, per_tempo: Value, legal: Value) -> Value:
        """The rate of an option."""
        promised = self.pick(self.is_yes(legal), gain, self.number(0.0))
        steep = self.held(self.div(promised, temperature), self.number(-STEEPEST), self.number(STEEPEST))
        return self.mul(self.mul(self.exponential(steep), per_tempo), legal)


Meaning = Callable[[Writer, Value, Value, Value, Value, Value], Value]
"""What becomes of ``d``, from ``d a b c e`` as an instruction has them."""

_zero: Callable[[Writer], Value] = lambda w: w.number(0.0)  # noqa: E731

MEANINGS: Final[Mapping[str, Meaning]] = {
    "ADD": lambda w, d, a, b, c, e: w.add(a, b),
    "SUB": lambda w, d, a, b, c, e: w.sub(a, b),
    "MUL": lambda w, d, a, b, c, e: w.mul(a, b),
    "DIV": lambda w, d, a, b, c, e: w.div(a, b),
    "NEG": lambda w, d, a, b, c, e: w.builder.fneg(a),
    "LT": lambda w, d, a, b, c, e: w.yesno(a, "<", b),
    "LE": lambda w, d, a, b, c, e: w.yesno(a, "<=", b),
    "GT": lambda w, d, a, b, c, e: w.yesno(a, ">", b),
    "GE": lambda w, d, a, b, c, e: w.yesno(a, ">=", b),
    "EQ": lambda w, d, a, b, c, e: w.yesno(a, "==", b),
    "NE": lambda w, d, a, b, c, e: w.yesno(a, "!=", b),
    "OR": lambda w, d, a, b, c, e: w.higher(a, b),
    "NOT": lambda w, d, a, b, c, e: w.sub(w.number(1.0), a),
    "PICK": lambda w, d, a, b, c, e: w.pick(w.is_yes(a), b, c),
    "MIN": lambda w, d, a, b, c, e: w.add(w.lower(a, b), _zero(w)),
    "MAX": lambda w, d, a, b, c, e: w.add(w.higher(a, b), _zero(w)),
    "HELD": lambda w, d, a, b, c, e: w.add(w.held(a, b, c), _zero(w)),
    "ABS": lambda w, d, a, b, c, e: w.size(a),
    "EXP": lambda w, d, a, b, c, e: w.exponential(a),
    "SQRT": lambda w, d, a, b, c, e: w.call("sqrt", w.add(w.higher(a, _zero(w)), _zero(w))),
    "RATIO": lambda w, d, a, b, c, e: w.ratio(a, b, c),
    "SINCE": lambda w, d, a, b, c, e: w.since(a, b),
    "COPY": lambda w, d, a, b, c, e: a,
    "ISSUE": lambda w, d, a, b, c, e: w.add(d, w.mul(w.sub(w.apart(a, b), w.apart(c, b)), e)),
    "FAR": lambda w, d, a, b, c, e: w.apart(a, b),
    "NEARER": lambda w, d, a, b, c, e: w.sub(a, w.apart(b, c)),
    "NEARERP": lambda w, d, a, b, c, e: w.sub(d, w.mul(w.apart(a, b), c)),
    "MIX": lambda w, d, a, b, c, e: w.add(d, w.add(w.mul(c, a), w.mul(w.sub(w.number(1.0), c), b))),
    "ADDMUL": lambda w, d, a, b, c, e: w.add(a, w.mul(b, c)),
    "ADDPICK": lambda w, d, a, b, c, e: w.add(a, w.pick(w.is_yes(b), c, e)),
    "SUBMUL": lambda w, d, a, b, c, e: w.sub(a, w.mul(b, c)),
    "HELDADD": lambda w, d, a, b, c, e: w.add(w.held(w.add(c, e), a, b), _zero(w)),
    "DIVSUB": lambda w, d, a, b, c, e: w.div(w.sub(b, c), a),
    "DIVNEG": lambda w, d, a, b, c, e: w.div(w.sub(w.builder.fneg(c), b), a),
    "ANDLT": lambda w, d, a, b, c, e: w.mul(a, w.yesno(b, "<", c)),
    "ANDLE": lambda w, d, a, b, c, e: w.mul(a, w.yesno(b, "<=", c)),
    "ANDGT": lambda w, d, a, b, c, e: w.mul(a, w.yesno(b, ">", c)),
    "ANDGE": lambda w, d, a, b, c, e: w.mul(a, w.yesno(b, ">=", c)),
    "ANDEQ": lambda w, d, a, b, c, e: w.mul(a, w.yesno(b, "==", c)),
    "ANDNE": lambda w, d, a, b, c, e: w.mul(a, w.yesno(b, "!=", c)),
    "ANDNOT": lambda w, d, a, b, c, e: w.mul(a, w.sub(w.number(1.0), b)),
}
"""What each plain instruction does."""

LONG_ONES: Final = ("EXP",)
"""Instructions whose vectors are longer."""
