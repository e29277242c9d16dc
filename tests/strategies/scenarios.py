"""Whole scenarios: short, crowded and hectic, so that every rule of the format meets every other.

``written_scenarios`` draws plain dicts as an author would write them, ``scenario_texts`` the files that the
loader accepts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.strategies.mending import as_yaml, mended
from tests.strategies.promises import promises
from tests.strategies.words import Draw, Words, chance, condition, number, plain

Written = dict[str, Any]
"""A part of a scenario as it stands in the file."""

ACTORS = ("ann", "bob", "cid", "dot", "eve", "fay")
ISSUES = ("land", "debt", "pride")
VALUES = ("heat", "trust")
FLAGS = ("lit", "torn")
ACTOR_FLAGS = ("met", "armed")
GROUPS = ("east", "west")
ENTRIES = ("fair", "feast")
MEASURES = ("mood", "tide", "gist")
ASKS = ("yield_it", "pay_it")
BODIES = ("senate", "guild", "moot")
START = dt.date(2008, 1, 1)
TEMPOS = ("1d", "2d", "4d", "1w", "3w")
ASSUMED = {"assumed": "Drawn by chance."}


def scenario_texts() -> st.SearchStrategy[str]:
    """Whole valid scenarios as the text of their files, without what can never come about."""
    return written_scenarios().map(mended).map(as_yaml)


def sometimes(draw: Draw, one_in: int = 3) -> bool:
    """Yes about once in so many times; no is the simpler."""
    return draw(st.integers(0, one_in - 1)) == one_in - 1


def some(draw: Draw, names: tuple[str, ...], least: int = 0) -> tuple[str, ...]:
    """Some of the names, in their order."""
    chosen = draw(st.sets(st.sampled_from(names), min_size=least)) if names else set()
    return tuple(name for name in names if name in chosen)


def first_few(draw: Draw, names: tuple[str, ...], least: int = 0) -> tuple[str, ...]:
    """The first few of the names; one is the simplest."""
    return names[: draw(st.sampled_from([n for n in (1, 0, *range(2, len(names) + 1)) if n >= least]))]


def date(day: int) -> str:
    """A day of the story, counted from its first, as it is written."""
    return (START + dt.timedelta(days=day)).isoformat()


def duration(hours: int) -> str:
    """A length of time as it is written."""
    return "1w" if hours == 168 else f"{hours}h" if hours % 24 else f"{hours // 24}d"


def written_pace(draw: Draw, hours: int) -> Written:
    """The length of a pace, which may be left out where it is a day."""
    return {} if hours == 24 and sometimes(draw, 2) else {"pace": duration(hours)}


@st.composite
def written_scenarios(draw: Draw) -> Written:
    """A whole valid scenario of at most sixteen paces."""
    hours, paces = draw(st.sampled_from([168, 24, 72, 240, 336, 12, 8, 6, 1])), draw(st.integers(2, 8))
    pace = max(1, hours // 24)
    days = pace * paces - draw(st.integers(0, pace - 1)) if hours >= 24 else -(-hours * paces // 24)
    paces_per_turn = draw(st.sampled_from([1, 2, 3, 7]))
    actors = first_few(draw, ACTORS, 1)
    words = Words(
        actors,
        first_few(draw, ISSUES, 1),
        first_few(draw, VALUES),
        first_few(draw, FLAGS),
        first_few(draw, ACTOR_FLAGS),
        first_few(draw, GROUPS),
        first_few(draw, ENTRIES),
    )
    issues = {name: issue(draw) for name in words.issues}
    scenario: Written = {
        "scenario_format": 1,
        "id": "drawn",
        "title": "Drawn by chance",
        "start": date(0),
        "end": date(days),
        **written_pace(draw, hours),
        "step": duration(hours * paces_per_turn),
        "temperature": draw(plain(0.125, 2)),
        "issues": issues,
        "values": {name: value(draw) for name in words.values},
        "flags": dict.fromkeys(words.flags, "A flag"),
        "actor_flags": dict.fromkeys(words.actor_flags, "A flag of each"),
        "groups": {name: list(some(draw, actors, 1)) for name in words.groups},
        "actors": {name: actor(draw, issues) for name in actors},
        **({"loss": loss(draw)} if sometimes(draw, 4) else {}),
        "calendar": {
            name: {"on": date(draw(st.integers(0, days - 1))), "title": "Day", **ASSUMED} for name in words.entries
        },
    }
    scenario["secrets"] = secrets(draw, words, scenario["values"])
    words = replace(words, secrets=tuple(scenario["secrets"]))
    words = replace(words, asks={name: some(draw, actors, 1) for name in first_few(draw, ASKS)})
    words, scenario["measures"] = measures(draw, words)
    bodies = first_few(draw, BODIES)
    scenario["institutions"] = {name: institution(draw, actors, days) for name in bodies}
    actions = [f"act_{letter}" for letter in "abcdefgh"[: draw(st.integers(1, 8))]]
    scenario["actions"] = {name: action(draw, words, bodies, actions) for name in actions}
    scenario["asks"] = {name: ask(draw, words, to) for name, to in words.asks.items()}
    drifts = [f"drift_{n}" for n in range(draw(st.integers(0, 2)))]
    scenario["dynamics"] = {name: dynamic(draw, words) for name in drifts}
    events = [f"event_{n}" for n in range(draw(st.integers(0, 4)))]
    scenario["events"] = {name: event(draw, words, days - 1 - (days - 1) % pace) for name in events}
    scenario |= promises(draw, scenario)
    scenario["endings"] = endings(draw, words, days)
    return {key: part for key, part in scenario.items() if part != {}}


def issue(draw: Draw) -> Written:
    """An issue with an odd scale."""
    low, span = draw(plain(-100, 20)), draw(st.sampled_from([100.0, 0.5, 7.0, 250.0]))
    start = low + span * draw(st.integers(0, 8)) / 8
    written: Written = {"title": "Issue", "start": start, "scale": {low: "low", low + span: "high"}, **ASSUMED}
    return written | ({"loss": loss(draw)} if sometimes(draw) else {})


def loss(draw: Draw) -> Any:
    """A form of loss, by its name or as a record."""
    if draw(st.booleans()):
        return draw(st.sampled_from(["absolute", "quadratic"]))
    form = draw(st.sampled_from(["absolute", "quadratic", "gaussian"]))
    written: Written = {"form": form} | ({"width": draw(plain(0.125, 1))} if form == "gaussian" else {})
    if draw(st.booleans()):
        written["zone"] = draw(plain(0, 0.5))
    if draw(st.booleans()):
        written |= {"reserve": draw(plain(0.125, 0.75)), "steeper": draw(plain(1.5, 6))}
    return written


def value(draw: Draw) -> Written:
    """A value with a range."""
    low, span = draw(plain(-10, 5)), draw(st.sampled_from([1.0, 8.0, 50.0]))
    start = low + span * draw(st.integers(0, 8)) / 8
    return {"title": "Value", "start": start, "range": [low, low + span], **ASSUMED}


def actor(draw: Draw, issues: Written) -> Written:
    """An actor with stances on some issues, known for sure or not."""
    written: Written = {"title": "Actor", "capability": draw(plain(0, 1)), **ASSUMED}
    if sometimes(draw):
        written["temperature"] = draw(plain(0.125, 1))
    stances = {name: stance(draw, issues[name]) for name in some(draw, tuple(issues))}
    return written | ({"stances": stances} if stances else {})


def stance(draw: Draw, issue: Written) -> Written:
    """A stance somewhere on the scale."""
    low, high = min(issue["scale"]), max(issue["scale"])
    written: Written = {"position": low + (high - low) * draw(st.integers(0, 8)) / 8, "salience": draw(plain(0, 1))}
    if sometimes(draw):
        written["spread"] = (high - low) / 4
    return written | ASSUMED


def secrets(draw: Draw, words: Words, values: Written) -> Written:
    """Some flags and values that not everybody knows, drawn at the start or not."""
    written: Written = {}
    for name in some(draw, (*words.values, *words.flags, *words.actor_flags)) if sometimes(draw, 2) else ():
        secret: Written = {"known_to": list(some(draw, (*words.actors, *words.groups))), **ASSUMED}
        others = [actor for actor in words.actors if actor not in secret["known_to"]]
        if len(others) > 1 and not set(secret["known_to"]) & set(words.groups) and sometimes(draw, 2):
            secret["noticed"] = {others[0]: draw(plain(0, 1))}
        if name not in values and sometimes(draw, 2):
            secret["chance"] = draw(plain(0, 1))
        elif name in values and sometimes(draw, 2):
            low, high = values[name]["range"]
            secret["among"] = {low: draw(plain(0.125, 2)), (low + high) / 2: 1.0, high: draw(plain(0.125, 2))}
        written[name] = secret
    return written


def measures(draw: Draw, words: Words) -> tuple[Words, Written]:
    """A few measures, each over those before it."""
    written: Written = {}
    for name in first_few(draw, MEASURES):
        is_yesno = draw(st.booleans())
        text = condition(draw, words) if is_yesno else number(draw, words, level=1)
        written[name] = {"title": "Measure", "value": text}
        words = replace(words, measures=words.measures | {name: is_yesno})
    return words, written


def institution(draw: Draw, actors: tuple[str, ...], days: int) -> Written:
    """A body with dated seats that counts in any of the ways."""
    members = some(draw, actors, 1)
    seats = [{"actor": members[0]}, *(seat(draw, member, days) for member in members[1:])]
    written: Written = {
        "title": "Body",
        "seats": seats,
        "pass": pass_rule(draw, members, [seat["actor"] for seat in seats if len(seat) == 1]),
        "threshold": draw(plain(0, 0.5)),
        **ASSUMED,
    }
    if sometimes(draw):
        written["temperature"] = draw(plain(0.125, 1))
    return written


def seat(draw: Draw, member: str, days: int) -> Written:
    """A seat, perhaps held for a part of the story only."""
    written: Written = {"actor": member}
    if sometimes(draw, 4):
        written["from"] = date(draw(st.integers(-5, days // 2)))
    if sometimes(draw, 4):
        written["until"] = date(draw(st.integers(days // 2 + 1, days + 5)))
    return written


def pass_rule(draw: Draw, members: tuple[str, ...], always_there: list[str]) -> Written:
    """One way of counting, perhaps with vetoes, that those who never leave can meet."""
    few = st.integers(1, len(always_there))
    rule: Written
    match draw(st.sampled_from(["majority", "yes", "share", "unanimous", "quota"])):
        case "yes":
            rule = {"yes": draw(few)}
        case "share":
            rule = {"share": draw(st.sampled_from(["1/2", "2/3", "3/5", "0.6", "1/1"]))}
        case "quota":
            weights = {member: draw(st.integers(0, 5)) for member in some(draw, members)}
            most = sum(weights.get(member, 1) for member in always_there)
            rule = {"quota": draw(st.integers(1, max(1, most)))} | ({"weights": weights} if weights else {})
        case way:
            rule = {way: True}
    if ("share" in rule or "majority" in rule) and sometimes(draw):
        rule["weights"] = {member: draw(st.integers(0, 5)) for member in some(draw, members, 1)}
    veto = some(draw, members) if sometimes(draw) else ()
    return rule | ({"veto": list(veto)} if veto else {})


def action(draw: Draw, words: Words, bodies: tuple[str, ...], actions: list[str]) -> Written:
    """An action of some actors or groups, perhaps at a target, perhaps with a vote, perhaps a reply."""
    doers = some(draw, (*words.actors[:3], *words.groups), 1)
    written: Written = {"title": "Action", "by": list(doers), "tempo": draw(st.sampled_from(TEMPOS)), **ASSUMED}
    written |= directed(draw, words, actions)
    others = ("target",) if "targets" in written else ()
    is_at_several = isinstance(written.get("targets"), dict)
    here = words.within("self", *(() if is_at_several else others))
    if sometimes(draw):
        written["when"] = condition(draw, here)
    if sometimes(draw):
        written["needs"] = {f"Need {n}": condition(draw, here, 1) for n in range(draw(st.integers(1, 2)))}
    if sometimes(draw, 4):
        written["once"] = True
    elif sometimes(draw, 4):
        written["cooldown"] = draw(st.sampled_from(["1d", "8d", "2w", "2.5d", "16h"]))
    written["effects"] = effects(draw, words.within("self", *others))
    for effect in written["effects"]:
        if others and sometimes(draw, 4):
            effect["dispatch"] = "News of {target}." if is_at_several else "News of {target} and {by}."
    if sometimes(draw, 6):
        written["in_force"] = draw(st.sampled_from(["5d", "2w", *days_of_effects(words)]))
    written["expects"] = effects(draw, words.within("self", *others), is_belief=True, most=2)
    if sometimes(draw, 2):
        written["appeal"] = weighed(draw, here, -1, 2)
    if sometimes(draw):
        written["cost"] = weighed(draw, here, 0, 1)
    if sometimes(draw, 4):
        written["known_to"] = list(some(draw, (*words.actors, *words.groups), 1))
    if bodies and not is_at_several and sometimes(draw, 2):
        written["vote"] = vote(draw, words, others, bodies)
    return written


def directed(draw: Draw, words: Words, actions: list[str]) -> Written:
    """At whom an action is directed, one at a time or all at once, and what it replies to."""
    written: Written = {}
    actions = [*actions, *(f"{ask}.silence" for ask in words.asks)]
    if sometimes(draw, 4):
        within = draw(st.sampled_from(["1d", "3d", "8d", "2w", "5w", "16h"]))
        written["reply_to"] = {"action": list(some(draw, tuple(actions), 1)), "within": within}
    if sometimes(draw) and len(words.actors) > 1:
        targets = list(words.actors) if sometimes(draw) else list(some(draw, words.actors, 2))
        written["targets"] = targets
        if not written.keys() & {"reply_to"} and sometimes(draw, 2):
            for_whom = condition(draw, words.within("self", "target"), 1) if sometimes(draw, 2) else True
            written["targets"] = {"each": for_whom, "of": targets}
    return written


def ask(draw: Draw, words: Words, to: tuple[str, ...]) -> Written:
    """A question to some actors, and what they may say."""
    answers = {name: answer(draw, words) for name in ("yes", "no", "later")[: draw(st.integers(1, 3))]}
    written: Written = {
        "title": "Question",
        "to": list(to),
        "within": draw(st.sampled_from(["16h", "1d", "1w", "10d", "3w"])),
        "otherwise": "silence",
        "answers": {**answers, "silence": {"title": "Silence", "effects": effects(draw, words.within("self"))}},
        **ASSUMED,
    }
    if sometimes(draw):
        written["temperature"] = draw(plain(0.125, 1))
    if sometimes(draw):
        written["known_to"] = list(some(draw, (*words.actors, *words.groups), 1))
    return written


def answer(draw: Draw, words: Words) -> Written:
    """One of the things that may be said."""
    here = words.within("self")
    written: Written = {"title": "Answer", "effects": effects(draw, here)}
    written["expects"] = effects(draw, here, is_belief=True, most=2)
    if sometimes(draw):
        written["when"] = condition(draw, here)
    if sometimes(draw):
        written["needs"] = {"Need": condition(draw, here, 1)}
    if sometimes(draw, 2):
        written["appeal"] = weighed(draw, here, -1, 2)
    if sometimes(draw):
        written["cost"] = draw(plain(0, 1))
    if sometimes(draw, 4):
        written["known_to"] = list(some(draw, (*words.actors, *words.groups), 1))
    if sometimes(draw, 6):
        written["in_force"] = draw(st.sampled_from(["16h", "5d", *days_of_effects(words)]))
    return written


def vote(draw: Draw, words: Words, others: tuple[str, ...], bodies: tuple[str, ...]) -> Written:
    """A question with what follows, and what members expect to follow."""
    there = words.within(*others)
    written: Written = {
        "in": draw(st.sampled_from(bodies)),
        "question": "Shall it be?",
        "pass": effects(draw, there),
        "fail": effects(draw, there, most=2),
    }
    if sometimes(draw, 2):
        written["pass_expects"] = effects(draw, there, is_belief=True, most=2)
    if sometimes(draw):
        written["fail_expects"] = effects(draw, there, is_belief=True, most=1)
    if sometimes(draw, 2):
        member = words.within("self", *others)
        written["lean"] = weighed(draw, member, -1, 1)
    return written


def weighed(draw: Draw, words: Words, low: float, high: float) -> Any:
    """What is added to a gain: one amount, plain as often as not, or several by their names."""
    if sometimes(draw, 4):
        names = ("for honour", "at home")[: draw(st.integers(1, 2))]
        return {name: number(draw, words, low, high, level=1) for name in names}
    return number(draw, words, low, high, level=1) if sometimes(draw, 2) else draw(plain(low, high))


def effects(draw: Draw, words: Words, is_belief: bool = False, most: int = 3) -> list[Written]:
    """Some effects, or beliefs about issues."""
    return [effect(draw, words, is_belief) for _ in range(draw(st.sampled_from([1, 0, *range(2, most + 1)])))]


def effect(draw: Draw, words: Words, is_belief: bool) -> Written:
    """An effect with every part that it may have."""
    written: Written = {}
    if sometimes(draw, 4):
        written["when"] = condition(draw, words, 1)
    if sometimes(draw):
        written["chance"] = chance(draw, words)
    if not is_belief and sometimes(draw, 4):
        written["delay"] = draw(st.sampled_from(["1d", "1w", "8d", "2w", "0.5d", "16h"]))
    elif not is_belief and sometimes(draw, 6):
        written["on"] = draw(st.sampled_from(days_of_effects(words)))
    if words.asks and not is_belief and sometimes(draw):
        written |= asking(draw, words)
    if words.secrets and not is_belief and sometimes(draw):
        written |= revealing(draw, words)
    if not is_belief and sometimes(draw, 6):
        written["unforeseen"] = True
    places = list(words.issues) if is_belief else words.number_places()
    flags = [] if is_belief else words.flag_places()
    shape = draw(st.sampled_from(["add", "add", "set", "both", *(["flag"] * 3 if flags else [])]))
    if shape in ("add", "both"):
        chosen = draw(st.sets(st.sampled_from(places), min_size=1, max_size=2))
        written["add"] = {place: amount(draw, words) for place in sorted(chosen)}
    if shape in ("set", "both"):
        place = draw(st.sampled_from(places))
        written["set"] = {place: number(draw, words, -60, 60, level=1)}
    if shape == "flag":
        chosen = draw(st.sets(st.sampled_from(flags), min_size=1, max_size=2))
        once = {place.removeprefix("flag."): place for place in sorted(chosen)}
        written["set"] = {place: become(draw, words) for place in once.values()}
    return written


def days_of_effects(words: Words) -> list[str]:
    """Days on which effects may be in force: dates early and late, and every entry of the calendar."""
    return [date(3), date(14), date(30), *words.entries]


def asking(draw: Draw, words: Words) -> Written:
    """A question that is put, to all whom it is for or to some of them."""
    name = draw(st.sampled_from(sorted(words.asks)))
    if sometimes(draw, 2):
        return {"ask": name}
    return {"ask": name, "of": draw(st.sampled_from([*words.asks[name], *words.scopes]))}


def revealing(draw: Draw, words: Words) -> Written:
    """A secret, or where somebody stands, that some others learn."""
    things = [f"{scope}.{name}" for scope in words.scopes for name in words.secrets if name in words.actor_flags]
    things += [f"{scope}.position.{issue}" for scope in words.scopes for issue in words.issues[:1]]
    thing = draw(st.sampled_from([*words.secret_things(), *things]))
    return {"reveal": {thing: list(some(draw, (*words.actors, *words.groups, *words.scopes), 1))}}


def amount(draw: Draw, words: Words) -> Any:
    """How much is added: a plain number as often as not."""
    return number(draw, words, -30, 30, level=1) if draw(st.booleans()) else draw(plain(-30, 30))


def become(draw: Draw, words: Words) -> Any:
    """What a flag becomes: plain yes as often as not."""
    return condition(draw, words, 1) if draw(st.booleans()) else draw(st.sampled_from([True, True, False]))


def dynamic(draw: Draw, words: Words) -> Written:
    """A drift of the world, or of each of some actors."""
    written: Written = {"title": "Drift", **ASSUMED}
    if sometimes(draw, 2):
        written["each"] = list(some(draw, (*words.actors, *words.groups), 1))
        words = words.within("self")
    if sometimes(draw):
        written["when"] = condition(draw, words, 1)
    chosen = draw(st.sets(st.sampled_from(words.number_places()), min_size=1, max_size=2))
    return written | {"per_week": {place: number(draw, words, -4, 4, level=1) for place in sorted(chosen)}}


def event(draw: Draw, words: Words, last_opening: int) -> Written:
    """An event by date, by condition or by hazard."""
    written: Written = {"title": "Event", **ASSUMED}
    if sometimes(draw):
        written["on"] = date(draw(st.integers(0, last_opening)))
    if sometimes(draw, 2):
        written["chance" if "on" in written else "chance_per_week"] = chance(draw, words)
    if sometimes(draw):
        written["when"] = condition(draw, words)
    if sometimes(draw) and "on" not in written:
        written["once"] = True
    written["effects"] = effects(draw, words)
    if sometimes(draw, 2):
        names = ("well", "badly", "oddly")[: draw(st.integers(1, 3))]
        written["outcomes"] = {name: outcome(draw, words) for name in names}
    return written


def outcome(draw: Draw, words: Words) -> Written:
    """One way in which an event may turn out."""
    weight = number(draw, words, 0, 3, level=1) if sometimes(draw) else draw(plain(0, 3))
    return {"title": "Outcome", "weight": weight, "effects": effects(draw, words, most=2)}


def endings(draw: Draw, words: Words, days: int) -> list[Written]:
    """A few endings, early ones and ones at the end, and the last without a condition."""
    written: list[Written] = []
    for n in range(draw(st.integers(0, 3))):
        ending: Written = {"id": f"end_{n}", "title": "Ending"}
        if sometimes(draw):
            ending["worth"] = {who: {"points": draw(plain(0, 100)), **ASSUMED} for who in some(draw, words.actors)}
        if sometimes(draw, 2):
            written.append(ending | {"when": condition(draw, words), "at_end": True})
        else:
            late = f"day >= {draw(st.integers(1, days))} and "
            written.append(ending | {"when": f"{late}({condition(draw, words)})"})
    return [*written, {"id": "over", "title": "Over"}]
