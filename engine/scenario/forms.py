"""The forms that names and places take, each with what it stands for: the table behind the reference for authors.

``engine.scenario.names`` finds what a name stands for; the tests hold this table against it, name by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.expressions import Kind

NUMBER, YESNO = Kind.NUMBER, Kind.YESNO


@dataclass(frozen=True)
class Form:
    """How a name is written: words in capitals stand for an id of that kind, the rest stands for itself."""

    pattern: str
    kind: Kind | None
    """What it is; None where it is what the thing itself is."""
    meaning: str
    where: str = "everywhere"
    """In which expressions it means something."""


TESTS = "in `expect` and `cases`"
SELF = "where somebody acts, votes or drifts"
TARGET = "in actions that have `targets`; of several at once, in what is done and believed and in `each`"

NAMES: tuple[Form, ...] = (
    Form("ISSUE", NUMBER, "Where an issue stands on its scale."),
    Form("VALUE", NUMBER, "What a value is."),
    Form("MEASURE", None, "What a measure comes to; in measures, only those that are written above."),
    Form("FLAG", YESNO, "Whether a flag of the world is up."),
    Form("flag.FLAG", YESNO, "The same, so that a reader sees that it is a flag."),
    Form("ACTOR_FLAG.ACTOR", YESNO, "Whether an actor has one of its flags, such as `recognised.serbia`."),
    Form(
        "position.ACTOR.ISSUE", NUMBER, "What an actor wants on an issue; where the issue starts, if it has no stance."
    ),
    Form(
        "coded.ACTOR.ISSUE",
        NUMBER,
        "What was coded of an actor's wish, before any doubt is drawn: what others know.",
    ),
    Form("salience.ACTOR.ISSUE", NUMBER, "How much an issue weighs for an actor; 0 if it has no stance."),
    Form("capability.ACTOR", NUMBER, "An actor's weight in the world."),
    Form("days_since.ENTRY", NUMBER, "Days since an entry of the calendar; less than zero before it."),
    Form("days_since.FLAG", NUMBER, "Days since a flag of the world went up; -1 while it is down."),
    Form("days_since.ACTOR_FLAG.ACTOR", NUMBER, "Days since an actor has had its flag; -1 while it has not."),
    Form("day", NUMBER, "Days since the start of the story."),
    Form("asked.ASK.ACTOR", YESNO, "Whether a question stands that is put to an actor, and is not answered yet."),
    Form("agreed.UNDERTAKING.UNDERTAKING", YESNO, "Whether two undertakings were given for each other."),
    Form("bound.UNDERTAKING.UNDERTAKING", YESNO, "Whether who gave the first for the second is bound by it now."),
    Form("kept.UNDERTAKING.UNDERTAKING", YESNO, "Whether who gave the first for the second has kept its word."),
    Form("broken.UNDERTAKING.UNDERTAKING", YESNO, "Whether who gave the first for the second has broken its word."),
    Form("warned.THREAT.ACTOR", YESNO, "Whether an actor is warned with a threat now."),
    Form("defied.THREAT.ACTOR", YESNO, "Whether it has done so all the same, and the threat waits to be carried out."),
    Form("carried_out.THREAT.ACTOR", YESNO, "Whether a threat to an actor was carried out after that."),
    Form("bluffed.THREAT.ACTOR", YESNO, "Whether it was not, though it could have been."),
    Form("signed.TEXT", YESNO, "Whether all its parties have signed a text."),
    Form("draft.TEXT.ISSUE", NUMBER, "Where a text, as it is drafted, puts an issue of which it says something."),
    Form("signs.TEXT.ACTOR", YESNO, "Whether a party has signed a text as it is drafted."),
    Form("trust.ACTOR.ACTOR", NUMBER, "How far the first trusts the second's word, 0 to 1."),
    Form("possible.UNDERTAKING", YESNO, "Whether what is undertaken, or not, could be done now."),
    Form("worth.ACTOR.UNDERTAKING", NUMBER, "What an undertaking is worth to an actor, which only that actor may ask."),
    Form("seen.ACTOR.UNDERTAKING", NUMBER, "What it seems to be worth, which all may ask to whom it may be given."),
    Form("knows.ACTOR.FLAG", YESNO, "Whether an actor knows a secret flag, from the start or since it was revealed."),
    Form("knows.ACTOR.VALUE", YESNO, "Whether an actor knows a secret value."),
    Form("knows.ACTOR.ACTOR_FLAG.ACTOR", YESNO, "Whether the first knows that flag of the second."),
    Form("knows.ACTOR.position.ACTOR.ISSUE", YESNO, "Whether the first knows what the second wants on an issue."),
    Form("ending.ENDING", YESNO, "Whether the run has closed with that ending.", TESTS),
    Form("self.ACTOR_FLAG", YESNO, "Whether the actor itself has the flag.", SELF),
    Form("self.position.ISSUE", NUMBER, "What the actor itself wants on an issue.", SELF),
    Form("self.coded.ISSUE", NUMBER, "What was coded of its wish.", SELF),
    Form("self.knows.FLAG", YESNO, "Whether the actor itself knows a secret flag.", SELF),
    Form("self.knows.VALUE", YESNO, "Whether it knows a secret value.", SELF),
    Form(
        "self.knows.ACTOR_FLAG.ACTOR",
        YESNO,
        "Whether it knows that flag of another, who may be `target`; likewise of `position.ACTOR.ISSUE`.",
        SELF,
    ),
    Form("self.salience.ISSUE", NUMBER, "How much an issue weighs for the actor itself.", SELF),
    Form("self.capability", NUMBER, "The actor's own weight.", SELF),
    Form("self.asked.ASK", YESNO, "Whether a question that is put to the actor itself stands.", SELF),
    Form("self.is.ACTOR", YESNO, "Whether the actor is that one.", SELF),
    Form("self.in.GROUP", YESNO, "Whether the actor is in a group.", SELF),
    Form(
        "days_since.ACTOR_FLAG.self", NUMBER, "Days since the actor itself has had its flag; -1 while it has not.", SELF
    ),
    Form("target.ACTOR_FLAG", YESNO, "Whether the actor at whom the action is directed has the flag.", TARGET),
    Form("target.position.ISSUE", NUMBER, "What that actor wants on an issue.", TARGET),
    Form("target.coded.ISSUE", NUMBER, "What was coded of that actor's wish.", TARGET),
    Form("target.knows.FLAG", YESNO, "Whether that actor knows a secret flag.", TARGET),
    Form("target.knows.VALUE", YESNO, "Whether that actor knows a secret value.", TARGET),
    Form("target.salience.ISSUE", NUMBER, "How much an issue weighs for that actor.", TARGET),
    Form("target.capability", NUMBER, "That actor's weight.", TARGET),
    Form("target.asked.ASK", YESNO, "Whether a question that is put to that actor stands.", TARGET),
    Form("target.is.ACTOR", YESNO, "Whether that actor is a certain one.", TARGET),
    Form("target.in.GROUP", YESNO, "Whether that actor is in a group.", TARGET),
    Form(
        "days_since.ACTOR_FLAG.target", NUMBER, "Days since that actor has had its flag; -1 while it has not.", TARGET
    ),
)
"""What an expression may name."""

MEMBERS: tuple[Form, ...] = (
    Form("ACTOR_FLAG", YESNO, "Whether each actor has the flag: for `count`, `share`, `any`, `all`, `weight`."),
    Form("position.ISSUE", NUMBER, "What each actor wants on an issue."),
    Form("coded.ISSUE", NUMBER, "What was coded of each actor's wish."),
    Form("salience.ISSUE", NUMBER, "How much an issue weighs for each actor."),
    Form("knows.FLAG", YESNO, "Whether each actor knows a secret flag; of a value likewise."),
    Form("knows.VALUE", YESNO, "Whether each actor knows a secret value."),
    Form("asked.ASK", YESNO, "Whether a question that is put to each actor stands."),
    Form("capability", NUMBER, "Each actor's weight."),
)
"""What a function of a group may ask of each of its members."""

PLACES: tuple[Form, ...] = (
    Form("ISSUE", NUMBER, "An issue: `add` moves it, `set` puts it somewhere; it is held to its scale."),
    Form("VALUE", NUMBER, "A value, held to its range."),
    Form("FLAG", YESNO, "A flag of the world: it can be set, not added to."),
    Form("flag.FLAG", YESNO, "The same, so that a reader sees that it is a flag."),
    Form("ACTOR_FLAG.ACTOR", YESNO, "A flag of one actor."),
    Form("ACTOR_FLAG.GROUP", YESNO, "A flag of each actor of a group."),
    Form("position.ACTOR.ISSUE", NUMBER, "What an actor wants on an issue."),
    Form("position.GROUP.ISSUE", NUMBER, "What each actor of a group wants on an issue."),
    Form("self.ACTOR_FLAG", YESNO, "A flag of the actor itself.", "in effects of an action; in `dynamics` with `each`"),
    Form(
        "self.position.ISSUE",
        NUMBER,
        "What the actor itself wants.",
        "in effects of an action; in `dynamics` with `each`",
    ),
    Form("target.ACTOR_FLAG", YESNO, "A flag of the actor at whom the action is directed.", TARGET),
    Form("target.position.ISSUE", NUMBER, "What that actor wants.", TARGET),
)
"""What ``add`` and ``set`` may change."""

RUNS: tuple[Form, ...] = (
    Form("did.ACTION", YESNO, "Whether anybody has done it in this run, up to now; of an answer, `did.ASK.ANSWER`."),
    Form("did.ACTION.ACTOR", YESNO, "Whether that actor has done it."),
    Form("did.ACTION.ACTOR.TARGET", YESNO, "Whether that actor has done it at that one."),
    Form("times.ACTION", NUMBER, "How often it has been done; by one actor, and at one, as above."),
    Form("happened.EVENT", YESNO, "Whether an event has happened."),
    Form("happened.EVENT.OUTCOME", YESNO, "Whether it has turned out so."),
    Form("vote.ACTION.held", YESNO, "Whether its question has been put to the vote."),
    Form("vote.ACTION.passed", YESNO, "Whether it has passed."),
    Form("vote.ACTION.yes", NUMBER, "The votes for it, in the latest vote; `abstain` and `no` likewise."),
    Form("vote.ACTION.MEMBER.yes", YESNO, "Whether a member voted so in the latest vote; `abstain`, `no` likewise."),
    Form("vote.ACTION.TARGET.held", YESNO, "All of these, of a question that is about a target."),
    Form("ending.ENDING", YESNO, "Whether the run has closed with that ending."),
)
"""What may be asked of a run besides: in outcomes of experiments and in targets of a history."""
