"""Words between sides: when there is a bargain, what binds, what a broken word costs, and who knows of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from engine.assessment.variants import frozen, literal
from engine.play.facts.words import texts_on_the_table, trusts, warnings_given, words_given
from engine.play.game import Game
from engine.rules import Rules
from engine.rules.world import World
from engine.scenario.canon import canonical, from_canonical, scenario_hash
from engine.scenario.load import check_scenario
from engine.scenario.models import Actor, Scenario
from engine.scenario.names import Reference
from engine.scenario.overrides import Setting, Settings
from engine.scenario.words.additions import Spoken
from engine.scenario.words.exchanges import agreed_flag, exchanges, part_flag, trust_value
from engine.scenario.words.spoken import with_words, without_words
from tests.reference.test_agreement import check_runs
from tests.words import TWO_RIVERS, two_rivers

RUNS = 400


class Played:
    """Some runs of a scenario, to their ends."""

    def __init__(self, scenario: Scenario, runs: int = RUNS) -> None:
        self.rules = Rules(scenario)
        self.world: World = self.rules.open(7, runs=runs)
        self.rules.finish(self.world)

    def flag(self, name: str) -> np.ndarray:
        """Where a flag is yes at the end."""
        yes: np.ndarray = self.world.cells[self.rules.layout.rows[Reference("flag", name)]] != 0.0
        return yes

    def value(self, name: str) -> np.ndarray:
        """A value at the end."""
        values: np.ndarray = self.world.cells[self.rules.layout.rows[Reference("value", name)]]
        return values

    def agreed(self, one: str, two: str) -> np.ndarray:
        """Where two undertakings were exchanged."""
        return self.flag(agreed_flag(one, two))


@cache
def played(*settings: tuple[str, float]) -> Played:
    """The small crisis with other numbers; always with talks, so that nothing else stands in the way."""
    given: Settings = {"secrets.talks.chance": 1.0, **dict(settings)}
    return Played(without(two_rivers(given), "texts"))


def test_it_is_what_the_design_says():
    """Moves, gains and chances, offers and answers are those of the plain interpreter, to the last bit."""
    check_runs(two_rivers(), seed=5, runs=8)


@pytest.mark.parametrize("executor", ["numpy", "numba"])
def test_executors_agree_on_words(executor: str):
    """In a batch as well."""
    rules = Rules(two_rivers(), executor)
    world = rules.open(3, runs=70)
    rules.finish(world)
    other = Rules(two_rivers(), "numpy")
    beside = other.open(3, runs=70)
    other.finish(beside)
    assert np.array_equal(world.cells, beside.cells)


def test_there_is_a_bargain_where_both_gain_and_else_none():
    """Each gives up a fifth of what it gets: it agrees as long as it trusts the other more than that comes to."""
    sure = played(("words.trust", 0.9))
    assert sure.agreed("opening", "loan").mean() > 0.95
    assert sure.flag(part_flag("kept", "opening", "loan")).mean() > 0.9
    wary = played(("words.trust", 0.3))
    assert not wary.agreed("opening", "loan").any()
    dear = played(
        ("words.trust", 0.9),
        ("actors.north.stances.border.salience", 1.0),
        ("actors.north.stances.budget.salience", 0.5),
    )
    assert not dear.agreed("opening", "loan").any()


def test_what_is_agreed_comes_about_more_often_than_without_words():
    """Neither act pays for itself alone."""
    scenario = two_rivers({"secrets.talks.chance": 1.0, "words.trust": 0.9})
    silent = Played(scenario.model_copy(update={**_bare(scenario)}))
    shares = [
        float((one.world.cells[one.rules.layout.rows[Reference("issue", "budget")]] > 40).mean())
        for one in (played(("words.trust", 0.9)), silent)
    ]
    assert shares[0] > shares[1] + 0.5


def test_trust_rises_with_words_kept_and_falls_with_words_broken():
    """By the shares that the scenario says."""
    found = played(("words.trust", 0.6), ("words.honour", 0.0))
    for giver, other, flag in (("south", "north", ("loan", "opening")), ("north", "south", ("opening", "loan"))):
        trust = found.value(trust_value(other, giver))
        threatened = found.flag("carried_out_close_it_to_south") | found.flag("bluffed_close_it_to_south")
        kept, broken = (found.flag(part_flag(word, *flag)) & ~threatened for word in ("kept", "broken"))
        assert not (kept & broken).any()
        assert np.allclose(trust[kept], 0.6 + 0.25 * 0.4)
        assert np.allclose(trust[broken], 0.6 - 0.5 * 0.6)
        assert np.allclose(trust[~kept & ~broken & ~threatened], 0.6)


def test_honour_keeps_words():
    """To refrain from what would pay is broken by those to whom breaking costs nothing."""
    name = part_flag("broken", "quiet", "payment")
    rates = []
    for honour in (0.0, 0.3):
        found = played(("words.honour", honour), ("words.trust", 0.95), ("actors.east.stances.border.salience", 1.0))
        agreed = found.agreed("quiet", "payment")
        assert agreed.sum() > 25
        rates.append(found.flag(name)[agreed].mean())
    assert rates[0] > rates[1] + 0.2


def test_whoever_is_betrayed_is_bound_no_longer():
    """And nobody is bound by a word that it has kept or broken."""
    found = played(("words.trust", 0.6), ("words.honour", 0.0))
    for one, two in (("loan", "opening"), ("opening", "loan")):
        over = found.flag(part_flag("broken", one, two)) | found.flag(part_flag("kept", one, two))
        assert not (over & found.flag(part_flag("bound", one, two))).any()
        assert not (found.flag(part_flag("broken", one, two)) & found.flag(part_flag("bound", two, one))).any()


DETERRED: dict[str, Setting] = {"actions.shut_border.cost": 0.2, "actions.build_dam.tempo": "60d", "words.trust": 0.8}
"""A border that its own side would rather not shut, and a dam that is built sooner or later."""


def test_a_threat_that_would_not_be_carried_out_moves_nothing():
    """Nobody is warned with it, and everything goes as if it had never been thought of."""
    hollow = two_rivers({**DETERRED, "actions.shut_border.cost": 0.6, "words.honour": 0.0})
    found, silent = Played(hollow), Played(without(hollow, "threats"))
    assert not found.flag("warned_close_it_to_south").any()
    assert np.array_equal(found.world.ending, silent.world.ending)
    for issue in ("border", "budget", "calm"):
        row = Reference("issue", issue)
        assert np.array_equal(
            found.world.cells[found.rules.layout.rows[row]], silent.world.cells[silent.rules.layout.rows[row]]
        )


def test_a_threat_that_would_be_carried_out_deters():
    """Where backing down would cost more, whoever is warned thinks twice; and what is defied is carried out."""
    firm = two_rivers({**DETERRED, "words.honour": 0.3})
    found, silent = Played(firm), Played(without(firm, "threats"))
    built = [float(one.flag("dam").mean()) for one in (found, silent)]
    assert built[0] < built[1] - 0.2
    defied = found.flag("carried_out_close_it_to_south") | found.flag("bluffed_close_it_to_south")
    assert found.flag("carried_out_close_it_to_south").sum() > 0.8 * defied.sum() > 0


def test_a_bluff_that_is_called_costs_trust():
    """Whoever does not carry out its threat is trusted less, and the threat is believed less the next time."""
    bold = two_rivers({**DETERRED, "actions.shut_border.cost": 0.6, "words.honour": 0.25})
    game = Game(Rules(bold), 3)
    trust = Reference("value", trust_value("south", "north"))
    before = game.read(trust)
    called = Played(bold).flag("bluffed_close_it_to_south")
    assert called.any()
    found = Played(bold).value(trust_value("south", "north"))
    assert found[called].max() < before


def signed(settings: dict[str, Setting]) -> tuple[float, float, float]:
    """In how many runs the treaty is signed, and where it puts the border and the budget on average."""
    quiet = two_rivers({"secrets.talks.chance": 1.0, **settings})
    endings = {"endings": quiet.endings[1:]}
    found = Played(without(quiet.model_copy(update=endings), "undertakings", "threats"))
    yes = found.flag("signed_treaty")
    signs = [found.value(f"draft_treaty_{issue}")[yes] for issue in ("border", "budget")]
    drafts = [float(drafted.mean()) if yes.any() else float("nan") for drafted in signs]
    return float(yes.mean()), drafts[0], drafts[1]


def test_a_text_is_signed_where_both_gain_and_lies_between_them():
    """And a side that cares less for what it gets is ready to give less for it."""
    share, border, budget = signed({})
    assert share > 0.5
    assert 20 < border < 100
    assert 25 < budget < 100
    keen, border_of_the_keen, _ = signed({"actors.north.stances.budget.salience": 0.6})
    assert keen > 0.3
    assert border_of_the_keen < border


def test_no_text_is_signed_where_nothing_is_better_for_both():
    """An open border and a full budget: each would have to give up more than it could get."""
    corner = {f"texts.treaty.terms.{issue}.reversion": 100.0 for issue in ("border", "budget")}
    firm = {f"actors.{who}.stances.{issue}.spread": 0.0 for who, issue in (("north", "budget"), ("south", "border"))}
    share, *_ = signed({**corner, **firm})
    assert share < 0.02


def without(scenario: Scenario, *kinds: str) -> Scenario:
    """The same scenario without its threats or its texts."""
    return with_words(without_words(scenario).model_copy(update={kind: {} for kind in kinds}))


def test_a_silent_actor_changes_nothing():
    """One that may do nothing, and to whom nobody speaks."""
    scenario = without_words(two_rivers())
    silent = Actor(title="The West", assumed="made up for tests")
    more = with_words(scenario.model_copy(update={"actors": {**scenario.actors, "west": silent}}))
    plain, beside = Played(with_words(scenario), 64), Played(more, 64)
    assert np.array_equal(plain.world.ending, beside.world.ending)
    assert np.array_equal(plain.value(trust_value("north", "south")), beside.value(trust_value("north", "south")))


def test_words_are_written_out_and_taken_back():
    """The scenario with what follows from its undertakings is one content, however it came about."""
    scenario = two_rivers()
    assert "offer_opening_for_loan" in scenario.actions
    assert with_words(scenario) == scenario
    bare = without_words(scenario)
    assert "offer_opening_for_loan" not in bare.actions
    assert bare.actions["open_border"].appeal == "0.01 * self.position.budget / 100"
    assert bare.actions["patrol"].cost == {"fuel": "0.01"}
    assert with_words(bare) == scenario
    assert scenario_hash(from_canonical(canonical(scenario))) == scenario_hash(scenario)


def test_what_is_agreed_in_secret_is_not_shown_to_others():
    """Neither the offer, nor the agreement, nor what it does to trust."""
    game = Game(Rules(two_rivers({"secrets.talks.chance": 1.0, "words.trust": 0.9})), 1)
    for _ in range(4):
        game.step()
    assert game.turns[-1].flags[agreed_flag("opening", "loan")]
    seen = game.seen_by("east")
    for turn in seen.turns:
        assert not any("offers" in line.text or "its word" in line.text for line in turn.dispatches), turn.dispatches
        assert agreed_flag("opening", "loan") not in turn.flags, turn.flags
        assert trust_value("north", "south") not in turn.values


def _bare(scenario: Scenario) -> dict[str, object]:
    """The fields of the same scenario without words, whose endings can't speak of them."""
    bare = without_words(scenario)
    own = {name: getattr(bare, name) for name in Spoken.ENTRIES}
    return {**own, "undertakings": {}, "threats": {}, "texts": {}, "words": None, "endings": bare.endings[1:]}


