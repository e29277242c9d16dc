"""Institutions: seats, likely votes by the rules' own functions, vetoes apart, and what would flip a vote."""

from __future__ import annotations

import numpy as np
import pytest

from engine.play import Game
from engine.play.facts.council import chambers, motion_of, tally_in_words, what_would_flip
from engine.play.facts.flips import Flip, flip_in_words, vote_of
from engine.rules import Rules
from engine.rules.votes import BALLOTS, Question
from engine.scenario.names import Reference
from tests.play.facts.strange import BRACKETS


def votes_with(game: Game, question: Question, reference: Reference, value: float) -> dict[str, int]:
    """How members would likely vote with one position elsewhere."""
    row = game.rules.layout.rows[reference]
    world = game.world.multiplied(game.world.draws)
    world.cells[row] = value
    names = question.body(world.tick).names
    return dict(zip(names, (int(vote) for vote in vote_of(game.rules.leaning(world, question))[:, 0]), strict=True))


def place_of(flip: Flip) -> Reference:
    """What a flip moves."""
    return Reference("position", flip.issue, flip.actor) if flip.is_own else Reference("issue", flip.issue)


def test_seats_change_by_date(game: Game) -> None:
    """Five of the Council's members change on 1 January."""
    before = {member.actor for member in chambers(game)[0].members}
    game.step()
    game.step()
    after = {member.actor for member in chambers(game)[0].members}
    assert len(before) == len(after) == 15
    assert before - after == {"congo", "ghana", "peru", "qatar", "slovakia"}


def test_numbers_are_those_of_the_rules(game: Game) -> None:
    """Gain, chances and the chance of passing come from the question itself; reasons add up to the gain."""
    for chamber in chambers(game):
        for motion in chamber.motions:
            question = game.rules.question(motion.question)
            leaning = game.rules.leaning(game.world, question)
            assert motion.chance == float(game.rules.passing(game.world, question)[0])
            assert [ballot.gain for ballot in motion.ballots] == list(leaning.gain[:, 0])
            total = sum(game.rules.reasons(game.world, question).values())
            assert np.allclose(total, leaning.gain)
            for ballot in motion.ballots:
                chances = {"yes": ballot.yes, "abstain": ballot.abstain, "no": ballot.no}
                assert sum(chances.values()) == pytest.approx(1.0)
                assert ballot.sure == max(chances.values()) == chances[ballot.vote]


def test_a_veto_is_told_apart_from_the_count(game: Game) -> None:
    """Russia blocks supervised independence, which lacks votes besides."""
    motion = motion_of(game, "table_independence")
    assert motion.tally.vetoes == ("russia",)
    assert not motion.tally.passes
    words = tally_in_words(game.rules.scenario, "security_council", motion.tally)
    assert words == f"{motion.tally.yes} of 9 needed; vetoed by Russia"
    assert {sponsor.actor for sponsor in motion.sponsors} == {"us", "uk", "france"}


def test_whether_a_question_may_be_tabled_now(rules: Rules) -> None:
    """As the options of its sponsors say, at the opening and later."""
    game = Game(rules, seed=3)
    seen = set()
    for _ in range(3):
        for motion in (motion for chamber in chambers(game) for motion in chamber.motions):
            for sponsor in motion.sponsors:
                legal = {explained.option.action for explained in game.view(sponsor.actor).legal}
                assert sponsor.is_legal == (motion.action in legal)
            seen.add(motion.is_legal)
        game.step()
    assert seen == {True, False}


def test_a_flip_is_where_the_vote_changes(game: Game) -> None:
    """Just short of it the vote is the present one, and just beyond it is the other, for every member that has one."""
    seen = 0
    for motion in (m for chamber in chambers(game) for m in chamber.motions):
        question = game.rules.question(motion.question)
        votes = {ballot.actor: BALLOTS[ballot.vote] for ballot in motion.ballots}
        for actor, flip in list(what_would_flip(game, motion.question).items())[:6]:
            if flip is not None:
                short = flip.now + (flip.at - flip.now) * 0.999 - np.sign(flip.at - flip.now) * 0.01
                assert votes_with(game, question, place_of(flip), flip.at)[actor] == BALLOTS[flip.becomes]
                assert votes_with(game, question, place_of(flip), short)[actor] == votes[actor]
                seen += 1
    assert seen > 20


def test_where_nothing_flips_the_whole_scale_agrees(game: Game) -> None:
    """Each position of a member without a flip is tried in a hundred places."""
    question = game.rules.question("table_more_talks")
    flips = what_would_flip(game, question.id)
    votes = votes_with(game, question, Reference("issue", "status"), game.read(Reference("issue", "status")))
    firm = next(actor for actor, flip in flips.items() if flip is None)
    for issue in game.rules.scenario.actors[firm].stances:
        for reference in (Reference("position", issue, firm), Reference("issue", issue)):
            for value in np.linspace(0, 100, 100):
                assert votes_with(game, question, reference, float(value))[firm] == votes[firm]


def test_the_smallest_move_of_any_is_told(small: Game) -> None:
    """No place nearer than the flip changes the vote, neither its own position nor the world's."""
    question = small.rules.question("table_resolution")
    for actor, flip in what_would_flip(small, question.id).items():
        assert flip is not None
        before = {ballot.actor: BALLOTS[ballot.vote] for ballot in motion_of(small, question.id).ballots}
        for reference in (Reference("position", "status", actor), Reference("issue", "status")):
            now = small.read(reference)
            for move in np.linspace(-0.99, 0.99, 81) * flip.share * 100:
                if 0 <= now + move <= 100:
                    assert votes_with(small, question, reference, now + float(move))[actor] == before[actor]


def test_a_flip_in_words(small: Game) -> None:
    """Own position or the world's, up or down, or nothing."""
    scenario = small.rules.scenario
    own = Flip("us", "status", True, 72.0, 58.2, "abstain", 0.138)
    assert flip_in_words(scenario, own) == "abstains if its position on Status falls below 58 (now 72)"
    near = Flip("us", "status", False, 34.9, 35.2, "no", 0.003)
    assert flip_in_words(scenario, near) == "votes no if the world stands above 35.2 on Status (now 34.9)"
    assert flip_in_words(scenario, None) == "nothing within the scale"


def test_strange_names_stand_as_they_are(strange: Game) -> None:
    """Brackets in the title of a member and of a body."""
    chamber = chambers(strange)[0]
    assert chamber.title == "[red]Council[/]"
    assert chamber.rule == f"passes with 2 votes for it; a no of {BRACKETS} blocks it"
    assert "{by}" in tally_in_words(strange.rules.scenario, "council", chamber.motions[0].tally)
