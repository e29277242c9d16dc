"""The collection of broken and hostile files: for each a text, and the messages that it gets."""

# ruff: noqa: E501  a case is read as one sentence: what is changed, and what is said of it

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.scenario.minimal import MINIMAL, edited, replaced


@dataclass(frozen=True)
class Case:
    """A broken file.

    An expected message begins with the place, written ``line:column:`` or as ``@`` and a passage of the text in
    backquotes, which stands for the place where that passage first begins.
    """

    name: str
    text: Callable[[], str]
    expected: tuple[str, ...]
    exactly: bool = True
    """Whether there are no other messages."""


def located(expected: str, text: str) -> str:
    """An expected message with its place as numbers."""
    if not expected.startswith("@`"):
        return expected
    passage, _, rest = expected[2:].partition("`")
    at = text.index(passage)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"{line}:{column}{rest}"


def swap(name: str, old: str, new: str, *expected: str, exactly: bool = True) -> Case:
    """The minimal scenario with one passage exchanged."""
    return Case(name, lambda: replaced(old, new), expected, exactly)


def part(name: str, key: str, value: str, *expected: str, exactly: bool = True) -> Case:
    """The minimal scenario with one top-level part exchanged."""
    return Case(name, lambda: edited(MINIMAL, **{key: value}), expected, exactly)


def whole(name: str, text: str, *expected: str, exactly: bool = True) -> Case:
    """A file of its own."""
    return Case(name, lambda: text, expected, exactly)


YAML_CASES = (
    whole("empty", "", "1:1: error: the file is empty"),
    whole("only a comment", "# nothing\n", "1:1: error: the file is empty"),
    whole("a list", "- a\n- b\n", "1:1: error: should be a mapping, is a list"),
    whole("a word", "kosovo\n", '1:1: error: should be a mapping, is text "kosovo"'),
    whole("not YAML", "a: b\n c: d\n", "2:1: error: can't be read as YAML: is indented by 1 space, and its neighbours by 0: write `c: d`"),
    whole("open quote", "a: 'b\n", "1:4: error: can't be read as YAML: the quotation mark ' is not closed: write `a: \"b\"`"),
    whole("tab indent", "a:\n\tb: 1\n", "2:1: error: can't be read as YAML: a tab stands before the text, and YAML indents by spaces only: write `  b: 1`"),
    whole("brackets", "[" * 100_000, "1:25: error: is nested more than 24 levels deep"),
    whole("braces", "{a: " * 100_000, "1:97: error: is nested more than 24 levels deep"),
    whole("dashes", "- " * 100_000, "1:49: error: is nested more than 24 levels deep"),
    whole("question marks", "? " * 100_000, "1:49: error: is nested more than 24 levels deep", exactly=False),
    whole("many values", "- a\n" * 100_001, "100000:3: error: holds more than 100,000 values"),
    whole("large", "# " + "x" * 1_000_000, " error: is larger than 1 MB"),
    whole("bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "1:4: error: anchors are not allowed (&a)",
          "2:4: error: anchors are not allowed (&b)", "2:8: error: aliases are not allowed (*a)", "2:12: error: aliases",
          "3:5: error: aliases are not allowed (*b)", exactly=False),
    whole("tag", "a: !!python/object/apply:os.system [ls]\n", "1:4: error: tags are not allowed (tag:yaml.org,2002:py",
          exactly=False),
    whole("own tag", "a: !x 1\n", "1:4: error: tags are not allowed (!x)", exactly=False),
    whole("bare tag", "a: ! x\n", "1:4: error: tags are not allowed (!)", exactly=False),
    whole("merge key", "a: {<<: {b: 1}}\n", "1:5: error: merge keys (<<) are not allowed", exactly=False),
    whole("two documents", "a: 1\n---\nb: 2\n", "2:1: error: a second document starts here: one file holds one"),
    whole("directive", "%YAML 1.1\n---\na: 1\n", "1:1: error: directives", exactly=False),
    whole("list as key", "? [a]\n: 1\n", "1:3: error: a key is a word or a number, not a list", exactly=False),
    whole("mapping as key", "{{a: 1}: 1}\n", "1:2: error: a key is a word or a number, not a mapping", exactly=False),
    whole("null as key", "~: 1\n", "1:1: error: a key is a word or a number, not nothing", exactly=False),
    whole("yes/no as key", "true: 1\n", "1:1: error: a key is a word or a number, not the yes/no true", exactly=False),
    whole("duplicate key", "id: a\ntitle: b\nid: c\n", '3:1: error: duplicate key "id": the first is in line 1',
          exactly=False),
    whole("escape sequence", "id: \x1b[31mred\n", "1:5: error: character U+001B is not allowed: it can't be seen",
          exactly=False),
    whole("written escape", 'id: "\\e[31mred"\n', "1:5: error: character U+001B is not allowed: it can't be seen",
          exactly=False),
    whole("null byte", "id: a\0b\n", "1:6: error: character U+0000 is not allowed", exactly=False),
    whole("bidirectional", "id: abc\ntitle: a \u202eb\n", "2:10: error: character U+202E (right-to-left override) is not allowed", exactly=False),
    whole("zero-width", "id: a\u200bb\n", "1:6: error: character U+200B (zero width space) is not allowed", exactly=False),
    whole("byte order mark", "\ufeffid: a\n", "1:1: error: scenario_format: is missing", exactly=False),
    whole("next line", "id: a\x85title: b\n", "1:6: error: character U+0085 is not allowed", exactly=False),
    whole("escapes in a key", '"\\e]0;x\\a": 1\n', "1:1: error: character U+001B is not allowed", exactly=False),
    whole("10,000 duplicates", "a: 1\n" * 10_000, '2:1: error: duplicate key "a": the first is in line 1',
          exactly=False),
    whole("20,000 unknown keys", "".join(f"k{i}: 1\n" for i in range(20_000)), '1:1: error: k0: unknown key "k0"',
          exactly=False),
)  # fmt: skip

