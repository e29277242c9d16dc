"""Replies: called for by what another has done, for so many days, once for each time."""

from __future__ import annotations

from typing import Any

import pytest

from engine.play import Game
from engine.play.facts.particulars import particulars
from engine.play.policies import HoldPolicy, Order
from engine.rules.options import Option
from engine.scenario.models import Scenario
from tests.rules.executed import go_the_same_way
from tests.rules.test_turn import always, scenario

PEOPLE = {name: {"title": name.title()} for name in ("ann", "bob", "cid")}


def crisis(reply: dict[str, Any], **provoke: Any) -> Scenario:
    """Ann may provoke; whoever the reply is by may reply, within two weeks."""
    answer = {"title": "Reply", "tempo": "1d", "by": "bob", "reply_to": {"action": "provoke", "within": "2w"}, **reply}
    actions = {"provoke": {"title": "Provoke", "tempo": "1d", "by": "ann", **provoke}, "reply": answer}
    return scenario(actors=PEOPLE, actions=actions, end="2000-02-12")


def play(story: Scenario, *turns: tuple[Option, ...]) -> Game:
    """A game in which these are all moves, turn by turn."""
    game = Game(story, seats=dict.fromkeys(PEOPLE, HoldPolicy()))
    for moves in turns:
        game.step({actor: Order(tuple(move for move in moves if move.actor == actor)) for actor in PEOPLE})
    return game


def possible(game: Game, *actors: str) -> set[Option]:
    """The replies that these actors may make, or that anybody may."""
    found = [e for actor in actors or PEOPLE for e in game.explain(actor) if e.legal]
    return {e.option for e in found if e.option.action == "reply"}


PROVOKE, REPLY = Option("ann", "provoke"), Option("bob", "reply")


def test_a_reply_is_possible_only_after_what_it_replies_to_and_for_so_long() -> None:
    """Two weeks, the last day included."""
    opened = [possible(play(crisis({}), *[()] * before, (PROVOKE,), *[()] * after)) for before, after in
              ((0, 0), (0, 1), (0, 2), (2, 0), (2, 1), (2, 2))]  # fmt: skip
    assert possible(play(crisis({}))) == set()
    assert opened == [{REPLY}, {REPLY}, set()] * 2


def test_it_is_made_once_for_each_time() -> None:
    """A new provocation calls anew, also one of the pace in which the last is replied to."""
    assert possible(play(crisis({}), (PROVOKE,), (REPLY,))) == set()
    assert possible(play(crisis({}), (PROVOKE,), (REPLY, PROVOKE))) == {REPLY}
    assert possible(play(crisis({}), (PROVOKE,), (PROVOKE,), (REPLY,))) == set()


def test_a_later_call_counts_from_its_own_day() -> None:
    """What is still open is open longer."""
    assert possible(play(crisis({}), (PROVOKE,), (PROVOKE,), (), ())) == set()
    assert possible(play(crisis({}), (PROVOKE,), (PROVOKE,), ())) == {REPLY}


def test_only_those_are_called_at_whom_it_was_directed() -> None:
    """And a reply with targets goes to the one who did it."""
    story = crisis(
        {"by": ["ann", "bob", "cid"], "targets": ["ann", "bob", "cid"]}, by=["ann", "cid"], targets=["bob", "cid"]
    )
    assert possible(play(story, (Option("ann", "provoke", "bob"),))) == {Option("bob", "reply", "ann")}
    both = play(story, (Option("ann", "provoke", "bob"), Option("cid", "provoke", "bob")))
    assert possible(both) == {Option("bob", "reply", "ann"), Option("bob", "reply", "cid")}
    both.step({"bob": Order(Option("bob", "reply", "ann"))})
    assert possible(both) == {Option("bob", "reply", "cid")}


