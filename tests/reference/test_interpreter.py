"""The plain interpreter against small scenarios that are worked out by hand."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.draws import Draws
from engine.scenario.models import PassRule, Scenario
from engine.scenario.names import Reference
from tests.reference.run import Run
from tests.reference.story import Story
from tests.reference.votes import chance_of_passing


def scenario(**parts: Any) -> Scenario:
    """A story of one issue, two actors and four weeks, with these parts besides or instead."""
    written: dict[str, Any] = {
        "scenario_format": 1,
        "id": "small",
        "title": "Small",
        "start": "2008-01-01",
        "end": "2008-01-29",
        "pace": "1w",
        "step": "1w",
        "issues": {"status": {"title": "Status", "start": 40, "scale": {-50: "low", 150: "high"}}},
        "values": {"heat": {"title": "Heat", "start": 0, "range": [0, 10]}},
        "flags": {"done": "Done", "calm": "Calm"},
        "actor_flags": {"met": "Has met"},
        "groups": {"both": ["ann", "bob"]},
        "actors": {
            "ann": {
                "title": "Ann",
                "capability": 0.75,
                "temperature": 0.5,
                "stances": {"status": {"position": 100, "salience": 0.5}},
            },
            "bob": {
                "title": "Bob",
                "capability": 0.25,
                "temperature": 0.25,
                "stances": {"status": {"position": 0, "salience": 1.0}},
            },
        },
        "endings": [{"id": "over", "title": "Over"}],
    }
    return Scenario.model_validate(written | parts)


def happening(*effects: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An event on the first day with these effects."""
    return {"title": "E", "on": "2008-01-01", "effects": list(effects), **more}


def run_of(story: Scenario, seed: int, run: int = 0) -> Run:
    """A run of a story."""
    return Run(Story(story), seed, run)


def positions_of(run: Run, issue: str = "status") -> list[float]:
    """Where actors stand on an issue."""
    return [run.world.state[Reference("position", issue, actor)] for actor in run.scenario.actors]


def values_of(story: Scenario, name: str, run: int = 0) -> list[float]:
    """How a value or issue goes, turn by turn."""
    return [turn["values"][name] for turn in run_of(story, 1, run).play()]


# The calendar and the close


def test_calendar_runs_out():
    """Without anything to do the last ending takes the run when the calendar is used up."""
    story = scenario()
    model = run_of(story, 1)
    history = model.play()
    assert [turn["date"] for turn in history] == ["2008-01-01", "2008-01-08", "2008-01-15", "2008-01-22"]
    assert (model.ending, model.world.tick, model.world.day) == (story.endings[0], 4, 28)


def test_last_turn_may_be_cut():
    """A calendar that is no whole number of steps gets one turn more."""
    assert len(run_of(scenario(end="2008-01-30"), 1).play()) == 5


def test_first_ending_that_holds_closes():
    """Endings are looked at in the order written, on the day after the turn; ``at_end`` only in the last."""
    endings: list[dict[str, Any]] = [
        {"id": "late", "title": "L", "when": "done", "at_end": True},
        {"id": "early", "title": "E", "when": "done and day >= 14"},
        {"id": "over", "title": "O"},
    ]
    story = scenario(events={"e": happening({"set": {"done": "True"}})}, endings=endings)
    model = run_of(story, 1)
    assert len(model.play()) == 2
    assert (model.ending, model.world.day) == (story.endings[1], 14)
    endings[1]["when"] = "day > 28"
    story = scenario(events={"e": happening({"set": {"done": "True"}})}, endings=endings)
    model = run_of(story, 1)
    assert len(model.play()) == 4
    assert model.ending == story.endings[0]


def test_dated_events_are_known_when_a_turn_opens_on_or_after_them():
    """An event between two opening days happens in the turn that opens after it."""
    story = scenario(events={"e": {"title": "E", "on": "2008-01-09", "effects": [{"add": {"heat": 1}}]}})
    assert values_of(story, "heat") == [0, 0, 1, 1]


def test_undated_event_without_a_chance_happens_each_turn_it_may():
    """Only its condition decides; ``once`` lets it happen once."""
    event = {"title": "E", "when": "day >= 7", "effects": [{"add": {"heat": 1}}]}
    assert values_of(scenario(events={"e": event}), "heat") == [0, 1, 2, 3]
    assert values_of(scenario(events={"e": event | {"once": True}}), "heat") == [0, 1, 1, 1]


