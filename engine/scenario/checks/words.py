"""Words between sides: what can be given, for which somebody gives something, and what both sides can judge."""

from __future__ import annotations

from collections.abc import Iterator

from engine.scenario.checks.context import Context
from engine.scenario.checks.knowledge import Breach, secrecy, spoken
from engine.scenario.checks.lists import check_list
from engine.scenario.document import Path
from engine.scenario.leaks import NOTHING, Leak, Reader, Sight
from engine.scenario.limits import MOST_EXCHANGES
from engine.scenario.models import EVERYONE, Action, Draft, Scenario, Threat, Undertaking
from engine.scenario.models.words import Term
from engine.scenario.names import find_places
from engine.scenario.problems import listed, quoted
from engine.scenario.walk import Formula, changes_of_action, formulas_of_action, formulas_of_change, is_unforeseen
from engine.scenario.words.additions import Spoken
from engine.scenario.words.exchanges import exchanges
from engine.scenario.words.pledges import Pledge, judges, pledge_of, warned
from engine.scenario.words.spoken import own_action, spoken_in
from engine.scenario.words.vows import members_ever

CANT_BE_GIVEN, FOR_NOTHING, CANT_JUDGE = "E212", "W213", "E323"
"""The findings: what can't be given, what nobody gives anything for, and what one of the sides can't judge."""


LONGEST_NAME = 60
"""Letters that a name has at most."""


MOST_PARTIES = 8
"""Parties to a text: each reckons with how likely each other is to sign it."""


def check_words(context: Context) -> bool:
    """Notes what is wrong with words between sides; gives whether what follows from them can be written out."""
    scenario = context.scenario
    if not scenario.speaks:
        _check_idle_words(context)
        return True
    before = context.problems.errors
    for name, undertaking in scenario.undertakings.items():
        _check_undertaking(context, ("undertakings", name), undertaking)
    for name, threat in scenario.threats.items():
        _check_threat(context, ("threats", name), threat)
    for name, text in scenario.texts.items():
        _check_text(context, ("texts", name), text)
    _check_worths(context)
    if context.problems.errors > before:
        return False
    _check_written_out(context)
    return context.problems.errors == before


def check_judging(context: Context) -> None:
    """Notes words whose worth hangs on what one of the two sides can't know; asked of a scenario that fits."""
    sight, s = Sight(context.parser), context.scenario
    if sight.knowledge.is_open:
        return
    named: list[tuple[Path, str]] = [(("undertakings", name, "to"), name) for name in s.undertakings]
    for each in warned(s):
        named += [(("threats", each.name, key), name) for key, name in (("to", each.pair), ("if", each.deed))]
    for path, name in named:
        pledge = pledge_of(s, name)
        assert pledge is not None
        for judge in judges(s, name):
            if judge != pledge.by or any(s.actions[act].vote is not None for act in pledge.about):
                _check_judge(context, sight, path, pledge, judge)


def _check_undertaking(context: Context, path: Path, one: Undertaking) -> None:
    s = context.scenario
    if not _are_known(context, path, one):
        return
    for key, actor in (("at", one.at), ("through", one.through)):
        if actor is not None and actor not in s.actors:
            context.unknown((*path, key), "actor", actor, s.actors)
            return
    for number, name in enumerate(one.in_return):
        if name not in s.undertakings:
            context.unknown((*path, "for", number), "undertaking", name, s.undertakings)
    if one.through == one.by:
        message = f"{one.by} can't stand between itself and another: name a third party"
        context.note(CANT_BE_GIVEN, (*path, "through"), message)
    if one.vote is not None:
        _check_vote(context, (*path, "vote"), one, one.vote)
    for number, act in enumerate(one.acts):
        where: Path = (*path, "act") if one.act is not None else (*path, "refrain", number)
        if act not in s.actions:
            context.unknown(where, "action", act, s.actions)
        elif (why := _why_not_by(s, one.by, act) or (_why_not_at(s, one, act) if one.act else None)) is not None:
            context.note(CANT_BE_GIVEN, where, why)


def _check_threat(context: Context, path: Path, one: Threat) -> None:
    s = context.scenario
    if not _are_known(context, path, one):
        return
    unknown = [((*path, "act"), one.act), *(((*path, "if", number), deed) for number, deed in enumerate(one.deeds))]
    unknown = [(where, act) for where, act in unknown if act not in s.actions]
    for where, act in unknown:
        context.unknown(where, "action", act, s.actions)
    if unknown:
        return
    if (why := _why_not_by(s, one.by, one.act)) is not None:
        context.note(CANT_BE_GIVEN, (*path, "act"), why)
    aims = s.actions[one.act].one_of
    for actor in s.members(one.to):
        if actor == one.by:
            continue
        if aims is not None and actor not in s.members(aims):
            message = f"{quoted(one.act)} can't be done at {actor}: it is directed at {listed(s.members(aims), 6)}"
            context.note(CANT_BE_GIVEN, (*path, "to"), message)
        elif not any(actor in s.members(s.actions[deed].by) for deed in one.deeds):
            message = f"{actor} can do nothing of that: leave it out, or name a deed of its own under if"
            context.note(CANT_BE_GIVEN, (*path, "to"), message)


