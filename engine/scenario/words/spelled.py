"""How expressions speak of words between sides, and what of the state is meant by it."""

from __future__ import annotations

from engine.scenario.models import Scenario
from engine.scenario.words.drafts import spellings_of_texts
from engine.scenario.words.exchanges import spellings
from engine.scenario.words.pledges import spellings_of_threats


def names_of_words(scenario: Scenario) -> dict[str, set[str]]:
    """What may be meant where an expression speaks of words between sides, by the first part of how it is spelled."""
    named = (*scenario.flags, *scenario.values, *scenario.actor_flags)
    spelled = (spellings, spellings_of_threats, spellings_of_texts)
    verbs = {one.partition(".")[0] for some in spelled for one in some(scenario)}
    return {verb: {name for name in named if name.startswith(f"{verb}_")} for verb in verbs}
