"""Ways in which a line that YAML can't follow may have been meant, each with what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.prose import counted
from engine.scenario.slips.lines import Line, in_quotes, without_comment
from engine.signs import CLOSING, OPENING, SPACES, as_ascii, first_foreign, named

KEY_WITHOUT_SPACE = re.compile(r"([\s-]*)([A-Za-z_]\w*):(?=[^\s:/])(.*)")
KEY_ALONE = re.compile(r"([A-Za-z_]\w*)")
BULLET = re.compile(r"(\s*)[•‣◦·*+●▪○■□►–—-][ \t]*(?=[\w{\[\"'])(.*)")
"""A part of a list as word processors write it."""

FENCE = re.compile(r"\s*(?:```|~~~)\w*\s*")
"""The frame of a program in Markdown."""

DASH_WITHOUT_SPACE = re.compile(r"(\s*)-(?=[^\s-])(.*)")
IN_FLOW = re.compile(r"(?P<start>[{,]\s*[\w.]+\s*:\s+)(?P<value>[^\"'{}\[\],]+)(?=[,}])")
BEFORE_KEY = re.compile(r"(\d|[\]}\"']) (?=[a-z_]\w*: )")
"""The end of a value, and a key behind it."""

STARTS = "[]{}*&!%@`|>?,"
"""Signs with which no plain text may begin."""

BRACKETS = {"{": "}", "[": "]"}
FAR = 200
"""How many lines back an open quotation mark is looked for."""


@dataclass(frozen=True)
class Mend:
    """Lines to write instead, by their number from 0, and what is wrong with those that stand there."""

    wrong: str
    lines: dict[int, str]


def mends(lines: Sequence[str], at: int, column: int, begun: int | None, is_flow: bool) -> Iterator[Mend]:
    """What may have been meant where the parser stopped, the likelier first; ``begun`` is where it began to look."""
    suspects = dict.fromkeys(number for number in (at, begun, before(lines, at)) if number is not None)
    for number in suspects:
        for way in WAYS:
            yield from way(lines, number)
        if last_of_text(lines, number) > number:
            yield from split_text(lines, number)
    yield from open_quotes(lines, at)
    for number in suspects:
        yield from open_brackets(lines, number)
    if is_flow:
        yield from missing_comma(lines, at, column)
    yield from spare_bracket(lines, at, column)
    for number in suspects:
        yield from split_text(lines, number)
    yield from other_indents(lines, at)


def before(lines: Sequence[str], at: int) -> int | None:
    """The last line before one that is not blank."""
    return next((number for number in range(at - 1, max(-1, at - FAR), -1) if lines[number].strip()), None)


def foreign_indents(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A tab, or a space that is none, in the indentation or behind a dash."""
    line = Line.of(lines[at])
    odd = next((sign for sign in line.indent + line.dashes if sign != " " and sign != "-"), None)
    if odd is None:
        return
    name = "a tab" if odd == "\t" else named(odd)
    rest = str(Line("", re.sub(r"-\s+", "- ", line.dashes), line.key, line.gap, line.value))
    wrong = f"{name} stands before the text, and YAML indents by spaces only"
    for indent in likely_indents(lines, at):
        yield Mend(wrong, {at: " " * indent + rest})


def likely_indents(lines: Sequence[str], at: int) -> list[int]:
    """How far a line may be indented: as its neighbour or below it, then as what encloses it."""
    above = before(lines, at)
    if above is None:
        return [0]
    last = Line.of(lines[above])
    if any(sign != " " for sign in last.indent):
        return [0, 2, 4]
    own = len(last.indent) + len(last.dashes)
    first = [own + 2, own] if last.key and not without_comment(last.value)[0] else [own, own + 2]
    return list(dict.fromkeys([*first, *enclosing(lines, at), 0]))


def enclosing(lines: Sequence[str], at: int) -> Iterator[int]:
    """The indentations of the lines above, from the nearest to the outermost."""
    least = 1_000
    for number in range(at - 1, max(-1, at - FAR), -1):
        line = Line.of(lines[number])
        own = len(line.indent)
        if (line.key or line.dashes) and own < least:
            yield from (own + len(line.dashes), own) if line.dashes else (own,)
            least = own