def _check_text(context: Context, path: Path, text: Draft) -> None:
    s, before = context.scenario, context.problems.errors
    people = [*s.actors, *s.groups, EVERYONE]
    for key, who in (("parties", text.parties), ("assent", text.assent), ("known_to", text.known_to or ())):
        check_list(context, (*path, key), who, "actor or group", people)
    parties = s.members(text.parties)
    if context.problems.errors == before and not 2 <= len(parties) <= MOST_PARTIES:
        message = f"{listed(parties)} can't negotiate it: a text has 2 to {MOST_PARTIES} parties"
        context.note(CANT_BE_GIVEN, (*path, "parties"), message)
    if context.problems.errors == before and (strangers := set(s.members(text.assent)) - set(parties)):
        message = f"{listed(sorted(strangers))} can't assent to it: name those among its parties who do not sign"
        context.note(CANT_BE_GIVEN, (*path, "assent"), message)
    for issue, term in text.terms.items():
        if issue not in s.issues:
            context.unknown((*path, "terms", issue), "issue", issue, s.issues, key=True)
            continue
        low, high = min(s.issues[issue].scale), max(s.issues[issue].scale)
        _check_expected(context, (*path, "terms", issue, "reversion"), term, parties)
        for key, place in (("start", term.start), *((("reversion", one)) for one in _expected(term))):
            if place is not None and not low <= place <= high:
                message = f"{place:g} is off the scale of {quoted(issue)}, {low:g} to {high:g}"
                context.note(CANT_BE_GIVEN, (*path, "terms", issue, key), message)
        if term.step is not None and term.step > high - low:
            message = f"{term.step:g} is longer than the scale of {quoted(issue)}, {low:g} to {high:g}"
            context.note(CANT_BE_GIVEN, (*path, "terms", issue, "step"), message)


def _expected(term: Term) -> tuple[float | None, ...]:
    """Where an issue is expected to be without a text."""
    return tuple(term.reversion.values()) if isinstance(term.reversion, dict) else (term.reversion,)


def _check_expected(context: Context, path: Path, term: Term, parties: tuple[str, ...]) -> None:
    """Notes whoever is no party to a text, of whom it is said what it expects without."""
    for actor in term.reversion if isinstance(term.reversion, dict) else ():
        if actor not in parties:
            context.unknown((*path, actor), "party", actor, parties, key=True)


def _are_known(context: Context, path: Path, one: Undertaking | Threat) -> bool:
    """Whether those who give a word and those to whom it is given are there; notes those who are not."""
    s, before = context.scenario, context.problems.errors
    people = [*s.actors, *s.groups, EVERYONE]
    check_list(context, (*path, "to"), one.to, "actor or group", people)
    if one.known_to is not None:
        check_list(context, (*path, "known_to"), one.known_to, "actor or group", people)
    if one.by not in s.actors:
        context.unknown((*path, "by"), "actor", one.by, s.actors)
    elif context.problems.errors == before and s.members(one.to) == (one.by,):
        context.note(CANT_BE_GIVEN, (*path, "to"), f"{one.by} gives it to itself: name somebody else")
    return context.problems.errors == before


def _why_not_by(scenario: Scenario, giver: str, act: str) -> str | None:
    """Why an act is nothing that a side can give its word for, in words; None where it is."""
    action = scenario.actions[act]
    doers = scenario.members(action.by)
    if giver not in doers:
        return f"{giver} can't {quoted(act)}, which is for {listed(doers, 6)}: choose one of its own actions"
    return None


def _check_vote(context: Context, path: Path, one: Undertaking, act: str) -> None:
    """Notes a word about a vote that there is not, or on which its giver never votes."""
    s = context.scenario
    if act not in s.actions:
        context.unknown(path, "action", act, s.actions)
        return
    members = members_ever(s, act)
    why = _why_not_at(s, one, act)
    if s.actions[act].vote is None:
        tabling = [name for name, action in s.actions.items() if action.vote is not None]
        why = f"{quoted(act)} tables no question: name an action that does ({listed(tabling, 6)})"
    elif one.by not in members:
        why = f"{one.by} has no seat where {quoted(act)} is voted on: that is for {listed(members, 6)}"
    if why is not None:
        context.note(CANT_BE_GIVEN, path, why)


