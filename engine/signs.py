"""The signs of all scripts that stand for one of ASCII: digits, dashes, spaces, quotation marks, commas, colons."""

from __future__ import annotations

import re
import unicodedata

MINUS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\ufe58\ufe63\uff0d\u30fc"
"""Hyphens, dashes and minus signs; the last is the long vowel of Japanese, which keyboards put on the same key."""

SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Spaces that are no spaces to YAML."""

OPENING, CLOSING = "“„”«»‘‚’‹›「『＂＇″", "”“„«»’‘‹›」』＂＇″"
"""Quotation marks that are part of the text to YAML."""

ALIKE = {
    **dict.fromkeys(MINUS, "-"),
    **dict.fromkeys(SPACES, " "),
    **dict.fromkeys("،、﹐", ","),
    **dict.fromkeys("٫", "."),
    **dict.fromkeys("٬", "'"),
    **dict.fromkeys("’ʼ′＇", "'"),
    **dict.fromkeys("٪", "%"),
    **dict.fromkeys("。", "."),
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("ː∶﹕", ":"),
}
"""For each sign the one of ASCII that is meant; those of full width follow from Unicode."""

LOOKS = {**dict(zip("авеёіјкмнорѕстухԁһԛԝ", "aBeeijkMHopsctyxdhqw", strict=True)),
         **dict(zip("АВЕІЈКМНОРЅСТУХ", "ABEIJKMHOPSCTYX", strict=True)),
         **dict(zip("αβεικνορτυχ", "aBeikvoptux", strict=True)),
         **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))}  # fmt: skip
"""Letters of Cyrillic and Greek that look like one of ASCII."""

MATHEMATICS = {
    **dict.fromkeys("×·⋅∙∗", "*"),
    **dict.fromkeys("÷∶", "/"),
    **dict.fromkeys("≤⩽≦", "<="),
    **dict.fromkeys("≥⩾≧", ">="),
    **dict.fromkeys("≠", "!="),
    **dict.fromkeys("∧", "and"),
    **dict.fromkeys("∨", "or"),
    **dict.fromkeys("¬", "not"),
}
"""Signs of mathematics, and what is written for them in an expression."""

NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def as_ascii(text: str) -> str:
    """The text with each digit and sign as ASCII has it; letters stay as they are."""
    return text if text.isascii() else NOT_ASCII.sub(lambda match: ascii_of(match[0]), text)


def ascii_of(sign: str) -> str:
    """The sign of ASCII that another one stands for; itself where there is none."""
    if sign in ALIKE:
        return ALIKE[sign]
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    wide = unicodedata.normalize("NFKC", sign) if "\uff01" <= sign <= "\uff5e" else sign
    return wide if wide.isascii() else sign


def latin(text: str) -> str:
    """The text with letters of ASCII in the place of those that look like them."""
    return text if text.isascii() else "".join(LOOKS.get(letter, letter) for letter in text)


def in_expression(sign: str) -> str:
    """What is written in an expression for a sign beyond ASCII; empty where nobody knows."""
    meant = MATHEMATICS.get(sign) or LOOKS.get(sign) or ascii_of(sign)
    return meant if meant.isascii() else ""


def first_foreign(text: str) -> str:
    """What the first sign is that ASCII has otherwise, such as *a fullwidth colon (U+FF1A)*; empty if none is."""
    found = next((sign for sign in text if not sign.isascii() and ascii_of(sign) != sign), None)
    return "" if found is None else f"{named(found)} stands in the place of {shown(ascii_of(found))}"


def named(sign: str) -> str:
    """A sign by its name and code."""
    name = unicodedata.name(sign, "a sign").lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} (U+{ord(sign):04X})"


def shown(sign: str) -> str:
    """A sign of ASCII as it may stand in a sentence."""
    return "a space" if sign == " " else f'"{sign}"'
