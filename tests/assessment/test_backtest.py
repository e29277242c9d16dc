"""A backtest of a small scenario: questions, baselines, intervals, card, lock."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from engine.assessment.backtest import Backtest, asked_of, backtest, forecast
from engine.assessment.baselines import StatusQuo, position, uniform
from engine.assessment.card import card, stale
from engine.assessment.errors import AssessmentError
from engine.assessment.forecasts import KINDS
from engine.assessment.frames import Backtested
from engine.assessment.identity import FIRST_RUNS, hashes
from engine.assessment.lock import Forecast, locked, read_lock, write_lock
from engine.assessment.measured import Sampled, measure
from engine.assessment.plain import plain
from engine.assessment.questions import Calendar, Question, questions_of
from engine.assessment.resampling import drawn_anew
from engine.assessment.scores import Distribution, crps
from engine.assessment.scoring import score_lock
from engine.assessment.variants import frozen, literal
from engine.batch.design.planning import plan_from_values
from engine.batch.running.conduct import run_plan
from engine.scenario.history import History
from engine.scenario.models import Scenario
from tests.assessment.small import CARD, HISTORY, RUNS, SEED, shown, small


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, History]:
    """The scenario and its history."""
    return small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def test_of(made: tuple[Scenario, History]) -> Backtest:
    """Its backtest."""
    return backtest(*made, RUNS, SEED)


def asked(made: tuple[Scenario, History]) -> dict[tuple[str, str], Question]:
    """Every question by its target and what it is about."""
    return {(q.target, q.label): q for q in questions_of(*made)}


def test_each_target_becomes_questions(made: tuple[Scenario, History]) -> None:
    """One for each actor, thing or member; what is known later than the cut-off is held out."""
    questions = asked(made)
    told = {key: (q.truth, q.is_fit) for key, q in questions.items()}
    assert told == {
        ("declared_by", ""): (1.0, True),
        ("declared_on", ""): (28.0, True),
        ("unrest", ""): (0.3, True),
        ("calm", ""): (0.0, False),
        ("recognised", "russia"): (0.0, False),
        ("recognised", "us"): (1.0, False),
        ("acts", "did.warn.russia.us"): (0.0, True),
        ("acts", "did.declare"): (1.0, True),
        ("acts", "happened.clashes"): (0.0, True),
        ("order", ""): (0.0, False),
        ("vote", "us"): (2.0, False),
        ("vote", "kosovo"): (2.0, False),
        ("vote", "russia"): (0.0, False),
        ("votes", ""): (2.0, False),
        ("open_question", ""): (None, False),
    }


def test_runs_are_measured_as_a_batch_says(made: tuple[Scenario, History]) -> None:
    """Day, yes by a day, and ballots agree with columns that an experiment asks for itself."""
    scenario, _ = made
    questions = list(asked(made).values())
    found = {
        (q.target, q.label): s.values for q, s in zip(questions, measure(scenario, questions, RUNS, SEED), strict=True)
    }
    outcomes = {
        "on": {"first": "declared"},
        "held": {"at_end": "vote.table_resolution.held"},
        "yes": {"at_end": "vote.table_resolution.us.yes"},
        "no": {"at_end": "vote.table_resolution.us.no"},
    }
    table = run_plan(plan_from_values(scenario, experiment={"outcomes": outcomes}, runs=RUNS, seed=SEED)).runs.collect()
    day = table["on"].to_numpy().astype(float)
    assert np.array_equal(found["declared_on", ""], np.where(np.isnan(day), 70.0, day))
    assert np.array_equal(found["declared_by", ""], day <= 41.0)
    held = table["held"].to_numpy() == 1
    assert 0 < held.sum() < RUNS
    assert np.isnan(found["vote", "us"][~held]).all()
    rank = np.where(table["yes"].to_numpy() == 1, 2.0, np.where(table["no"].to_numpy() == 1, 0.0, 1.0))
    assert np.array_equal(found["vote", "us"][held], rank[held])


def test_the_uniform_baseline(made: tuple[Scenario, History]) -> None:
    """Even odds that it ever comes; six of ten paces open by New Year's Eve, nine by 20 January."""
    questions, calendar = asked(made), Calendar(made[0])
    chances = {key: uniform(q, calendar).chance_of(1.0) for key, q in questions.items()}
    assert chances["declared_by", ""] == chances["acts", "did.declare"] == pytest.approx(0.3)
    assert chances["calm", ""] == pytest.approx(0.25)
    assert list(uniform(questions["declared_on", ""], calendar).points) == [7.0 * n for n in range(10)]
    order = uniform(questions["order", ""], calendar)
    assert order.chances == pytest.approx([0.3375, 0.325, 0.3375])
    assert uniform(questions["vote", "us"], calendar).chances == pytest.approx([1 / 3] * 3)


def test_the_baseline_of_positions(made: tuple[Scenario, History]) -> None:
    """A position of 90 is four tenths of the scale above 50, one of 0 five below; others are uniform."""
    questions, calendar = asked(made), Calendar(made[0])
    assert position(questions["recognised", "us"], calendar).chance_of(1.0) == pytest.approx(1 / (1 + np.exp(-4)))
    assert position(questions["recognised", "russia"], calendar).chance_of(1.0) == pytest.approx(1 / (1 + np.exp(5)))
    assert position(questions["declared_by", ""], calendar).chance_of(1.0) == pytest.approx(0.3)