def _why_not_at(scenario: Scenario, one: Undertaking, act: str) -> str | None:
    """Why an act can't be done at whom it is undertaken to be done, in words; None where it can."""
    action = scenario.actions[act]
    aims = scenario.members(action.one_of or ())
    if action.one_of is not None and one.at is None:
        return f"{quoted(act)} is directed at somebody: say at whom, as at: {aims[0] if aims else 'ACTOR'}"
    if one.at is not None and one.at not in aims:
        allowed = f"it is directed at {listed(aims, 6)}" if aims else "it is directed at nobody in particular"
        return f"{quoted(act)} can't be done at {one.at}: {allowed}"
    doers = (one.by,) if one.vote is None else scenario.members(action.by)
    if one.at is not None and set(doers) == {one.at}:
        others = [aim for aim in aims if aim != one.at]
        return f"nobody but {one.at} would direct {quoted(act)} at {one.at}: it may be directed at {listed(others, 6)}"
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
        message = "there is nothing to give one's word for: write undertakings, threats or texts"
        context.note(FOR_NOTHING, ("words",), message, key=True)


def _check_written_out(context: Context) -> None:
    """Notes too many words, names that are taken, and undertakings in no exchange."""
    s = context.scenario
    found = list(exchanges(s))
    for key, noun, many in (
        ("undertakings", "exchanges", len(found)),
        ("threats", "warnings", sum(1 for _ in warned(s))),
    ):
        if many > MOST_EXCHANGES:
            message = f"make {many:,} {noun}: at most {MOST_EXCHANGES:,} are allowed"
            context.note("E901", (key,), message, key=True)
            return
    generated = spoken_in(s)
    for part in Spoken.ENTRIES:
        for name in getattr(generated, part):
            if name in getattr(s, part):
                message = f"{quoted(name)} is what words between sides bring: choose another name"
                context.note("E202", (part, name), message, key=True)
            elif len(name) > LONGEST_NAME:
                message = f"the names of these sides are too long for {quoted(name, LONGEST_NAME * 3)}: shorten them"
                context.note(
                    CANT_BE_GIVEN,
                    (next(key for key in ("undertakings", "threats", "texts") if getattr(s, key)),),
                    message,
                    key=True,
                )
                return
    exchanged = {part.name for exchange in found for part in exchange.parts}
    for name, one in s.undertakings.items():
        if name not in exchanged and one.by in s.actors:
            message = f"nobody to whom {one.by} may give it has anything to give for it: say what, or name others in to"
            context.note(FOR_NOTHING, ("undertakings", name), message, key=True)


def _check_judge(context: Context, sight: Sight, path: Path, one: Pledge, judge: str) -> None:
    """Notes what a party would have to know to judge it; that others stand elsewhere than coded nobody counts on."""
    s = context.scenario
    for act in one.about:
        action = own_action(s, act)
        doers = (one.by,) if act in one.acts else s.members(action.by)
        people = [(doer, target) for doer in doers for target in _targets(s, one, action)]
        readers = [sight.reader(judge, doer, target) for doer, target in people]
        found = [leak for reader in readers for leak in _leaks(context, reader, ("actions", act), action)]
        for target in _targets(s, one, action):
            for member in members_ever(s, act):
                found += _lean_leaks(context, sight.reader(judge, member, target), ("actions", act), action)
        for leak in found:
            if leak.place.kind != "position":
                breach = Breach(CANT_JUDGE, leak, {leak.place: None}, {judge: None})
                why = f"{quoted(act)} hangs on {spoken(leak.place)}, {secrecy(sight, breach)}"
                message = f"{judge} can't judge it, for {why}: leave {judge} out, or let it know"
                context.note(CANT_JUDGE, path, message)
                return


def _targets(scenario: Scenario, one: Pledge, action: Action) -> list[str | None]:
    """At whom the act may be directed."""
    if action.aims is None or one.at is not None:
        return [one.at]
    return [actor for actor in scenario.members(action.aims) if actor != one.by]


def _is_lean(formula: Formula) -> bool:
    """Whether it says how a member leans, who is ``self`` in it."""
    return formula.path[2:4] == ("vote", "lean")


def _lean_leaks(context: Context, reader: Reader, path: Path, action: Action) -> Iterator[Leak]:
    """What somebody else would read of how a member leans."""
    for formula in filter(_is_lean, formulas_of_action(path, action)):
        yield from reader.leaks(context.parsed(formula).root, NOTHING)


def _leaks(context: Context, reader: Reader, path: Path, action: Action) -> Iterator[Leak]:
    """What somebody else would read of the reasons for an act."""
    for formula in formulas_of_action(path, action):
        if not _is_lean(formula):
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
