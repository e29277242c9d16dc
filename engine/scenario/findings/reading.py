"""Findings while the file is read: YAML, and only its plain part."""

from engine.scenario.findings.finding import Finding

FINDINGS = (
    Finding(
        "E001",
        "a file can't be read",
        "The scenario, its history, the index or a source that it names is not there, may not be read, or is a folder, "
        "a device or a link to another file.",
        "Nothing can be said of a file that can't be read. Links are refused because a scenario of a stranger could "
        "otherwise show what lies elsewhere on your machine.",
        "sources:\n  memo: {file: gone.txt, date: 2007-12-01, title: A memo}\n",
        "sources:\n  memo: {file: memo.txt, date: 2007-12-01, title: A memo}\n",
        file="sources/index.yaml",
    ),
    Finding(
        "E002",
        "a file is too large or too deep",
        "A file has more bytes, more values or more levels of nesting than is allowed.",
        "A scenario may come from a stranger, and one that is made to exhaust a machine must be refused before it does "
        "so. The limits are several times what the largest crisis needs.",
        "summary: [[[[[[[[[[[[[[[[[[[[[[[[[a story]]]]]]]]]]]]]]]]]]]]]]]]]\n",
        "summary: a story\n",
    ),
    Finding(
        "E003",
        "the file is not UTF-8",
        "The bytes of the file are not UTF-8 and no byte order mark says what else they are; or it is no text at all. "
        "The message says in which encoding it probably is.",
        "Quotes are compared letter by letter, so letters have to be the same everywhere. Save the file as UTF-8; "
        "every editor can. A byte order mark (of UTF-8, UTF-16 or UTF-32) is obeyed.",
        "title: A caf\udce9 in Pristina\n",
        "title: A café in Pristina\n",
    ),
    Finding(
        "E004",
        "a character that can't be seen",
        "The file has a control character, a zero-width character, or one that turns the direction of writing.",
        "What a reader sees would not be what the machine reads: such characters come with text that was copied from a "
        "web page, and can hide a change from whoever reviews it.",
        "title: A small\u200b crisis\n",
        "title: A small crisis\n",
    ),
    Finding(
        "E005",
        "the file can't be read as YAML",
        "The text breaks the rules of YAML: a bracket or quotation mark that is not closed, a missing comma, a line "
        "that is indented otherwise than its neighbours, or a tab.",
        "Everything after the mistake may mean something else, so nothing of it is checked. Where the message names a "
        "second line, the mistake often stands there: at the bracket that was opened.",
        "flags:\n\tdeclared: independence is declared\n",
        "flags:\n  declared: independence is declared\n",
    ),
    Finding(
        "E006",
        "a part of YAML that scenarios do not use",
        "Anchors, aliases, merge keys, tags, directives and several documents in one file are refused.",
        "They let a small file stand for an enormous one, or for code. A scenario says everything where it belongs; a "
        "text that begins with &, * or ! stands in quotation marks.",
        "summary: &story two states and a province\n",
        'summary: "& so it began"\n',
    ),
    Finding(
        "E007",
        "a key that is no key",
        "A key of a mapping is a word or a number. Nothing, true, false, lists and mappings are none.",
        "Everything in a scenario is found by its name. YAML takes some words for something else: `true` as a key has "
        "to be written in quotation marks, and a question mark begins a key of several lines.",
        "flags:\n  true: it is true\n",
        "flags:\n  declared: it is true\n",
    ),
    Finding(
        "E008",
        "the same key twice",
        "Two keys of one mapping are the same.",
        "YAML would silently keep the last and forget the first. One of the two was meant to have another name, or was "
        "left over from copying.",
        "flags:\n  declared: independence is declared\n  declared: the talks are over\n",
        "flags:\n  declared: independence is declared\n",
    ),
    Finding(
        "E009",
        "a number that is too large",
        "A number is written that lies beyond 1e100, either side of zero.",
        "The engine promises that every result is finite. No quantity of a crisis is that large.",
        "temperature: 1e999\n",
        "temperature: 0.1\n",
    ),
    Finding(
        "W010",
        "text that YAML takes for a comment",
        "A plain text has a # behind a space, and text right behind that: YAML ends the text before it.",
        "What follows is lost without a word. Put the text between quotation marks; a comment that is meant as one has "
        "a space behind its #.",
        "title: Crisis #7 in the strait\n",
        'title: "Crisis #7 in the strait"\n',
    ),
    Finding(
        "I011",
        "typographic quotation marks around a text",
        "A plain text begins and ends with typographic quotation marks. To YAML they are letters like others.",
        'Word processors and phones put them where " was typed. Players would read them as part of the title.',
        "title: “A small crisis”\n",
        'title: "A small crisis"\n',
    ),
    Finding(
        "W012",
        "letters that were lost",
        "The file has letters such as Ã© or â€™, which come from UTF-8 that was read as another encoding and saved "
        "again; or a sign that stands for a letter that could not be read.",
        "What was written can't be told from it with certainty. Copy the text anew.",
        "title: A small cafÃ©\n",
        "title: A small café\n",
    ),
    Finding(
        "W013",
        "a comma that may be a decimal one",
        "In a list in brackets, some commas have a space behind them and some stand between two digits.",
        "A comma ends a value: [0,5, 1] is a list of three numbers. A decimal point is a point.",
        "authors: [1,5, 2]\n",
        'authors: ["1.5", "2"]\n',
    ),
    Finding(
        "I014",
        "a number that may be thousands",
        "A number has three digits behind its point, and the last is 0.",
        "In many countries 1.900 is nineteen hundred; here it is 1.9. Write 1900, or 1.9.",
        "issues:\n  status: {start: 1.900}\n",
        "issues:\n  status: {start: 1.9}\n",
    ),
)