def test_what_is_directed_at_nobody_calls_everybody_else() -> None:
    """But not the one who does it."""
    story = crisis({"by": ["ann", "bob", "cid"]})
    assert possible(play(story, (PROVOKE,))) == {REPLY, Option("cid", "reply")}


def test_of_a_secret_only_those_are_called_who_learn_of_it() -> None:
    """A reply would give it away."""
    story = crisis({"by": ["bob", "cid"]}, known_to="cid")
    assert possible(play(story, (PROVOKE,))) == {Option("cid", "reply")}


def test_a_reply_may_be_to_several_actions_and_to_a_reply() -> None:
    """So that words go to and fro."""
    actions = {
        "provoke": {"title": "Provoke", "tempo": "1d", "by": "ann"},
        "insult": {"title": "Insult", "tempo": "1d", "by": "ann"},
        "reply": {"title": "Reply", "tempo": "1d", "by": ["ann", "bob"], "targets": ["ann", "bob"],
                  "reply_to": {"action": ["provoke", "insult", "reply"], "within": "1w"}},
    }  # fmt: skip
    story = scenario(actors=PEOPLE, actions=actions)
    there, back = Option("bob", "reply", "ann"), Option("ann", "reply", "bob")
    assert possible(play(story, (Option("ann", "insult"),))) == {there}
    assert possible(play(story, (PROVOKE,), (there,))) == {back}
    assert possible(play(story, (PROVOKE,), (there,), (back,))) == {there}


def test_the_rule_replies_with_its_tempo() -> None:
    """As good as certain within a pace, where it draws; and each side by itself in each run."""
    story = crisis(
        {"appeal": "1000"}, **{key: value for key, value in always(by="ann", once=True).items() if key != "title"}
    )
    turns = Game(story).play()
    assert [[move.option for move in turn.moves] for turn in turns] == [[PROVOKE], [REPLY], [], [], [], []]


def test_players_are_told_to_what_they_reply_and_until_when() -> None:
    """And what they lack where nothing calls for it."""
    game = play(crisis({}), (), (PROVOKE,))
    explained = next(e for e in game.explain("bob") if e.option == REPLY)
    assert list(particulars(game.rules.scenario, explained)) == [
        'In reply to "Provoke" of 8 January 2000; possible until 22 January 2000.'
    ]
    barred = play(crisis({})).explain("bob")[0]
    assert barred.missing == ('that "Provoke" was done in the last 14 days, with no reply yet',)
    assert list(particulars(game.rules.scenario, barred)) == []


def test_a_game_that_is_played_again_knows_its_calls() -> None:
    """Calls are part of the state."""
    game = play(crisis({}), (PROVOKE,))
    assert possible(game.__reduce__()[0](*game.__reduce__()[1])) == {REPLY}


@pytest.mark.slow
@pytest.mark.parametrize("within", ["1w", "3w"])
def test_the_program_knows_replies(within: str) -> None:
    """Run for run the same."""
    story = crisis({"reply_to": {"action": "provoke", "within": within}})
    assert go_the_same_way(story)


def test_a_reply_may_be_to_an_answer() -> None:
    """Called ``ASK.ANSWER``; an answer is directed at nobody."""
    answers = {name: {"title": name.title()} for name in ("fight", "give_in")}
    ask = {"title": "What now?", "to": "ann", "within": "1w", "otherwise": "fight", "answers": answers}
    actions = {
        "provoke": {"title": "Provoke", "tempo": "1d", "by": "ann", "effects": [{"ask": "ask"}]},
        "reply": {"title": "Reply", "tempo": "1d", "by": "bob", "reply_to": {"action": "ask.fight", "within": "1w"}},
    }
    game = play(scenario(actors=PEOPLE, actions=actions, asks={"ask": ask}), (PROVOKE,))
    assert possible(game) == set()
    game.step({actor: Order() for actor in PEOPLE})
    assert [str(move.option) for move in game.turns[-1].moves] == ["ask.fight"]
    assert possible(game) == {REPLY}
