"""Which deeds call for which replies, and from whom."""

from __future__ import annotations

from collections.abc import Mapping

from engine.scenario.models import Reply, Scenario
from engine.scenario.problems import listed, quoted

Deed = tuple[str, str | None]
"""Who does something, and at whom it is directed, if at anybody."""


def is_called(scenario: Scenario, action: str, done: Deed, reply: Deed) -> bool:
    """Whether an action that was done calls for a reply of this actor, at this target.

    It calls for those at whom it is directed, or for everybody else where it is directed at nobody; of what is no
    public news nobody is called who does not learn of it. A reply that is directed at somebody goes to the doer.
    """
    (doer, target), (actor, aim) = done, reply
    if actor == doer or aim not in (None, doer) or target not in (None, actor):
        return False
    audience = scenario.audience(scenario.choice(action).known_to, doer, target)
    return audience is None or actor in audience


def replies_to(scenario: Scenario) -> Mapping[str, list[str]]:
    """The actions that reply to each action."""
    found: dict[str, list[str]] = {}
    for name, action in scenario.actions.items():
        for deed in action.reply_to.action if action.reply_to else ():
            found.setdefault(deed, []).append(name)
    return found


def can_call(
    scenario: Scenario, deed: str, actor: str, aims: tuple[str, ...] | None, even_in_secret: bool = False
) -> bool:
    """Whether a deed can ever call for the reply of an actor; ``aims`` are those at whom that is directed, if any.

    ``even_in_secret`` asks it as if everybody learned of the deed.
    """
    rule = scenario.choice(deed)
    targets = None if rule.aims is None else scenario.members(rule.aims)
    if targets is not None and actor not in targets:
        return False
    doers = (doer for doer in scenario.members(rule.by) if doer != actor and (aims is None or doer in aims))
    known_to = None if even_in_secret else rule.known_to
    audiences = (scenario.audience(known_to, doer, actor if targets else None) for doer in doers)
    return any(audience is None or actor in audience for audience in audiences)


def deeds_in_words(scenario: Scenario, reply: Reply) -> str:
    """What is replied to, by the titles of the actions."""
    return listed([quoted(scenario.choice(deed).title) for deed in reply.action], last="or")
