"""Prizes and foregone stories are found where there are some: on a week in which a coin decides on the second day."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from engine.scenario.models import Scenario
from tests.hunting.outcomes import foregone, worth


def week(fire: float = 100, closes: bool = False) -> Rules:
    """A town burns down or does not; ann wants it to stand, bob to lie in ashes, a little."""
    endings = [
        {"id": "fire", "title": "Fire", "when": "burnt" if closes else "burnt and day >= 7"},
        {"id": "peace", "title": "Peace", "when": "spared" if closes else "spared and day >= 7"},
        {"id": "end", "title": "The end"},
    ]
    stances = {"ann": (0, 1.0), "bob": (60, 0.2)}
    return Rules(
        Scenario.model_validate(
            {
                "scenario_format": 1,
                "id": "test",
                "title": "Test",
                "start": "2000-01-01",
                "end": "2000-01-08",
                "step": "1d",
                "issues": {"ashes": {"title": "Ashes", "start": 0.0, "scale": {0.0: "none", 100.0: "nothing else"}}},
                "flags": {"burnt": "the town is gone", "spared": "it stands"},
                "actors": {
                    name: {"title": name.title(), "stances": {"ashes": {"position": at, "salience": weight}}}
                    for name, (at, weight) in stances.items()
                },
                "events": {
                    "coin": {
                        "title": "Coin",
                        "when": "day == 1",
                        "outcomes": {
                            "heads": {"title": "H", "effects": [{"set": {"burnt": "True", "ashes": str(fire)}}]},
                            "tails": {"title": "T", "effects": [{"set": {"spared": "True"}}]},
                        },
                    }
                },
                "endings": endings,
            }
        )
    )


def test_a_catastrophe_that_pays_is_found_with_whom_it_pays() -> None:
    """Bob scores 40 of 60 points for ashes, none for a town that stands."""
    found = worth(week(), 200)
    assert found.prizes("fire", margin=10, sides=["ann"]) == []
    assert found.prizes("fire", margin=10) == ["bob: fire 33.3, peace 0.0"]
    assert found.prizes("fire", margin=10, but=["peace"]) == []


def test_a_margin_is_asked_for() -> None:
    """Worse is not enough: ann loses thirty points by this fire."""
    found = worth(week(fire=30), 200)
    assert found.prizes("fire", margin=29, sides=["ann"]) == []
    assert found.prizes("fire", margin=31, sides=["ann"]) == ["ann: fire 70.0, peace 100.0"]


def test_what_never_comes_is_said_to_be_unknown() -> None:
    """Nothing is proved by runs that there are not."""
    assert worth(week(), 200).prizes("end", margin=1) == ["too few runs come to end to say what it is worth"]


@pytest.mark.parametrize(("closes", "most", "found"), [(False, 2, 6), (False, 5, 0), (True, 2, 0)])
def test_a_story_that_drags_on_is_found(closes: bool, most: int, found: int) -> None:
    """Five days are left after the coin has fallen, unless the story closes with it."""
    said = foregone(week(closes=closes), games=6, most=most, futures=40)
    assert len(said) == found
    assert all(one.startswith(("5 turns of fire: ", "5 turns of peace: ")) for one in said)
