"""The bytes of a text file as text: UTF-8, or what a byte order mark says; and what other bytes probably are."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from engine.scenario.alphabets import ALPHABETS, BAD, Alphabet
from engine.scenario.problems import Problems, quoted
from engine.scenario.signatures import signature

BEGINNING = (1, 1)
"""The first line and column."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""Byte order marks, the longer before the shorter that it begins with."""

SAMPLE = 20_000
"""How many bytes are looked at where the encoding has to be guessed."""

HIGH = re.compile(rb"[\x80-\xff]+")
SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""Letters beyond ASCII as UTF-8 writes them."""

AROUND = 12
"""How many bytes before the first foreign one help to show what it is."""

MOSTLY = 0.6
"""The share of bytes beyond ASCII that are letters of UTF-8 where only some of them are not."""


@dataclass(frozen=True)
class Guess:
    """An encoding that bytes are probably in."""

    codec: str
    """As Python calls it."""
    title: str
    """As editors call it."""
    iconv: str
    """As the command iconv calls it."""


def decode(raw: bytes, problems: Problems) -> str | None:
    """The text; None, after one finding that says what the bytes probably are, where they are not UTF-8.

    A byte order mark is obeyed and not part of the text; lines that end as on old Macs, in a carriage return alone,
    end like others.
    """
    text = _decode(raw, problems)
    if text is not None and "\r" in text and "\n" not in text:
        return text.replace("\r", "\n")
    return text


def _decode(raw: bytes, problems: Problems) -> str | None:
    for mark, codec, title in MARKS:
        if raw.startswith(mark):
            return after_mark(raw[len(mark) :], codec, title, problems)
    what = signature(raw)
    if what is not None:
        problems.note("E003", (0, 0), "", f"is no text: it is {what}")
        return None
    if 0 in raw and (guess := wide(raw)) is not None:
        problems.note("E003", BEGINNING, "", f"is {guess.title} without a byte order mark: {remedy(guess)}")
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.note("E003", place_of(raw, error.start), "", foreign(raw, error.start))
    return None


def after_mark(raw: bytes, codec: str, title: str, problems: Problems) -> str | None:
    """What follows a byte order mark; None after noting where it breaks off."""
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        line = raw[: error.start].decode(codec, "replace").count("\n") + 1
        byte = f"byte 0x{raw[error.start]:02x} can't be read"
        problems.note("E003", (line, 1), "", f"begins as {title}, but {byte}: save it as UTF-8")
    return None


def place_of(raw: bytes, at: int) -> tuple[int, int]:
    """The line and column of a byte, in a text that may have any line ends."""
    before = raw[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before[before.rfind(b"\n") + 1 :]
    return before.count(b"\n") + 1, len(line.decode("utf-8", "replace")) + 1


def foreign(raw: bytes, at: int) -> str:
    """What bytes probably are that are not UTF-8, and how they become so."""
    byte = f"byte 0x{raw[at]:02x}"
    is_mixed = is_mostly_utf8(raw)
    guess = narrow(SEQUENCE.sub(b"?", raw) if is_mixed else raw)
    if guess is None:
        return f"is not UTF-8: {byte} can't be read; save it as UTF-8"
    shown = meant(raw, at, guess)
    if is_mixed:
        return f"is UTF-8 but for {byte}, which is {shown} in {guess.title}: write that letter anew"
    return f"is not UTF-8 but probably {guess.title} ({byte} is {shown}): {remedy(guess)}"


def is_mostly_utf8(raw: bytes) -> bool:
    """Whether most bytes beyond ASCII are letters of UTF-8."""
    right = sum(len(found[0]) for found in SEQUENCE.finditer(raw))
    return right > MOSTLY * sum(len(found[0]) for found in HIGH.finditer(raw))


def meant(raw: bytes, at: int, guess: Guess) -> str:
    """The character that begins at a byte, in quotation marks."""
    return quoted(raw[at : at + 4].decode(guess.codec, "replace")[:1])


def remedy(guess: Guess) -> str:
    """How a file becomes UTF-8."""
    return f"save it as UTF-8 in your editor, or run iconv -f {guess.iconv} -t UTF-8 OLD > NEW"


def wide(raw: bytes) -> Guess | None:
    """UTF-16 or UTF-32 without a mark, which has a zero beside each letter of ASCII."""
    sample = raw[: SAMPLE - SAMPLE % 4]
    zeros = [sample[start::4].count(0) for start in range(4)]
    quarter = max(1, len(sample) // 4)
    is_zero = [count > 0.6 * quarter for count in zeros]
    match is_zero:
        case [False, True, True, True]:
            return Guess("utf-32-le", "UTF-32", "UTF-32LE")
        case [True, True, True, False]:
            return Guess("utf-32-be", "UTF-32", "UTF-32BE")
        case [False, True, False, True]:
            return Guess("utf-16-le", "UTF-16 (little-endian)", "UTF-16LE")
        case [True, False, True, False]:
            return Guess("utf-16-be", "UTF-16 (big-endian)", "UTF-16BE")
    return None


def narrow(raw: bytes) -> Guess | None:
    """The likeliest encoding of one or two bytes a letter; None where none makes words of the text."""
    sample = from_first(raw)
    best, most = None, 0.0 if len(HIGH.findall(sample)) > 1 else -1.0
    for alphabet in ALPHABETS:
        score = likelihood(sample, alphabet)
        if score > most:
            best, most = alphabet, score
    return Guess(best.codec, best.title, best.iconv) if best else None


def from_first(raw: bytes) -> bytes:
    """The part of a text where bytes beyond ASCII begin."""
    first = HIGH.search(raw)
    start = max(0, first.start() - AROUND) if first else 0
    return raw[start : start + SAMPLE]


def likelihood(sample: bytes, alphabet: Alphabet) -> float:
    """How much like words the bytes beyond ASCII become; below 0 where they are no text of this encoding."""
    try:
        text = sample.decode(alphabet.codec)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 3:
            return BAD
        text = sample[: error.start].decode(alphabet.codec)
    return alphabet.score(text)
