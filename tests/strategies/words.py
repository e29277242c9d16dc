"""The names that a written scenario has in scope, and expressions over them.

Numbers that are written out are multiples of an eighth or of a tenth. Sums of tenths hang on the order in which they
are added, to the last bit, and so do comparisons: whoever follows such a scenario keeps the rules of the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

Draw = Any
"""Hypothesis' draw function."""

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
LEVELS = 2
"""How deep an expression is nested at most, conditions within numbers included."""


def plain(low: float, high: float) -> st.SearchStrategy[float]:
    """Multiples of an eighth or of a tenth between two numbers; simple ones first."""
    eighths = st.integers(round(low * 8), round(high * 8)).map(lambda n: n / 8)
    return eighths | st.integers(round(low * 10), round(high * 10)).map(lambda n: n / 10)


@dataclass(frozen=True)
class Words:
    """What may be named in one place of a scenario."""

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    values: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    actor_flags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    measures: dict[str, bool] = field(default_factory=dict)
    """Measures so far, and whether each is a yes/no."""
    scopes: tuple[str, ...] = ()
    asks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Questions to a side, each with the actors to whom it may be put."""
    secrets: tuple[str, ...] = ()
    """Flags, values and actor flags that not everybody knows."""

    def within(self, *scopes: str) -> Words:
        """The same names where these scopes mean somebody."""
        return replace(self, scopes=scopes)

    def numbers(self) -> list[str]:
        """Names of numbers."""
        names = [*self.issues, *self.values, "day"]
        names += [name for name, is_yesno in self.measures.items() if not is_yesno]
        names += [f"days_since.{name}" for name in (*self.entries, *self.flags)]
        names += [f"days_since.{f}.{owner}" for f in self.actor_flags for owner in (*self.actors[:2], *self.scopes)]
        for issue in self.issues:
            names += [f"{thing}.{actor}.{issue}" for actor in self.actors[:2] for thing in ("position", "salience")]
            names += [
                f"{scope}.{thing}.{issue}" for scope in self.scopes for thing in ("position", "coded", "salience")
            ]
            names += [f"{over}(position.{issue}, {g})" for g in self.all_groups() for over in ("mean", "lowest")]
            names += [f"{over}(salience.{issue}, {g})" for g in self.all_groups() for over in ("highest", "total")]
        names += [f"{scope}.capability" for scope in self.scopes] + [f"capability.{self.actors[0]}"]
        names += [f"{over}(capability, {g})" for g in self.all_groups() for over in ("mean", "highest", "total")]
        names += [f"count(asked.{ask}, {group})" for ask in self.asks for group in self.all_groups()]
        names += [
            f"{over}({flag}, {group})"
            for flag in self.actor_flags
            for group in self.all_groups()
            for over in ("count", "share", "weight")
        ]
        return names

    def conditions(self) -> list[str]:
        """Names of yes/nos."""
        names = [*self.flags, *(f"flag.{flag}" for flag in self.flags)]
        names += [name for name, is_yesno in self.measures.items() if is_yesno]
        names += [f"{flag}.{actor}" for flag in self.actor_flags for actor in self.actors[:3]]
        names += [f"asked.{ask}.{actor}" for ask, to in self.asks.items() for actor in to[:2]]
        for scope in self.scopes:
            names += [f"{scope}.{flag}" for flag in self.actor_flags]
            names += [f"{scope}.asked.{ask}" for ask in self.asks]
            names += [f"{scope}.knows.{thing}" for thing in self.secret_things(*self.scopes)]
            names += [f"{scope}.is.{actor}" for actor in self.actors[:2]]
            names += [f"{scope}.in.{group}" for group in self.groups]
        names += [f"knows.{actor}.{thing}" for actor in self.actors[:2] for thing in self.secret_things()]
        names += [f"any(asked.{ask}, {group})" for ask in self.asks for group in self.all_groups()]
        names += [f"{over}({f}, {g})" for f in self.actor_flags for g in self.all_groups() for over in ("any", "all")]
        return names

    def all_groups(self) -> tuple[str, ...]:
        """The groups declared, and everyone."""
        return (*self.groups, "actors")

    def number_places(self) -> list[str]:
        """Where numbers may be added or set; issues come often, since they matter most."""
        owners = (*self.actors[-2:], *self.all_groups())
        names = [*self.issues * 5, *self.values * 3]
        names += [f"position.{owner}.{issue}" for owner in owners for issue in self.issues]
        names += [f"{scope}.position.{issue}" for scope in self.scopes for issue in self.issues]
        return names

    def secret_things(self, *scopes: str) -> list[str]:
        """What may be known or not, a few of them."""
        names = [name for name in self.secrets if name not in self.actor_flags]
        holders = (self.actors[-1], *scopes)
        names += [f"{name}.{holder}" for name in self.secrets if name in self.actor_flags for holder in holders]
        return [*names, *(f"position.{self.actors[0]}.{issue}" for issue in self.issues[:1])]

    def flag_places(self) -> list[str]:
        """What may become yes or no."""
        owners = (*self.actors[-2:], *self.all_groups())
        names = [*self.flags, *(f"flag.{flag}" for flag in self.flags)]
        names += [f"{flag}.{owner}" for flag in self.actor_flags for owner in owners]
        names += [f"{scope}.{flag}" for flag in self.actor_flags for scope in self.scopes]
        return names


def number(draw: Draw, words: Words, low: float = -20, high: float = 20, level: int = 0) -> str:
    """A number, those that are written out between two bounds."""
    kinds = ["written", "name"] if level == LEVELS else ["written", "name", "scaled", "sum", "call", "choice", "ratio"]
    match draw(st.sampled_from(kinds)):
        case "written":
            return repr(draw(plain(low, high)))
        case "name":
            return draw(st.sampled_from(words.numbers()))
        case "scaled":
            name, factor = draw(st.sampled_from(words.numbers())), draw(plain(-2, 2))
            return f"{factor} * {name}"
        case "sum":
            left, right = number(draw, words, low, high, level + 1), number(draw, words, low, high, level + 1)
            op = draw(st.sampled_from(["+", "-", "*"]))
            return f"({left} {op} {right})"
        case "call":
            return called(draw, words, low, high, level + 1)
        case "choice":
            left, right = number(draw, words, low, high, level + 1), number(draw, words, low, high, level + 1)
            return f"({left} if {condition(draw, words, level + 1)} else {right})"
        case _:
            left, right = number(draw, words, low, high, level + 1), number(draw, words, low, high, level + 1)
            divided = f"{left} / {draw(st.sampled_from([2, -4, 0.5]))}"
            return f"({draw(st.sampled_from([divided, f'ratio({left}, {right}, 1.5)', f'-{right}']))})"


def called(draw: Draw, words: Words, low: float, high: float, level: int) -> str:
    """A function of numbers."""
    x, y = number(draw, words, low, high, level), number(draw, words, low, high, level)
    calls = [f"min({x}, {y})", f"max({x}, {y}, 0)", f"abs({x})", f"clamp({x}, {low}, {high})", f"sqrt({x})"]
    return draw(st.sampled_from([*calls, f"logistic({x})", f"exp(clamp({x}, -4, 2))", f"exp(({x}) / -64)"]))


def condition(draw: Draw, words: Words, level: int = 0) -> str:
    """A yes/no."""
    kinds = ["compared", "written"]
    if level < LEVELS:
        kinds = ["compared", "time", "not", "joined", "chained", "alike", "written"]
    named = words.conditions()
    if named:
        kinds = ["named", *kinds]
    match draw(st.sampled_from(kinds)):
        case "written":
            return draw(st.sampled_from(["True", "True", "False"]))
        case "named":
            return draw(st.sampled_from(["", "not "])) + draw(st.sampled_from(named))
        case "compared":
            name, op = draw(st.sampled_from(words.numbers())), draw(st.sampled_from(COMPARISONS))
            return f"{name} {op} {draw(plain(-10, 60))}"
        case "time":
            return f"day {draw(st.sampled_from(COMPARISONS))} {draw(st.integers(0, 40))}"
        case "not":
            return f"not ({condition(draw, words, level + 1)})"
        case "alike":
            left, right = condition(draw, words, level + 1), condition(draw, words, level + 1)
            return f"({left}) {draw(st.sampled_from(['==', '!=']))} ({right})"
        case "joined":
            left, right = condition(draw, words, level + 1), condition(draw, words, level + 1)
            return f"({left}) {draw(st.sampled_from(['and', 'or']))} ({right})"
        case _:
            return f"{draw(plain(-20, 20))} < {number(draw, words, level=level + 1)} <= {draw(plain(0, 80))}"


def chance(draw: Draw, words: Words) -> str:
    """A probability; a written one, most of the time."""
    match draw(st.sampled_from(["written"] * 4 + ["logistic", "clamped", "flag"])):
        case "written":
            return repr(draw(st.integers(1, 16)) / 16)
        case "logistic":
            return f"logistic(({number(draw, words)}) / 8)"
        case "flag":
            return f"0.25 + 0.5 * ({condition(draw, words)})"
        case _:
            return f"clamp({number(draw, words, -1, 2)}, 0, 1)"
