"""Replies and secrets, section 3 of the design: who learns of what is done, and which replies it calls for."""

from __future__ import annotations

from collections.abc import Iterator

from tests.reference.deciding import Taken
from tests.reference.story import Option, Story


def known_to(story: Story, taken: Taken) -> tuple[str, ...] | None:
    """Who learns of what is done: those whom it says, who does it and at whom it is directed; None for everybody."""
    option = taken.option
    return story.scenario.audience(story.choices[option.action].known_to, option.actor, option.target, *taken.targets)


def calls(story: Story, taken: Taken) -> Iterator[Option]:
    """The replies that it calls for, of those at whom it is directed, else of everybody else; all must learn of it."""
    deed, doer, target = taken.option.action, taken.option.actor, taken.option.target
    audience = known_to(story, taken) or story.moves
    if story.choices[deed].aims is None:
        others = [actor for actor in story.moves if actor != doer]
    else:
        others = [*taken.targets] if target is None else [target]
    for actor in others:
        for reply in story.moves[actor] if actor in audience else ():
            rule = story.choices[reply.action].reply_to
            if rule is not None and deed in rule.action and reply.target in (None, doer):
                yield reply
