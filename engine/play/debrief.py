"""The numbers of a debrief: how a game that is over compares with others, and how good its forecasts were.

Scores of forecasts are Brier's ("Verification of forecasts expressed in terms of probability", Monthly Weather Review
78, 1950): the squares of what was missed, 0 for a forecast that knew. Over several endings they reach up to 2, for one
call up to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from weakref import WeakKeyDictionary

import numpy as np

from engine import batch
from engine.batch.statistics import share_of
from engine.play.ahead.crew import Crew
from engine.play.forecast import Breath
from engine.play.standings import RuleRuns
from engine.rules.rulebook import Rules
from engine.words import _, ngettext

RULE_RUNS = 2000
"""Runs decided by the rules that a game is compared with."""

PIECE = 500
"""Of these, how many are one piece of work."""

Shares = Mapping[str, float]
"""A forecast: by ending its probability."""

Call = tuple[int, str, float]
"""What a player called: the turn, an ending, and its probability."""


@dataclass(frozen=True)
class RulePiece:
    """Some runs of a seed in which the rules decide for everyone."""

    seed: int
    first: int
    runs: int

    def work(self, rules: Rules, breath: Breath) -> RuleRuns:
        """How they closed."""
        found = batch.run(rules, self.runs, self.seed, self.first)
        return RuleRuns(found.endings, found.scores)


_known: WeakKeyDictionary[Rules, dict[tuple[int, int], RuleRuns]] = WeakKeyDictionary()


def rule_runs(crew: Crew, seed: int, runs: int = RULE_RUNS) -> RuleRuns:
    """Runs of a seed decided by the rules, made by a crew once and kept; waits for them.

    Raises StoppedError where the crew is closed before.
    """
    kept = _known.setdefault(crew.rules, {})
    if (seed, runs) not in kept:
        pieces = [RulePiece(seed, first, min(PIECE, runs - first)) for first in range(0, runs, PIECE)]
        found: list[RuleRuns] = crew.all(pieces)
        endings = np.concatenate([piece.endings for piece in found])
        kept[seed, runs] = RuleRuns(endings, np.concatenate([piece.scores for piece in found], axis=1))
    return kept[seed, runs]


def brier(shares: Shares, outcome: str) -> float:
    """The score of a forecast of the ending, 0..2."""
    return sum((share - (ending == outcome)) ** 2 for ending, share in {outcome: 0.0, **shares}.items())


@dataclass(frozen=True)
class ForecastScores:
    """How good the odds were that were shown when each turn was sent."""

    by_turn: tuple[tuple[int, float], ...]
    """The turn and the score of its forecast."""
    base_rate: float
    """The score of a forecast that knows how often each ending closes a run, and nothing of the game."""

    @property
    def mean(self) -> float:
        """The mean score; that of the base rates where no odds were shown."""
        return fmean(score for _turn, score in self.by_turn) if self.by_turn else self.base_rate

    @property
    def skill(self) -> float:
        """How much of the base rates' score they save, up to 1; negative where they are worse."""
        return 1.0 - self.mean / self.base_rate if self.base_rate else 0.0


def forecast_scores(shown: Sequence[tuple[int, Shares]], outcome: str, base_rates: Shares) -> ForecastScores:
    """Of odds by turn, once the ending is known."""
    return ForecastScores(tuple((turn, brier(shares, outcome)) for turn, shares in shown), brier(base_rates, outcome))


@dataclass(frozen=True)
class CallScores:
    """How good a player's own calls were."""

    calls: tuple[tuple[Call, float], ...]
    """Each call with its score, 0..1."""
    called: float
    """The mean probability of what was called."""
    happened: float
    """The share of calls whose ending came."""

    @property
    def mean(self) -> float:
        """The mean score; always to say one half gives 0.25."""
        return fmean(score for _call, score in self.calls)

    def in_words(self) -> str:
        """Whether the player was right, too sure or too doubtful, in a sentence."""
        count = len(self.calls)
        text = ngettext(
            "Your call gave its ending {called}, and it {came}: {verdict}.",
            "Your {count} calls gave their endings {called} on average, and {happened} of them came: {verdict}.",
            count,
        )
        return text.format(
            count=count,
            called=f"{100 * self.called:.0f}%",
            happened=f"{100 * self.happened:.0f}%",
            came=_("came") if self.happened else _("did not come"),
            verdict=self._verdict(),
        )

    def _verdict(self) -> str:
        """By whether the mean of the calls is within the 95 % limits of what came."""
        came = share_of(round(self.happened * len(self.calls)), len(self.calls))
        if came.low <= self.called <= came.high:
            return _("as far as so few calls can tell, you judged well")
        if self.called > came.high:
            return _("you expected too much of what you named")
        return _("you expected too little of what you named")


def call_scores(calls: Sequence[Call], outcome: str) -> CallScores | None:
    """Of a player's calls, once the ending is known; None where there were none."""
    if not calls:
        return None
    scored = tuple((call, (call[2] - (call[1] == outcome)) ** 2) for call in calls)
    called = fmean(probability for _turn, _ending, probability in calls)
    return CallScores(scored, called, fmean(float(ending == outcome) for _turn, ending, _probability in calls))
