"""Words between sides: undertakings that can be given, that somebody can give something for, and that all can judge."""

from __future__ import annotations

from collections.abc import Iterator

from engine.scenario.checks.context import Context
from engine.scenario.checks.knowledge import Breach, secrecy, spoken
from engine.scenario.checks.lists import check_list
from engine.scenario.document import Path
from engine.scenario.leaks import NOTHING, Leak, Reader, Sight
from engine.scenario.limits import MOST_EXCHANGES
from engine.scenario.models import EVERYONE, Action, Scenario, Undertaking
from engine.scenario.names import find_places
from engine.scenario.problems import listed, quoted
from engine.scenario.walk import changes_of_action, formulas_of_action, formulas_of_change, is_unforeseen
from engine.scenario.words.exchanges import exchanges, parties
from engine.scenario.words.spoken import Spoken, own_action, spoken_in

CANT_BE_GIVEN, FOR_NOTHING, CANT_JUDGE = "E212", "W213", "E323"
"""The findings: what can't be undertaken, what nobody gives anything for, and what a party can't judge."""


LONGEST_NAME = 60
"""Letters that a name has at most."""


def check_words(context: Context) -> bool:
    """Notes what is wrong with undertakings; gives whether what follows from them can be written out."""
    scenario = context.scenario
    if not scenario.undertakings:
        _check_idle_words(context)
        return True
    before = context.problems.errors
    for name, undertaking in scenario.undertakings.items():
        _check_one(context, ("undertakings", name), undertaking)
    _check_worths(context)
    if context.problems.errors > before:
        return False
    _check_exchanges(context)
    return context.problems.errors == before


def check_judging(context: Context) -> None:
    """Notes undertakings whose worth hangs on what a party to them can't know; asked of a scenario that fits."""
    sight = Sight(context.parser)
    if sight.knowledge.is_open:
        return
    for name, undertaking in context.scenario.undertakings.items():
        for judge in parties(context.scenario, name):
            if judge != undertaking.by:
                _check_judge(context, sight, name, undertaking, judge)


def _check_one(context: Context, path: Path, one: Undertaking) -> None:
    s = context.scenario
    people = [*s.actors, *s.groups, EVERYONE]
    check_list(context, (*path, "to"), one.to, "actor or group", people)
    if one.known_to is not None:
        check_list(context, (*path, "known_to"), one.known_to, "actor or group", people)
    if one.by not in s.actors:
        context.unknown((*path, "by"), "actor", one.by, s.actors)
        return
    if one.at is not None and one.at not in s.actors:
        context.unknown((*path, "at"), "actor", one.at, s.actors)
        return
    for number, act in enumerate(one.acts):
        where: Path = (*path, "act") if one.act is not None else (*path, "refrain", number)
        if act not in s.actions:
            context.unknown(where, "action", act, s.actions)
        elif (why := _why_not(one, act, s.actions[act], s.members(s.actions[act].by), s)) is not None:
            context.note(CANT_BE_GIVEN, where, why)


def _why_not(one: Undertaking, act: str, action: Action, doers: tuple[str, ...], scenario: Scenario) -> str | None:
    """Why an act can't be undertaken, in words; None where it can."""
    if one.by not in doers:
        return f"{one.by} can't {quoted(act)}, which is for {listed(doers, 6)}: choose one of its own actions"
    if action.vote is not None:
        return f"{quoted(act)} tables a question, and what a vote brings nobody can promise: choose another action"
    if one.act is None:
        return None
    aims = scenario.members(action.one_of or ())
    if action.one_of is not None and one.at is None:
        return f"{quoted(act)} is directed at somebody: say at whom, as at: {aims[0] if aims else 'ACTOR'}"
    if one.at is not None and one.at not in aims:
        allowed = f"it is directed at {listed(aims, 6)}" if aims else "it is directed at nobody in particular"
        return f"{quoted(act)} can't be done at {one.at}: {allowed}"
    return None


def _check_worths(context: Context) -> None:
    """Notes actors there are not, of whom it is said what a word is worth to them."""
    words, actors = context.scenario.words, context.scenario.actors
    if words is None:
        return
    for key in ("honours", "trusts"):
        for name in getattr(words, key):
            if name not in actors:
                context.unknown(("words", key, name), "actor", name, actors, key=True)
    for who, trusted in words.trusts.items():
        for whose in trusted:
            if whose not in actors:
                context.unknown(("words", "trusts", who, whose), "actor", whose, actors, key=True)


def _check_idle_words(context: Context) -> None:
    if context.scenario.words is not None:
        context.note(FOR_NOTHING, ("words",), "there is nothing to give one's word for: write undertakings", key=True)


def _check_exchanges(context: Context) -> None:
    """Notes too many exchanges, names that are taken, and undertakings in no exchange."""
    s = context.scenario
    found = list(exchanges(s))
    if len(found) > MOST_EXCHANGES:
        message = f"make {len(found):,} exchanges: at most {MOST_EXCHANGES:,} are allowed"
        context.note("E901", ("undertakings",), message, key=True)
        return
    generated = spoken_in(s)
    for part in Spoken.ENTRIES:
        for name in getattr(generated, part):
            if name in getattr(s, part):
                message = f"{quoted(name)} is what undertakings bring: choose another name"
                context.note("E202", (part, name), message, key=True)
            elif len(name) > LONGEST_NAME:
                message = f"the names of these sides are too long for {quoted(name, LONGEST_NAME * 3)}: shorten them"
                context.note(CANT_BE_GIVEN, ("undertakings",), message, key=True)
                return
    exchanged = {part.name for exchange in found for part in exchange.parts}
    for name, one in s.undertakings.items():
        if name not in exchanged and one.by in s.actors:
            message = f"nobody to whom {one.by} may give it has anything to give for it: say what, or name others in to"
            context.note(FOR_NOTHING, ("undertakings", name), message, key=True)


def _check_judge(context: Context, sight: Sight, name: str, one: Undertaking, judge: str) -> None:
    """Notes what a party would have to know to judge it; that others stand elsewhere than coded nobody counts on."""
    reader = sight.reader(judge, one.by, one.at)
    for act in one.acts:
        action = own_action(context.scenario, act)
        for leak in _leaks(context, reader, ("actions", act), action):
            if leak.place.kind != "position":
                breach = Breach(CANT_JUDGE, leak, {leak.place: None}, {judge: None})
                why = f"{quoted(act)} hangs on {spoken(leak.place)}, {secrecy(sight, breach)}"
                message = f"{judge} can't judge it, for {why}: leave {judge} out, or let it know"
                context.note(CANT_JUDGE, ("undertakings", name, "to"), message)
                return


def _leaks(context: Context, reader: Reader, path: Path, action: Action) -> Iterator[Leak]:
    """What somebody else would read of the reasons for an act."""
    for formula in formulas_of_action(path, action):
        yield from reader.leaks(context.parsed(formula).root, NOTHING)
    for changes in changes_of_action(path, action):
        for where, change in changes.items():
            if is_unforeseen(change):
                continue
            for formula in formulas_of_change(where, change, changes.scopes):
                yield from reader.leaks(context.parsed(formula).root, NOTHING)
            for texts in (change.add, change.set):
                for place, text in texts.items():
                    found = find_places(context.scenario, changes.scopes, place)
                    if found is not None and found.references[0].kind == "issue":
                        yield from reader.leaks(context.parser.number(text, changes.scopes).root, NOTHING)
