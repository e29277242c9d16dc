"""Findings about secrets: what is private, who learns it, and who acts on what it can't know."""

from engine.scenario.findings.finding import Finding

SECRET = "secrets: {unrest: {known_to: us, assumed: example}}\n"
"""What only Washington knows."""

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
        "An effect reveals what is no secret, or reveals it to those who know it from the start.",
        "Whatever is not named under `secrets` everybody knows; where an actor stands is its own only where its "
        "stance has a `spread`.",
        "events:\n  clashes: {effects: [{add: {unrest: 0.2}, reveal: {unrest: us}}]}\n",
        "secrets: {unrest: {known_to: [russia, kosovo], assumed: example}}\n"
        "actions:\n  table_resolution: {when: self.knows.unrest and unrest > 0.3}\n"
        "events:\n  clashes: {effects: [{add: {unrest: 0.2}, reveal: {unrest: us}}]}\n",
    ),
)
