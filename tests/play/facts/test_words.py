"""Translation: a file in a folder changes what is told, and nothing else."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from engine import words
from engine.play import Game
from engine.play.facts.calendar import agenda, days_in_words
from engine.play.facts.council import chambers, tally_in_words
from engine.play.facts.flips import flip_in_words
from engine.play.wording import days_in_words as length_in_words

HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


def compiled(texts: Mapping[str, str]) -> bytes:
    """A file of translations as gettext reads it (its manual, "The Format of GNU MO Files")."""
    pairs = sorted((key.encode(), text.encode()) for key, text in {"": HEADER, **texts}.items())
    keys_at, texts_at = 28, 28 + 8 * len(pairs)
    body, place = b"", texts_at + 8 * len(pairs)
    tables: tuple[list[int], list[int]] = ([], [])
    for table, column in zip(tables, (0, 1), strict=True):
        for pair in pairs:
            table += [len(pair[column]), place + len(body)]
            body += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), keys_at, texts_at, 0, 0)
    return head + struct.pack(f"<{len(pairs) * 4}I", *tables[0], *tables[1]) + body


@pytest.fixture
def backwards(tmp_path: Path) -> Iterator[Path]:
    """A language in which a few texts are spoken differently; English again afterwards."""
    texts = {
        "{yes} of {needed} needed": "«{needed} <- {yes}»",
        "{count}; vetoed by {members}": "«{members}!» {count}",
        "passes with {needed} vote for it\0passes with {needed} votes for it": "«{needed}»\0«{needed}»",
        "{rule}; a no of {members} blocks it": "{rule} («{members}»)",
        "nothing within the scale": "«nichts»",
        "{weeks} week\0{weeks} weeks": "«{weeks} Woche»\0«{weeks} Wochen»",
        "{days} day ago\0{days} days ago": "«vor {days} Tag»\0«vor {days} Tagen»",
    }
    folder = tmp_path / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / f"{words.DOMAIN}.mo").write_bytes(compiled(texts))
    yield tmp_path
    words.use("en")


def test_a_translation_changes_what_is_told(small: Game, backwards: Path) -> None:
    """Texts, placeholders in another order, and plurals; what is not translated stays English."""
    assert words.use("xx", backwards)
    scenario = small.rules.scenario
    chamber = chambers(small)[0]
    assert chamber.rule == "«2» («Russia»)"
    assert tally_in_words(scenario, "council", chamber.motions[0].tally) == "«Russia!» «2 <- 1»"
    assert flip_in_words(scenario, None) == "«nichts»"
    assert (length_in_words(7), length_in_words(21)) == ("«1 Woche»", "«3 Wochen»")
    small.step()
    small.step()
    small.step()
    assert days_in_words(agenda(small).entries[0]) == "«vor 1 Tag»"
    assert length_in_words(3) == "3 days"


def test_without_a_translation_texts_stay_english(small: Game, backwards: Path) -> None:
    """An unknown language is no error, and says that it is none."""
    assert words.use("xx", backwards)
    assert not words.use("yy", backwards)
    assert flip_in_words(small.rules.scenario, None) == "nothing within the scale"
