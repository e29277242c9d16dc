"""The scenario format, version 1: what each field is called, what it holds, and what it means.

One long file, so that the whole format can be read from top to bottom. The models only say what shape a scenario has.
Whether the names in it exist, the expressions fit and the quotes stand in their sources is checked afterwards
(``engine.scenario.references``).
"""

# ruff: noqa: RUF012
# pydantic gives each record a default of its own

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    model_serializer,
    model_validator,
)

from engine.scenario.doubts import Doubtful, MayBeInDoubt, doubts_in, is_doubt, name_doubts
from engine.scenario.fields import (
    USUAL_PACE,
    Ballot,
    Date,
    Day,
    Days,
    Deeds,
    Expression,
    Identifier,
    Knowers,
    Moment,
    Pace,
    Place,
    PolicyName,
    ScenarioName,
    Share,
    Start,
    Texts,
    Title,
    Unit,
    Who,
    days_in,
    hours_in,
)
from engine.scenario.records import Record, Sourced, if_said, without
from engine.scenario.timeline import Timeline

FORMAT = 1
"""The only format this version reads."""

EVERYONE = "actors"
"""The group of all actors."""

Number = Annotated[float, MayBeInDoubt()]
Weight = Annotated[Unit, MayBeInDoubt()]
Temperature = Annotated[float, Field(gt=0, le=10), MayBeInDoubt()]
Wait = Annotated[Days, MayBeInDoubt()]
Quantity = Annotated[Expression, MayBeInDoubt()]
Quantities = dict[Place, Quantity]
"""Numbers that may be in doubt."""


LossForm = Literal["absolute", "quadratic", "gaussian"]
"""How a loss grows with the distance, by name."""


class Loss(Record):
    """How much it hurts an actor that the world is off its position, by the distance as a share of the scale."""

    form: LossForm = "absolute"
    """As the distance, as its square, or as 1 - exp(-distance² / (2 width²)), which is flat far away."""
    width: Annotated[float, Field(ge=0.1, le=1)] | None = None
    """Of a Gaussian loss, the distance at which it is steepest, as a share of the scale."""
    zone: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Within this share of the scale an actor is indifferent; the distance counts from there."""
    reserve: Annotated[float, Field(gt=0, lt=1)] | None = None
    """The reservation point: what lies farther off than this share of the scale is beyond what can be lived with."""
    steeper: Annotated[float, Field(gt=1, le=100)] | None = None
    """How many times as much a step beyond the reservation point adds."""

    @model_validator(mode="after")
    def says_what_its_form_needs(self) -> Loss:
        """A width goes with gaussian; reserve and steeper go together."""
        if (self.form == "gaussian") != (self.width is not None):
            raise ValueError("width goes with gaussian, which needs it")
        if (self.reserve is None) != (self.steeper is None):
            raise ValueError("reserve and steeper go together")
        return self

    @property
    def is_plain(self) -> bool:
        """Whether it is the distance, and nothing else."""
        return self == PLAIN_LOSS


PLAIN_LOSS = Loss()
"""The loss where nothing is said."""


def shape_of_loss(loss: Any) -> str:
    """Which of the two ways of writing a loss it is."""
    return CURVE if isinstance(loss, (dict, Loss)) else NAMED


NAMED, CURVE = "[named]", "[curve]"
"""What pydantic writes into the path of an error for the two ways of writing a loss."""

Losses = Annotated[
    Annotated[Literal["absolute", "quadratic"], Tag(NAMED)] | Annotated[Loss, Tag(CURVE)], Discriminator(shape_of_loss)
]
"""How a loss grows with the distance: by the name of its form, or as a record."""


class Issue(Sourced):
    """A value of the world with a scale whose ends have names, on which actors hold stances."""

    title: Title
    """What people read."""
    start: Number
    """Where the world stands when the scenario opens."""
    scale: Annotated[dict[float, str], Field(min_length=2)]
    """What the points of the scale mean; the lowest and the highest are its ends."""
    summary: str | None = None
    """What is at stake, in a sentence or two."""
    loss: Losses | None = None
    """How much it hurts to be off one's position on this issue; as the scenario says where left out."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without(dumped(self), "loss")


class Value(Sourced):
    """Another number of the world, on which nobody holds a stance."""

    title: Title
    """What people read."""
    start: Number = 0.0
    """Where it stands at the start."""
    range: Annotated[tuple[float, float], Field(strict=False)]
    """Lowest and highest number that it can take; it is held to them."""