SHAPE_CASES = (
    swap("other format", "scenario_format: 1", "scenario_format: 2",
         "1:18: error: scenario_format: is format 2, and this version of brink reads format 1: it takes a newer brink"),
    part("missing title", "title", "", '1:1: error: title: is missing'),
    swap("unknown key", "salience: 0.9", "salince: 0.9, salience: 0.9",
         '@`salince`: error: actors.russia.stances.status.salince: unknown key "salince", did you mean "salience"? ('
         "allowed here: evidence, assumed, position, salience, spread and coders)"),
    swap("rest of a text", "salience: 0.9", "salience: 0.9, a comma too many",
         '@`a comma`: error: actors.russia.stances.status.a comma too many: unknown key "a comma too many": if it is '
         "the rest of a text, put that text between quotation marks, since a comma ends it inside { } (allowed here: "
         "evidence, assumed, position, salience, spread and coders)"),
    swap("model's own name", "from: 2008-01-01", "since: 2008-01-01",
         '@`since`: error: institutions.council.seats.2.since: unknown key "since": allowed here: actor, from and until'),
    swap("text for number", "position: 0,", "position: abc,",
         '@`abc`: error: actors.russia.stances.status.position: should be a number, is text "abc"'),
    swap("octal", "start: 35", "start: 010",
         '@`010`: error: issues.status.start: should be a number, is text "010"'),
    swap("sexagesimal", "start: 35", "start: 1:30",
         '@`1:30`: error: issues.status.start: should be a number, is text "1:30"'),
    swap("not a number", "start: 35", "start: .nan",
         '@`.nan`: error: issues.status.start: should be a number, is text ".nan"'),
    swap("infinite", "start: 35", "start: .inf", '@`.inf`: error: issues.status.start: should be a number'),
    swap("too large", "start: 35", "start: 1e999", "@`1e999`: error: the number 1e999 is too large"),
    swap("9,000 digits", "start: 35", f"start: {'9' * 9000}", "11:12: error: the number 999999999999999999999999999... is"),
    swap("norway", "title: Russia", "title: NO", exactly=True),
    swap("number for text", "title: Russia", "title: 7",
         "@`7\n`: error: actors.russia.title: should be text, is the number 7: put it in quotation marks"),
    swap("yes for true", "once: true", "once: yes",
         '@`yes\n`: error: actions.declare.once: should be true or false, is text "yes": write true or false'),
    swap("number for yes/no", "once: true", "once: 1",
         "@`1\n    when`: error: actions.declare.once: should be true or false, is the number 1"),
    swap("nothing for mapping", "issues:\n  status:\n", "issues:\n  other:\n  status:\n",
         "9:9: error: issues.other: should be a mapping, is nothing", exactly=False),
    swap("list for mapping", "flags:\n  declared: independence is declared", "flags: [declared]",
         "@`[declared]`: error: flags: should be a mapping of names, is a list"),
    swap("capital in a name", "  us:\n", "  US:\n",
         '@`US:`: error: actors.US: "US" is no name: a name is made of small letters, digits and _ and starts with'),
    swap("weight above 1", "salience: 0.9", "salience: 1.9",
         "@`1.9`: error: actors.russia.stances.status.salience: should be at most 1, is the number 1.9"),
    swap("negative spread", "spread: 5", "spread: -5",
         "@`-5`: error: actors.russia.stances.status.spread: should be at least 0, is the number -5"),
    swap("no date", "start: 2007-11-20", "start: 2007-02-30",
         '@`2007-02-30`: error: start: a date is year-month-day, such as 2007-12-10, not text "2007-02-30"'),
    swap("no duration", "step: 1w", "step: 1 week",
         '@`1 week`: error: step: a duration is a number and a unit, such as 6h, 3d or 8w, not text "1 week"'),
    swap("a wait of ages", "tempo: 8w", "tempo: 56000d",
         '@`56000d`: error: actions.declare.tempo: a duration is at most 9,999 hours, days or weeks, such as 9999d, not '
         'text "56000d"'),
    swap("no time at all", "tempo: 8w", "tempo: 0w",
         '@`0w`: error: actions.declare.tempo: a duration is more than zero, not text "0w"'),
    swap("two ways of counting", "pass: {yes: 2,", "pass: {yes: 2, unanimous: true,",
         "@`{yes: 2`: error: institutions.council.pass: choose one of yes, majority, share, unanimous, quota (found yes "
         "and unanimous)"),
    swap("no way of counting", "pass: {yes: 2, veto: [russia]}", "pass: {veto: [russia]}",
         "@`{veto`: error: institutions.council.pass: choose one of yes, majority, share, unanimous, quota (found none)"),
    swap("weights that nobody adds up", "pass: {yes: 2,", "pass: {yes: 2, weights: {us: 2},",
         "@`{yes: 2`: error: institutions.council.pass: weights go with quota, share or majority, not with yes"),
    swap("weights that would take long to add up", "pass: {yes: 2,", "pass: {share: 667/1000, weights: {us: 11},",
         "@`{share`: error: institutions.council.pass: the weights add up to too much to count with (at most 10,000 steps of "
         "the share)"),
    swap("effect without effect", "{chance: 0.3, add: {unrest: 0.1}}", "{chance: 0.3}",
         "@`{chance: 0.3}`: error: actions.declare.effects.1: an effect needs add, set, ask, reveal or dispatch"),
    swap("one point on the scale", "{0: as before, 100: independent}", "{35: as before}",
         "@`{35`: error: issues.status.scale: needs at least 2 entries, has 1"),
    swap("a share that would never be worked out", "{yes: 2, veto: [russia]}", "{share: '1e99999999'}",
         "@`'1e9`: error: institutions.council.pass.share: a share is a fraction such as 2/3"),
    swap("a title over two lines", "title: Council", 'title: "Coun\\ncil"',
         "@`\"Coun`: error: institutions.council.title:", exactly=False),
    swap("comma in braces", '"5 * share(recognised, powers)"', "5 * share(recognised, powers)",
         "@`}}]\n    dispatch`: error: actions.declare.expects.0.add.powers): should be text, is nothing: put an expression with "
         "a comma in quotation marks", exactly=False),
    swap("two mistakes at once", "title: Russia\n    capability: 0.8", "titel: Russia\n    capability: 8",
         '@`titel`: error: actors.russia.titel: unknown key "titel", did you mean "title"?',
         "@`8\n    playable`: error: actors.russia.capability: should be at most 1"),
    swap("missing and unlike", "title: Russia\n", "heading: Russia\n",
         '@`heading`: error: actors.russia.heading: unknown key "heading": allowed here: evidence, assumed, title',
         "@`russia:\n`: error: actors.russia.title: is missing"),
    swap("mistakes of both stages", "when: not declared and", "onse: true\n    when: not declard and",
         '@`onse`: error: actions.declare.onse: unknown key "onse", did you mean "once"?',
         '@`declard`: error: actions.declare.when: unknown name "declard", did you mean "declared"?'),
)  # fmt: skip

