"""The words of the language: from text to a list of words that alternate as values and operators do.

Everything that Python could read and this language does not allow is refused here, before Python's own parser sees it.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.expressions.errors import ExpressionError, Fault
from engine.signs import CLOSING, OPENING, in_expression, named, shown

MOST_CHARACTERS = 400
"Characters that an expression may have."

MOST_LEVELS = 20
"Levels that the brackets of an expression may be nested."

_WORD = re.compile(
    r"(?P<space> +)"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"
    r"|(?P<refused>\*\*|//|:=|<<|>>|<>|&&|\|\|)"
    r"|(?P<symbol><=|>=|==|!=|[-+*/<>(),])"
    r"|(?P<other>.)",
    re.ASCII,
)
_GLUED = re.compile(r"[\w.]", re.ASCII)

_ALLOWED_KEYWORDS = frozenset({"and", "or", "not", "if", "else", "True", "False"})
_INFIX = frozenset({"+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "and", "or", "if", "else", ","})
_PREFIX = frozenset({"(", "-", "+", "not"})
_BEFORE_NOT = frozenset({"", "(", ",", "and", "or", "not", "if", "else"})

_SETS_NOTHING = "an expression computes a value and sets nothing"
_ROUND_ONLY = "use round brackets"
_BARE_NAMES = "text in quotes does not exist here, write the bare name"
_ONE_LINE = "an expression is one line"
_REASONS = {
    "**": "multiply the value by itself, as in x * x",
    "//": "divide with / by a number that is written out, or use ratio(a, b, if_zero)",
    "%": "write a share as a number, such as 0.4",
    "=": "to compare, write ==",
    ":=": _SETS_NOTHING,
    "<<": "to compare, write <",
    ">>": "to compare, write >",
    "<>": "to compare, write !=",
    "&": "write and",
    "&&": "write and",
    "|": "write or",
    "||": "write or",
    "!": "write not",
    "~": "write not",
    "[": _ROUND_ONLY,
    "]": _ROUND_ONLY,
    "{": _ROUND_ONLY,
    "}": _ROUND_ONLY,
    "'": _BARE_NAMES,
    '"': _BARE_NAMES,
    "`": _BARE_NAMES,
    ".": "a dot stands only inside a name or a number, without spaces",
    "#": "put the remark outside the expression",
    "\\": _ONE_LINE,
    ";": _ONE_LINE,
    "is": "to compare, write ==",
    "in": "to ask who is in a group, write self.in.GROUP, or any(flag, group)",
    "None": "every name has a value",
    "lambda": "the functions are those of the table",
}
_REASON_OTHERWISE = "use numbers, names, functions, + - * /, comparisons, and, or, not, if and else"


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of the text, where it begins, and whether it is a value (a number or a name)."""

    text: str
    start: int
    is_value: bool


def read_words(text: str) -> list[Word]:
    """Split the text into words and check what can be seen without a tree, so that Python's parser has an easy job."""
    _check_characters(text)
    words = list(_split(text))
    _check_brackets(words)
    _check_decimals(words)
    _check_order(words, len(text))
    return words


def _check_characters(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        message = f"the expression has {len(text)} characters, {MOST_CHARACTERS} are allowed: split it into measures"
        raise ExpressionError(message, MOST_CHARACTERS, Fault.LENGTH)
    for offset, character in enumerate(text):
        if not " " <= character <= "~":
            what = f"the character {character!a}" if character.isascii() else named(character)
            raise ExpressionError(f"{what} is not allowed: {_instead_of(character)}", offset)


def _instead_of(character: str) -> str:
    """What to do about a character beyond ASCII: the one that was meant, if that is known."""
    if character in "\r\n":
        return _ONE_LINE
    if character in OPENING + CLOSING:
        return _BARE_NAMES
    meant = in_expression(character)
    return f"write {shown(meant)}" if meant else "use plain ASCII letters, digits, signs and spaces"


def _split(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        match match.lastgroup:
            case "space":
                continue
            case "number":
                _check_number(word, text[match.end() : match.end() + 1], start)
            case "name" if keyword.iskeyword(word) and word not in _ALLOWED_KEYWORDS:
                raise _refusal(word, start)
            case "refused" | "other":
                raise _refusal(word, start)
        is_value = match.lastgroup == "number" or _is_name(match.lastgroup, word)
        yield Word(word, start, is_value)


def _is_name(group: str | None, word: str) -> bool:
    return group == "name" and (not keyword.iskeyword(word) or word in ("True", "False"))


def _check_number(word: str, following: str, start: int) -> None:
    if _GLUED.match(following):
        raise ExpressionError("this is not a number: write it like 12, 0.5 or 1e6, with a space after it", start)
    if re.match(r"0\d", word):
        raise ExpressionError(f"a number does not begin with 0 and a digit: write {word.lstrip('0') or '0'}", start)


def _refusal(word: str, start: int) -> ExpressionError:
    return ExpressionError(f"{word} is not allowed: {_REASONS.get(word, _REASON_OTHERWISE)}", start)


def _check_brackets(words: list[Word]) -> None:
    opened: list[int] = []
    for word in words:
        if word.text == "(":
            opened.append(word.start)
            if len(opened) > MOST_LEVELS:
                raise ExpressionError(
                    f"more than {MOST_LEVELS} brackets inside each other: simplify", word.start, Fault.LENGTH
                )
        elif word.text == ")":
            if not opened:
                raise ExpressionError("this bracket closes nothing: no bracket is open here", word.start)
            opened.pop()
    if opened:
        raise ExpressionError("this bracket is never closed: add a )", opened[-1])


def _check_decimals(words: list[Word]) -> None:
    """Refuse a comma outside all brackets that stands in a number, as it does in many languages."""
    level = 0
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        level += {"(": 1, ")": -1}.get(before.text, 0)
        is_tight = before.start + len(before.text) == word.start == after.start - 1
        if word.text == "," and not level and is_tight and before.text.isdigit() and after.text.isdigit():
            message = f"a decimal number has a point: write {before.text}.{after.text}"
            raise ExpressionError(message, before.start)


def _check_order(words: list[Word], end: int) -> None:
    """Check that values and operators take turns; `before` and `earlier` are the last two words."""
    earlier, before = _NOTHING, _NOTHING
    needs_value = True
    for word in words:
        if needs_value:
            needs_value = _after_gap(word, before, earlier)
        else:
            needs_value = _after_value(word, before)
        earlier, before = before, word
    if needs_value:
        raise ExpressionError("a value is missing at the end" if words else "the expression is empty", end)


_NOTHING = Word("", 0, False)


def _after_gap(word: Word, before: Word, earlier: Word) -> bool:
    """Check a word where a value may begin; return whether one is still needed after it."""
    if word.is_value:
        return False
    if word.text == "not" and before.text not in _BEFORE_NOT:
        raise ExpressionError(f"put brackets around `not ...` after {before.text}", word.start)
    if word.text in _PREFIX:
        return True
    if word.text == ")" and before.text == "(" and earlier.is_value:
        return False
    raise ExpressionError(f"a value is missing before {word.text}", word.start)


def _after_value(word: Word, before: Word) -> bool:
    """Check a word that follows a value; return whether another value is needed after it."""
    if word.text in _INFIX:
        return True
    if word.text == ")":
        return False
    if word.text == "(" and before.is_value:
        return True
    lower = word.text.lower()
    hint = f": write {lower} in small letters" if lower in _INFIX else ""
    raise ExpressionError(f"an operator is missing before {word.text}{hint}", word.start)
