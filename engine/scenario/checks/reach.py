"""What can never come about: endings, actions and events whose conditions can't hold, promises that say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.expressions import Expression, Kind
from engine.expressions.ranges import ALWAYS, NEVER
from engine.scenario.assumptions import Assumptions
from engine.scenario.attainable import STAGEHANDS, Attainable, Cast
from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.models import ASKED, Action, Scenario
from engine.scenario.names import SELF, Reference
from engine.scenario.problems import listed, quoted
from engine.scenario.replies import can_call, deeds_in_words
from engine.scenario.walk import NOBODY, Formula, Scopes, scopes_of, scopes_of_effects

CAUSES = {
    "flag": "the flag {} is never set",
    "actor_flag": "the flag {} is never set",
    "since_flag": "the flag {} is never set",
    "since_actor_flag": "the flag {} is never set",
    "value": "the value {} never changes",
    "issue": "the issue {} never moves",
    "asked": "the question {} is never put",
    "knows": "{} is never revealed",
}
"""Why a condition can't hold, by the kind of thing that stays as it is."""


def check_reach(context: Context) -> None:
    """Notes what can never come about."""
    state = context.state
    for name, action in context.scenario.actions.items():
        check_action(context, state, ("actions", name), action)
    check_asks(context, state)
    check_events(context, state)
    check_endings(context, state)
    check_expectations(context, state)


def check_action(context: Context, state: Attainable, path: Path, action: Action) -> None:
    """Notes an action that nobody can ever take, or that an actor who is named for it can't."""
    cast = state.cast_of(action)
    if not cast.has_option(action):
        context.note("E603", (*path, "targets"), f"{listed(cast.actors)} could only be directed at itself", key=True)
        return
    reason = hindrance(context, state, path, action, cast)
    if reason is not None:
        context.note("E601", reason[0], f"can never be legal: {reason[1]}")
        return
    asks_who_acts = is_about_self(context, path, action)
    for number, name in enumerate(action.by):
        if name in context.scenario.actors:
            check_actor(context, state, (*path, "by", number), action, Cast((name,), cast.targets), asks_who_acts)


def is_about_self(context: Context, path: Path, action: Action) -> bool:
    """Whether it depends on who acts if an action is legal; else it is legal for each where it is for one."""
    conditions = (context.parser.condition(text, scopes_of(action)) for text in conditions_of(path, action).values())
    references = (symbol.reference for condition in conditions for symbol in condition.symbols())
    return action.reply_to is not None or any(
        isinstance(reference, Reference) and reference.who == SELF for reference in references
    )


def check_actor(
    context: Context, state: Attainable, path: Path, action: Action, cast: Cast, asks_who_acts: bool
) -> None:
    """Notes an actor for whom an action that names it is never legal, though it is for somebody."""
    name = cast.actors[0]
    if not cast.has_option(action):
        context.note("E603", path, f"{name} could only direct this at itself")
        return
    if not asks_who_acts:
        return
    reason = hindrance(context, state, path[:2], action, cast)
    if reason is not None:
        context.note("E602", path, f"is never legal for {name}: {reason[1]}")


def hindrance(context: Context, state: Attainable, path: Path, action: Action, cast: Cast) -> tuple[Path, str] | None:
    """The condition of an action that can never hold for this cast, with the reason."""
    if not state.is_called_for(action, cast):
        return (*path, "reply_to"), uncalled(context, action, cast)
    if action.each is not None:
        reason = impossible(context, state, action.each.each, scopes_of_effects(action), cast)
        if reason is not None:
            return (*path, "targets", "each"), reason
    conditions = conditions_of(path, action)
    for where, text in conditions.items():
        reason = impossible(context, state, text, scopes_of(action), cast)
        if reason is not None:
            return where, reason
    return contradiction(context, conditions, scopes_of(action), cast)


def uncalled(context: Context, action: Action, cast: Cast) -> str:
    """Why nothing ever calls for a reply of somebody of the cast."""
    assert action.reply_to is not None, "only a reply is called for"
    pace = context.scenario.timeline.pace_in_days
    if action.reply_to.within < pace:
        return f"a pace of the rules takes {pace:g} days, so a reply within {action.reply_to.within:g} comes too late"
    deeds, aims = deeds_in_words(context.scenario, action.reply_to), None if action.targets is None else cast.targets
    if is_kept_from(context.scenario, action, cast, aims):
        return f"{listed(cast.actors, 4)} can't learn of {deeds}: who does stands in its known_to"
    return f"nobody else can do {deeds} so that it calls for this reply"


def is_kept_from(scenario: Scenario, action: Action, cast: Cast, aims: tuple[str, ...] | None) -> bool:
    """Whether nobody of the cast is called to reply only because nobody of it learns of what is done."""
    assert action.reply_to is not None, "only a reply is called for"
    called = [
        [can_call(scenario, deed, actor, aims, even_in_secret) for even_in_secret in (False, True)]
        for deed in action.reply_to.action
        for actor in cast.actors
    ]
    return any(in_secret for _, in_secret in called) and not any(does for does, _ in called)


def conditions_of(path: Path, action: Action) -> dict[Path, str]:
    """All that has to hold for an action to be legal; of an answer first that it is asked, which no author writes."""
    needs = {(*path, "needs", words): text for words, text in action.needs.items()}
    asked = {where: text for where, text in needs.items() if where[-1] == ASKED}
    return asked | {(*path, "when"): action.when} | needs