NAME_CASES = (
    swap("unknown issue", "status: {position: 0,", "statsu: {position: 0,",
         '@`statsu`: error: actors.russia.stances.statsu: unknown issue "statsu", did you mean "status"?'),
    swap("unknown actor in a group", "powers: [russia, us]", "powers: [rusia, us]",
         '@`rusia`: error: groups.powers.0: unknown actor "rusia", did you mean "russia"?', exactly=False),
    swap("unknown actor in by", "by: kosovo", "by: kosova",
         '@`kosova`: error: actions.declare.by.0: unknown actor or group "kosova", did you mean "kosovo"?'),
    swap("unknown target", "targets: [us, kosovo]", "targets: [us, mars]",
         '@`mars`: error: actions.warn.targets.1: unknown actor or group "mars"'),
    swap("unknown actor in a seat", "{actor: us}", "{actor: uk}",
         '@`uk}`: error: institutions.council.seats.1.actor: unknown actor "uk"', exactly=False),
    swap("unknown institution", "in: council", "in: concil",
         '@`concil`: error: actions.table_resolution.vote.in: unknown institution "concil", did you mean "council"?'),
    swap("unknown flag", "when: declared and not self", "when: declred and not self",
         '@`declred`: error: actions.recognise.when: unknown name "declred", did you mean "declared"?'),
    swap("unknown place", "{unrest: -0.05 * unrest}", "{unrst: -0.05 * unrest}",
         '@`unrst`: error: dynamics.calm.per_week.unrst: unknown place "unrst", did you mean "unrest"?'),
    swap("unknown group", "share(recognised, powers)", "share(recognised, power)",
         '@`power)`: error: actions.declare.expects.0.add.status: unknown group "power", did you mean "powers"?'),
    swap("name within a quoted expression", '"5 * share(recognised, powers)"', '"5 * shar(recognised, powers)"',
         '@`shar(`: error: actions.declare.expects.0.add.status: unknown function "shar", did you mean "share"?'),
    swap("actor listed twice", "by: [us]", "by: [us, us]",
         '@`us]\n    cooldown`: error: actions.table_resolution.by.1: "us" stands in this list already'),
    swap("reserved word", "  tension:", "  day:", '@`day:`: error: measures.day: "day" is a word of the format',
         exactly=False),
    swap("Python's word", "values:\n", "values:\n  lambda: {title: L, range: [0, 1], assumed: x}\n",
         '@`lambda`: error: values.lambda: "lambda" is a word of the format: choose another name'),
    swap("one name for two things", "values:\n", "values:\n  declared: {title: D, range: [0, 1], assumed: x}\n",
         '@`declared: independence`: error: flags.declared: "declared" is a value already, in line 15', exactly=False),
    swap("calendar entry called like a flag", "  deadline: {on", "  declared: {on",
         '@`declared: {on`: error: calendar.declared: "declared" is a flag already, in line 17', exactly=False),
)  # fmt: skip

