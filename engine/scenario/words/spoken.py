"""Words between sides, written in the scenario's own language: offers, answers, warnings, words kept and broken.

So an offer is an option like any other, an answer an answer, and what is in force a flag: every rule, check, screen and
count that there is serves words as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.scenario.models import Action, Amount, Scenario
from engine.scenario.words.additions import USUAL, Spoken
from engine.scenario.words.bargains import add_exchanges
from engine.scenario.words.exchanges import exchanges
from engine.scenario.words.pledges import warned
from engine.scenario.words.texts import add_texts
from engine.scenario.words.threats import add_threats

OWN = "itself"
"""The words for an appeal or a cost that was written as one, where a word given for the act stands beside it."""


def with_words(scenario: Scenario) -> Scenario:
    """A scenario with all that follows from its undertakings, behind its own entries; itself where there are none."""
    if not scenario.speaks:
        return scenario
    spoken = spoken_in(scenario)
    if any(name in scenario.actions for name in spoken.actions):
        return scenario
    grown: dict[str, Any] = {part: {**getattr(scenario, part), **getattr(spoken, part)} for part in Spoken.ENTRIES}
    for name in spoken.touched:
        grown["actions"][name] = _with_word(scenario.actions[name], spoken, name)
    return scenario.model_copy(update=grown)


def without_words(scenario: Scenario) -> Scenario:
    """The same without them, as it was written."""
    if not scenario.speaks:
        return scenario
    spoken = spoken_in(scenario)
    own: dict[str, Any] = {
        part: {name: one for name, one in getattr(scenario, part).items() if name not in getattr(spoken, part)}
        for part in Spoken.ENTRIES
    }
    for name in spoken.touched:
        own["actions"][name] = _without_word(scenario.actions[name], spoken, name)
    return scenario.model_copy(update=own)


def own_action(scenario: Scenario, name: str) -> Action:
    """An action as it would be if nobody had given a word for it."""
    spoken = spoken_in(scenario)
    action = scenario.actions[name]
    return _without_word(action, spoken, name) if name in spoken.touched else action


def spoken_in(scenario: Scenario) -> Spoken:
    """All that follows from the undertakings, the threats and the texts of a scenario."""
    found, words = Spoken(), scenario.words or USUAL
    add_exchanges(scenario, found, words)
    add_threats(scenario, found, words)
    add_texts(scenario, found, words)
    found.hide_trust(scenario, _in_secret(scenario))
    return found


def _in_secret(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Whose trust in whom moves by what not everybody sees."""
    for exchange in exchanges(scenario):
        if not exchange.is_public:
            yield from (pair for part in exchange.parts for pair in part.credits)
    yield from ((each.to, each.threat.by) for each in warned(scenario) if each.known_to is not None)


def _with_word(action: Action, spoken: Spoken, name: str) -> Action:
    update: dict[str, Any] = {"effects": (*action.effects, *spoken.effects.get(name, ()))}
    for key, terms in (("appeal", spoken.appeals.get(name)), ("cost", spoken.costs.get(name))):
        if terms:
            update[key] = _more(getattr(action, key), terms)
    if action.vote is not None and name in spoken.leans:
        lean = _more(action.vote.lean, spoken.leans[name])
        update["vote"] = action.vote.model_copy(update={"lean": lean})
    return action.model_copy(update=update)


def _more(own: Amount, terms: dict[str, str]) -> Amount:
    """An amount with terms that words bring."""
    return {**(own if isinstance(own, dict) else {} if own == "0" else {OWN: own}), **terms}


def _less(grown: Amount, terms: dict[str, str]) -> Amount:
    """The same without them, as it was written."""
    if not isinstance(grown, dict):
        return grown
    own = {words: text for words, text in grown.items() if words not in terms}
    return own[OWN] if list(own) == [OWN] else own or "0"


def _without_word(action: Action, spoken: Spoken, name: str) -> Action:
    update: dict[str, Any] = {"effects": action.effects[: len(action.effects) - len(spoken.effects.get(name, ()))]}
    for key, terms in (("appeal", spoken.appeals.get(name)), ("cost", spoken.costs.get(name))):
        if terms:
            update[key] = _less(getattr(action, key), terms)
    if action.vote is not None and name in spoken.leans:
        lean = _less(action.vote.lean, spoken.leans[name])
        update["vote"] = action.vote.model_copy(update={"lean": lean})
    return action.model_copy(update=update)


def generated(scenario: Scenario) -> Iterator[str]:
    """The dotted paths of all that is not written in a scenario as it was written, where problems are nobody's."""
    spoken = spoken_in(scenario)
    for part in Spoken.ENTRIES:
        yield from (f"{part}.{name}" for name in getattr(spoken, part))
    for act, effects in spoken.effects.items():
        own = len(scenario.actions[act].effects)
        yield from (f"actions.{act}.effects.{own + number}" for number in range(len(effects)))
        for key, terms in (("appeal", spoken.appeals.get(act, {})), ("cost", spoken.costs.get(act, {}))):
            yield from (f"actions.{act}.{key}.{term}" for term in terms)
    for act, terms in spoken.leans.items():
        yield from (f"actions.{act}.vote.lean.{term}" for term in terms)
