"""Untrusted YAML text to located plain data, by events, so that nesting can't exhaust anything.

Only the plain part of YAML is read: mappings, lists and scalars. Anchors, aliases, tags, merge keys,
directives and several documents are refused; ``NO``, ``010`` and ``1:30`` are the text that was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from engine.scenario.document import (
    DOUBLE,
    NO_KEYS,
    NO_PARTS,
    PLAIN,
    SINGLE,
    Content,
    Document,
    Key,
    Node,
    Position,
    spelled,
)
from engine.scenario.files import BEGINNING, read_text
from engine.scenario.limits import DEEPEST, LARGEST_NUMBER, MOST_NODES
from engine.scenario.problems import UNSEEN, Problems, quoted
from engine.scenario.silencers import Remarks
from engine.scenario.slips.swallowed import (
    note_cut_texts,
    note_decimal_commas,
    note_lost_letters,
    note_quotes,
    note_thousands,
)
from engine.scenario.slips.syntax import slips

Read = Callable[[Path, Problems], str | None]
"""How the text of a file is had: `read_text`, or `read_beside` for one that nobody has named."""

UNSEEN_TOLD = 20
"""How many different unseen characters are told."""

WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
LONGEST_NUMERAL = 300
"""Characters of a text between quotation marks that may be a number as well."""

DECIMAL = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
WORDS: dict[str, Content] = {"": None, "~": None, "null": None, "true": True, "false": False}
"""Plain scalars that are not text."""

ONE_LINE_STYLES = frozenset({PLAIN, SINGLE, DOUBLE})
"""Styles whose columns can be told."""

BLANK = "\ue000"
"""Stands for an unseen character until the text is parsed, so that columns stay what they are."""

ESCAPE = "; a backslash begins an escape between double quotation marks, and stands for itself between single ones"
"""Where such a character comes from, which nobody has typed."""

BETWEEN = ": write it out, or put a text that begins with {} between quotation marks"
"""What to write in place of an anchor, an alias or a tag."""

FEWEST = 2
"""Entries of a list that is never cut by a decimal comma: each of its commas stands alone."""

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Only asked for events; nothing is ever constructed by it."""

ALLOWED_UNSEEN = "\n\t"


class _StopError(Exception):
    """The rest of the text is not worth reading."""


class _Dropped:
    """Stands for a key whose value is read and forgotten."""


DROPPED = _Dropped()


class _Frame:
    """A mapping or list that is being read."""

    __slots__ = ("key", "node")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.key: Key | _Dropped | None = None
        """The key whose value comes next."""


def read_document(path: Path, problems: Problems, read: Read = read_text) -> Document | None:
    """A file as located plain data; None, with the reason among the problems, where it can't be read."""
    text = read(path, problems)
    return None if text is None else parse_document(text, problems)


def parse_document(text: str, problems: Problems) -> Document | None:
    """A text as located plain data; None, with the reason among the problems, where it can't be read."""
    return _Builder(without_unseen(text, problems), problems).read()


def without_unseen(text: str, problems: Problems) -> str:
    """The text with its unseen characters noted, each kind of them once, and blanked out."""
    hits: dict[str, list[int]] = {}
    for found in UNSEEN.finditer(text):
        if not is_layout(text, found.start()):
            hits.setdefault(found[0], []).append(found.start())
    if not hits:
        return text
    for character, places in islice(hits.items(), UNSEEN_TOLD):
        line, column = text.count("\n", 0, places[0]) + 1, places[0] - text.rfind("\n", 0, places[0])
        more = f" (it stands there {len(places):,} times)" if len(places) > 1 else ""
        message = f"{named(character)} is not allowed: it can't be seen{more}"
        problems.note("E004", (line, column), "", message)
    if len(hits) > UNSEEN_TOLD:
        problems.note("E004", BEGINNING, "", f"holds {len(hits) - UNSEEN_TOLD} more such characters")
    return UNSEEN.sub(lambda m: m[0] if is_layout(text, m.start()) else BLANK, text)


def is_layout(text: str, at: int) -> bool:
    """Whether a character is a tab or belongs to a line break."""
    return text[at] in ALLOWED_UNSEEN or text[at : at + 2] == "\r\n"


