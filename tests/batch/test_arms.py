"""What an arm does: seats that decide for themselves, chance that arms share, and what is measured of each run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pytest

from engine.batch.design.experiment import Choice
from engine.batch.design.outcomes import Outcome, OutcomeWatch
from engine.batch.design.plan import without
from engine.batch.design.policies import SEATS, Moment, OrdersSeat, Seating, Seats, instructions
from engine.batch.design.seats import seat_plans
from engine.batch.running.runner import play_out
from engine.executors import NUMBA, NUMPY
from engine.play.game import Game
from engine.play.policies import BUILT_IN, Order, ScriptPolicy
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, YesNo
from engine.rules.decide import NO_MOVE
from engine.rules.machine import readiness
from engine.rules.options import Option
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from tests.scenario.minimal import load

RUNS, SEED = 40, 11

WARN_US = Option("russia", "warn", "us")


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The minimal scenario, with air thick enough for warnings."""
    small = load(tmp_path_factory.mktemp("minimal"))
    return with_settings(small, {"values.unrest.start": 0.5})


def turns(rules: Rules, seats: Seats, runs: int = RUNS) -> Iterator[tuple[World, YesNo]]:
    """The world after each turn, and which runs were open in it."""
    world, seating = rules.open(SEED, 0, runs), Seating(rules, seats)
    while world.tick < rules.timeline.paces and world.is_open.any():
        was_open = world.is_open
        seating.step(world)
        yield world, was_open


def end(rules: Rules, seats: Seats | None = None, runs: int = RUNS) -> World:
    """The world once all runs have closed."""
    *_, (world, _) = turns(rules, seats or {}, runs)
    return world


def moment(rules: Rules, runs: int = RUNS) -> Moment:
    """The first time that anybody decides."""
    world = rules.open(SEED, 0, runs)
    rules.open_pace(world)
    return Moment(rules, world, rules.appraise(world))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rule", "hold", "greedy", "random"])
def test_a_seat_of_a_batch_plays_as_the_same_policy_in_a_game(scenario: Scenario, name: str):
    """Run by run: the worlds are equal to the last bit."""
    rules = Rules(scenario)
    world = end(rules, {"russia": SEATS[name], "us": SEATS[name]}, 12)
    for run in range(12):
        game = Game(rules, SEED, run, {"russia": BUILT_IN[name], "us": BUILT_IN[name]})
        while not game.is_over:
            game.step()
        assert np.array_equal(game.world.cells[:, 0], world.cells[:, run])


def test_orders_and_votes_are_those_of_a_script_in_a_game(scenario: Scenario):
    """In a batch as in a game; what is ordered where it is not legal is not done."""
    rules = Rules(scenario)
    seat = OrdersSeat({1: WARN_US, 2: "hold", 3: Option("russia", "recognise")}, SEATS["rule"], {"all": 0})
    world = end(rules, {"russia": seat}, 12)
    script = ScriptPolicy(
        {1: Order(WARN_US), 2: Order(None), 3: Order(None)}, BUILT_IN["rule"], {"table_resolution": 0}
    )
    for run in range(12):
        game = Game(rules, SEED, run, {"russia": script})
        game.play()
        assert np.array_equal(game.world.cells[:, 0], world.cells[:, run])


def test_greedy_takes_the_best_legal_option(scenario: Scenario):
    """And nothing where every option loses."""
    now = moment(Rules(scenario))
    for actor in scenario.actors:
        choice, gain = SEATS["greedy"].decide(now, actor), now.gain(actor)
        best = gain.max(axis=0) if len(gain) else np.full(RUNS, -np.inf)
        taken = choice != NO_MOVE
        assert np.array_equal(taken, best > 0)
        rows = choice[taken] - now.options_of(actor).start
        assert np.array_equal(gain[rows, np.flatnonzero(taken)], best[taken])


