"""Two worlds that differ only in what an actor can't know are the same to it, in all that it decides by.

What the checker proves of a scenario by its text is tried here on states: whatever an actor does not know is drawn
anew, and what it may do, what that promises and how it leans on a question stay as they were. Options that table a
question are left out, since whoever tables one counts heads.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from engine.rules import Rules
from engine.rules.arrays import Numbers, YesNo
from engine.rules.layout import NO_STAMP
from engine.rules.world import World
from engine.scenario.names import Reference, thing_of
from tests.fuzz.effort import cases
from tests.scenario.minimal import check, load, replaced
from tests.scenario.test_knowledge import BREACHES, STORY
from tests.strategies.mending import load_text
from tests.strategies.scenarios import scenario_texts

RUNS = 40


def knows(rules: Rules, world: World, actor: str, place: Reference) -> YesNo:
    """In which runs an actor knows something of the state."""
    layout = rules.layout
    row = layout.rows.get(Reference("knows", thing_of(place), actor))
    always = layout.knowledge.knows(actor, place)
    found: YesNo = np.full(world.runs, always) if row is None else world.cells[row] != 0.0
    return found


def blurred(rules: Rules, world: World, actor: str, chance: np.random.Generator) -> World:
    """A world in which everything is drawn anew that an actor does not know."""
    layout, cells = rules.layout, world.cells.copy()
    for place in layout.knowledge.state():
        row, hidden = layout.rows[place], ~knows(rules, world, actor, place)
        low, high = (bounds[row] for bounds in layout.bounds)
        drawn: Numbers = chance.uniform(low, high, world.runs)
        if place.kind in ("flag", "actor_flag"):
            drawn = np.where(drawn < 0.5, 0.0, 1.0)
            stamp = layout.stamps[row]
            since = np.where(drawn == 1.0, np.floor(chance.uniform(0.0, world.day + 1.0)), NO_STAMP)
            cells[stamp] = np.where(hidden, since, cells[stamp])
        cells[row] = np.where(hidden, drawn, cells[row])
    for reference, row in layout.rows.items():
        if reference.kind == "knows" and reference.who != actor:
            cells[row] = np.where(chance.uniform(size=world.runs) < 0.5, 0.0, 1.0)
    return replace(world, cells=cells)


def differs(rules: Rules, world: World, chance: np.random.Generator) -> set[str]:
    """What looks otherwise to those who decide by it, in a world in which all that they can't know is drawn anew."""
    found, seen = set[str](), rules.appraise(world)
    tabling = {block.action_id for block in rules.blocks if block.questions}
    for actor in rules.scenario.actors:
        other = blurred(rules, world, actor, chance)
        then = rules.appraise(other)
        for number, option in enumerate(rules.options):
            if option.actor != actor or option.action in tabling:
                continue
            if not np.array_equal(seen.legal[number], then.legal[number]):
                found.add(f"{option} is legal")
            elif not np.allclose(seen.gain[number], then.gain[number], rtol=1e-9, atol=1e-9):
                found.add(f"{option} promises")
        for question in rules.questions:
            here, there = rules.leaning(world, question), rules.leaning(other, question)
            for seat, member in enumerate(question.body(world.tick).names):
                if member == actor and not np.allclose(here.gain[seat], there.gain[seat], rtol=1e-9, atol=1e-9):
                    found.add(f"{actor} leans on {question.id}")
    return found


def differing(rules: Rules, seed: int, paces: int = 6) -> set[str]:
    """The same over the first paces of some runs."""
    world, chance, found = rules.open(seed, 0, RUNS), np.random.default_rng(seed), set[str]()
    for _ in range(min(rules.timeline.paces, paces)):
        found |= differs(rules, world, chance)
        rules.step(world)
    return found


def test_a_scenario_without_a_breach_looks_the_same(tmp_path: Path) -> None:
    """To everybody, in every pace."""
    assert differing(Rules(load(tmp_path, STORY)), 1) == set()


SEEN = [name for name, (_, _, code, *_) in BREACHES.items() if code in ("E321", "E322") and "question put" not in name]
"""Breaches that bear on what somebody does in these worlds, in which questions stay as they are."""


@pytest.mark.parametrize("name", SEEN)
def test_a_breach_looks_otherwise(tmp_path: Path, name: str) -> None:
    """What the checker refuses does let somebody act on what it can't know."""
    old, new, *_ = BREACHES[name]
    scenario = check(tmp_path, replaced(old, new, STORY)).scenario
    assert scenario is not None
    assert differing(Rules(scenario), 1, paces=8)


@pytest.mark.slow
@settings(max_examples=cases(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario_texts(), st.integers(0, 2**32))
def test_what_the_checker_lets_pass_looks_the_same(text: str, seed: int) -> None:
    """Of scenarios that are drawn by chance, with what the checker found mended."""
    note(text)
    assert differing(Rules(load_text(text)), seed) == set()
