"""Findings about evidence: quotes, sources and stances."""

from engine.scenario.findings.finding import Finding

FIRST = "quote: we shall not recognise it, by: Moscow, reading: firmly against"
SECOND = "quote: we shall recognise it in time, by: Washington, reading: in favour"

CODE = "{actor: us, issue: status, source: memo, quote: the talks go on and on, position: "

FINDINGS = (
    Finding(
        "E701",
        "unknown source",
        "The source of a quote is not in the index of sources.",
        "A quote that can't be looked up proves nothing. Sources are named by their id in `sources/index.yaml` beside "
        "the scenario, never by a path.",
        f"actors:\n  russia:\n    evidence:\n      - {{source: memmo, {FIRST}}}\n",
        f"actors:\n  russia:\n    evidence:\n      - {{source: memo, {FIRST}}}\n",
    ),
    Finding(
        "E702",
        "a quote that does not stand in its source",
        "The quoted words are not in the source. The message shows the nearest passage.",
        "A quote gives the words as they stand, so that whoever doubts a number can look them up. Dashes, quotation "
        "marks and spaces may differ; words may not.",
        "actors:\n  russia:\n    evidence:\n      - {source: memo, quote: we will not recognise it}\n",
        f"actors:\n  russia:\n    evidence:\n      - {{source: memo, {FIRST}}}\n",
    ),
    Finding(
        "E703",
        "a quote that stands in several places",
        "The words occur more than once in the source, or the `prefix` does not single out one place.",
        "Who says the words, and of what, may differ from place to place. Add the words just before as `prefix`, or "
        "quote more of the sentence.",
        "actors:\n  russia:\n    evidence:\n      - {source: memo, quote: recognise it}\n",
        "actors:\n  russia:\n    evidence:\n      - {source: memo, quote: recognise it, prefix: we shall not}\n",
    ),
    Finding(
        "W704",
        "a number without evidence",
        "An issue, value, stance, institution, day, action, drift or event has neither a quote nor the reason why it "
        "was assumed.",
        "A reader can't tell a reading of the sources from a guess. Guesses are welcome where they say so.",
        "actors:\n  us:\n    stances:\n      oil: {position: 3, salience: 0.2}\n"
        "issues:\n  oil: {title: Oil, start: 5, scale: {0: low, 10: high}, assumed: example}\n"
        "events:\n  clashes: {effects: [{add: {unrest: 0.2, oil: 1}}]}\n",
        "actors:\n  us:\n    stances:\n      oil: {position: 3, salience: 0.2, assumed: cheap oil is no hardship}\n"
        "issues:\n  oil: {title: Oil, start: 5, scale: {0: low, 10: high}, assumed: example}\n"
        "events:\n  clashes: {effects: [{add: {unrest: 0.2, oil: 1}}]}\n",
    ),
    Finding(
        "I707",
        "a number that is a zero off its quote",
        "The start of an issue or value is a tenth, a hundredth or a thousandth of the only number in its quotes, or "
        "ten, a hundred or a thousand times it.",
        "A zero is quickly lost between a word such as *nineteen thousand* and a number.",
        "issues:\n  status:\n    start: 35\n    scale: {1000: gone}\n"
        "    evidence: [{source: memo, quote: three hundred and fifty men}]\n",
        "issues:\n  status:\n    start: 350\n    scale: {1000: gone}\n"
        "    evidence: [{source: memo, quote: three hundred and fifty men}]\n",
    ),
    Finding(
        "W705",
        "the same quote twice",
        "A record quotes the same words of the same source twice.",
        "It looks like more evidence than there is.",
        f"actors:\n  russia:\n    evidence:\n      - {{source: memo, {FIRST}}}\n      - {{source: memo, {FIRST}}}\n",
        f"actors:\n  russia:\n    evidence:\n      - {{source: memo, {FIRST}}}\n      - {{source: memo, {SECOND}}}\n",
    ),
    Finding(
        "W706",
        "the same words for opposite positions",
        "Two actors whose positions on an issue lie more than half the scale apart rest on the same quote, and no "
        "`reading` says how each follows from it.",
        "One sentence can speak of both sides, but then each reading has to say which words it means.",
        "actors:\n  russia:\n    stances:\n      status:\n"
        "        evidence: [{source: memo, quote: the talks go on and on}]\n"
        "  kosovo:\n    stances:\n      status:\n"
        "        evidence: [{source: memo, quote: the talks go on and on}]\n",
        "actors:\n  russia:\n    stances:\n      status:\n"
        "        evidence: [{source: memo, quote: the talks go on and on, reading: content to wait}]\n"
        "  kosovo:\n    stances:\n      status:\n"
        "        evidence: [{source: memo, quote: the talks go on and on, reading: will not wait any longer}]\n",
    ),
    Finding(
        "I708",
        "a position that no coder allows",
        "A stance's position lies below or above every position that the coders in `coders/` think the words allow.",
        "Several people have read the same words, none of them so. Perhaps the scenario knows more than its sources "
        "say, or what came later; then `assumed` should say what.",
        f"coding_format: 1\nhow: from the memo alone\ncodes:\n  - {CODE}30, low: 20, high: 40}}\n",
        f"coding_format: 1\nhow: from the memo alone\ncodes:\n  - {CODE}80, low: 70, high: 95}}\n",
        file="coders/anna.yaml",
    ),
    Finding(
        "E709",
        "a stance that is not what coders say together",
        "A stance says `coders: median` or `coders: mean`, and its position or salience is another, or nobody has "
        "coded it.",
        "What runs is the number that stands in the scenario, so the claim has to be true. `brink coders SCENARIO "
        "--pool median` prints the stances to write.",
        "actors:\n  us:\n    stances:\n      status: {coders: median}\n",
        "actors:\n  us:\n    stances:\n      status: {assumed: my own reading}\n",
    ),
)
