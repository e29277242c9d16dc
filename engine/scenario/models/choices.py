"""What may be chosen: actions, at whom they are directed, what they table, and answers to questions."""

# ruff: noqa: RUF012
# pydantic gives each record a default of its own

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    model_serializer,
    model_validator,
)

from engine.scenario.fields import (
    Deeds,
    Expression,
    Identifier,
    Start,
    Texts,
    Title,
    Who,
)
from engine.scenario.models.effects import Beliefs, Effects
from engine.scenario.models.quantities import (
    Amount,
    Temperature,
    Wait,
    terms_of,
)
from engine.scenario.records import Record, Sourced, without

MOST_ANSWERS = 6
"""Answers to one question: as many as there are keys for them."""


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