EXPRESSION_CASES = (
    swap("power tower", "value: unrest + 0.1 * declared", "value: 9**9**9",
         "@`**9**9`: error: measures.tension.value: ** is not allowed"),
    swap("attribute", "value: unrest + 0.1 * declared", "value: unrest.__class__",
         '@`unrest.__class__`: error: measures.tension.value: unknown name "unrest.__class__"'),
    swap("call of anything", "when: not declared and", "when: __import__('os') and",
         "@`'os'`: error: actions.declare.when: ' is not allowed", exactly=False),
    swap("yes/no wanted", "when: unrest > 0.25", "when: unrest",
         "@`unrest\n    chance_per_week`: error: events.clashes.when: this is a number where a yes/no is needed"),
    swap("measure used before its time", "{title: Tension, value: unrest + 0.1 * declared}",
         "{title: Tension, value: later}\n  later: {title: Later, value: tension}",
         '@`later}`: error: measures.tension.value: unknown name "later"'),
    swap("self in an ending", "when: status > 75 and declared", "when: self.recognised",
         '@`self.recognised}\n`: error: endings.0.when: unknown name "self.recognised"'),
    swap("target without targets", "{set: {self.recognised: true}, add: {status: 2}}",
         "{set: {self.recognised: true}, when: target.is.us}",
         '@`target.is.us}]`: error: actions.recognise.effects.0.when: unknown name "target.is.us"'),
    swap("self after a vote", "pass: [{add: {status: 20}}]", "pass: [{set: {self.recognised: true}}]",
         '@`self.recognised: true}}]\n      fail`: error: actions.table_resolution.vote.pass.0.set.self.recognised: unknown'),
    swap("adding to a flag", "{set: {declared: true}, add: {status: 40}}",
         "{set: {declared: true}, add: {declared: 1}}",
         '@`declared: 1}`: error: actions.declare.effects.0.add.declared: "declared" is a flag: it can be set, not added'),
    swap("number for a flag", "set: {declared: true}", "set: {declared: 2}",
         "@`2}, add: {status: 40}`: error: actions.declare.effects.0.set.declared: this is a number where a yes/no"),
    swap("belief about a value", '{add: {status: "5 * share(recognised, powers)"}}', "{add: {unrest: 1}}",
         '@`unrest: 1}`: error: actions.declare.expects.0.add.unrest: a belief moves issues only, "unrest" is a value'),
    swap("setting a measure", "fail: [{add: {status: -1}}]", "fail: [{set: {tension: 1}}]",
         '@`tension: 1`: error: actions.table_resolution.vote.fail.0.set.tension: unknown place "tension"'),
    swap("impossible chance", "chance: 0.3", "chance: 1.5",
         "@`1.5`: error: actions.declare.effects.1.chance: a chance lies between 0 and 1, this is 1.5"),
    swap("five chances", "effects: [{add: {unrest: 0.2}}]",
         "effects: [{chance: 0.1, add: {unrest: 0.1}}, {chance: 0.2, add: {unrest: 0.1}}, {chance: 0.3, add: {unrest: "
         "0.1}}, {chance: 0.4, add: {unrest: 0.1}}, {chance: 0.55, add: {unrest: 0.1}}]",
         "@`0.55`: error: events.clashes.effects.4.chance: is the chance number 5 of this list: at most 4 are allowed"),
    swap("seven chances on an issue", 'expects: [{add: {status: "5 * share(recognised, powers)"}}]',
         "expects: [{chance: 0.1, add: {status: 1}}, {chance: 0.1, add: {status: 1}}, {chance: 0.1, add: {status: 1}}, "
         "{chance: 0.1, add: {status: 1}}]\n    vote: {in: council, question: Q, pass_expects: [{chance: 0.1, add: "
         "{status: 1}}, {chance: 0.1, add: {status: 1}}, {chance: 0.1, add: {status: 1}}]}",
         "@`declare:`: error: actions.declare: 7 chances bear on status: at most 6 are allowed"),
    swap("unbounded", "value: unrest + 0.1 * declared", "value: " + " * ".join(["exp(50)"] * 6),
         "@`exp(50)`: error: measures.tension.value: this value could grow beyond 1e100"),
    swap("closed ending asked of", "when: status > 75 and declared", "when: ending.frozen",
         '@`ending.frozen`: error: endings.0.when: unknown name "ending.frozen"'),
    swap("no outcome", "    effects: [{add: {unrest: 0.2}}]\n",
         "    effects: [{add: {unrest: 0.2}}]\n    outcomes: {a: {title: A, weight: 0}}\n",
         "@`outcomes`: error: events.clashes.outcomes: none of the outcomes has a weight above 0"),
)  # fmt: skip

