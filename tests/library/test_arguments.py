"""What can't be asked for is refused in a sentence that names the argument, by the judges of the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import brinkmanship as bm
from engine.cli.arguments import parse
from engine.cli.failures import UsageError

CUBA = bm.load("cuba-1962")


@pytest.fixture(scope="module")
def few() -> bm.Results:
    """A few runs."""
    return bm.batch(CUBA, 4)


REFUSED: tuple[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any], str], ...] = (
    (bm.load, ("kosovo-2008",), {}, 'there is no scenario "kosovo-2008", did you mean "kosovo-2007"?'),
    (bm.load, (CUBA, {"issues.wart.start": 3}), {}, 'set: error: issues.wart.start: there is no "wart" under issues'),
    (bm.load, (CUBA, {"temperature": object}), {}, "set: error: temperature: can't hold a value of the type type"),
    (bm.load, (CUBA, {3: 1}), {}, "has paths such as issues.status.start for keys"),
    (bm.load, (CUBA, [("temperature", 1)]), {}, "set: error: is a mapping"),
    (bm.batch, (CUBA, "10"), {}, 'runs is a whole number from 1 to 10000000, not "10"'),
    (bm.load, (3,), {}, "scenario is a name or a path, not 3"),
    (bm.batch, (CUBA, 0), {}, "runs is a whole number from 1 to 10000000, not 0"),
    (bm.batch, (CUBA, 10**9), {}, "runs is a whole number from 1 to 10000000"),
    (bm.batch, (CUBA, 2.0), {}, "runs is a whole number"),
    (bm.batch, (CUBA, 5, -1), {}, "seed is a whole number from 0 to 18446744073709551615, not -1"),
    (bm.batch, (CUBA, 5, True), {}, "seed is a whole number"),
    (bm.batch, (CUBA, 5), {"workers": 0}, "workers is a whole number from 1 to 1024, not 0"),
    (bm.batch, (CUBA, 5), {"until": 0.7}, "until is more than 0 and less than 0.5, such as 0.005, not 0.7"),
    (bm.batch, (CUBA, 5), {"until": "0.1"}, "until is more than 0"),
    (bm.batch, (CUBA, 5), {"trajectories": "some"}, "trajectories are one of none, summary or all, not some"),
    (bm.batch, (CUBA, 5), {"out": 3}, "out is a name or a path"),
    (bm.batch, (CUBA, 5), {"vary": {"temperature": 0.1}}, "vary: error: temperature: is a list of values to try"),
    (bm.batch, (CUBA, 5), {"vary": {"temperature": []}}, "is a list of values to try"),
    (bm.batch, (CUBA, 5), {"vary": {"temperature": [-1]}}, "vary: error: temperature: "),
    (bm.batch, (CUBA, 5), {"experiment": 5}, "experiment is a name or a path"),
    (bm.batch, (CUBA, 5), {"experiment": {"runz": 5}}, 'experiment: error: runz: unknown key "runz"'),
    (
        bm.batch,
        (CUBA, 5),
        {"experiment": {"scenario": "suez-1956"}},
        'scenario: is about "suez-1956"',
    ),
    (bm.batch, (CUBA, 5), {"experiment": {}, "vary": {"temperature": [1]}}, "vary: error: an experiment names what it"),
    (bm.results, ("nowhere",), {}, "nowhere"),
    (bm.summary, ("res",), {}, "open a folder with brinkmanship.results(FOLDER)"),
    (bm.play, (CUBA, -1), {}, "seed is a whole number"),
    (bm.play, (CUBA, 1, -1), {}, "run is a whole number"),
    (bm.play, (CUBA,), {"policies": {"uss": "rule"}}, 'there is no actor "uss", did you mean "ussr"?'),
    (bm.play, (CUBA,), {"policies": {"us": "gready"}}, "there is no policy"),
    (bm.play, (CUBA,), {"policies": {"us": 4}}, "has no decide and vote"),
    (bm.play, (CUBA,), {"policies": "us"}, "policies are a mapping"),
    (bm.play, (CUBA,), {"policies": {"us": bm.policies.script({99: "hold"})}}, 'orders.99: "99" is no turn'),
    (bm.play, (CUBA,), {"policies": {"us": bm.policies.script({0: "flee"})}}, 'unknown action "flee"'),
    (bm.forecast, (3,), {}, "game is a game that brinkmanship.play has begun"),
)


@pytest.mark.parametrize(("function", "of", "named", "said"), REFUSED, ids=[entry[3][:40] for entry in REFUSED])
def test_what_cannot_be_asked_for_is_refused(
    function: Callable[..., Any], of: tuple[Any, ...], named: dict[str, Any], said: str
) -> None:
    """In a sentence, and as an error of one tree."""
    with pytest.raises(bm.errors.BrinkmanshipError) as caught:
        function(*of, **named)
    assert said in str(caught.value)
    assert "--" not in str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("orders", "said"),
    [
        (
            {"us": "mov_forces"},
            'unknown action "mov_forces", did you mean "move_forces"?',
        ),
        ({"uss": "hold"}, 'there is no actor "uss"'),
        ({"us": "speak"}, "speak is not legal on 1962-10-16"),
        ({"us": 3}, "the order of us is an action, several of them, None or a mapping"),
        ({"us": []}, "the order of us is an action"),
        ({"us": {"move": "hold", "votes": {"x": "yes"}}}, 'unknown question "x"'),
        ({"us": ["move_forces", "confront_in_private", "speak"]}, "a seat may make 2 a turn"),
        ({"us": ["move_forces", "move_forces"]}, '"move_forces" is in this order already'),
        ("us", "orders are a mapping"),
    ],
)
def test_orders_that_cannot_be_followed_change_nothing(orders: Any, said: str) -> None:
    """Neither in a game nor in a forecast."""
    game = bm.play(CUBA)
    before = game.state
    for ask in (game.step, lambda orders: bm.forecast(game, orders, 10)):
        with pytest.raises(bm.errors.BrinkmanshipError) as caught:
            ask(orders)
        assert said in str(caught.value)
    assert (game.turn, game.state) == (0, before)


def test_the_command_line_says_the_same(few: bm.Results) -> None:
    """One judge of numbers serves both."""
    for words, ask in (
        (("batch", "x", "--runs", "0"), lambda: bm.batch(CUBA, 0)),
        (("batch", "x", "--until", "0.7"), lambda: bm.batch(CUBA, 5, until=0.7)),
        (("discover", "x", "--when", "a", "--often", "3"), lambda: bm.discover(few, "ending.nuclear", often=3)),
    ):
        with pytest.raises(UsageError) as typed:
            parse(words)
        with pytest.raises(bm.errors.ArgumentError) as called:
            ask()
        bounds = str(called.value).partition(" is ")[2]
        assert bounds in str(typed.value)


def test_numbers_of_numpy_are_numbers() -> None:
    """Runs, seeds, values and whole designs."""
    results = bm.batch(CUBA, np.int64(3), np.uint8(2), vary={"temperature": np.array([0.1, 0.2])})
    assert results.table()["temperature"].unique().sort().to_list() == [0.1, 0.2]
    assert results.runs.collect().height == 6


@pytest.mark.slow
def test_an_experiment_is_a_file_or_a_mapping(tmp_path: Path) -> None:
    """Both give the same runs."""
    path = tmp_path / "tense.yaml"
    path.write_text(
        "experiment_format: 1\nscenario: cuba-1962\nruns: 5\nseed: 3\n"
        "uncertainties: {t: {path: temperature, range: [0.1, 0.2]}}\ndesign: {sobol: 2}\n",
        encoding="utf-8",
    )
    content = {
        "runs": 5,
        "seed": 3,
        "uncertainties": {"t": {"path": "temperature", "range": (0.1, 0.2)}},
        "design": {"sobol": 2},
    }
    of_file, of_mapping = bm.batch(CUBA, experiment=path), bm.batch(CUBA, experiment=content)
    assert of_file.table().equals(of_mapping.table())


def test_an_answer_of_a_policy_that_is_no_option_is_refused() -> None:
    """What `options` gives holds an option, and is none."""

    class Hasty(bm.policies.Hold):
        def decide(self, view: bm.policies.View) -> Any:
            return view.legal[0]

    with pytest.raises(bm.errors.ArgumentError, match="a policy answers with an option"):
        bm.play(CUBA, policies={"us": Hasty()}).step()
