"""From located plain data to a :class:`Scenario`: the shape only, each misfit told in an author's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.expressions import nearest
from engine.prose import counted
from engine.scenario.document import Content, Document, Path, spelled
from engine.scenario.doubts import NumberInDoubt, may_be_in_doubt
from engine.scenario.models import CURVE, NAMED, ONE, PARTS, SEVERAL, WHOLE
from engine.scenario.problems import Problem, Problems, listed, quoted, shortened
from engine.scenario.slips.lines import in_quotes
from engine.scenario.slips.meant import names_meant, remedy, several_numbers
from engine.scenario.slips.swallowed import decimal_comma
from engine.scenario.written import element_of, kind_of, record_of
from engine.signs import as_ascii, first_foreign, latin

R = TypeVar("R", bound=BaseModel)

KEY = "[key]"
"""What pydantic writes at the end of a path that means a key and not its value."""

WAYS = (ONE, SEVERAL, WHOLE, PARTS, NAMED, CURVE)
"""What it writes into a path for the way in which something is written."""

UNKNOWN_KEY = "extra_forbidden"
"""Pydantic's word for a key that a record does not have."""

RIGHT_SHAPES = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "dict_type": "a mapping of names",
    "tuple_type": "a list",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
"""What a value of the wrong type should have been."""

PATTERNS = {
    "^[a-z][a-z0-9_]*$": "small letters, digits and _ and starts with a letter",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$": "small letters, digits and _ and starts with a letter",
    "^[a-z][a-z0-9_-]*$": "small letters, digits, _ and - and starts with a letter",
}
"""What a pattern of a name asks for."""

LIMITS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
"""Bounds of numbers: where pydantic keeps them, and how they are said."""


REST_OF_TEXT = "if it is the rest of a text, put that text between quotation marks, since a comma ends it inside { }"
"""What is said of a key that is several words with nothing under them."""

VALUE_KINDS = {"a date": "date", "a day": "date", "a moment": "date", "a duration": "duration", "a share": "share"}
"""How the rules of values begin, and what they want."""

NUMBER_TYPES = ("float_type", "int_type", "int_from_float")
"""Errors of a value that is no number."""

DASH_OR_COLON = re.compile(r"-(?=[^\s-])|(?<![^\w])[a-z_]+:(?=[^\s:/])")
"""A list or mapping that is a text, since a space is missing."""

CODES = {
    UNKNOWN_KEY: "E101",
    "missing": "E102",
    **dict.fromkeys((*LIMITS, "finite_number"), "E104"),
    "string_pattern_mismatch": "E105",
    "value_error": "E106",
    "literal_error": "E108",
    **dict.fromkeys(("string_too_short", "string_too_long", "too_short", "too_long"), "E109"),
}
"""Which finding each kind of error is; what is not here has the wrong type."""


def validate(model: type[R], document: Document, problems: Problems) -> R | None:
    """The document as a record of this model; None, with every misfit among the problems, where it is none."""
    if not isinstance(document.content, dict):
        is_empty = document.content is None
        found = "the file is empty" if is_empty else f"should be a mapping, is {spelled(document.content)}"
        problems.note("E103", document.root.position, "", found)
        return None
    try:
        return model.model_validate(document.content)
    except ValidationError as failure:
        misfits = [_Misfit(model, document, error) for error in failure.errors(include_url=False)]
        tell(misfits, problems)
    return None


def tell(misfits: list[_Misfit], problems: Problems) -> None:
    """Notes each misfit, but nothing as missing that is only misspelled, or stands in one text with its neighbour."""
    misspelled: set[Path] = set()
    for misfit in misfits:
        if misfit.kind in NUMBER_TYPES and isinstance(misfit.input, str) and several_numbers(misfit.input):
            misspelled |= following(misfit.path)
    for misfit in sorted(misfits, key=lambda misfit: misfit.kind != UNKNOWN_KEY):
        if problems.full:
            problems.left_out += 1
        elif misfit.kind != "missing" or misfit.path not in misspelled:
            misfit.report(problems)
            if misfit.kind == UNKNOWN_KEY:
                misspelled.add(misfit.meant())


def following(path: Path) -> set[Path]:
    """The path of the next entry of a list; none where the last step is a key."""
    last = path[-1]
    return {(*path[:-1], last + 1)} if isinstance(last, int) else set()


def path_of(error: ErrorDetails) -> Path:
    """The path of the value (or key) that an error of pydantic is about."""
    return tuple(step for step in error["loc"] if step not in (KEY, *WAYS))


