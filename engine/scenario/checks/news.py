"""Dispatches: each placeholder is one that is filled there."""

from __future__ import annotations

from engine.scenario.checks.context import Context
from engine.scenario.dispatches import (
    PLACEHOLDERS,
    SEVERAL_WORDS,
    TARGET_WORDS,
    VOTE_WORDS,
    has_stray_brace,
    placeholders_in,
)
from engine.scenario.document import Path
from engine.scenario.problems import quoted
from engine.scenario.walk import Text, texts


def check_dispatches(context: Context) -> None:
    """Notes placeholders that nothing fills, and stray braces."""
    for text in texts(context.scenario):
        for number, variant in enumerate(text.variants):
            check_variant(context, text, (*text.path, number), variant)


def check_variant(context: Context, text: Text, path: Path, variant: str) -> None:
    """Notes what is wrong with one text."""
    if has_stray_brace(variant):
        context.note("E801", path, "a brace stands alone: braces hold a placeholder, such as {date}")
    allowed = PLACEHOLDERS[text.news]
    missing = unfilled(context, text)
    for word in placeholders_in(variant):
        if word not in allowed:
            unknown = [w for w in allowed if w not in missing]
            context.unknown(path, f"placeholder of {text.news.value}", word, unknown, code="E802")
        elif word in missing:
            context.note("E803", path, f"the placeholder {quoted(word)} has nothing to stand for: {missing[word]}")


def unfilled(context: Context, text: Text) -> dict[str, str]:
    """The placeholders that the owner of a text can't fill, and why."""
    if text.owner[0] == "asks":
        return dict.fromkeys((*TARGET_WORDS, *VOTE_WORDS), "an answer has neither targets nor a vote")
    if text.owner[0] != "actions":
        return {}
    action = context.scenario.actions[str(text.owner[1])]
    missing: dict[str, str] = {}
    is_own = text.path[-1] == "dispatch" and len(text.path) == len(text.owner) + 1
    if action.aims is None:
        missing |= dict.fromkeys((*TARGET_WORDS, *SEVERAL_WORDS), "the action has no targets")
    elif action.each is None:
        missing |= dict.fromkeys(SEVERAL_WORDS, "the action is directed at one at a time: write {target}")
    elif is_own:
        missing |= dict.fromkeys(TARGET_WORDS, "the action is directed at several at once: write {targets}")
    else:
        missing |= dict.fromkeys(SEVERAL_WORDS, "an effect is told for each of them: write {target}")
    if action.vote is None:
        missing |= dict.fromkeys(VOTE_WORDS, "the action has no vote")
    return missing
