"""Findings about what can come about: actions, events and endings that can't, and promises that say nothing."""

from engine.scenario.findings.examples import REPLY, put_by
from engine.scenario.findings.finding import Finding

FINDINGS = (
    Finding(
        "E601",
        "an action that can never be legal",
        "The conditions of an action can't hold, whatever anybody does, or contradict each other; or it is a reply "
        "and nothing ever calls for it in time.",
        "The checker works out what each flag and number can ever be, generously: what it rules out happens in no run.",
        "actions:\n  declare: {when: not declared and days_since.deadline >= 0 and declared}\n",
        "actions:\n  declare: {when: not declared and days_since.deadline >= 0}\n",
    ),
    Finding(
        "E602",
        "an action that is never legal for an actor",
        "An actor is named under `by` for whom the conditions of the action can't hold.",
        "The actor has one move less than its author thinks.",
        "actions:\n  table_resolution: {by: [us, russia], when: self.is.us}\n",
        "actions:\n  table_resolution: {by: [us, russia], when: not declared}\n",
    ),
    Finding(
        "E603",
        "an action that could only be directed at oneself",
        "The only target of an action is the actor who takes it.",
        "Nobody directs an action at itself, so there is no option.",
        "actions:\n  warn: {targets: [russia], effects: [{add: {unrest: 0.02}}]}\n",
        "actions:\n  warn: {targets: [us], effects: [{add: {unrest: 0.02}}]}\n",
    ),
    Finding(
        "E604",
        "an event that can never happen",
        "The condition of an event can't hold, whatever anybody does, or contradicts itself.",
        "The event is there to be read and never happens.",
        "events:\n  clashes: {when: unrest > 1.5}\n",
        "events:\n  clashes: {when: unrest > 0.5}\n",
    ),
    Finding(
        "E605",
        "an ending that can't be reached",
        "The condition of an ending can't hold, whatever anybody does, or contradicts itself.",
        "Players would strive for what can't be had.",
        "endings:\n  - {id: independent, title: Independent, when: status > 80 and status < 20}\n"
        "  - {id: frozen, title: No decision}\n",
        "endings:\n  - {id: independent, title: Independent, when: status > 80}\n"
        "  - {id: frozen, title: No decision}\n",
    ),
    Finding(
        "E606",
        "an ending behind another",
        "An earlier ending holds wherever this one does, or always.",
        "The first ending that holds closes the story, so this one never does. Put the narrower condition first.",
        "endings:\n  - {id: crisis, title: A crisis, when: unrest > 0.5}\n"
        "  - {id: independent, title: Independent, when: unrest > 0.8}\n  - {id: frozen, title: No decision}\n",
        "endings:\n  - {id: independent, title: Independent, when: unrest > 0.8}\n"
        "  - {id: crisis, title: A crisis, when: unrest > 0.5}\n  - {id: frozen, title: No decision}\n",
    ),
    Finding(
        "E607",
        "a question that is never put",
        "No effect that can ever take place puts the question with `ask`, or none puts it to an actor who is named in "
        "its `to`.",
        "A question does not come by itself: an action, a vote, an event or an answer puts it. The answers of one that "
        "is never put are written for nothing.",
        REPLY,
        put_by("{ask: reply}"),
    ),
    Finding(
        "W609",
        "at_end says nothing",
        "The last ending is marked `at_end`.",
        "It always waits for the end of the calendar.",
        "endings:\n  - {id: independent, title: Independent, when: status > 75}\n"
        "  - {id: frozen, title: No decision, at_end: true}\n",
        "endings:\n  - {id: independent, title: Independent, when: status > 75}\n"
        "  - {id: frozen, title: No decision}\n",
    ),
    Finding(
        "W610",
        "a promise that says nothing",
        "What `expect` promises holds, or fails, whatever happens; or its bounds hold for any share.",
        "It would be kept by any rules, good or bad, so it tests none.",
        "expect: [{never: status > 100, because: the scale ends there}]\n",
        "expect: [{never: status > 99, because: some tie always remains}]\n",
    ),
    Finding(
        "W611",
        "a condition that asks for nothing",
        "A condition, or one of its parts, always holds: by what its names can be, or since its parts say so.",
        "It seems to hold something back and does not. Perhaps a bound was mistyped, or it belongs to another action.",
        "events:\n  clashes: {when: unrest >= 0}\n",
        "events:\n  clashes: {when: unrest >= 0.25}\n",
    ),
    Finding(
        "W614",
        "a part that can never hold",
        "The parts of a condition, or of one of its alternatives, contradict each other.",
        "What stands there is read and never holds. Often a `not` is one too many, or `and` was meant as `or`.",
        "events:\n  clashes: {when: unrest > 0.25 or (declared and not declared)}\n",
        "events:\n  clashes: {when: unrest > 0.25 or declared}\n",
    ),
    Finding(
        "W612",
        "a number that can't move",
        "Something changes an issue or a value, and it stays where it is all the same: what changes it can't happen, "
        "adds nothing, or presses against the end at which it stands.",
        "Whatever depends on it depends on a constant. Often a sign is wrong, or the start stands at the wrong end.",
        "values:\n  oil: {title: Price of oil, start: 0, range: [0, 200], assumed: example}\n"
        "events:\n  clashes:\n    effects: [{add: {unrest: 0.2, oil: -10 - oil}}]\n",
        "values:\n  oil: {title: Price of oil, start: 90, range: [0, 200], assumed: example}\n"
        "events:\n  clashes:\n    effects: [{add: {unrest: 0.2, oil: -10 - oil}}]\n",
    ),
)
