"""Briefings: short, complete, and in the scenario's own words."""

from __future__ import annotations

import pytest

from engine.play import Game
from engine.play.facts.briefing import READING, brief, brief_side, briefing_lines, cares_in_words
from engine.play.wording import playable
from engine.scenario.load import Report
from engine.scenario.names import Reference
from tests.play.facts.strange import BRACKETS, FROM_THE_RIGHT, LONG

RUSSIA = """\
Status: cares most of all; wants as before, and it stands at between "as before" and "independent".
Red lines: Status: independent.
Aimed at one other: Warn.
Words and measures to use again: Recognise.
You vote in: Council (your no blocks).
You agree most with United States, Kosovo."""


def test_a_side_is_read_in_a_minute_and_a_half(report: Report) -> None:
    """Every playable side of the real crisis, with what it wants and fears."""
    assert report.scenario is not None
    for actor in playable(report.scenario):
        side = brief_side(report.scenario, actor, report.sources)
        text = "\n".join(briefing_lines(side))
        assert 20 < side.seconds <= READING, actor
        assert side.wants is not None
        assert side.wants in text
        assert side.fears is not None
        assert side.fears in text


def test_the_crisis_names_its_deadlines_and_sides(report: Report) -> None:
    """Deadlines in the order of their days, and nothing else of the calendar."""
    assert report.scenario is not None
    crisis = brief(report.scenario)
    assert [str(deadline.on) for deadline in crisis.deadlines] == ["2007-12-10", "2008-02-03"]
    assert [side.actor for side in crisis.sides] == ["serbia", "kosovo", "kosovo_serbs", "russia", "us", "eu"]
    assert crisis.step == "1 week"
    assert len(crisis.paragraphs) == 3


def test_a_small_side_in_full(small: Game) -> None:
    """The whole text of a side of the small crisis."""
    side = brief_side(small.rules.scenario, "russia", {})
    assert "\n".join(briefing_lines(side)) == RUSSIA
    assert side.farthest == ()
    assert [(kin.actor, round(kin.distance, 2)) for kin in side.nearest] == [("us", 0.9), ("kosovo", 1.0)]


def test_a_red_line_is_beyond_where_the_world_stands(report: Report) -> None:
    """Farther from what the side wants than the start is, and dear."""
    assert report.scenario is not None
    lines = brief_side(report.scenario, "serbia", report.sources).red_lines
    assert {("status", 50.0), ("toll", 60.0), ("law", 100.0)} <= {(line.issue, line.point) for line in lines}
    assert all(line.costs >= 10 for line in lines)


def test_a_red_line_costs_what_the_score_would_lose(small: Game) -> None:
    """As the rules count it, in a world that stands at that point."""
    (line,) = brief_side(small.rules.scenario, "us", {}).red_lines
    world = small.world.multiplied(small.world.draws)
    world.cells[small.rules.layout.rows[Reference("issue", line.issue)]] = line.point
    number = small.rules.layout.actors["us"]
    assert line.costs == pytest.approx(small.rules.shortfalls(world)[line.issue][number, 0])
    assert line.costs == pytest.approx(100.0 - small.rules.scores(world)[number, 0])


def test_sources_are_those_of_the_stances(report: Report) -> None:
    """Each quoted article once, the oldest first."""
    assert report.scenario is not None
    sources = brief_side(report.scenario, "kosovo", report.sources).sources
    assert len(sources) == len(set(sources)) == 3
    assert sources[0].startswith("BBC News, 2007-11-20: ")


def test_strange_names_stand_as_they_are(strange: Game) -> None:
    """Brackets, length and direction change nothing."""
    lines = briefing_lines(brief_side(strange.rules.scenario, "russia", {}))
    assert lines[-1] == f"You agree most with {LONG}, {FROM_THE_RIGHT}."
    assert lines[-2] == "You vote in: [red]Council[/] (your no blocks)."
    assert brief(strange.rules.scenario).sides[0].title == BRACKETS


def test_salience_in_words() -> None:
    """Four degrees."""
    words = [cares_in_words(salience) for salience in (1.0, 0.5, 0.3, 0.1)]
    assert words == ["cares most of all", "cares much", "cares", "cares little"]
