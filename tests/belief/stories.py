"""Ten small stories in which one side can't see something, and what can be told of it exactly."""

from __future__ import annotations

from tests.scenario.minimal import replaced

STORY = """\
scenario_format: 1
id: small-bluff
title: A small bluff
start: 2007-11-20
end: 2008-01-08
pace: 1w
step: 1w
temperature: 0.2
issues:
  border: {title: The border, start: 50, scale: {0: south, 100: north}, assumed: for the test}
values:
  arms: {title: Arms, start: 0.2, range: [0, 1], assumed: for the test}
flags:
  resolute: means it
  armed: has armed
  seen: something was seen
actor_flags:
  tough: is tough
secrets:
  resolute: {known_to: south, chance: 0.4, assumed: for the test}
  arms: {known_to: south, among: {0.1: 2, 0.5: 1, 0.9: 1}, assumed: for the test}
  armed: {known_to: south, assumed: for the test}
  tough: {chance: 0.3, assumed: for the test}
actors:
  north: {title: North, playable: true, assumed: for the test,
    stances: {border: {position: 80, salience: 1, assumed: for the test}}}
  south: {title: South, assumed: for the test,
    stances: {border: {position: 20, salience: 1, assumed: for the test}}}
  east: {title: East, assumed: for the test,
    stances: {border: {position: 40, salience: 1, spread: 20, assumed: for the test}}}
institutions:
  council: {title: Council, assumed: for the test, threshold: 0.1,
    seats: [{actor: north}, {actor: south}, {actor: east}], pass: {majority: true}}
actions:
  mobilise: {title: Mobilise, by: south, tempo: 3w, appeal: "0.4 * resolute - 0.2", effects: [{add: {border: -2}}],
    assumed: for the test}
  wait: {title: Watch the border, by: north, tempo: 3w, effects: [{add: {border: 1}}], assumed: for the test}
endings:
  - {id: over, title: Over, text: It is over.}
"""
"""South means it, or bluffs."""


def action(text: str) -> str:
    """The same with one more action."""
    return replaced("  wait: {", f"{text}\n  wait: {{", STORY)


def event(text: str) -> str:
    """The same with an event."""
    return replaced("endings:\n", f"events:\n{text}\nendings:\n", STORY)


TWO = action(
    "  boast: {title: Boast, by: [south, east], tempo: 3w, appeal: '0.5 * self.tough - 0.2', effects: [{add:"
    " {border: 0.5}}], assumed: for the test}"
)
"""Two sides are tough or not, each for itself."""

AMONG = replaced("0.4 * resolute - 0.2", "0.6 * arms - 0.3", STORY)
"""How well armed South is was drawn from three numbers."""

IN_SECRET = replaced(
    "0.4 * resolute - 0.2",
    "0.6 * armed - 0.3",
    action(
        "  arm: {title: Arm, by: south, known_to: south, once: true, tempo: 3w, effects: [{set: {armed: true}}],"
        " assumed: for the test}"
    ),
)
"""South may arm in secret, and is bolder then."""

VOTES = action(
    "  table: {title: Table a line, by: north, tempo: 1w, assumed: for the test, vote: {in: council,"
    " question: Shall it be drawn?, pass: [{add: {border: 10}}], fail: [{add: {border: -1}}]}}"
)
"""East votes by where it stands, which nobody else knows."""

HAZARD = event(
    "  shot: {title: A shot, chance_per_week: '0.05 + 0.3 * resolute', effects: [{add: {border: -1}}],"
    " assumed: for the test}"
)
"""Shots are likelier where South means it."""

TURNS = event(
    "  shot: {title: A shot, chance_per_week: 0.5, outcomes: {loud: {title: Loud, weight: '1 + 3 * resolute', effects:"
    " [{add: {border: -1}}]}, low: {title: Low, weight: 2, effects: [{add: {border: -0.5}}]}}, assumed: for the test}"
)
"""How shots turn out hangs on whether South means it."""

LUCK = action(
    "  probe: {title: Probe, by: north, tempo: 1w, assumed: for the test, effects: [{chance: '0.2 + 0.5 * resolute',"
    " add: {border: -1}, unforeseen: true, dispatch: 'South shoots back.'}]}"
)
"""Whoever probes is answered, the likelier the more South means it."""

SURE = action(
    "  look: {title: Look, by: north, once: true, tempo: 1w, assumed: for the test, effects: [{when: resolute,"
    " set: {seen: true}}]}"
)
"""Whoever looks sees it."""

ASKED = replaced(
    "endings:\n",
    "asks:\n"
    "  truce: {title: A truce?, to: south, known_to: [north, east], within: 1w, otherwise: refuse, assumed:"
    " for the test, answers: {agree: {title: We agree, cost: '0.4 * resolute'},"
    " refuse: {title: We refuse, cost: 0.1}}}\n"
    "endings:\n",
    action("  offer: {title: Offer a truce, by: north, tempo: 1w, assumed: for the test, effects: [{ask: truce}]}"),
)
"""What South answers hangs on whether it means it."""