def test_chance_per_week_is_a_hazard():
    """A chance per week p is 1 - (1 - p)^w in w weeks."""
    event = {"title": "E", "chance_per_week": 0.3, "effects": [{"add": {"heat": 1}}]}
    story = scenario(events={"e": event}, pace="2w", step="2w")
    for run in range(200):
        draws = Draws(1, run, 1)
        expected = sum(draws.uniforms("event:e", turn)[0][0] < 1 - 0.7**2 for turn in range(2))
        assert values_of(story, "heat", run)[-1] == expected


def test_outcomes_share_one_draw_by_weight():
    """One outcome happens, by weight; one with a weight below nothing never does."""
    outcomes = {
        "never": {"title": "N", "weight": -1, "effects": [{"add": {"heat": 9}}]},
        "small": {"title": "S", "weight": 1, "effects": [{"add": {"heat": 1}}]},
        "large": {"title": "L", "weight": 3, "effects": [{"add": {"heat": 2}}]},
    }
    story = scenario(events={"e": happening(outcomes=outcomes)})
    for run in range(100):
        u = Draws(1, run, 1).uniforms("event:e", 0)[1][0]
        turn = run_of(story, 1, run).play()[0]
        assert turn["events"] == [{"event": "e", "outcome": "small" if u < 0.25 else "large"}]
        assert turn["values"]["heat"] == (1 if u < 0.25 else 2)


# Effects


def test_adds_are_summed_then_held():
    """Amounts that would leave the range one by one may stay in it together."""
    story = scenario(events={"a": happening({"add": {"heat": 12}}), "b": happening({"add": {"heat": -5}})})
    assert values_of(story, "heat") == [7, 7, 7, 7]
    story = scenario(events={"a": happening({"add": {"heat": 12, "status": -1000}})})
    assert values_of(story, "heat")[0] == 10
    assert values_of(story, "status")[0] == -50


def test_set_beats_add_and_larger_and_yes_win():
    """Where two sets disagree the larger number and yes win; adds to a place that is set are lost."""
    events = {
        "a": happening({"set": {"heat": 4, "done": "True", "calm": "False"}, "add": {"status": 1}}),
        "b": happening({"set": {"heat": 6, "done": "False", "calm": "False"}, "add": {"heat": 3}}),
    }
    turn = run_of(scenario(events=events), 1).play()[0]
    assert turn["values"] == {"status": 41, "heat": 6}
    assert turn["flags"] == {"done": True, "calm": False}


def test_effects_are_worked_out_on_the_world_as_it_stands():
    """No effect of a phase sees another's."""
    events = {
        "a": happening({"set": {"heat": 4, "done": "True"}}, {"when": "done", "add": {"status": 100}}),
        "b": happening({"add": {"status": "10 * heat"}}),
    }
    assert values_of(scenario(events=events), "status")[0] == 40


@pytest.mark.parametrize(("delay", "due"), [("1d", 1), ("1w", 1), ("8d", 2), ("2w", 2), ("3w", 3)])
def test_delay_is_counted_in_turns(delay: str, due: int):
    """A delayed effect falls due ceil(delay / step) turns later, with the amount of the day it was caused."""
    events = {
        "a": happening({"delay": delay, "add": {"heat": "1 + day"}}),
        "b": happening({"add": {"status": 1}}),
    }
    heat = values_of(scenario(events=events), "heat")
    assert heat == [0] * due + [1] * (4 - due)


def test_drift_comes_before_what_falls_due():
    """Dynamics see the world before delayed effects, and move it by weekly rate times weeks."""
    story = scenario(
        pace="2w",
        step="2w",
        events={"a": happening({"delay": "1w", "set": {"heat": 8}})},
        dynamics={"d": {"title": "D", "per_week": {"status": "1 + heat"}}},
    )
    assert values_of(story, "status") == [42, 44]
    assert values_of(story, "heat") == [0, 8]


def test_drift_of_each_actor():
    """``self`` is each of the actors in turn, and all move at once."""
    drift = {"title": "D", "each": "both", "when": "self.is.bob", "per_week": {"self.position.status": "2"}}
    model = run_of(scenario(dynamics={"d": drift}), 1)
    model.play()
    assert positions_of(model) == [100, 8]


