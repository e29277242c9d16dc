"""What may be asked of a whole run, beside its state: what was done, what happened, and how votes went.

These names stand in the outcomes of experiments and in the targets of a history. An identifier of the scenario wins
over them, so that no scenario becomes another one by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.expressions import Expression, Kind, Symbol, parse
from engine.scenario.models import Scenario
from engine.scenario.parsing import HintingNames, Parser

TIMES_BOUND = 1e6
"""What the number of times is held to be below, where an expression has to be finite."""

BALLOT_WORDS = ("yes", "abstain", "no")
"""How a member votes."""


class Deed(NamedTuple):
    """What such a name stands for.

    Kinds: ``did`` and ``times`` (an action or ``ASK.ANSWER``, by whom, at whom), ``happened`` (an event, ``at`` its
    outcome), ``held`` and ``passed`` (a question, at whom it is directed), ``tally`` (how many of its votes are
    ``word``) and ``ballot`` (whether ``by`` voted so). What is empty is not asked for.
    """

    kind: str
    id: str
    by: str = ""
    at: str = ""
    word: str = ""


class RunNames(HintingNames):
    """The names of a scenario, and those of what came about in a run."""

    def find(self, name: str) -> Symbol | None:
        """The symbol of a name, or None where nothing is called so here."""
        return super().find(name) or self._find_deed(name.split("."))

    def _find_deed(self, parts: list[str]) -> Symbol | None:
        match parts:
            case ["did" | "times" as kind, *rest]:
                deed = self._act(kind, rest)
            case ["happened", *rest]:
                deed = self._event(rest)
            case ["vote", action, *rest]:
                deed = self._vote(action, rest)
            case _:
                return None
        return None if deed is None else symbol_of(self.scenario, deed)

    def _act(self, kind: str, parts: list[str]) -> Deed | None:
        choices = self.scenario.choices
        for length in (1, 2):
            action, rest = ".".join(parts[:length]), parts[length:]
            if action in choices and len(rest) <= 2:
                by, at = (*rest, "", "")[:2]
                may_do = not by or by in doers(self.scenario, action)
                may_be_at = not at or (at in aims(self.scenario, action) and at != by)
                return Deed(kind, action, by, at) if may_do and may_be_at else None
        return None

    def _event(self, parts: list[str]) -> Deed | None:
        event, outcome = (*parts, "", "")[:2]
        known = self.scenario.events.get(event)
        if known is None or len(parts) > 2 or (outcome and outcome not in known.outcomes):
            return None
        return Deed("happened", event, at=outcome)

    def _vote(self, action: str, parts: list[str]) -> Deed | None:
        question = self.scenario.actions.get(action)
        if question is None or question.vote is None:
            return None
        at, rest = "", parts
        if question.one_of is not None:
            at, rest = (parts[0], parts[1:]) if parts and parts[0] in aims(self.scenario, action) else ("", [])
        match rest:
            case ["held" | "passed" as kind]:
                return Deed(kind, action, at=at)
            case [word] if word in BALLOT_WORDS:
                return Deed("tally", action, at=at, word=word)
            case [member, word] if word in BALLOT_WORDS and member in members(self.scenario, action):
                return Deed("ballot", action, member, at, word)
        return None

    def _spell_known(self) -> Iterator[str]:
        yield from super()._spell_known()
        yield from spelled_deeds(self.scenario)


def of_a_run(parser: Parser, text: str, kind: Kind) -> Expression:
    """The parsed text of a question about a run. Raises :class:`~engine.expressions.ExpressionError`."""
    return parse(text, RunNames(parser.scenario, measures=parser.names().measures, endings=True), kind)


def symbol_of(scenario: Scenario, deed: Deed) -> Symbol:
    """What an expression may count on."""
    if deed.kind == "times":
        return Symbol(Kind.NUMBER, 0.0, TIMES_BOUND, deed)
    if deed.kind == "tally":
        return Symbol(Kind.NUMBER, 0.0, float(sum(weights(scenario, deed.id).values())), deed)
    return Symbol(Kind.YESNO, 0.0, 1.0, deed)


def spelled_deeds(scenario: Scenario) -> Iterator[str]:
    """Every such name."""
    for action in scenario.choices:
        yield from (f"{kind}.{action}" for kind in ("did", "times"))
        for doer in doers(scenario, action):
            yield from (f"{kind}.{action}.{doer}" for kind in ("did", "times"))
            yield from (f"did.{action}.{doer}.{at}" for at in aims(scenario, action) if at != doer)
    for name, event in scenario.events.items():
        yield f"happened.{name}"
        yield from (f"happened.{name}.{outcome}" for outcome in event.outcomes)
    for name, tabling in scenario.actions.items():
        if tabling.vote is None:
            continue
        for at in aims(scenario, name) if tabling.one_of is not None else ("",):
            question = f"vote.{name}.{at}" if at else f"vote.{name}"
            yield from (f"{question}.{word}" for word in ("held", "passed", *BALLOT_WORDS))
            yield from (f"{question}.{m}.{word}" for m in members(scenario, name) for word in BALLOT_WORDS)


def doers(scenario: Scenario, action: str) -> tuple[str, ...]:
    """Who may do it, or answer so."""
    return scenario.members(scenario.choice(action).by)


def aims(scenario: Scenario, action: str) -> tuple[str, ...]:
    """At whom it may be directed, one at a time or all at once."""
    among = scenario.choice(action).aims
    return () if among is None else scenario.members(among)


def members(scenario: Scenario, action: str) -> tuple[str, ...]:
    """Who ever sits where the question of an action is decided."""
    return tuple(weights(scenario, action))


def weights(scenario: Scenario, action: str) -> dict[str, int]:
    """The votes of each who ever sits there."""
    vote = scenario.actions[action].vote
    assert vote is not None, f"{action} tables no question"
    body = scenario.institutions[vote.institution]
    return {seat.actor: body.passes.weight_of(seat.actor) for seat in body.seats}
