"""The engine and the plain interpreter tell the same histories, to the last bit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from engine.play.game import Game
from engine.rules import Rules
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from tests.asked import LOST_PLANE
from tests.fuzz.effort import cases
from tests.reference.run import Run
from tests.reference.story import Story
from tests.strategies.mending import load_text
from tests.strategies.scenarios import scenario_texts


def differences(expected: Any, found: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every place in which two records differ."""
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        for key, part in expected.items():
            yield from differences(part, found[key], f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, part in enumerate(expected):
            yield from differences(part, found[number], f"{path}[{number}]")
    elif expected != found:
        yield path, expected, found


def in_turns(paces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What happened pace by pace, turn by turn: everything that was done in a turn, and the state at its end."""
    turns: list[dict[str, Any]] = []
    for pace in paces:
        if not turns or turns[-1]["turn"] != pace["turn"]:
            turns.append(
                {"turn": pace["turn"], "date": pace["date"], "moves": [], "votes": [], "events": [], "asked": []}
            )
        for done in ("moves", "votes", "events", "asked"):
            turns[-1][done] += pace[done]
        turns[-1] |= {key: pace[key] for key in ("values", "flags", "actor_flags")}
    for turn in turns:
        turn["asked"].sort()
    return turns


def told_plainly(run: Run) -> dict[str, Any]:
    """A whole run by the plain interpreter."""
    turns = in_turns(run.play())
    assert run.ending is not None
    positions = {place: run.world.state[place] for place in run.world.origin}
    return {"turns": turns, "ending": run.ending.id, "scores": run.scores, "positions": positions}


def told_by_the_engine(game: Game, run: Run) -> dict[str, Any]:
    """The same run as a game that nobody plays, without what only the engine tells."""
    turns = [turn.as_json() for turn in game.play()]
    for turn in turns:
        assert len(turn.pop("dispatches")) == len(turn.pop("known_to"))
        turn["asked"] = sorted([put["ask"], actor] for put in turn["asked"] for actor in put["actors"])
        assert turn.pop("lapsed") == []
        turn.pop("knows", None)
        for done in ("moves", "votes", "events"):
            for one in turn[done]:
                assert turn["date"] <= one.pop("date"), (done, one, turn["date"])
        for move in turn["moves"]:
            assert sum(move.pop("terms").values()) == pytest.approx(move["gain"], abs=1e-9)
    assert game.ending is not None
    positions = {place: game.read(place) for place in run.world.origin}
    return {"turns": turns, "ending": game.ending.id, "scores": game.scores(), "positions": positions}


def check_run(rules: Rules, story: Story, seed: int, number: int) -> None:
    """One run, told twice."""
    run = Run(story, seed, number)
    plainly = told_plainly(run)
    assert list(differences(plainly, told_by_the_engine(Game(rules, seed, number), run))) == []


@pytest.mark.slow
@settings(max_examples=cases(14), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenario_texts(), st.integers(0, 2**64 - 1), st.integers(0, 10**6))
def test_drawn_scenarios(text: str, seed: int, run: int):
    """Moves, votes, events, flags, endings, values, gains and chances of 14 scenarios; more in `make fuzz`."""
    note(text)
    scenario = load_text(text)
    check_run(Rules(scenario), Story(scenario), seed, run)


def check_runs(scenario: Scenario, seed: int, runs: int) -> None:
    """The first runs of a scenario, each told twice."""
    rules, story = Rules(scenario), Story(scenario)
    for number in range(runs):
        check_run(rules, story, seed, number)


@pytest.mark.slow
@pytest.mark.fuzz
def test_kosovo():
    """A run of Kosovo, day by day; more in `make fuzz`."""
    check_runs(load_scenario("kosovo-2007"), seed=2007, runs=cases(1))


@pytest.mark.slow
@pytest.mark.fuzz
def test_suez():
    """A run of Suez, with questions to a side; more in `make fuzz`."""
    check_runs(load_scenario("suez-1956"), seed=1956, runs=cases(1))


@pytest.mark.fuzz
def test_the_lost_plane():
    """Thirty runs of the crisis in which two capitals are asked what to do."""
    check_runs(load_scenario(LOST_PLANE), seed=2001, runs=cases(25))


@pytest.mark.slow
@pytest.mark.fuzz
def test_cuba():
    """Two runs of October 1962, two hours at a time, with secrets and delayed effects; more in `make fuzz`."""
    check_runs(load_scenario("cuba-1962"), seed=1962, runs=cases(2))
