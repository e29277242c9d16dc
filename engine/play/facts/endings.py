"""How a story closed and what that is worth to a side, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.play.facts.dossier import Gap, gaps_of
from engine.rules.rulebook import Rules
from engine.scenario.models import Scenario
from engine.words import _, ngettext

if TYPE_CHECKING:
    from engine.batch import BatchResult
    from engine.play.game import Game

DEAREST = 3
"""How many issues an account of a score names."""

SMALLEST = 0.5
"""Points that an issue must cost to be named."""


@dataclass(frozen=True, slots=True)
class EndingLine:
    """How a story closed."""

    ending: str
    title: str
    text: str | None
    turns: int
    """How many turns were played."""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A side's score, and where its points were lost."""

    actor: str
    title: str
    score: float
    gaps: tuple[Gap, ...]
    """By issue, the dearest first."""
    missed: float = 0.0
    """The points that the way in which the story closed costs it."""
    text: str | None = None
    """What that is to it, in the scenario's words."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """An ending as a side meets it in many runs: its share of them (0..1), and the side's mean score there."""

    ending: str
    title: str
    share: float
    runs: int
    score: float


def ending_of(game: Game) -> EndingLine | None:
    """How a game closed; None while it has not."""
    ending = game.ending
    return None if ending is None else EndingLine(ending.id, ending.title, ending.text, len(game.turns))


def score_of(game: Game, actor: str) -> ScoreLine | None:
    """A side's score as the world stands; None for an actor without stances."""
    score = game.scores().get(actor)
    if score is None:
        return None
    scenario, ending = game.rules.scenario, game.ending
    worth = None if ending is None else scenario.worth_of(ending, actor)
    missed = float(game.rules.missed(game.world)[game.rules.layout.actors[actor], 0])
    text = None if worth is None else worth.text
    return ScoreLine(actor, scenario.actors[actor].title, score, gaps_of(game, actor), missed, text)


def score_in_words(line: ScoreLine) -> str:
    """*61 of 100. What costs most: Kosovo's status (21 points), the way it ended (9 points).*"""
    head = _("{score} of 100.").format(score=f"{line.score:.0f}")
    costs = [(gap.costs, gap.title) for gap in line.gaps] + [(line.missed, _("the way it ended"))]
    dear = sorted((cost for cost in costs if cost[0] >= SMALLEST), key=lambda cost: -cost[0])[:DEAREST]
    if not dear:
        return f"{head} {_('Nothing that it cares about is missing.')}"
    told = ", ".join(_points(*cost) for cost in dear)
    return f"{head} " + _("What costs most: {issues}.").format(issues=told)


def _points(costs: float, what: str) -> str:
    points = max(1, round(costs))
    return ngettext("{issue} ({points} point)", "{issue} ({points} points)", points).format(issue=what, points=points)


def prospects(batch: BatchResult, actor: str) -> tuple[Prospect, ...]:
    """The endings that some runs had, the best for a side first."""
    scores = batch.scores[batch.rules.layout.actors[actor]]
    return prospects_from(batch.rules, batch.endings, scores)


def prospects_from(rules: Rules, endings: np.ndarray, scores: np.ndarray) -> tuple[Prospect, ...]:
    """The same from the number of each run's ending and the side's score in it: shape (runs,) each."""
    found = []
    for number, ending in enumerate(rules.scenario.endings):
        runs = endings == number
        if runs.any():
            share, mean = float(runs.mean()), float(scores[runs].mean())
            found.append(Prospect(ending.id, ending.title, share, int(runs.sum()), mean))
    return tuple(sorted(found, key=lambda prospect: -prospect.score))


def prospects_in_words(found: Sequence[Prospect]) -> str:
    """The best and the worst ending of a side."""
    if not found:
        return _("No runs to tell from.")
    best, worst = found[0], found[-1]
    if best == worst:
        return _("Every run ended so: {title} (mean score {score}).").format(
            title=best.title, score=f"{best.score:.0f}"
        )
    return _("Best for you: {best} (mean score {high}). Worst: {worst} (mean score {low}).").format(
        best=best.title, high=f"{best.score:.0f}", worst=worst.title, low=f"{worst.score:.0f}"
    )


def shares_in_words(scenario: Scenario, shares: Mapping[str, float]) -> str:
    """*Contested independence 41%, The status quo lasts 22%*: the likeliest first, those that never happen left out."""
    titles = {ending.id: ending.title for ending in scenario.endings}
    told = sorted((ending for ending in shares if shares[ending] > 0), key=lambda ending: -shares[ending])
    return ", ".join(f"{titles[ending]} {100 * shares[ending]:.0f}%" for ending in told)
