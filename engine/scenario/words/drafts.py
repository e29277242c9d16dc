"""Texts on the table: how what belongs to them is called, and who has to sign."""

from __future__ import annotations

from collections.abc import Iterator

from engine.scenario.models import Scenario


def parties_to(scenario: Scenario, text: str) -> tuple[str, ...]:
    """Who has to sign a text, in the order of the actors."""
    return scenario.members(scenario.texts[text].parties)


def draft_value(text: str, issue: str) -> str:
    """The value that says where the draft puts an issue."""
    return f"draft_{text}_{issue}"


def signs_flag(text: str) -> str:
    """The flag of actors that says who has signed the draft as it stands."""
    return f"signs_{text}"


def signed_flag(text: str) -> str:
    """The flag that says that all have signed."""
    return f"signed_{text}"


def amendment(text: str, issue: str, sign: str) -> str:
    """The action that moves a term ``up`` or ``down``."""
    return f"{sign}_{text}_{issue}"


def signature(text: str) -> str:
    """The action by which a party signs the draft as it stands."""
    return f"sign_{text}"


def signatures(scenario: Scenario, text: str) -> dict[str, tuple[str, ...]]:
    """The actions by which parties sign the draft, or assent to it who sit at no table: each with those whose it is."""
    behind, parties = scenario.members(scenario.texts[text].assent), parties_to(scenario, text)
    found = {signature(text): tuple(party for party in parties if party not in behind), f"assent_to_{text}": behind}
    return {action: who for action, who in found.items() if who}


def spellings_of_texts(scenario: Scenario) -> Iterator[str]:
    """What expressions may say of texts."""
    for name, text in scenario.texts.items():
        yield f"signed.{name}"
        yield from (f"draft.{name}.{issue}" for issue in text.terms)
        yield from (f"signs.{name}.{actor}" for actor in parties_to(scenario, name))
