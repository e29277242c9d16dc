"""The form of the loss: what a distance counts for in gains, votes and scores, each held against its formula."""

from __future__ import annotations

from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.rules import Rules
from engine.rules.options import Option
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from tests.rules.test_turn import scenario
from tests.scenario.minimal import check, replaced

FORMS: dict[str, tuple[Any, Any]] = {
    "absolute": ("absolute", lambda u: u),
    "quadratic": ("quadratic", lambda u: u * u),
    "gaussian": ({"form": "gaussian", "width": 0.25}, lambda u: 1 - exp(-u * u / (2 * 0.25**2))),
    "zone": ({"zone": 0.125}, lambda u: max(u - 0.125, 0.0)),
    "reserve": ({"reserve": 0.25, "steeper": 4.0}, lambda u: u + 3 * max(u - 0.25, 0.0)),
    "all": (
        {"form": "quadratic", "zone": 0.125, "reserve": 0.5, "steeper": 3.0},
        lambda u: max(u - 0.125, 0.0) ** 2 + 2 * max(u - 0.5, 0.0),
    ),
}
"""Each form as it is written, and what a distance as a share of the scale counts for."""

POSITION, SALIENCE = 80.0, 0.75


def crisis(loss: Any, to: str, chance: str | None = None, **keys: Any) -> Scenario:
    """A scenario in which Ann, who stands at 80, may put the world, which stands at 50, somewhere else."""
    stances = {"status": {"position": POSITION, "salience": SALIENCE}}
    effect = {"set": {"status": to}} | ({} if chance is None else {"chance": chance})
    action = {"title": "Act", "by": "ann", "tempo": "1w", "effects": [effect]}
    actors = {"ann": {"title": "Ann", "stances": stances}, "bob": {"title": "Bob"}}
    return scenario(**{"loss": loss, "actors": actors, "actions": {"act": action}, **keys})


@pytest.mark.parametrize("form", FORMS)
def test_the_gain_is_the_relief(form: str) -> None:
    """Of a sure step and of a chance, wherever it leads, as the formula says."""
    written, counts = FORMS[form]

    def loss(place: float) -> float:
        return SALIENCE * float(counts(abs(place - POSITION) / 100))

    for to in (0.0, 40.0, 60.0, 78.0, 85.0, 100.0):
        sure, perhaps = (Rules(crisis(written, str(to), chance)) for chance in (None, "0.25"))
        gained = loss(50) - loss(to)
        assert sure.appraise(sure.open(1)).gain[0, 0] == pytest.approx(gained, abs=1e-12)
        assert perhaps.appraise(perhaps.open(1)).gain[0, 0] == pytest.approx(0.25 * gained, abs=1e-12)
        assert sure.account(sure.open(1), Option("ann", "act")).terms == pytest.approx({"status": gained}, abs=1e-12)


@pytest.mark.parametrize("form", FORMS)
def test_the_score_is_of_the_same_loss(form: str) -> None:
    """100 at the position, 0 at the end of the scale that is farther off."""
    written, counts = FORMS[form]
    rules = Rules(crisis(written, "0"))
    world = rules.open(1, runs=4)
    row = rules.layout.rows[next(reference for reference in rules.layout.rows if reference.kind == "issue")]
    world.cells[row] = (POSITION, 50.0, 100.0, 0.0)
    worst = float(counts(0.8))
    wanted = [100 * (1 - float(counts(u)) / worst) for u in (0.0, 0.3, 0.2, 0.8)]
    assert rules.scores(world)[0] == pytest.approx(wanted, abs=1e-9)
    assert np.isnan(rules.scores(world)[1]).all()


def test_members_vote_by_the_same_loss() -> None:
    """What a member gains by a yes is what the formula says, for each form."""
    vote = {"in": "house", "question": "Shall it be?", "pass": [{"set": {"status": "65"}}]}
    bodies = {"house": {"title": "House", "seats": [{"actor": "ann"}], "pass": {"majority": True}}}
    for written, counts in FORMS.values():
        table = {"title": "Table", "by": "ann", "tempo": "1w", "vote": vote}
        rules = Rules(crisis(written, "0", institutions=bodies, actions={"table": table}))
        world, (question,) = rules.open(1), rules.questions
        wanted = SALIENCE * float(counts(0.3) - counts(0.15))
        assert rules.leaning(world, question).gain[0, 0] == pytest.approx(wanted, abs=1e-12)
        assert rules.reasons(world, question)["status"][0, 0] == pytest.approx(wanted, abs=1e-12)


def test_an_issue_may_have_a_form_of_its_own() -> None:
    """It stands in place of the scenario's; the name of a form can be set by a path where nothing is written."""
    plain = crisis(None, "60")
    assert plain.loss_of("status").is_plain
    assert with_settings(plain, {"loss": "quadratic"}).loss_of("status").form == "quadratic"
    own = with_settings(plain, {"loss": "quadratic", "issues.status.loss": "absolute"})
    assert own.loss_of("status").is_plain
    zone = with_settings(crisis({"zone": 0.1}, "60"), {"loss.zone": 0.2})
    assert zone.loss_of("status").zone == 0.2


def test_a_loss_that_is_said_to_be_absolute_changes_no_bit() -> None:
    """Written or left out, it is the same program."""
    said, left_out = (Rules(crisis(loss, "60", "0.5")).program for loss in ("absolute", None))
    assert np.array_equal(said.code, left_out.code)
    assert np.array_equal(said.constants, left_out.constants)


WRONG = [
    ("loss: squared\n", "E108"),
    ("loss: {form: gaussian}\n", "E107"),
    ("loss: {width: 0.2}\n", "E107"),
    ("loss: {reserve: 0.2}\n", "E107"),
    ("loss: {reserve: 0.2, steeper: 1}\n", "E104"),
    ("loss: {zone: 1}\n", "E104"),
    ("loss: {zones: 0.1}\n", "E101"),
]


@pytest.mark.parametrize(("written", "code"), WRONG)
def test_a_loss_that_is_none(tmp_path: Path, written: str, code: str) -> None:
    """Is told in its line, once."""
    found = check(tmp_path, replaced("step: 1w\n", "step: 1w\n" + written)).problems
    assert [problem.code for problem in found if problem.where.startswith("loss")] == [code]
