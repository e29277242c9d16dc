"""Third parties: whoever is trusted by two sides who do not trust each other may stand between them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from engine.rules import Rules
from engine.scenario.load import check_scenario
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.overrides import Setting
from engine.scenario.words.exchanges import agreed_flag, part_flag, trust_value
from engine.scenario.words.spoken import with_words, without_words
from tests.words import TWO_RIVERS, two_rivers

RUNS = 200

BETWEEN = {"north": {"east": 0.95}, "south": {"east": 0.95}, "east": {"north": 0.95, "south": 0.95}}
"""Two who hardly trust each other, and a third whom both trust, and who trusts both."""


def through_the_east(**settings: Setting) -> Scenario:
    """The two sides of the bridge and the loan trust each other by 0.3, and deal by way of the East."""
    scenario = without_words(two_rivers({"secrets.talks.chance": 1.0, "words.trust": 0.3, **settings}))
    assert scenario.words is not None
    given = {name: scenario.undertakings[name] for name in ("opening", "loan")}
    given = {name: one.model_copy(update={"through": "east", "known_to": ()}) for name, one in given.items()}
    words = scenario.words.model_copy(update={"trusts": BETWEEN})
    bare = {"undertakings": given, "threats": {}, "texts": {}, "words": words}
    return with_words(scenario.model_copy(update=bare))


@cache
def played(position: float = 60.0) -> dict[str, np.ndarray]:
    """What stands at the end of each run, with an East that wants the border so far open."""
    scenario = through_the_east(**{"actors.east.stances.border.position": position})
    rules = Rules(scenario)
    world = rules.open(7, runs=RUNS)
    rules.finish(world)
    names = [part_flag(word, "opening", "loan") for word in ("kept", "broken")]
    rows = [Reference("flag", name) for name in (agreed_flag("opening", "loan"), *names)]
    trusts = (("south", "north"), ("east", "north"), ("south", "east"))
    rows += [Reference("value", trust_value(*pair)) for pair in trusts]
    return {row.id: world.cells[rules.layout.rows[row]] for row in rows}


def test_two_who_do_not_trust_each_other_deal_through_a_third():
    """As far as it is trusted, and trusts them."""
    assert played()[agreed_flag("opening", "loan")].mean() > 0.9


def test_a_third_party_that_would_lose_passes_nothing_on():
    """The East would rather have the border shut."""
    assert not played(0.0)[agreed_flag("opening", "loan")].any()


def test_a_word_kept_or_broken_moves_the_credit_of_all_three():
    """The other's trust in its giver, the third party's, and the other's in the third party."""
    found = played()
    kept, broken = (found[part_flag(word, "opening", "loan")] != 0 for word in ("kept", "broken"))
    for pair, start in ((("south", "north"), 0.3), (("east", "north"), 0.95)):
        trust = found[trust_value(*pair)]
        assert np.allclose(trust[kept], start + 0.25 * (1 - start))
        assert np.allclose(trust[broken], start * 0.5)
    assert kept.sum() > RUNS / 2
    assert (found[trust_value("south", "east")][kept] > 0.95).all()


def test_who_stands_between_is_checked(tmp_path: Path):
    """It is an actor, and somebody else; it has to judge what it passes on."""
    text = (TWO_RIVERS / "scenario.yaml").read_text(encoding="utf-8")
    for line, code, message in (
        ("through: easst", "E203", 'did you mean "east"?'),
        ("through: north", "E212", "north can't stand between itself and another: name a third party"),
        ("through: east", "", ""),
    ):
        written = text.replace("    act: open_border\n", f"    act: open_border\n    {line}\n")
        (tmp_path / "scenario.yaml").write_text(written, encoding="utf-8")
        problems = check_scenario(tmp_path, {}).problems
        found = [str(problem) for problem in problems if problem.code == code] if code else problems
        assert bool(found) is bool(code) and message in "".join(map(str, found)), (line, problems)


def test_a_third_party_that_can_not_judge_is_told_of(tmp_path: Path):
    """What hangs on a secret of the two is nothing that a third can vouch for."""
    text = (TWO_RIVERS / "scenario.yaml").read_text(encoding="utf-8")
    written = text.replace("    act: open_border\n", "    act: open_border\n    through: east\n")
    written = written.replace("self.position.budget / 100", "talks")
    (tmp_path / "scenario.yaml").write_text(written, encoding="utf-8")
    assert any("east can't judge it" in str(problem) for problem in check_scenario(tmp_path, {}).problems)
