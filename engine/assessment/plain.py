"""A backtest as plain values: what JSON, the card and the command line tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine import __version__
from engine.assessment.backtest import Backtest
from engine.assessment.forecasts import KINDS, Forecaster, Kind
from engine.assessment.identity import hashes
from engine.assessment.moved import Moved, as_plain
from engine.assessment.questions import BALLOTS, DAY, RANK, RANKS, VALUE, YES_NO, Calendar, Question
from engine.assessment.scores import FLOOR, Distribution
from engine.batch.statistics import share_of

FORMAT = 1
"""The version of this form."""

UNLIKELY = 0.1
"""What came and had a smaller chance than this was missed; so was a number outside the middle 90 %."""

PARTS = {True: "fit", False: "held out"}
"""What the two parts are called."""


def plain(test: Backtest, stances: Iterable[Moved] | None = None) -> dict[str, Any]:
    """Everything that is told, in dictionaries and lists; ``stances`` says what moving main actors does, if asked."""
    assert test.rule.sampled is not None, "the rule plays"
    cut_off = test.history.cut_off
    return {
        "card_format": FORMAT,
        "scenario": test.scenario.id,
        "title": test.scenario.title,
        "cut_off": cut_off.isoformat() if cut_off else None,
        "runs": test.runs,
        "seed": test.seed,
        "engine": __version__,
        "floor": FLOOR,
        "hashes": hashes(test.scenario, test.history, test.rule.sampled),
        "forecasters": [{"name": one.name, "title": one.title} for one in test.forecasters],
        "parts": [part(test, is_fit) for is_fit in PARTS if any(q.is_fit == is_fit for q in test.questions)],
        "questions": [question(test, number) for number in range(len(test.questions))],
        "stances": None if stances is None else [as_plain(test.scenario, one) for one in stances],
        "remarks": test.history.remarks,
    }


def part(test: Backtest, is_fit: bool) -> dict[str, Any]:
    """The scores of what is fit, or of what is held out."""
    kinds = test.kinds(is_fit)
    asked = [q for q in test.questions if q.is_fit == is_fit]
    return {
        "part": PARTS[is_fit],
        "targets": len({q.target for q in asked}),
        "questions": len(asked),
        "scores": [
            {
                "name": kind.name,
                "title": kind.title,
                "unit": kind.unit,
                "of": [score(test, one, kind, is_fit) for one in test.forecasters],
                "gap": gap(test, kind, is_fit),
            }
            for kind in kinds
        ],
        "areas": list(areas(test, is_fit)),
        "reliability": [
            {
                "from": one.low,
                "to": one.high,
                "mean": one.mean,
                "came": one.came.count,
                "of": one.came.of,
                "low": one.came.low,
                "high": one.came.high,
            }
            for one in (test.reliability(is_fit) if any(q.kind == YES_NO for q in asked) else ())
        ],
    }


def score(test: Backtest, forecaster: Forecaster, kind: Kind, is_fit: bool) -> dict[str, Any]:
    """One score of one forecaster; bounds are null where it plays nothing, so that its score is exact."""
    found = test.score(forecaster, kind, is_fit)
    bounds = {"low": found.low, "high": found.high, "targets": found.targets, "questions": found.questions}
    return {"forecaster": forecaster.name, "value": found.value, **bounds}


def gap(test: Backtest, kind: Kind, is_fit: bool) -> dict[str, Any]:
    """How much better than the best baseline."""
    found = test.gap(kind, is_fit)
    ends = {"low": found.low, "high": found.high, "targets": found.targets}
    return {"best": found.best, "value": found.value, **ends}


def areas(test: Backtest, is_fit: bool) -> Iterator[dict[str, Any]]:
    """Who did what, of everybody who forecasts."""
    for forecaster in test.forecasters:
        found = test.area(forecaster, is_fit)
        if found is not None:
            low, high = found.interval
            counts = {"did": found.did, "did_not": found.did_not}
            yield {"forecaster": forecaster.name, "value": found.area, "low": low, "high": high, **counts}


def question(test: Backtest, number: int) -> dict[str, Any]:
    """What the rule says of one question, and what came."""
    asked, forecast = test.questions[number], test.rule.distributions[number]
    assert asked.truth is not None, "only known answers are asked for"
    runs = forecast.runs or 0
    return {
        "target": asked.target,
        "title": test.history.targets[asked.target].title,
        "about": asked.label,
        "kind": asked.kind,
        "part": PARTS[asked.is_fit],
        "came": told(asked, asked.truth, test.calendar),
        "runs": runs,
        **foretold(asked, forecast, test.calendar),
        **scores_of(test, number),
        "missed": is_missed(asked, forecast) if runs else None,
    }


def scores_of(test: Backtest, number: int) -> dict[str, Any]:
    """The score of the rule for one question, by the first that there is of its kind, and the best of a baseline."""
    kind = next(kind for kind in KINDS if kind.of == test.questions[number].kind)
    rule, *others = ((one.score(kind, number), one.name) for one in test.forecasters)
    best, name = min(others)
    return {"score": kind.name, "of_rule": rule[0], "of_best": best, "best": name}


def foretold(asked: Question, forecast: Distribution, calendar: Calendar) -> dict[str, Any]:
    """The chance of what came, with its interval; or the middle and the ends of the middle 90 %."""
    if asked.kind in (YES_NO, RANK):
        assert asked.truth is not None, "only known answers are asked for"
        return chance_of(forecast, asked.truth)
    return quantiles(asked, forecast, calendar)


def said(asked: Question, forecast: Distribution, calendar: Calendar) -> dict[str, Any]:
    """What a forecast says by itself: the chance of yes, of each rank, or quantiles; and of how many runs."""
    if asked.kind == YES_NO:
        found: dict[str, Any] = {"yes": chance_of(forecast, 1.0)}
    elif asked.kind == RANK:
        words = BALLOTS if asked.label else RANKS
        found = {word: chance_of(forecast, rank) for word, rank in words.items()}
    else:
        found = quantiles(asked, forecast, calendar)
    return {"runs": forecast.runs, **found}


def chance_of(forecast: Distribution, value: float) -> dict[str, Any]:
    """A chance with its 95 % interval (Wilson), which only a sample has."""
    chance = forecast.chance_of(value)
    share = share_of(round(chance * forecast.runs), forecast.runs) if forecast.runs else None
    return {"chance": chance, "low": share and share.low, "high": share and share.high}


def quantiles(asked: Question, forecast: Distribution, calendar: Calendar) -> dict[str, Any]:
    """The middle, and the ends of the middle 90 %."""
    ends = (("median", 0.5), ("low", 0.05), ("high", 0.95))
    return {name: told(asked, forecast.quantile(share), calendar) for name, share in ends}


def is_missed(asked: Question, forecast: Distribution) -> bool:
    """Whether what came was thought unlikely."""
    assert asked.truth is not None, "only known answers are asked for"
    if asked.kind in (YES_NO, RANK):
        return forecast.chance_of(asked.truth) < UNLIKELY
    return not forecast.quantile(0.05) <= asked.truth <= forecast.quantile(0.95)


def told(asked: Question, value: float, calendar: Calendar) -> str | float:
    """A number of a question as people say it: yes and no, a date, the word of a rank."""
    if asked.kind == YES_NO:
        return "yes" if value else "no"
    if asked.kind == DAY:
        return "never" if value >= calendar.end else calendar.date(value).isoformat()
    if asked.kind == VALUE:
        return value
    words = BALLOTS if asked.label else RANKS
    return next(word for word, rank in words.items() if rank == value)