NEWS_CASES = (
    swap("unknown placeholder", "{By} warns {target}.", "{By} warns {tagret}.",
         '@`"{By}`: error: actions.warn.dispatch.0: unknown placeholder of a move "tagret", did you mean "target"?'),
    swap("format attack", "{By} warns {target}.", "{By.__class__} warns {target!r}.",
         '@`"{By`: error: actions.warn.dispatch.0: unknown placeholder of a move "By.__class__"',
         '@`"{By`: error: actions.warn.dispatch.0: unknown placeholder of a move "target!r", did you mean "target"?'),
    swap("stray brace", "{By} warns {target}.", "{By} warns {target.",
         '@`"{By`: error: actions.warn.dispatch.0: a brace stands alone'),
    swap("target of nobody", "{date}: {by} declares independence.", "{target} declares independence.",
         '@`"{target} dec`: error: actions.declare.dispatch.0: the placeholder "target" has nothing to stand for: the '
         "action has no targets"),
    swap("actor of an event", '"{date}: clashes."', '"{by}: clashes."',
         '@`"{by}: c`: error: events.clashes.dispatch.0: unknown placeholder of an event "by"'),
)  # fmt: skip

NUMBER_CASES = (
    swap("start off the scale", "start: 35", "start: 350",
         "@`350`: error: issues.status.start: 350 is outside the issue's scale, 0 to 100"),
    swap("position off the scale", "position: 90", "position: 190",
         "@`190`: error: actors.us.stances.status.position: 190 is outside the issue's scale, 0 to 100"),
    swap("range upside down", "range: [0, 1]", "range: [1, 0]",
         "@`[1, 0]`: error: values.unrest.range: the lower end 1 is not below the upper end 0"),
    swap("start out of range", "start: 0.2, range", "start: 2, range",
         "@`2, range`: error: values.unrest.start: 2 is outside its range, 0 to 1"),
    swap("endless scale", "100: independent", "1e90: independent",
         "@`{0: as`: error: issues.status.scale: reaches from 0 to 1e+90"),
    swap("bounds upside down", "at_most: 0.99,", "between: [0.9, 0.1],",
         "@`[0.9`: error: expect.0.between: the first number is larger than the second"),
)  # fmt: skip