def test_a_seat_is_told_what_was_given_and_what_became_of_it():
    """Until when, in return for what; and nothing of it to whoever does not know."""
    game = Game(Rules(two_rivers({"secrets.talks.chance": 1.0, "words.trust": 0.9})), 1)
    while not words_given(game):
        game.step()
    told = {given.giver: given for given in words_given(game.seen_by("south"))}
    assert told["north"].title == told["south"].in_return == "to open the border"
    assert told["north"].until > game.rules.scenario.start
    assert {given.standing for given in told.values()} <= {"in force", "kept"}
    assert words_given(game.seen_by("east")) == ()
    assert {(trust.who, trust.whose) for trust in trusts(game.seen_by("east"))} == {
        ("east", "north"),
        ("north", "east"),
    }


def test_a_seat_is_told_how_a_text_goes():
    """Its terms as they are drafted, and who has signed them."""
    game = Game(Rules(two_rivers({"secrets.talks.chance": 1.0})), 2)
    game.step()
    (text,) = texts_on_the_table(game.seen_by("east"))
    assert text.parties == ("north", "south")
    assert set(text.drafts) == {"border", "budget"}
    while not game.is_over:
        game.step()
    (text,) = texts_on_the_table(game)
    assert text.is_signed is (text.signs == text.parties)


