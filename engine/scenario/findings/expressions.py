"""Findings about expressions, effects and dispatches."""

from engine.scenario.findings.finding import Finding

FINDINGS = (
    Finding(
        "E301",
        "an expression that can't be read",
        "The text breaks the rules of expressions: a value or an operator is missing, a bracket is not closed, or it "
        "has a sign that they do not use.",
        "Expressions are Python's notation with most of it left out: numbers, names, + - * /, comparisons, and, or, "
        "not, if and else, and functions. There are no quotation marks, powers or dots but inside names.",
        "measures:\n  tension: {value: unrest +}\n",
        "measures:\n  tension: {value: unrest + 0.1}\n",
    ),
    Finding(
        "E302",
        "a number where a yes/no is needed",
        "A condition is a number, or a function or comparison is given the wrong one of the two kinds.",
        "A yes/no counts as 1 or 0 where a number is needed, but a number has no truth: say what it is compared with.",
        "events:\n  clashes: {when: unrest}\n",
        "events:\n  clashes: {when: unrest > 0.25}\n",
    ),
    Finding(
        "E303",
        "an expression that is too long",
        "An expression has more characters, parts or levels of brackets than is allowed.",
        "Nobody can review a condition that long. Give its parts a name under `measures`.",
        f"measures:\n  tension: {{value: {'+'.join(['1'] * 100)} * unrest}}\n",
        "measures:\n  tension: {value: 100 * unrest}\n",
    ),
    Finding(
        "E304",
        "a value without bounds",
        "A number that is written out is too large, a division is not by a number other than zero, or the value could "
        "grow beyond 1e100.",
        "Every result of an expression is finite, for every state of the world. Divide by a number, or use "
        "`ratio(a, b, if_zero)`; hold what may grow with `clamp`.",
        "measures:\n  tension: {value: 1 / unrest}\n",
        "measures:\n  tension: {value: 'ratio(1, unrest, 0)'}\n",
    ),
    Finding(
        "E305",
        "a chance that is none",
        "A chance can never lie between 0 and 1, whatever happens.",
        "A chance of 30 is probably meant as 30 per cent, which is 0.3.",
        "actions:\n  declare:\n    effects: [{chance: 30, set: {declared: true}}]\n",
        "actions:\n  declare:\n    effects: [{chance: 0.3, set: {declared: true}, add: {status: 50}}]\n",
    ),
    Finding(
        "E306",
        "too many chances at once",
        "More than four effects of one list have a chance, or more than six chances bear on one issue in one action.",
        "The gain of an option goes through all combinations of its chances, and a draw gives four numbers.",
        "events:\n  clashes:\n    effects:\n"
        + "".join(f"      - {{chance: 0.{n}, add: {{unrest: 0.1}}}}\n" for n in range(1, 6)),
        "events:\n  clashes:\n    effects:\n"
        + "".join(f"      - {{chance: 0.{n}, add: {{unrest: 0.1}}}}\n" for n in range(1, 5)),
    ),
    Finding(
        "E307",
        "adding to a flag",
        "An effect adds to something that is yes or no.",
        "A flag is set to yes or no; only numbers can be added to.",
        "events:\n  clashes:\n    effects: [{add: {declared: 1}}]\n",
        "events:\n  clashes:\n    effects: [{set: {declared: true}}]\n",
    ),
    Finding(
        "E308",
        "one place by two names",
        "One effect sets the same flag twice, by its short and its long name.",
        "Which of the two counts would be a matter of order, and effects have none.",
        "events:\n  clashes:\n    effects: [{set: {declared: true, flag.declared: false}}]\n",
        "events:\n  clashes:\n    effects: [{set: {declared: true}}]\n",
    ),
    Finding(
        "E309",
        "a belief about something else than an issue",
        "`expects` moves a value, a flag or a position.",
        "A belief enters the gain, and the gain is reckoned in issues: only on these do actors hold stances. Say what "
        "you believe will follow for an issue.",
        "actions:\n  warn:\n    expects: [{add: {unrest: 0.1}}]\n",
        "actions:\n  warn:\n    expects: [{add: {status: -1}}]\n",
    ),
    Finding(
        "E310",
        "no outcome can happen",
        "None of an event's outcomes has a weight above 0.",
        "One of the outcomes happens in proportion to its weight, so one of them needs some.",
        "events:\n  clashes:\n    outcomes: {short: {title: Short, weight: 0}}\n",
        "events:\n  clashes:\n    outcomes: {short: {title: Short, weight: 1}}\n",
    ),
    Finding(
        "W311",
        "an effect that changes nothing",
        "An effect adds what is always 0, or sets something to what it always is already when this happens.",
        "It looks as if something followed. Often a sign was lost, or the condition was meant the other way about.",
        "events:\n  clashes:\n    effects: [{add: {unrest: 0.2, status: 0}}]\n",
        "events:\n  clashes:\n    effects: [{add: {unrest: 0.2, status: -1}}]\n",
    ),
    Finding(
        "W312",
        "an effect that never takes place",
        "The condition of an effect, belief or drift can't hold when it is asked, or its chance is always 0. The "
        "conditions of the action or event around it are taken into account.",
        "The rule is there to be read and does nothing.",
        "actions:\n  declare:\n    effects:\n      - {set: {declared: true}, add: {status: 40}}\n"
        "      - {when: declared, add: {unrest: 0.1}}\n",
        "actions:\n  declare:\n    effects:\n      - {set: {declared: true}, add: {status: 40}}\n"
        "      - {when: unrest > 0.5, add: {unrest: 0.1}}\n",
    ),
    Finding(
        "I313",
        "a condition that can be left out",
        "The condition of an effect or belief always holds when it is asked.",
        "It makes the rule longer without changing it. Sometimes another condition was meant.",
        "actions:\n  recognise:\n    effects: [{when: declared, set: {self.recognised: true}, add: {status: 2}}]\n",
        "actions:\n  recognise:\n    effects: [{set: {self.recognised: true}, add: {status: 2}}]\n",
    ),
    Finding(
        "W315",
        "a number that is always held to an end",
        "An effect sets something to a number outside its scale, or adds more than the whole scale.",
        "The world is held to the ends of its scales, so this always means the end itself. Often `add` was "
        "meant, and not `set`.",
        "events:\n  clashes: {effects: [{set: {unrest: -1}}]}\n",
        "events:\n  clashes: {effects: [{add: {unrest: -0.1}}]}\n",
    ),
    Finding(
        "I316",
        "an effect that hardly moves anything",
        "An effect adds less than a thousandth of the scale, or less than a hundredth of what other effects add there.",
        "Often the number is meant for another scale: 0.18 of a scale to 1, on one that reaches to 100.",
        "actions:\n  warn: {effects: [{add: {status: 0.02}}]}\n",
        "actions:\n  warn: {effects: [{add: {status: 2}}]}\n",
    ),
    Finding(
        "I317",
        "an appeal or cost out of scale",
        "An appeal or cost is so many temperatures that no stance can outweigh it, or a cost is below 0.",
        "A gain counts in temperatures: one makes an action e times likelier, and no more than thirty are counted. "
        "Usual moves gain 0.01 to 0.05, a treaty some 0.4.",
        "actions:\n  warn: {appeal: 5}\n",
        "actions:\n  warn: {appeal: 0.05}\n",
    ),
    Finding(
        "W318",
        "days since a flag that may be down",
        "A condition compares the days since a flag with a number in a way that holds at -1, too, and nothing asks "
        "whether the flag is up.",
        "`days_since.FLAG` is -1 while the flag is down, so `days_since.FLAG < 10` holds before it ever went up.",
        "actions:\n  recognise: {when: not self.recognised and days_since.declared < 10}\n",
        "actions:\n  recognise: {when: not self.recognised and declared and days_since.declared < 10}\n",
    ),
    Finding(
        "E801",
        "a brace that stands alone",
        "A dispatch has a { or } that does not belong to a placeholder.",
        "Braces in dispatches hold a word that is filled in, such as {date}.",
        'events:\n  clashes: {dispatch: "{date: clashes."}\n',
        'events:\n  clashes: {dispatch: "{date}: clashes."}\n',
    ),
    Finding(
        "E802",
        "unknown placeholder",
        "A dispatch has a word in braces that is not filled in there. Moves know date, by, target, institution and "
        "question, votes know the counts and sponsors, events know the date.",
        "Players would read the braces.",
        'actions:\n  declare: {dispatch: "{day}: {by} declares."}\n',
        'actions:\n  declare: {dispatch: "{date}: {by} declares."}\n',
    ),
    Finding(
        "E803",
        "a placeholder that stands for nothing",
        "The dispatch of an action without targets names the target, or that of one without a vote the institution.",
        "There is nobody to be named.",
        'actions:\n  declare: {dispatch: "{by} turns to {target}."}\n',
        'actions:\n  warn: {dispatch: "{by} turns to {target}."}\n',
    ),
)
