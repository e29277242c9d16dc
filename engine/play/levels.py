"""How hard a game is: how well the other sides look ahead, and how much a player may see of their stances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from engine.play.forecast import Forecast, look_ahead
from engine.play.policies import BY_RULE, Decision, GreedyPolicy, Plan, Policy, RulePolicy, View


class Candour(Enum):
    """What a player is shown of the stances of others."""

    OPEN = "open"
    """Every stance as it is now."""
    CODED = "coded"
    """Every stance as the scenario's author coded it, not as it was drawn for this run or has moved since."""
    QUOTED = "quoted"
    """Only stances that rest on somebody's words, as the author coded them."""
    WORDS = "words"
    """Only the words themselves, without numbers."""


@dataclass(frozen=True)
class PromisingPolicy(RulePolicy):
    """Waits as long as the rule would, and then takes the legal option that promises most."""

    def decide(self, view: View) -> Decision:
        """Nothing where the rule would do nothing, or where all options lose."""
        return None if view.by_rule is None else GreedyPolicy().decide(view)


@dataclass(frozen=True)
class ForesightPolicy(RulePolicy):
    """Plays the most promising options, and holding, to the end, and acts where acting is better beyond the noise."""

    shortlist: int = 3
    """How many options it looks at, by gain."""
    futures: int = 40
    """How many futures it looks at for each."""
    doubt: float = 2.0
    """By how many standard errors an option must be better than holding."""

    def decide(self, view: View) -> Decision:
        """The best of the shortlist; nothing where none is clearly better; by the rule without a stance to judge by."""
        shortlist = sorted(view.legal, key=lambda option: -option.gain)[: self.shortlist]
        if not shortlist:
            return None
        plans: list[Plan] = [(), *((option.option,) for option in shortlist)]
        hold, *others = look_ahead(view.rules, view.world, view.actor, plans, self.futures)
        row = view.rules.layout.actors[view.actor]
        if not np.isfinite(hold.scores[row]).all():
            return BY_RULE
        better = [self.margin(forecast, hold, row) for forecast in others]
        best = max(better)
        return shortlist[better.index(best)].option if best > 0 else None

    def margin(self, forecast: Forecast, hold: Forecast, row: int) -> float:
        """By how much an option is better than holding, less what may be noise; the two share their chance."""
        more = forecast.scores[row] - hold.scores[row]
        return float(more.mean() - self.doubt * more.std() / np.sqrt(len(more)))


@dataclass(frozen=True)
class Level:
    """A degree of difficulty."""

    id: str
    title: str
    text: str
    """What it means, for players."""
    looks_ahead: Policy
    """How the playable sides decide in whose seats nobody sits; everybody else follows the rule."""
    candour: Candour


LEVELS: Mapping[str, Level] = {
    level.id: level
    for level in (
        Level(
            "student",
            "Student",
            "The other sides follow their stances, and every stance lies open.",
            RulePolicy(),
            Candour.OPEN,
        ),
        Level(
            "attache",
            "Attaché",
            "The other sides follow their stances. You see what has been read out of their words, not what they think.",
            RulePolicy(),
            Candour.CODED,
        ),
        Level(
            "envoy",
            "Envoy",
            "The other sides take what promises most when they act. You see only stances that were put into words.",
            PromisingPolicy(),
            Candour.QUOTED,
        ),
        Level(
            "statesman",
            "Statesman",
            "The other sides think to the end before they act. You have their words, and no numbers.",
            ForesightPolicy(),
            Candour.WORDS,
        ),
    )
}
"""From the easiest to the hardest."""

EASIEST = LEVELS["student"]
