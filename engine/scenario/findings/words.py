"""Findings about words between sides: what can't be given, for which nothing is given, and what can't be judged."""

from engine.scenario.findings.finding import Finding

WAIT = "  wait: {title: to wait, by: kosovo, refrain: declare, to: us, within: 4w, assumed: example}\n"
"""Something that Pristina may undertake."""

HURRY = "  hurry: {title: to recognise it, by: us, act: recognise, to: kosovo, within: 4w, assumed: example}\n"
"""Something that Washington may give for it."""

FINDINGS = (
    Finding(
        "E212",
        "a word that can't be given",
        "An undertaking is of an action that its giver may not do, or that is directed at somebody else, or of a vote "
        "on which its giver has no seat; or it is given through its giver; a text has one party or more than eight, or "
        "a term off the scale of its issue; or the names of the sides are too long for what is made of them.",
        "A word is given for what one can do oneself.",
        "undertakings:\n  wait: {title: to wait, by: us, refrain: declare, to: kosovo, within: 4w, assumed: example}\n"
        "  hurry: {title: to recognise it, by: kosovo, refrain: declare, to: us, within: 4w, assumed: example}\n",
        f"undertakings:\n{WAIT}{HURRY}",
    ),
    Finding(
        "W213",
        "an undertaking for which nobody gives anything",
        "Nobody to whom an undertaking may be given has one that may be given for it; or `words` are there, and no "
        "`undertakings`.",
        "Words are exchanged: an undertaking that stands in no exchange is never offered.",
        f"undertakings:\n{WAIT}",
        f"undertakings:\n{WAIT}{HURRY}",
    ),
    Finding(
        "E323",
        "an undertaking that somebody can't judge",
        "The conditions, amounts or effects of an action that may be undertaken read a secret that somebody does not "
        "know to whom it may be given, from whom something may be given for it, or through whom it is given.",
        "Whoever is offered a word judges what it is worth, and what it seems to be worth to the other. Where others "
        "stand is no secret in this: they count as standing where they were coded.",
        "flags: {pact: a pact is signed}\nsecrets: {pact: {known_to: kosovo, chance: 0.5, assumed: example}}\n"
        f"actions:\n  declare: {{cost: 0.1 * pact}}\nundertakings:\n{WAIT}{HURRY}",
        "flags: {pact: a pact is signed}\nsecrets: {pact: {known_to: [kosovo, us], chance: 0.5, assumed: example}}\n"
        f"actions:\n  declare: {{cost: 0.1 * pact}}\nundertakings:\n{WAIT}{HURRY}",
    ),
)