DATE_CASES = (
    swap("end before start", "end: 2008-01-29", "end: 2007-01-29",
         "@`2007-01-29`: error: end: the story ends on 2007-01-29, which is not after its start on 2007-11-20"),
    swap("too many turns", "end: 2008-01-29", "end: 2108-01-29",
         "@`1w`: error: pace: makes 5,228 paces from 2007-11-20 to 2108-01-29: at most 4,000 are allowed"),
    swap("half days", "pace: 1w\nstep: 1w", "step: 1.5d",
         "@`1.5d`: error: step: a turn is a whole number of paces, of 1d each: this is 36h; pace says how long one is"),
    swap("deadline after the end", "{on: 2007-12-10", "{on: 2008-12-10",
         "@`2008-12-10`: error: calendar.deadline.on: 2008-12-10 is after the calendar runs out on 2008-01-29"),
    swap("event before the start", "    chance_per_week: 0.15 * unrest", "    on: 2007-11-19",
         "@`2007-11-19`: error: events.clashes.on: never comes due: 2007-11-19 is before the calendar starts"),
    swap("event after the last turn", "    chance_per_week: 0.15 * unrest", "    on: 2008-01-23",
         "@`2008-01-23`: error: events.clashes.on: never comes due: the calendar's last pace opens on 2008-01-22"),
    swap("day in force that is none", "once: true\n    when: not declared and", "once: true\n    in_force: dedline\n    when: not declared and",
         '@`dedline`: error: actions.declare.in_force: unknown entry of the calendar "dedline", did you mean "deadline"?'),
    swap("effect on no day", "- {chance: 0.3,", "- {on: 31 January 2008, chance: 0.3,",
         "@`31 January`: error: actions.declare.effects.1.on: a day is an entry of the calendar, or a date such as "
         '2007-12-10, not text "31 January 2008": write 2008-01-31'),
    swap("effect that waits twice", "- {chance: 0.3,", "- {on: deadline, delay: 2w, chance: 0.3,",
         "@`{on: deadline`: error: actions.declare.effects.1: choose one of delay, on"),
    swap("in force after no time", "once: true\n    when: not declared and", "once: true\n    in_force: 0d\n    when: not declared and",
         '@`0d`: error: actions.declare.in_force: a duration is more than zero, not text "0d"'),
    swap("seat that ends first", "from: 2008-01-01}", "from: 2008-01-01, until: 2007-12-31}",
         "@`2007-12-31`: error: institutions.council.seats.2.until: 2007-12-31 is before the seat's first day"),
    swap("two seats at once", "{actor: kosovo, from: 2008-01-01}", "{actor: us, from: 2008-01-01}",
         "@`us, from`: error: institutions.council.seats.2.actor: us sits in another seat of it at the same time"),
)  # fmt: skip

BODY_CASES = (
    swap("too few seats", "pass: {yes: 2,", "pass: {yes: 3,",
         "@`yes: 3`: error: institutions.council.pass.yes: on 2007-11-20 only 2 sit in it, too few for 3 votes"),
    swap("too few later", "[{actor: russia}, {actor: us},", "[{actor: russia, until: 2007-12-31}, {actor: us, until: "
         "2007-12-31},",
         "@`yes: 2`: error: institutions.council.pass.yes: on 2008-01-01 only 1 sits in it, too few for 2 votes"),
    swap("too little weight", "pass: {yes: 2, veto: [russia]}", "pass: {quota: 9, weights: {russia: 3}}",
         "@`quota`: error: institutions.council.pass.quota: on 2007-11-20 those who sit in it have a weight of 4, too"),
    swap("no weight at all", "pass: {yes: 2, veto: [russia]}", "pass: {share: 2/3, weights: {russia: 0, us: 0, kosovo: 0}}",
         "@`weights`: error: institutions.council.pass.weights: on 2007-11-20 those who sit in it have no weight"),
    swap("nobody sits", "seats: [{actor: russia}, {actor: us}, {actor: kosovo, from: 2008-01-01}]",
         "seats: [{actor: russia, from: 2009-01-01}]",
         "@`seats`: error: institutions.council.seats: on 2007-11-20 nobody sits in it"),
    swap("veto from outside", "veto: [russia]", "veto: [rusia]",
         '@`rusia`: error: institutions.council.pass.veto.0: unknown member "rusia", did you mean "russia"?'),
)  # fmt: skip

