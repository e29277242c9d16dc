"""Which values each part of a request answers, so that no two of them answer one.

A request has parts: ``--set`` and ``--vary``, what an experiment sets everywhere, its uncertainties, its levers.
Whatever a part names, by whatever spelling (a group and a member of it, an entry of a list by number and by id), comes
down to *leaves*: canonical paths. Two parts clash where they share a leaf, where the leaf of one lies inside that of
the other, or where one is about the members of a group that the other changes. Choices of one lever never hold
together, and so never clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.scenario.document import Path, Position
from engine.scenario.shape import dotted

NOWHERE = (0, 0)
"""The place of what stands in no file."""

Alternative = tuple[str, str]
"""A lever, and one of its choices."""


@dataclass(frozen=True)
class Answer:
    """One part of a request, and the values that it says."""

    said: str
    """What it is called, such as ``uncertainties.tense`` or ``--set temperature=0.1``."""
    leaves: tuple[Path, ...]
    """The values that it says, each by the one path that it has."""
    file: str = ""
    """What messages call the file in which it stands; the option, where it stands in none."""
    place: Position = NOWHERE
    where: str = ""
    """What messages about it begin with."""
    rests_on: tuple[Path, ...] = ()
    """Lists of members that say which values are meant."""
    alternative: Alternative | None = None
    """The lever and the choice that it belongs to; None for what always holds."""

    @property
    def cited(self) -> str:
        """How another message calls it, with the place where it stands."""
        line, _ = self.place
        return f"{self.said} ({self.file}, line {line})" if line else self.said


@dataclass(frozen=True)
class Clash:
    """Two parts of a request that answer one question."""

    first: Answer
    second: Answer
    message: str
    """What is wrong with the second."""


def clashes(answers: Iterable[Answer]) -> Iterator[Clash]:
    """Each part that says what another has said before it; the first clash of each."""
    said = _Said()
    for answer in answers:
        found = next(said.against(answer), None)
        if found is None:
            said.add(answer)
        else:
            yield found


ONCE = "one question has one answer"
"""Why it is refused."""


@dataclass
class _Said:
    """What has been said so far."""

    exact: dict[Path, _Holders] = field(default_factory=dict)
    """By leaf, who says it."""
    within: dict[Path, _Holders] = field(default_factory=dict)
    """By what encloses a leaf, who says something in it."""
    rested_on: dict[Path, _Holders] = field(default_factory=dict)
    """By list of members, who counts on it."""

    def add(self, answer: Answer) -> None:
        """One more."""
        for leaf in answer.leaves:
            self.exact.setdefault(leaf, _Holders()).add(answer)
            for depth in range(1, len(leaf)):
                self.within.setdefault(leaf[:depth], _Holders()).add(answer)
        for members in answer.rests_on:
            self.rested_on.setdefault(members, _Holders()).add(answer)

    def against(self, answer: Answer) -> Iterator[Clash]:
        """With whom a part clashes."""
        for leaf in answer.leaves:
            name = in_words(leaf)
            if first := _other(self.exact, leaf, answer):
                yield Clash(first, answer, f"{name} is said by {first.cited} already: {ONCE}")
            for depth in range(1, len(leaf)):
                if first := _other(self.exact, leaf[:depth], answer):
                    whole = in_words(leaf[:depth])
                    yield Clash(first, answer, f"{name} lies in {whole}, which {first.cited} says already: {ONCE}")
            if first := _other(self.within, leaf, answer):
                yield Clash(first, answer, f"something in {name} is said by {first.cited} already: {ONCE}")
            for members in (leaf[:depth] for depth in range(1, len(leaf) + 1)):
                if first := _other(self.rested_on, members, answer):
                    meant = f"{first.cited} is about its members"
                    yield Clash(first, answer, f"{in_words(members)} can't be another where {meant}")
        for members in answer.rests_on:
            if first := _other(self.exact, members, answer) or _other(self.within, members, answer):
                yield Clash(first, answer, f"is about the members of {in_words(members)}, which {first.cited} changes")


class _Holders:
    """Those who say one leaf: one who always holds, or by lever and choice."""

    def __init__(self) -> None:
        self.always: Answer | None = None
        self.by_lever: dict[str, dict[str, Answer]] = {}

    def add(self, answer: Answer) -> None:
        """One more, the first of each kind is kept."""
        if answer.alternative is None:
            self.always = self.always or answer
        else:
            lever, choice = answer.alternative
            self.by_lever.setdefault(lever, {}).setdefault(choice, answer)

    def other_than(self, answer: Answer) -> Answer | None:
        """One of them that may hold together with this part."""
        if self.always is not None:
            return self.always
        lever, choice = answer.alternative or ("", "")
        if found := self.by_lever.get(lever, {}).get(choice):
            return found
        return next((next(iter(kept.values())) for name, kept in self.by_lever.items() if name != lever), None)


def _other(among: dict[Path, _Holders], path: Path, answer: Answer) -> Answer | None:
    holders = among.get(path)
    return None if holders is None else holders.other_than(answer)


def in_words(leaf: Path) -> str:
    """A leaf as messages name it."""
    return " ".join(map(str, leaf)) if " " in str(leaf[0]) else dotted(leaf)