def test_days_since_a_flag():
    """A flag remembers the day of the turn in which it became yes, and forgets it when it is no again."""
    events = {
        "on": {"title": "E", "on": "2008-01-08", "effects": [{"set": {"met.both": "True"}}]},
        "off": {"title": "E", "on": "2008-01-22", "effects": [{"set": {"met.ann": "False"}}]},
        "read": {
            "title": "E",
            "effects": [{"set": {"heat": "1 + days_since.met.ann / 7", "status": "count(met, both)"}}],
        },
    }
    story = scenario(events=events)
    assert values_of(story, "heat") == [pytest.approx(1 - 1 / 7), 1, 2, pytest.approx(1 - 1 / 7)]
    assert values_of(story, "status") == [0, 2, 2, 1]


# Decisions


def test_a_move_by_hand():
    """Gain, chance and draw of a single option, as the design page writes them."""
    action = {
        "title": "A",
        "by": "ann",
        "tempo": "2w",
        "effects": [{"add": {"status": 20}}, {"chance": 0.25, "set": {"status": 160}}],
        "expects": [{"chance": 0.5, "add": {"status": -10}}],
        "appeal": "0.1",
        "cost": 0.05,
    }
    story = scenario(actions={"a": action})
    now = 0.5 * 60 / 200
    after = 0.25 * 0.5 * 50 / 200 + 0.75 * (0.5 * 0.5 * 40 / 200 + 0.5 * 0.5 * 50 / 200)
    gain = now - after + 0.1 - 0.05
    moving = 1 - math.exp(-7 * math.exp(gain / 0.5) / 14)
    for run in range(100):
        draws = Draws(1, run, 1)
        moves = run_of(story, 1, run).play()[0]["moves"]
        assert bool(moves) == (draws.uniforms("actor:ann", 0)[0][0] < moving)
        if moves:
            assert moves[0]["gain"] == pytest.approx(gain, abs=1e-12)
            assert moves[0]["chance"] == pytest.approx(moving, abs=1e-12)


def test_options_compete():
    """Who moves takes one option, in proportion to the rates; a steep gain is held."""
    actions = {
        "a": {"title": "A", "by": "both", "tempo": "1d", "cost": 1000},
        "b": {"title": "B", "by": "both", "tempo": "2d", "targets": "both"},
        "c": {"title": "C", "by": "bob", "tempo": "4d"},
    }
    story = scenario(actions=actions)
    rates = [math.exp(-30), 0.5, 0.25]
    for run in range(100):
        u = Draws(1, run, 1).uniforms("actor:bob", 0)
        move = {m["actor"]: m for m in run_of(story, 1, run).play()[0]["moves"]}.get("bob")
        moving = 1 - math.exp(-7 * sum(rates))
        if u[0][0] >= moving:
            assert move is None
            continue
        assert move is not None
        expected = "b" if u[1][0] * sum(rates) < rates[0] + rates[1] else "c"
        assert (move["action"], move["target"]) == (expected, "ann" if expected == "b" else None)
        assert move["chance"] == pytest.approx(moving * rates["abc".index(expected)] / sum(rates), abs=1e-12)


def test_once_cooldown_when_and_needs():
    """An illegal option has no rate."""
    quick: dict[str, Any] = {"title": "A", "by": "ann", "tempo": "1d", "appeal": 100}

    def turns(**more: Any) -> list[int]:
        history = run_of(scenario(actions={"a": quick | more}), 1).play()
        return [turn["turn"] for turn in history if turn["moves"]]

    assert turns() == [0, 1, 2, 3]
    assert turns(once=True) == [0]
    assert turns(cooldown="8d") == [0, 2]
    assert turns(cooldown="14d") == [0, 2]
    assert turns(when="day >= 7", needs={"before the end": "day < 21"}) == [1, 2]


def test_effects_on_self_and_target():
    """``self`` is who acts and ``target`` at whom."""
    action = {
        "title": "A",
        "by": "ann",
        "targets": "actors",
        "tempo": "1d",
        "appeal": 100,
        "effects": [
            {
                "set": {"self.met": "True", "target.position.status": "self.position.status + 5"},
                "add": {"heat": "target.is.bob + 2 * self.in.both"},
            },
        ],
    }
    actions = {"a": action | {"targets": ["ann", "bob"]}}
    model = run_of(scenario(actions=actions), 1)
    turn = model.play()[0]
    assert turn["moves"][0]["target"] == "bob"
    assert turn["actor_flags"] == {"met": ["ann"]}
    assert turn["values"]["heat"] == 3
    assert positions_of(model) == [100, 105]


