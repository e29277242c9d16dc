"""Findings about what is declared and not used."""

from engine.scenario.findings.finding import Finding

FINDINGS = (
    Finding(
        "W621",
        "a flag that is never used",
        "Nothing sets the flag and nothing asks for it.",
        "It is left over, or a rule is missing.",
        "flags:\n  idle: nothing happens\n",
        "flags:\n  declared: independence is declared\n",
    ),
    Finding(
        "W622",
        "a flag that is set and never read",
        "Something sets the flag, and no condition, amount or chance asks for it.",
        "What sets it has no consequence by it. The rule that was to ask for it may be missing, or ask for another.",
        "flags:\n  shaken: there were clashes\nevents:\n  clashes:\n"
        "    effects: [{add: {unrest: 0.2}, set: {shaken: true}}]\n",
        "flags:\n  shaken: there were clashes\nevents:\n  clashes:\n    when: unrest > 0.25 and not shaken\n"
        "    effects: [{add: {unrest: 0.2}, set: {shaken: true}}]\n",
    ),
    Finding(
        "W623",
        "a flag that is read and never set",
        "A condition asks for a flag that stays at no in every run: nothing sets it, or what sets it can't happen.",
        "The condition is always no. The effect that was to set the flag may be missing.",
        "flags:\n  shaken: there were clashes\nevents:\n  clashes: {when: unrest > 0.25 and not shaken}\n",
        "flags:\n  shaken: there were clashes\nevents:\n  clashes:\n    when: unrest > 0.25 and not shaken\n"
        "    effects: [{add: {unrest: 0.2}, set: {shaken: true}}]\n",
    ),
    Finding(
        "W624",
        "a value that is never read",
        "No condition, amount or chance depends on the value.",
        "Whatever changes it has no consequence by it.",
        "values:\n  oil: {title: Price of oil, start: 90, range: [0, 200], assumed: example}\n",
        "values:\n  unrest: {title: Price of oil}\n",
    ),
    Finding(
        "I625",
        "a value that never changes",
        "Nothing adds to the value or sets it, so it is a constant.",
        "That may be meant: a constant with a name, a source and a place in experiments. Otherwise an effect is "
        "missing.",
        "values:\n  oil: {title: Price of oil, start: 90, range: [0, 200], assumed: example}\n"
        "events:\n  clashes: {chance_per_week: 0.001 * oil}\n",
        "values:\n  oil: {title: Price of oil, start: 90, range: [0, 200], assumed: example}\n"
        "events:\n  clashes: {chance_per_week: 0.001 * oil, effects: [{add: {unrest: 0.2, oil: 5}}]}\n",
    ),
    Finding(
        "W626",
        "a measure that is never read",
        "No expression uses the measure.",
        "It is worked out for nothing, and a reader looks for where it counts.",
        "measures:\n  calm: {title: Calm, value: 1 - unrest}\n",
        "measures:\n  tension: {title: Calm, value: 1 - unrest}\n",
    ),
    Finding(
        "W627",
        "a group that is never used",
        "Nothing names the group.",
        "It is left over, or a rule names its members one by one.",
        "groups:\n  west: [us]\n",
        "groups:\n  powers: [us]\n",
    ),
    Finding(
        "W628",
        "a side that can do nothing",
        "An actor is playable and no action is open to it.",
        "Whoever chooses this side can only watch.",
        "actors:\n  china: {title: China, playable: true, assumed: example}\n",
        "actors:\n  kosovo: {playable: true}\n",
    ),
    Finding(
        "I629",
        "an actor without any part",
        "The actor has no action and no seat, is nobody's target, and nothing asks for it.",
        "Its stances are of no consequence. That may be meant, where its dossier is part of the picture.",
        "actors:\n  china: {title: China, assumed: example}\n",
        "actors:\n  china: {title: China, assumed: example}\nactions:\n  recognise: {by: [powers, china]}\n",
    ),
    Finding(
        "I630",
        "a day of no consequence",
        "No expression asks how long since the calendar entry, and no effect is in force from it on; it is no deadline "
        "and has no summary.",
        "Players see the day coming and wonder what hangs on it. Say so in a summary.",
        "calendar:\n  visit: {on: 2007-12-01, title: A visit, assumed: example}\n",
        "calendar:\n  visit: {on: 2007-12-01, title: A visit, summary: The envoys come once more., assumed: example}\n",
    ),
    Finding(
        "I631",
        "an action for show",
        "Nothing that the action, or the vote that it tables, changes is anything on which an actor has a stance or on "
        "which any other rule depends.",
        "It is news and no more. That may be meant; otherwise the effect that should follow is missing.",
        'actions:\n  protest: {title: Protest, by: russia, tempo: 4w, dispatch: "{By} protests.", assumed: example}\n',
        "actions:\n  protest: {title: Protest, by: russia, tempo: 4w, effects: [{add: {unrest: 0.01}}], "
        'dispatch: "{By} protests.", assumed: example}\n',
    ),
    Finding(
        "I632",
        "an issue without a part",
        "No actor has a stance on the issue, or nothing ever moves it.",
        "Issues are what actors weigh up: one that nobody cares about is better a value, and one that never moves is "
        "the same in every option.",
        "issues:\n  oil: {title: Oil, start: 5, scale: {0: low, 10: high}, assumed: example}\n",
        "issues:\n  oil: {title: Oil, start: 5, scale: {0: low, 10: high}, assumed: example}\n"
        "actors:\n  us: {stances: {oil: {position: 3, salience: 0.2, assumed: example}}}\n"
        "events:\n  clashes: {effects: [{add: {unrest: 0.2, oil: 1}}]}\n",
    ),
)
