"""Threats in the scenario's own language: a warning is an option, what is done in spite of it a flag."""

from __future__ import annotations

from typing import Any

from engine.scenario.fields import in_days
from engine.scenario.models import Action, Effect, Event, Scenario, Secret, Words
from engine.scenario.words.additions import Spoken, haste_of, opening
from engine.scenario.words.pledges import Warned, own_deeds, warned


def add_threats(scenario: Scenario, found: Spoken, words: Words) -> None:
    """All that follows from threats."""
    for each in warned(scenario):
        threat = each.threat
        giver, whom = scenario.actors[threat.by].title, scenario.in_text(each.to)
        trust = found.trust(scenario, words, each.to, threat.by, (threat.by, each.to))
        found.flags[each.stands] = f"{giver} has warned {whom}: {threat.title}"
        found.flags[each.defied] = f"{giver} is defied by {whom}, and has yet {threat.title}"
        found.flags[each.carried_out] = f"{giver} has carried out its threat to {whom}: {threat.title}"
        found.flags[each.bluffed] = f"{giver} has not carried out its threat to {whom}: {threat.title}"
        _deter(scenario, found, each, words)
        found.actions[each.warn] = _warn(scenario, each, words)
        _follow_up(found, each, words, trust, opening(scenario, threat.by), whom)
        if each.known_to is not None:
            for name in each.flags:
                found.secrets[name] = Secret(known_to=each.known_to)


def _deter(scenario: Scenario, found: Spoken, each: Warned, words: Words) -> None:
    """What a warning adds to the deeds that it is about, and to the act with which it threatens."""
    threat, act = each.threat, each.threat.act
    whose = f"flag.{each.stands} and self.is.{each.to}"
    for deed in own_deeds(scenario, each):
        cost = f"dread.{each.to}.{each.pair} if {whose} else 0"
        found.costs.setdefault(deed, {})[f"the warning of {threat.by} ({each.name})"] = cost
        found.add_effect(deed, Effect(when=whose, set={each.defied: "True", each.stands: "False"}))
    at = "" if scenario.actions[act].one_of is None else f" and target.is.{each.to}"
    holds = f"flag.{each.defied} and self.is.{threat.by}{at}"
    draws = each.honour(words) + max(haste_of(scenario, threat.by, act, threat.within), 0.0)
    found.appeals.setdefault(act, {})[f"its threat to {each.to} ({each.name})"] = f"{draws!r} if {holds} else 0"
    found.add_effect(act, Effect(when=holds, set={each.carried_out: "True"}))


def _warn(scenario: Scenario, each: Warned, words: Words) -> Action:
    """The action by which a side warns another."""
    threat, whom = each.threat, scenario.in_text(each.to)
    deeds = "; ".join(scenario.actions[deed].title for deed in own_deeds(scenario, each))
    gain = f"threat.{threat.by}.{each.pair}"
    return Action.model_validate(
        {
            "title": f"Threaten {whom}: {threat.title}"[:120],
            "summary": f"If {whom} does this: {deeds}.",
            "by": (threat.by,),
            "when": " and ".join(f"not flag.{flag}" for flag in each.flags) if words.spoken else "False",
            "needs": {"that the warning is worth more to it than it may cost": f"{gain} > 0"},
            "appeal": {"what the warning may prevent": gain},
            "effects": (Effect(set={each.stands: "True"}),),
            "tempo": in_days(words.tempo),
            "cooldown": in_days(words.cooldown),
            "dispatch": (f"{{By}} threatens {threat.title}, if {whom} does this: {deeds}.",),
            **_known(each),
        }
    )


def _follow_up(found: Spoken, each: Warned, words: Words, trust: str, giver: str, whom: str) -> None:
    """What becomes of a warning: it is carried out or not, once it is defied; or it ends."""
    due, what = f"flag.{each.defied} and days_since.{each.defied} >= {each.threat.within!r}", each.threat.title
    over = {each.defied: "False"}
    up, down = f"{words.kept!r} * (1 - {trust})", f"-{words.broken!r} * {trust}"
    ends: tuple[tuple[str, str, Effect, str | None], ...] = (
        (
            "carries_out",
            f"flag.{each.carried_out} and flag.{each.defied}",
            Effect(add={trust: up}, set=over),
            f"{giver} carries out its threat to {whom}: {what}.",
        ),
        (
            "backs_down",
            f"{due} and not flag.{each.carried_out} and possible.{each.pair}",
            Effect(add={trust: down}, set={each.bluffed: "True", **over}),
            f"{giver} does not carry out its threat to {whom}: {what}.",
        ),
        ("is_past", f"{due} and not flag.{each.carried_out} and not possible.{each.pair}", Effect(set=over), None),
        (
            "lets_lapse",
            f"flag.{each.stands} and days_since.{each.stands} >= {each.threat.lasts!r}",
            Effect(set={each.stands: "False"}),
            None,
        ),
    )
    for name, when, effect, news in ends:
        found.events[f"{name}_{each.pair}"] = Event(
            title=f"The threat of {giver} to {whom} {what}: {name.replace('_', ' ')}"[:120],
            when=when,
            effects=(effect,),
            dispatch=None if news is None else (news,),
            **_known(each),
        )


def _known(each: Warned) -> dict[str, Any]:
    return {} if each.known_to is None else {"known_to": each.known_to}
