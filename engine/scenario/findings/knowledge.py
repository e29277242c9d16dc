"""Findings about secrets: what is private, who learns it, and who acts on what it can't know."""

from engine.scenario.findings.finding import Finding

SECRET = """\
flags: {pact: a pact is signed}
secrets: {pact: {known_to: russia, assumed: example}}
"""
"""What only Moscow knows."""

SIGNED = "  clashes: {effects: [{add: {unrest: 0.2}, set: {pact: true}}]}\n"
"""An event in which it comes about."""

FINDINGS = (
    Finding(
        "E319",
        "a draw that does not fit",
        "A secret has a `chance` and is a value, or has numbers (`among`) and is a flag, or one of its numbers lies "
        "outside the range of the value.",
        "A flag is yes by a chance; a value starts at one of some numbers, each drawn in proportion to its weight.",
        "secrets: {unrest: {known_to: us, chance: 0.5, assumed: example}}\n",
        "secrets: {unrest: {known_to: [us, russia, kosovo], among: {0.1: 1, 0.4: 2}, assumed: example}}\n",
    ),
    Finding(
        "E320",
        "nothing to reveal",
        "An effect reveals what is no secret, or reveals it to those who know it from the start; or they `noticed` it.",
        "Whatever is not named under `secrets` everybody knows; where an actor stands is its own only where its "
        "stance has a `spread`.",
        "events:\n  clashes: {effects: [{add: {unrest: 0.2}, reveal: {unrest: us}}]}\n",
        "secrets: {unrest: {known_to: [russia, kosovo], assumed: example}}\n"
        "actions:\n  table_resolution: {when: self.knows.unrest and unrest > 0.3}\n"
        "events:\n  clashes: {effects: [{add: {unrest: 0.2}, reveal: {unrest: us}}]}\n",
    ),
    Finding(
        "E321",
        "a deed by what its actor can't know",
        "A condition, an appeal, a cost, a belief, whom an act is directed at, or an effect on an issue reads a secret "
        "that some actor who may do it does not know: a flag or value under `secrets`, where another stands whose "
        "stance has a `spread`, a question that is put in secret, or what another has learned.",
        "Whoever decides by it would act on what it can't know, and everybody could read the secret from its deeds. A "
        "part that holds only where `self.knows.THING` does may read the thing: in the same `and`, behind `if`, or "
        "where the conditions of the action ask for it. An effect with which nobody can reckon is `unforeseen`. What "
        "happens in the world (events, drifts, endings, effects on anything but issues) may read everything.",
        f"{SECRET}events:\n{SIGNED}actions:\n  recognise: {{when: declared and not self.recognised and not pact}}\n",
        f"{SECRET}events:\n{SIGNED}actions:\n"
        "  recognise: {when: declared and not self.recognised and (self.is.us or not pact)}\n",
    ),
    Finding(
        "E322",
        "a vote by what a member can't know",
        "The `lean` of a question, or what follows or is expected to follow for an issue, reads a secret that some "
        "member does not know who ever sits where it is decided.",
        "A member votes by what it wants and by what it knows. Whoever tables a question counts heads: it foresees how "
        "likely the members are to vote for it by what *they* know, and reads nothing else of that.",
        f"{SECRET}events:\n{SIGNED}actions:\n  table_resolution: {{vote: {{lean: 0.1 * pact}}}}\n",
        f"{SECRET}events:\n{SIGNED}actions:\n  table_resolution: {{vote: {{lean: 0.1 * (self.is.russia and pact)}}}}\n",
    ),
    Finding(
        "W804",
        "news that give a secret away",
        "News of an event, or of an effect, are told only where something secret holds, and reach some who can't know "
        "it; and nothing reveals it to them.",
        "Whoever reads the news knows the secret from then on, while the scenario goes on as if it did not. A rumour "
        "may come whether it is true or not: give it a chance that depends on the secret, and no condition.",
        f"{SECRET}events:\n{SIGNED}  leak: {{title: A leak, when: pact, once: true, assumed: example,\n"
        '    dispatch: "{date}: a pact is said to be signed."}\n',
        f"{SECRET}events:\n{SIGNED}  leak: {{title: A leak, when: pact, once: true, assumed: example,\n"
        '    dispatch: "{date}: a pact is said to be signed.", effects: [{reveal: {pact: actors}}]}\n',
    ),
)
