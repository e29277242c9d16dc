"""What is known of an actor: what the scenario says of it and why, and what it has done in a game."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.play.wording import asked_in_words, named, nearest_point, parted, term_in_words
from engine.scenario.models import Action, Actor, Ask, Scenario, Seat
from engine.scenario.names import Reference
from engine.scenario.records import Evidence, Sourced
from engine.scenario.sources import Sources
from engine.words import _

if TYPE_CHECKING:
    from engine.play.record import Turn, VoteResult
    from engine.play.sight.seen import Played


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of a source, who says them, and why they mean the number."""

    words: str
    by: str | None
    reading: str | None
    source: str
    publisher: str
    date: dt.date
    title: str

    @property
    def head(self) -> str:
        """Publisher, day and title of the source."""
        return f"{', '.join(filter(None, (self.publisher, str(self.date))))}: {self.title}"


@dataclass(frozen=True, slots=True)
class Support:
    """What a number or a rule rests on."""

    quotes: tuple[Quote, ...] = ()
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class StanceLine:
    """Where an actor stands on an issue at the start, in a number and in words, and how much it cares (0..1)."""

    issue: str
    title: str
    position: float
    words: str
    salience: float
    spread: float
    support: Support


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat in an institution, and what its vote can do there."""

    institution: str
    title: str
    seat: Seat
    term: str
    has_veto: bool
    weight: int | None
    """The weight of its vote, where votes are weighed."""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """Something that the actor may do."""

    action: str
    record: Action
    targets: tuple[str, ...]
    asks: str | None
    """The institution and the question that it puts to the vote."""
    support: Support


@dataclass(frozen=True, slots=True)
class AskLine:
    """Something that the actor may be asked."""

    ask: str
    record: Ask
    support: Support


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a scenario says of one actor."""

    actor: str
    record: Actor
    groups: tuple[str, ...]
    support: Support
    stances: tuple[StanceLine, ...]
    seats: tuple[SeatLine, ...]
    actions: tuple[ActionLine, ...]
    asks: tuple[AskLine, ...] = ()


def dossier_of(scenario: Scenario, actor: str, sources: Sources) -> Dossier:
    """What the scenario says of an actor, with the words of its sources."""
    record = scenario.actors[actor]
    return Dossier(
        actor,
        record,
        tuple(group for group, members in scenario.groups.items() if actor in members),
        support_of(record, sources),
        tuple(_stances(scenario, record, sources)),
        tuple(seats_of(scenario, actor)),
        tuple(_actions(scenario, actor, sources)),
        tuple(AskLine(name, ask, support_of(ask, sources)) for name, ask in asks_of(scenario, actor).items()),
    )


def support_of(record: Sourced, sources: Sources) -> Support:
    """The quotes of a record with their sources, and what was assumed."""
    return Support(quotes_of(record.evidence, sources), record.assumed)


def quotes_of(evidence: tuple[Evidence, ...], sources: Sources) -> tuple[Quote, ...]:
    """Quotes with what is known of their sources."""
    found = []
    for quote in evidence:
        entry = sources[quote.source].entry
        head = (quote.source, entry.publisher, entry.date, entry.title)
        found.append(Quote(quote.quote, quote.by, quote.reading, *head))
    return tuple(found)


def _stances(scenario: Scenario, record: Actor, sources: Sources) -> Iterator[StanceLine]:
    for issue, stance in record.stances.items():
        yield StanceLine(
            issue,
            scenario.issues[issue].title,
            stance.position,
            nearest_point(scenario, issue, stance.position),
            stance.salience,
            stance.spread,
            support_of(stance, sources),
        )


def seats_of(scenario: Scenario, actor: str) -> Iterator[SeatLine]:
    """The seats of an actor, past and future ones too."""
    for name, body in scenario.institutions.items():
        for seat in body.seats:
            if seat.actor == actor:
                weight = body.passes.weight_of(actor) if body.passes.weights else None
                yield SeatLine(name, body.title, seat, term_in_words(seat), actor in body.passes.veto, weight)


def actions_of(scenario: Scenario, actor: str) -> dict[str, Action]:
    """What an actor may do at all, legal at the moment or not."""
    return {name: action for name, action in scenario.actions.items() if actor in scenario.members(action.by)}


