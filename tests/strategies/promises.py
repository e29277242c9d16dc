"""Words between sides for drawn scenarios: what they may undertake, and with what they may threaten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.strategies.words import Draw, plain

Written = dict[str, Any]
"""A part of a scenario as it stands in the file."""

TIMES = ("2d", "5d", "1w", "3w", "16h")


def promises(draw: Draw, scenario: Written) -> Written:
    """Undertakings, threats, and perhaps what a word is worth, of a scenario of which all else is written."""
    acts = scenario["actions"]
    groups, actors = scenario.get("groups", {}), list(scenario["actors"])
    doers = {name: [a for a in actors if a in members(one["by"], groups)] for name, one in acts.items()}
    able = [(name, by) for name in acts for by in doers[name]]
    if len(actors) < 2 or not able:
        return {}
    voted = [name for name, one in acts.items() if "vote" in one and aims_of(one, doers[name]) != []]
    found: Written = {"undertakings": {}, "threats": {}}
    for number in range(draw(st.integers(0, 4))):
        name, by = draw(st.sampled_from(able))
        found["undertakings"][f"word_{number}"] = undertaking(draw, name, by, acts[name], actors)
        if voted and draw(st.booleans()):
            what = draw(st.sampled_from(voted))
            vow = about_a_vote(draw, scenario, what, actors, aims_of(acts[what], doers[what]))
            found["undertakings"][f"vow_{number}"] = vow
    for number in range(draw(st.integers(0, 2))):
        name, by = draw(st.sampled_from(able))
        deed, to = draw(st.sampled_from(able))
        if to != by and to in (acts[name]["targets"] if is_aimed(acts[name]) else actors):
            words = {"title": "to do so", "by": by, "act": name, "to": to, "if": deed}
            found["threats"][f"threat_{number}"] = words | times(draw, "within", "lasts") | {"assumed": "Drawn."}
    if draft := text(draw, scenario, actors):
        found["texts"] = {"treaty": draft}
    if not any(found.values()):
        return {}
    if draw(st.booleans()):
        shares = {key: draw(st.sampled_from([0.0, 0.25, 0.5, 1.0])) for key in ("trust", "kept", "broken")}
        counters = {"counters": True} if draw(st.booleans()) else {}
        found["words"] = {
            "honour": draw(plain(0, 2)),
            **shares,
            **counters,
            **times(draw, "tempo", "within", "cooldown"),
        }
    return {key: part for key, part in found.items() if part}


def text(draw: Draw, scenario: Written, actors: list[str]) -> Written:
    """A text between the first few actors on some issues, or none."""
    parties = actors[: draw(st.integers(1, min(4, len(actors))))]
    if len(parties) < 2:
        return {}
    terms: Written = {}
    for issue, one in scenario["issues"].items():
        low, high = min(one["scale"]), max(one["scale"])
        share = draw(st.sampled_from([0.0, 0.25, 0.5, 1.0]))
        terms[issue] = {"start": low + share * (high - low), "step": (high - low) / draw(st.sampled_from([4, 10]))}
        if draw(st.booleans()):
            terms[issue]["reversion"] = one["start"]
    return {"title": "the treaty", "parties": parties, "terms": terms, "assumed": "Drawn."}


def undertaking(draw: Draw, name: str, by: str, act: Written, actors: list[str]) -> Written:
    """To do an act, or to refrain from it."""
    written: Written = {"title": "to do so", "by": by, "to": [a for a in actors if a != by], "assumed": "Drawn."}
    written |= times(draw, "within")
    targets = [a for a in act["targets"] if a != by] if is_aimed(act) else []
    if draw(st.booleans()) and (targets or not is_aimed(act)):
        written["act"] = name
        if targets:
            written["at"] = draw(st.sampled_from(targets))
        if draw(st.booleans()):
            written["ahead"] = True
    else:
        written["refrain"] = [name]
    if len(actors) > 2 and draw(st.integers(0, 3)) == 3:
        written["through"] = draw(st.sampled_from([a for a in actors if a != by]))
    if draw(st.integers(0, 3)) == 3:
        written["known_to"] = draw(st.sampled_from(actors))
    return written


def aims_of(act: Written, doers: list[str]) -> list[str] | None:
    """At whom one of those who may do an act can direct it; None of one that is directed at nobody in particular."""
    return [aim for aim in act["targets"] if set(doers) != {aim}] if is_aimed(act) else None


def about_a_vote(draw: Draw, scenario: Written, name: str, actors: list[str], aims: list[str] | None) -> Written:
    """To vote so on what an action puts to the vote."""
    act = scenario["actions"][name]
    seats = scenario["institutions"][act["vote"]["in"]]["seats"]
    by = draw(st.sampled_from([seat if isinstance(seat, str) else seat["actor"] for seat in seats]))
    written: Written = {"title": "to vote so", "by": by, "to": [a for a in actors if a != by], "assumed": "Drawn."}
    written |= {"vote": name, "as": draw(st.sampled_from(["for", "against", "not for", "not against"]))}
    if aims is not None:
        written["at"] = draw(st.sampled_from(aims))
    return written | times(draw, "within")


def is_aimed(act: Written) -> bool:
    """Whether an act is directed at one of several."""
    return isinstance(act.get("targets"), list)


def times(draw: Draw, *keys: str) -> Written:
    """Some lengths of time."""
    return {key: draw(st.sampled_from(TIMES)) for key in keys}


def members(names: list[str], groups: Mapping[str, list[str]]) -> set[str]:
    """The actors that these actors and groups are."""
    return {actor for name in names for actor in groups.get(name, [name])}