class Measure(Record):
    """A number or yes/no that follows from the state, named once and used by its name."""

    title: Title
    """What people read."""
    value: Quantity
    """How it follows from issues, values, flags and measures written above it."""


class Secret(Sourced):
    """What not everybody knows of a flag or a value, and how it is drawn where chance decides it."""

    known_to: Knowers = ()
    """Actors and groups that know it from the start; nobody where left out. A flag that actors have is always known to
    the one whose it is."""
    chance: Unit | None = None
    """The probability that the flag is yes when the story opens, drawn anew for each run; of a flag that actors have,
    for each of them by itself."""
    among: Annotated[dict[float, Annotated[float, Field(gt=0)]], Field(min_length=2)] = {}
    """The numbers at which the value may start, each with its weight; one of them is drawn for each run."""
    noticed: dict[Identifier, Unit] = {}
    """By actor or group, how likely each of them is on a day to learn of it by chance: of a flag while it is yes, of a
    value at any time."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return if_said(dumped(self), "among", "noticed")

    @model_validator(mode="after")
    def is_drawn_one_way(self) -> Secret:
        """A flag has a chance, a value numbers to be drawn from, and nothing has both."""
        if self.chance is not None and self.among:
            raise ValueError("choose one of chance, among: chance is of a flag, among of a value")
        return self


class Stance(Sourced):
    """Where an actor stands on an issue, and how much it cares."""

    position: Number
    """The point on the issue's scale that the actor wants."""
    salience: Weight
    """How much the issue weighs for the actor, 0 to 1."""
    spread: Annotated[float, Field(ge=0), MayBeInDoubt()] = 0.0
    """The coder's doubt in scale points (standard deviation); drawn anew for each run."""
    coders: Literal["median", "mean"] | None = None
    """Says that position and salience are the median or the mean of what the files in ``coders/`` say, which is
    checked; what runs is the number that stands here."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without(dumped(self), "coders")


class Actor(Sourced):
    """A state, leadership, body or community that decides."""

    title: Title
    """The name in lists."""
    in_text: str | None = None
    """The name inside a sentence, such as "the United States"; the title where left out."""
    summary: str | None = None
    """Who this is and what it wants, for the briefing."""
    wants: str | None = None
    """What this side hopes for, in a sentence, for players."""
    fears: str | None = None
    """What this side dreads, in a sentence, for players."""
    playable: bool = False
    """Whether a person may take this side."""
    capability: Weight = 0.0
    """Its weight in the world, 0 to 1."""
    temperature: Temperature | None = None
    """How loosely it follows its gain; the scenario's where left out."""
    stances: dict[Identifier, Stance] = {}
    """Issue by issue, what it wants."""


class Seat(Record):
    """A place in an institution, held between two dates."""

    actor: Identifier
    """Who sits there."""
    since: Annotated[Date | None, Field(alias="from")] = None
    """First day in the seat; from the beginning where left out."""
    until: Date | None = None
    """Last day in the seat; to the end where left out."""

    def is_held_on(self, day: dt.date) -> bool:
        """Whether the actor sits there on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


WEIGHED = ("quota", "share", "majority")
"""The ways of counting that add up the weights of members."""

MOST_ANSWERS = 6
"""Answers to one question: as many as there are keys for them."""

MOST_PARTS = 12
"""Parts of one appeal, cost or lean: more than anybody would read as reasons."""

MOST_STEPS = 10_000
"""The most that weights may add up to, in steps of the share: the chance of passing is worked out step by step."""


class PassRule(Record):
    """When a question passes: exactly one way of counting, and perhaps vetoes."""

    yes: Annotated[int, Field(ge=1)] | None = None
    """Passes with at least this many votes for it."""
    majority: Literal[True] | None = None
    """Passes with more votes for than against; abstentions count for neither."""
    share: Share | None = None
    """Passes with at least this share of those who vote for or against, such as 2/3."""
    unanimous: Literal[True] | None = None
    """Passes unless somebody votes against; abstention does not block."""
    quota: Annotated[int, Field(ge=1)] | None = None
    """Passes when the weights of those for it reach this sum."""
    weights: dict[Identifier, Annotated[int, Field(ge=0, le=1000)]] = {}
    """How many votes each member casts, all one way, with ``quota``, ``share`` or ``majority``; 1 where left out."""
    veto: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Members whose vote against blocks; their abstention does not."""

    @model_validator(mode="after")
    def counts_one_way(self) -> PassRule:
        """Exactly one of the five ways is chosen, and weights come with one that adds them up."""
        ways = [name for name in ("yes", "majority", "share", "unanimous", "quota") if getattr(self, name)]
        if len(ways) != 1:
            found = " and ".join(ways) if ways else "none"
            raise ValueError(f"choose one of yes, majority, share, unanimous, quota (found {found})")
        if self.weights and ways[0] not in WEIGHED:
            raise ValueError(f"weights go with quota, share or majority, not with {ways[0]}")
        steps = sum(self.weights.values()) * (self.share.denominator if self.share else 1)
        if steps > MOST_STEPS:
            raise ValueError(
                f"the weights add up to too much to count with (at most {MOST_STEPS:,} steps of the share)"
            )
        return self

    def weight_of(self, member: str) -> int:
        """How many votes a member casts."""
        return self.weights.get(member, 1)

    def votes_of(self, members: Iterable[str]) -> int:
        """How many votes some members cast together."""
        return sum(self.weight_of(member) for member in members)