def test_random_takes_every_legal_option_and_none_alike(scenario: Scenario):
    """Within four standard errors of an equal share; never what is not legal."""
    runs = 4000
    now = moment(Rules(scenario), runs)
    choice = SEATS["random"].decide(now, "russia")
    own, legal = now.options_of("russia"), now.legal("russia")
    shares = [(choice == number).mean() for number in (NO_MOVE, *range(own.start, own.stop))]
    allowed = [True, *legal[:, 0].tolist()]
    share = 1 / sum(allowed)
    assert legal.all(axis=1).tolist() == allowed[1:]
    for found, is_legal in zip(shares, allowed, strict=True):
        assert found == pytest.approx(share if is_legal else 0, abs=4 * np.sqrt(share * (1 - share) / runs))


def test_an_actor_without_options_can_sit_anywhere(scenario: Scenario):
    """It does nothing, or leaves that to the rule."""
    bare = without(scenario, {"warn", "recognise"})
    now = moment(Rules(bare))
    assert all((seat.decide(now, "russia") < 0).all() for seat in SEATS.values())


def test_an_order_for_an_action_that_was_taken_out_does_nothing(scenario: Scenario):
    """Two levers may meet so."""
    now = moment(Rules(without(scenario, {"warn"})))
    assert (OrdersSeat({0: WARN_US}).decide(now, "russia") == NO_MOVE).all()


def test_a_later_choice_wins_over_an_earlier_one(scenario: Scenario):
    """Policies, orders and votes of two levers, actor by actor."""
    first = Choice.model_validate(
        {"policy": {"russia": "hold", "us": "greedy"}, "orders": {"russia": {0: "warn:us", 1: "hold"}}}
    )
    second = Choice.model_validate(
        {
            "orders": {"russia": {"2007-11-22": "warn:kosovo"}},
            "votes": {"kosovo": {"all": "no"}},
            "policy": {"us": "rule"},
        }
    )
    assert seat_plans(scenario, [first, second]) == {
        "russia": OrdersSeat({0: Option("russia", "warn", "kosovo"), 1: "hold"}, SEATS["hold"]),
        "kosovo": OrdersSeat({}, SEATS["rule"], {"all": -1}),
    }


def test_votes_are_told_by_question_or_for_all(scenario: Scenario):
    """One question's word comes before that for all."""
    rules = Rules(scenario)
    seats = {"russia": OrdersSeat(votes={"all": 0, "table_resolution": -1}), "us": OrdersSeat(votes={"all": 1})}
    assert instructions(rules, seats) == {"table_resolution": {"russia": -1, "us": 1}}
    assert instructions(rules, {"us": SEATS["hold"]}) == {}


def test_arms_share_their_chance(scenario: Scenario):
    """Whatever is different in an arm, what does not depend on it is drawn alike, run by run."""
    base = end(Rules(scenario))
    for arm, seats in (
        (without(scenario, {"clashes"}), {}),
        (scenario, {"russia": SEATS["hold"]}),
        (with_settings(scenario, {"actors.us.stances.status.salience": 0.1}), {}),
    ):
        other = end(Rules(arm), seats)
        assert np.array_equal(base.origin, other.origin)
        alike = (base.ending == other.ending).mean()
        by_chance = np.mean([(base.ending == np.roll(other.ending, shift)).mean() for shift in range(1, RUNS)])
        assert alike > by_chance


@pytest.mark.slow
def test_a_change_that_changes_nothing_gives_the_same_runs():
    """To the last bit: another title, and for everybody the policy that everybody has."""
    cuba = load_scenario("cuba-1962")
    base = end(Rules(cuba), runs=6)
    retitled = Rules(with_settings(cuba, {"actors.ussr.title": "Moscow"}))
    other = end(retitled, dict.fromkeys(cuba.actors, SEATS["rule"]), runs=6)
    assert np.array_equal(base.cells, other.cells)
    assert np.array_equal(base.ending, other.ending)