ENDING_CASES = (
    swap("no last ending", "  - {id: frozen, title: No decision}\n", "",
         "@`when: status > 75`: error: endings.0.when: the last ending has no condition: it takes what is left"),
    swap("ending after the last", "when: status > 75 and declared}", "at_end: true}",
         "@`{id: independent`: error: endings.0: has no condition, so no ending after it can be reached: add when"),
    swap("same ending twice", "{id: frozen,", "{id: independent,",
         '@`independent, title: No`: error: endings.1.id: "independent" is an ending already, in line'),
    swap("unreachable by numbers", "when: status > 75 and declared}", "when: declared and status > 175}",
         '@`declared and status`: error: endings.0.when: can never be reached: "status > 175" never holds'),
    swap("each of nobody", "targets: [us, kosovo]\n    needs", "targets: {each: target.recognised, of: [us, mars]}\n    needs",
         '@`mars`: error: actions.warn.targets.of.1: unknown actor or group "mars"', exactly=False),
    swap("each without whom", "targets: [us, kosovo]\n    needs", "targets: {each: target.recognised}\n    needs",
         "@`targets: {each`: error: actions.warn.targets.of: is missing", exactly=False),
    swap("each with a slip", "targets: [us, kosovo]\n    needs", "targets: {eahc: True, of: [us, kosovo]}\n    needs",
         '@`eahc`: error: actions.warn.targets.eahc: unknown key "eahc", did you mean "each"? (allowed here: each and of)', exactly=False),
    swap("each for whom it never holds", "    when: declared and not self.recognised\n    tempo: 4w",
         "    targets: {each: target.is.russia, of: [us, kosovo]}\n    when: declared and not self.recognised\n    tempo: 4w",
         '@`target.is.russia, of`: error: actions.recognise.targets.each: can never be legal: "target.is.russia" never holds', exactly=False),
    swap("each with a vote", "    by: [us]\n    cooldown", "    by: [us]\n    targets: {each: True, of: [russia, kosovo]}\n    cooldown",
         "@`title: Table a`: error: actions.table_resolution: targets with each do not go with a vote", exactly=False),
    swap("one target of several", 'dispatch: "{By} warns {target}."', 'dispatch: "{By} warns {targets}."',
         "@`\"{By} warns {targets}`: error: actions.warn.dispatch.0: the placeholder \"targets\" has nothing to stand for: the action is directed at one at a time: write {target}"),
    swap("target outside of what is for each", "targets: [us, kosovo]\n    needs: {\"the air is thick\": tension > 0.25}",
         "targets: {each: True, of: [us, kosovo]}\n    needs: {\"the air is thick\": tension > 0.25 and target.is.us}",
         '@`target.is.us}`: error: actions.warn.needs.the air is thick: unknown name "target.is.us"', exactly=False),
    swap("reply to nothing", "  recognise:\n    title: Recognise\n", "  recognise:\n    title: Recognise\n    reply_to: {action: declrae, within: 4w}\n",
         '@`declrae`: error: actions.recognise.reply_to.action.0: unknown action "declrae", did you mean "declare"?'),
    swap("reply that comes too late", "  recognise:\n    title: Recognise\n", "  recognise:\n    title: Recognise\n    reply_to: {action: declare, within: 3d}\n",
         "@`{action: declare, within`: error: actions.recognise.reply_to: can never be legal: a pace of the rules takes 7 "
         "days, so a reply within 3 comes too late", exactly=False),
    swap("reply to itself", "  recognise:\n    title: Recognise\n", "  recognise:\n    title: Recognise\n    reply_to: {action: recognise, within: 4w}\n",
         "@`{action: recognise, within`: error: actions.recognise.reply_to: can never be legal: nobody else can do "
         '"Recognise" so that it calls for this reply', exactly=False),
    swap("reply of one who is never called", "  recognise:\n    title: Recognise\n    by: powers",
         "  recognise:\n    title: Recognise\n    reply_to: {action: warn, within: 4w}\n    by: [russia, us]",
         '@`russia, us]\n    when: declared`: error: actions.recognise.by.0: is never legal for russia: nobody else can do "Warn"', exactly=False),
    swap("unreachable by what happens", "{set: {declared: true}, add: {status: 40}}", "{add: {status: 40}}",
         "@`declared and not self`: error: actions.recognise.when: can never be legal: \"declared\" never holds (the flag "
         "declared is never set)",
         "@`status > 75 and declared`: error: endings.0.when: can never be reached: \"declared\" never holds",
         exactly=False),
    swap("ending that always holds", "when: status > 75 and declared}", "when: status >= 0}",
         '@`status >= 0`: error: endings.0.when: always holds, so the ending "frozen" after it can never be reached'),
    swap("never legal", "when: not declared and", "when: unrest > 2 and not declared and",
         '@`unrest > 2`: error: actions.declare.when: can never be legal: "unrest > 2" never holds', exactly=False),
    swap("never legal for one", "by: [us]", "by: [us, russia]\n    when: self.is.us",
         '@`russia]\n    when`: error: actions.table_resolution.by.1: is never legal for russia: "self.is.us" never'),
    swap("unknown reader", "targets: [us, kosovo]", "targets: [us, kosovo]\n    known_to: [us, mars]",
         '@`mars`: error: actions.warn.known_to.1: unknown actor or group "mars"'),
    swap("only at itself", "targets: [us, kosovo]", "targets: [russia]",
         "@`targets`: error: actions.warn.targets: russia could only be directed at itself"),
    swap("event that can't happen", "when: unrest > 0.25", "when: unrest > 1.25",
         '@`unrest > 1.25`: error: events.clashes.when: can never happen: "unrest > 1.25" never holds'),
    swap("last ending at the end", "title: No decision}", "title: No decision, at_end: true}",
         "@`at_end`: warning: endings.1.at_end: says nothing"),
)  # fmt: skip

