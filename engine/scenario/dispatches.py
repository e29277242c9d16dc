"""The placeholders of dispatches: which words in braces the news may use, and what stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.scenario.walk import News

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
"""A word in braces."""

TARGET_WORDS = frozenset({"target", "Target"})
"""Placeholders that only an action with targets fills."""

SEVERAL_WORDS = frozenset({"targets", "Targets"})
"""Placeholders that only an action directed at several at once fills."""

VOTE_WORDS = frozenset({"institution", "question"})
"""Placeholders that only an action with a vote fills."""

PLACEHOLDERS: dict[News, tuple[str, ...]] = {
    News.MOVE: ("date", "by", "By", "target", "Target", "targets", "Targets", "institution", "question"),
    News.VOTE: (
        "date",
        "institution",
        "question",
        "sponsors",
        "target",
        "Target",
        "yes",
        "no",
        "abstain",
        "vetoed_by",
    ),
    News.EVENT: ("date",),
    News.ASK: ("date", "to", "To"),
}
"""The words that each kind of news may use."""


def placeholders_in(text: str) -> Iterator[str]:
    """The words in braces, in order."""
    yield from PLACEHOLDER.findall(text)


def has_stray_brace(text: str) -> bool:
    """Whether a brace stands alone."""
    return bool(re.search(r"[{}]", PLACEHOLDER.sub("", text)))
