"""What sides may give their word for, and what a word is worth."""

# ruff: noqa: RUF012
# pydantic gives each record a default of its own

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.scenario.fields import Days, Expression, Identifier, Knowers, Texts, Title, Unit, Who
from engine.scenario.records import Record, Sourced

Promisable = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=24)]
"""The name of an undertaking, short enough for two of them in the name of an exchange."""


Cast = Literal["for", "against", "not for", "not against"]
"""How a member gives its word to vote; with "not" it may abstain as well."""


class Undertaking(Sourced):
    """Something that a side may give its word for: to do an act, to refrain from some, or how to vote."""

    title: Annotated[Title, Field(pattern=r"^[^{}\r\n]+$")]
    """What is undertaken, as it goes on after "offers": "to wait for a common date", "not to declare alone"."""
    by: Identifier
    """Who may undertake it."""
    act: Identifier | None = None
    """The action that is to be done."""
    at: Identifier | None = None
    """At whom, where the action, or the one that tables the question, has targets."""
    vote: Identifier | None = None
    """The action that tables the question on which its giver votes."""
    cast: Annotated[Cast | None, Field(alias="as")] = None
    """How it votes then."""
    refrain: Knowers = ()
    """The actions that are not to be done."""
    to: Who
    """Actors and groups to whom the word may be given, in return for one of theirs."""
    in_return: Annotated[Knowers, Field(alias="for")] = ()
    """The undertakings of theirs for which it may be given; for any of them where left out."""
    within: Days
    """How long the giver has to do it, or how long it is to refrain or to vote so, from the agreement on."""
    when: Expression = "True"
    """When the word may be given; ``self`` is who gives it."""
    through: Identifier | None = None
    """An actor by way of whom the word is given: it learns of it, has to be willing, and vouches for it."""
    ahead: bool = False
    """Whether an act may be promised before its conditions hold; else only while it could be done."""
    known_to: Who | None = None
    """Actors and groups that learn of the word, with the two sides; everybody where left out. An exchange is as secret
    as the more secret of its two parts."""

    @model_validator(mode="after")
    def is_one_thing(self) -> Undertaking:
        """It is to do an act, to refrain from some, or to vote; only an act and a question are at somebody."""
        if sum((self.act is not None, bool(self.refrain), self.vote is not None)) != 1:
            raise ValueError("choose one of act, refrain, vote: to do something, not to, or how to vote on it")
        if (self.vote is None) != (self.cast is None):
            raise ValueError("vote goes with as: for, against, not for, or not against")
        if self.at is not None and self.refrain:
            raise ValueError("at goes with act or vote: it says at whom the act is to be directed")
        return self

    @property
    def acts(self) -> tuple[str, ...]:
        """The actions that are to be done, or not to be."""
        return self.refrain if self.act is None else (self.act,)


class Threat(Sourced):
    """Something that a side may warn others that it will do, if they do something."""

    title: Annotated[Title, Field(pattern=r"^[^{}\r\n]+$")]
    """What is threatened, as it goes on after "threatens": "to recall its ambassadors"."""
    by: Identifier
    """Who may threaten."""
    act: Identifier
    """The action with which it threatens; where that has targets, it is meant for the one who is warned."""
    to: Who
    """Actors and groups that may be warned, each by itself."""
    deeds: Annotated[Who, Field(alias="if")]
    """The actions of those who are warned after which the threat is to be carried out."""
    within: Days
    """How soon after that it is to be carried out."""
    lasts: Days
    """How long a warning stands."""
    known_to: Who | None = None
    """Actors and groups that learn of the warning, with the two sides; everybody where left out."""


class Term(Record):
    """What a text says of an issue."""

    start: float
    """Where the first draft puts it on the issue's scale."""
    step: Annotated[float, Field(gt=0)] | None = None
    """By how much an amendment moves it; left out where it can only be taken as it is, or left."""
    reversion: float | dict[Identifier, float] | None = None
    """Where the issue is expected to be without a text, by all or by each party named; else where it stands."""
    up: Texts | None = None
    """The news when a party asks for a step up the scale; several texts take turns."""
    down: Texts | None = None
    """The news when a party asks for a step down the scale; several texts take turns."""

    def expected(self, party: str) -> float | None:
        """Where a party expects the issue to be without a text; None for where it stands at the moment."""
        return self.reversion.get(party) if isinstance(self.reversion, dict) else self.reversion


class Draft(Sourced):
    """A text that some sides negotiate: every term a place on an issue's scale, where the issue is put once all have
    signed; what else follows are events that ask whether it is ``signed``."""

    title: Annotated[Title, Field(pattern=r"^[^{}\r\n]+$")]
    """What it is, as it goes on after "signs": "the treaty of the two rivers"."""
    parties: Who
    """Actors and groups that have to sign it, or to assent to it."""
    assent: Knowers = ()
    """Those among the parties who do not sit at the table: they assent to the draft where others sign it."""
    reopens: bool = True
    """Whether a party that has signed may amend it all the same; else it waits until another has."""
    terms: Annotated[dict[Identifier, Term], Field(min_length=1, max_length=8)]
    """What it says, by issue."""
    when: Expression = "True"
    """While it lies on the table."""
    tempo: Days | None = None
    """The mean wait of a party that gains nothing by a change or a signature; that of all words, where left out."""
    known_to: Who | None = None
    """Actors and groups that learn how it goes, with the parties; everybody where left out."""
    signs: Texts | None = None
    """The news when a party signs the draft as it stands; several texts take turns."""
    assents: Texts | None = None
    """The news when one assents to it."""
    dispatch: Texts | None = None
    """The news when all have signed."""


class Words(Record):
    """What a word is worth, and how words are given."""

    spoken: bool = True
    """Whether anybody gives a word, threatens or negotiates at all: `false` for a world like this one without words."""
    honour: Annotated[float, Field(ge=0, le=10)] = 0.1
    """What it costs to break one's word, in units of gain."""
    honours: dict[Identifier, Annotated[float, Field(ge=0, le=10)]] = {}
    """The same of actors to whom it means something else."""
    audience: Annotated[float, Field(ge=0, le=10)] = 1.0
    """How much more it costs, as a share of that, where everybody heard the word."""
    trust: Unit = 0.5
    """How far each side trusts each other's word at the start: what it thinks likely that it will be kept."""
    trusts: dict[Identifier, dict[Identifier, Unit]] = {}
    """The same where it is another number: by who trusts, then by whose word."""
    kept: Unit = 0.25
    """How far trust moves up to 1 when a word is kept."""
    broken: Unit = 0.5
    """How far trust moves down to 0 when one is broken."""
    tempo: Days = 7.0
    """The mean wait of a side for whom an offer neither gains nor costs anything."""
    within: Days = 3.0
    """How long an offer may be thought over."""
    cooldown: Days = 14.0
    """How long a side waits before it offers the same again."""

    counters: bool = False
    """Whether an offer may be answered with another between the two, in which one of its parts is the same."""

    def honour_of(self, actor: str) -> float:
        """What it costs an actor to break its word."""
        return self.honours.get(actor, self.honour)

    def trust_of(self, who: str, whose: str) -> float:
        """How far a side trusts another's word at the start."""
        return self.trusts.get(who, {}).get(whose, self.trust)
