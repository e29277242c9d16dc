"""Who reads what: news of an action or event that says ``known_to`` is not for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.play import Game
from engine.play.facts.headlines import headlines
from engine.play.policies import RandomPolicy
from engine.play.record import Audience, Dispatch
from engine.rules import Rules
from tests.cli.conftest import Brink, brink
from tests.scenario.minimal import MINIMAL, load, replaced, write

__all__ = ["brink"]

IN_PRIVATE = replaced(
    '    dispatch: "{By} warns {target}."',
    '    known_to: kosovo\n    dispatch: "{By} warns {target}."',
    replaced(
        "when: unrest > 0.25\n    chance_per_week: 0.15 * unrest", "known_to: powers\n    chance_per_week: 0.4", MINIMAL
    ),
)
"""Russia's warnings are known to Kosovo too, and clashes to the powers."""


def dispatches(folder: Path, text: str, kind: str, about: str) -> Iterator[Dispatch]:
    """The news of one thing over some games."""
    rules = Rules(load(folder, text))
    for seed in range(8):
        turns = Game(rules, seed=seed, seats={"russia": RandomPolicy()}).play()
        yield from (d for turn in turns for d in turn.dispatches if (d.kind, d.about) == (kind, about))


def audiences(folder: Path, text: str, kind: str, about: str) -> set[Audience]:
    """Who reads the news of one thing."""
    return {dispatch.known_to for dispatch in dispatches(folder, text, kind, about)}


def test_news_of_a_private_move_is_for_its_parties_and_those_named(tmp_path: Path) -> None:
    """Who does it, at whom it is directed, and who is let in, in the order of the actors."""
    assert audiences(tmp_path, IN_PRIVATE, "move", "warn") == {("russia", "us", "kosovo"), ("russia", "kosovo")}


def test_news_of_a_private_event_is_for_those_named(tmp_path: Path) -> None:
    """A group stands for its members."""
    assert audiences(tmp_path, IN_PRIVATE, "event", "clashes") == {("russia", "us")}


def test_news_of_the_effects_of_a_private_move_is_as_private(tmp_path: Path) -> None:
    """What follows at once, or later, is read by the same actors."""
    text = replaced("add: {unrest: 0.02}}", "dispatch: A door slams., add: {unrest: 0.02}}", IN_PRIVATE)
    assert audiences(tmp_path, text, "effect", "warn") == {("russia", "us", "kosovo")}


def test_other_news_is_for_everybody(tmp_path: Path) -> None:
    """Where nothing is said, and for votes, everybody reads."""
    assert audiences(tmp_path, MINIMAL, "move", "warn") == {None}
    told = replaced("      passed:", "      failed: The council does not agree.\n      passed:", IN_PRIVATE)
    tabled = replaced("by: [us]", "by: [us]\n    known_to: us", told)
    assert audiences(tmp_path, tabled, "vote", "table_resolution") == {None}


@pytest.mark.parametrize(("actor", "reads"), [("russia", True), ("us", False)])
def test_an_actor_reads_what_is_known_to_it(tmp_path: Path, actor: str, reads: bool) -> None:
    """A warning to Kosovo is nothing that Washington reads of."""
    found = [d for d in dispatches(tmp_path, IN_PRIVATE, "move", "warn") if "Kosovo" in d.text]
    assert found
    assert {dispatch.is_known_to(actor) for dispatch in found} == {reads}
    assert all(dispatch.is_known_to(actor) for dispatch in dispatches(tmp_path, MINIMAL, "move", "warn"))


def test_a_player_has_no_headline_of_what_its_side_does_not_know(tmp_path: Path) -> None:
    """Who watches without a side reads everything."""
    rules = Rules(load(tmp_path, IN_PRIVATE))
    games = [Game(rules, seed=seed, seats={"russia": RandomPolicy()}) for seed in range(8)]
    turns = [turn for game in games for turn in game.play()]

    def read(player: str | None) -> list[str]:
        return [h.dispatch.text for turn in turns for h in headlines(rules.scenario, turn, player)]

    hidden = {d.text for turn in turns for d in turn.dispatches if not d.is_known_to("us")}
    assert hidden
    assert hidden <= set(read(None))
    assert not hidden & set(read("us"))


def test_secrets_are_chance_and_choice_as_before(tmp_path: Path) -> None:
    """What is hidden from readers changes no run."""
    hidden = replaced('    dispatch: "{By} warns', '    known_to: us\n    dispatch: "{By} warns', MINIMAL)
    games = [Game(load(tmp_path, text), seed=3) for text in (MINIMAL, hidden)]
    for game in games:
        game.play()
    assert games[0].digest() == games[1].digest()


@pytest.mark.slow
def test_a_printed_game_marks_what_is_not_public(tmp_path: Path, brink: Brink) -> None:
    """Dispatches, and moves without news; as JSON beside each of them."""
    text = replaced("by: [us]", "by: [us]\n    known_to: us", IN_PRIVATE)
    place = write(tmp_path, text)
    answers = [brink("run", place, "--seed", seed) for seed in range(8)]
    told = " ".join(" ".join(answer.out.split()) for answer in answers)
    assert "Russia warns the United States. (not public)" in told
    assert "United States: Table a resolution. (not public)" in told
    assert "clashes. (not public)" in told
    assert "declares independence. (not public)" not in told
    turns = [turn for seed in range(8) for turn in brink("run", place, "--seed", seed, "--json").json["turns"]]
    assert all(len(turn["known_to"]) == len(turn["dispatches"]) for turn in turns)
    assert {tuple(move["known_to"]) for turn in turns for move in turn["moves"] if move["action"] == "warn"}