class Institution(Sourced):
    """A body with dated seats and a voting rule."""

    title: Title
    """What people read."""
    in_text: str | None = None
    """The name inside a sentence, such as "the Security Council"; the title where left out."""
    summary: str | None = None
    """What it is and how it decides."""
    seats: Annotated[tuple[Seat, ...], Field(strict=False, min_length=1)]
    """Who sits in it, and when."""
    passes: Annotated[PassRule, Field(alias="pass")]
    """When a question passes."""
    threshold: Annotated[float, Field(ge=0), MayBeInDoubt()] = 0.05
    """How much a member must gain (or lose) before yes (or no) is likelier than abstention."""
    temperature: Temperature | None = None
    """How loosely members follow their gain when they vote; each actor's own where left out."""

    def seated(self, day: dt.date) -> tuple[str, ...]:
        """Who sits in it on a day, in the order of the seats."""
        return tuple(seat.actor for seat in self.seats if seat.is_held_on(day))


class Effect(Record):
    """What changes in the world, perhaps only by chance, perhaps later."""

    when: Expression | None = None
    """Only where this holds at the moment."""
    chance: Quantity | None = None
    """Happens with this probability; always where left out."""
    delay: Days | None = None
    """Falls due this much later."""
    on: Day | None = None
    """Falls due on this day, an entry of the calendar or a date: in the first pace that opens on it or later, and after
    the one in which it was caused."""
    add: Quantities = {}
    """Amounts added to issues, values and positions."""
    set: Quantities = {}
    """What issues, values, positions and flags become."""
    ask: Identifier | None = None
    """A question that is put to a side."""
    of: Who | None = None
    """To whom it is put: actors or groups, ``self`` or ``target``; to all whom it may be put to where left out."""
    reveal: dict[Place, Who] = {}
    """What others learn, for good: a secret, or where an actor stands, each with the actors or groups that learn it;
    ``self`` and ``target`` may be among them."""
    unforeseen: bool = False
    """Whether nobody reckons with it: it takes place, and enters no gain."""
    dispatch: Texts | None = None
    """The news when it happens."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return if_said(without(dumped(self), "on", "ask", "of"), "reveal", "unforeseen")

    @model_validator(mode="after")
    def changes_something(self) -> Effect:
        """An effect adds, sets, asks, reveals or reports something."""
        if not (self.add or self.set or self.ask or self.reveal or self.dispatch):
            raise ValueError("an effect needs add, set, ask, reveal or dispatch")
        if self.of is not None and self.ask is None:
            raise ValueError("of says whom to ask: it goes with ask")
        if self.delay is not None and self.on is not None:
            raise ValueError("choose one of delay, on")
        return self

    def in_force(self, start: str | None) -> Effect:
        """The effect from a day on, or after a duration, unless it says itself when it falls due."""
        if start is None or self.delay is not None or self.on is not None:
            return self
        days = days_in(start)
        return self.model_copy(update={"on": start} if days is None else {"delay": days})


class Belief(Record):
    """What an actor expects to follow: it enters the gain, never the world."""

    when: Expression | None = None
    """Only where this holds at the moment."""
    chance: Quantity | None = None
    """Expected with this probability; for sure where left out."""
    add: Quantities = {}
    """Expected movement of issues."""
    set: Quantities = {}
    """Where issues are expected to end up."""

    @model_validator(mode="after")
    def expects_something(self) -> Belief:
        """A belief moves something."""
        if not self.add and not self.set:
            raise ValueError("a belief needs add or set")
        return self


Effects = Annotated[tuple[Effect, ...], Field(strict=False)]
Beliefs = Annotated[tuple[Belief, ...], Field(strict=False)]


def shape_of_amount(amount: Any) -> str:
    """Which of the two ways of writing an amount it is."""
    return PARTS if isinstance(amount, dict) and not is_doubt(amount) else WHOLE


WHOLE, PARTS = "[whole]", "[parts]"
"""What pydantic writes into the path of an error for the two ways of writing an amount."""

Amount = Annotated[
    Annotated[Quantity, Tag(WHOLE)]
    | Annotated[dict[Title, Quantity], Field(min_length=1, max_length=MOST_PARTS), Tag(PARTS)],
    Discriminator(shape_of_amount),
]
"""What is added to a gain: one amount, or several, each under the words that say it to a player."""


def terms_of(key: str, amount: str | dict[str, str]) -> dict[str, str]:
    """The parts of an amount by the names of their terms: ``cost``, or ``cost.WORDS`` of each."""
    return {key: amount} if isinstance(amount, str) else {f"{key}.{words}": text for words, text in amount.items()}


class Vote(Record):
    """The question that an action tables in an institution."""

    institution: Annotated[Identifier, Field(alias="in")]
    """Where it is voted on."""
    question: Title
    """What the members are asked."""
    passes: Annotated[Effects, Field(alias="pass")] = ()
    """What follows if it passes."""
    fails: Annotated[Effects, Field(alias="fail")] = ()
    """What follows if it fails."""
    pass_expects: Beliefs = ()
    """What members expect to follow, besides, if it passes."""
    fail_expects: Beliefs = ()
    """What members expect to follow, besides, if it fails."""
    lean: Amount = "0"
    """Added to each member's gain from passing; ``self`` is the member. Several, each by its name, are summed."""
    passed: Texts | None = None
    """The news if it passes."""
    failed: Texts | None = None
    """The news if it fails."""

    @property
    def leans(self) -> dict[str, str]:
        """What is added to a member's gain, by the names of its terms."""
        return terms_of("lean", self.lean)

    def in_force(self, start: str | None) -> Vote:
        """The question whose effects are in force from a day on, or after a duration."""
        effects = {key: tuple(e.in_force(start) for e in getattr(self, key)) for key in ("passes", "fails")}
        return self.model_copy(update=effects)