def test_nothing_changes(made: tuple[Scenario, History]) -> None:
    """Unrest stays at .2, nothing is declared, and members abstain."""
    questions, calendar, forecast_of = asked(made), Calendar(made[0]), StatusQuo(made[0]).forecast
    found = {key: forecast_of(q, calendar).quantile(0.5) for key, q in questions.items()}
    assert found["unrest", ""] == pytest.approx(0.2)
    assert found["calm", ""] == 1.0
    assert found["declared_on", ""] == 70.0
    assert found["declared_by", ""] == found["recognised", "us"] == 0.0
    assert found["order", ""] == found["vote", "us"] == 1.0


def test_a_frozen_world_does_not_move(made: tuple[Scenario, History]) -> None:
    """Issues and values stay where they are in every run, and what is done still shows."""
    outcomes = {
        "low": {"minimum": "status"},
        "high": {"maximum": "status"},
        "unrest": {"maximum": "unrest"},
        "declared": {"at_end": "declared"},
    }
    plan = plan_from_values(frozen(made[0]), experiment={"outcomes": outcomes}, runs=RUNS, seed=SEED)
    table = run_plan(plan).runs.collect()
    assert set(table["low"]) == set(table["high"]) == {35.0}
    assert set(table["unrest"]) == {0.2}
    assert table["declared"].sum() > 0


def test_taken_at_its_word_everybody_is_certain(made: tuple[Scenario, History]) -> None:
    """Kosovo declares in the first pace in which it may, in every run."""
    questions = [asked(made)["declared_on", ""]]
    (found,) = measure(literal(made[0]), questions, RUNS, SEED, "greedy")
    assert set(found.values) == {21.0}