def test_scores_and_drawn_stances():
    """A score is measured against the stances as drawn, and drawn stances are held to the scale."""
    actors = {"ann": {"title": "Ann", "stances": {"status": {"position": 140, "salience": 0.5, "spread": 30}}}}
    story = scenario(actors=actors, groups={}, events={})
    for run in range(50):
        first, second, *_ = Draws(3, run, 1).uniforms("stance:ann:status", 0)[:, 0]
        z = math.sqrt(-2 * math.log(1 - first)) * math.cos(2 * math.pi * second)
        position = min(max(140 + 30 * z, -50), 150)
        model = run_of(story, 3, run)
        assert positions_of(model) == [pytest.approx(position, abs=1e-9)]
        model.play()
        worst = max(position + 50, 150 - position)
        assert model.scores["ann"] == pytest.approx(100 * (1 - abs(40 - position) / worst), abs=1e-9)


# Votes


RULES: list[dict[str, Any]] = [
    {"yes": 2},
    {"yes": 1, "veto": ["m0"]},
    {"majority": True},
    {"majority": True, "veto": ["m1", "m2"]},
    {"share": "2/3"},
    {"share": "1/2", "veto": ["m0"]},
    {"share": "1"},
    {"share": "2/3", "weights": {"m0": 4, "m1": 0, "m3": 2}},
    {"share": "3/5", "weights": {"m1": 0, "m2": 3}, "veto": ["m1"]},
    {"majority": True, "weights": {"m0": 2, "m2": 3}},
    {"unanimous": True},
    {"quota": 4, "weights": {"m0": 3, "m1": 0, "m2": 2}},
    {"quota": 3, "weights": {"m0": 3}, "veto": ["m0", "m3"]},
]


def is_passed(rule: dict[str, Any], ballots: dict[str, str]) -> bool:
    """Whether a question passes, from the words of the format alone."""
    yes = [member for member, ballot in ballots.items() if ballot == "yes"]
    no = [member for member, ballot in ballots.items() if ballot == "no"]
    if any(member in no for member in rule.get("veto", ())):
        return False
    if "yes" in rule:
        return len(yes) >= rule["yes"]
    if "unanimous" in rule:
        return not no
    votes, against = (sum(rule.get("weights", {}).get(member, 1) for member in side) for side in (yes, no))
    if "majority" in rule:
        return votes > against
    if "share" in rule:
        above, _, below = rule["share"].partition("/")
        return votes > 0 and votes * int(below or 1) >= (votes + against) * int(above)
    return votes >= int(rule["quota"])


probabilities = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda p: (p[1] * (1 - p[0]), p[0]))
"""Chances of a yes and of a no."""


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=str)
@given(chances=st.lists(probabilities, min_size=1, max_size=6))
def test_chance_of_passing_counts_every_way_to_vote(rule: dict[str, Any], chances: list[tuple[float, float]]):
    """The distribution is exact: it equals the sum over all 3^n ways in which n members may vote."""
    expected = 0.0
    for ways in itertools.product(("no", "abstain", "yes"), repeat=len(chances)):
        parts = [{"no": no, "yes": yes, "abstain": 1 - no - yes}[w] for w, (yes, no) in zip(ways, chances, strict=True)]
        if is_passed(rule, {f"m{i}": way for i, way in enumerate(ways)}):
            expected += math.prod(parts)
    found = chance_of_passing(PassRule.model_validate(rule), {f"m{i}": chance for i, chance in enumerate(chances)})
    assert found == pytest.approx(expected, abs=1e-12)


def test_nine_of_fifteen_with_five_vetoes():
    """A council of fifteen like members: nine yes among those who do not veto."""
    against, in_favour = 0.1, 0.6
    rule = {"yes": 9, "veto": [f"m{i}" for i in range(5)]}
    found = chance_of_passing(PassRule.model_validate(rule), {f"m{i}": (in_favour, against) for i in range(15)})
    expected = 0.0
    for permanent in range(6):
        for elected in range(11):
            if permanent + elected >= 9:
                expected += (
                    (math.comb(5, permanent) * in_favour**permanent * (1 - against - in_favour) ** (5 - permanent))
                    * (math.comb(10, elected) * in_favour**elected * (1 - in_favour) ** (10 - elected))
                )  # fmt: skip
    assert found == pytest.approx(expected, abs=1e-12)