def asks_of(scenario: Scenario, actor: str) -> dict[str, Ask]:
    """What an actor may be asked at all."""
    return {name: ask for name, ask in scenario.asks.items() if actor in scenario.members(ask.to)}


def _actions(scenario: Scenario, actor: str, sources: Sources) -> Iterator[ActionLine]:
    for name, action in actions_of(scenario, actor).items():
        targets = tuple(who for who in scenario.members(action.aims or ()) if who != actor)
        asks = None
        if action.vote:
            body = scenario.institutions[action.vote.institution]
            asks = f"{body.in_text or body.title}: {action.vote.question}"
        yield ActionLine(name, action, targets, asks, support_of(action, sources))


@dataclass(frozen=True, slots=True)
class Deed:
    """What an actor did in a turn: a move, or a vote on a question."""

    turn: int
    date: dt.date
    kind: str
    """``move`` or ``vote``."""
    words: str
    vote: str | None = None
    """``yes``, ``abstain`` or ``no``."""
    chance: float | None = None
    """How likely a move was under the rule (0..1); None where that is not told."""
    terms: Mapping[str, float] = field(default_factory=dict)
    """The reasons for and against a move: issues, ``appeal``, ``cost``."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What an actor wants on an issue now, where the world stands, and what the difference costs it of 100 points."""

    issue: str
    title: str
    wants: float
    wants_in_words: str
    world: float
    world_in_words: str
    start: float
    """Where the world stood at the start."""
    costs: float


@dataclass(frozen=True, slots=True)
class Record:
    """What an actor has done and become in a game so far."""

    actor: str
    deeds: tuple[Deed, ...]
    """By turn; moves before votes."""
    flags: tuple[tuple[str, str], ...]
    """The actor flags that it has, each with what it means."""
    gaps: tuple[Gap, ...]
    """By issue, the dearest first."""
    score: float | None
    """How well the world fits what it wanted at the start, 0..100; None without stances."""


def record_of(game: Played, actor: str) -> Record:
    """The record of an actor in a game."""
    scenario = game.rules.scenario
    flags = tuple((flag, scenario.actor_flags[flag]) for flag in game.flags_of(actor))
    deeds = tuple(deed for turn in game.turns for deed in _deeds(scenario, turn, actor))
    return Record(actor, deeds, flags, gaps_of(game, actor), game.scores().get(actor))


def _deeds(scenario: Scenario, turn: Turn, actor: str) -> Iterator[Deed]:
    for move in turn.moves:
        if move.option.actor == actor:
            chance = move.chance if move.is_explained else None
            yield Deed(turn.turn, turn.date, "move", named(scenario, move.option), chance=chance, terms=move.terms)
    for vote in turn.votes:
        ballot = ballot_of(vote, actor)
        if ballot is not None:
            yield Deed(turn.turn, turn.date, "vote", asked_in_words(scenario, *parted(vote.question)), ballot)


def ballot_of(vote: VoteResult, actor: str) -> str | None:
    """How an actor voted, or None where it did not."""
    ways = (("yes", vote.yes), ("abstain", vote.abstain), ("no", vote.no))
    return next((way for way, members in ways if actor in members), None)


def gaps_of(game: Played, actor: str) -> tuple[Gap, ...]:
    """What an actor wants and what it has, by issue, the dearest first."""
    scenario, number = game.rules.scenario, game.rules.layout.actors[actor]
    costs = game.rules.shortfalls(game.world)
    found = []
    for issue in scenario.actors[actor].stances:
        wants, world = game.read(Reference("position", issue, actor)), game.read(Reference("issue", issue))
        found.append(
            Gap(
                issue,
                scenario.issues[issue].title,
                wants,
                nearest_point(scenario, issue, wants),
                world,
                nearest_point(scenario, issue, world),
                game.began[issue],
                float(costs[issue][number, 0]),
            )
        )
    return tuple(sorted(found, key=lambda gap: -gap.costs))


def gap_in_words(gap: Gap) -> str:
    """An issue from an actor's side, in a line."""
    return _("{issue}: wants {wants} ({wanted}), has {has} ({had}); costs {costs} of 100 points").format(
        issue=gap.title,
        wants=gap.wants_in_words,
        wanted=f"{gap.wants:.0f}",
        has=gap.world_in_words,
        had=f"{gap.world:.0f}",
        costs=f"{gap.costs:.1f}",
    )
