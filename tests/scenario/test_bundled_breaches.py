"""Seeded breaches of knowledge in the bundled scenarios: each is found, with what is read and who can't know it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from engine.scenario.load import Report
from engine.scenario.places import find_scenario
from tests.scenario.minimal import check


class Breach(NamedTuple):
    """A record, a passage of it, what is to stand there, and how it is told."""

    record: str
    old: str
    new: str
    code: str
    where: str
    reads: str
    who: str


SEEDED = {
    "cuba-1962": (
        Breach("draw_line_closer", "open_crisis\n", "open_crisis and not flag.written\n",
               "E321", "actions.draw_line_closer.needs.Nothing is decided", "written", "us"),
        Breach("accept_pause_ussr", "open_crisis\n", "open_crisis and forces < 0.5\n",
               "E321", "actions.accept_pause_ussr.needs.Nothing is decided", "forces", "ussr"),
        Breach("assure_in_private", 'cost: "0.0"', 'cost: "0.1 if flag.pictures else 0"',
               "E321", "actions.assure_in_private.cost", "pictures", "ussr"),
        Breach("free_the_guns", "tempo:", 'appeal: "0.1 * forces"\n    tempo:',
               "E321", "actions.free_the_guns.appeal", "forces", "cuba"),
        Breach("denounce", 'cost: "0.0"', 'cost: "0.1 * strike_mood"',
               "E321", "actions.denounce.cost", "strike_mood", "ussr"),
        Breach("board_ship", 'cost: "0.006"', 'cost: "0.006 + 0.1 * resolve"',
               "E321", "actions.board_ship.cost", "resolve", "us"),
        Breach("argue_for_strike", 'cost: "0.03"', 'cost: "0.03 + 0.1 * agreed.assurance.quiet_withdrawal"',
               "E321", "actions.argue_for_strike.cost",
               "agreed_assurance_for_quiet_withdrawal", "joint_chiefs and hawks"),
        Breach("hold_course", "flag.spoken\n", "flag.spoken and days_since.strike_date < 0\n",
               "E321", "actions.hold_course.needs.A quarantine has been proclaimed", "strike_date", "ussr"),
        Breach("call_oas", "      pass:\n", '      lean: "0.1 if flag.first_letter else 0"\n      pass:\n',
               "E322", "actions.call_oas.vote.lean", "first_letter", "argentina"),
        Breach("low_jet_hit", "when: at_line", "when: flag.guns_free and at_line",
               "W804", "events.low_jet_hit.when", "guns_free", "us"),
    ),
    "suez-1956": (
        Breach("warn_israel", "not flag.attacked and day < 1", "not flag.attacked and flag.paper",
               "E321", "actions.warn_israel.needs.Israel has not attacked, and its reserves are still assembling",
               "paper", "us"),
        Breach("accuse", 'cost: "0.01"', 'cost: "0.2 if not flag.paper else 0"',
               "E321", "actions.accuse.cost", "paper", "egypt"),
        Breach("publish", "self.knows.paper and paper", "knows.us.paper and paper",
               "E321", "actions.publish.needs.You know how it was arranged", "paper", "egypt"),
        Breach("send_notes", "flag.bombing\n", "flag.bombing and resolve < 0.5\n",
               "E321", "actions.send_notes.needs.British and French aircraft or troops are at work", "resolve", "ussr"),
        Breach("urge_london", 'cost: "0.01"', 'cost: "0.01 if reserves > 2000 else 0.1"',
               "E321", "actions.urge_london.cost", "reserves", "france"),
        Breach("take_gaza", 'cost: "0.02"', 'cost: "0.1 * resistance"',
               "E321", "actions.take_gaza.cost", "resistance", "israel"),
        Breach("cabinet_revolts", "flag.landed\n", "flag.landed and resolve < 0.14\n",
               "W804", "events.cabinet_revolts.when", "resolve", "france"),
    ),
    "kosovo-2007": (
        Breach("embrace_hard_line", "tempo: 14w", "when: ready.us\n    tempo: 14w",
               "E321", "actions.embrace_hard_line.when", "ready.us", "serbia"),
        Breach("stand_by_belgrade", 'cost: "0.01"', 'cost: "0.2 if flag.authorised else 0.01"',
               "E321", "actions.stand_by_belgrade.cost", "authorised", "russia"),
        Breach("appeal_to_council", "tempo:", "when: not flag.talked\n    tempo:",
               "E321", "actions.appeal_to_council.when", "talked", "serbia"),
        Breach("quiet_word", 'cost: "0.02"', 'cost: "0.02 + 0.002 * position.serbia.status"',
               "E321", "actions.quiet_word.cost", "position.serbia.status", "russia"),
    ),
}  # fmt: skip


def seeded(text: str, breach: Breach) -> str:
    """A scenario with a breach more, in a passage that stands first in the record."""
    start = text.index(f"\n  {breach.record}:\n")
    at = text.index(breach.old, start)
    return text[:at] + breach.new + text[at + len(breach.old) :]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Each scenario, checked once with all its breaches."""
    found = {}
    for name, breaches in SEEDED.items():
        text = Path(find_scenario(name).file).read_text(encoding="utf-8")
        for breach in breaches:
            text = seeded(text, breach)
        found[name] = check(tmp_path_factory.mktemp(name), text)
    return found


@pytest.mark.parametrize(
    ("name", "breach"),
    [(name, breach) for name, breaches in SEEDED.items() for breach in breaches],
    ids=lambda value: value if isinstance(value, str) else f"{value.record} {value.reads}",
)
def test_each_seeded_breach_is_found(checked: dict[str, Report], name: str, breach: Breach) -> None:
    """Where it stands, with what is read and who can't know it."""
    told = [problem for problem in checked[name].problems if problem.code == breach.code]
    here = [problem.message for problem in told if problem.where == breach.where]
    assert any(breach.reads in message and breach.who in message for message in here), (here, told)


def test_nothing_else_is_found(checked: dict[str, Report]) -> None:
    """As many places as were seeded, and no other."""
    for name, breaches in SEEDED.items():
        found = {(p.code, p.where) for p in checked[name].problems if p.code in ("E321", "E322", "W804")}
        assert found == {(breach.code, breach.where) for breach in breaches}