class Each(Record):
    """Several at whom an action is directed at once."""

    each: Expression
    """Whom it is directed at: all for whom this holds as ``target``, at least one."""
    of: Who
    """Among whom: actors or groups."""


def shape_of_targets(targets: Any) -> str:
    """Which of the two ways of writing targets it is."""
    return SEVERAL if isinstance(targets, (dict, Each)) else ONE


ONE, SEVERAL = "[one]", "[several]"
"""What pydantic writes into the path of an error for the two ways of writing targets."""

Targets = Annotated[
    Annotated[Who, Tag(ONE)] | Annotated[Each, Tag(SEVERAL)],
    Discriminator(shape_of_targets),
]
"""At whom an action is directed: one at a time, or each for whom something holds."""


class Reply(Record):
    """What an action replies to: it is possible only because another actor has done something."""

    action: Deeds
    """The action, or several; an answer to a question is called ``ASK.ANSWER``. Directed at somebody it calls for those
    it is directed at, else for everybody else who learns of it; a reply with ``targets`` goes to the one who did it."""
    within: Wait
    """How long after it the reply is possible, once for each time."""


class Choice(Sourced):
    """What an actor may choose: an action whenever it may, or an answer when it is asked."""

    title: Title
    """What people read on the button."""
    summary: str | None = None
    """What it means and what may follow, for players."""
    when: Expression = "True"
    """When it is legal."""
    needs: dict[Title, Expression] = {}
    """Further conditions, each under the words that say it to a player."""
    effects: Effects = ()
    """What it does."""
    in_force: Start | None = None
    """From when on its effects hold, those of its vote too: an entry of the calendar, a date, or a duration after it
    was done. An effect that says ``delay`` or ``on`` keeps to that."""
    expects: Beliefs = ()
    """What the actor believes will follow: enters the gain, never the world."""
    appeal: Amount = "0"
    """What draws the actor to it besides its stances, in units of gain. Several, each by its name, are summed."""
    cost: Amount = "0"
    """What it costs the actor, in units of gain. Several, each by its name, are summed."""
    known_to: Who | None = None
    """Actors and groups that learn of it, with those who do it and at whom it is directed; everybody where left out."""
    dispatch: Texts | None = None
    """The news when it is done; several texts take turns."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without(dumped(self), "in_force", "reply_to")

    @property
    def appeals(self) -> dict[str, str]:
        """What draws the actor to it, by the names of its terms; without what is written as 0."""
        return {term: text for term, text in terms_of("appeal", self.appeal).items() if text != "0"}

    @property
    def costs(self) -> dict[str, str]:
        """What it costs the actor, by the names of its terms; without what is written as 0."""
        return {term: text for term, text in terms_of("cost", self.cost).items() if text != "0"}


class Action(Choice):
    """What an actor may do."""

    by: Who
    """Who may do it: actors or groups."""
    targets: Targets | None = None
    """At whom it is directed: actors or groups, one at a time; or at ``each`` for whom something holds, all at once."""
    reply_to: Reply | None = None
    """What it replies to, and for how long; possible at any time where left out."""
    once: bool = False
    """Whether the same actor may do it (to the same target) only once."""
    cooldown: Wait | None = None
    """How long the same actor must wait before doing it (to the same target) again."""
    tempo: Wait
    """The mean wait of an actor for whom it neither gains nor costs anything."""
    vote: Vote | None = None
    """The question it tables."""

    @model_validator(mode="after")
    def directs_one_thing_at_several(self) -> Action:
        """What is directed at several at once tables no question and is no reply."""
        if self.each is not None and self.vote is not None:
            raise ValueError("targets with each do not go with a vote: a question is about one target or none")
        if self.each is not None and self.reply_to is not None:
            raise ValueError("targets with each do not go with reply_to: a reply goes to the one who did it")
        return self

    @property
    def each(self) -> Each | None:
        """At whom it is directed all at once, if it is."""
        return self.targets if isinstance(self.targets, Each) else None

    @property
    def one_of(self) -> tuple[str, ...] | None:
        """Actors and groups of whom it is directed at one at a time; None where it is not."""
        return None if isinstance(self.targets, Each) else self.targets

    @property
    def aims(self) -> tuple[str, ...] | None:
        """Actors and groups at whom it may be directed, one at a time or all at once; None where at nobody."""
        return self.targets.of if isinstance(self.targets, Each) else self.targets

    @property
    def all_effects(self) -> Effects:
        """What it does itself, and what follows from the vote that it tables."""
        return self.effects if self.vote is None else (*self.effects, *self.vote.passes, *self.vote.fails)

    def when_in_force(self) -> Action:
        """The same action, each of whose effects says for itself when it falls due."""
        if self.in_force is None:
            return self
        effects = tuple(effect.in_force(self.in_force) for effect in self.effects)
        vote = None if self.vote is None else self.vote.in_force(self.in_force)
        return self.model_copy(update={"effects": effects, "vote": vote})


class Answer(Choice):
    """One of the answers to a question that is put to a side."""


ASKED = "the question is put to it"
"""What every answer needs, in the words that say it to a player."""


class Ask(Sourced):
    """A question that is put to a side, to be answered within some time."""

    title: Title
    """The question, as whoever is asked reads it."""
    summary: str | None = None
    """What is at stake, for the one who is asked."""
    to: Who
    """Who may be asked: actors or groups."""
    within: Wait
    """How long it may be thought over."""
    otherwise: Identifier
    """The answer that takes place if nothing is said by then; it is always legal."""
    answers: Annotated[dict[Identifier, Answer], Field(min_length=2, max_length=MOST_ANSWERS)]
    """What may be said."""
    temperature: Temperature | None = None
    """How loosely the one who is asked follows its gain; its own where left out."""
    known_to: Who | None = None
    """Actors and groups that learn that it is asked, with those who are; everybody where left out."""
    dispatch: Texts | None = None
    """The news when it is put to somebody."""

    @model_validator(mode="after")
    def can_always_be_left(self) -> Ask:
        """What takes place in silence is one of the answers, and needs nothing."""
        silence = self.answers.get(self.otherwise)
        if silence is None:
            raise ValueError(f"otherwise is one of the answers: {', '.join(self.answers)} (found {self.otherwise})")
        if silence.when != "True" or silence.needs:
            raise ValueError(f"the answer {self.otherwise} takes place in silence: it can have neither when nor needs")
        return self

    def as_action(self, ask_id: str, answer_id: str) -> Action:
        """One of its answers as what those who are asked may do; only proportions of the rates of answers count."""
        answer = self.answers[answer_id]
        said = {name: getattr(answer, name) for name in Answer.model_fields}
        needs = {ASKED: f"self.asked.{ask_id}", **answer.needs}
        return Action.model_construct(**{**said, "needs": needs, "by": self.to, "tempo": 1.0})


class Outcome(Record):
    """One of the ways in which an event may turn out."""

    title: Title
    """What people read."""
    weight: Quantity = "1"
    """Its chance among the outcomes, in proportion; less than nothing counts as nothing."""
    effects: Effects = ()
    """What follows."""
    dispatch: Texts | None = None
    """The news."""


class Event(Sourced):
    """Something that nobody in the scenario chooses."""

    title: Title
    """What people read."""
    on: Date | None = None
    """The day it comes due; happens in the first pace that opens on or after it."""
    when: Expression = "True"
    """Only where this holds."""
    chance: Quantity | None = None
    """The probability that it happens when it comes due, of a dated event."""
    chance_per_week: Quantity | None = None
    """The same for an undated event, per week, whatever the length of a pace; it happens at once where left out."""
    once: bool = False
    """Whether it happens at most once."""
    effects: Effects = ()
    """What follows."""
    outcomes: dict[Identifier, Outcome] = {}
    """Ways in which it may turn out, of which one does."""
    known_to: Who | None = None
    """Actors and groups that learn of it when it happens; everybody where left out."""
    dispatch: Texts | None = None
    """The news."""

    @model_validator(mode="after")
    def has_one_chance(self) -> Event:
        """A chance is given once, and a rate per week only without a date."""
        if self.chance is not None and self.chance_per_week is not None:
            raise ValueError("choose one of chance, chance_per_week")
        if self.on is not None and self.chance_per_week is not None:
            raise ValueError("chance_per_week does not go with a date: use chance")
        if self.on is None and self.chance is not None:
            raise ValueError("chance goes with a date: without one say chance_per_week, which brink upgrade works out")
        return self


class CalendarEntry(Sourced):
    """A day that matters: expressions ask how long since, players see it coming."""

    on: Date
    """The day."""
    title: Title
    """What people read."""
    summary: str | None = None
    """What hangs on it."""
    deadline: bool = False
    """Whether it is a deadline, shown with a count of days."""


class Dynamic(Sourced):
    """How something drifts by itself."""

    title: Title
    """What people read."""
    each: Who | None = None
    """For each of these actors, as ``self``; for the world as a whole where left out."""
    when: Expression = "True"
    """Only where this holds."""
    per_week: Annotated[Quantities, Field(min_length=1)]
    """What is added a week."""


class Ending(Record):
    """A way in which the story closes."""

    title: Title
    """What people read."""
    id: Identifier
    """Its name."""
    mark: Annotated[str, Field(pattern=r"^[A-Za-z0-9]$")] | None = None
    """The letter or digit that stands for it where there is little room; chosen from its title where left out."""
    when: Expression | None = None
    """Closes the story where this holds; the last ending has no condition."""
    at_end: bool = False
    """Whether it is looked at only when the calendar runs out."""
    text: str | None = None
    """What is told when it happens."""


class Expectation(Record):
    """A promise about many runs that the scenario keeps, or an invariant of every pace."""

    chance: Expression | None = None
    """What is to hold at the end of a run, in the share of runs that follows."""
    given: Expression | None = None
    """Only among the runs where this holds."""
    between: Annotated[tuple[Unit, Unit], Field(strict=False)] | None = None
    """The share lies between these two."""
    at_least: Unit | None = None
    """The share is at least this."""
    at_most: Unit | None = None
    """The share is at most this."""
    never: Expression | None = None
    """What must not hold in any turn of any run."""
    because: str
    """Why it is to be expected."""

    @model_validator(mode="after")
    def is_one_promise(self) -> Expectation:
        """Either never, or a chance with exactly one bound."""
        bounds = [b for b in (self.between, self.at_least, self.at_most) if b is not None]
        if (self.never is None) == (self.chance is None):
            raise ValueError("choose one of chance, never")
        if self.chance is not None and len(bounds) != 1:
            raise ValueError("a chance needs one of between, at_least, at_most")
        if self.never is not None and (bounds or self.given is not None):
            raise ValueError("never stands alone: without given, between, at_least, at_most")
        return self


class Claim(Record):
    """What is to hold in a case: in every run of it, or in a share of them."""

    at: Moment | None = None
    """The day, or after how many turns, it is to hold; when the run has closed where left out. A day is looked at
    as its turn opens, before its dated events."""
    holds: Expression | None = None
    """What is to hold then."""
    ever: Expression | None = None
    """What is to hold after some turn."""
    never: Expression | None = None
    """What must not hold after any turn."""
    between: Annotated[tuple[Unit, Unit], Field(strict=False)] | None = None
    """In a share of the runs between these two; in every run where no share is given."""
    at_least: Unit | None = None
    """In at least this share of the runs."""
    at_most: Unit | None = None
    """In at most this share of the runs."""

    @model_validator(mode="after")
    def claims_one_thing(self) -> Claim:
        """Exactly one of holds, ever, never, with at most one bound, and a moment only where something holds then."""
        claimed = [key for key in ("holds", "ever", "never") if getattr(self, key) is not None]
        bounds = [key for key in ("between", "at_least", "at_most") if getattr(self, key) is not None]
        if len(claimed) != 1:
            raise ValueError(f"choose one of holds, ever, never (found {' and '.join(claimed) or 'none'})")
        if len(bounds) > 1:
            raise ValueError(f"choose one of between, at_least, at_most (found {' and '.join(bounds)})")
        if self.at is not None and self.holds is None:
            raise ValueError("at goes with holds: ever and never look at every turn")
        return self

    @property
    def kind(self) -> str:
        """Which of holds, ever and never it says."""
        return next(key for key in ("holds", "ever", "never") if getattr(self, key) is not None)

    @property
    def text(self) -> str:
        """The condition."""
        text: str = getattr(self, self.kind)
        return text


class Case(Record):
    """A scripted test: these moves on these days, these votes, and what is to hold then."""

    title: Title
    """What it shows, in a line."""
    seats: dict[Identifier, dict[Moment, str]] = {}
    """By actor, what it does on a day (or in a turn, 0 first): an action, ``action:target``, or a policy's name."""
    policies: dict[Identifier, PolicyName] = {}
    """By actor, what it does in turns for which ``seats`` orders nothing."""
    otherwise: PolicyName = "rule"
    """What everybody else does, and those in ``seats`` in other turns; ``hold`` for a game in which nothing stirs."""
    votes: dict[str, dict[Identifier, Ballot]] = {}
    """By question (the action that tables it, or ``action:target``), how members vote; by the rule where left out."""
    then: Annotated[tuple[Claim, ...], Field(strict=False, min_length=1)]
    """What is to hold."""
    runs: Annotated[int, Field(ge=1, le=10_000)] = 20
    """In how many runs it is tried: run 0 and those after it."""
    because: str | None = None
    """Why it is to be so."""