def foreign_signs(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A colon, dash, bracket or comma of another script."""
    text = lines[at]
    if text.isascii():
        return
    mended = re.sub(r"^(\s*[\w.]+)\s*[：ː∶﹕]\s*", r"\1: ", text)
    mended = re.sub(rf"^(\s*)[－–—‐−]\s*(?=[^{SPACES}\s])", r"\1- ", mended)
    if mended != text:
        yield Mend(first_foreign(text.strip()), {at: mended})
    whole = re.sub(r"([:,])(?=\S)", r"\1 ", as_ascii(text))
    if whole != mended:
        yield Mend(first_foreign(text.strip()), {at: whole})


def foreign_quotes(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """Typographic quotation marks around a text."""
    line = Line.of(lines[at])
    value, comment = without_comment(line.value)
    if len(value) > 1 and value[0] in OPENING and value[-1] in CLOSING:
        wrong = f"{value[0]} and {value[-1]} are letters of the text to YAML, whose own quotation marks are \" and '"
        yield Mend(wrong, {at: line.start + in_quotes(value[1:-1]) + comment})


def missing_space(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """No space behind a colon or a dash, or no colon."""
    if found := KEY_WITHOUT_SPACE.fullmatch(lines[at]):
        yield Mend("a space is missing behind the colon", {at: f"{found[1]}{found[2]}: {found[3].rstrip()}"})
    if found := DASH_WITHOUT_SPACE.fullmatch(lines[at]):
        yield Mend("a space is missing behind the dash", {at: f"{found[1]}- {found[2].rstrip()}"})
    if KEY_ALONE.fullmatch(lines[at].strip()):
        yield Mend("a colon is missing behind the key", {at: f"{lines[at].rstrip()}:"})
    elif found := re.fullmatch(r"(\s*)([a-z_]\w*)\s*(?:[-=]>|→|⇒|:=|[=;])\s*(\S.*)", lines[at]):
        yield Mend("a colon stands between a key and its value", {at: f"{found[1]}{found[2]}: {found[3].rstrip()}"})


def foreign_lists(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A part of a list that begins with another sign than a dash, or with none where its neighbours have one."""
    text, above = lines[at], before(lines, at)
    if (found := BULLET.fullmatch(text)) and not DASH_WITHOUT_SPACE.fullmatch(text) and not Line.of(text).dashes:
        sign = text[len(found[1])]
        yield Mend(f"a part of a list begins with a dash, not with {sign}", {at: f"{found[1]}- {found[2].rstrip()}"})
    elif text.lstrip()[:1] in tuple("{[\"'") and above is not None and Line.of(lines[above]).dashes:
        indent = len(text) - len(text.lstrip())
        wrong = "each part of a list begins with a dash"
        yield Mend(wrong, {at: f"{text[:indent]}- {text[indent:].rstrip()}"})


def foreign_comments(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A remark as other languages write it, or the frame of a program in Markdown."""
    text = lines[at]
    if FENCE.fullmatch(text):
        yield Mend("``` belongs to the page that this was copied from: delete it, or make it a comment", {at: "#"})
    elif found := re.fullmatch(r"(\s*)(//|--(?!-)|;+|%|/\*)\s*(.*?)\s*(?:\*/)?\s*", text):
        yield Mend(f"a comment begins with #, not with {found[2]}", {at: f"{found[1]}# {found[3]}".rstrip()})


def text_behind_block_sign(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A text in the line of the sign of a block, which begins below it."""
    line = Line.of(lines[at])
    found = re.fullmatch(r"[|>][-+]?\s+([^#\s].*)", line.value)
    if found and line.key and last_of_text(lines, at) == at:
        value, comment = without_comment(found[1])
        wrong = f"the text behind {line.value[0]} begins in the next line; a text of one line needs no sign"
        yield Mend(wrong, {at: line.start + (in_quotes(value) if why_quoted(value) else value) + comment})


def unquoted_text(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A text that needs quotation marks, or other ones."""
    line = Line.of(lines[at])
    value, comment = without_comment(line.value)
    why = why_quoted(value)
    if not value or why is None or not (line.key or line.dashes) or not is_text(value):
        return
    if last_of_text(lines, at) > at:
        return  # a text of several lines is put between quotation marks as a whole
    inner = value
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1].replace("''", "'") if value[0] == "'" else value[1:-1]
    yield Mend(why, {at: line.start + in_quotes(inner) + comment})


def is_text(value: str) -> bool:
    """Whether a value is a text in need of other quotation marks, not one that is left open, nor a list or mapping."""
    if value[0] in "\"'":
        return value.count(value[0]) % 2 == 0 or (len(value) > 1 and value[-1] == value[0])
    if value[0] in BRACKETS:
        inner, closing, rest = value[1:].partition(BRACKETS[value[0]])
        return bool(closing) and ":" not in inner and "," not in inner and rest.strip()[:1] not in ("", "}", "]", ",")
    return True


def why_quoted(value: str) -> str | None:
    """Why a text needs quotation marks, or others than it has."""
    if not value:
        return None
    if value[0] in STARTS:
        return f"a text that begins with {value[0]} stands between quotation marks"
    if value[0] in "\"'":
        if "\\" in value and value[0] == '"':
            return "a backslash begins an escape between double quotation marks: use single ones"
        return f"the quotation mark {value[0]} ends the text before its end"
    if value.startswith("- "):
        return "a text that begins with a dash stands between quotation marks"
    if ": " in value or value.endswith(":"):
        return "a colon ends a key: a text with one in it stands between quotation marks"
    if " #" in value:
        return "what follows # behind a space is a comment: a text with it stands between quotation marks"
    return None


def unquoted_in_flow(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A text between braces that needs quotation marks."""
    text = lines[at]
    apart = BEFORE_KEY.sub(r"\1, ", text)
    if apart != text:
        yield Mend("a comma is missing", {at: apart})
    for found in IN_FLOW.finditer(text):
        value = found["value"].strip()
        why = why_quoted(value)
        if why is not None:
            yield Mend(why, {at: text[: found.start("value")] + in_quotes(value) + text[found.end("value") :]})
    for sign in ("{", ","):
        tight = re.sub(rf"(\{sign}\s*[A-Za-z_]\w*):(?=[^\s:])", r"\1: ", text)
        if tight != text:
            yield Mend("a space is missing behind the colon", {at: tight})


def open_quotes(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A quotation mark that is not closed, in this line or one above."""
    for number in range(at, max(-1, at - FAR), -1):
        line = Line.of(lines[number])
        value, comment = without_comment(line.value)
        for mark in "\"'":
            if value.startswith(mark) and value.count(mark) % 2:
                inner = value[1:]
                closed = inner[:-1] if inner.endswith(mark) else inner
                yield Mend(
                    f"the quotation mark {mark} is not closed", {number: line.start + in_quotes(closed) + comment}
                )
        if number < at - 1 and value[:1] in ("'", '"'):
            return


def missing_comma(lines: Sequence[str], at: int, column: int) -> Iterator[Mend]:
    """No comma between two parts of a list or mapping in brackets."""
    text = lines[at]
    if 0 < column < len(text):
        yield Mend("a comma is missing", {at: f"{text[:column].rstrip()}, {text[column:].lstrip()}"})


def spare_bracket(lines: Sequence[str], at: int, column: int) -> Iterator[Mend]:
    """A closing bracket that nothing opens."""
    text = lines[at]
    for number in (column, column - 1):
        if 0 <= number < len(text) and text[number] in "]}":
            yield Mend(f"the bracket {text[number]} is one too many", {at: text[:number] + text[number + 1 :]})


def open_brackets(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A bracket that is not closed in its line."""
    waiting: list[str] = []
    for sign in re.sub(r"\"[^\"]*\"|'[^']*'", "", lines[at]):
        if sign in BRACKETS:
            waiting.append(BRACKETS[sign])
        elif waiting and sign == waiting[-1]:
            waiting.pop()
    if waiting:
        closing = "".join(reversed(waiting))
        yield Mend(f"the bracket before {closing} is not closed", {at: lines[at].rstrip() + closing})
        opened = next(sign for sign, end in BRACKETS.items() if end == waiting[-1])
        yield Mend(f"the bracket {opened} is not closed", {at: lines[at].rstrip().rstrip(",") + closing})


def split_text(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A text of several lines that needs quotation marks."""
    line, last = Line.of(lines[at]), last_of_text(lines, at)
    if last == at or not line.value or line.value.startswith(("'", '"')) or not (line.key or line.dashes):
        return
    words = [line.value, *(part.strip() for part in lines[at + 1 : last + 1])]
    why = next((why for part in words if (why := why_quoted(part))), None)
    mark = "'" if any('"' in part for part in words) else '"'
    if why and not (mark == "'" and any("'" in part for part in words)):
        yield Mend(why, {at: line.start + mark + line.value, last: lines[last].rstrip() + mark})


def last_of_text(lines: Sequence[str], at: int) -> int:
    """The last line of the plain text that begins in a line: those behind it that are indented farther."""
    line, last = Line.of(lines[at]), at
    for number in range(at + 1, min(len(lines), at + FAR)):
        after = Line.of(lines[number])
        if after.key or after.dashes or not after.value or len(after.indent) <= len(line.indent):
            break
        last = number
    return last


def other_indents(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """A line that is indented otherwise than those around it."""
    line = Line.of(lines[at])
    if any(sign != " " for sign in line.indent):
        return
    rest = lines[at].lstrip()
    likely = sorted(likely_indents(lines, at), key=lambda indent: abs(indent - len(line.indent)))
    for indent in likely:
        if indent != len(line.indent):
            wrong = f"is indented by {counted(len(line.indent), 'space')}, and its neighbours by {indent}"
            yield Mend(wrong, {at: " " * indent + rest.rstrip()})


Way = Callable[[Sequence[str], int], Iterator[Mend]]

WAYS: tuple[Way, ...] = (
    foreign_indents,
    foreign_comments,
    foreign_lists,
    foreign_quotes,
    foreign_signs,
    missing_space,
    text_behind_block_sign,
    unquoted_text,
    unquoted_in_flow,
)
"""What is tried at each line that may be at fault."""


def changed(lines: Sequence[str], mend: Mend) -> list[str]:
    """The lines with a mend in place."""
    return [mend.lines.get(number, line) for number, line in enumerate(lines)]
