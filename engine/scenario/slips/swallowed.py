"""What YAML swallows without a word: text behind a #, quotation marks that are none, letters lost in copying."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from engine.scenario.document import Content, Node
from engine.scenario.problems import Problems, quoted, shortened
from engine.scenario.slips.lines import Line, in_quotes
from engine.signs import CLOSING, OPENING

CUT = re.compile(r"(?<=[^\s#]) #(?=[^\s#!:=*-])|(?<=:) #(?=[^\s#!:=*-])|(?<=[^\s#]) #(?= ?\d)")
"""A # behind a space, and what follows it without one, or a number: text, and not a comment."""

PROSE = re.compile(r".*[ A-Z]|.*[^\x00-\x7f]")
"""A text that is more than one name."""

VALUE_OF_NONE = re.compile(r"[-+.\d]+[dw]?|true|false|null|~|[\[{|>&*!'\"].*")
"""A value that is no plain text."""

LOST = re.compile("\ufffd|Ã[\x80-\xbf©¨¤¶¼Ÿ±³¡­º§]|â€[™œ\x9d“”˜]|Ð[°-¿]|Â[«»°§]")
"""Letters of UTF-8 that were read as another encoding and saved again, or that could not be read at all."""

SIGNS_OF_LOSS = ("\ufffd", "Ã", "â€", "Ð", "Â")
"""How such letters begin."""

MOST_TOLD = 20
"""How many of each are told."""

Spans = Sequence[tuple[int, int]]
"""Where quoted and block scalars begin and end, in order."""

THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d\d0")
"""A number with three digits behind its point, the last of them 0, as no decimal is written but thousands are."""


def note_cut_texts(text: str, spans: Spans, problems: Problems) -> None:
    """Warns of plain text whose end YAML takes for a comment."""
    told, at = 0, text.find(" #")
    while at >= 0 and told < MOST_TOLD:
        if CUT.match(text, at) and not is_inside(at + 1, spans):
            told += note_cut(text, at + 1, problems)
        at = text.find(" #", at + 2)


def is_inside(at: int, spans: Spans) -> bool:
    """Whether a place lies inside one of the scalars."""
    number = bisect_right(spans, (at, at)) - 1
    return number >= 0 and spans[number][0] <= at < spans[number][1]


def note_cut(text: str, at: int, problems: Problems) -> bool:
    """Warns of the text of one line, where it is one; returns whether it did."""
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    written = text[begin : end if end >= 0 else len(text)].rstrip()
    before = text[begin : at - 1]
    if "#" in before or not before.strip():
        return False
    line = Line.of(before.rstrip())
    rest = written[at - begin :]
    if VALUE_OF_NONE.fullmatch(line.value) or not (line.value or line.key):
        return False
    if line.value and not PROSE.match(line.value) and not rest[1:2].isdigit():
        return False
    meant = f"{line.start}{in_quotes(f'{line.value} {rest}'.strip())}".strip()
    place = (text.count("\n", 0, at) + 1, at - begin + 1)
    message = f"{quoted(rest)} is no part of the text, since # behind a space begins a comment"
    problems.note("W010", place, line.key.rstrip(": ").strip("\"'"), f"{message}: write `{shortened(meant, 200)}`")
    return True


def note_lost_letters(text: str, problems: Problems) -> None:
    """Warns of letters that were lost when the text was copied or saved in another encoding."""
    found = LOST.search(text) if any(sign in text for sign in SIGNS_OF_LOSS) else None
    if found is None:
        return
    at, count = found.start(), len(LOST.findall(text))
    begin = text.rfind("\n", 0, at) + 1
    word = re.split(r"\s", text[max(begin, at - 12) : at + 14].strip())
    near = next((part for part in word if found[0] in part), found[0])
    more = f", here and in {count - 1} more places" if count > 1 else ""
    message = f"letters were lost when this was saved in another encoding ({quoted(near)}{more}): write them anew"
    problems.note("W012", (text.count("\n", 0, at) + 1, at - begin + 1), "", message)


def note_quotes(node: Node, problems: Problems) -> None:
    """Hints at a plain text that stands between typographic quotation marks, which become part of it."""
    value = node.content
    if not isinstance(value, str) or len(value) < 2 or value[0] not in OPENING or value[-1] not in CLOSING:
        return
    inner = value[1:-1]
    if any(sign in OPENING + CLOSING for sign in inner):
        return
    message = f"{value[0]} and {value[-1]} are part of the text: where they only enclose it, write "
    problems.note("I011", node.position, "", message + in_quotes(shortened(inner)))


def note_thousands(node: Node, problems: Problems) -> None:
    """Hints at a number that may be thousands with a point between them."""
    if node.written and THOUSANDS.fullmatch(node.written):
        whole = node.written.replace(".", "")
        message = f"is read as {float(node.written):g}: if thousands are meant, write {whole}"
        problems.note("I014", node.position, "", message)


def note_decimal_commas(node: Node, problems: Problems) -> None:
    """Warns of a list in brackets in which some commas have a space behind them and some, between digits, have not."""
    parts = [node.parts[number] for number in range(len(node.parts))]
    tight = [is_tight(one, other) for one, other in pairwise(parts)]
    if any(tight) and not all(tight):
        first = parts[tight.index(True)]
        second = parts[tight.index(True) + 1]
        message = f"a comma ends a number: write {first.written}.{second.written}, or a space behind each comma"
        problems.note("W013", node.position, "", message)


def is_tight(one: Node, other: Node) -> bool:
    """Whether two whole numbers of a line stand with nothing but a comma between them, as a decimal comma does."""
    is_next = (one.position[0], one.position[1] + len(one.written) + 1) == other.position
    return is_next and one.written.lstrip("+-").isdigit() and other.written.isdigit()


def decimal_comma(holder: Node | None, key: Content) -> str | None:
    """The number that a comma has cut in two inside { }, where its second half has become a key."""
    keys = list(holder.parts) if holder else []
    number = next((at for at, known in enumerate(keys) if str(known) == str(key)), 0)
    if holder is None or number == 0 or not str(key).isdigit():
        return None
    before = holder.parts[keys[number - 1]]
    line, column = holder.keys[keys[number]]
    is_next = (before.position[0], before.position[1] + len(before.written) + 1) == (line, column)
    return f"{before.written}.{key}" if is_next and before.written.lstrip("+-").isdigit() else None
