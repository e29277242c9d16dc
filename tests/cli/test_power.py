"""`brink power`, and the same from Python, on a screen's line and on a report's page."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

import brinkmanship as bm
from engine.play.facts.power import power_in_words, powers_in_words
from engine.power.bodies import body_power
from engine.power.figures import figure
from engine.scenario.places import list_scenarios
from tests.cli.conftest import Brink


def test_the_council_of_kosovo_has_the_published_power(brink: Brink) -> None:
    """In words and for programs, before and after five seats change."""
    told = brink("power", "kosovo-2007", "security_council")
    assert told.code == 0
    for words in ("848 of 32,768 coalitions win", "421/2145", "4/2145", "106/635", "21/1270", "each of 10: Belgium"):
        assert words in told.out
    content = brink("power", "kosovo-2007", "security_council", "--on", "2008-01-15", "--json").json
    assert (content["winning"], content["coalitions"]) == (848, 32_768)
    assert content["members"]["russia"]["shapley_shubik"]["exact"] == "421/2145"
    assert content["members"]["libya"]["banzhaf_normalised"]["exact"] == "21/1270"
    assert "qatar" not in content["members"]
    assert content["blockers"] == ["china", "france", "russia", "uk", "us"]


def test_an_abstention_that_is_no_no_is_measured_apart(brink: Brink, small: str) -> None:
    """Where two votes are needed and one no blocks, an abstention is worth a no by the count alone."""
    told = brink("power", small, "council").out
    assert "1 of 4 coalitions win" in told
    assert "Everybody votes yes, abstains, or votes no" in told


def test_a_body_in_which_nobody_sits_is_said_so(brink: Brink, small: str, tmp_path) -> None:
    """In a sentence, with exit 1."""
    file = tmp_path / "small.yaml"
    file.write_text(file.read_text().replace("{actor: us}", "{actor: us, from: 2007-11-01}").replace(
        "{actor: russia}", "{actor: russia, from: 2007-11-01}"))  # fmt: skip
    answer = brink("power", small, "council", "--on", "2007-01-01")
    assert answer.code == 1
    assert "nobody sits in" in answer.err


@pytest.mark.slow
@pytest.mark.parametrize("name", list_scenarios())
def test_every_bundled_body_shares_out_the_whole_power(name: str) -> None:
    """The shares of its members sum to 1, and those who are alike have the same."""
    scenario = bm.load(name)
    for institution in scenario.institutions:
        found = body_power(scenario, institution, scenario.timeline.day_of(0), may_abstain=False)
        assert sum(power.shapley_shubik for power in found.measured.powers) == 1
        assert sum(len(kind.members) for kind in found.kinds) == len(found.members)
        assert sum(len(kind.members) * kind.power.banzhaf_normalised for kind in found.kinds) == 1


def test_python_gives_fractions() -> None:
    """Of a body of a scenario and of any other; what is wrong is named."""
    kosovo = bm.load("kosovo-2007")
    found = bm.power(kosovo, "security_council", on=dt.date(2008, 1, 15))
    assert found.kinds[1].power.banzhaf_normalised == Fraction(21, 1270)
    assert "Shapley-Shubik 0.196 (421/2145), Banzhaf 0.167 (106/635)" in power_in_words(found, "russia")
    assert "brink power" in power_in_words(None, "russia")
    kinds = "5 members such as China 0.196 (421/2145), 0.167 (106/635); 10 members such as Belgium 0.002 (4/2145)"
    assert kinds in powers_in_words(kosovo, found)
    assert powers_in_words(kosovo, None) == ""
    with pytest.raises(bm.errors.ArgumentError, match='did you mean "security_council"'):
        bm.power(kosovo, "security_counsil")
    with pytest.raises(bm.errors.ArgumentError, match="on is a date"):
        bm.power(kosovo, "security_council", on="soon")
    with pytest.raises(bm.errors.ArgumentError, match="a: 1 whole number"):
        bm.voting_power({"a": [1, 2]}, needed=[1])


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(421, 2145), "0.196 (421/2145)"),
        (Fraction(1), "1.000"),
        (Fraction(0), "0.000"),
        (Fraction(1, 10**6), "1e-06"),
        (Fraction(23632419, 270415600), "0.087"),
    ],
)
def test_small_shares_do_not_read_as_nothing(share: Fraction, words: str) -> None:
    """And fractions that are too long are left out."""
    assert figure(share) == words
