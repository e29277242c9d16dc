"""Scenarios that are made to exhaust a machine: each is a text of legal size."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.scenario.minimal import MINIMAL, edited, replaced


def flow(entries: dict[str, str]) -> str:
    """A mapping in flow style."""
    return "{" + ", ".join(f"{name}: {value}" for name, value in entries.items()) + "}"


def people(number: int) -> str:
    """So many actors without stances."""
    return flow({f"state_{n}": "{title: A state, assumed: x}" for n in range(number)})


def options() -> str:
    """25 actions of 200 actors at 200 actors: a million options."""
    deed = "{title: Deed, by: actors, targets: actors, tempo: 1w, effects: [{add: {status: 1}}], assumed: x}"
    actions = flow({f"deed_{n}": deed for n in range(25)})
    return edited(
        MINIMAL, actors=people(200), actions=actions, groups="", institutions="", events="", dynamics="", measures="",
        endings="[{id: open, title: Open}]", expect="",
    )  # fmt: skip


def decisions() -> str:
    """20,000 options in 845 paces."""
    deed = (
        "{title: Deed, by: actors, tempo: 1w, effects: [{add: {status: 'mean(position.status, actors)'}}], assumed: x}"
    )
    actions = flow({f"deed_{n}": deed for n in range(100)})
    return edited(
        MINIMAL, end="2024-01-29", actors=people(200), actions=actions, groups="", institutions="", events="",
        dynamics="", measures="", endings="[{id: open, title: Open}]", expect="",
    )  # fmt: skip


def cascade(length: int = 990) -> str:
    """Measures that each stand on the one before, twice: written out in full it has 2 to the power of 990 parts."""
    measures = {"m0": "{title: M, value: unrest * 0.5}"}
    measures |= {f"m{n}": f"{{title: M, value: (m{n - 1} + m{n - 1}) * 0.5}}" for n in range(1, length)}
    measures["tension"] = f"{{title: Tension, value: m{length - 1}}}"
    return edited(MINIMAL, measures=flow(measures))


def growth() -> str:
    """Measures that each square the one before."""
    measures = {"m0": "{title: M, value: 2 + unrest}"}
    measures |= {f"m{n}": f"{{title: M, value: m{n - 1} * m{n - 1}}}" for n in range(1, 990)}
    measures["tension"] = "{title: Tension, value: m989}"
    return edited(MINIMAL, measures=flow(measures))


def chances() -> str:
    """Actions with as many chances on one issue as are allowed, and conditions on each."""

    def gambles(number: int) -> str:
        each = (f"{{when: unrest > 0.{n + 1}, chance: 0.5 * unrest, add: {{status: {n + 1}}}}}" for n in range(number))
        return "[" + ", ".join(each) + "]"

    deed = f"{{title: Deed, by: actors, tempo: 9w, effects: {gambles(4)}, expects: {gambles(2)}, assumed: x}}"
    deeds = flow({f"deed_{n}": deed for n in range(100)})
    endings = "[{id: open, title: Open}]"
    return edited(MINIMAL, actions=deeds, institutions="", events="", dynamics="", expect="", endings=endings)


def calendar() -> str:
    """A million days."""
    return replaced("end: 2008-01-29", "end: 4800-01-29", replaced("pace: 1w\n", ""))


def text() -> str:
    """A summary of nearly a megabyte."""
    return edited(MINIMAL, summary='"' + "word " * 190_000 + '"')


def remarks() -> str:
    """Remarks on every line, as many as fit."""
    return MINIMAL + "# ok: W622 x\n" * 70_000


def crowd() -> str:
    """Twenty thousand actors."""
    return edited(MINIMAL, actors=people(20_000))


BOMBS: Mapping[str, tuple[Callable[[], str], str]] = {
    "a million options": (options, "E901"),
    "a million decisions": (decisions, "E901"),
    "a cascade of measures": (cascade, "E901"),
    "a cascade within the limit": (lambda: cascade(49), ""),
    "measures that explode": (growth, "E304"),
    "chances in all combinations": (chances, ""),
    "a million turns": (calendar, "E404"),
    "a megabyte of text": (text, ""),
    "thousands of remarks": (remarks, ""),
    "thousands of actors": (crowd, "E002"),
}
"""For each what it tries, its text, and the finding that refuses it; nothing where it keeps the limits."""