def bound(number: float) -> str:
    """A bound in digits, which "1e+06" is not."""
    return f"{number:,.0f}" if 1e6 <= abs(number) < 1e15 else f"{number:g}"


class _Misfit:
    """One error of pydantic, being put into words."""

    def __init__(self, model: type[BaseModel], document: Document, error: ErrorDetails) -> None:
        self.model = model
        self.document = document
        self.kind = error["type"]
        self.context: dict[str, Any] = error.get("ctx", {})
        self.input: Content = error["input"]
        self.said = error["msg"]
        self.is_key = error["loc"][-1:] == (KEY,)
        self.path = path_of(error)

    def report(self, problems: Problems) -> None:
        """Notes the misfit at its place, unless it only follows from another one."""
        message = self.message()
        marks_key = self.is_key or self.kind == UNKNOWN_KEY
        place = self.document.locate(self.path, key=marks_key)
        if message is None or (self.input is None and has(problems, "E006", place[0])):
            return
        cause = self.cause(problems, place[0])
        if cause is not None:
            problems.remove([cause])
        problems.note(self.code(), place, dotted(self.path), message if cause is None else cause.message)

    def cause(self, problems: Problems, line: int) -> Problem | None:
        """What YAML has swallowed in a line, where the value is wrong because of it."""
        code = "W010" if self.input is None else "W013" if self.kind == "too_long" else ""
        return has(problems, code, line)

    def code(self) -> str:
        """Which finding it is."""
        if self.kind == "value_error" and isinstance(self.input, dict):
            return "E107"
        return CODES.get(self.kind, "E103")

    def message(self) -> str | None:
        """What is wrong, in a sentence; None where another misfit says it already."""
        if self.kind in RIGHT_SHAPES:
            return f"should be {RIGHT_SHAPES[self.kind]}, is {spelled(self.input)}{self.advice()}"
        if self.kind in LIMITS:
            field, words = LIMITS[self.kind]
            return f"should be {words} {bound(self.context[field])}, is {spelled(self.input)}"
        tell = TELLERS.get(self.kind)
        return tell(self) if tell else self.said[:1].lower() + self.said[1:]

    def unknown_key(self) -> str:
        """Which keys there are instead."""
        slip = self.slip_of_key()
        if slip is not None:
            return slip
        allowed = f"allowed here: {listed(self.allowed(), 30)}"
        meant = self.meant()
        if self.is_rest_of_text():
            return f"unknown key {quoted(self.path[-1])}: {REST_OF_TEXT} ({allowed})"
        hint = f', did you mean "{meant[-1]}"? ({allowed})' if meant != self.path else f": {allowed}"
        return f"unknown key {quoted(self.path[-1])}{hint}"

    def slip_of_key(self) -> str | None:
        """What is wrong with a key that YAML has read otherwise than it was meant, and what to write instead."""
        key = self.path[-1]
        is_alone = self.input is None or self.kind == "invalid_key"
        if is_alone and (number := decimal_comma(self.document.node(self.path[:-1]), key)) is not None:
            return f"the comma before {quoted(key)} ends a value: a decimal number has a point, so write {number}"
        name, colon, value = as_ascii(str(key)).partition(":")
        if self.input is None and colon and value and name.strip() in self.allowed():
            return f"a space is missing behind the colon: write {name.strip()}: {shortened(value.strip())}"
        plain = as_ascii(str(key)).strip()
        if plain != str(key) and plain.strip("{[\"'") in self.allowed():
            return f"{first_foreign(str(key))} in the key: write {plain}"
        return None

    def is_rest_of_text(self) -> bool:
        """Whether an unknown key looks like the words behind a comma: some words, with nothing under them."""
        return self.input is None and " " in str(self.path[-1])

    def number_as_key(self) -> str:
        """That a number stands where a name is wanted, and how it may have come there."""
        return self.slip_of_key() or f"the key {quoted(self.path[-1])} is a number, and a name is wanted"

    def allowed(self) -> list[str]:
        """The keys that the record around this may have."""
        return keys_of(model_at(self.model, self.path[:-1]))

    def meant(self) -> Path:
        """The path of the key that an unknown one is most like; its own where it is like none."""
        near = nearest(latin(as_ascii(str(self.path[-1]))).strip("{[\"'"), self.allowed())
        return (*self.path[:-1], near) if near else self.path

    def wrong_name(self) -> str:
        """What a name is made of."""
        name = self.path[-1] if self.is_key else self.input
        rule = PATTERNS.get(self.context["pattern"], self.context["pattern"])
        has_dashes = "_-" in self.context["pattern"]
        meant = [each for each in names_meant(str(name), has_dashes) if each != name]
        return f"{quoted(name)} is no name: a name is made of {rule}" + (f": write {meant[0]}" if meant else "")

    def missing(self) -> str:
        """That something is not there."""
        return "is missing"

    def broken_rule(self) -> str:
        """What a rule of the models says."""
        said = str(self.context["error"])
        kind = next((kind for words, kind in VALUE_KINDS.items() if said.startswith(words)), None)
        meant = remedy(kind, str(self.input)) if kind and isinstance(self.input, (str, int, float)) else ""
        return f"{said}{self.found()}{meant}"

    def other_word(self) -> str:
        """The only value that is allowed."""
        return f"should be {self.context['expected'].replace('True', 'true')}, is {spelled(self.input)}{self.advice()}"

    def too_short(self) -> str:
        """How many characters are needed."""
        least = self.context["min_length"]
        return "should not be empty" if least == 1 else f"should have at least {least} characters{self.found()}"

    def too_long(self) -> str:
        """How many characters or entries there may be."""
        noun = "character" if self.kind == "string_too_long" else "entry"
        has = len(self.input) if isinstance(self.input, (str, list, dict)) else 0
        return f"should have at most {counted(self.context['max_length'], noun)}, has {has:,}"

    def infinite(self) -> str:
        """That a number has no end."""
        return "should be a finite number"

    def too_few(self) -> str | None:
        """How many entries are needed, unless there are enough and some of them are wrong."""
        least = self.context["min_length"]
        has = len(self.input) if isinstance(self.input, (list, dict)) else 0
        return None if has >= least else f"needs at least {counted(least, 'entry')}, has {has or 'none'}"

    def found(self) -> str:
        """The value that was found, where it is short enough to help."""
        shown = isinstance(self.input, (str, bool, int, float)) and not self.is_key
        return f", not {spelled(self.input)}" if shown else ""

    def advice(self) -> str:
        """How a value of the wrong type is usually mended."""
        if self.input is None and self.path and str(self.path[-1]).count("(") < str(self.path[-1]).count(")"):
            return ": put an expression with a comma in quotation marks"
        if self.kind == "string_type" and isinstance(self.input, (bool, int, float)):
            return f": put it in quotation marks, {in_quotes(str(self.input))}"
        if self.kind in NUMBER_TYPES and isinstance(self.input, str):
            return remedy("number", self.input)
        if self.kind == "string_type" and (text := self.in_brackets()):
            return f": a text that begins with a bracket stands between quotation marks, {in_quotes(text)}"
        if isinstance(self.input, str) and (found := DASH_OR_COLON.match(self.input)):
            return f": a space is missing behind the {'dash' if found[0] == '-' else 'colon'}"
        if self.kind == "tuple_type" and isinstance(self.input, str):
            return f": write [{shortened(self.input)}]"
        if self.kind in ("bool_type", "literal_error") and str(self.input).lower() in ("yes", "no", "on", "off"):
            return ": write true or false"
        return ""

    def in_brackets(self) -> str:
        """A text that YAML has read as a list or mapping of one word, as it was written."""
        match self.input:
            case [str() as word]:
                return f"[{word}]"
            case {**words} if len(words) == 1 and None in words.values():
                return f"{{{next(iter(words))}}}"
        return ""


