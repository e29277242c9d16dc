"""A record as an observation: what it tells, and how likely it is under the scenario."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import pytest

from engine.assessment.prospect import log_likelihood, prospect
from engine.belief.record import Conditioned, Record
from engine.rules import Rules
from engine.scenario.history import History
from engine.scenario.names import Reference
from tests.belief import stories
from tests.scenario.minimal import load

START = dt.date(2007, 11, 20)


def record_of(rules: Rules, weeks: tuple[int, ...], until: int, action: str = "mobilise") -> Record:
    """South mobilised in some weeks, as known in another."""
    entries = [
        {
            "on": (START + dt.timedelta(weeks=week)).isoformat(),
            "title": "It did",
            "background": "told",
            "actors": ["south"],
            "does": [action],
        }
        for week in weeks
    ]
    history = History.model_validate({"history_format": 1, "entries": entries})
    return Record(rules, history, START + dt.timedelta(weeks=until, days=3))


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """Rules of a bluff."""
    return Rules(load(tmp_path, stories.STORY))


def logs(weeks: tuple[int, ...], until: int) -> list[float]:
    """How likely that is where South does not mean it, and where it does, times the prior: in logarithms, by the rule.

    Two points of the border are worth .02 to it wherever that stands here; a mean wait of three weeks.
    """
    found = []
    for means, prior in ((0, 0.6), (1, 0.4)):
        rate = math.exp((0.4 * means - 0.2 + 0.02) / 0.2) / 21
        moves, still = 1 - math.exp(-7 * rate), -7 * rate
        found.append(math.log(prior) + sum(math.log(moves) if week in weeks else still for week in range(until + 1)))
    return found


@pytest.mark.parametrize("weeks", [(), (1,), (0, 1, 2, 3)])
def test_the_likelihood_of_a_record(rules: Rules, weeks: tuple[int, ...]) -> None:
    """It is that of its deeds and of what it names and was not done, over all that is not known."""
    record = record_of(rules, weeks, 3)
    if not weeks:  # what is named later was not done before
        record = record_of(rules, (5,), 3)
    one, other = logs(weeks, 3)
    exactly = math.log(math.exp(one) + math.exp(other))
    assert log_likelihood(record, worlds=4096) == pytest.approx(exactly, abs=0.03)
    taken = Conditioned(record, 1, 4096)
    row = rules.layout.rows[Reference("flag", "resolute")]
    assert taken.belief.mean(taken.belief.world.cells[row]) == pytest.approx(math.exp(other - exactly), abs=0.02)


def test_what_comes_later_changes_nothing(rules: Rules) -> None:
    """Only when what is named was done up to the day."""
    early, late = (record_of(rules, (1, week), 3) for week in (4, 6))
    assert Conditioned(early, 1, 64).likelihood == Conditioned(late, 1, 64).likelihood


def test_a_prospect(rules: Rules) -> None:
    """Endings that sum to one, and where East may stand."""
    found = prospect(record_of(rules, (1,), 2), 1, 256)
    assert sum(share.share for share in found.endings) == pytest.approx(1.0)
    assert {one.name for one in found.settled} == {"position.east.border"}
    assert 1.0 <= found.independent <= 256
    assert [step.known.action for step in found.steps] == ["mobilise"]