@pytest.mark.slow
def test_common_chance_narrows_the_difference_between_arms():
    """KFOR halved: run by run, violence differs less than between runs that have nothing to do with each other."""
    kosovo = load_scenario("kosovo-2007")
    worst = {"worst": Outcome(maximum="violence")}
    found = []
    for arm in (kosovo, with_settings(kosovo, {"values.troops.start": 8})):
        rules = Rules(arm)
        found.append(measured(rules, 0, 64, worst)["worst"])
    paired = np.std(found[1] - found[0])
    unpaired = np.hypot(np.std(found[0]), np.std(found[1]))
    assert paired < 0.8 * unpaired


OUTCOMES = {
    "unrest_at_end": Outcome(at_end="unrest"),
    "independent": Outcome(at_end="ending.independent"),
    "declared_on": Outcome(first="declared"),
    "worst": Outcome(maximum="unrest"),
    "best": Outcome(minimum="unrest"),
    "turns_declared": Outcome(count="declared"),
    "mean_unrest": Outcome(mean="unrest"),
    "two": Outcome(mean="2"),
}


def test_outcomes_are_what_a_run_alone_would_say(scenario: Scenario):
    """Each run's own history, kept turn by turn while it was open."""
    rules = Rules(scenario)
    found = measured(rules, 0, RUNS)
    reading = rules.reading(*(rules.parser.expression(text) for text in ("unrest", "declared")))
    histories: list[list[tuple[float, bool, float]]] = [[] for _ in range(RUNS)]
    for world, was_open in turns(rules, {}):
        unrest, declared = reading.read(world)
        for run in np.flatnonzero(was_open).tolist():
            now = float(unrest[run]), bool(declared[run]), float(world.day[run])
            histories[run].append(now)
    for run, history in enumerate(histories):
        levels = [level for level, _, _ in history]
        days = [day - 7 for _, is_declared, day in history if is_declared]
        expected = {
            "unrest_at_end": levels[-1],
            "independent": float(world.ending[run] == 0),
            "declared_on": days[0] if days else np.nan,
            "worst": max(levels),
            "best": min(levels),
            "turns_declared": len(days),
            "mean_unrest": np.mean(levels),
            "two": 2.0,
        }
        assert {name: values[run] for name, values in found.items()} == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("chunk", [1, 5, 12])
def test_outcomes_do_not_depend_on_who_runs_beside(scenario: Scenario, chunk: int):
    """Run by run the same numbers, in blocks of any size."""
    rules = Rules(scenario)
    whole = measured(rules, 0, 12)
    parts = [measured(rules, first, min(chunk, 12 - first)) for first in range(0, 12, chunk)]
    for name in OUTCOMES:
        assert np.array_equal(whole[name], np.concatenate([part[name] for part in parts]), equal_nan=True)


@pytest.mark.parametrize("runs", [1, RUNS, 70])
@pytest.mark.parametrize("executor", [NUMPY, NUMBA])
@pytest.mark.parametrize("seats", [{}, {"russia": SEATS["rule"]}], ids=["by the rule", "with a seat"])
def test_outcomes_are_the_same_however_they_are_measured(scenario: Scenario, executor: str, seats: Seats, runs: int):
    """In numpy and compiled, all paces at once and pace by pace, beside the memory of a machine and in it."""
    if executor == NUMBA and not readiness.is_installed():
        pytest.skip("numba is not installed")
    known, found = measured(Rules(scenario, NUMPY), 0, 75), measured(Rules(scenario, executor), 5, runs, seats=seats)
    for name in OUTCOMES:
        assert np.array_equal(known[name][5 : 5 + runs], found[name], equal_nan=True), name


def measured(
    rules: Rules, first: int, runs: int, asked: Mapping[str, Outcome] = OUTCOMES, seats: Seats | None = None
) -> dict[str, Numbers]:
    """The outcomes of some runs."""
    world, watch = rules.open(SEED, first, runs), OutcomeWatch(rules, asked)
    gauges = rules.gauges(watch.gauges)
    play_out(rules, world, seats=seats, gauges=gauges)
    return watch.values(world, gauges.found(world))
