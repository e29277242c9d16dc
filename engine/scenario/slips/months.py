"""The months as the languages of Europe call them."""

from __future__ import annotations

BEGINNINGS = (
    "jan ene gen янв sty",
    "feb fev fév фев lut",
    "mar mär maa mrt мар",
    "apr avr abr апр kwi",
    "may mai mag mei maj май мая",
    "jun juin giu июн cze",
    "jul juil lug июл lip",
    "aug aoû aou ago авг sie",
    "sep set сен wrz",
    "oct okt ott out окт paź",
    "nov ноя lis",
    "dec dez déc dic дек gru",
)
"""How the names of each month begin: English, German, Dutch, French, Spanish, Portuguese, Italian, Polish, Russian."""

NUMBERS = {beginning: number for number, names in enumerate(BEGINNINGS, start=1) for beginning in names.split()}


def month_of(name: str) -> int:
    """The number of a month by its name or the beginning of it; 0, which is none, for any other word."""
    low = name.lower()
    return NUMBERS.get(low[:4]) or NUMBERS.get(low[:3], 0)
