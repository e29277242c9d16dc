"""What many runs cover of a scenario agrees with the games themselves, and what can't happen is said never to."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.batch.analysis.coverage import Coverage, Happening, cover
from engine.play.game import Game
from engine.rules import Rules
from tests.scenario.minimal import load, replaced

SEED, RUNS = 7, 40


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """The minimal scenario, with an event that may turn out in two ways."""
    text = replaced(
        '    effects: [{add: {unrest: 0.2}}]\n    dispatch: "{date}: clashes."\n',
        "    outcomes: {small: {title: Small, effects: [{add: {unrest: 0.2}}]}, none: {title: None, weight: 0}}\n",
    )
    return Rules(load(tmp_path_factory.mktemp("coverage"), text))


@pytest.fixture(scope="module")
def coverage(rules: Rules) -> Coverage:
    """Some runs of it, in several chunks."""
    return cover(rules, RUNS, SEED, chunk=16)


@pytest.fixture(scope="module")
def games(rules: Rules) -> list[Game]:
    """The same runs as games."""
    found = [Game(rules, SEED, run) for run in range(RUNS)]
    for game in found:
        game.play()
    return found


def one(coverage: Coverage, kind: str, name: str) -> Happening:
    """One thing that happens."""
    return next(happening for happening in coverage.of_kind(kind) if happening.id == name)


@pytest.mark.slow
def test_actions_are_counted_as_in_the_games(coverage: Coverage, games: list[Game], rules: Rules) -> None:
    """In how many runs, when first, and by whom."""
    for action in rules.scenario.actions:
        turns = [[t.turn for t in game.turns for m in t.moves if m.option.action == action] for game in games]
        first = sorted(found[0] for found in turns if found)
        found = one(coverage, "action", action)
        assert found.happened.count == len(first)
        assert found.happened.of == RUNS
        assert found.day == 7 * (first[(len(first) - 1) // 2] + first[len(first) // 2]) / 2
        doers = [m.option.actor for game in games for t in game.turns for m in t.moves if m.option.action == action]
        assert found.by == pytest.approx({actor: doers.count(actor) / len(doers) for actor in set(doers)})


@pytest.mark.slow
def test_events_votes_and_endings_are_counted_as_in_the_games(coverage: Coverage, games: list[Game]) -> None:
    """Whatever the kind."""
    clashes = sum(any(e.event == "clashes" for t in game.turns for e in t.events) for game in games)
    assert one(coverage, "event", "clashes").happened.count == clashes
    assert one(coverage, "outcome", "clashes:small").happened.count == clashes
    for way in (True, False):
        votes = sum(any(v.passed is way for t in game.turns for v in t.votes) for game in games)
        assert one(coverage, "passed" if way else "failed", "table_resolution").happened.count == votes
    for ending in coverage.of_kind("ending"):
        closed = [game.turns[-1].turn for game in games if game.ending is not None and game.ending.id == ending.id]
        assert ending.happened.count == len(closed)
    assert sum(ending.happened.count for ending in coverage.of_kind("ending")) == RUNS


def test_what_happens_could_happen(coverage: Coverage) -> None:
    """Nothing happens in more runs than it could."""
    for happening in coverage.happenings:
        if happening.could is not None:
            assert happening.could.count >= happening.happened.count, happening.id


def test_what_never_happens_is_said_to(tmp_path: Path, coverage: Coverage) -> None:
    """An outcome without weight; an action whose moment never comes; an event that can't come about."""
    assert "clashes:none" in {happening.id for happening in coverage.never}
    never = replaced("when: unrest > 0.25\n", "when: unrest > 0.999\n")
    never = never.replace(
        "    when: declared and not self.recognised\n", "    when: declared and status > 99 and not self.recognised\n"
    )
    found = cover(Rules(load(tmp_path, never)), RUNS, SEED)
    dead = {(happening.kind, happening.id) for happening in found.never}
    assert {("action", "recognise"), ("event", "clashes")} <= dead
    assert one(found, "event", "clashes").could is not None
    assert one(found, "event", "clashes").day is None


def test_chunks_change_nothing(rules: Rules, coverage: Coverage) -> None:
    """The same runs, however many side by side."""
    assert cover(rules, RUNS, SEED, chunk=RUNS) == coverage


def test_numbers_at_the_ends_of_their_range_are_counted(tmp_path: Path) -> None:
    """A value that starts at its lowest and never moves is there in all turns."""
    text = replaced(
        "unrest: {title: Unrest, start: 0.2,",
        "calm: {title: Calm, start: 0, range: [0, 1], assumed: x}\n  unrest: {title: Unrest, start: 1,",
    )
    found = {pinned.id: pinned for pinned in cover(Rules(load(tmp_path, text)), RUNS, SEED).pinned}
    assert (found["calm"].at_low, found["calm"].at_high) == (1.0, 0.0)
    assert 0.0 < found["unrest"].at_high < 1.0


@pytest.mark.slow
def test_a_person_should_have_as_many_moves_as_the_rule(tmp_path: Path) -> None:
    """Counted turn by turn in the games: as many as are enough in nine turns of ten."""
    rules = Rules(load(tmp_path, replaced("pace: 1w\nstep: 1w", "step: 2w")))
    found = cover(rules, 30, SEED, chunk=7)
    for actor in rules.scenario.actors:
        moves = sorted(
            sum(move.option.actor == actor for move in turn.moves)
            for run in range(30)
            for turn in Game(rules, SEED, run).play()
        )
        enough = found.budgets[actor]
        assert sum(many <= enough for many in moves) >= 0.9 * len(moves)
        assert enough == 0 or sum(many < enough for many in moves) < 0.9 * len(moves)