class Scenario(Record):
    """A crisis, written down once."""

    scenario_format: Literal[1]
    """The version of this format: 1."""
    id: ScenarioName
    """The scenario's name, the same as its folder's."""
    title: Title
    """What people read."""
    summary: str | None = None
    """What the crisis is about."""
    briefing: str | None = None
    """What a player should know before the first turn."""
    authors: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Who wrote it."""
    start: Date
    """The first day."""
    end: Date
    """The day on which the calendar runs out."""
    pace: Pace | None = None
    """The step of the rules: whole days, or hours that divide a day. Where left out a day; where a turn is shorter than
    that it must be said. A shorter pace costs as many times more as it goes into the longer one."""
    step: Days
    """The length of a turn, after which people are asked again: a whole number of paces."""
    moves_per_turn: Annotated[int, Field(ge=1, le=12)] = 1
    """How many options a seat may take in one turn; an actor whom the rule decides for takes at most one a pace."""
    temperature: Temperature = 0.05
    """How loosely actors follow their gain: the gain that makes an action e times likelier."""
    loss: Losses | None = None
    """How much it hurts an actor that the world is off its position: by its distance (``absolute``) where left out."""
    issues: Annotated[dict[Identifier, Issue], Field(min_length=1)]
    """What the crisis is about."""
    values: dict[Identifier, Value] = {}
    """Other numbers of the world."""
    flags: dict[Identifier, str] = {}
    """Yes-no states of the world, each with what it means; all start at no."""
    actor_flags: dict[Identifier, str] = {}
    """Yes-no states of each actor, each with what it means; all start at no."""
    secrets: dict[Identifier, Secret] = {}
    """Flags, values and flags of actors that not everybody knows, each with who does."""
    groups: dict[Identifier, Annotated[tuple[Identifier, ...], Field(strict=False, min_length=1)]] = {}
    """Lists of actors with a name."""
    actors: Annotated[dict[Identifier, Actor], Field(min_length=1)]
    """Who decides."""
    measures: dict[Identifier, Measure] = {}
    """Numbers and conditions that follow from the state."""
    institutions: dict[Identifier, Institution] = {}
    """Bodies that vote."""
    calendar: dict[Identifier, CalendarEntry] = {}
    """Days that matter."""
    actions: dict[Identifier, Action] = {}
    """What may be done."""
    asks: dict[Identifier, Ask] = {}
    """Questions that are put to a side."""
    dynamics: dict[Identifier, Dynamic] = {}
    """What drifts by itself."""
    events: dict[Identifier, Event] = {}
    """What happens unchosen."""
    endings: Annotated[tuple[Ending, ...], Field(strict=False, min_length=1)]
    """How the story may close; the first that holds does, and the last has no condition."""
    expect: Annotated[tuple[Expectation, ...], Field(strict=False)] = ()
    """What the author promises about many runs."""
    cases: dict[Identifier, Case] = {}
    """Scripted tests, which ``brink test`` runs."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return if_said(without(dumped(self), "pace", "loss"), "secrets")

    @model_validator(mode="after")
    def names_its_doubts(self) -> Scenario:
        """Each number in doubt is drawn by the path at which it stands."""
        name_doubts(self)
        return self

    @property
    def doubts(self) -> tuple[Doubtful, ...]:
        """Its numbers in doubt, in the order in which they stand."""
        return tuple(number for _, number in doubts_in(self))

    def __repr__(self) -> str:
        """Short: all that a scenario holds would fill a hundred pages."""
        return f"<Scenario {self.id}: {self.title}, {self.start} to {self.end}, {len(self.actors)} actors>"

    def __str__(self) -> str:
        return repr(self)

    @cached_property
    def timeline(self) -> Timeline:
        """Its days, paces and turns."""
        return Timeline(self.start, self.end, max(1, hours_in(self.days_in_pace)), max(1, hours_in(self.step)))

    @property
    def days_in_pace(self) -> float:
        """The step of the rules in days, written or not."""
        return USUAL_PACE if self.pace is None else self.pace

    def loss_of(self, issue: str) -> Loss:
        """How much it hurts to be off one's position on an issue."""
        written = self.loss if self.issues[issue].loss is None else self.issues[issue].loss
        if isinstance(written, str):
            return Loss.model_validate({"form": written})
        return PLAIN_LOSS if written is None else written

    @property
    def choices(self) -> dict[str, Action]:
        """Whatever an actor may choose, by the name that an option has: actions, and answers as ``ASK.ANSWER``."""
        return {**self.actions, **{name: self.answer(name) for name in self.answers}}

    def choice(self, name: str) -> Action:
        """An action by its name, or an answer by ``ASK.ANSWER``."""
        return self.answer(name) if "." in name else self.actions[name]

    def answer(self, name: str) -> Action:
        """An answer by its name, ``ASK.ANSWER``."""
        ask, _, answer = name.partition(".")
        return self.asks[ask].as_action(ask, answer)

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer, as ``ASK.ANSWER``."""
        return tuple(f"{name}.{answer}" for name, ask in self.asks.items() for answer in ask.answers)

    @property
    def turns(self) -> int:
        """How many turns the calendar holds."""
        return self.timeline.turns

    def turn_of(self, day: dt.date) -> int:
        """The turn in which a day lies, as if turns went on without end before the start and after the end."""
        return self.timeline.turn_of(day)

    def date_of(self, turn: int) -> dt.date:
        """The day on which a turn opens (turn 0 is the first)."""
        return self.timeline.date_of(turn)

    def day_of(self, day: str) -> dt.date:
        """The day of an entry of the calendar, or of a date as it is written."""
        return self.calendar[day].on if day in self.calendar else dt.date.fromisoformat(day)

    def members(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The actors that a list of actors and groups stands for, in the order of ``actors``."""
        groups = {**self.groups, EVERYONE: tuple(self.actors)}
        wanted = {actor for name in names for actor in groups.get(name, (name,))}
        return tuple(actor for actor in self.actors if actor in wanted)

    def audience(self, known_to: tuple[str, ...] | None, *parties: str | None) -> tuple[str, ...] | None:
        """Who learns of something that is known to these and to its parties; None where everybody does."""
        if known_to is None:
            return None
        return self.members((*known_to, *(party for party in parties if party is not None)))

    def in_text(self, actor: str) -> str:
        """An actor's name inside a sentence."""
        return self.actors[actor].in_text or self.actors[actor].title
