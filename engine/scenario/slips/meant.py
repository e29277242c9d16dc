"""What was probably meant by a value that does not fit: a number, date, duration, share or name, true or false."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator

from engine.scenario.slips.months import month_of
from engine.scenario.slips.numerals import readings
from engine.signs import as_ascii, latin

LONGEST = 60
"""Characters of a text that may be a date, a duration, a share or a name."""

YEAR_FIRST = re.compile(r"(\d{4})[-/. ]\s?(\d{1,2})[-/. ]\s?(\d{1,2})\.?(?:[T ].*)?")
YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]\s?(\d{1,2})[-/. ]\s?(\d{4})")
RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
CHINESE = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]?")
DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[ -](?:de )?([^\W\d_]{3,12})\.?,?[ -](?:de )?(\d{4})(?: ?г\.?)?"
)
MONTH_DAY = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
DURATION = re.compile(r"(?P<number>\d+(?:[.,]\d+)?|an?|one)\s*-?(?P<unit>[A-Za-z]+)\.?")
UNITS = {"d": 1, "day": 1, "days": 1, "w": 7, "wk": 7, "week": 7, "weeks": 7, "m": 30, "month": 30, "months": 30,
         "y": 365, "yr": 365, "year": 365, "years": 365, "h": 1 / 24, "hour": 1 / 24, "hours": 1 / 24}  # fmt: skip
SHARES = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅗": "3/5", "half": "1/2", "two thirds": "2/3",
          "two-thirds": "2/3", "three quarters": "3/4", "three-quarters": "3/4"}  # fmt: skip
YES = frozenset({"yes", "on", "true", "y", "t", "1", "ja", "oui", "si", "sí", "sim", "да", "tak", "はい", "是"})
NO = frozenset({"no", "off", "false", "n", "f", "0", "nein", "non", "não", "нет", "nie", "いいえ", "否"})


def dates_meant(text: str) -> list[str]:
    """The days that a text may mean, as year-month-day; two where day and month may be exchanged."""
    found = dict.fromkeys(day.isoformat() for day in days_of(as_ascii(text[:LONGEST]).strip(" \"'")))
    return [day for day in found if day != text]


def days_of(text: str) -> Iterator[dt.date]:
    """The days that a text in ASCII may mean."""
    for form in (YEAR_FIRST, CHINESE, RUN_TOGETHER):
        if found := form.fullmatch(text):
            yield from day_of(found[1], found[2], found[3])
            if int(found[2]) > 12:
                yield from day_of(found[1], found[3], found[2])
            return
    if found := YEAR_LAST.fullmatch(text):
        yield from day_of(found[3], found[2], found[1])
        if "." not in text:
            yield from day_of(found[3], found[1], found[2])
    elif found := DAY_MONTH.fullmatch(text):
        yield from day_of(found[3], month_of(found[2]), found[1])
    elif found := MONTH_DAY.fullmatch(text):
        yield from day_of(found[3], month_of(found[1]), found[2])


def day_of(year: str, month: str | int, day: str) -> Iterator[dt.date]:
    """That day, if there is one."""
    try:
        yield dt.date(int(year), int(month), int(day))
    except ValueError:
        return


def durations_meant(text: str) -> list[str]:
    """The durations that a text may mean; a bare number is days or weeks."""
    text = as_ascii(text[:LONGEST]).strip(" \"'")
    if re.fullmatch(r"\d{1,4}", text):
        return [f"{text}d", f"{text}w"]
    found = DURATION.fullmatch(text)
    unit = UNITS.get(found["unit"].lower()) if found else None
    if found is None or unit is None:
        return []
    number = 1.0 if found["number"].isalpha() else float(found["number"].replace(",", "."))
    if unit == 7:
        return [f"{number:g}w"]
    days = number * unit
    return [f"{days:.3g}d"] if days < 1 else [f"{days:g}d" if days.is_integer() or unit == 1 else f"{days:.0f}d"]


def shares_meant(text: str) -> list[str]:
    """The shares that a text may mean."""
    text = text[:LONGEST].strip().lower()
    if text in SHARES:
        return [SHARES[text]]
    plain = as_ascii(text)
    if found := re.fullmatch(r"(\d{1,4})\s*[/:]\s*([1-9]\d{0,3})", plain):
        return [f"{found[1]}/{found[2]}"]
    numbers = [float(number) for number in readings(text) if number.replace(".", "", 1).isdigit()]
    return [f"{number / 100 if number > 1 else number:.6g}" for number in numbers if 0 < number <= 100]


def truths_meant(text: str) -> list[str]:
    """Whether a word means true or false."""
    word = text.strip().lower()
    return ["true"] if word in YES else ["false"] if word in NO else []


def names_meant(text: str, dashes: bool = False) -> list[str]:
    """The name that is made of a text: small letters and digits, with _ for the rest."""
    kept = r"[^a-z0-9_-]+" if dashes else r"[^a-z0-9_]+"
    bare = unicodedata.normalize("NFKD", latin(as_ascii(text[:LONGEST]))).encode("ascii", "ignore").decode().lower()
    name = re.sub(kept, "-" if dashes else "_", bare).strip("_-")
    if "," in as_ascii(text):
        return []
    return [name] if re.match(r"[a-z]", name) else []


KINDS: dict[str, Callable[[str], list[str]]] = {
    "number": readings,
    "date": dates_meant,
    "duration": durations_meant,
    "share": shares_meant,
    "truth": truths_meant,
}
"""What may be wanted, and how it is read into a text."""


def several_numbers(text: str) -> list[str]:
    """The parts of a list in brackets that other signs than commas part."""
    parts = [readings(part) for part in re.split(r"\s*[;，、،؛；|]\s*|\s+-\s+", text[:LONGEST].strip())]
    return [", ".join(part[0] for part in parts)] if len(parts) > 1 and all(len(part) == 1 for part in parts) else []


def quotient(text: str) -> list[str]:
    """The number that a fraction is, or one with signs of programs between its digits."""
    plain = as_ascii(text[:LONGEST]).strip()
    if found := re.fullmatch(r"(\d{1,6})\s*/\s*([1-9]\d{0,5})", plain):
        return [f"{int(found[1]) / int(found[2]):.6g}"]
    return [plain.replace("_", "")] if re.fullmatch(r"\d+(?:_\d+)+(?:\.\d+)?", plain) else []


def remedy(kind: str, text: str) -> str:
    """The end of a message: what to write instead, or nothing."""
    found = [meant for meant in KINDS[kind](text) if meant != text]
    if kind == "number" and not found:
        found = several_numbers(text) or quotient(text)
    if kind == "number" and found and as_ascii(text).rstrip().endswith("%"):
        found += readings(as_ascii(text).rstrip().removesuffix("%"))
    return f": write {' or '.join(found[:2])}" if found else ""
