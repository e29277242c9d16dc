"""Who knew what, and when: what was kept, and who had learned of it in which turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.facts.secrecy import learned_in, secrets_of, unheard_by
from engine.play.game import Game
from engine.rules import Rules
from tests.play.sight.worlds import SEAT, crisis_in
from tests.scenario.minimal import MINIMAL, load


@pytest.fixture(scope="module")
def games(tmp_path_factory: pytest.TempPathFactory) -> list[Game]:
    """Whole games with secrets."""
    rules = crisis_in(tmp_path_factory.mktemp("secretive")).rules
    found = [Game(rules, seed=seed) for seed in range(12)]
    for game in found:
        game.play()
    return found


def test_secrets_are_told_with_those_who_knew(games: list[Game]) -> None:
    """From the start by what is declared, later in the turn in which somebody learned."""
    for game in games:
        pact = next(secret for secret in secrets_of(game) if "pact" in secret.words)
        assert pact.holders == ("russia", "kosovo")
        first = next((turn.date for turn in game.turns if SEAT in turn.knows.get("pact", ())), None)
        assert [day for day, actor in pact.learned if actor == SEAT] == ([first] if first else [])
        assert (pact.stands == "not so") == (not game.turns[-1].flags["pact"])
    assert any(secret.learned for game in games for secret in secrets_of(game))


def test_what_is_learned_in_a_turn_is_told_once(games: list[Game]) -> None:
    """In the turn in which the side learns of it, and to nobody who has known it all along."""
    for game in games:
        days = [turn.date for turn in game.turns for found in learned_in(game, turn, SEAT) if "pact" in found.words]
        pact = next(secret for secret in secrets_of(game) if "pact" in secret.words)
        assert days == [day for day, actor in pact.learned if actor == SEAT]
        assert not any(learned_in(game, turn, "russia") for turn in game.turns)


def test_a_hidden_type_is_told_of_those_who_had_it(games: list[Game]) -> None:
    """A flag that actors have is told where it is so."""
    for game in games:
        armed = [secret.words for secret in secrets_of(game) if "armed" in secret.words]
        assert len(armed) == len(game.turns[-1].actor_flags["armed"])


def test_what_a_side_did_not_learn_is_what_its_report_left_out(games: list[Game]) -> None:
    """Each secret move with those who knew of it; those who knew of all have missed nothing."""
    for game in games:
        missed = unheard_by(game, SEAT)
        hidden = [m for turn in game.turns for m in turn.moves if m.known_to and SEAT not in m.known_to]
        assert len(missed) == len(hidden)
        assert all(set(one.known_to) <= {"russia", "kosovo"} for one in missed)
        assert unheard_by(game, "kosovo") == ()
    assert any(unheard_by(game, SEAT) for game in games)


def test_a_story_without_secrets_has_nothing_to_tell(tmp_path: Path) -> None:
    """Neither secrets nor what was not learned."""
    game = Game(Rules(load(tmp_path, MINIMAL)), seed=1)
    game.play()
    assert secrets_of(game) == ()
    assert unheard_by(game, "us") == ()
