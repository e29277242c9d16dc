"""Findings about shape: keys, types and forms of values."""

from engine.scenario.findings.finding import Finding

FINDINGS = (
    Finding(
        "E101",
        "unknown key",
        "A key is not one that this record has. The message lists those that it may have.",
        "An unknown key is nearly always a misspelled one, and what stands under it would be lost without a word. "
        "Inside { } and [ ] a comma ends a text: a key that is half a sentence is the rest of a text that wants "
        "quotation marks.",
        "actors:\n  russia: {wishes: a veto on every change}\n",
        "actors:\n  russia: {wants: a veto on every change}\n",
    ),
    Finding(
        "E102",
        "something is missing",
        "A record lacks a key that it has to have.",
        "Without it the record has no meaning: an actor without a title could not be named, an action without a tempo "
        "would have no chance of being taken.",
        "actors:\n  china: {capability: 0.7, assumed: a permanent member}\n",
        "actors:\n  us: {capability: 0.7}\n",
    ),
    Finding(
        "E103",
        "a value of the wrong type",
        "A number stands where text is needed, text where a number is needed, a list where a mapping is needed, and so "
        "on. `NO`, `010` and `1:30` are read as the text that they are.",
        "A guess would often be wrong: yes is a word in a title and a truth in a condition. Write numbers bare, texts "
        "that look like numbers in quotation marks, and true or false for yes and no.",
        "issues:\n  status: {start: thirty-five}\n",
        "issues:\n  status: {start: 35}\n",
    ),
    Finding(
        "E104",
        "a number outside what is allowed",
        "A number is below the least or above the most that its key allows: a salience is 0 to 1, a spread is not "
        "negative, a temperature is more than 0.",
        "The rules are only defined within these bounds. A salience of 12 is often meant as 0.12.",
        "actors:\n  russia:\n    stances:\n      status: {salience: 1.2}\n",
        "actors:\n  russia:\n    stances:\n      status: {salience: 0.2}\n",
    ),
    Finding(
        "E105",
        "no name",
        "A name has a capital, a space, a dash or another sign in it, or begins with a digit. Names are made of small "
        "letters, digits and _, and begin with a letter.",
        "Names are used in expressions, where a dash would be a minus and a dot separates words. What people read is "
        "the title.",
        "flags:\n  Talks-Open: the talks go on\n",
        "flags:\n  declared: independence is declared\n",
    ),
    Finding(
        "E106",
        "a date, duration or share that is none",
        "Dates are year-month-day (2007-12-10), durations a number and a unit (3d, 8w), shares a fraction (2/3) or a "
        "decimal (0.6).",
        "A day that does not exist, or a duration without its unit, has no meaning: 8 may be days or weeks.",
        "actions:\n  declare: {tempo: 8 weeks}\n",
        "actions:\n  declare: {tempo: 8w}\n",
    ),
    Finding(
        "E107",
        "keys that do not go together",
        "The keys of one record contradict each other, or none of several is there of which one is needed: a voting "
        "rule counts in exactly one way, an effect adds, sets or reports something, a chance is given once.",
        "The record has two meanings or none.",
        "institutions:\n  council:\n    pass: {yes: 2, unanimous: true}\n",
        "institutions:\n  council:\n    pass: {yes: 2}\n",
    ),
    Finding(
        "E108",
        "another word is wanted here",
        "The key takes one of a few words, and this is none of them. `majority` and `unanimous` are true, or left out.",
        "A word that the rules do not know has no effect.",
        "history_format: 2\nentries: []\n",
        "history_format: 1\nentries: []\n",
        file="history.yaml",
    ),
    Finding(
        "E109",
        "too short or too long",
        "A text has too few or too many characters, or a list too few or too many entries: titles have 1 to 120 "
        "characters, quotes 8 to 600, a scale at least two points.",
        "A title must fit on a button, a quote must be long enough to be found in one place, and a scale needs two "
        "ends.",
        "issues:\n  status:\n    title: ''\n",
        "issues:\n  status:\n    title: Status\n",
    ),
    Finding(
        "E110",
        "another version of the format",
        "`scenario_format` is not the version that is read here.",
        "A newer format may say things that this version of brink does not understand, so it takes a newer brink. An "
        "older one is brought up to date by `brink upgrade`, which shows what it changes.",
        "scenario_format: 2\n",
        "scenario_format: 1\n",
    ),
)
