"""Why an actor did what it did in a turn: what spoke for it, how likely it was, and what was likelier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from engine.play.policies import Stage, View
from engine.play.wording import named, reason_in_words
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.rules.world import World
from engine.scenario.models import Scenario
from engine.words import _

if TYPE_CHECKING:
    from engine.play.odds import Explained

FOREMOST = 3
"""How many terms of a gain are told."""

SMALLEST = 0.0005
"""A term smaller than this, up or down, is not told: it would read as nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """One reason for or against an option: an issue, ``appeal`` or ``cost``, with its amount of gain."""

    name: str
    words: str
    amount: float


@dataclass(frozen=True, slots=True)
class Likely:
    """What an actor might do in a turn, and the chance that the rule gives it (0..1); None for nothing."""

    option: Option | None
    words: str
    chance: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an actor took an option in a turn, or none."""

    actor: str
    turn: int
    option: Option | None
    words: str
    gain: float
    chance: float
    """How likely it was under the rule (0..1)."""
    terms: tuple[Term, ...]
    """The weightiest, for and against; none where it did nothing."""
    instead: Likely | None
    """What was likelier; None where nothing was."""
    by_rule: bool
    """Whether the rule decided, and not a seat."""


def foremost(scenario: Scenario, terms: Mapping[str, float]) -> tuple[Term, ...]:
    """The weightiest terms of a gain, in words."""
    told = sorted((name for name in terms if abs(terms[name]) >= SMALLEST), key=lambda name: -abs(terms[name]))
    return tuple(Term(name, reason_in_words(scenario, name), terms[name]) for name in told[:FOREMOST])


def chance_to_hold(view: View) -> float:
    """How likely the rule is to do nothing."""
    return max(0.0, 1.0 - fsum(explained.chance for explained in view.legal))


def likely(view: View) -> tuple[Likely, ...]:
    """What the rule might do in the open turn, the likeliest first."""
    scenario = view.rules.scenario
    found = [Likely(e.option, named(scenario, e.option), e.chance) for e in view.legal]
    return tuple(sorted([Likely(None, _("nothing"), chance_to_hold(view)), *found], key=lambda item: -item.chance))


def likely_answers(view: View, ask: str) -> tuple[Likely, ...]:
    """What the rule might answer to a question, the likeliest first."""
    scenario = view.rules.scenario
    found = [Likely(e.option, named(scenario, e.option), e.chance) for e in view.answers(ask)]
    return tuple(sorted(found, key=lambda item: -item.chance))


def reason_for(view: View, option: Option | None, by_rule: bool = True) -> Reason:
    """Why an actor takes an option in the open turn; ``option`` is legal, or None."""
    chances = likely_answers(view, option.answers) if option is not None and option.answers else likely(view)
    own = next(item for item in chances if item.option == option)
    first = chances[0]
    taken: Explained | None = next((e for e in view.options if e.option == option), None)
    return Reason(
        view.actor,
        view.turn,
        option,
        own.words,
        taken.gain if taken else 0.0,
        own.chance,
        foremost(view.rules.scenario, taken.terms) if taken else (),
        first if first.option != option and first.chance > own.chance else None,
        by_rule,
    )


def views_of(rules: Rules, world: World, *actors: str) -> tuple[View, ...]:
    """What each of some actors sees at an open turn, and what the rule would do."""
    appraisal = rules.appraise(world)
    choice = rules.decide(world, appraisal)[0, :, 0]
    return tuple(
        View(rules, Stage(world, appraisal), actor, int(choice[rules.layout.actors[actor]])) for actor in actors
    )


def told(reason: Reason) -> str:
    """A reason in a sentence or two."""
    chance = f"{100 * reason.chance:.0f}%"
    if reason.option is None:
        said = _("It did nothing ({chance} likely).").format(chance=chance)
    else:
        said = _("{words} ({chance} likely): {terms}.").format(
            words=reason.words,
            chance=chance,
            terms=terms_in_words(reason.terms) or _("nothing spoke for or against it"),
        )
    if reason.instead is None:
        return said
    other = _("Likelier was: {words} ({chance}).").format(
        words=reason.instead.words, chance=f"{100 * reason.instead.chance:.0f}%"
    )
    return f"{said} {other}"


def terms_in_words(terms: tuple[Term, ...]) -> str:
    """*Kosovo's status +0.015, Violence -0.003*."""
    return ", ".join(f"{term.words} {term.amount:+.3f}" for term in terms)
