"""What a scenario says of all its runs: who may ever do what, and what each of its texts means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.scenario.models import Action, Scenario
from engine.scenario.names import scale_of
from engine.scenario.parsing import Parser
from engine.scenario.words.pledges import pledges
from engine.scenario.words.spoken import own_action


@dataclass(frozen=True)
class Option:
    """Something that an actor may choose: an action, at somebody or not, or an answer as ``ASK.ANSWER``."""

    actor: str
    action: str
    target: str | None = None


class Story:
    """A scenario, with all that can be said of it before anybody plays."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.parser = scenario, Parser(scenario)
        self.choices: dict[str, Action] = {n: action.when_in_force() for n, action in scenario.choices.items()}
        """Actions, and answers as ``ASK.ANSWER``; each effect says for itself when it falls due."""
        self.moves = {actor: tuple(self._moves_of(actor)) for actor in scenario.actors}
        """Everything that an actor may ever do, but answer."""
        self.scales = {issue: scale_of(scenario, issue) for issue in scenario.issues}
        """The ends of each issue's scale."""
        self.spans = {issue: high - low for issue, (low, high) in self.scales.items()}
        self.losses = {issue: scenario.loss_of(issue) for issue in scenario.issues}
        self.weights = {actor: self._weights_of(actor) for actor in scenario.actors}
        """By actor, salience / span of each issue that matters to it, in the order of the issues."""

    def _moves_of(self, actor: str) -> list[Option]:
        found = []
        for name, action in self.scenario.actions.items():
            if actor in self.scenario.members(action.by):
                targets = (None,) if action.one_of is None else self.scenario.members(action.one_of)
                found += [Option(actor, name, target) for target in targets if target != actor]
        return found

    def _weights_of(self, actor: str) -> dict[str, float]:
        stances = self.scenario.actors[actor].stances
        return {k: stances[k].salience / span for k, span in self.spans.items() if k in stances and stances[k].salience}

    def temperature(self, actor: str) -> float:
        """How loosely an actor follows its gain."""
        return self.scenario.actors[actor].temperature or self.scenario.temperature

    @cached_property
    def own(self) -> dict[str, Action]:
        """Each action for which somebody may give its word, as it would be without words."""
        acts = {act for pledge in pledges(self.scenario) for act in pledge.about}
        return {act: own_action(self.scenario, act) for act in acts}

    @cached_property
    def weeks(self) -> float:
        """The length of a pace in weeks."""
        return self.scenario.timeline.pace_in_days / 7.0