def has(problems: Problems, code: str, line: int) -> Problem | None:
    """The finding of a code in a line, if it is told already."""
    return next((problem for problem in problems.found if problem.code == code and problem.line == line), None)


TELLERS: dict[str, Callable[[_Misfit], str | None]] = {
    UNKNOWN_KEY: _Misfit.unknown_key,
    "invalid_key": _Misfit.number_as_key,
    "missing": _Misfit.missing,
    "value_error": _Misfit.broken_rule,
    "literal_error": _Misfit.other_word,
    "string_pattern_mismatch": _Misfit.wrong_name,
    "string_too_short": _Misfit.too_short,
    "string_too_long": _Misfit.too_long,
    "too_short": _Misfit.too_few,
    "too_long": _Misfit.too_long,
    "finite_number": _Misfit.infinite,
}
"""Who puts which kind of error into words."""


def dotted(path: Path) -> str:
    """A path as it is written in messages."""
    return ".".join(str(step) for step in path)


def keys_of(model: type[BaseModel] | None) -> list[str]:
    """The keys of a record as an author writes them."""
    if model is None:
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The record that stands at a path below this one, if any does."""
    here: Any = model
    for step in path:
        record = record_of(here)
        here = element_of(here) if record is None else kind_of(record, step)
    return NumberInDoubt if may_be_in_doubt(here) else record_of(here)
