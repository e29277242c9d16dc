"""Pieces of Markdown that several elements of an ODD use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from engine.cli.reference.markdown import cell
from engine.scenario.models import Belief, Effect, Loss, Scenario


def code(words: str) -> str:
    """An id or an expression."""
    return f"`{cell(' '.join(words.split())).replace('`', '')}`"


def when(day: dt.date) -> str:
    """A date."""
    return day.isoformat()


def named(names: Iterable[str]) -> str:
    """Actors and groups by their ids."""
    return ", ".join(code(name) for name in names)


def amounts(changes: Mapping[str, object]) -> str:
    """Places with what is added to them or what they become."""
    return ", ".join(code(f"{place}: {amount}") for place, amount in changes.items())


def loss_in_words(loss: Loss) -> str:
    """How loss grows with the distance."""
    words = {
        "absolute": "as the distance",
        "quadratic": "as the square of the distance",
        "gaussian": f"as 1 - exp(-distance² / (2 × {loss.width or 0:g}²))",
    }[loss.form]
    words += f", counted from {loss.zone:g} of the scale on" if loss.zone else ""
    if loss.reserve is None:
        return words
    return f"{words}, and beyond {loss.reserve:g} of the scale {loss.steeper:g} times as steep as the distance"


def weighed(amount: str | Mapping[str, str]) -> str:
    """What is added to a gain: one amount, or each by its name."""
    if isinstance(amount, str):
        return code(amount)
    return "; ".join(f"{cell(words)} {code(text)}" for words, text in amount.items())


def effect_in_words(effect: Effect) -> str:
    """What an effect changes, under which condition, by which chance, and when."""
    asked = [f"ask {code(effect.ask)}"] if effect.ask else []
    told = [f"reveal {code(thing)} to {named(who)}" for thing, who in effect.reveal.items()]
    words = ", ".join([*_changes(effect), *asked, *told]) or "news"
    words += " (unforeseen)" if effect.unforeseen else ""
    words += _only(effect) + (f" after {effect.delay:g} d" if effect.delay is not None else "")
    return words + (f" on {effect.on}" if effect.on is not None else "")


def expected(beliefs: Iterable[Belief], where: str = "") -> str:
    """What somebody expects to follow; nothing where nobody expects anything."""
    said = "; ".join(", ".join(_changes(belief)) + _only(belief) for belief in beliefs)
    return f"; expects{f' {where}' if where else ''} {said}" if said else ""


def _changes(one: Effect | Belief) -> list[str]:
    pairs = (("add", one.add), ("set", one.set))
    return [f"{word} {amounts(changes)}" for word, changes in pairs if changes]


def _only(one: Effect | Belief) -> str:
    condition = f" if {code(one.when)}" if one.when is not None else ""
    return condition + (f" with chance {code(one.chance)}" if one.chance is not None else "")


def effects_in_words(effects: Iterable[Effect]) -> str:
    """Several effects in a cell of a table."""
    return "; ".join(effect_in_words(effect) for effect in effects) or "-"


def title_of(scenario: Scenario, actor: str) -> str:
    """An actor by title and id."""
    return f"{cell(scenario.actors[actor].title)} ({code(actor)})"
