"""Numbers as people of all countries write them, and what they are."""

from __future__ import annotations

import re

from engine.signs import as_ascii

PLAIN_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
"""How a number is written that everybody reads the same."""

GROUPS = re.compile(r"[-+]?\d{1,3}(?P<mark>[ '_.,])\d{3}(?:(?P=mark)\d{3})*")
"""Thousands in groups of three."""

GROUPS_AND_PART = re.compile(r"(?P<whole>[-+]?\d{1,3}(?:(?P<mark>[ '_.,])\d{3})+)(?P<point>[.,])(?P<part>\d+)")
"""The same with a fraction behind another mark."""

INDIAN = re.compile(r"[-+]?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+")
PER_CENT = re.compile(r"(?P<number>.*?\d) ?%")
PAIR = re.compile(r"(?P<number>[-+]?[\d.,' ]*\d)(?: ?[A-Za-z€$£¥°/]{1,12}\.?)|[€$£¥]\s?(?P<money>[-+]?[\d.,' ]*\d)")
ABOUT = re.compile(r"(?:~|≈|ca\.?|about|approx\.?|circa|some)\s*(?P<number>[-+]?[\d.,]*\d)", re.IGNORECASE)
BASED = re.compile(r"[-+]?0[xobXOB][0-9a-fA-F]+")
ZEROS = re.compile(r"(?P<sign>[-+]?)0+(?P<number>\d+(?:\.\d*)?)")
FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667", "⅕": "0.2", "⅛": "0.125"}
LONGEST = 60
"""Characters of a text that may be a number."""

WORDS = {
    word: number
    for number, words in enumerate(
        (
            "zero none nil", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        )
    )
    for word in words.split()
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


def readings(text: str) -> list[str]:
    """The numbers that a text may be, as everybody writes them, the likelier first; none where it is no number."""
    if len(text) > LONGEST:
        return []
    plain = as_ascii(text).strip()
    if plain in FRACTIONS:
        return [FRACTIONS[plain]]
    if PLAIN_NUMBER.fullmatch(plain):
        return [without_zeros(plain)]
    for form in (PER_CENT, ABOUT, PAIR):
        found = form.fullmatch(plain)
        if found:
            inner = readings(next(part for part in found.groups() if part is not None))
            return [hundredth(number) for number in inner] if form is PER_CENT else inner
    return list(dict.fromkeys(separated(plain)))


def separated(text: str) -> list[str]:
    """What a number is whose digits have marks between them."""
    if INDIAN.fullmatch(text):
        return [text.replace(",", "")]
    both = GROUPS_AND_PART.fullmatch(text)
    if both and both["mark"] != both["point"]:
        return [f"{only_digits(both['whole'])}.{both['part']}"]
    groups = GROUPS.fullmatch(text)
    if groups and groups["mark"] == "," and text.count(",") == 1:
        return (
            [only_digits(text), text.replace(",", ".")]
            if not text.lstrip("+-").startswith("0")
            else [text.replace(",", ".")]
        )
    if groups:
        return [only_digits(text)]
    if DECIMAL_COMMA.fullmatch(text):
        return [without_zeros(text.replace(",", "."))]
    if BASED.fullmatch(text):
        return [str(int(text, 0))]
    number = in_words(text)
    return [] if number is None else [str(number)]


def only_digits(text: str) -> str:
    """A number without the marks between its digits."""
    return re.sub(r"[ '_.,]", "", text)


def without_zeros(text: str) -> str:
    """A number without zeros before it, and with one before its point."""
    found = ZEROS.fullmatch(text)
    text = f"{found['sign']}{found['number']}" if found else text
    return re.sub(r"^([-+]?)\.", r"\g<1>0.", text)


def hundredth(number: str) -> str:
    """Per cent as a share of one."""
    return f"{float(number) / 100:.10g}"


def in_words(text: str) -> int | None:
    """The number that English words such as *nineteen thousand* name; None where they name none."""
    words = re.findall(r"[a-z]+", text.lower().replace(" and ", " "))
    if not words or re.sub(r"[a-z\s-]", "", text.lower()):
        return None
    total = part = 0
    for word in words:
        if word in WORDS or word in TENS:
            part += WORDS.get(word, 0) + TENS.get(word, 0)
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in SCALES:
            total, part = total + max(part, 1) * SCALES[word], 0
        else:
            return None
    return total + part


def only_reading(text: str) -> float | None:
    """The number that a text is beyond doubt; None where it is none, or may be two."""
    found = readings(text)
    return float(found[0]) if len(found) == 1 and PLAIN_NUMBER.fullmatch(found[0]) else None
