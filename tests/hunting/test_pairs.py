"""The hunt finds a pair where there is one, and only there: on a story of three days that goes one way."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from engine.scenario.models import Scenario
from tests.hunting.lines import Apart
from tests.hunting.pairs import Never, contradictions, never

SURE = {"tempo": "1d", "appeal": "1000", "once": True}
"""As good as certain to be done on the first day on which it is allowed."""


@pytest.fixture(scope="module")
def story() -> Rules:
    """Ann writes on day 0, bob answers and ann is told on day 1; both vote, and cid hears of it late."""
    return Rules(
        Scenario.model_validate(
            {
                "scenario_format": 1,
                "id": "test",
                "title": "Test",
                "start": "2000-01-01",
                "end": "2000-01-04",
                "step": "1d",
                "issues": {"status": {"title": "Status", "start": 50.0, "scale": {0.0: "low", 100.0: "high"}}},
                "flags": {"written": "a letter was written", "answered": "it was answered", "heard": "cid heard"},
                "actor_flags": {"glad": "is glad"},
                "actors": {name: {"title": name.title()} for name in ("ann", "bob", "cid")},
                "institutions": {
                    "house": {"title": "House", "seats": [{"actor": "ann"}, {"actor": "bob"}], "pass": {"yes": 1}}
                },
                "actions": {
                    "write": {
                        **SURE,
                        "title": "Write",
                        "by": "ann",
                        "effects": [{"set": {"written": "True"}}, {"delay": "1d", "set": {"heard": "True"}}],
                    },
                    "answer": {
                        **SURE,
                        "title": "Answer",
                        "by": "bob",
                        "targets": ["ann", "cid"],
                        "when": "written and target.is.ann",
                        "effects": [{"set": {"answered": "True", "glad.ann": "True"}}],
                        "vote": {"in": "house", "question": "Is it?", "lean": "1 if self.is.ann else -1"},
                    },
                },
                "events": {
                    "rain": {
                        "title": "Rain",
                        "when": "answered",
                        "once": True,
                        "outcomes": {"heavy": {"title": "Heavy"}, "light": {"title": "Light", "weight": "0"}},
                    }
                },
                "endings": [{"id": "end", "title": "The end"}],
            }
        )
    )


def found(story: Rules, first: str, apart: Apart, then: str) -> bool:
    """Whether the hunt finds such a pair."""
    return bool(contradictions(story, [Never(first, apart, then)], games=3))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("write", "answer"),
        ("write by ann", "answer by bob at ann"),
        ("flag written", "answer at ann"),
        ("answer", "answer at ann passed"),
        ("answer at ann: ann yes", "rain"),
        ("answer at ann: bob no", "rain: heavy"),
        ("answer at ann passed", "flag heard"),
        ("flag glad.ann", "rain"),
        ("write", "while written"),
        ("while not written", "write"),
        ("while not answered", "answer"),
    ],
)
def test_what_stands_below_is_found_that_way_round_only(story: Rules, first: str, then: str) -> None:
    """In the order of the news: the calendar, moves, votes, what falls due, chance."""
    assert found(story, first, "below", then)
    assert not found(story, then, "below", first)


@pytest.mark.parametrize(
    ("first", "then", "same"),
    [
        ("answer", "rain", True),
        ("answer", "flag heard", True),
        ("write", "answer", False),
        ("write", "flag heard", False),
        ("answer", "while answered", False),
    ],
)
def test_a_day_shared_is_none_apart(story: Rules, first: str, then: str, same: bool) -> None:
    """Two lines of one story stand on the same day or on a day before and after, never both."""
    assert found(story, first, "same day", then) is found(story, then, "same day", first) is same
    assert found(story, first, "after", then) is not same
    assert not found(story, then, "after", first)


def test_what_never_came_contradicts_nothing(story: Rules) -> None:
    """Nobody voted the text down, no light rain fell, cid got no answer."""
    for absent in ("answer at ann failed", "answer at ann: ann no", "rain: light", "answer at cid", "flag glad.cid"):
        for apart in ("below", "same day", "after"):
            assert not found(story, absent, apart, "write")
            assert not found(story, "write", apart, absent)


def test_a_pair_is_told_with_a_game_to_read(story: Rules) -> None:
    """How many games hold it, and in which to look."""
    assert contradictions(story, never("write", "after", ["answer", "rain: light"]), games=5, seed=9) == [
        '"write" on a day before "answer": 5 of 5 games; brink run test --seed 9 --run 0, days [0] and [1]'
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("anwser", 'no news has a line "anwser", did you mean "answer"?'),
        ("answer by ann", 'no news has a line "answer by ann"'),
        ("rain: hevy", 'no news has a line "rain: hevy", did you mean "rain: heavy"?'),
    ],
)
def test_a_table_can_not_name_what_no_game_has(story: Rules, name: str, said: str) -> None:
    """A line that is renamed would otherwise never be found again."""
    with pytest.raises(ValueError, match=said.replace("?", r"\?")):
        contradictions(story, [Never("write", "below", name)])
