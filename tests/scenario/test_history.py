"""The history beside a scenario: its names are the scenario's, and its readings lie on the scales."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario.load import check_scenario
from tests.scenario.minimal import replaced, uncoded, write

HISTORY = """\
history_format: 1
entries:
  - on: 2007-12-20
    title: The declaration
    background: it is widely known
    actors: [kosovo]
    does: [declare]
    sets: [declared, recognised.us]
    stands: {status: {at: 75, assumed: as the scale says}}
never: [recognised.russia]
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[kosovo]", "[kosovo]", None),
        ("[kosovo]", "[kosova]", '6:14: error: entries.0.actors.0: unknown actor "kosova", did you mean "kosovo"?'),
        ("[declare]", "[declair]", '7:12: error: entries.0.does.0: unknown action "declair", did you mean "declare"?'),
        ("[declare]", "[warn]", "7:12: error: entries.0.does.0: none of the entry's actors may do this: russia may"),
        ("[declared,", "[declred,", '8:12: error: entries.0.sets.0: unknown flag "declred", did you mean "declared"?'),
        (
            "recognised.us",
            "recognised.uk",
            '8:22: error: entries.0.sets.1: unknown flag "recognised.uk", did you mean "recognised.us"?',
        ),
        (
            "{status:",
            "{statsu:",
            '9:14: error: entries.0.stands.statsu: unknown issue "statsu", did you mean "status"?',
        ),
        ("at: 75", "at: 175", "9:27: error: entries.0.stands.status.at: 175 is off the scale of status, 0 to 100"),
        (
            ", assumed: as the scale says",
            "",
            "9:22: error: entries.0.stands.status: a reading needs evidence, or assumed: and why",
        ),
        ("[recognised.russia]", "[declared]", '10:9: error: never.0: "declared" is set by an entry'),
    ],
)
def test_names_and_readings_are_checked(tmp_path: Path, old: str, new: str, told: str | None) -> None:
    """Each mistake at its line and column, with the spelling that was meant or what is allowed."""
    write(tmp_path)
    (tmp_path / "history.yaml").write_text(replaced(old, new, HISTORY))
    report = check_scenario(tmp_path)
    lines = [uncoded(line).partition("history.yaml:")[2] for line in report.lines()]
    assert lines == ([] if told is None else [told])


def test_quotes_of_readings_are_proved(tmp_path: Path) -> None:
    """As those of entries are."""
    write(tmp_path)
    evidence = 'evidence: [{source: bbc-2007-11-20, quote: "words that nobody wrote there"}]'
    (tmp_path / "history.yaml").write_text(replaced("assumed: as the scale says", evidence, HISTORY))
    (line,) = check_scenario(tmp_path).lines()
    assert "entries.0.stands.status.evidence.0.quote: the quote does not stand in bbc-2007-11-20" in line


def test_the_bundled_history_speaks_of_the_scenario() -> None:
    """Most entries name who acted; flags are set in the order of their days, each only once."""
    history = check_scenario("kosovo-2007").history
    assert history is not None
    assert sum(bool(entry.actors) for entry in history.entries) > 40
    flags = [flag for entry in history.entries for flag in entry.sets]
    assert len(flags) == len(set(flags)) > 25
    late = [entry for entry in history.entries if str(entry.on) > "2008-02-15"]
    assert all(entry.background for entry in late)
    assert not any(entry.evidence for entry in late)