def named(character: str) -> str:
    """An unseen character by its code, and its name where it has one."""
    name = unicodedata.name(character, "").lower()
    return f"character U+{ord(character):04X}" + (f" ({name})" if name else "")


class _Builder:
    """Follows the events of one text, with an explicit stack instead of recursion."""

    def __init__(self, text: str, problems: Problems) -> None:
        self.text = text
        self.problems = problems
        self.remarks = Remarks(text)
        self.spans: list[tuple[int, int]] = []
        """Where quoted and block scalars begin and end."""
        self.is_checked = problems.coded
        """Whether an author wants to hear of what YAML swallows, too."""
        self.root: Node | None = None
        self.stack: list[_Frame] = []
        self.nodes = 0
        self.documents = 0

    def read(self) -> Document | None:
        """The document, or None where the text could not be followed to its end."""
        try:
            for event in yaml.parse(self.text, Loader=LOADER):
                step = STEPS.get(type(event))
                if step is not None:
                    step(self, event)
        except _StopError:
            return None
        except yaml.MarkedYAMLError:
            self.refuse_syntax()
            return None
        except yaml.YAMLError:
            self.problems.note("E005", BEGINNING, "", "can't be read as YAML")
            return None
        if self.is_checked:
            note_cut_texts(self.text, self.spans, self.problems)
            note_lost_letters(self.text, self.problems)
        return Document(self.problems.file, self.root or Node(BEGINNING), self.remarks.silencers())

    def refuse_syntax(self) -> None:
        """Says what the YAML parser could not follow, where, and what to write instead."""
        for slip in slips(self.text, LOADER):
            self.problems.note("E005", (slip.line, slip.column), "", slip.message)

    def take_scalar(self, event: Any) -> None:
        """Puts a scalar in its place."""
        self.refuse_properties(event)
        self.place(self.scalar(event), is_key_able=True)

    def start(self, event: Any) -> None:
        """Starts a mapping or a list."""
        self.refuse_properties(event)
        self.open(event)

    def end(self, event: Any) -> None:
        """Ends the mapping or list that was started last."""
        node = self.stack.pop().node
        if self.is_checked and node.flow and isinstance(node.content, list) and len(node.content) > FEWEST:
            note_decimal_commas(node, self.problems)

    def take_alias(self, event: Any) -> None:
        """Refuses an alias, with nothing in its place."""
        self.refuse(position(event), f"aliases are not allowed (*{quoted(event.anchor)[1:-1]}){BETWEEN.format('*')}")
        self.place(self.count(Node(position(event))), is_key_able=True)

    def start_document(self, event: Any) -> None:
        """Refuses directives and a second document."""
        self.documents += 1
        if self.documents > 1:
            self.refuse(position(event), "a second document starts here: one file holds one, so delete the line ---")
            raise _StopError
        if event.version or event.tags:
            self.refuse(position(event), "directives (lines that start with %) are not allowed")

    def refuse(self, place: Position, message: str) -> None:
        """Notes a part of YAML that scenarios do not use."""
        self.problems.note("E006", place, "", message)

    def refuse_properties(self, event: Any) -> None:
        """Notes an anchor or a tag on a value."""
        if event.anchor is not None:
            self.refuse(
                position(event), f"anchors are not allowed (&{quoted(event.anchor)[1:-1]}){BETWEEN.format('&')}"
            )
        if event.tag is not None:
            self.refuse(position(event), f"tags are not allowed ({quoted(event.tag)[1:-1]}){BETWEEN.format('!')}")

    def open(self, event: Any) -> None:
        """Makes room for what a mapping or list holds."""
        if len(self.stack) >= DEEPEST:
            self.problems.note("E002", position(event), "", f"is nested more than {DEEPEST} levels deep")
            raise _StopError
        empty: Content = {} if isinstance(event, yaml.MappingStartEvent) else []
        node = self.count(Node(position(event), empty, {}, {}, flow=bool(event.flow_style)))
        self.place(node)
        self.stack.append(_Frame(node))

    def count(self, node: Node) -> Node:
        """The same node, once it is known not to be one too many."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.problems.note("E002", node.position, "", f"holds more than {MOST_NODES:,} values")
            raise _StopError
        return node

    def scalar(self, event: Any) -> Node:
        """A scalar as text, number, yes/no or nothing."""
        start, end, style = event.start_mark, event.end_mark, event.style or PLAIN
        value: str = event.value
        line = start.line
        node = self.count(Node((line + 1, start.column + 1), None, NO_PARTS, NO_KEYS, "", style))
        if style != PLAIN:
            self.remarks.strike(start.index, end.index)
            self.spans.append((start.index, end.index))
        if line == end.line and style in ONE_LINE_STYLES:
            node.written = self.text[start.index : end.index]
        if BLANK in value:
            value = value.replace(BLANK, "")
        if not (value.isascii() and value.isprintable()):
            value = self.without_escapes(value, node.position)
        if style != PLAIN or not event.implicit[0]:
            node.content = value
            return node
        node.content = self.resolve(value, node.position)
        if self.is_checked and (type(node.content) is float or not value.isascii()):
            note_thousands(node, self.problems)
            note_quotes(node, self.problems)
        return node

    def without_escapes(self, value: str, place: Position) -> str:
        """The text of a scalar without characters that its escapes have put there, such as ``\\e``."""
        hidden = next((c for c in UNSEEN.findall(value) if c not in ALLOWED_UNSEEN), None)
        if hidden is None:
            return value
        self.problems.note("E004", place, "", f"{named(hidden)} is not allowed: it can't be seen{ESCAPE}")
        return UNSEEN.sub("", value)

    def resolve(self, text: str, place: Position) -> Content:
        """What a plain scalar stands for."""
        if text in WORDS:
            return WORDS[text]
        if not DECIMAL.fullmatch(text):
            return text
        number = float(text)
        if not abs(number) <= LARGEST_NUMBER:
            self.problems.note("E009", place, "", f"the number {quoted(text, 30)[1:-1]} is too large")
            return 0
        return int(text) if WHOLE.fullmatch(text) else number

    def place(self, node: Node, is_key_able: bool = False) -> None:
        """Puts a value where the events say that it belongs."""
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        holder = frame.node
        if isinstance(holder.content, list):
            holder.parts[len(holder.content)] = node
            holder.content.append(node.content)
        elif frame.key is None:
            frame.key = self.key(holder, node, is_key_able)
        else:
            if not isinstance(frame.key, _Dropped) and isinstance(holder.content, dict):
                holder.parts[frame.key] = node
                holder.content[frame.key] = node.content
            frame.key = None

    def key(self, holder: Node, node: Node, is_key_able: bool) -> Key | _Dropped:
        """The key that a scalar is; what can't be a key is noted, and its value forgotten."""
        key = node.content
        if not is_key_able or isinstance(key, (bool, list, dict)) or key is None:
            self.problems.note("E007", node.position, "", f"a key is a word or a number, not {spelled(key)}")
            return DROPPED
        if is_merge(node):
            self.refuse(node.position, "merge keys (<<) are not allowed")
            return DROPPED
        twin = next((known for known in spellings(key) if known in holder.keys), None)
        if twin is not None:
            first = holder.keys[twin][0]
            self.problems.note("E008", node.position, "", f"duplicate key {quoted(key)}: the first is in line {first}")
            return DROPPED
        holder.keys[key] = node.position
        return key


STEPS: dict[type, Callable[[_Builder, Any], None]] = {
    yaml.ScalarEvent: _Builder.take_scalar,
    yaml.MappingStartEvent: _Builder.start,
    yaml.SequenceStartEvent: _Builder.start,
    yaml.MappingEndEvent: _Builder.end,
    yaml.SequenceEndEvent: _Builder.end,
    yaml.AliasEvent: _Builder.take_alias,
    yaml.DocumentStartEvent: _Builder.start_document,
}
"""What each event asks for; from the others nothing follows."""


def position(event: Any) -> Position:
    """Where an event starts, counted from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def spellings(key: Key) -> Iterator[Key]:
    """A key, and what it is with quotation marks or without, which is the same key: ``1`` and ``"1"``."""
    yield key
    if not isinstance(key, str):
        yield str(key)
    elif len(key) < LONGEST_NUMERAL and DECIMAL.fullmatch(key):
        yield from (number for number in (float(key), int(float(key))) if str(number) == key)


def is_merge(node: Node) -> bool:
    """Whether a scalar is YAML's merge key."""
    return node.content == "<<" and node.style == PLAIN