def test_a_seat_is_told_of_warnings():
    """Who was warned with what, of which deeds, until when."""
    firm = two_rivers({**DETERRED, "words.honour": 0.3})
    game = Game(Rules(firm), 2)
    while not warnings_given(game):
        game.step()
    told = warnings_given(game.seen_by("south"))[-1]
    assert (told.giver, told.title) == ("north", "to shut the border")
    assert told.deeds in (("Build a dam",), ("Shoot across the river",))
    assert told.until is None or told.until > firm.start


def test_whoever_has_signed_amends_no_more_and_some_assent():
    """Until another moves a term; and the news is the text's own, where it has some."""
    treaty = two_rivers().texts["treaty"]
    border = treaty.terms["border"].model_copy(update={"up": ("{By} hands round a version.",)})
    told = {
        "reopens": False,
        "assent": ("south",),
        "assents": ("{By} lets it pass.",),
        "terms": {**treaty.terms, "border": border},
    }
    scenario = without_words(two_rivers({"secrets.talks.chance": 1.0}))
    scenario = with_words(scenario.model_copy(update={"texts": {"treaty": treaty.model_copy(update=told)}}))
    assert scenario.actions["sign_treaty"].by == ("north",)
    assert scenario.actions["assent_to_treaty"].by == ("south",)
    assert scenario.actions["assent_to_treaty"].dispatch == ("{By} lets it pass.",)
    assert scenario.actions["up_treaty_border"].dispatch == ("{By} hands round a version.",)
    rules = Rules(scenario)
    world = rules.open(2, runs=64)
    signs = [rules.layout.rows[Reference("actor_flag", "signs_treaty", side)] for side in ("north", "south")]
    amends = [
        [n for n, one in enumerate(rules.options) if one.actor == side and "_treaty_" in one.action]
        for side in ("north", "south")
    ]
    seen = 0
    while not rules.is_over(world):
        rates = rules.appraise(world).rates
        for row, options in zip(signs, amends, strict=True):
            has_signed = world.cells[row] != 0.0
            seen += int(has_signed.sum())
            assert not rates[options][:, has_signed].any()
        rules.step(world)
    assert seen > 50