def contradiction(
    context: Context, conditions: Mapping[Path, str], scopes: Scopes = NOBODY, cast: Cast = STAGEHANDS
) -> tuple[Path, str] | None:
    """The first part of some conditions that can't hold where those before it do."""
    assumed = Assumptions(context.state.known(cast))
    for where, text in conditions.items():
        for part in context.parser.condition(text, scopes).conjuncts():
            assumed.assume(part.root)
            if assumed.is_contradicted:
                return where, f"{quoted(part.text.strip())} contradicts what else has to hold"
    return None


def impossible(
    context: Context, state: Attainable, text: str, scopes: Scopes = NOBODY, cast: Cast = STAGEHANDS
) -> str | None:
    """Why a condition can never hold, if it can't."""
    condition = context.parser.condition(text, scopes)
    if state.interval(condition, cast) != NEVER:
        return None
    culprits = [part for part in condition.conjuncts() if state.interval(part, cast) == NEVER]
    part = culprits[0] if culprits else condition
    why = list(dict.fromkeys(causes(state, part)))
    return f"{quoted(part.text.strip())} never holds" + (f" ({listed(why)})" if why else "")


def causes(state: Attainable, condition: Expression) -> Iterator[str]:
    """Which things that a condition asks about stay as they are for ever."""
    for symbol in condition.symbols():
        reference = symbol.reference
        if isinstance(reference, Reference) and reference.kind in CAUSES:
            kind = reference.kind.removeprefix("since_")
            places = [place for place in state.ranges if place.kind == kind and place.id == reference.id]
            if all(low == high for low, high in (state.ranges[place] for place in places)):
                yield CAUSES[reference.kind].format(reference.id)


def check_asks(context: Context, state: Attainable) -> None:
    """Notes questions that are never put, at all or to somebody who is named, and answers that nobody can ever give."""
    for name, ask in context.scenario.asks.items():
        asked = [actor for actor in context.scenario.members(ask.to) if is_asked(state, name, actor)]
        if not asked:
            context.note("E607", ("asks", name), "is never put: nothing that can happen asks it", key=True)
            continue
        for number, actor in enumerate(ask.to):
            if actor in context.scenario.actors and actor not in asked:
                context.note("E607", ("asks", name, "to", number), f"is never put to {actor}")
        for answer in ask.answers:
            action, path = ask.as_action(name, answer), ("asks", name, "answers", answer)
            reason = hindrance(context, state, path, action, Cast(tuple(asked)))
            if reason is not None:
                context.note("E601", reason[0], f"can never be given: {reason[1]}")


def is_asked(state: Attainable, ask: str, actor: str) -> bool:
    """Whether a question is ever put to an actor."""
    return state.ranges[Reference("asked", ask, actor)] != NEVER


def check_events(context: Context, state: Attainable) -> None:
    """Notes events that can never happen."""
    for name, event in context.scenario.events.items():
        reason = impossible(context, state, event.when) or contradicts_itself(
            context, ("events", name, "when"), event.when
        )
        if reason is not None:
            context.note("E604", ("events", name, "when"), f"can never happen: {reason}")


def check_endings(context: Context, state: Attainable) -> None:
    """Notes endings that can't be reached."""
    last = len(context.scenario.endings) - 1
    for number, ending in enumerate(context.scenario.endings[:last]):
        assert ending.when is not None, "endings were checked"
        path: Path = ("endings", number, "when")
        reason = impossible(context, state, ending.when) or contradicts_itself(context, path, ending.when)
        if reason is not None:
            context.note("E605", path, f"can never be reached: {reason}")
        elif state.interval(context.parser.condition(ending.when)) == ALWAYS:
            after = context.scenario.endings[number + 1].id
            context.note("E606", path, f"always holds, so the ending {quoted(after)} after it can never be reached")
        else:
            check_shadow(context, path, number)


def contradicts_itself(context: Context, path: Path, text: str) -> str | None:
    """Why the parts of a condition can't hold together, if they can't."""
    found = contradiction(context, {path: text})
    return found[1] if found else None


def check_shadow(context: Context, path: Path, number: int) -> None:
    """Notes an ending before which another one holds whenever it does."""
    endings = context.scenario.endings
    condition = context.parser.condition(endings[number].when or "True")
    assumed = context.given([condition])
    for earlier in endings[:number]:
        if earlier.at_end and not endings[number].at_end:
            continue
        if assumed.interval(context.parser.condition(earlier.when or "True").root) == ALWAYS:
            message = f"can never be reached: wherever it holds, the ending {quoted(earlier.id)} before it holds too"
            context.note("E606", path, message)
            return


def check_expectations(context: Context, state: Attainable) -> None:
    """Notes promises that hold, or fail, whatever happens."""
    for number, expectation in enumerate(context.scenario.expect):
        for key in ("chance", "given", "never"):
            text = getattr(expectation, key)
            if text is None:
                continue
            path: Path = ("expect", number, key)
            condition = context.parsed(Formula(path, text, Kind.YESNO, NOBODY, endings=True))
            found = state.interval(condition)
            if found in (NEVER, ALWAYS):
                always = "always" if found == ALWAYS else "never"
                context.note("W610", path, f"says nothing: this {always} holds, whatever happens")
