"""Scripted tests, played: what is ordered is done, what is claimed is counted, and a game is the same as a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.batch.running.cases import CaseVerdict, try_case
from engine.play.game import Game
from engine.play.scripts import seats_of_case
from engine.play.under_way import IllegalMoveError
from engine.rules import Rules
from engine.scenario.names import Reference
from tests.scenario.minimal import MINIMAL, load


def tried(folder: Path, case: str, runs: int | None = None) -> CaseVerdict:
    """What comes of one case, written in flow style, of the minimal scenario."""
    return try_case(rules_with(folder, case), "it", seed=3, runs=runs)


def rules_with(folder: Path, case: str) -> Rules:
    """The minimal scenario with one case."""
    return Rules(load(folder, f"{MINIMAL}cases: {{it: {{title: A test, {case}}}}}\n"))


DECLARES = "seats: {kosovo: {2007-12-11: declare}}, otherwise: hold"


def test_what_holds_after_a_move_holds_in_every_run(tmp_path: Path) -> None:
    """Before the turn it does not; after it, it does; a run that has closed stays as it was."""
    found = tried(
        tmp_path,
        f"{DECLARES}, then: [{{at: 2007-12-11, holds: not declared}}, {{at: 2007-12-17, holds: not declared}},"
        " {at: 2007-12-18, holds: declared and days_since.declared == 7}, {at: 4, holds: declared},"
        " {holds: status >= 75}]",
    )
    assert [claim.verdict for claim in found.claims] == ["pass"] * 5
    assert found.verdict == "pass"
    assert found.claims[0].found.of == 20


def test_ever_and_never_look_at_every_turn(tmp_path: Path) -> None:
    """What comes and goes was there once."""
    claims = "{ever: declared}, {never: declared}, {never: recognised.us}, {ever: recognised.us}"
    found = tried(tmp_path, f"{DECLARES}, then: [{claims}]")
    assert [claim.verdict for claim in found.claims] == ["pass", "fail", "pass", "fail"]
    assert found.verdict == "fail"
    assert found.claims[1].first_miss == 0
    assert found.claims[2].first_miss is None


def test_a_share_of_runs_is_judged_by_its_interval(tmp_path: Path) -> None:
    """Few runs can't tell what many can."""
    case = "then: [{holds: declared, between: [0.2, 0.8]}]"
    few, many = tried(tmp_path, case, runs=3), tried(tmp_path, case, runs=2000)
    assert few.verdict == "too close"
    assert many.claims[0].found.of == 2000
    share = many.claims[0].found.share
    beside = tried(tmp_path, f"then: [{{holds: declared, at_most: {share - 0.1:.3f}}}]", runs=2000)
    assert beside.verdict == "fail"


def test_an_order_that_can_not_be_done_is_a_failure(tmp_path: Path) -> None:
    """Before the deadline nobody may declare: in no run was it done."""
    found = tried(tmp_path, "seats: {kosovo: {2007-11-20: declare}}, then: [{at: 1, holds: not declared}]")
    (undone,) = found.undone
    assert (undone.actor, undone.tick, undone.count, undone.first_run) == ("kosovo", 0, 20, 0)
    assert found.claims[0].verdict == "pass"
    assert found.verdict == "fail"


def test_an_order_for_a_story_that_has_closed_is_a_failure(tmp_path: Path) -> None:
    """The first recognition makes the country independent; what was to come afterwards did not happen."""
    moves = "kosovo: {2007-12-11: declare}, us: {2007-12-18: recognise, 2008-01-15: table_resolution}"
    found = tried(tmp_path, f"seats: {{{moves}}}, otherwise: hold, then: [{{holds: ending.independent}}]")
    assert found.claims[0].verdict == "pass"
    assert [(undone.actor, undone.tick, undone.count) for undone in found.undone] == [("us", 8, 20)]


def test_members_vote_as_they_are_told(tmp_path: Path) -> None:
    """With the veto the text fails, without it it passes, in all runs."""
    case = "seats: {us: {0: table_resolution}}, otherwise: hold, votes: {table_resolution: {us: yes, russia: %s}}"
    blocked = tried(tmp_path, f"{case % 'no'}, then: [{{at: 1, holds: status < 35}}]")
    passed = tried(tmp_path, f"{case % 'yes'}, then: [{{at: 1, holds: status > 50}}]")
    assert (blocked.verdict, passed.verdict) == ("pass", "pass")


def test_some_follow_a_policy_of_their_own(tmp_path: Path) -> None:
    """All hold but Russia, which follows the rule, and so is alone in warning."""
    found = tried(tmp_path, "policies: {russia: rule}, otherwise: hold, then: [{never: declared}]", runs=100)
    assert found.verdict == "pass"
    assert tried(tmp_path, "then: [{never: declared}]", runs=100).verdict == "fail"


@pytest.mark.parametrize("run", [0, 7, 19])
def test_a_run_of_a_case_is_the_same_game(tmp_path: Path, run: int) -> None:
    """Move for move, so that what fails in many runs can be read as a story."""
    script = (
        "seats: {us: {0: table_resolution, 4: greedy, 5: hold}}, policies: {russia: greedy},"
        " votes: {table_resolution: {russia: abstain}}"
    )
    rules = rules_with(tmp_path, f"{script}, then: [{{holds: status > 40}}]")
    game = Game(rules, 3, run, seats_of_case(rules.scenario, rules.scenario.cases["it"]))
    game.play()
    status = game.read(Reference("issue", "status"))
    unrest = game.read(Reference("value", "unrest"))
    same = f"abs(status - {status:.9f}) < 0.000001 and abs(unrest - {unrest:.9f}) < 0.000001"
    again = rules_with(tmp_path, f"{script}, then: [{{holds: not ({same})}}]")
    assert run in same_runs(again, run)


def same_runs(rules: Rules, most: int) -> set[int]:
    """The runs, up to one of them, whose world ends as the case denies."""
    counts = [try_case(rules, "it", seed=3, runs=runs).claims[0].found for runs in range(1, most + 2)]
    held = [0, *(found.count for found in counts)]
    return {run for run in range(most + 1) if held[run + 1] == held[run]}


def test_an_order_that_is_not_legal_is_explained_in_the_game(tmp_path: Path) -> None:
    """The command that a failing test proposes says what was missing."""
    rules = rules_with(tmp_path, "seats: {kosovo: {0: declare}}, then: [{holds: declared}]")
    game = Game(rules, 3, 0, seats_of_case(rules.scenario, rules.scenario.cases["it"]))
    with pytest.raises(IllegalMoveError, match=r"days_since\.deadline >= 0"):
        game.step()
