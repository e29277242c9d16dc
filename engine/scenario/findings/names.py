"""Findings about names: taken, reserved, unknown."""

from engine.scenario.findings.examples import put_by
from engine.scenario.findings.finding import Finding

FINDINGS = (
    Finding(
        "E201",
        "a name that means something else already",
        "A thing is called by a word of the format or of its expressions, such as `day`, `self`, `if` or `actors`.",
        "An expression that has this name would mean the other thing.",
        "flags:\n  day: the day has come\n",
        "flags:\n  declared: the day has come\n",
    ),
    Finding(
        "E202",
        "a name that is taken",
        "Two things have one name: issues, values, flags, measures, groups and actors share their names, flags and "
        "calendar entries share those after `days_since`, and each ending has a name of its own.",
        "An expression says only the name, so it must mean one thing.",
        "calendar:\n  declared: {on: 2007-12-12, title: The declaration, assumed: for the example}\n",
        "calendar:\n  deadline: {on: 2007-12-12}\n",
    ),
    Finding(
        "E203",
        "unknown name",
        "Nothing is called so here: no actor, issue, group, institution, member, place or name of an expression. The "
        "message offers the nearest spelling, or the names that there are. `self` and `target` mean somebody only in "
        "actions (and `self` in drifts for each actor); after a vote there is no `self`.",
        "Other languages let an unknown name pass as 0 or no, and the rule then quietly never works.",
        "actors:\n  russia:\n    stances:\n      statsu: {position: 10, salience: 0.5, assumed: for the example}\n",
        "actors:\n  russia:\n    stances:\n      status: {position: 10, salience: 0.5, assumed: for the example}\n",
    ),
    Finding(
        "E204",
        "listed twice",
        "The same name stands twice in one list of actors, groups or vetoes.",
        "It would count once all the same; one of the two was probably meant to be another.",
        "groups:\n  powers: [russia, us, russia]\n",
        "groups:\n  powers: [russia, us]\n",
    ),
    Finding(
        "E205",
        "unknown function",
        "An expression calls a function that there is not. The functions are those of the table in the reference.",
        "Expressions are closed: only these functions exist, so that no scenario can run code.",
        "measures:\n  tension: {value: maximum(unrest + 0.1 * declared)}\n",
        "measures:\n  tension: {value: 'max(unrest, 0.1 * declared)'}\n",
    ),
    Finding(
        "E206",
        "the last ending is not the last",
        "Exactly the last ending has no condition: it takes what is left. An ending before it has none, or the last "
        "one has one.",
        "Endings are tried from the first to the last. An ending without a condition hides all after it, and without a "
        "last one some stories would have no end.",
        "endings:\n  - {id: frozen, title: No decision}\n  - {id: independent, title: Independent, when: declared}\n",
        "endings:\n  - {id: independent, title: Independent, when: declared}\n  - {id: frozen, title: No decision}\n"
        "expect: []\n",
    ),
    Finding(
        "E207",
        "a deed of somebody else",
        "An entry of the history says that an action was done, and none of its actors may do it.",
        "What the real actors did is held against what players do, so it has to be a move that they have. Either the "
        "actor or the action is another.",
        "history_format: 1\nentries:\n  - {on: 2007-12-12, title: It declares, actors: [us], does: [declare], "
        "background: known}\n",
        "history_format: 1\nentries:\n  - {on: 2007-12-12, title: It declares, actors: [kosovo], does: [declare], "
        "background: known}\n",
        file="history.yaml",
    ),
    Finding(
        "E208",
        "what never happened and did",
        "The history lists a flag under `never`, and one of its entries sets it.",
        "The two contradict each other, and how far a world has drifted is measured by them.",
        "history_format: 1\nnever: [declared]\nentries:\n  - {on: 2007-12-12, title: It declares, sets: [declared], "
        "background: known}\n",
        "history_format: 1\nentries:\n  - {on: 2007-12-12, title: It declares, sets: [declared], background: known}\n",
        file="history.yaml",
    ),
    Finding(
        "E209",
        "a case that orders what can't be",
        "A case gives an order for a day that no turn has, twice in one turn, or to do what the actor has no option "
        "for; or it tells somebody how to vote who never sits where the question is decided.",
        "The case would test something else than it says.",
        "cases:\n  too_late: {title: Too late, seats: {us: {2031-12-11: hold}}, then: [{holds: not declared}]}\n",
        "cases:\n  in_time: {title: In time, seats: {us: {2007-12-11: hold}}, then: [{holds: not declared}]}\n",
    ),
    Finding(
        "E210",
        "a question put to somebody whom it is not for",
        "An effect puts a question with `ask`, and under `of` stands an actor, a group, `self` or `target` whom the "
        "question is not for: its `to` names none of them.",
        "The answers are written for those in `to`. Nobody else could give them, so nothing would be asked.",
        put_by("{ask: reply, of: us}"),
        put_by("{ask: reply, of: russia}"),
    ),
    Finding(
        "E211",
        "a target that no run can meet",
        "A target of the history asks for a day that the story does not have, for an act of somebody who may never do "
        "it, or at whom an act is directed that is directed at nobody.",
        "Runs are held against targets. What no run can ever show says nothing about the scenario.",
        "history_format: 1\nentries: []\n"
        "targets:\n  late: {title: It declares, done: {what: declared, by: 2031-12-12}}\n",
        "history_format: 1\nentries: []\n"
        "targets:\n  late: {title: It declares, done: {what: declared, by: 2007-12-12}}\n",
        file="history.yaml",
    ),
    Finding(
        "E214",
        "an ending is worth two things",
        "What an ending is worth is said of an actor twice: by two groups, both of which it belongs to.",
        "Only one of the two could count. An entry of the actor's own goes before those of its groups.",
        "endings:\n  - {id: independent, title: Independent, when: status > 75}\n"
        "  - id: frozen\n    title: No decision\n    worth:\n      powers: {points: 50, assumed: example}\n"
        "      actors: {points: 20, assumed: example}\n",
        "endings:\n  - {id: independent, title: Independent, when: status > 75}\n"
        "  - id: frozen\n    title: No decision\n    worth:\n      powers: {points: 50, assumed: example}\n"
        "      kosovo: {points: 20, assumed: example}\n",
    ),
    Finding(
        "W215",
        "a worth that no score reads",
        "An ending is worth something to an actor without stances, or to a group of such.",
        "The score of an actor begins with how well the world fits its stances; without any it has none.",
        "actors: {union: {title: Union, assumed: example}}\nactions: {recognise: {by: [powers, union]}}\n"
        "endings:\n  - {id: independent, title: Independent, when: status > 75}\n"
        "  - id: frozen\n    title: No decision\n    worth:\n      union: {points: 50, assumed: example}\n",
        "actors: {union: {title: Union, assumed: example}}\nactions: {recognise: {by: [powers, union]}}\n"
        "endings:\n  - {id: independent, title: Independent, when: status > 75}\n"
        "  - id: frozen\n    title: No decision\n    worth:\n      russia: {points: 50, assumed: example}\n",
    ),
)
