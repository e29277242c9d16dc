"""Levels: how the other sides decide, and what is shown of their stances."""

from __future__ import annotations

import time

import pytest

from engine.play.candour import shown_stance
from engine.play.levels import LEVELS, LookAhead, PromisingPolicy, Prospects
from engine.play.openness import Candour
from engine.play.session import Session
from engine.rules import Rules
from engine.rules.options import Option
from engine.scenario.models import Scenario


@pytest.fixture(scope="module")
def rules(kosovo: Scenario) -> Rules:
    """Those of Kosovo."""
    return Rules(kosovo)


@pytest.mark.slow
@pytest.mark.parametrize("level", ["student", "attache"])
def test_the_easy_levels_leave_the_others_to_the_rule(rules: Rules, level: str) -> None:
    """Nobody but the player has deeds of its own."""
    session = Session.new(rules, 4, people=["serbia"], level=LEVELS[level])
    session.end_turn()
    assert list(session.sheets[0].deeds) == ["serbia"]


def test_envoys_act_when_the_rule_acts_and_take_what_promises_most(rules: Rules) -> None:
    """Over whole weeks: never a move where the rule waits, and what promises most of all, as far as they know."""
    session = Session.new(rules, 4, people=["serbia"], level=LEVELS["envoy"])
    moved = 0
    for _ in range(2):
        views = {actor: session.view(actor) for actor in ("us", "eu", "russia", "kosovo")}
        expected = {actor: PromisingPolicy().decide(view) for actor, view in views.items()}
        waits = [actor for actor, view in views.items() if not view.times_by_rule]
        best = {actor: max(view.legal, key=lambda option: option.gain).option for actor, view in views.items()}
        done: dict[str, list[Option]] = {}
        for move in (move for move in session.end_turn().moves if not move.option.answers):
            done.setdefault(move.option.actor, []).append(move.option)
        for actor in views:
            assert (actor in done) == bool(expected[actor])
            if actor in done:
                moved += 1
                assert actor not in waits
                assert best[actor] in done[actor]
    assert moved > 0


@pytest.mark.slow
def test_statesmen_do_what_leads_to_the_best_end(rules: Rules) -> None:
    """Of all that they may do; nothing that is no better than holding, and as much as a turn has room for."""
    session = Session.new(rules, 4, people=["serbia"], level=LEVELS["statesman"])
    others = LookAhead(futures=(5, 10), kept=(2,))
    for actor in ("us", "kosovo"):
        view = session.view(actor)
        plan, ahead = others.plan(view), Prospects(view)
        options = [(option.option,) for option in view.legal]
        ahead.look([(), *options], 5)
        finalists = sorted(options, key=ahead.mean, reverse=True)[:2]
        ahead.look([(), *finalists, plan], 10)
        first = max(finalists, key=ahead.mean)
        assert len(plan) <= view.rules.scenario.moves_per_turn
        assert {(option,) for option in plan} <= set(finalists)
        assert (first[0] in plan) == ahead.is_better(first, ())
        assert not plan or ahead.mean(plan) > ahead.mean(())


@pytest.mark.slow
def test_statesmen_do_not_keep_a_player_waiting(rules: Rules) -> None:
    """The first turn, which is the longest, takes less than a second of the processor for each of five sides."""
    spent = []
    for seed in range(3):
        session = Session.new(rules, seed, people=["serbia"], level=LEVELS["statesman"])
        before = time.process_time()
        session.end_turn()
        spent.append(time.process_time() - before)
    assert min(spent) < 5


@pytest.mark.parametrize("level", ["envoy", "statesman"])
def test_a_replay_repeats_deeds_and_asks_nobody(crisis: Rules, level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the others did is in the journal."""
    session = Session.new(crisis, 4, people=["russia"], level=LEVELS[level])
    for _ in range(4):
        session.end_turn()
    journal = session.journal()

    def asked(*_: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(type(LEVELS[level].looks_ahead), "policies", asked)
    assert Session.of(journal, crisis).game.turns == session.game.turns


def test_each_level_shows_less_of_the_stances_than_the_one_before(rules: Rules, kosovo: Scenario) -> None:
    """Student: as they are; attaché: as coded; envoy: only what rests on a quote; statesman: no numbers."""
    shown = {}
    stances = [(actor, issue) for actor in kosovo.actors for issue in kosovo.actors[actor].stances if actor != "serbia"]
    for name, level in LEVELS.items():
        session = Session.new(rules, 4, people=["serbia"], level=level)
        shown[name] = {place: shown_stance(session, *place, "serbia") for place in stances}
    coded = {place: kosovo.actors[place[0]].stances[place[1]] for place in stances}
    assert any(s.position != coded[place].position for place, s in shown["student"].items() if s)
    for place, stance in coded.items():
        student, attache, envoy, statesman = (shown[name][place] for name in LEVELS)
        assert student
        assert attache
        assert envoy
        assert statesman
        assert not student.is_hidden
        assert (attache.position, attache.salience) == (stance.position, stance.salience)
        assert envoy.is_hidden == statesman.is_hidden == (not stance.evidence)
        assert envoy.position == (stance.position if stance.evidence else None)
        assert (statesman.position, statesman.salience) == (None, None)
        assert bool(statesman.reason)
    assert {envoy.is_hidden for envoy in shown["envoy"].values() if envoy} == {True, False}


def test_a_player_knows_the_own_mind_and_after_the_end_everybodys(crisis: Rules) -> None:
    """At the hardest level; an issue without a stance shows none."""
    session = Session.new(crisis, 4, people=["russia"], level=LEVELS["statesman"])
    assert session.level.candour is Candour.WORDS
    own, other = (shown_stance(session, actor, "status", "russia") for actor in ("russia", "us"))
    assert own
    assert own.position is not None
    assert not own.reason
    assert other
    assert other.is_hidden
    assert shown_stance(session, "russia", "peace", "russia") is None
    while not session.is_over:
        session.end_turn()
    after = shown_stance(session, "us", "status", "russia")
    assert after
    assert after.position is not None