def council(**more: Any) -> Scenario:
    """Ann and Bob vote on what Ann tables at once."""
    institution = {
        "title": "Council",
        "seats": [{"actor": "ann"}, {"actor": "bob", "until": "2008-01-14"}],
        "pass": {"yes": 1, "veto": ["bob"]},
        "threshold": 0.1,
    }
    vote = {
        "in": "council",
        "question": "Q?",
        "pass": [{"add": {"status": 20}}, {"chance": 0.5, "add": {"heat": 1}}],
        "fail": [{"set": {"calm": "True"}}],
        "pass_expects": [{"add": {"status": 10}}],
        "lean": "0.2 * self.is.bob",
    }
    action = {"title": "A", "by": "both", "tempo": "1d", "appeal": 100, "vote": vote}
    return scenario(institutions={"council": institution | more}, actions={"a": action})


def test_votes_by_hand():
    """Each member votes by its own draw and gain, and leaves with its seat."""
    gains = {"ann": 0.5 * 30 / 200, "bob": -1.0 * 30 / 200 + 0.2}
    temperatures = {"ann": 0.5, "bob": 0.25}
    seen = set()
    for run in range(60):
        draws = Draws(5, run, 1)
        model = run_of(council(), 5, run)
        history = model.play()
        (vote,) = history[0]["votes"]
        assert (vote["institution"], vote["question"], vote["sponsors"]) == ("council", "a", ["ann", "bob"])
        ballots = {}
        for member, gain in gains.items():
            u = draws.uniforms(f"vote:a:{member}", 0)[0][0]
            in_favour = 1 / (1 + math.exp((0.1 - gain) / temperatures[member]))
            against = 1 / (1 + math.exp((0.1 + gain) / temperatures[member]))
            ballots[member] = "no" if u < against else "abstain" if u < 1 - in_favour else "yes"
            assert member in vote[ballots[member]]
        assert vote["vetoed_by"] == (["bob"] if ballots["bob"] == "no" else [])
        assert vote["passed"] == (ballots["bob"] != "no" and "yes" in ballots.values())
        values = history[0]["values"]
        assert values["status"] == (60 if vote["passed"] else 40)
        assert values["heat"] == (vote["passed"] and draws.uniforms("pass:a", 0)[0][0] < 0.5)
        assert history[0]["flags"]["calm"] != vote["passed"]
        seen.add(vote["passed"])
        (late,) = history[2]["votes"]
        assert "bob" not in late["yes"] + late["no"] + late["abstain"]
    assert seen == {True, False}


def test_one_vote_sees_what_the_last_decided():
    """The effects of one vote are in force when the next is taken, in the order of the scenario."""
    votes = {
        "a": {"in": "council", "question": "A?", "pass": [{"set": {"done": "True"}}]},
        "b": {"in": "council", "question": "B?", "lean": "100 if done else -100"},
    }
    actions = {
        "b2": {"title": "B", "by": "ann", "tempo": "1d", "appeal": 100, "vote": votes["b"], "when": "False"},
        "a": {"title": "A", "by": "bob", "tempo": "1d", "appeal": 100, "vote": votes["a"]},
        "b": {"title": "B", "by": "ann", "tempo": "1d", "appeal": 100, "vote": votes["b"]},
    }
    body = {"title": "C", "seats": [{"actor": "ann"}, {"actor": "bob"}], "pass": {"unanimous": True}}
    turn = run_of(scenario(institutions={"council": body}, actions=actions), 2).play()[0]
    first, second = turn["votes"]
    assert [first["question"], second["question"]] == ["a", "b"]
    assert second["yes"] == (["ann", "bob"] if first["passed"] else [])
    assert second["no"] == ([] if first["passed"] else ["ann", "bob"])


def test_the_proposer_foresees_the_vote():
    """The gain of tabling is weighed with the chance of passing."""
    story = council(seats=[{"actor": "ann"}], **{"pass": {"yes": 1}})
    history = run_of(story, 5).play()
    passing = 1 / (1 + math.exp((0.1 - 0.075) / 0.5))
    moves = {move["actor"]: move for move in history[0]["moves"]}
    assert moves["ann"]["gain"] == pytest.approx(100 + passing * 0.075, abs=1e-12)
    assert moves["bob"]["gain"] == pytest.approx(100 - passing * 0.15, abs=1e-12)