EVIDENCE_CASES = (
    swap("unknown source", "spread: 5, assumed: for the test",
         "evidence: [{source: /etc/passwd, quote: nothing of the sort}]",
         '@`/etc`: error: actors.russia.stances.status.evidence.0.source: unknown source "/etc/passwd": the sources are'),
    swap("nothing to go by", "salience: 0.5, assumed: for the test", "salience: 0.5",
         "@`status: {position: 90`: warning: actors.us.stances.status: is without evidence: add a quote, or say assumed"),
    swap("flag never read", "  declared: indep", "  idle: it idles\n  declared: indep", "@`idle`: warning: flags.idle: is never used"),
    swap("value never read", "values:\n", "values:\n  idle: {title: I, range: [0, 1], assumed: x}\n",
         "@`idle`: warning: values.idle: is never read"),
    swap("group never used", "groups:\n", "groups:\n  idle: [us]\n", "@`idle`: warning: groups.idle: is never used"),
    swap("side without a move", "title: Kosovo\n", "title: Kosovo\n    playable: true\n", exactly=True),
    swap("promise that says nothing", "chance: ending.independent", "chance: status >= 0",
         "@`status >= 0`: warning: expect.0.chance: says nothing: this always holds, whatever happens"),
)  # fmt: skip

SIZE_CASES = (
    part("many actors", "actors", "{" + ", ".join(f"a{i}: {{title: A}}" for i in range(201)) + "}",
         "@`actors:`: error: actors: has 201 entries: at most 200 are allowed"),
    part("many issues", "issues", "{" + ", ".join(f"i{i}: {{title: I, start: 0, scale: {{0: a, 1: b}}, assumed: x}}"
                                                  for i in range(51)) + "}",
         "@`issues:`: error: issues: has 51 entries: at most 50 are allowed"),
    swap("many effects", "effects: [{add: {unrest: 0.2}}]", "effects: [" + "{add: {unrest: 0}}, " * 2001 + "]",
         "@`actions:`: error: actions: make 2,008 effects (with those of events): at most 2,000 are allowed"),
)  # fmt: skip

CASES: tuple[Case, ...] = (
    *YAML_CASES, *SHAPE_CASES, *NAME_CASES, *EXPRESSION_CASES, *NEWS_CASES, *NUMBER_CASES, *DATE_CASES, *BODY_CASES,
    *ENDING_CASES, *EVIDENCE_CASES, *SIZE_CASES,
)  # fmt: skip
"""Every broken file."""