def test_runs_drawn_anew_give_the_scores_of_those_runs(test_of: Backtest) -> None:
    """Where each run counts once, the score itself; where a half counts twice, the distribution of that half."""
    rule, days = test_of.rule, KINDS[2]
    number = next(n for n, q in enumerate(test_of.questions) if q.target == "declared_on")
    once = np.ones((1, RUNS), dtype=np.intp)
    assert rule.scores_anew(days, number, once)[0] == pytest.approx(rule.score(days, number))
    assert rule.sampled is not None
    half = np.repeat([2, 0], RUNS // 2)[np.newaxis]
    points, chances = rule.sampled[number].weighted(half)
    expected = Sampled(rule.sampled[number].values[: RUNS // 2]).distribution
    assert expected is not None
    kept = chances[0] > 0
    assert np.array_equal(points[kept], expected.points)
    assert chances[0][kept] == pytest.approx(expected.chances)


def test_drawing_anew_keeps_the_number() -> None:
    """As many things in each sample as there are, and the same at every call."""
    counts = drawn_anew(7, 1, "runs", 20)
    assert (counts.sum(axis=1) == 7).all()
    assert np.array_equal(counts, drawn_anew(7, 1, "runs", 20))
    assert len(np.unique(counts, axis=0)) > 1


def test_the_rule_is_between_the_ends_of_its_interval(test_of: Backtest) -> None:
    """And what plays nothing has none."""
    for is_fit in (True, False):
        for kind in test_of.kinds(is_fit):
            for one in test_of.forecasters:
                score = test_of.score(one, kind, is_fit)
                if one.sampled is None:
                    assert (score.low, score.high) == (None, None)
                else:
                    assert score.low is not None and score.high is not None
                    assert score.low <= score.value <= score.high
            gap = test_of.gap(kind, is_fit)
            best = min(test_of.score(one, kind, is_fit).value for one in test_of.forecasters[1:])
            assert gap.value == pytest.approx(best - test_of.score(test_of.rule, kind, is_fit).value)


def test_the_card_is_golden(test_of: Backtest) -> None:
    """Every digit; what it is of are hashes, which are left out. `make goldens` writes it anew."""
    assert shown(test_of) == CARD.read_text(encoding="utf-8")


def test_nothing_in_a_card_is_obeyed(test_of: Backtest) -> None:
    """What a stranger's scenario says is text, not markup."""
    values = plain(test_of)
    hostile = {**values, "title": "<script>x", "remarks": "[here](javascript:x) | *"}
    hostile["questions"] = [{**question, "title": "a | <b> `c`"} for question in values["questions"]]
    text = card(hostile, "brink backtest small-crisis")
    assert not any(mark in text for mark in ("<script", "<b>", "[here]", "| a | "))
    assert "a \\| &#60;b> &#96;c&#96;" in text


def test_a_card_is_stale_as_soon_as_something_is_another(test_of: Backtest, tmp_path: Path) -> None:
    """The scenario, an answer, or what the rules make of it."""
    text = card(plain(test_of), "brink backtest small-crisis")
    scenario, history = test_of.scenario, test_of.history
    assert stale(text, now(scenario, history)) == []
    _, other = small(tmp_path, HISTORY.replace("was: 0.3", "was: 0.4"))
    assert stale(text, now(scenario, other)) == ["the targets, and what came of them"]
    cooler = scenario.model_copy(update={"temperature": 0.02})
    told = ["the content of the scenario", "what the first runs come to"]
    assert stale(text, now(cooler, history)) == told


def now(scenario: Scenario, history: History) -> dict[str, str]:
    """The hashes of this moment."""
    questions = [q for q in questions_of(scenario, history) if q.truth is not None]
    return hashes(scenario, history, measure(scenario, questions, FIRST_RUNS, SEED))


def test_without_answers_there_is_no_backtest(made: tuple[Scenario, History]) -> None:
    """A sentence says so."""
    scenario, history = made
    only_open = history.model_copy(update={"targets": {"open_question": history.targets["open_question"]}})
    with pytest.raises(AssessmentError, match="says what came of it"):
        backtest(scenario, only_open, 4)
    with pytest.raises(AssessmentError, match="has no targets"):
        backtest(scenario, None, 4)


def test_a_lock_is_scored_once_it_is_answered(made: tuple[Scenario, History], tmp_path: Path) -> None:
    """As the backtest would have scored it; answers are not in it, and it is never written over."""
    scenario, history = made
    unanswered = {name: target.without_answer() for name, target in history.targets.items()}
    blank = history.model_copy(update={"targets": unanswered})
    test = forecast(scenario, blank, asked_of(scenario, blank), RUNS, SEED)
    lock = locked(test, {}, dt.datetime(2007, 11, 20, tzinfo=dt.UTC))
    path = tmp_path / "small.lock.json"
    write_lock(path, lock)
    with pytest.raises(AssessmentError, match="never written over"):
        write_lock(path, lock)
    again = read_lock(path)
    assert again == lock
    assert again.known == []
    rows = {row["score"]: row for row in score_lock(again, history).rows()}
    whole = backtest(scenario, history, RUNS, SEED)
    of_all = {kind.name: kind for kind in KINDS}
    expected = np.mean([whole.score(whole.rule, of_all["days"], True).value])
    assert rows["days"]["of"]["rule"] == pytest.approx(expected)
    assert rows["brier"]["targets"] == 4
    assert not any(row["was_known"] for row in rows.values())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('"seed": 3', '"seed": 4'), "its seal does not hold"),
        (lambda text: text[:-50], "it is no JSON"),
        (lambda _: "{}", "is no locked forecast"),
        (lambda _: '{"lock_format": 2}', "is a locked forecast of format 2"),
        (lambda _: '{"lock_format": 1}', "is damaged: it does not say scenario"),
    ],
)
def test_what_is_no_lock_is_refused(made: tuple[Scenario, History], tmp_path: Path, change: object, says: str) -> None:
    """Something else, a part, or a lock that somebody has changed."""
    scenario, history = made
    only = history.model_copy(update={"targets": {"declared_by": history.targets["declared_by"]}})
    lock = locked(
        forecast(scenario, only, asked_of(scenario, only), 4, SEED), {}, dt.datetime(2007, 1, 1, tzinfo=dt.UTC)
    )
    assert callable(change)
    path = tmp_path / "lock.json"
    path.write_text(change(json.dumps(lock.model_dump(mode="json"))))
    with pytest.raises(AssessmentError, match=says):
        read_lock(path)


def test_a_record_of_another_question_is_refused(made: tuple[Scenario, History], tmp_path: Path) -> None:
    """A question is known by its name and its words."""
    scenario, history = made
    test = forecast(scenario, history, asked_of(scenario, history), 4, SEED)
    lock = locked(test, {}, dt.datetime(2007, 1, 1, tzinfo=dt.UTC))
    _, other = small(tmp_path, HISTORY.replace("by: 2007-12-31, was: true", "by: 2007-12-30, was: true"))
    with pytest.raises(AssessmentError, match="under the name declared_by"):
        score_lock(lock, other)
    silent = history.model_copy(update={"targets": {}})
    with pytest.raises(AssessmentError, match="nothing to score"):
        score_lock(lock, silent)


def test_frames_hold_what_the_values_hold(test_of: Backtest) -> None:
    """A row for each score of each forecaster, each gap, and each question."""
    found = Backtested(test_of)
    kinds = sum(len(test_of.kinds(is_fit)) for is_fit in (True, False))
    assert found.scores.height == kinds * len(test_of.forecasters)
    assert found.gaps.height == kinds
    assert found.answers["target"].to_list() == [question.target for question in test_of.questions]
    rule = found.scores.filter(part="fit", score="brier", forecaster="rule")["value"].item()
    assert rule == test_of.score(test_of.rule, KINDS[0], True).value


def test_a_lock_keeps_long_distributions_as_quantiles() -> None:
    """Of a thousand points two hundred quantiles, whose score is close."""
    long = Distribution.of_runs(np.linspace(0.0, 1.0, 1001))
    kept = Forecast.of(long).distribution
    assert len(kept.points) == 200
    assert kept.runs is None
    assert crps(kept, 0.3) == pytest.approx(crps(long, 0.3), abs=0.002)