@pytest.mark.parametrize("made", [frozen, literal])
def test_baselines_go_without_what_draws_to_a_word(made: Callable[[Scenario], Scenario]):
    """What runs are held against is played with words as well."""
    rules = Rules(made(two_rivers()))
    world = rules.open(1, runs=8)
    rules.finish(world)
    assert rules.is_over(world)


def test_what_waits_for_a_text_can_happen_and_a_group_of_parties_is_used(tmp_path: Path):
    """Nothing is said against either."""
    text = (TWO_RIVERS / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace("    parties: [north, south]", "    parties: riparian")
    text = text.replace("flags:\n", "groups: {riparian: [north, south]}\nflags:\n  bridge: a bridge stands\n", 1)
    build = "  build_bridge:\n    title: Build a bridge\n    by: north\n    when: signed.treaty and not flag.bridge\n"
    build += "    tempo: 1d\n    effects: [{set: {bridge: true}, add: {calm: 5}}]\n    assumed: made up for tests\n"
    (tmp_path / "scenario.yaml").write_text(
        text.replace("undertakings:\n", build + "undertakings:\n"), encoding="utf-8"
    )
    assert [str(problem) for problem in check_scenario(tmp_path, {}).problems] == []


def test_what_is_undertaken_or_threatened_is_checked(tmp_path: Path):
    """Line by line: who can't do it, at whom it can't be done, what nobody gives anything for, what can't be judged."""
    text = (TWO_RIVERS / "scenario.yaml").read_text(encoding="utf-8")
    at_the_north = "    act: lend\n    at: north\n"
    for wrong, right, code, message in (
        ("act: open_border", "act: lend", "E212", 'north can\'t "lend", which is for south'),
        (at_the_north, "    act: lend\n", "E212", "say at whom, as at: north"),
        ("if: [shoot, build_dam]", "if: [pay]", "E212", "south can do nothing of that"),
        ("act: shut_border", "act: shut_boarder", "E203", 'did you mean "shut_border"?'),
        ("    to: east\n    within: 3w", "    to: south\n    within: 3w", "W213", "has anything to give for it"),
        ("cost: {fuel: 0.01}", "cost: {fuel: 0.01 * talks}", "E321", "actions.patrol.cost"),
        ("cost: 0.02", "cost: 0.02 * talks", "E323", "east can't judge it"),
        (at_the_north, "    refrain: lend\n", "", ""),
    ):
        assert text.count(wrong) == 1, wrong
        (tmp_path / "scenario.yaml").write_text(text.replace(wrong, right), encoding="utf-8")
        problems = check_scenario(tmp_path, {}).problems
        found = [str(problem) for problem in problems if problem.code == code] if code else problems
        assert bool(found) is bool(code) and message in "".join(map(str, found)), (wrong, problems)


def test_an_amount_is_named_as_it_is_written(tmp_path: Path):
    """Also where a word given for the act stands beside it."""
    text = (TWO_RIVERS / "scenario.yaml").read_text(encoding="utf-8")
    wrong = text.replace('appeal: "0.01 * self.position.budget / 100"', "appeal: 0.01 * self.position.east.calm")
    (tmp_path / "scenario.yaml").write_text(wrong, encoding="utf-8")
    (problem,) = check_scenario(tmp_path, {}).problems
    assert problem.where == "actions.open_border.appeal"


def test_a_word_that_is_meant_for_one_thing_is_not_given_for_another(tmp_path: Path):
    """Where an undertaking says for what it may be given, only those are exchanges; a slip in the name is told."""
    scenario = without_words(two_rivers())
    given = {**scenario.undertakings, "payment": scenario.undertakings["payment"].model_copy(update={"to": ("south",)})}

    def found() -> set[str]:
        return {exchange.agreed for exchange in exchanges(scenario.model_copy(update={"undertakings": given}))}

    assert found() >= {agreed_flag("opening", "loan"), agreed_flag("loan", "payment")}
    given["loan"] = given["loan"].model_copy(update={"in_return": ("opening",)})
    assert found() & {agreed_flag("opening", "loan"), agreed_flag("loan", "payment")} == {
        agreed_flag("opening", "loan")
    }
    text = (
        (TWO_RIVERS / "scenario.yaml").read_text("utf-8").replace("    act: pay\n", "    act: pay\n    for: quiets\n")
    )
    (tmp_path / "scenario.yaml").write_text(text, "utf-8")
    assert any('"quiets", did you mean "quiet"' in str(problem) for problem in check_scenario(tmp_path, {}).problems)
