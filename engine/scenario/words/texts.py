"""Texts in the scenario's own language: an amendment is an option, so is a signature, a draft is a row of values."""

from __future__ import annotations

from typing import Any

from engine.scenario.fields import in_days
from engine.scenario.models import Action, Draft, Effect, Event, Scenario, Secret, Words
from engine.scenario.models.state import Value
from engine.scenario.words.additions import Spoken
from engine.scenario.words.drafts import (
    amendment,
    draft_value,
    parties_to,
    signature,
    signatures,
    signed_flag,
    signs_flag,
)


def add_texts(scenario: Scenario, found: Spoken, words: Words) -> None:
    """All that follows from texts."""
    for name, text in scenario.texts.items():
        parties = parties_to(scenario, name)
        known = None if text.known_to is None else scenario.members((*text.known_to, *parties))
        for issue, term in text.terms.items():
            low, high = min(scenario.issues[issue].scale), max(scenario.issues[issue].scale)
            title = f"{scenario.issues[issue].title}, by {text.title} as drafted"[:120]
            found.values[draft_value(name, issue)] = Value(title=title, start=term.start, range=(low, high))
        found.flags[signed_flag(name)] = f"All have signed {text.title}"
        found.actor_flags[signs_flag(name)] = f"has signed {text.title} as it is drafted"
        open_now = f"not flag.{signed_flag(name)}" + ("" if text.when == "True" else f" and ({text.when})")
        open_now = open_now if words.spoken else "False"
        for issue, term in text.terms.items():
            for sign, step in () if term.step is None else (("up", term.step), ("down", -term.step)):
                found.actions[amendment(name, issue, sign)] = _amend(
                    scenario, (name, text, issue), (sign, step), (open_now, parties, known), words
                )
        for action, signers in signatures(scenario, name).items():
            found.actions[action] = _sign((name, text), action == signature(name), (open_now, signers, known), words)
        found.events[f"conclude_{name}"] = _conclude(name, text, parties, known)
        if known is not None:
            for value in (draft_value(name, issue) for issue in text.terms):
                found.secrets[value] = Secret(known_to=known)
            found.secrets[signs_flag(name)] = found.secrets[signed_flag(name)] = Secret(known_to=known)


Table = tuple[str, tuple[str, ...], tuple[str, ...] | None]
"""When a text lies on the table, who has to sign it, and who learns how it goes."""


def _amend(
    scenario: Scenario, what: tuple[str, Draft, str], move: tuple[str, float], table: Table, words: Words
) -> Action:
    """The action that moves a term by a step; whoever had signed has to sign again."""
    (name, text, issue), (sign, step), (open_now, parties, known) = what, move, table
    low, high = min(scenario.issues[issue].scale), max(scenario.issues[issue].scale)
    draft = draft_value(name, issue)
    room = f"{draft} < {float(high)!r}" if sign == "up" else f"{draft} > {float(low)!r}"
    gain = f"amends_{sign}.{name}.{issue}"
    towards = scenario.issues[issue].scale[high if sign == "up" else low]
    own = text.terms[issue].up if sign == "up" else text.terms[issue].down
    waits = "" if text.reopens else f" and not self.{signs_flag(name)}"
    told = own or (f"{{By}} asks for {scenario.issues[issue].title} nearer to {towards} in {text.title}.",)
    return Action.model_validate(
        {
            "title": f"Amend {text.title}: {scenario.issues[issue].title} towards {towards}"[:120],
            "by": parties,
            "when": open_now if open_now == "False" else f"{open_now}{waits} and {room}",
            "needs": {"that the text is worth more to it so, as likely as it is signed": f"{gain} > 0"},
            "appeal": {"what the text is worth more, as likely as it is signed": gain},
            "effects": (
                Effect(add={draft: repr(step)}, set={f"{signs_flag(name)}.{party}": "False" for party in parties}),
            ),
            "tempo": in_days(text.tempo or words.tempo),
            "dispatch": told,
            **({} if known is None else {"known_to": known}),
        }
    )


def _sign(what: tuple[str, Draft], signs: bool, table: Table, words: Words) -> Action:
    """The action by which parties sign the draft as it stands, or those behind the table assent to it."""
    (name, text), (open_now, parties, known) = what, table
    verb, does, own = ("Sign", "signs", text.signs) if signs else ("Assent to", "assents to", text.assents)
    return Action.model_validate(
        {
            "title": f"{verb} {text.title}"[:120],
            "by": parties,
            "when": open_now if open_now == "False" else f"{open_now} and not self.{signs_flag(name)}",
            "needs": {"that it is worth more to it than no text": f"signing.{name} > 0"},
            "appeal": {"what the text is worth, as likely as it is signed": f"signing.{name}"},
            "effects": (Effect(set={f"self.{signs_flag(name)}": "True"}),),
            "tempo": in_days(text.tempo or words.tempo),
            "dispatch": own or (f"{{By}} {does} {text.title}.",),
            **({} if known is None else {"known_to": known}),
        }
    )


def _conclude(name: str, text: Draft, parties: tuple[str, ...], known: tuple[str, ...] | None) -> Event:
    """What follows once all have signed."""
    terms = {issue: draft_value(name, issue) for issue in text.terms}
    told: dict[str, Any] = {} if known is None else {"known_to": known}
    return Event(
        title=f"All have signed {text.title}"[:120],
        when=" and ".join(f"{signs_flag(name)}.{party}" for party in parties),
        once=True,
        effects=(Effect(set={signed_flag(name): "True", **terms}),),
        dispatch=text.dispatch or (f"With the last signature {text.title} is in force.",),
        **told,
    )
