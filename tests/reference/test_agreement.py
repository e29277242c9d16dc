"""The lockstep engine and the plain interpreter tell the same histories."""

from __future__ import annotations

import math
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
from tests.reference.interpreter import ReferenceModel
from tests.reference.program import Program
from tests.strategies.mending import load_text
from tests.strategies.scenarios import scenario_texts

NEARNESS = 1e-9
"""How far values, gains and chances may be apart; everything else is equal exactly."""


def differences(expected: Any, found: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every place in which two records differ."""
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        for key, part in expected.items():
            yield from differences(part, found[key], f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, part in enumerate(expected):
            yield from differences(part, found[number], f"{path}[{number}]")
    elif isinstance(expected, float) and isinstance(found, float):
        if not math.isclose(expected, found, rel_tol=NEARNESS, abs_tol=NEARNESS):
            yield path, expected, found
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


def check_run(rules: Rules, program: Program, seed: int, run: int) -> None:
    """One run, told twice."""
    model = ReferenceModel(program.scenario, seed, run, program)
    expected = {"turns": in_turns(model.play()), "ending": model.ending, "scores": model.scores}
    game = Game(rules, seed, run)
    turns = [turn.as_json() for turn in game.play()]
    for turn in turns:
        assert len(turn.pop("dispatches")) == len(turn.pop("known_to"))
        turn["asked"] = sorted([put["ask"], actor] for put in turn["asked"] for actor in put["actors"])
        assert turn.pop("lapsed") == []
        for done in ("moves", "votes", "events"):
            for one in turn[done]:
                assert turn["date"] <= one.pop("date"), (done, one, turn["date"])
        for move in turn["moves"]:
            assert sum(move.pop("terms").values()) == pytest.approx(move["gain"], abs=NEARNESS)
    assert game.ending is not None
    found = {"turns": turns, "ending": game.ending.id, "scores": game.scores()}
    assert list(differences(expected, found)) == []


@pytest.mark.slow
@settings(max_examples=cases(40), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenario_texts(), st.integers(0, 2**64 - 1), st.integers(0, 10**6))
def test_drawn_scenarios(text: str, seed: int, run: int):
    """Moves, votes, events, flags, endings, values, gains and chances of forty drawn scenarios; more in `make fuzz`."""
    note(text)
    scenario = load_text(text)
    check_run(Rules(scenario), Program(scenario), seed, run)


def check_runs(scenario: Scenario, seed: int, runs: int) -> None:
    """The first runs of a scenario, each told twice."""
    rules, program = Rules(scenario), Program(scenario)
    for run in range(runs):
        check_run(rules, program, seed, run)


@pytest.mark.slow
@pytest.mark.fuzz
def test_kosovo():
    """Six runs of Kosovo, week by week; more in `make fuzz`."""
    check_runs(load_scenario("kosovo-2007"), seed=2007, runs=cases(6))


@pytest.mark.fuzz
def test_the_lost_plane():
    """Thirty runs of the crisis in which two capitals are asked what to do."""
    check_runs(load_scenario(LOST_PLANE), seed=2001, runs=cases(30))


@pytest.mark.slow
@pytest.mark.fuzz
def test_cuba():
    """Two runs of October 1962, two hours at a time, with secrets and delayed effects; more in `make fuzz`."""
    check_runs(load_scenario("cuba-1962"), seed=1962, runs=cases(2))
