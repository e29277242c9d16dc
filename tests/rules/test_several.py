"""Acts at several at once: whom they are directed at, what is worked out for each, and what they are worth."""

from __future__ import annotations

from typing import Any

import pytest

from engine.play import Game
from engine.play.facts.headlines import headlines
from engine.play.facts.particulars import particulars, particulars_of_move
from engine.play.policies import HoldPolicy, Order
from engine.rules.options import Option
from engine.scenario.models import Scenario
from tests.rules.executed import go_the_same_way
from tests.rules.test_turn import always, scenario

PEOPLE = {name: {"title": name.title(), "in_text": f"the {name}s"} for name in ("ann", "bob", "cid", "dot")}
FLAGS = {"met": "has met", "hit": "is hit"}


def recall(*effects: dict[str, Any], each: str = "target.met", **keys: Any) -> Scenario:
    """Ann acts at all who have met: Bob and Cid, from the second turn on."""
    action = always(by="ann", when="day > 0", targets={"each": each, "of": "actors"}, effects=effects, **keys)
    meeting = {"title": "Meeting", "on": "2000-01-01", "effects": [{"set": {"met.bob": "True", "met.cid": "True"}}]}
    return scenario(actors=PEOPLE, actor_flags=FLAGS, actions={"recall": action}, events={"meeting": meeting})


RECALL = Option("ann", "recall")


def test_it_is_one_option_and_one_move_at_all_for_whom_it_holds() -> None:
    """And never at the one who does it."""
    story = recall({"set": {"target.hit": "True"}}, each="target.met or target.is.ann")
    turns = Game(story).play()
    assert [move.option for move in turns[1].moves] == [RECALL]
    assert turns[1].moves[0].targets == ("bob", "cid")
    assert turns[1].actor_flags["hit"] == ("bob", "cid")


def test_effects_that_say_target_are_worked_out_for_each_and_others_once() -> None:
    """Their amounts are those of each target."""
    story = recall(
        {"add": {"unrest": "1 + target.is.cid"}},
        {"add": {"unrest": "0.5"}},
        {"when": "target.is.bob", "add": {"unrest": "2"}},
        once=True,
    )
    assert Game(story).play()[1].values["unrest"] == 1 + (1 + 2) + 0.5 + 2


def test_it_is_not_legal_where_it_holds_for_nobody() -> None:
    """And that is what it lacks."""
    game = Game(recall({"add": {"unrest": "1"}}, each="target.hit"), seats={"ann": HoldPolicy()})
    game.step()
    explained = game.explain("ann")[0]
    assert not explained.legal
    assert explained.missing == ("somebody for whom it holds that target.hit",)


def test_each_target_has_a_chance_of_its_own() -> None:
    """So one is hit and another is not, in some runs."""
    story = recall({"chance": "0.5", "set": {"target.hit": "True"}}, once=True)
    outcomes = {Game(story, run=run).play()[-1].actor_flags["hit"] for run in range(40)}
    assert outcomes == {(), ("bob",), ("cid",), ("bob", "cid")}


def test_the_actor_reckons_with_each_of_them() -> None:
    """Sure effects are added up, chances weighed in every combination."""
    wants = {"ann": {"title": "Ann", "stances": {"status": {"position": 100.0, "salience": 1.0}}}}
    gains = []
    for effect in (
        {"add": {"status": "5 + 0 * target.capability"}},
        {"chance": "0.5 + 0 * target.met", "add": {"status": "10"}},
    ):
        story = recall(effect)
        game = Game(
            story.model_copy(
                update={
                    "actors": {
                        **story.actors,
                        "ann": Scenario.model_fields and scenario(actors={**PEOPLE, **wants}).actors["ann"],
                    }
                }
            )
        )
        game.step()
        gains.append(game.explain("ann")[0].terms["status"])
    assert gains == [pytest.approx(0.1), pytest.approx(0.1)]


def test_the_news_names_them_as_a_list_and_an_effect_one_by_one() -> None:
    """In the order of the scenario."""
    story = recall(
        {"set": {"target.hit": "True"}, "dispatch": "{Target} is hit."},
        once=True,
        dispatch="{By} recall from {targets}.",
    )
    told = [dispatch.text for dispatch in Game(story).play()[1].dispatches]
    assert told == ["The anns recall from the bobs and the cids.", "The bobs is hit.", "The cids is hit."]


def test_what_is_known_to_few_is_known_to_those_at_whom_it_is_directed() -> None:
    """All of them."""
    story = recall({"set": {"target.hit": "True"}}, once=True, known_to="ann", dispatch="It is done.")
    turn = Game(story).play()[1]
    assert turn.moves[0].known_to == ("ann", "bob", "cid")
    assert turn.dispatches[0].known_to == ("ann", "bob", "cid")


def test_it_calls_for_replies_of_those_at_whom_it_is_directed() -> None:
    """Each of them, and nobody else."""
    story = recall({"set": {"target.hit": "True"}})
    reply = {
        "title": "Reply",
        "by": ["bob", "cid", "dot"],
        "targets": "ann",
        "tempo": "1d",
        "reply_to": {"action": "recall", "within": "1w"},
    }
    replying = scenario(actions={"reply": reply}, actors=PEOPLE).actions["reply"]
    game = Game(
        story.model_copy(update={"actions": {**story.actions, "reply": replying}}),
        seats=dict.fromkeys(PEOPLE, HoldPolicy()),
    )
    game.step()
    game.step({"ann": Order(RECALL)})
    assert [actor for actor in PEOPLE for e in game.explain(actor) if e.legal and e.option.action == "reply"] == [
        "bob",
        "cid",
    ]


def test_players_are_told_at_whom_it_is_directed() -> None:
    """Before it is done, and after."""
    game = Game(recall({"set": {"target.hit": "True"}}))
    game.step()
    assert list(particulars(game.rules.scenario, game.explain("ann")[0])) == ["At 2 at once: Bob, Cid."]
    game.step()
    assert list(particulars_of_move(game.rules.scenario, game.turns[1].moves[0])) == ["At 2 at once: Bob, Cid."]


@pytest.mark.slow
def test_the_program_knows_acts_at_several() -> None:
    """Run for run the same."""
    story = recall({"chance": "0.5", "set": {"target.hit": "True"}})
    assert go_the_same_way(story)


def test_its_news_concerns_each_at_whom_it_is_directed() -> None:
    """As what is done to one alone."""
    game = Game(recall({"set": {"target.hit": "True"}}, once=True, dispatch="It is done."))
    game.play()
    concerned = [who for who in PEOPLE if headlines(game.rules.scenario, game.turns[1], who)[0].concerns_player]
    assert concerned == ["ann", "bob", "cid"]
